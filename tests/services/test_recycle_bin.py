"""The recycle bin of all ledgers: who put what there when, and back with what it needs."""

from __future__ import annotations

import pytest
from support.offices import enterprise, village

from anjian_desktop.ledgers.registry import all_ledgers
from anjian_desktop.services import browse, records, recycle_bin, undo
from anjian_desktop.services.browse import Query
from anjian_desktop.services.maintenance import check
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


ROWS: dict[str, dict[str, str]] = {
    "enterprise": {"name": "示例化工有限公司"},
    "village": {"name": "东河村"},
    "department": {"name": "示例派出所"},
    "worker": {"name": "赵甲", "identity_number": "990001198503120015", "enterprise": "示例机械厂"},
    "training_session": {"name": "三月班", "level": "公司级", "started_on": "2026-01-02", "class_hours": "8"},
    "training_record": {"worker": "钱乙", "level": "公司级", "started_on": "2026-01-02", "class_hours": "8"},
    "certificate": {
        "name": "钱乙",
        "identity_number": "990001198503120023",
        "certificate_kind": "特种作业操作证",
        "number": "T990001198503120023",
    },
    "commendation": {"name": "示例机械厂", "award": "先进单位", "year": "2026"},
    "area": {"name": "东片"},
    "code": {"table": "flag", "code": "低空经济", "label": "低空经济"},
    "committee_member": {"name": "孙丙"},
    "leader_duty": {"name": "李丁"},
    "lease": {"landlord": "示例机械厂", "tenant": "示例木业", "place": "南院"},
    "licence": {"enterprise": "示例机械厂", "licence_kind": "营业执照"},
}


@pytest.mark.parametrize(
    "ledger", [one.about.key for one in all_ledgers() if one.about.key not in ("agreement", "template")]
)
def test_a_row_of_every_ledger_goes_in_and_comes_back(office: Office, ledger: str) -> None:
    enterprise(office, 8, name="示例机械厂")
    enterprise(office, 9, name="示例木业")
    records.add(office, "worker", {"name": "钱乙", "identity_number": "990001198503120023", "enterprise": "示例机械厂"})
    made = records.add(office, ledger, ROWS[ledger])
    before = browse.row(office, ledger, made.id).full
    records.retire(office, ledger, [made.id])
    assert made.id not in browse.ids(office, Query(ledger))
    (row,) = recycle_bin.bin_rows(office).rows
    assert (row.ledger, row.id, row.actor) == (ledger, made.id, office.actor) and row.title
    assert recycle_bin.bin_rows(office, text=row.title[:2]).total == 1
    assert recycle_bin.bin_rows(office, text="没有这个").total == 0
    back = recycle_bin.bring_back(office, [(ledger, made.id)])
    assert back.done == ((ledger, made.id),) and back.refused == ()
    assert browse.row(office, ledger, made.id).full == before
    undo.undo(office, back.act)
    assert [one.id for one in recycle_bin.bin_rows(office).rows] == [made.id]
    undo.redo(office)
    assert made.id in browse.ids(office, Query(ledger))
    assert check(office).ok


def test_a_training_record_comes_back_with_its_worker(office: Office) -> None:
    enterprise(office, 8, name="示例机械厂")
    worker = records.add(office, "worker", ROWS["worker"]).id
    record = records.add(office, "training_record", {**ROWS["training_record"], "worker": "赵甲"}).id
    for ledger, row_id in (("training_record", record), ("worker", worker)):
        records.retire(office, ledger, [row_id])
    back = recycle_bin.bring_back(office, [("training_record", record)])
    assert back.also == ("从业人员“赵甲”",) and back.refused == ()
    assert browse.ids(office, Query("worker")) == [worker]
