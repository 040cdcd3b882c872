"""Registration card, sign-in sheet and score list: everybody on them, places to sign, 25 rows a page."""

from __future__ import annotations

from io import BytesIO
from itertools import dropwhile
from pathlib import Path

import pytest
from pypdf import PdfReader

from anjian_desktop.documents.code_reading import page_codes_in
from anjian_desktop.documents.codes import page_code
from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout.laid_out import LaidOut
from anjian_desktop.documents.papers import PaperPress
from anjian_desktop.documents.pdf.writer import PdfWriter
from anjian_desktop.documents.rendering import PdfPages

TEMPLATES = Path(__file__).resolve().parents[2] / "resources" / "templates"
FACTS = ("单位名称", "填表日期", "编号", "姓名", "性别", "出生年月", "证件号码", "文化程度", "联系电话", "用工形式", "入厂日期",
         "车间", "班组", "岗位", "是否特种作业", "分配到车间日期", "分配到班组日期", "上岗日期")  # fmt: skip
"""What the registration card says of the worker."""


@pytest.fixture(scope="module")
def fonts() -> FontBook:
    return FontBook.bundled_only()


def press(name: str, fonts: FontBook) -> PaperPress:
    return PaperPress((TEMPLATES / f"{name}.docx").read_bytes(), fonts)


def texts(laid: LaidOut, fonts: FontBook) -> list[str]:
    out = BytesIO()
    with PdfWriter(out, fonts, title="") as writer:
        writer.add(laid)
    return ["".join(page.extract_text().split()) for page in PdfReader(out).pages]


def session(count: int) -> dict[str, object]:
    names = ("张示例", "李示例", "买买提·吐尔逊江")
    people = [
        {"序号": str(n), "姓名": names[n % 3], "单位名称": "示例市东河村精细化工有限责任公司第二分公司", "岗位": "操作工",
         "成绩": "86", "结果": "合格"}
        for n in range(1, count + 1)
    ]  # fmt: skip
    facts = ("培训名称", "培训级别", "培训开始", "培训结束", "学时", "培训地点", "组织单位", "培训人", "应到", "实到", "合格",
             "合格率", "培训内容", "考核方式", "合格分数线")  # fmt: skip
    return {**{name: f"某{name}" for name in facts}, "人员": people}


@pytest.mark.parametrize(("people", "pages"), [(1, 1), (25, 1), (26, 2), (50, 2), (130, 6)])
def test_a_sign_in_sheet_has_25_rows_a_page_under_a_repeated_heading(fonts: FontBook, people: int, pages: int) -> None:
    found = texts(press("T2", fonts).lay_out(session(people)), fonts)
    assert len(found) == pages
    for number, text in enumerate(found, 1):
        assert "培训签到表" in text and "序号姓名单位（部门）岗位签名备注" in text
        assert f"第{number}页共{pages}页" in text
        assert text.count("操作工") == min(25, people - 25 * (number - 1))


def test_a_sign_in_sheet_carries_its_code_beside_its_title(fonts: FontBook) -> None:
    laid = press("T2", fonts).lay_out(session(30))
    out = BytesIO()
    with PdfWriter(out, fonts, title="") as writer:
        writer.add(laid, page_code=lambda page, pages: page_code("K7Q2", 5, 1, page, pages))
    with PdfPages(out.getvalue()) as pages:
        found = [page_codes_in(pages.picture(number, 150 / 72)) for number in range(pages.count)]
    assert [[code.page for code in codes] for codes in found] == [[1], [2]]


def test_a_card_has_two_sides_and_nothing_signed(fonts: FontBook) -> None:
    again = [dict.fromkeys(("日期", "原工种", "新工种", "类别", "内容", "学时", "成绩"), "　") for _ in range(10)]
    levels = [f"{level}{fact}" for level in ("公司级", "车间级", "班组级") for fact in ("内容", "日期", "学时", "成绩")]
    laid = press("T1", fonts).lay_out({**dict.fromkeys((*FACTS, *levels), "某"), "再教育": again})
    front, back = texts(laid, fonts)
    assert not laid.missing and not laid.not_laid_out
    assert front.count("签名：") == 9 and "负责人（签名）" in front
    assert "变换工种" in back and "不得代签" in back


def test_the_empty_photo_stands_clear_of_the_lines_of_the_card(fonts: FontBook) -> None:
    out = BytesIO()
    with PdfWriter(out, fonts, title="") as writer:
        writer.add(press("T1", fonts).lay_out(dict.fromkeys(FACTS, "某")))
    with PdfPages(out.getvalue()) as pages:
        front = pages.picture(0, 400 / 72)
    light, width = front.brightness(), front.width
    dark = (sum(value < 160 for value in light[at : at + width]) for at in range(0, len(light), width))
    long = 120 * 400 / 25.4
    below_the_line = next(dropwhile(lambda count: count > long, dropwhile(lambda count: count < long, dark)))
    assert below_the_line < long / 40  # the lines that go down from it, not the photo's frame


def test_the_templates_are_what_their_script_makes() -> None:
    from resources.templates import make_training_papers as make

    made = {
        "T1": make.training_card(),
        "T2": make.sign_in_sheet(),
        "T3": make.score_list(),
        "T4": make.reminder_sheet(),
    }
    assert {name: (TEMPLATES / f"{name}.docx").read_bytes() for name in made} == made
