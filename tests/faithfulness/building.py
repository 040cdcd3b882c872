"""Word files for the measured corpus, written part by part, with styles as Word's Chinese edition has them."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Mapping

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

A4 = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800" w:header="851" w:footer="992" w:gutter="0"/>'
)
GRID = A4 + '<w:docGrid w:type="lines" w:linePitch="312"/>'
"""Word's Chinese default: lines on a grid of 15.6 pt."""

OFFICIAL = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="851" w:footer="1400" w:gutter="0"/>'
    '<w:docGrid w:type="lines" w:linePitch="580"/>'
)

STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:pPr><w:widowControl w:val="0"/>'
    '<w:jc w:val="both"/></w:pPr><w:rPr><w:kern w:val="2"/><w:sz w:val="21"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:keepNext/><w:keepLines/>'
    '<w:spacing w:before="340" w:after="330" w:line="578" w:lineRule="auto"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/>'
    '<w:kern w:val="44"/><w:sz w:val="44"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/><w:pPr><w:keepNext/><w:keepLines/>'
    '<w:spacing w:before="260" w:after="260" w:line="416" w:lineRule="auto"/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/><w:b/>'
    '<w:sz w:val="32"/></w:rPr></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="a1"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar>'
    '<w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="a3"><w:name w:val="Table Grid"/><w:basedOn w:val="a1"/><w:tblPr><w:tblBorders>'
    + "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
              for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    + "</w:tblBorders></w:tblPr></w:style>"
    '<w:style w:type="table" w:styleId="a4"><w:name w:val="Banded"/><w:basedOn w:val="a3"/><w:tblPr><w:tblStyleRowBandSize w:val="1"/>'
    '</w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="D9E2F3"/></w:tcPr>'
    '</w:tblStylePr><w:tblStylePr w:type="band1Horz"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/></w:tcPr>'
    "</w:tblStylePr></w:style>"
)  # fmt: skip
SETTINGS = (
    '<w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)

_WORDS = [
    "安全生产",
    "责任制",
    "主要负责人",
    "应当",
    "隐患排查",
    "整改",
    "培训教育",
    "消防设施",
    "从业人员",
    "应急预案",
    "危险作业",
    "特种设备",
    "定期检查",
    "台账",
    "记录",
    "制度",
    "措施",
    "落实",
    "监督",
    "管理",
    "部门",
    "乡镇人民政府",
    "企业",
    "事故",
    "报告",
    "预防",
    "为主",
    "综合治理",
    "一岗双责",
    "党政同责",
    "风险",
    "分级",
    "管控",
]
_MIXED = (
    "GB/T 9704-2012", "2026年3月5日", "24学时", "第12条", "AQ 3013", "95.0%", "A4", "（试行）", "“三同时”", "《安全生产法》",
)  # fmt: skip
_LATIN = [
    "safety",
    "work",
    "of",
    "the",
    "township",
    "office",
    "must",
    "be",
    "planned",
    "carried",
    "out",
    "and",
    "recorded",
    "every",
    "quarter",
    "by",
    "a",
    "responsible",
    "person",
    "who",
    "reports",
    "hazards",
    "training",
    "drills",
    "and",
    "inspections",
    "without",
    "any",
    "delay",
    "to",
    "the",
    "director",
]


def chinese(seed: int, length: int, *, mixed: bool = False) -> str:
    """Chinese prose of about so many characters, the same for the same seed."""
    chance = random.Random(seed)
    text = ""
    while len(text) < length:
        text += chance.choice(_MIXED) if mixed and chance.random() < 0.15 else chance.choice(_WORDS)
        text += chance.choice(["", "", "", "", "，", "、", "。", "；"])
    return text.rstrip("，、。；") + "。"


def latin(seed: int, words: int) -> str:
    """English prose of so many words."""
    chance = random.Random(seed)
    found = [chance.choice(_LATIN) for _ in range(words)]
    return " ".join(found).capitalize() + "."


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*pieces: str, properties: str = "") -> str:
    """A paragraph; a piece that is no element becomes a run."""
    inner = "".join(piece if piece.startswith("<") else run(piece) for piece in pieces)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def cell(*blocks: str, properties: str = "", width: int = 0) -> str:
    """A table cell."""
    inner = "".join(block if block.startswith("<") else paragraph(block) for block in blocks)
    size = f'<w:tcW w:w="{width}" w:type="dxa"/>' if width else ""
    return f"<w:tc><w:tcPr>{size}{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A table row."""
    return (
        f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(c if c.startswith('<w:tc>') else cell(c) for c in cells)}</w:tr>"
    )


def table(*rows: str, columns: tuple[int, ...], properties: str = "", style: str = "a3") -> str:
    """A table with these column widths in twips."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    total = sum(columns)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{total}" w:type="dxa"/>{properties}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def picture(width: int, height: int) -> bytes:
    """A small PNG of a colour gradient."""
    lines = b"".join(
        b"\0" + b"".join(bytes((255 * x // width, 255 * y // height, 128)) for x in range(width)) for y in range(height)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    header = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def inline(width_mm: float, height_mm: float) -> str:
    """A run with the picture of the file, in the line."""
    distances = 'distT="0" distB="0" distL="0" distR="0"'
    return f"<w:r><w:drawing><wp:inline {distances}>{_drawn(width_mm, height_mm)}</wp:inline></w:drawing></w:r>"


def anchored(width_mm: float, height_mm: float, x_mm: float, y_mm: float, wrap: str = "<wp:wrapNone/>") -> str:
    """A run with the picture of the file, placed from the page's margins."""
    return (
        '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="1" behindDoc="0"'
        ' locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin">'
        f"<wp:posOffset>{round(x_mm * 36000)}</wp:posOffset></wp:positionH>"
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{round(y_mm * 36000)}</wp:posOffset></wp:positionV>'
        f"{_drawn(width_mm, height_mm, wrap)}</wp:anchor></w:drawing></w:r>"
    )


def _drawn(width_mm: float, height_mm: float, wrap: str = "") -> str:
    extent = f'cx="{round(width_mm * 36000)}" cy="{round(height_mm * 36000)}"'
    return (
        f'<wp:extent {extent}/>{wrap}<wp:docPr id="1" name="p"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="p"/>'
        '<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="picture"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic>"
    )


def text_box(*blocks: str, width_mm: float, height_mm: float, x_mm: float, y_mm: float) -> str:
    """A run with a text box placed from the margins, as DrawingML alone."""
    extent = f'cx="{round(width_mm * 36000)}" cy="{round(height_mm * 36000)}"'
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="114300" distR="114300"'
        ' simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="margin"><wp:posOffset>{round(x_mm * 36000)}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{round(y_mm * 36000)}</wp:posOffset></wp:positionV><wp:extent {extent}/>'
        '<wp:wrapNone/><wp:docPr id="2" name="b"/><a:graphic><a:graphicData'
        ' uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill>'
        f'<a:srgbClr val="000000"/></a:solidFill></a:ln></wps:spPr><wps:txbx><w:txbxContent>{"".join(blocks)}</w:txbxContent></wps:txbx>'
        '<wps:bodyPr lIns="91440" tIns="45720" rIns="91440" bIns="45720"/></wps:wsp></a:graphicData></a:graphic></wp:anchor>'
        "</w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


def section_break(section: str) -> str:
    """An empty paragraph that ends a section."""
    return f"<w:p><w:pPr><w:sectPr>{section}</w:sectPr></w:pPr></w:p>"


def word_file(
    *body: str,
    section: str = GRID,
    styles: str = "",
    settings: str = SETTINGS,
    furniture: Mapping[str, str] | None = None,
    numbering: str = "",
    footnotes: str = "",
) -> bytes:
    """A .docx of these blocks. `furniture` maps `header:default`, `footer:even` … to paragraphs."""
    parts: dict[str, str | bytes] = {}
    references, relations, types = "", "", ""
    for number, (kind, inner) in enumerate((furniture or {}).items()):
        part, variant = kind.split(":")
        references += f'<w:{part}Reference w:type="{variant}" r:id="f{number}"/>'
        relations += f'<Relationship Id="f{number}" Type="{_KIND}/{part}" Target="{part}{number}.xml"/>'
        types += f'<Override PartName="/word/{part}{number}.xml" ContentType="{_CONTENT}.{part}+xml"/>'
        root = "hdr" if part == "header" else "ftr"
        parts[f"word/{part}{number}.xml"] = f"<w:{root} {_SPACES}>{inner}</w:{root}>"
    for name, inner in (
        ("styles", STYLES + styles),
        ("settings", settings),
        ("numbering", numbering),
        ("footnotes", footnotes),
    ):
        if inner:
            parts[f"word/{name}.xml"] = f"<w:{name} {_SPACES}>{inner}</w:{name}>"
            relations += f'<Relationship Id="{name}" Type="{_KIND}/{name}" Target="{name}.xml"/>'
            types += f'<Override PartName="/word/{name}.xml" ContentType="{_CONTENT}.{name}+xml"/>'
    parts["word/media/picture.png"] = picture(60, 40)
    relations += f'<Relationship Id="picture" Type="{_KIND}/image" Target="media/picture.png"/>'
    parts["word/document.xml"] = (
        f"<w:document {_SPACES}><w:body>{''.join(body)}<w:sectPr>{references}{section}</w:sectPr></w:body></w:document>"
    )
    parts["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{_RELS}">{relations}</Relationships>'
    parts["_rels/.rels"] = (
        f'<Relationships xmlns="{_RELS}"><Relationship Id="d" Type="{_KIND}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>"
    )
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/><Default Extension="png"'
        ' ContentType="image/png"/><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_CONTENT}.document.main+xml"/>{types}</Types>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()
