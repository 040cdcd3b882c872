"""The recycle bin of all ledgers: who put what there when, and back with what it needs."""

from __future__ import annotations

from support.offices import enterprise, village

from anjian_desktop.services import browse, records, recycle_bin, undo
from anjian_desktop.services.browse import Query
from anjian_desktop.services.office import Office


def test_every_ledger_is_in_one_list_the_newest_first(office: Office) -> None:
    unit, home = enterprise(office, 1), village(office)
    records.retire(office, "enterprise", [unit])
    records.retire(office, "village", [home])
    seen = recycle_bin.bin_rows(office)
    assert [(one.label, one.title, one.actor) for one in seen.rows] == [
        ("村居", "东河村", "文员"),
        ("企业", "示例1号机械有限公司", "文员"),
    ]
    assert seen.counts == {"企业": 1, "村居": 1} and seen.total == 2
    assert [one.title for one in recycle_bin.bin_rows(office, ledger="enterprise").rows] == ["示例1号机械有限公司"]
    assert [one.title for one in recycle_bin.bin_rows(office, text="东河").rows] == ["东河村"]


def test_a_unit_comes_back_with_its_village(office: Office) -> None:
    home = village(office)
    unit = enterprise(office, 1, village="东河村")
    records.retire(office, "enterprise", [unit])
    records.retire(office, "village", [home])
    back = recycle_bin.bring_back(office, [("enterprise", unit)])
    assert back.done == (("enterprise", unit),) and back.also == ("村居“东河村”",)
    assert browse.ids(office, Query("village")) == [home]
    assert back.change.kinds == {"enterprise", "village"}
    undo.undo(office, back.act)
    assert browse.ids(office, Query("village")) == [] == browse.ids(office, Query("enterprise"))


def test_a_row_whose_code_is_used_again_stays_and_is_told(office: Office) -> None:
    first = enterprise(office, 1)
    records.retire(office, "enterprise", [first])
    second = enterprise(office, 1)
    other = enterprise(office, 2)
    records.retire(office, "enterprise", [other])
    back = recycle_bin.bring_back(office, [("enterprise", first), ("enterprise", other)])
    assert back.done == (("enterprise", other),)
    assert "重复" in back.refused[0].problem
    assert set(browse.ids(office, Query("enterprise"))) == {second, other}
