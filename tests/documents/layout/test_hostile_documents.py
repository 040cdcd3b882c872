"""No Word file, however damaged or malicious, hangs or crashes the layout: pages, or a refusal in words."""

from __future__ import annotations

import io
import os
import random
import re
import time
import zipfile

import pytest
from faithfulness.corpus import documents

from anjian_desktop.documents.docx_package import UnusableDocument
from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import lay_out_docx
from anjian_desktop.documents.pdf import PdfWriter

COUNT = int(os.environ.get("ANJIAN_HOSTILE", "60"))
"""How many mutated files: a few for every run, thousands when asked for."""

SECONDS = 20.0
NUMBERS = ("-1", "0", "99999999999", "1e9", "NaN", "-0.5", "", "x", "2147483648", "inf", "1_0")


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The package with one of its parts changed: a number, a name, a piece left out, doubled or cut."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name in parts if name.endswith((".xml", ".rels", ".png"))])
    for _ in range(chance.randint(1, 6)):
        parts[name] = _changed(parts[name], chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return out.getvalue()


def _changed(content: bytes, chance: random.Random) -> bytes:
    kind = chance.randrange(6)
    if kind == 0:
        return content[: chance.randrange(len(content) + 1)]
    places = [match.span(1) for match in re.finditer(rb'="([^"]*)"', content)]
    elements = [match.span() for match in re.finditer(rb"<w:(?:p|r|tbl|tr|tc|lvl|style|ind)\b[^<]*>", content)]
    if kind in (1, 2, 3) and places:
        start, stop = chance.choice(places)
        return content[:start] + chance.choice(NUMBERS).encode() + content[stop:]
    if kind == 4 and elements:
        start, stop = chance.choice(elements)
        return content[:start] + content[stop:]
    if elements:
        start, stop = chance.choice(elements)
        return content[:stop] + b"<w:p><w:r><w:t>&lt;x&gt;</w:t></w:r></w:p>" * 3 + content[stop:]
    at = chance.randrange(len(content) + 1)
    return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]


@pytest.fixture(scope="module")
def sound() -> list[bytes]:
    """Sound files of every feature."""
    return [data for _, data in documents()]


def lay_out(data: bytes, fonts: FontBook) -> None:
    """Pages and a PDF, or a refusal."""
    began = time.monotonic()
    try:
        laid_out = lay_out_docx(data, fonts, boxes=True)
    except UnusableDocument:
        return
    with PdfWriter(io.BytesIO(), fonts, title="x") as writer:
        writer.add(laid_out)
    assert time.monotonic() - began < SECONDS


@pytest.mark.parametrize("seed", range(COUNT))
def test_a_mutated_file_gives_pages_or_a_refusal(sound: list[bytes], fonts: FontBook, seed: int) -> None:
    chance = random.Random(seed)
    lay_out(mutated(chance.choice(sound), chance), fonts)


def nested(depth: int, opening: str, closing: str, inner: str) -> bytes:
    """A file whose body nests one construct so deep."""
    from support.word_files import word_file

    return word_file(opening * depth + inner + closing * depth)


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ('<w:p><w:hyperlink w:anchor="a">', "</w:hyperlink></w:p>"),
        ("<w:ins>", "</w:ins>"),
        ("<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>",
         "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("depth", [40, 400])
def test_endless_nesting_gives_pages_or_a_refusal(fonts: FontBook, opening: str, closing: str, depth: int) -> None:
    lay_out(nested(depth, opening, closing, "<w:p><w:r><w:t>内</w:t></w:r></w:p>"), fonts)


@pytest.mark.parametrize("spacing", ["-9999", "-400", "-320"])
@pytest.mark.parametrize("indent", ["0", "9000", "99999"])
def test_letters_drawn_together_past_each_other_still_end_their_lines(
    fonts: FontBook, spacing: str, indent: str
) -> None:
    from support.word_files import paragraph, run, word_file

    close = run("甲 乙 丙丁、戊A B " * 9, f'<w:spacing w:val="{spacing}"/>')
    lay_out(word_file(paragraph(close, properties=f'<w:ind w:left="{indent}"/>')), fonts)
