"""Kinds and items of certificates as dated code tables, and the bands of the board as a setting: the office may change them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from support.offices import NEW_YEAR, on
from support.training import E7, E8

from anjian_desktop.domain.certificate_kinds import KINDS
from anjian_desktop.domain.certificate_rules import Lead, lead_said
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.code import Code
from anjian_desktop.services import browse, certificate_board, code_tables, records
from anjian_desktop.services.browse import Condition, Query
from anjian_desktop.services.office import Office
from anjian_desktop.services.office_profile import set_profile
from anjian_desktop.services.rule_sources import rule_sources
from anjian_desktop.services.shipped_codes import complete_codes


def held(office: Office, kind: str, end: date, number: str = E7) -> int:
    values = {
        "name": "甲示例",
        "identity_number": number,
        "certificate_kind": kind,
        "number": "1",
        "valid_to": end.isoformat(),
    }
    return records.add(office, "certificate", values).id


def apply_by(office: Office) -> date | None:
    (row,) = certificate_board.expiring(office, days=36_500).rows
    return row.apply_by


def words_of(office: Office, table: str) -> set[str]:
    return {one.code for one in code_tables.words(office, table)}


def test_the_table_says_what_the_program_says_of_every_kind(office: Office) -> None:
    shipped = {one.code: one for one in code_tables.words(office, "certificate_kind")}
    assert shipped.keys() == {one.label for one in KINDS}
    for one in KINDS:
        assert lead_said(shipped[one.label].threshold) == (
            lead if (lead := Lead(one.apply_months, one.apply_days)).is_any else None
        )
        assert ("待核实" in shipped[one.label].note) == one.verify or one.label == "培训合格证"


def test_items_are_offered_by_the_list_in_force_and_the_new_list_is_marked_unverified(office: Office) -> None:
    before, after = on(office, date(2026, 5, 31)), on(office, date(2026, 6, 1))
    assert words_of(before, "certificate_item") == words_of(after, "certificate_item")
    assert len([one for one in code_tables.words(office, "certificate_item") if one.note.startswith("特种作业")]) == 54
    assert "暂按旧目录" in code_tables.explained(after, "certificate_item", "低压电工作业")
    assert "暂按旧目录" not in code_tables.explained(before, "certificate_item", "低压电工作业")
    assert "市场监督管理部门" in code_tables.explained(after, "certificate_item", "N1 叉车司机")
    assert "60天" in code_tables.explained(after, "certificate_kind", "特种作业操作证")


def test_a_changed_lead_time_and_a_kind_of_the_offices_own_count_on_the_board(office: Office) -> None:
    end = date(2026, 12, 15)
    held(office, "特种设备安全管理和作业人员证", end)
    assert apply_by(office) == date(2026, 11, 15)
    (row,) = browse.ids(office, Query("code", where=(Condition("code", "=", "特种设备安全管理和作业人员证"),)))
    records.edit(office, "code", row, {"threshold": "期满前3个月申请复审"})
    assert apply_by(office) == date(2026, 9, 15)
    told = {one.subject: one.value for one in rule_sources(office)}
    assert told["特种设备安全管理和作业人员证的有效期"] == "4 年，提前 3 个月"
    records.edit(office, "code", row, {"threshold": "没有规定"})
    assert apply_by(office) is None
    records.add(
        office,
        "code",
        {"table": "证书类别", "code": "消防设施操作员证", "label": "消防设施操作员证", "threshold": "期满前20日申请"},
    )
    held(office, "消防设施操作员证", end, E8.upper())
    rows = certificate_board.expiring(office, days=36_500).rows
    assert {one.certificate_kind: one.apply_by for one in rows}["消防设施操作员证"] == end - timedelta(days=20)


def test_an_older_store_gets_the_tables_once(office: Office) -> None:
    with office.db.transaction("试") as tx:
        for row in tx.session.query(Code).filter(Code.table.like("certificate_%")):
            tx.retire(row)
    complete_codes(office.db, actor="试")
    assert words_of(office, "certificate_kind") == set(), "retired by the office, not missing"


def test_the_bands_are_a_setting_that_counts_everywhere(office: Office) -> None:
    held(office, "注册安全工程师执业证", NEW_YEAR + timedelta(days=100))
    assert certificate_board.expiring(office).counts["valid"] == 1 and certificate_board.reminders(office) == []
    set_profile(office, {"证书到期提醒": "15，45,120 天"})
    board = certificate_board.expiring(office)
    assert board.counts["yellow"] == 1 and board.bands == (15, 45, 120) and len(board.rows) == 1
    assert certificate_board.reminders(office)[0].text == "证书120天内到期"
    for wrong in ("90、60、30", "30", "0、1、2", "三十"):
        with pytest.raises(UserError, match="从小到大的三个天数"):
            set_profile(office, {"expiry_days": wrong})


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("期满前60天申请换证", Lead(days=60)), ("期满前3个月申请", Lead(months=3)), ("提前 20 日", Lead(days=20)),
        ("前2月", Lead(months=2)), ("有效期6年", None), ("", None), ("期满前0天", None),
    ],
)  # fmt: skip
def test_lead_times_are_read_from_their_sentence(text: str, lead: Lead | None) -> None:
    assert lead_said(text) == lead
