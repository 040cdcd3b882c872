"""Small Word files for layout tests, written part by part: only what a test is about stands in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"

OFFICIAL = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="851"'
    ' w:footer="1400" w:gutter="0"/><w:docGrid w:type="linesAndChars" w:linePitch="580" w:charSpace="-844"/>'
)
"""GB/T 9704-2012: A4, type area 156 × 225 mm, 22 lines of 28 characters."""

STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="仿宋_GB2312" w:hAnsi="仿宋_GB2312" w:eastAsia="仿宋_GB2312"/>'
    '<w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:jc w:val="both"/></w:pPr>'
    "</w:style>"
)


def run(text: str, properties: str = "") -> str:
    """A run of text with run properties."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph; a text that is no element becomes a run."""
    inner = "".join(piece if piece.startswith("<") else run(piece) for piece in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def table(*rows: str, columns: tuple[int, ...] = (4422, 4422), borders: bool = True, properties: str = "") -> str:
    """A table of rows with these column widths in twips."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="auto"/>' for side in sides) if borders else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return f"<w:tbl><w:tblPr>{properties}<w:tblBorders>{lines}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """A table row; a text that is no element becomes a cell."""
    inner = "".join(piece if piece.startswith("<w:tc>") else cell(piece) for piece in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def cell(*paragraphs: str, properties: str = "") -> str:
    """A table cell; a text that is no element becomes a paragraph."""
    inner = "".join(piece if piece.startswith("<") else paragraph(piece) for piece in paragraphs)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def word_file(
    *body: str,
    section: str = OFFICIAL,
    styles: str = STYLES,
    settings: str = "",
    furniture: Mapping[str, str] | None = None,
    notes: Mapping[str, str] | None = None,
) -> bytes:
    """A .docx. `furniture` maps `header:default`, `footer:even` … to the paragraphs of that part, `notes` `footnotes` and
    `endnotes` to theirs.
    """
    references, relationships, types = "", "", ""
    parts: dict[str, str] = {}
    for number, (kind, inner) in enumerate((furniture or {}).items()):
        part, variant = kind.split(":")
        references += f'<w:{part}Reference w:type="{variant}" r:id="f{number}"/>'
        relationships += f'<Relationship Id="f{number}" Type="{_KIND}/{part}" Target="{part}{number}.xml"/>'
        types += f'<Override PartName="/word/{part}{number}.xml" ContentType="{_CONTENT}.{part}+xml"/>'
        root = "hdr" if part == "header" else "ftr"
        parts[f"word/{part}{number}.xml"] = f"<w:{root} {_W}>{inner}</w:{root}>"
    for kind, inner in (notes or {}).items():
        relationships += f'<Relationship Id="{kind}" Type="{_KIND}/{kind}" Target="{kind}.xml"/>'
        types += f'<Override PartName="/word/{kind}.xml" ContentType="{_CONTENT}.{kind}+xml"/>'
        parts[f"word/{kind}.xml"] = f"<w:{kind} {_W}>{inner}</w:{kind}>"
    parts["word/document.xml"] = (
        f"<w:document {_W} {_R}><w:body>{''.join(body)}<w:sectPr>{references}{section}</w:sectPr></w:body></w:document>"
    )
    parts["word/styles.xml"] = f"<w:styles {_W}>{styles}</w:styles>"
    parts["word/settings.xml"] = f"<w:settings {_W}>{settings}</w:settings>"
    parts["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="s" Type="{_KIND}/styles" Target="styles.xml"/>'
        f'<Relationship Id="t" Type="{_KIND}/settings" Target="settings.xml"/>{relationships}</Relationships>'
    )
    parts["_rels/.rels"] = (
        f'<Relationships xmlns="{_RELATIONSHIPS}">'
        f'<Relationship Id="d" Type="{_KIND}/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_CONTENT}.document.main+xml"/>{types}</Types>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()
