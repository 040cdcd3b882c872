"""No Word file, however damaged or malicious, hangs or crashes the layout: pages, or a refusal in words."""

from __future__ import annotations

import io
import os
import random
import time

import pytest
from faithfulness.corpus import documents
from support.hostile_documents import mutated

from anjian_desktop.documents.docx_package import UnusableDocument
from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import lay_out_docx
from anjian_desktop.documents.pdf import PdfWriter

COUNT = int(os.environ.get("ANJIAN_HOSTILE", "60"))
"""How many mutated files: a few for every run, thousands when asked for."""

SECONDS = 20.0


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
