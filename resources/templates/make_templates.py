"""Makes Z1.docx, Z3.docx and Z5.docx from their texts; run again after changing a text or a style.

    python -m resources.templates.make_templates

The same texts give the same bytes. What an office wants different it changes in Word or WPS, not here.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from xml.sax.saxutils import escape

from anjian_desktop.documents.docx_package import Member, write_package
from resources.templates import styles_xml, text_z1, text_z3, text_z5
from resources.templates.agreement_text import CLOSING, PERIOD, TARGETS_INTRO, AgreementText, Clause

HERE = Path(__file__).resolve().parent
TEXTS = (text_z1.TEXT, text_z3.TEXT, text_z5.TEXT)

_OPEN = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"

TARGET_COLUMNS = (740, 3700, 1600, 2804)
"""Twips: 序号, 指标, 目标值, 佐证材料; together the type area's width."""
TARGET_ROW = 464
"""Twips: four fifths of a line of the grid, so that ten rows are eight lines and the text below stays on the grid."""
SEAL_ROW = 2440
"""Twips: 43 mm, clear for the township's seal of 42 mm (国务院印章管理规定)."""

_DIGITS = "一二三四五六七八九十"


def chinese_number(n: int) -> str:
    """1–99 as in （十二）."""
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else ("" if tens == 1 else _DIGITS[tens - 1]) + "十") + (_DIGITS[ones - 1] if ones else "")


def _run(text: str, style: str = "") -> str:
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _paragraph(style: str, *runs: str, extra: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{"".join(runs)}</w:p>'


def _clauses(clauses: tuple[Clause, ...], *, last_kept: bool = False) -> list[str]:
    """Numbered clauses; `last_kept` holds the last one together and to what follows."""
    return [
        _paragraph(
            "Clause",
            _run(f"（{chinese_number(n)}）{clause.lead}。", "Heading2GB"),
            _run(clause.text),
            extra="<w:keepNext/><w:keepLines/>" if last_kept and n == len(clauses) else "",
        )
        for n, clause in enumerate(clauses, 1)
    ]


def _cell(width: int, *paragraphs: str, centred: bool = True) -> str:
    align = '<w:vAlign w:val="center"/>' if centred else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{align}</w:tcPr>{"".join(paragraphs)}</w:tc>'


def _grid(widths: tuple[int, ...]) -> str:
    return "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"


def _row(cells: list[str], *, height: int = 0, heading: bool = False) -> str:
    properties = "<w:cantSplit/>"
    if height:
        properties += f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>'
    if heading:
        properties += "<w:tblHeader/>"
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _targets_table(text: AgreementText) -> str:
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    heading = [
        _cell(width, _paragraph("TargetHeading", _run(label)))
        for width, label in zip(TARGET_COLUMNS, ("序号", "指标", "目标值", "佐证材料"), strict=True)
    ]
    rows = [_row(heading, height=TARGET_ROW, heading=True)]
    for n, target in enumerate(text.targets, 1):
        shown = (str(n), target.indicator, target.value, target.evidence)
        styles = ("TargetCentred", "TargetText", "TargetCentred", "TargetText")
        cells = [
            _cell(width, _paragraph(style, _run(words)))
            for width, style, words in zip(TARGET_COLUMNS, styles, shown, strict=True)
        ]
        rows.append(_row(cells, height=TARGET_ROW))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(TARGET_COLUMNS)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"{_grid(TARGET_COLUMNS)}{''.join(rows)}</w:tbl>"
    )


def _signature_table(text: AgreementText) -> str:
    """Two columns without borders; every row but the last is kept with the next, the last page never holds it alone."""
    half = styles_xml.TEXT_WIDTH // 2
    sides = (("甲方（盖章）：", "{{甲方}}", "负责人"), ("乙方（盖章）：", "{{乙方}}", text.signer))
    keep = "<w:keepNext/>"

    def row(lines: list[list[str]], *, height: int = 0, kept: str = keep) -> str:
        cells = [
            _cell(half, *(_paragraph("SignatureBlock", _run(line), extra=kept) for line in side), centred=False)
            for side in lines
        ]
        return _row(cells, height=height)

    rows = (
        row([[label, name] for label, name, _ in sides]),
        row([[""], [""]], height=SEAL_ROW),
        row([[f"{signer}（签字）："] for _, _, signer in sides]),
        row([["　　　　年　　月　　日"], ["　　　　年　　月　　日"]], kept=""),
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{half * 2}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr>{_grid((half, half))}{"".join(rows)}</w:tbl>'
    )


def document(text: AgreementText) -> str:
    """word/document.xml."""
    body = [
        _paragraph("DocumentTitle", _run("{{年度}}年度{{责任书名称}}")),
        _paragraph("DocumentNumber", _run("{{编号}}")),
        _paragraph("BodyText1"),
        *(_paragraph("Parties", _run(line)) for line in text.parties),
        _paragraph("BodyText1", _run(text.basis)),
        _paragraph("Heading1GB", _run("一、责任期限")),
        _paragraph("BodyText1", _run(PERIOD)),
        _paragraph("Heading1GB", _run("二、责任目标")),
        _paragraph("BodyText1", _run(TARGETS_INTRO), extra="<w:keepNext/>"),
        _targets_table(text),
        _paragraph("Heading1GB", _run("三、甲方责任")),
        *_clauses(text.party_a),
        _paragraph("Heading1GB", _run("四、乙方责任")),
        *_clauses(text.party_b),
        _paragraph("Heading1GB", _run("五、考核与奖惩")),
        *_clauses(text.assessment),
        _paragraph("Heading1GB", _run("六、责任人变更")),
        _paragraph("BodyText1", _run(text.change)),
        _paragraph("Heading1GB", _run("七、附则")),
        *_clauses(CLOSING, last_kept=True),
        _paragraph("BodyText1", extra="<w:keepNext/>"),
        _signature_table(text),
        _paragraph("AfterTable"),
    ]
    return (
        f'{_OPEN}<w:document xmlns:w="{styles_xml.NAMESPACE}" xmlns:r="{_RELATIONSHIPS}">'
        f"<w:body>{''.join(body)}{styles_xml.SECTION}</w:body></w:document>"
    )


def _types() -> str:
    parts = (
        ("/word/document.xml", f"{_CONTENT}.document.main+xml"),
        ("/word/styles.xml", f"{_CONTENT}.styles+xml"),
        ("/word/settings.xml", f"{_CONTENT}.settings+xml"),
        ("/word/footer1.xml", f"{_CONTENT}.footer+xml"),
        ("/word/footer2.xml", f"{_CONTENT}.footer+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    )
    return (
        f'{_OPEN}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
        + "</Types>"
    )


def _relationships(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(targets, 1)
    )
    return f'{_OPEN}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _core(title: str) -> str:
    return (
        f'{_OPEN}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>安监桌面</dc:creator></cp:coreProperties>"
    )


def make(text: AgreementText) -> bytes:
    """The .docx of one kind."""
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relationships(
            (f"{_RELATIONSHIPS}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "word/document.xml": document(text),
        "word/_rels/document.xml.rels": _relationships(
            (f"{_RELATIONSHIPS}/styles", "styles.xml"),
            (f"{_RELATIONSHIPS}/settings", "settings.xml"),
            (f"{_RELATIONSHIPS}/footer", "footer1.xml"),
            (f"{_RELATIONSHIPS}/footer", "footer2.xml"),
        ),
        "word/styles.xml": styles_xml.styles(),
        "word/settings.xml": styles_xml.settings(),
        "word/footer1.xml": styles_xml.footer("PageNumberOdd"),
        "word/footer2.xml": styles_xml.footer("PageNumberEven"),
        "docProps/core.xml": _core(text.name),
    }
    return write_package(_member(name, content.encode("utf-8")) for name, content in parts.items())


def _member(name: str, content: bytes) -> Member:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return Member(name, 8, zlib.crc32(content), len(content), packer.compress(content) + packer.flush())


def main() -> None:
    for text in TEXTS:
        (HERE / f"{text.code}.docx").write_bytes(make(text))


if __name__ == "__main__":
    main()
