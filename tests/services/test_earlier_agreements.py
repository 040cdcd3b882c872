"""Agreements numbered by hand in earlier years come in from a list; the counter never goes back."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from support.offices import NEW_YEAR

from anjian_desktop.services import browse, records, standing
from anjian_desktop.services.agreements import DraftRequest, draft
from anjian_desktop.services.browse import Condition, Query
from anjian_desktop.services.office import Office
from anjian_desktop.services.printing import PrintRequest, print_agreements
from anjian_desktop.services.signature_lists import SignatureImport, import_signatures

HEAD = ("编号", "单位名称", "签订日期", "签订人")
YEAR = NEW_YEAR.year


@pytest.fixture
def units(office: Office) -> Office:
    for name in ("示例甲化工有限公司", "示例乙机械有限公司", "示例丙食品厂"):
        records.add(office, "enterprise", {"name": name})
    return office


def listed(office: Office, folder: Path, *rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> SignatureImport:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (head, *rows):
        sheet.append(list(row))
    book.save(folder / "往年.xlsx")
    return import_signatures(office, folder / "往年.xlsx")


def test_last_years_agreements_come_in_as_signed(units: Office, tmp_path: Path) -> None:
    done = listed(
        units, tmp_path,
        (f"示安责〔{YEAR - 1}〕12号", "示例甲化工有限公司", f"{YEAR - 1}-03-20", "张示例"),
        (f"示安责〔{YEAR - 1}〕13号", "示例乙机械有限公司", f"{YEAR - 1}-03-21", "李示例"),
    )  # fmt: skip
    assert (done.new, done.made, done.refused) == (2, 2, ())
    ids = browse.ids(units, Query("agreement", where=(Condition("year", "=", str(YEAR - 1)),)))
    rows = browse.page(units, "agreement", ids)
    assert {(row.values["number"], row.values["state"], row.shown["signed_by"]) for row in rows} == {
        (f"示安责〔{YEAR - 1}〕12号", "signed", "张示例"), (f"示安责〔{YEAR - 1}〕13号", "signed", "李示例"),
    }  # fmt: skip
    assert standing.status(units, YEAR - 1).total.signed == 2
    again = listed(units, tmp_path, (f"示安责〔{YEAR - 1}〕12号", "示例甲化工有限公司", f"{YEAR - 1}-03-20", "张示例"))
    assert (again.new, again.same) == (0, 1)


def test_a_number_used_by_hand_is_never_given_again(units: Office, tmp_path: Path) -> None:
    listed(units, tmp_path, (f"示安责〔{YEAR}〕7号", "示例甲化工有限公司", str(NEW_YEAR), ""))
    draft(units, DraftRequest(YEAR, "enterprise"))
    printed = print_agreements(units, PrintRequest(YEAR, tmp_path / "责任书"))
    assert (printed.issued, printed.first_number, printed.last_number) == (
        2,
        f"示安责〔{YEAR}〕8号",
        f"示安责〔{YEAR}〕9号",
    )


def test_a_low_number_does_not_move_the_counter_back(units: Office, tmp_path: Path) -> None:
    listed(units, tmp_path, (f"示安责〔{YEAR}〕7号", "示例甲化工有限公司", str(NEW_YEAR), ""))
    listed(units, tmp_path, (f"示安责〔{YEAR}〕3号", "示例乙机械有限公司", str(NEW_YEAR), ""))
    draft(units, DraftRequest(YEAR, "enterprise"))
    assert print_agreements(units, PrintRequest(YEAR, tmp_path / "责任书")).first_number == f"示安责〔{YEAR}〕8号"


@pytest.mark.parametrize(
    ("row", "column", "told"),
    [
        ((f"示安责〔{YEAR}〕1号", "", str(NEW_YEAR), ""), "编号", "请加一列“单位名称”"),
        ((f"示安责〔{YEAR}〕1号", "没有的厂", str(NEW_YEAR), ""), "单位名称", "名册里没有这个单位"),
        ((f"示安责〔{YEAR}〕1号", "示例甲化工有限公司", f"{YEAR}-12-30", ""), "签订日期", "晚于今天"),
    ],
)
def test_what_cannot_be_entered_is_told_at_its_place(
    units: Office, tmp_path: Path, row: tuple[str, ...], column: str, told: str
) -> None:
    done = listed(units, tmp_path, row)
    assert done.new == 0
    (problem,) = done.refused
    assert column in problem.column and told in problem.problem


def test_a_unit_has_one_agreement_a_year_and_a_number_one_row(units: Office, tmp_path: Path) -> None:
    done = listed(
        units, tmp_path,
        (f"示安责〔{YEAR}〕1号", "示例甲化工有限公司", str(NEW_YEAR), ""),
        (f"示安责〔{YEAR}〕2号", "示例甲化工有限公司", str(NEW_YEAR), ""),
        (f"示安责〔{YEAR}〕1号", "示例乙机械有限公司", str(NEW_YEAR), ""),
    )  # fmt: skip
    assert done.made == 1
    assert [one.problem for one in done.refused] == [f"这个单位{YEAR}年已有一份企业安全生产责任书", "重复：第2行"]
