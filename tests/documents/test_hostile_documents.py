"""Hostile and damaged Word files: each is taken as it is or refused in Chinese, at once; nothing runs, nothing falls."""

from __future__ import annotations

import io
import os
import random
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from anjian_desktop.documents.docx_package import MAX_FILE, UnusableDocument, read_document_file
from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import lay_out_docx
from anjian_desktop.documents.merging import MergeTemplate
from anjian_desktop.errors import UserError
from tests.support.merge_files import three_dialects
from tests.support.word_files import paragraph, word_file

COUNT = int(os.environ.get("ANJIAN_HOSTILE", "60"))
"""How many damaged files are tried; 2,000 outside the default run."""
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_body(xml: str | bytes) -> bytes:
    parts = parts_of(three_dialects()["mergefield"])
    parts["word/document.xml"] = xml if isinstance(xml, bytes) else xml.encode()
    return packed(parts)


def body(inner: str) -> bytes:
    return with_body(f'<w:document xmlns:w="{W}"><w:body>{inner}</w:body></w:document>')


def bomb() -> bytes:
    parts = parts_of(three_dialects()["brace"])
    return packed({**parts, "word/media/image1.png": bytes(120_000_000)})


def with_entities(kind: str) -> bytes:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    entities = {
        "billion": f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}]>',
        "file": '<!DOCTYPE x [<!ENTITY l11 SYSTEM "file:///etc/passwd">]>',
        "outside": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    }[kind]
    entity = "" if kind == "outside" else "&l11;"
    return with_body(
        f'{entities}<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{entity}</w:t></w:r></w:p></w:body></w:document>'
    )


def styles_with_entities() -> bytes:
    parts = parts_of(three_dialects()["brace"])
    parts["word/styles.xml"] = (
        f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:styles xmlns:w="{W}">&a;</w:styles>'.encode()
    )
    return packed(parts)


def styles_in_a_circle() -> bytes:
    return word_file(
        paragraph("甲", properties='<w:pStyle w:val="a"/>'),
        styles='<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>',
    )


CRAFTED: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "zip of nothing": lambda: packed({}),
    "zip bomb": bomb,
    "entity bomb": lambda: with_entities("billion"),
    "file entity": lambda: with_entities("file"),
    "outside dtd": lambda: with_entities("outside"),
    "entities in styles": styles_with_entities,
    "styles in a circle": styles_in_a_circle,
    "traversal": lambda: packed({**parts_of(three_dialects()["brace"]), "../../x": b"x"}),
    "doubled part": lambda: packed({**parts_of(three_dialects()["brace"]), "WORD/document.xml": b"x"}),
    "utf-16 body": lambda: with_body(f'<w:document xmlns:w="{W}"/>'.encode("utf-16")),
    "deep nesting": lambda: body("<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000),
    "open fields": lambda: body('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' * 2000),
    "endings alone": lambda: body('<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>' * 500),
    "braces": lambda: body(f"<w:p><w:r><w:t>{'{{' * 40_000}</w:t></w:r></w:p>"),
    "blanks": lambda: body(f"<w:p><w:r><w:t>{'_' * 60_000}{'〔 ' * 20_000}</w:t></w:r></w:p>"),
    "huge numbers": lambda: body(
        '<w:p><w:pPr><w:ind w:left="99999999999999999999"/><w:spacing w:line="-9999999999"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
    ),
    "unknown root": lambda: with_body("<a/>"),
    "loop without end": lambda: body("<w:p><w:r><w:t>{{#人员}}{{姓名}}</w:t></w:r></w:p>"),
}


def tried(data: bytes, fonts: FontBook) -> str:
    """What became of a file: "" when it was merged and laid out, else the words of the refusal."""
    started = time.process_time()
    try:
        template = MergeTemplate(data)
        filled = template.fill({"企业名称": "示例厂", "编号": "1"})
        lay_out_docx(filled.data, fonts)
        told = ""
    except UserError as refusal:
        told = str(refusal)
        assert re.search(r"[\u4e00-\u9fff]{4}", told) and refusal.next_step, told
    assert time.process_time() - started < 20
    return told


@pytest.fixture(scope="module")
def fonts() -> FontBook:
    return FontBook.bundled_only()


@pytest.mark.parametrize("name", CRAFTED)
def test_a_hostile_file_is_refused_or_harmless(name: str, fonts: FontBook) -> None:
    told = tried(CRAFTED[name](), fonts)
    assert "root:" not in told
    harmless = {"styles in a circle", "open fields", "endings alone", "braces", "blanks", "huge numbers"}
    assert bool(told) == (name not in harmless), told


@pytest.mark.parametrize("dialect", ["mergefield", "brace", "blank"])
def test_damaged_files_never_fall(dialect: str, fonts: FontBook) -> None:
    sound = three_dialects()[dialect]
    chance = random.Random(dialect)
    refused = 0
    for number in range(COUNT // 3):
        refused += bool(tried(damaged(sound, chance, number), fonts))
    assert refused > COUNT // 12


def damaged(sound: bytes, chance: random.Random, number: int) -> bytes:
    """The file with bytes changed, cut, or one part of it broken inside a sound zip."""
    if number % 3 == 0:
        flipped = bytearray(sound)
        for _ in range(chance.randint(1, 12)):
            flipped[chance.randrange(len(flipped))] = chance.randrange(256)
        return bytes(flipped)
    if number % 3 == 1:
        return sound[: chance.randrange(len(sound))]
    parts = parts_of(sound)
    name = chance.choice(sorted(parts))
    content = bytearray(parts[name])
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(content))
        cut = at + chance.randrange(60)
        content[at:cut] = chance.choice(
            [
                b"",
                b"<",
                b"</w:p>",
                b'"',
                b"\x00",
                b"<w:r>",
                b"99999999999",
                b"&#x0;",
                b"\xff\xfe",
                bytes(content[at:cut]) * 2,
            ]
        )
        content = content or bytearray(b" ")
    parts[name] = bytes(content)
    return packed(parts)


def padded(inner: str) -> bytes:
    """A body that packs to nothing, beside noise that hides how well it does."""
    parts = parts_of(body(inner))
    return packed({**parts, "word/media/noise.png": random.Random(0).randbytes(1_500_000)})


@pytest.mark.parametrize(
    "inner",
    [
        "<w:p/>" * 3_000_000,
        "<w:p><w:r><w:t>" + "安" * 12_000_000 + "</w:t></w:r></w:p>",
        "<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 400_000 + "</w:tr></w:tbl>",
    ],
    ids=["paragraphs", "letters", "cells"],
)
def test_a_small_file_that_unpacks_to_thousands_of_pages_is_refused_at_once(inner: str, fonts: FontBook) -> None:
    data = padded(inner)
    started = time.process_time()
    assert len(data) < 4_000_000 and "内容太多" in tried(data, fonts)
    assert time.process_time() - started < 5


def test_a_file_larger_than_any_document_is_not_even_read(tmp_path: Path) -> None:
    file = tmp_path / "大.docx"
    with file.open("wb") as stream:
        stream.truncate(MAX_FILE + 1)
    with pytest.raises(UnusableDocument, match="超过 50 MB"):
        read_document_file(file)
