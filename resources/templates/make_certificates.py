"""Makes C1.docx (培训合格证, A4 landscape) and C2.docx (the card, 85.5 × 54 mm); run again after changing a text or a measure.

    python -m resources.templates.make_certificates

The same texts give the same bytes. Photo and code take the places of the two pictures, known by their alternative texts
(替换文字) 照片 and 二维码: an office moves and resizes them in Word or WPS as it likes.
"""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from xml.sax.saxutils import escape

from anjian_desktop.documents.docx_package import Member, write_package

HERE = Path(__file__).resolve().parent

_OPEN = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"

_EMU = 36_000
"""To the millimetre."""

PHOTO_2 = (35, 49)
"""二寸照片: width and height in mm."""


def _twips(mm: float) -> int:
    return round(mm * 1440 / 25.4)


def _run(text: str, font: str, half_points: int, *, bold: bool = False) -> str:
    look = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>{"<w:b/>" if bold else ""}<w:sz w:val="{half_points}"/>'
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _paragraph(*runs: str, align: str = "left", line: int = 0, before: int = 0, indent: int = 0) -> str:
    """`line` is the exact line pitch, `before` the blank above, `indent` the first line's, all in twips."""
    spacing = (
        f'<w:spacing w:before="{before}" w:after="0"' + (f' w:line="{line}" w:lineRule="exact"' if line else "") + "/>"
    )
    first = f'<w:ind w:firstLine="{indent}"/>' if indent else ""
    return f'<w:p><w:pPr><w:snapToGrid w:val="0"/>{spacing}{first}<w:jc w:val="{align}"/></w:pPr>{"".join(runs)}</w:p>'


def _picture(number: int, role: str, width: float, height: float) -> str:
    """A picture in the line, of this size in mm, from the part `media/<number>.png`."""
    size = f'cx="{round(width * _EMU)}" cy="{round(height * _EMU)}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="{role}" descr="{role}"/><a:graphic><a:graphicData uri="{_DRAWING}/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="{role}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="rId{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _cell(width: float, *paragraphs: str, across: int = 1, down: str = "", middle: bool = False) -> str:
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    merge = {"": "", "first": '<w:vMerge w:val="restart"/>', "more": "<w:vMerge/>"}[down]
    align = '<w:vAlign w:val="center"/>' if middle else ""
    content = "".join(paragraphs) or "<w:p/>"
    return f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{span}{merge}{align}</w:tcPr>{content}</w:tc>'


def _row(height: float, *cells: str) -> str:
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{_twips(height)}" w:hRule="atLeast"/></w:trPr>{"".join(cells)}</w:tr>'


def _table(widths: tuple[float, ...], *rows: str) -> str:
    columns = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _grey_frame(width: int, height: int) -> bytes:
    """A PNG of a white field in a thin grey frame: what stands where no photo or code is."""
    edge, inner = b"\x99" * width, b"\x99" + b"\xff" * (width - 2) + b"\x99"
    rows = b"".join(b"\x00" + (edge if y in (0, height - 1) else inner) for y in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def certificate() -> bytes:
    """培训合格证, A4 landscape: frame 15 mm from the edges, photo of two 寸, code of 32 mm with its quiet zone."""
    song, hei, fang = "宋体", "黑体", "仿宋"
    photo = _cell(50, _paragraph(_picture(1, "照片", *PHOTO_2), align="center"), middle=True)
    body = _cell(
        170,
        _paragraph(_run("{{姓名}}", hei, 44), _run("　同志：", fang, 40), line=900),
        _paragraph(
            _run("身份证件号码 {{证件号码}}，于{{培训开始}}至{{培训结束}}参加", fang, 36),
            _run("{{培训名称}}", hei, 36),
            _run("，共{{学时}}学时，考核合格，特发此证。", fang, 36),
            align="both", line=760, indent=720,
        ),
        middle=True,
    )  # fmt: skip
    code = _cell(50, _paragraph(_picture(2, "二维码", 32, 32), align="center"), middle=True)
    facts = _cell(
        170,
        _paragraph(_run("单　　位：{{单位名称}}", song, 28), line=520),
        _paragraph(_run("证书编号：{{证书编号}}", song, 28), line=520),
        _paragraph(_run("发证日期：{{发证日期}}　　　有效期至：{{有效期至}}", song, 28), line=520),
        _paragraph(_run("发证单位：{{发证单位}}（盖章）", song, 28), line=520),
        middle=True,
    )
    title = _paragraph(_run("{{证书名称}}", "方正小标宋简体", 88), align="center", line=1300, before=500)
    table = _table((50, 170), _row(72, photo, body), _row(44, code, facts))
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="24" w:space="28" w:color="8B1A1A"/>'
        for side in ("top", "left", "bottom", "right")
    )
    section = (
        f'<w:sectPr><w:pgSz w:w="{_twips(297)}" w:h="{_twips(210)}" w:orient="landscape"/>'
        f'<w:pgMar w:top="{_twips(26)}" w:right="{_twips(26)}" w:bottom="{_twips(26)}" w:left="{_twips(26)}" w:header="0" w:footer="0" w:gutter="0"/>'
        f'<w:pgBorders w:offsetFrom="text">{borders}</w:pgBorders></w:sectPr>'
    )
    return _document(title + table + _paragraph(line=20), section, {1: PHOTO_2, 2: (32, 32)})


def card() -> bytes:
    """The same as a card of ID-1 size: one 寸 photo, a code as large as the card allows."""
    hei, song = "黑体", "宋体"

    def fact(text: str) -> str:
        return _paragraph(_run(text, song, 14), before=20)

    photo = _cell(22.5, _paragraph(_picture(1, "照片", 20, 28), align="left"))
    facts = _cell(
        28,
        _paragraph(_run("{{姓名}}", hei, 20)),
        fact("{{证件号码}}"), fact("{{单位名称}}"), fact("{{培训名称}}"),
    )  # fmt: skip
    code = _cell(30, _paragraph(_picture(2, "二维码", 30, 30), align="right"))
    foot = _cell(
        80.5,
        _paragraph(_run("编号：{{证书编号}}", song, 13), line=250),
        _paragraph(_run("发证：{{发证日期}}　有效期至：{{有效期至}}　学时：{{学时}}", song, 13), line=250),
        _paragraph(_run("{{发证单位}}", song, 13), line=250),
        across=3,
    )
    title = _paragraph(_run("{{证书名称}}", hei, 24), align="center", line=380)
    table = _table((22.5, 28, 30), _row(30.5, photo, facts, code), _row(13.2, foot))
    section = (
        f'<w:sectPr><w:pgSz w:w="{_twips(85.5)}" w:h="{_twips(54)}" w:orient="landscape"/>'
        f'<w:pgMar w:top="{_twips(2)}" w:right="{_twips(2.5)}" w:bottom="{_twips(1)}" w:left="{_twips(2.5)}" w:header="0" w:footer="0" w:gutter="0"/></w:sectPr>'
    )
    return _document(title + table + _paragraph(line=20), section, {1: (20, 28), 2: (30, 30)})


def _document(body: str, section: str, pictures: dict[int, tuple[float, float]]) -> bytes:
    spaces = (
        f'xmlns:w="{_MAIN}" xmlns:r="{_RELATIONSHIPS}" xmlns:wp="{_DRAWING}/wordprocessingDrawing" '
        f'xmlns:a="{_DRAWING}/main" xmlns:pic="{_DRAWING}/picture"'
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONSHIPS}/image" Target="media/{number}.png"/>'
        for number in pictures
    )
    parts: dict[str, bytes] = {
        "[Content_Types].xml": (
            f'{_OPEN}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_CONTENT}.document.main+xml"/></Types>'
        ).encode(),
        "_rels/.rels": (
            f'{_OPEN}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_RELATIONSHIPS}/officeDocument" Target="word/document.xml"/></Relationships>'
        ).encode(),
        "word/_rels/document.xml.rels": f'{_OPEN}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'.encode(),
        "word/document.xml": f"{_OPEN}<w:document {spaces}><w:body>{body}{section}</w:body></w:document>".encode(),
    }
    for number, (width, height) in pictures.items():
        parts[f"word/media/{number}.png"] = _grey_frame(round(width * 8), round(height * 8))
    return write_package(Member.plain(name, content) for name, content in parts.items())


def main() -> None:
    """Write both files beside this one."""
    (HERE / "C1.docx").write_bytes(certificate())
    (HERE / "C2.docx").write_bytes(card())


if __name__ == "__main__":
    main()
