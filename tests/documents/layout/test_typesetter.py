"""A template filled at the model gives the pages of the filled Word file; values never move what they should not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.word_files import cell, paragraph, row, run, table, word_file

from anjian_desktop.documents.docx_package import UnusableDocument
from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import LaidOut, Typesetter, lay_out_docx
from anjian_desktop.documents.placeholders import UnprintableValue
from anjian_desktop.documents.word import WordTemplate

TEMPLATES = Path(__file__).parents[3] / "resources" / "templates"
SPLIT = run("甲{") + run("{单位", '<w:b w:val="1"/>') + run("名称") + run("}", '<w:u w:val="single"/>') + run("}乙")
BODY = (
    paragraph("编号：{{编号}}"),
    paragraph(SPLIT),
    table(row("{{单位名称}}", cell("负责人：{{负责人}}")), row("甲方", "乙方")),
    paragraph("尾 {{ 编号 }} 尾"),
)
VALUES = {"编号": "示安责〔2026〕1号", "单位名称": "示例化工有限公司", "负责人": "张三"}


def seen(document: LaidOut) -> list[list[tuple[str, float, float, float, bool]]]:
    """What a reader sees on each page: text, place, size, thickness."""
    return [
        [(run.text, round(run.x, 2), round(run.y, 2), run.size, run.thicken) for run in page.runs()]
        for page in document.pages
    ]


def test_a_template_filled_at_the_model_looks_like_the_filled_word_file(fonts: FontBook) -> None:
    template = word_file(*BODY, furniture={"footer:default": paragraph("{{编号}}")})

    ours = Typesetter(template, fonts).lay_out(VALUES)
    word = lay_out_docx(WordTemplate(template).fill(VALUES).data, fonts)

    assert seen(ours) == seen(word)
    assert ours.missing == ()


@pytest.mark.parametrize("kind", ["Z1", "Z3", "Z5"])
def test_the_shipped_templates_print_as_their_filled_word_files(fonts: FontBook, kind: str) -> None:
    template = (TEMPLATES / f"{kind}.docx").read_bytes()
    setter = Typesetter(template, fonts)
    values = {name: f"示例{number}" for number, name in enumerate(setter.placeholders)}

    ours = setter.lay_out(values)

    assert seen(ours) == seen(lay_out_docx(WordTemplate(template).fill(values).data, fonts))
    assert ours.not_laid_out == () and ours.missing_glyphs == ()
    assert 3 <= ours.page_count <= 5


def test_a_placeholder_parted_by_the_editor_takes_the_format_it_begins_in(fonts: FontBook) -> None:
    document = Typesetter(word_file(paragraph(SPLIT)), fonts).lay_out(VALUES)

    (page,) = document.pages
    assert page.text == "甲示例化工有限公司乙"
    assert list(page.rules()) == []


def test_a_value_that_is_missing_or_empty_prints_as_a_gap_and_is_listed(fonts: FontBook) -> None:
    document = Typesetter(word_file(*BODY), fonts).lay_out({"编号": "1号", "单位名称": ""})

    text = "\n".join(page.text for page in document.pages)
    assert "甲＿＿＿＿乙" in text and "负责人：＿＿＿＿" in text
    assert "{" not in text
    assert document.missing == ("单位名称", "负责人")


def test_one_document_does_not_colour_the_next(fonts: FontBook) -> None:
    setter = Typesetter(word_file(*BODY), fonts)
    first = seen(setter.lay_out(VALUES))
    setter.lay_out({**VALUES, "单位名称": "另一个名字长得多的示例有限责任公司" * 3})
    setter.lay_out({})

    assert seen(setter.lay_out(VALUES)) == first
    assert seen(Typesetter(word_file(*BODY), fonts).lay_out(VALUES)) == first


def test_a_finished_document_keeps_its_braces(fonts: FontBook) -> None:
    document = lay_out_docx(word_file(paragraph("{{编号}}")), fonts)

    assert document.pages[0].text == "{{编号}}"
    assert document.missing == ()


def test_values_are_text_line_ends_break_lines_and_tabs_are_tabs(fonts: FontBook) -> None:
    setter = Typesetter(word_file(paragraph("{{甲}}")), fonts)

    assert setter.lay_out({"甲": "一\r\n二\r三"}).pages[0].text == "一\n二\n三"
    assert (
        setter.lay_out({"甲": "张三 & 李四〈有限〉<公司>{{编号}}"}).pages[0].text == "张三 & 李四〈有限〉<公司>{{编号}}"
    )
    assert setter.lay_out({"甲": "一\t二"}).pages[0].text == "一二"


def test_a_character_without_a_glyph_is_told_with_its_text(fonts: FontBook) -> None:
    setter = Typesetter(
        word_file(paragraph("负责人：{{甲}}"), furniture={"footer:default": paragraph("{{乙}}")}), fonts
    )
    document = setter.lay_out({"甲": "王\U0002a6a5", "乙": "\U0002a6a5"})

    assert [(found.char, found.text) for found in document.missing_glyphs] == [
        ("\U0002a6a5", "负责人：王\U0002a6a5"),
        ("\U0002a6a5", "\U0002a6a5"),
    ]
    again = setter.lay_out({"甲": "王", "乙": "\U0002a6a5"})
    assert len(again.missing_glyphs) == 1
    assert setter.lay_out({"甲": "王", "乙": "李"}).missing_glyphs == ()


def test_rare_name_characters_of_the_standard_list_print(fonts: FontBook) -> None:
    document = Typesetter(word_file(paragraph("{{甲}}")), fonts).lay_out(
        {"甲": "喆堃昇頔龑䶮㛃𬱖𠅤禤昜祎玥珺晗睿阿·提"}
    )

    assert document.missing_glyphs == ()


def test_control_characters_are_refused_naming_the_field(fonts: FontBook) -> None:
    with pytest.raises(UnprintableValue, match="甲"):
        Typesetter(word_file(paragraph("{{甲}}")), fonts).lay_out({"甲": "a\x07"})


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04" + b"\0" * 60, word_file(paragraph("x"))[:300]])
def test_what_is_no_word_file_is_refused_in_words(fonts: FontBook, data: bytes) -> None:
    with pytest.raises(UnusableDocument):
        lay_out_docx(data, fonts)


def test_the_fonts_asked_for_are_told_with_what_prints_them(fonts: FontBook) -> None:
    title = run("标题", '<w:rFonts w:eastAsia="方正小标宋简体"/>')
    heading = run("一、", '<w:rFonts w:eastAsia="黑体"/>')
    document = lay_out_docx(word_file(paragraph(title), paragraph(heading)), fonts)

    used = {use.asked: use.used for use in document.fonts}
    assert used["方正小标宋简体"] == "Noto Serif SC"
    assert used["黑体"] == "Noto Sans SC"
    runs = {run.text: run for run in document.pages[0].runs()}
    assert runs["标题"].thicken and not runs["一、"].thicken


@settings(max_examples=50, deadline=None)
@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Cf", "Zl", "Zp"]), max_size=60)
)
def test_any_value_comes_out_as_typed_or_is_told(fonts: FontBook, value: str) -> None:
    document = Typesetter(word_file(paragraph("甲{{值}}乙")), fonts).lay_out({"值": value})

    shown = "".join(page.text.replace("\n", "") for page in document.pages)
    assert shown == f"甲{value or '＿＿＿＿'}乙" or any(0xFE00 <= ord(c) <= 0xFE0F or ord(c) >= 0xE0100 for c in value)
    told = {found.char for found in document.missing_glyphs}
    for page in document.pages:
        for placed in page.runs():
            assert len(placed.codes) == 2 * len(placed.text)
            for number, character in enumerate(placed.text):
                assert (placed.codes[2 * number : 2 * number + 2] == b"\0\0") == (character in told)
