"""Acts on rows are taken back and done again as new, audited changes."""

from __future__ import annotations

import pytest
from support.offices import credit_code, enterprise, enterprises, village

from anjian_desktop.errors import Refused, UserError
from anjian_desktop.services import batch_edit, browse, records
from anjian_desktop.services.browse import Query
from anjian_desktop.services.records import RecordProblems
from anjian_desktop.services.undo import redo, undo
from anjian_desktop.storage.audit import verify


def shown(office, row_id, key):
    return browse.row(office, "enterprise", row_id).full[key]


def test_an_edit_is_taken_back_and_done_again_with_the_chain_whole(office):
    unit = enterprise(office, 1, worker_count="12")
    records.edit(office, "enterprise", unit, {"name": "改了名的厂", "worker_count": "30"})
    before = browse.row(office, "enterprise", unit).version
    assert undo(office).words == "修改企业“改了名的厂”"
    assert (shown(office, unit, "name"), shown(office, unit, "worker_count")) == ("示例1号机械有限公司", "12")
    assert browse.row(office, "enterprise", unit).version == before + 1
    assert browse.ids(office, Query("enterprise", text="改了名")) == []
    redo(office)
    assert shown(office, unit, "name") == "改了名的厂"
    assert browse.ids(office, Query("enterprise", text="改了名")) == [unit]
    told = [entry.action for entry in records.history(office, "enterprise", unit)]
    assert told == ["恢复：修改企业“改了名的厂”", "撤销：修改企业“改了名的厂”", "修改企业", "新增企业"]
    assert verify(office.db).ok


def test_acts_are_taken_back_one_after_the_other_to_the_first(office):
    unit = enterprise(office, 1)
    for n in range(60):
        records.edit(office, "enterprise", unit, {"worker_count": str(n)})
    for n in range(59, 0, -1):
        undo(office)
        assert shown(office, unit, "worker_count") == str(n - 1)
    undo(office)
    assert shown(office, unit, "worker_count") == ""
    undo(office)
    assert browse.ids(office, Query("enterprise")) == []
    with pytest.raises(UserError, match="没有可以撤销的操作"):
        undo(office)


def test_what_was_moved_to_the_bin_comes_back_and_what_came_back_goes_again(office):
    units = enterprises(office, 3)
    records.retire(office, "enterprise", units)
    undo(office)
    assert sorted(browse.ids(office, Query("enterprise"))) == units
    redo(office)
    assert browse.ids(office, Query("enterprise")) == []
    records.restore(office, "enterprise", units[:1])
    undo(office)
    assert browse.ids(office, Query("enterprise")) == []


def test_a_row_changed_since_is_left_alone_and_said(office):
    unit = enterprise(office, 1, worker_count="12")
    saved = records.edit(office, "enterprise", unit, {"worker_count": "30"})
    records.edit(office, "enterprise", unit, {"worker_count": "40"})
    with pytest.raises(Refused, match="后来又改过"):
        undo(office, saved.act)
    assert shown(office, unit, "worker_count") == "40"
    assert office.acts.last_done is not saved.act


def test_another_field_changed_since_stays_as_it_is(office):
    unit = enterprise(office, 1, worker_count="12")
    saved = records.edit(office, "enterprise", unit, {"worker_count": "30"})
    records.edit(office, "enterprise", unit, {"principal": "钱新"})
    undo(office, saved.act)
    assert (shown(office, unit, "worker_count"), shown(office, unit, "principal")) == ("12", "钱新")


def test_a_code_taken_by_another_meanwhile_does_not_come_back(office):
    unit = enterprise(office, 1)
    saved = records.edit(office, "enterprise", unit, {"credit_code": credit_code(5)})
    enterprise(office, 2, credit_code=credit_code(1))
    with pytest.raises(Refused, match="重复"):
        undo(office, saved.act)
    assert shown(office, unit, "credit_code") == credit_code(5)


def test_a_new_village_that_has_got_enterprises_stays(office):
    village(office, "东河村")
    act = office.acts.last_done
    enterprise(office, 1, village="东河村")
    with pytest.raises(Refused, match="里还有企业"):
        undo(office, act)


def test_a_new_act_forgets_what_could_be_done_again(office):
    unit = enterprise(office, 1)
    undo(office)
    enterprise(office, 2)
    with pytest.raises(UserError, match="没有可以恢复的操作"):
        redo(office)
    assert unit not in browse.ids(office, Query("enterprise"))


def test_one_column_of_many_rows_is_changed_at_once_and_taken_back(office):
    village(office, "东河村")
    units = enterprises(office, 5)
    records.edit(office, "enterprise", units[0], {"village": "东河村"})
    records.retire(office, "enterprise", units[4:])
    told = batch_edit.preview(office, "enterprise", units, "village", "东河村")
    assert (told.changed, told.same, told.gone) == (tuple(units[1:4]), (units[0],), (units[4],))
    assert shown(office, units[1], "village") == ""
    done = batch_edit.edit_many(office, "enterprise", units, "village", "东河村")
    assert done.changed == told.changed
    assert [shown(office, unit, "village") for unit in units[:4]] == ["东河村"] * 4
    assert office.acts.last_done.words == "修改 3 家企业的所属村"
    undo(office)
    assert [shown(office, unit, "village") for unit in units[:4]] == ["东河村", "", "", ""]
    assert verify(office.db).ok


def test_a_changed_status_dates_from_today_for_each(office):
    units = enterprises(office, 3)
    batch_edit.edit_many(office, "enterprise", units, "status", "停产")
    assert {shown(office, unit, "status_changed_on") for unit in units} == {"2026-01-05"}
    undo(office)
    assert {shown(office, unit, "status_changed_on") for unit in units} == {""}


@pytest.mark.parametrize(("key", "text"), [("village", "没有这个村"), ("worker_count", "很多"), ("status", "开着")])
def test_an_unfit_value_changes_nothing(office, key, text):
    units = enterprises(office, 2)
    with pytest.raises(RecordProblems):
        batch_edit.edit_many(office, "enterprise", units, key, text)
    assert [browse.row(office, "enterprise", unit).version for unit in units] == [1, 1]


@pytest.mark.parametrize("key", ["name", "credit_code", "没有"])
def test_names_and_unique_codes_are_not_set_for_many(office, key):
    units = enterprises(office, 2)
    with pytest.raises(UserError, match="不能批量修改"):
        batch_edit.edit_many(office, "enterprise", units, key, "甲")
