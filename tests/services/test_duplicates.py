"""Units that stand twice are found, made one without losing anything, and parted again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from support.offices import credit_code, enterprise, on, village

from anjian_desktop.errors import Refused, UserError
from anjian_desktop.services import browse, duplicates, merging_units, records, recycle_bin, tenures
from anjian_desktop.services.agreements import DraftRequest, draft, void
from anjian_desktop.services.browse import Query
from anjian_desktop.services.maintenance import check
from anjian_desktop.services.office import Office
from anjian_desktop.services.print_requests import PrintRequest
from anjian_desktop.services.printing import print_agreements


def found(office: Office) -> list[tuple[str, set[int]]]:
    return [(group.reason, {one.id for one in group.units}) for group in duplicates.find_duplicates(office)]


@pytest.fixture
def twice(office: Office) -> tuple[int, int]:
    """示例机械有限公司 once with its code, once as an importer of old lists wrote it."""
    village(office, "东河村")
    good = enterprise(office, 1, name="示例机械有限公司", village="东河村", principal="赵甲")
    other = enterprise(
        office,
        2,
        name="示例机械有限责任公司",
        credit_code="",
        principal="钱乙",
        worker_count="30",
        area="东片",
        flags="喷涂",
    )
    return good, other


def test_the_same_name_in_two_spellings_is_found(office: Office, twice: tuple[int, int]) -> None:
    assert found(office) == [("name", set(twice))]


def test_two_licences_are_two_units(office: Office) -> None:
    enterprise(office, 1, name="示例商店")
    enterprise(office, 2, name="示例商店")
    enterprise(office, 3, name="示例商店（东河）", credit_code="")
    assert found(office) == []


def test_the_same_place_and_operator_is_found(office: Office) -> None:
    first = enterprise(office, 1, name="老王修车铺", credit_code="", address="示例镇东街8号", principal="王一")
    second = enterprise(
        office, 2, name="王一汽修", credit_code="", address="示例镇 东街8号", operator="王一", principal=""
    )
    enterprise(office, 3, name="别家", credit_code="", address="示例镇东街8号", principal="李二")
    assert found(office) == [("place", {first, second})]


def test_the_same_code_is_found_when_it_came_by_a_restored_row(office: Office) -> None:
    first, second = enterprise(office, 1, name="甲厂"), enterprise(office, 2, name="乙厂")
    with office.db.transaction("旧数据") as tx:
        from anjian_desktop.ledgers.organization import Enterprise

        tx.change_many(Enterprise, [(second, {"credit_code": credit_code(1)})])
    assert found(office) == [("code", {first, second})]


def test_the_preview_says_what_would_be_filled_and_moved(office: Office, twice: tuple[int, int]) -> None:
    good, other = twice
    draft(office, DraftRequest(2026, "enterprise", ids=(other,)))
    seen = merging_units.preview_merge(office, good, other)
    assert ("从业人数", "30") in seen.fills and ("行业领域", "喷涂") in seen.fills
    assert {one.label for one in seen.differs} >= {"主要负责人", "企业名称"}
    assert seen.moves == (("责任书", 1),) and seen.conflicts == ()
    phones = [one for one in seen.differs if one.key == "principal_phone"]
    assert all("*" in one.other for one in phones)


def test_a_merge_keeps_everything_and_can_be_taken_back(office: Office, twice: tuple[int, int], tmp_path: Path) -> None:
    good, other = twice
    records.edit(on(office, date(2026, 3, 2)), "enterprise", other, {"principal": "孙丙"})
    draft(office, DraftRequest(2026, "enterprise", ids=(other,)))
    print_agreements(office, PrintRequest(2026, tmp_path))
    licence = records.add(
        office, "licence", {"企业名称": "示例机械有限责任公司", "证照类型": "营业执照", "证号": "照1"}
    ).id
    before = {unit: dict(browse.row(office, "enterprise", unit).full) for unit in twice}
    done = merging_units.merge(office, good, other, take=("principal",))
    row = browse.row(office, "enterprise", good)
    assert (row.full["principal"], row.full["worker_count"], row.full["credit_code"]) == ("孙丙", "30", credit_code(1))
    assert browse.ids(office, Query("enterprise")) == [good]
    assert browse.row(office, "licence", licence).values["enterprise"] == (good, "示例机械有限公司")
    (agreement,) = browse.page(office, "agreement", browse.ids(office, Query("agreement")))
    assert agreement.values["organization"] == (good, "示例机械有限公司")
    assert "钱乙" in {one.name for one in tenures.holders(office, good)}
    assert found(office) == []
    assert check(office).ok
    taken_back = merging_units.undo_merge(office, done.id)
    assert taken_back.kept_rows == ()
    assert browse.row(office, "licence", licence).values["enterprise"] == (other, "示例机械有限责任公司")
    for unit in twice:
        now = browse.row(office, "enterprise", unit).full
        assert {key: text for key, text in now.items() if text != before[unit][key]} == {}
    assert found(office) == [("name", set(twice))]
    assert check(office).ok
    with pytest.raises(UserError, match="没有可以撤销的合并"):
        merging_units.undo_merge(office, done.id)


def test_what_was_changed_since_the_merge_stays_and_is_told(office: Office, twice: tuple[int, int]) -> None:
    good, other = twice
    licence = records.add(office, "licence", {"企业名称": "示例机械有限责任公司", "证照类型": "营业执照"}).id
    merging_units.merge(office, good, other)
    records.edit(office, "licence", licence, {"证号": "照9"})
    records.edit(office, "enterprise", good, {"worker_count": "31"})
    undone = merging_units.undo_merge(office)
    assert len(undone.kept_rows) == 2 and any("从业人数" in one for one in undone.kept_rows)
    assert browse.row(office, "licence", licence).values["enterprise"] == (good, "示例机械有限公司")


def test_two_printed_agreements_of_one_year_hinder_a_merge(
    office: Office, twice: tuple[int, int], tmp_path: Path
) -> None:
    good, other = twice
    draft(office, DraftRequest(2026, "enterprise"))
    print_agreements(office, PrintRequest(2026, tmp_path))
    assert merging_units.preview_merge(office, good, other).conflicts
    with pytest.raises(Refused, match="两家都有 2026 年的责任书"):
        merging_units.merge(office, good, other)
    ids = browse.ids(office, Query("agreement", sort=(("number", True),)))
    void(office, ids[:1], reason="重复")
    merging_units.merge(office, good, other)


def test_a_second_draft_goes_to_the_bin_and_comes_back(office: Office, twice: tuple[int, int]) -> None:
    good, other = twice
    draft(office, DraftRequest(2026, "enterprise"))
    merging_units.merge(office, good, other)
    assert len(browse.ids(office, Query("agreement"))) == 1
    merging_units.undo_merge(office)
    assert len(browse.ids(office, Query("agreement"))) == 2


def test_units_of_two_kinds_are_never_merged(office: Office) -> None:
    with pytest.raises(UserError, match="同类"):
        merging_units.merge(office, enterprise(office, 1), village(office))


def test_a_merged_unit_does_not_come_back_from_the_bin_by_itself(office: Office, twice: tuple[int, int]) -> None:
    good, other = twice
    merging_units.merge(office, good, other)
    (row,) = recycle_bin.bin_rows(office).rows
    assert row.merged_into == "示例机械有限公司"
    back = recycle_bin.bring_back(office, [("enterprise", other)])
    assert back.done == () and "撤销合并" not in back.refused[0].problem and "已并入" in back.refused[0].problem


def test_units_told_apart_are_no_longer_shown_until_that_is_taken_back(office: Office, twice: tuple[int, int]) -> None:
    duplicates.tell_apart(office, twice)
    assert found(office) == []
    (pair,) = duplicates.told_apart(office)
    assert {pair.first, pair.second} == {"示例机械有限公司", "示例机械有限责任公司"} and pair.actor == office.actor
    duplicates.tell_apart(office, twice)
    assert len(duplicates.told_apart(office)) == 1
    duplicates.ask_again(office, duplicates.pairs_among(office, twice))
    assert found(office) == [("name", set(twice))] and duplicates.told_apart(office) == []
    with pytest.raises(UserError, match="两家"):
        duplicates.tell_apart(office, twice[:1])
    assert check(office).ok


def test_of_three_alike_the_pair_not_yet_decided_stays(office: Office, twice: tuple[int, int]) -> None:
    third = enterprise(office, 3, name="示例机械（有限公司）", credit_code="")
    duplicates.tell_apart(office, (twice[0], third))
    assert found(office) == [("name", {*twice, third})]
    duplicates.tell_apart(office, (twice[1], third))
    assert found(office) == [("name", set(twice))]


def test_each_field_stays_as_it_was_chosen(office: Office, twice: tuple[int, int]) -> None:
    good, other = twice
    seen = merging_units.preview_merge(office, good, other)
    chosen = {one.label: (one.kept, one.other) for one in seen.choices}
    assert chosen["从业人数"] == ("", "30") and chosen["主要负责人"] == ("赵甲", "钱乙")
    assert [one.key for one in seen.choices].index("name") < [one.key for one in seen.choices].index("worker_count")
    merging_units.merge(office, good, other, take=("principal",), leave=("worker_count",))
    row = browse.row(office, "enterprise", good)
    assert (row.full["principal"], row.full["worker_count"], row.full["flags"]) == ("钱乙", "", "喷涂")
    assert "并入的单位：（空） → 示例机械有限责任公司" in records.history(office, "enterprise", good)[0].lines
    (past,) = merging_units.past_merges(office)
    assert (past.kept, past.retired) == ("示例机械有限公司", "示例机械有限责任公司")
    merging_units.undo_merge(office, past.id)
    assert merging_units.past_merges(office) == []
    assert browse.row(office, "enterprise", good).full["principal"] == "赵甲"
