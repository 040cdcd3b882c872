"""The sheet that parts one village's agreements from the next in a pile: the village, how many, which numbers."""

from __future__ import annotations

from typing import Final

from anjian_desktop.documents.docx_package import Member, write_package

_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def _line(text: str, font: str, half_points: int, before: int) -> str:
    """A centred paragraph; `before` in twips."""
    return (
        f'<w:p><w:pPr><w:spacing w:before="{before}"/><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="{font}" '
        f'w:hAnsi="{font}" w:eastAsia="{font}"/><w:sz w:val="{half_points}"/></w:rPr><w:t>{text}</w:t></w:r></w:p>'
    )


def separator_template() -> bytes:
    """A Word file of one A4 page with the placeholders 村, 份数 and 编号."""
    body = _line("{{村}}", "黑体", 104, 4200) + _line("{{份数}}份", "仿宋_GB2312", 56, 600)
    body += _line("{{编号}}", "仿宋_GB2312", 36, 300)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="d" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720"/>'
        "</w:sectPr></w:body></w:document>",
    }
    return write_package(Member.plain(name, content.encode()) for name, content in parts.items())
