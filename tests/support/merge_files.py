"""Merge fields written the ways Word writes them, for templates of last year's mail merge."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from tests.support.word_files import STYLES, paragraph, run, word_file


def merge_field(name: str, switches: str = "", properties: str = "", *, cut: int = 3) -> str:
    """A complex field over several runs, its instruction cut into `cut` pieces as Word's editor does."""
    instruction = f" MERGEFIELD {name} {switches} "
    size = max(1, -(-len(instruction) // cut))
    pieces = "".join(
        f'<w:r><w:rPr>{properties}</w:rPr><w:instrText xml:space="preserve">{instruction[at : at + size]}</w:instrText></w:r>'
        for at in range(0, len(instruction), size)
    )
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{pieces}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(f"«{name}»", properties)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def simple_field(name: str, switches: str = "") -> str:
    """A simple field."""
    return f"<w:fldSimple w:instr={quoteattr(f' MERGEFIELD {name} {switches} ')}>{run(f'«{name}»')}</w:fldSimple>"


_PAGES = 'PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
_PAGE = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{_PAGES}'
_SMALL = '<w:pStyle w:val="Small"/>'
_FURNITURE = (
    '<w:style w:type="paragraph" w:styleId="Small"><w:name w:val="Small"/><w:rPr><w:sz w:val="18"/></w:rPr></w:style>'
)
_TEXT = "乙方应当落实全员安全生产责任制，按期排查并消除事故隐患，如实记录并向从业人员通报。"


def three_dialects() -> dict[str, bytes]:
    """The same two-page agreement as merge fields, as braces and with blanks: name and number in body, header, footer."""

    def file(name: str, number: str, footer_name: str) -> bytes:
        body = [paragraph(f"（第{n}条）{_TEXT}") for n in range(1, 26)]
        return word_file(
            paragraph("编号：", number),
            paragraph("责任单位：", name, "，以下称乙方。"),
            *body,
            paragraph("乙方（盖章）：", name),
            furniture={
                "header:default": paragraph("责任单位：", name, "　编号：", number, properties=_SMALL),
                "footer:default": paragraph(
                    "责任单位：", footer_name, "　编号：", number, "　第", _PAGE, run("页"), properties=_SMALL
                ),
            },
            styles=STYLES + _FURNITURE,
        )

    return {
        "mergefield": file(
            merge_field("企业名称", "\\* MERGEFORMAT"), simple_field("编号"), merge_field("企业名称", cut=9)
        ),
        "brace": file("{{企业名称}}", "{{ 编号 }}", "{{企业名称}}"),
        "blank": file("××公司", "示安责〔  〕  号", "______"),
    }
