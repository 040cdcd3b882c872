"""Paragraphs, tables, pictures and packages of WordprocessingML, as the scripts beside this one put them together.

Widths and heights are in mm unless a name says twips; sizes of letters in half-points.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from xml.sax.saxutils import escape

from anjian_desktop.documents.docx_package import Member, write_package

_OPEN = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_SPACES = (
    f'xmlns:w="{_MAIN}" xmlns:r="{_RELATIONSHIPS}" xmlns:wp="{_DRAWING}/wordprocessingDrawing" '
    f'xmlns:a="{_DRAWING}/main" xmlns:pic="{_DRAWING}/picture"'
)
_EMU = 36_000
"""To the millimetre."""

PHOTO_1 = (25, 35)
"""一寸照片: width and height in mm."""
PHOTO_2 = (35, 49)
"""二寸照片."""


def twips(mm: float) -> int:
    """A length in twentieths of a point."""
    return round(mm * 1440 / 25.4)


def run(text: str, font: str, half_points: int, *, bold: bool = False) -> str:
    """Text of one look; `PAGE` and `NUMPAGES` in «» become fields."""
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>'
    look = f'<w:rPr>{fonts}{"<w:b/>" if bold else ""}<w:sz w:val="{half_points}"/></w:rPr>'
    parts = []
    for part in text.replace("»", "«").split("«"):
        if part in ("PAGE", "NUMPAGES"):
            parts.append(f'<w:fldSimple w:instr=" {part} "><w:r>{look}<w:t>1</w:t></w:r></w:fldSimple>')
        elif part:
            parts.append(f'<w:r>{look}<w:t xml:space="preserve">{escape(part)}</w:t></w:r>')
    return "".join(parts)


def paragraph(*runs: str, align: str = "left", line: int = 0, before: int = 0, indent: int = 0) -> str:
    """`line` is the exact line pitch, `before` the blank above, `indent` the first line's, all in twips."""
    exact = f' w:line="{line}" w:lineRule="exact"' if line else ""
    spacing = f'<w:spacing w:before="{before}" w:after="0"{exact}/>'
    first = f'<w:ind w:firstLine="{indent}"/>' if indent else ""
    return f'<w:p><w:pPr><w:snapToGrid w:val="0"/>{spacing}{first}<w:jc w:val="{align}"/></w:pPr>{"".join(runs)}</w:p>'


def picture(number: int, role: str, width: float, height: float) -> str:
    """A picture in the line, of this size, from the part `media/<number>.png`; `role` is its alternative text."""
    size = f'cx="{round(width * _EMU)}" cy="{round(height * _EMU)}"'
    shape = f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="{role}" descr="{role}"/><a:graphic><a:graphicData uri="{_DRAWING}/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="{role}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="rId{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f"<pic:spPr>{shape}</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def cell(width: float, *paragraphs: str, across: int = 1, down: str = "", middle: bool = False) -> str:
    """A table cell; `down` is `first` or `more` of cells merged downwards."""
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    merge = {"": "", "first": '<w:vMerge w:val="restart"/>', "more": "<w:vMerge/>"}[down]
    align = '<w:vAlign w:val="center"/>' if middle else ""
    content = "".join(paragraphs) or "<w:p/>"
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{span}{merge}{align}</w:tcPr>{content}</w:tc>'


def row(height: float, *cells: str, heading: bool = False) -> str:
    """A table row at least this high; `heading` repeats it on every page."""
    repeated = "<w:tblHeader/>" if heading else ""
    high = f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{high}{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def table(widths: tuple[float, ...], *rows: str, lined: bool = False, padding: float = 0.0) -> str:
    """A centred table of fixed column widths; `lined` draws its grid."""
    columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    margins = "".join(f'<w:{side} w:w="{twips(padding)}" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/><w:jc w:val="center"/>'
        f"{f'<w:tblBorders>{borders}</w:tblBorders>' if lined else ''}"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def section(
    paper: tuple[float, float], margins: tuple[float, float, float, float], *, header: float = 0, footer: float = 0,
    furniture: str = "", frame: str = "",
) -> str:  # fmt: skip
    """Page set-up: paper (width, height), margins (top, right, bottom, left), header's and footer's distance."""
    names = ("top", "right", "bottom", "left")
    sides = " ".join(f'w:{name}="{twips(margin)}"' for name, margin in zip(names, margins, strict=True))
    turned = ' w:orient="landscape"' if paper[0] > paper[1] else ""
    return (
        f'<w:sectPr>{furniture}<w:pgSz w:w="{twips(paper[0])}" w:h="{twips(paper[1])}"{turned}/>'
        f'<w:pgMar {sides} w:header="{twips(header)}" w:footer="{twips(footer)}" w:gutter="0"/>{frame}</w:sectPr>'
    )


def _grey_frame(width: int, height: int) -> bytes:
    """A PNG of a white field in a thin grey frame: what stands where no photo or code is."""
    edge, inner = b"\x99" * width, b"\x99" + b"\xff" * (width - 2) + b"\x99"
    rows = b"".join(b"\x00" + (edge if y in (0, height - 1) else inner) for y in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packed = zlib.compress(rows, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def document(
    body: str,
    setup: str,
    *,
    pictures: Mapping[int, tuple[float, float]] | None = None,
    header: str = "",
    footer: str = "",
) -> bytes:
    """A .docx of this body and page set-up; pictures by number with their size, header and footer of all pages."""
    pictures = pictures or {}
    furniture = {"header": header, "footer": footer}
    links = [(f"rId{number}", "image", f"media/{number}.png") for number in pictures]
    links += [(f"rId{kind}", kind, f"{kind}1.xml") for kind, content in furniture.items() if content]
    named = "".join(
        f'<w:{kind}Reference w:type="default" r:id="rId{kind}"/>' for kind, text in furniture.items() if text
    )
    setup = setup.replace("<w:sectPr>", f"<w:sectPr>{named}", 1)
    types = f'<Override PartName="/word/document.xml" ContentType="{_CONTENT}.document.main+xml"/>'
    parts: dict[str, bytes] = {}
    for kind, content in furniture.items():
        if content:
            types += f'<Override PartName="/word/{kind}1.xml" ContentType="{_CONTENT}.{kind}+xml"/>'
            tag = "hdr" if kind == "header" else "ftr"
            parts[f"word/{kind}1.xml"] = f"{_OPEN}<w:{tag} {_SPACES}>{content}</w:{tag}>".encode()
    relationships = "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONSHIPS}/{kind}" Target="{target}"/>' for name, kind, target in links
    )
    main = f'<Relationship Id="rId1" Type="{_RELATIONSHIPS}/officeDocument" Target="word/document.xml"/>'
    parts = {
        "[Content_Types].xml": (
            f'{_OPEN}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="png" ContentType="image/png"/>{types}</Types>'
        ).encode(),
        "_rels/.rels": f'{_OPEN}<Relationships xmlns="{_PACKAGE}/relationships">{main}</Relationships>'.encode(),
        "word/_rels/document.xml.rels": (
            f'{_OPEN}<Relationships xmlns="{_PACKAGE}/relationships">{relationships}</Relationships>'
        ).encode(),
        "word/document.xml": f"{_OPEN}<w:document {_SPACES}><w:body>{body}{setup}</w:body></w:document>".encode(),
        **parts,
    }
    for number, (width, height) in pictures.items():
        parts[f"word/media/{number}.png"] = _grey_frame(round(width * 8), round(height * 8))
    return write_package(Member.plain(name, content) for name, content in parts.items())
