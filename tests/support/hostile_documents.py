"""Word files made to do harm, and sound ones damaged at random."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

from tests.support.merge_files import three_dialects
from tests.support.word_files import paragraph, word_file

NUMBERS = ("-1", "0", "99999999999", "1e9", "NaN", "-0.5", "", "x", "2147483648", "inf", "1_0")
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
