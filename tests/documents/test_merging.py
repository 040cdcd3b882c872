"""Templates in three dialects: found, named, merged as typed; loops repeat their row; what reaches outside is refused."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from anjian_desktop.documents.docx_package import UnusableDocument
from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import LaidOut, Typesetter, lay_out_docx
from anjian_desktop.documents.merging import MergeTemplate
from anjian_desktop.documents.placeholders import GAP
from anjian_desktop.documents.templates import shipped_templates
from tests.support.merge_files import merge_field, simple_field, three_dialects
from tests.support.word_files import paragraph, row, run, table, word_file


def texts(data: bytes) -> list[str]:
    return [one.text for one in Document(BytesIO(data)).paragraphs]


def cells(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in Document(BytesIO(data)).tables[0].rows]


def drawn(pages: LaidOut) -> list[tuple[str, float, float]]:
    return [(fragment.text, x, y) for page in pages.pages for fragment, x, y in page.placed]


def with_parts(data: bytes, **parts: bytes) -> bytes:
    """The file with parts put in or replaced; `__` stands for `/`, `_x_` for the dot."""
    out = BytesIO()
    named = {name.replace("__", "/").replace("_x_", "."): content for name, content in parts.items()}
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            if info.filename not in named:
                new.writestr(info.filename, old.read(info))
        for name, content in named.items():
            new.writestr(name, content)
    return out.getvalue()


def relationship(kind: str, *, outside: bool = True) -> bytes:
    mode = ' TargetMode="External"' if outside else ""
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="file:///x"{mode}/>'
        "</Relationships>"
    ).encode()


def test_merge_fields_of_every_make_are_found_and_filled() -> None:
    whole = (
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> MERGEFIELD "企业 名称" </w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:t>旧</w:t><w:fldChar w:fldCharType="end"/><w:t>元</w:t></w:r>'
    )
    template = MergeTemplate(word_file(paragraph(merge_field("编号", cut=7), simple_field("年度"), whole)))
    assert [(one.name, one.dialect, one.place) for one in template.placeholders] == [
        ("编号", "mergefield", "正文第1段"),
        ("年度", "mergefield", "正文第1段"),
        ("企业 名称", "mergefield", "正文第1段"),
    ]
    filled = template.fill({"编号": "示安责〔2026〕1号，", "年度": 2026, "企业 名称": "张三 & 李四〈有限〉<公司>"})
    assert texts(filled.data) == ["示安责〔2026〕1号，2026张三 & 李四〈有限〉<公司>元"]
    assert filled.missing == ()


def test_a_merged_value_keeps_the_look_of_the_old_result() -> None:
    template = MergeTemplate(
        word_file(paragraph(merge_field("甲方", properties='<w:b/><w:u w:val="single"/><w:sz w:val="44"/>'), "盖章"))
    )
    runs = [one for one in Document(BytesIO(template.fill({"甲方": "示例镇"}).data)).paragraphs[0].runs if one.text]
    assert [one.text for one in runs] == ["示例镇", "盖章"]
    assert runs[0].bold and runs[0].underline and runs[0].font.size is not None and runs[0].font.size.pt == 22


@pytest.mark.parametrize(
    ("switch", "value", "shown"),
    [
        ("\\* Upper", "abc", "ABC"),
        ("\\* Lower", "ABC", "abc"),
        ("\\* FirstCap", "ab cd", "Ab cd"),
        ("\\* Caps", "ab cd", "Ab Cd"),
        ("\\* MERGEFORMAT", "ab", "ab"),
        ('\\@ "yyyy年M月d日"', "2026-03-05", "2026年3月5日"),
        ('\\@ "yy.MM.dd"', "2026年3月5日", "26.03.05"),
        ('\\@ "EEEE年O月A日"', "2026/12/31", "二〇二六年十二月三十一日"),
        ('\\@ "dddd"', "2026-03-05", "星期四"),
        ('\\@ "yyyy年M月d日"', "待定", "待定"),
        ('\\# "#,##0.00"', "1234567.5", "1,234,567.50"),
        ('\\# "0.0"', "0.25", "0.3"),
        ('\\# "¥#,##0.00;(#,##0.00)"', "-12", "(12.00)"),
        ('\\# "000"', "7", "007"),
        ('\\# "#,##0"', "三", "三"),
        ('\\b "电话："', "139", "电话：139"),
        ('\\f "号"', "3", "3号"),
        ('\\* Upper \\f "号"', "a", "A号"),
    ],
)
def test_switches_change_how_a_value_is_shown(switch: str, value: str, shown: str) -> None:
    assert texts(MergeTemplate(word_file(paragraph(simple_field("值", switch)))).fill({"值": value}).data) == [shown]


def test_the_same_name_with_other_switches_is_shown_in_both_ways() -> None:
    data = word_file(paragraph(simple_field("日期"), "，", simple_field("日期", '\\@ "yyyy年"'), "，{{日期}}"))
    assert texts(MergeTemplate(data).fill({"日期": "2026-03-05"}).data) == ["2026-03-05，2026年，2026-03-05"]


def test_a_row_loop_repeats_its_row_and_looks_outside_the_item_last() -> None:
    template = MergeTemplate(
        word_file(
            paragraph("{{单位名称}}"),
            table(row("姓名", "单位"), row("{{#人员}}{{姓名}}", "{{单位名称}}{{岗位}}{{/人员}}")),
        )
    )
    people = [{"姓名": "赵甲", "岗位": "焊工"}, {"姓名": "钱乙", "岗位": "电工"}, {"姓名": "孙丙"}]
    filled = template.fill({"单位名称": "示例厂", "人员": people})
    assert cells(filled.data) == [
        ["姓名", "单位"],
        ["赵甲", "示例厂焊工"],
        ["钱乙", "示例厂电工"],
        ["孙丙", f"示例厂{GAP}"],
    ]
    assert filled.missing == ("岗位",)
    none = template.fill({"单位名称": "示例厂"})
    assert cells(none.data)[1:] == [[GAP, f"示例厂{GAP}"]]


def test_a_mail_merge_region_is_a_row_loop() -> None:
    template = MergeTemplate(
        word_file(
            table(
                row(
                    paragraph(merge_field("TableStart:人员"), merge_field("姓名")),
                    paragraph(merge_field("工资", '\\# "#,##0.00"'), merge_field("TableEnd:人员")),
                )
            )
        )
    )
    data = template.fill({"人员": [{"姓名": "甲", "工资": 5000}, {"姓名": "乙", "工资": "6000.5"}]}).data
    assert cells(data) == [["甲", "5,000.00"], ["乙", "6,000.50"]]


@pytest.mark.parametrize(
    "body",
    [paragraph("{{#人员}}{{姓名}}"), table(row("{{#人员}}", "{{姓名}}"), row("{{/人员}}", "")), paragraph("{{/人员}}")],
)
def test_a_loop_that_is_not_closed_in_its_row_is_refused(body: str) -> None:
    with pytest.raises(UnusableDocument, match="没有在同一个表格行里"):
        MergeTemplate(word_file(body))


def test_blanks_are_proposed_a_field_and_stay_until_they_are_confirmed() -> None:
    underlined = run("      ", '<w:u w:val="single"/>')
    data = word_file(
        paragraph("示安责〔  〕  号"),
        paragraph("××公司负责人：____ 电话：____"),
        paragraph("甲方：________"),
        paragraph("负责人：____"),
        paragraph("单位地址：", underlined),
        paragraph("〔〕年度"),
    )
    template = MergeTemplate(data)
    assert [(one.place, one.text, one.field) for one in template.blanks] == [
        ("正文第1段第1处", "示安责〔  〕  号", "编号"),
        ("正文第2段第1处", "××公司", "单位名称"),
        ("正文第2段第2处", "____", "乙方负责人"),
        ("正文第2段第3处", "____", "联系电话"),
        ("正文第3段第1处", "________", "甲方"),
        ("正文第4段第1处", "____", "甲方负责人"),
        ("正文第5段第1处", "", "地址"),
        ("正文第6段第1处", "〔〕", "年度"),
    ]
    assert texts(template.fill({"单位名称": "某厂"}).data)[1] == "××公司负责人：____ 电话：____"
    bound = MergeTemplate(data, {one.place: one.field for one in template.blanks[:3] + template.blanks[6:]})
    filled = bound.fill({"编号": "示安责〔2026〕3号", "单位名称": "某厂", "地址": "示例路1号", "年度": "2026"})
    assert texts(filled.data) == [
        "示安责〔2026〕3号",
        f"某厂负责人：{GAP} 电话：____",
        "甲方：________",
        "负责人：____",
        "单位地址：示例路1号",
        "〔2026〕年度",
    ]
    assert filled.missing == ("乙方负责人",)


def test_a_bound_name_takes_its_field() -> None:
    template = MergeTemplate(
        word_file(paragraph("{{厂名}}", simple_field("法人"))), {"厂名": "单位名称", "法人": "法定代表人"}
    )
    assert texts(template.fill({"单位名称": "某厂", "法定代表人": "赵甲"}).data) == ["某厂赵甲"]


@pytest.mark.parametrize("dialect", ["mergefield", "brace", "blank"])
def test_pages_are_those_of_the_filled_word_file(dialect: str) -> None:
    data = three_dialects()[dialect]
    bindings = {one.place: one.field or "单位名称" for one in MergeTemplate(data).blanks}
    template = MergeTemplate(data, bindings)
    fonts = FontBook.bundled_only()
    record = {"企业名称": "示例化工有限公司", "单位名称": "示例化工有限公司", "编号": "示安责〔2026〕1170号"}
    pages = Typesetter(template.braces(record), fonts).lay_out(template.flat(record))
    assert drawn(pages) == drawn(lay_out_docx(template.fill(record).data, fonts))
    assert pages.page_count >= 2


def test_a_template_of_braces_alone_stays_the_same_bytes() -> None:
    data = shipped_templates()["Z5"].data
    assert MergeTemplate(data).braces() == data


def test_only_the_fields_change() -> None:
    data = word_file(
        paragraph("前", merge_field("编号"), "后"), paragraph("照旧 ", run("x", "<w:i/>"), simple_field("年度"))
    )
    filled = MergeTemplate(data).fill({"编号": "1", "年度": "2026"}).data
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(BytesIO(filled)) as new:
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
        before, after = old.read("word/document.xml").decode(), new.read("word/document.xml").decode()
    assert changed == ["word/document.xml"]
    field = re.compile(r'<w:r><w:fldChar w:fldCharType="begin"/>.*?"end"/></w:r>|<w:fldSimple.*?</w:fldSimple>')
    kept = field.split(before)
    at = 0
    for piece in kept:
        assert piece in after[at:]
        at = after.index(piece, at) + len(piece)
    assert "fldChar" not in after and "fldSimple" not in after


@pytest.mark.parametrize(
    "field", ["INCLUDETEXT file", "INCLUDEPICTURE http", "DDEAUTO cmd", "LINK Excel", "DATABASE x"]
)
def test_fields_that_fetch_from_outside_are_refused(field: str) -> None:
    kind = field.split()[0]
    cut = (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{field[:4]}</w:instrText></w:r>'
        f"<w:r><w:instrText>{field[4:]}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    for body in (cut, f'<w:fldSimple w:instr="{field}"/>'):
        with pytest.raises(UnusableDocument, match=kind):
            MergeTemplate(word_file(paragraph(body)))


@pytest.mark.parametrize(
    ("part", "kind", "outside"),
    [
        ("word___rels__settings_x_xml_x_rels", "attachedTemplate", True),
        ("word___rels__header0_x_xml_x_rels", "image", True),
        ("word___rels__header0_x_xml_x_rels", "oleObject", False),
        ("word___rels__header0_x_xml_x_rels", "aFChunk", False),
    ],
)
def test_links_to_the_outside_are_refused(part: str, kind: str, outside: bool) -> None:
    with pytest.raises(UnusableDocument, match="引用了"):
        MergeTemplate(with_parts(three_dialects()["brace"], **{part: relationship(kind, outside=outside)}))


def test_last_years_link_to_its_list_is_taken_out_and_a_hyperlink_stays() -> None:
    settings_part = (
        b'<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:zoom w:percent="100"/>'
        b'<w:mailMerge><w:query w:val="SELECT * FROM x"/></w:mailMerge></w:settings>'
    )
    data = with_parts(
        three_dialects()["mergefield"],
        word__settings_x_xml=settings_part,
        word___rels__settings_x_xml_x_rels=relationship("mailMergeSource"),
        word___rels__header0_x_xml_x_rels=relationship("hyperlink"),
    )
    with zipfile.ZipFile(BytesIO(MergeTemplate(data).fill({"编号": "1"}).data)) as archive:
        assert b"mailMerge" not in archive.read("word/settings.xml")
        assert b"file:///x" not in archive.read("word/_rels/settings.xml.rels")
        assert b"file:///x" in archive.read("word/_rels/header0.xml.rels")


def test_people_named_in_the_properties_are_told() -> None:
    core = '<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:creator>王示例</dc:creator></cp:coreProperties>'.encode()
    found = MergeTemplate(with_parts(three_dialects()["brace"], docProps__core_x_xml=core)).properties
    assert [(one.name, one.value) for one in found] == [("作者", "王示例")]


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\u2028\u2029\ufeff"), max_size=40)
)
@settings(max_examples=60, deadline=None)
def test_any_text_comes_out_of_a_merge_field_as_typed(text: str) -> None:
    data = word_file(paragraph("甲", merge_field("值"), "乙"))
    shown = texts(MergeTemplate(data).fill({"值": text}).data)
    assert shown == [f"甲{text or GAP}乙"]
