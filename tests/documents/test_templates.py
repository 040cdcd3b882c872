"""The shipped templates: complete, on the official grid, four pages, and every name in them known."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from anjian_desktop.documents.docx_package import open_package
from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import LaidOut, lay_out_docx
from anjian_desktop.documents.templates import AGREEMENT_NAMES, check_template, shipped_templates
from anjian_desktop.documents.word import WordTemplate
from resources.templates.agreement_text import AgreementText
from resources.templates.make_templates import TEXTS, chinese_number, make

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
KINDS = ("Z1", "Z3", "Z5")

VALUES = {
    "编号": "示安责〔2026〕1170号",
    "年度": "2026",
    "甲方": "示例镇人民政府",
    "甲方负责人": "王建国",
    "单位名称": "示例镇东河化工有限责任公司",
    "乙方": "示例镇东河化工有限责任公司",
    "乙方负责人": "张三",
    "联系电话": "13900001234",
    "统一社会信用代码": "91990001MA00000157",
    "地址": "示例镇东河村工业路18号",
    "期限起": "2026年1月1日",
    "期限止": "2026年12月31日",
    "份数": "2",
}


def filled(kind: str, **changed: str) -> bytes:
    info = shipped_templates()[kind]
    result = WordTemplate(info.data).fill({**VALUES, "责任书名称": info.name, **changed})
    assert result.missing == ()
    return result.data


def laid_out(kind: str, **changed: str) -> LaidOut:
    return lay_out_docx(filled(kind, **changed), FontBook.bundled_only())


def everything(data: bytes) -> str:
    document = Document(BytesIO(data))
    return "\n".join(node.text or "" for node in document.element.body.iter(qn("w:t")))


def test_the_three_kinds_are_shipped_under_their_titles() -> None:
    shipped = shipped_templates()
    assert tuple(shipped) == KINDS
    assert [info.name for info in shipped.values()] == [text.name for text in TEXTS]
    assert len({info.version for info in shipped.values()}) == 3


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.code)
def test_the_shipped_file_is_what_its_text_makes(text: AgreementText) -> None:
    made = {member.name: member.content() for member in open_package(make(text))}
    kept = {m.name: m.content() for m in open_package(shipped_templates()[text.code].data)}
    assert made == kept


@pytest.mark.parametrize("kind", KINDS)
def test_every_placeholder_is_known_and_filled(kind: str) -> None:
    check = check_template(shipped_templates()[kind].data)
    assert check.unknown == ()
    assert {"编号", "甲方", "乙方", "乙方负责人", "期限起", "期限止", "份数"} <= {p.name for p in check.placeholders}
    assert "{{" not in everything(filled(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_the_text_says_what_an_agreement_must_say(kind: str) -> None:
    text = everything(filled(kind))
    for heading in (
        "一、责任期限",
        "二、责任目标",
        "三、甲方责任",
        "四、乙方责任",
        "五、考核与奖惩",
        "六、责任人变更",
        "七、附则",
    ):
        assert heading in text
    assert "《中华人民共和国安全生产法》" in text
    assert "本责任书不免除乙方法定责任" in text
    assert "自双方签字盖章之日起生效" in text
    assert "一票否决" in text
    assert not re.search("罚款|罚金|扣罚|工商局|安监局|质监局|X", text)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.code)
def test_the_second_party_has_ten_to_twenty_duties_of_its_own(text: AgreementText) -> None:
    duties = text.party_b
    assert 10 <= len(duties) <= 20
    others = {clause for other in TEXTS if other is not text for clause in other.party_b}
    assert not others & set(duties)


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_is_the_official_one(kind: str) -> None:
    document = Document(BytesIO(shipped_templates()[kind].data))
    section = document.sections[0]
    millimetres = {
        "width": section.page_width.mm,
        "height": section.page_height.mm,
        "top": section.top_margin.mm,
        "left": section.left_margin.mm,
        "type width": section.page_width.mm - section.left_margin.mm - section.right_margin.mm,
        "type height": section.page_height.mm - section.top_margin.mm - section.bottom_margin.mm,
    }
    official = {"width": 210, "height": 297, "top": 37, "left": 28, "type width": 156, "type height": 225}
    assert millimetres == pytest.approx(official, abs=0.2)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines"
    pitch = int(grid.get(qn("w:linePitch"))) / 20
    body = document.styles["Normal"].element.rPr
    character = body.find(qn("w:sz")).val.pt + int(body.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert millimetres["type height"] / 25.4 * 72 // pitch == 22
    assert millimetres["type width"] / 25.4 * 72 // character == 28


@pytest.mark.parametrize("kind", KINDS)
def test_an_agreement_takes_four_pages_and_nothing_is_left_unlaid(kind: str) -> None:
    result = laid_out(kind)
    assert result.page_count == 4
    assert result.not_laid_out == ()
    assert result.missing_glyphs == ()


@pytest.mark.parametrize("kind", KINDS)
def test_long_names_still_take_four_pages(kind: str) -> None:
    name = "示例镇东河村新材料科技发展集团股份有限公司第一分公司"
    assert laid_out(kind, 乙方=name, 地址="示例镇东河村工业路18号东河工业园区三号厂房二层北侧").page_count == 4


@pytest.mark.parametrize("kind", KINDS)
def test_the_seal_has_room_and_the_block_is_chained_to_the_text_before_it(kind: str) -> None:
    document = Document(BytesIO(shipped_templates()[kind].data))
    table = document.tables[-1]
    assert max(row.height.mm for row in table.rows if row.height) >= 42
    *chained, last = [[p for cell in row.cells for p in cell.paragraphs] for row in table.rows]
    assert all(p.paragraph_format.keep_with_next for row in chained for p in row)
    assert not any(p.paragraph_format.keep_with_next for p in last)
    before = [p for p in document.paragraphs if p.text][-1]
    assert before.paragraph_format.keep_with_next and before.paragraph_format.keep_together
    assert len(before.text) > 2 * 28 - 4, "two lines of text go with the block"
    assert all("年" in p.text and not re.search(r"\d", p.text) for p in last), "the date is written by hand"


def test_offices_find_named_styles_in_word() -> None:
    names = {style.name for style in Document(BytesIO(shipped_templates()["Z5"].data)).styles}
    assert {"公文标题", "一级标题", "二级标题", "正文公文", "签字栏"} <= names


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_names_no_person(kind: str) -> None:
    properties = Document(BytesIO(shipped_templates()[kind].data)).core_properties
    assert (properties.author, properties.last_modified_by) == ("安监桌面", "")


def test_the_bundled_fonts_hold_every_character_of_the_templates() -> None:
    text = "".join(everything(shipped_templates()[kind].data) for kind in KINDS)
    for name in ("NotoSerifSC-subset.ttf", "NotoSansSC-subset.ttf"):
        with TTFont(FONTS / name, lazy=True) as font:
            missing = sorted({char for char in text if ord(char) not in font.getBestCmap() and char != "\n"})
        assert missing == [], name


def test_the_bundled_fonts_hold_the_names_people_have() -> None:
    with TTFont(FONTS / "NotoSerifSC-subset.ttf", lazy=True) as font:
        held = set(font.getBestCmap())
        assert font["name"].getDebugName(1) == "Noto Serif SC"
    level = [bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    assert all(
        ord(char) in held for char in ("".join(level) + "喆堃昇頔龑䶮㛃𬱖𠅤禤昜祎玥珺晗睿〔〕—“”·…①⑳ⅠⅫ□■○●◐▲✓℃㎡㎜￥")
    )
    assert sum(path.stat().st_size for path in FONTS.glob("*.ttf")) <= 5_000_000


def test_an_unknown_name_is_told_with_its_place_and_the_nearest_known_one() -> None:
    document = Document()
    document.add_paragraph("{{企业名}}，{{责任书编号}}，{{乙方}}，{{完全不同的东西}}")
    out = BytesIO()
    document.save(out)
    check = check_template(out.getvalue(), ["企业名称", "经营地址"])
    told = [(u.name, u.place, u.nearest) for u in check.unknown]
    assert told == [
        ("企业名", "正文第1段", "企业名称"),
        ("责任书编号", "正文第1段", "责任书名称"),
        ("完全不同的东西", "正文第1段", ""),
    ]
    assert [p.name for p in check.placeholders] == ["企业名", "责任书编号", "乙方", "完全不同的东西"]


def test_the_names_of_the_contract_are_all_known() -> None:
    assert len(AGREEMENT_NAMES) == len(set(AGREEMENT_NAMES)) == 16


@given(st.integers(1, 99))
def test_clause_numbers_read_as_the_number_they_are(n: int) -> None:
    digits = {char: value for value, char in enumerate("一二三四五六七八九", 1)}
    tens, ten, ones = chinese_number(n).rpartition("十")
    assert (digits.get(tens, 1) * 10 if ten else 0) + digits.get(ones, 0) == n
