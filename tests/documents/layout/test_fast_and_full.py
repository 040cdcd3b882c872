"""The batch's quick way gives what laying out the filled Word file gives: every glyph, every rule, every page."""

from __future__ import annotations

import pytest
from faithfulness.building import text_box, word_file
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.pages import seen
from support.word_files import OFFICIAL, paragraph, row, run, table

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import Typesetter, lay_out_docx
from anjian_desktop.documents.word import WordTemplate

TEXT = "乙方应当落实全员安全生产责任制，按期排查并消除事故隐患，如实记录并向从业人员通报。"
SMALL = '<w:sz w:val="18"/>'
_FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
PAGE, PAGES = _FIELD.format("PAGE"), _FIELD.format("NUMPAGES")
FURNITURE = {
    "header:default": paragraph("责任单位：{{单位名称}}　编号：{{编号}}"),
    "header:even": paragraph(run("{{单位名称}}", SMALL)) + paragraph(run("{{地址}}", SMALL)),
    "header:first": table(row("{{单位名称}}", "{{地址}}")),
    "footer:default": paragraph("{{地址}}　第", PAGE, run("页 共"), PAGES, run("页")),
    "footer:even": paragraph("{{编号}}"),
    "footer:first": paragraph(run("{{地址}}", SMALL)) + paragraph("— ", PAGE, run(" —")),
}
_BODY = [
    paragraph("编号：{{编号}}"),
    paragraph("责任{", run("{单位名称", '<w:b w:val="1"/>'), run("}}，地址{{地址}}，以下称乙方。")),
    table(row("{{单位名称}}", "负责人：{{负责人}}"), row("甲方", "乙方 {{地址}}")),
    paragraph(TEXT, text_box(paragraph("{{单位名称}}"), width_mm=40, height_mm=20, x_mm=60, y_mm=5)),
    *[paragraph(f"（第{n}条）{TEXT}") for n in range(1, 24)],
    paragraph("乙方（盖章）：{{单位名称}}"),
]
_SETTINGS = "<w:evenAndOddHeaders/>"
_words = st.text(alphabet="示例化工有限公司（）、，。1Aab 〔〕", max_size=90)
_values = st.fixed_dictionaries({}, optional=dict.fromkeys(("编号", "单位名称", "地址", "负责人"), _words))


@settings(max_examples=60, deadline=None)
@given(
    kinds=st.sets(st.sampled_from(sorted(FURNITURE))),
    first=st.booleans(),
    grid=st.booleans(),
    records=st.lists(_values, min_size=1, max_size=3),
)
@example(
    kinds={"header:default", "footer:default"},
    first=False,
    grid=True,
    records=[{"单位名称": "示例化工有限公司" * 9}, {}],
)
def test_every_record_prints_as_its_filled_word_file(
    fonts: FontBook, kinds: set[str], first: bool, grid: bool, records: list[dict[str, str]]
) -> None:
    section = ("<w:titlePg/>" if first else "") + (OFFICIAL if grid else OFFICIAL.partition("<w:docGrid")[0])
    template = word_file(
        *_BODY, section=section, settings=_SETTINGS, furniture={kind: FURNITURE[kind] for kind in sorted(kinds)}
    )
    quick, word = Typesetter(template, fonts), WordTemplate(template)
    for values in records:
        assert seen(quick.lay_out(values)) == seen(lay_out_docx(word.fill(values).data, fonts))


def test_a_name_that_wraps_in_the_header_moves_the_body_down(fonts: FontBook) -> None:
    quick = Typesetter(word_file(*_BODY, furniture=FURNITURE, section=OFFICIAL), fonts)
    short, long = quick.lay_out({"单位名称": "示例厂"}), quick.lay_out({"单位名称": "示例很长的名字有限责任公司" * 20})

    assert long.page_count > short.page_count
    assert seen(quick.lay_out({"单位名称": "示例厂"})) == seen(short)


@pytest.mark.parametrize("name", ["示例厂", "示例很长的名字有限责任公司" * 20])
def test_a_placeholder_in_a_footnote_prints_its_value(fonts: FontBook, name: str) -> None:
    note = '<w:footnote w:id="1"><w:p><w:r><w:t>注：{{单位名称}}</w:t></w:r></w:p></w:footnote>'
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    template = word_file(*[paragraph(TEXT) for _ in range(20)], paragraph("甲", mark), footnotes=note)
    quick = Typesetter(template, fonts)

    ours = quick.lay_out({"单位名称": name})

    assert quick.placeholders == ("单位名称",)
    assert "".join(run.text for page in ours.pages for run in page.runs()).count(name) == 1
    assert seen(ours) == seen(lay_out_docx(WordTemplate(template).fill({"单位名称": name}).data, fonts))
