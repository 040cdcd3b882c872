"""Transactions: all of it or nothing, recorded, and usable again after a failure."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select
from support.stores import FixedClock

from anjian_desktop.errors import StoreError, UserError
from anjian_desktop.ledgers.agreement import NumberCounter
from anjian_desktop.ledgers.audit import AuditChange, AuditEntry
from anjian_desktop.ledgers.organization import Enterprise, Organization, Village
from anjian_desktop.storage.database import Database


def changes_of(database: Database, seq: int) -> list[tuple[str, int, str, dict[str, object]]]:
    with database.reading() as session:
        rows = session.scalars(select(AuditChange).where(AuditChange.seq == seq).order_by(AuditChange.id))
        return [(row.ledger, row.row_id, row.act, row.fields) for row in rows]


def entries(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)))


def test_an_added_row_is_stored_with_what_follows_from_it_and_its_audit(database: Database) -> None:
    with database.transaction("新增企业", actor="文员甲") as tx:
        village = tx.add(Village, {"name": "东河村"})
        enterprise = tx.add(
            Enterprise,
            {
                "name": "示例（东河）加工厂",
                "village_id": village.id,
                "principal_phone": "13900000001",
                "flags": ("煤矿",),
            },
        )
        change = tx.change_set
    assert change.kinds == {"village", "enterprise"}
    assert change.ids == (village.id, enterprise.id)
    with database.reading() as session:
        stored = session.get(Organization, enterprise.id)
        assert isinstance(stored, Enterprise)
        assert (stored.name_key, stored.version, stored.flags) == ("示例（东河）加工厂", 1, ("煤矿",))
        entry = session.scalars(select(AuditEntry)).one()
        assert (entry.seq, entry.actor, entry.action) == (1, "文员甲", "新增企业")
    village_change, enterprise_change = changes_of(database, 1)
    assert village_change[:3] == ("village", village.id, "add")
    assert enterprise_change[3]["village"] == [None, "东河村"]
    assert enterprise_change[3]["principal_phone"] == [None, "139****0001"]


def test_an_exception_leaves_nothing_behind(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction("新增") as tx:
        tx.add(Village, {"name": "东河村"})
        tx.session.add(NumberCounter(prefix="示安责", year=2026))
        raise ZeroDivisionError
    assert entries(database) == []
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Organization)) == 0
        assert session.scalar(select(func.count()).select_from(NumberCounter)) == 0


def test_a_change_records_only_what_differs_and_raises_the_version(database: Database) -> None:
    with database.transaction("新增") as tx:
        added = tx.add(Enterprise, {"name": "示例加工厂", "address": "东河村1号"})
    with database.transaction("修改") as tx:
        row = tx.get(Enterprise, added.id)
        assert tx.change(row, {"name": "示例加工厂", "address": "东河村2号"})
        assert tx.change(row, {"address": "东河村3号"})
    assert changes_of(database, 2) == [("enterprise", added.id, "edit", {"address": ["东河村1号", "东河村3号"]})]
    with database.reading() as session:
        assert session.get_one(Enterprise, added.id).version == 3


def test_a_transaction_that_changed_nothing_leaves_no_entry_unless_it_has_a_note(database: Database) -> None:
    with database.transaction("新增") as tx:
        added = tx.add(Village, {"name": "东河村"})
    with database.transaction("修改") as tx:
        assert not tx.change(tx.get(Village, added.id), {"name": "东河村"})
        assert tx.change_set.kinds == frozenset()
    with database.transaction("设置") as tx:
        tx.note("主任改为甲", kinds=("office",))
        assert tx.change_set.kinds == {"office"}
    assert entries(database) == ["新增", "设置"]


def test_a_retired_row_is_gone_until_it_is_restored(database: Database) -> None:
    with database.transaction("新增") as tx:
        added = tx.add(Village, {"name": "东河村"})
    with database.transaction("删除") as tx:
        tx.retire(tx.get(Village, added.id))
    with database.transaction("修改") as tx, pytest.raises(UserError, match="这条记录已不在"):
        tx.get(Village, added.id)
    with database.transaction("恢复") as tx:
        tx.restore(tx.get(Village, added.id, retired=True))
    assert [change[2] for seq in (1, 2, 3) for change in changes_of(database, seq)] == ["add", "retire", "restore"]
    with database.reading() as session:
        assert session.get_one(Village, added.id).retired_at is None


def test_many_rows_are_added_and_changed_like_one(database: Database) -> None:
    rows = [{"name": f"示例{n}号加工厂", "flags": ("煤矿",) if n % 2 else ()} for n in range(300)]
    with database.transaction("导入") as tx:
        tx.add(Village, {"name": "东河村"})
        ids = tx.add_many(Enterprise, rows)
    with database.transaction("再导入") as tx:
        changed = tx.change_many(
            Enterprise, [(row_id, {"name": f"示例{n}号加工厂", "village_id": 1}) for n, row_id in enumerate(ids)]
        )
        assert changed == ids
        assert tx.change_many(Enterprise, [(ids[0], {"village_id": 1})]) == []
        assert (
            tx.change_many(Enterprise, [(ids[1], {"name": "改名厂"}), (ids[2], {"address": "东河村1号"})]) == ids[1:3]
        )
    with database.reading() as session:
        one, two = session.get_one(Enterprise, ids[1]), session.get_one(Enterprise, ids[2])
        assert (one.name, one.name_key, one.flags, one.version, one.kind) == (
            "改名厂",
            "改名厂",
            ("煤矿",),
            3,
            "enterprise",
        )
        assert (two.name, two.address, two.flags, two.village_id) == ("示例2号加工厂", "东河村1号", (), 1)
    assert len(changes_of(database, 1)) == 301
    assert changes_of(database, 2)[0] == ("enterprise", ids[0], "edit", {"village": [None, "东河村"]})


def test_a_row_changed_past_the_transaction_is_refused_as_a_bug(database: Database) -> None:
    with database.transaction("新增") as tx:
        added = tx.add(Village, {"name": "东河村"})
    with pytest.raises(RuntimeError, match="past its transaction"), database.transaction("修改") as tx:
        tx.get(Village, added.id).area = "东片"
    with pytest.raises(RuntimeError, match="past its transaction"), database.transaction("删除") as tx:
        tx.session.delete(tx.get(Village, added.id))
    with pytest.raises(RuntimeError, match="past its transaction"), database.transaction("新增") as tx:
        tx.session.add(Village(name="西河村", name_key="西河村", name_order=""))
    assert entries(database) == ["新增"]


def test_transactions_do_not_nest(database: Database) -> None:
    with database.transaction("外"), pytest.raises(RuntimeError, match="do not nest"), database.transaction("内"):
        pass


def test_reading_sees_one_moment_while_another_thread_writes(database: Database) -> None:
    def write() -> None:
        with database.transaction("新增") as tx:
            tx.add(Village, {"name": "东河村"})

    count = select(func.count()).select_from(Village)
    with database.reading() as session:
        assert session.scalar(count) == 0
        writer = threading.Thread(target=write)
        writer.start()
        writer.join()
        assert session.scalar(count) == 0
    with database.reading() as session:
        assert session.scalar(count) == 1


def test_reading_cannot_write(database: Database) -> None:
    with pytest.raises(StoreError, match="不能写入"), database.reading() as session:
        session.add(NumberCounter(prefix="示安责", year=2026))
        session.flush()


def test_threads_take_turns(database: Database) -> None:
    def write(number: int) -> None:
        for n in range(10):
            with database.transaction(f"新增{number}") as tx:
                tx.add(Village, {"name": f"{number}号{n}村"})

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(entries(database)) == 40


def test_moments_come_from_the_given_clock(database: Database, clock: FixedClock) -> None:
    clock.advance(days=2)
    with database.transaction("新增") as tx:
        tx.add(Village, {"name": "东河村"})
    with database.reading() as session:
        assert session.scalars(select(AuditEntry.at)).one() == clock.now


def test_several_acts_on_one_row_are_told_as_what_they_come_to(database: Database) -> None:
    with database.transaction("新增") as tx:
        row = tx.add(Village, {"name": "东河村"})
        tx.change(row, {"area": "东片"})
    with database.transaction("改后删除") as tx:
        row = tx.get(Village, row.id)
        tx.change(row, {"area": "西片"})
        tx.retire(row)
    assert changes_of(database, 1) == [("village", row.id, "add", {"name": [None, "东河村"], "area": [None, "东片"]})]
    assert changes_of(database, 2) == [("village", row.id, "retire", {"area": ["东片", "西片"]})]


def test_another_files_bad_text_read_within_a_transaction_is_no_damage(database: Database) -> None:
    with pytest.raises(UnicodeDecodeError), database.transaction("导入") as tx:
        tx.add(Village, {"name": "东河村"})
        b"\xff".decode("utf-8")
    assert entries(database) == []
