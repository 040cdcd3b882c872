"""Rows added by the thousand are stored, sealed, found and audited exactly as rows added one by one."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from anjian_desktop.errors import Cancelled
from anjian_desktop.ledgers.base import Ledger, fields_of
from anjian_desktop.ledgers.fields import Kind
from anjian_desktop.ledgers.organization import Enterprise, Village
from anjian_desktop.ledgers.worker import Worker
from anjian_desktop.storage.database import Database
from anjian_desktop.storage.integrity import check
from anjian_desktop.storage.search_index import search
from anjian_desktop.storage.transaction import Transaction
from anjian_desktop.storage.upgrade import create_store

Add = Callable[[Transaction, type[Ledger], list[dict[str, Any]]], list[int]]
WORDS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
BY_KIND: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.INTEGER: st.integers(0, 10**6),
    Kind.DECIMAL: st.decimals(0, 10**6, places=2),
    Kind.DATE: st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    Kind.YES_NO: st.booleans(),
    Kind.MULTI_CHOICE: st.lists(st.sampled_from(("有限空间", "粉尘涉爆", "九小")), unique=True).map(tuple),
    Kind.PHONE: st.sampled_from(("13900000001", "0543-1234567、13900000002")),
}


def values_of(ledger: type[Ledger], **fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Rows of a ledger by attribute: every field may be there, in any kind's own values."""
    fields = [one for one in fields_of(ledger) if not one.computed and one.kind is not Kind.LINK]
    optional = {one.column: BY_KIND.get(one.kind, WORDS) for one in fields if one.column not in fixed}
    return st.fixed_dictionaries(fixed, optional=optional)


ENTERPRISES = values_of(
    Enterprise, name=st.text("东河长乐单𠮷A9（）", min_size=2, max_size=12), village_id=st.sampled_from((None, 1, 2))
)
WORKERS = values_of(
    Worker,
    name=st.sampled_from(("张三", "单长乐")),
    enterprise_id=st.just(3),
    identity_kind=st.just("身份证"),
    role=st.just("一般员工"),
    identity_number=st.sampled_from(("990001199003070015", "99000119900307004X")),
)


def one_by_one(tx: Transaction, ledger: type[Ledger], rows: list[dict[str, Any]]) -> list[int]:
    return [tx.add(ledger, row).id for row in rows]


def as_stream(tx: Transaction, ledger: type[Ledger], rows: list[dict[str, Any]]) -> list[int]:
    return list(tx.add_stream(ledger, rows))


def stored(folder: Path, ledger: type[Ledger], rows: list[dict[str, Any]], add: Add) -> dict[str, Any]:
    """All that is in the store of a folder once the rows were added to it, the audit's fields by name."""
    database = Database(folder, clock=lambda: datetime(2026, 11, 23, 8))
    try:
        with database.transaction("新增") as tx:
            ids = add(tx, ledger, rows)
            assert tx.change_set.ids == tuple(ids)
        found = check(database)
        assert found.ok, found
        with database.reading() as session:
            told = {
                table: sorted(map(tuple, session.execute(text(f"SELECT * FROM {table}"))), key=repr)
                for table in ("organization", "enterprise", "worker", "worker_post", "search_code")
            }
            changes = session.execute(text("SELECT seq, ledger, row_id, act, fields FROM audit_change ORDER BY id"))
            told["audit_change"] = [(*one[:4], json.loads(one[4])) for one in changes]
            hits = {word: search(session, word, limit=50) for word in ("东", "he", "长乐", "dh", "139", "单")}
        return {**told, "ids": ids, "hits": hits}
    finally:
        database.close()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store with two villages and an enterprise."""
    folder = tmp_path_factory.mktemp("town") / "data"
    database = create_store(folder, clock=lambda: datetime(2026, 11, 23, 8))
    with database.transaction("建立") as tx:
        one_by_one(tx, Village, [{"name": "东河村"}, {"name": "西河村"}])
        tx.add(Enterprise, {"name": "示例一厂"})
    database.close()
    return folder


def assert_same(town: Path, folder: Path, ledger: type[Ledger], rows: list[dict[str, Any]]) -> None:
    found = [stored(copytree(town, folder / add.__name__), ledger, rows, add) for add in (as_stream, one_by_one)]
    assert found[0] == found[1]


@settings(max_examples=8, deadline=None)
@given(rows=st.lists(ENTERPRISES, min_size=3, max_size=8))
def test_a_stream_of_enterprises_leaves_the_same_store_as_one_after_another(
    town: Path, tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]
) -> None:
    assert_same(town, tmp_path_factory.mktemp("stores"), Enterprise, rows)


@settings(max_examples=5, deadline=None)
@given(rows=st.lists(WORKERS, min_size=3, max_size=8))
def test_a_stream_of_workers_leaves_their_posts_too(
    town: Path, tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]
) -> None:
    assert_same(town, tmp_path_factory.mktemp("stores"), Worker, rows)


def test_more_rows_than_fit_one_part_keep_their_order(town: Path, tmp_path: Path) -> None:
    rows = [{"name": f"示例{n}厂", "village_id": 1 + n % 2, "principal_phone": f"139{n:08}"} for n in range(2500)]
    assert_same(town, tmp_path, Enterprise, rows)


def test_a_stopped_stream_leaves_nothing(town: Path, tmp_path: Path) -> None:
    database = Database(copytree(town, tmp_path / "data"))
    looked = 0

    def watch() -> None:
        nonlocal looked
        looked += 1
        if looked == 4:
            raise Cancelled

    with pytest.raises(Cancelled), database.transaction("导入") as tx:
        tx.add_stream(Enterprise, ({"name": f"示例{n}厂"} for n in range(1, 2500)), watch=watch)
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM organization")).scalar() == 3
    assert check(database, full=True).ok
    database.close()


def test_rows_of_a_stream_stand_beside_others_in_one_entry(town: Path, tmp_path: Path) -> None:
    database = Database(copytree(town, tmp_path / "data"))
    with database.transaction("导入") as tx:
        first = tx.add(Village, {"name": "南河村"})
        ids = tx.add_stream(Enterprise, [{"name": "示例二厂", "village_id": first.id}])
        tx.change(first, {"principal": "张三"})
        assert set(tx.change_set.ids) == {first.id, *ids}
        with pytest.raises(RuntimeError, match="stream"):
            tx.change(tx.get(Enterprise, ids[0]), {"principal": "李四"})
        tx.session.expire_all()
    assert check(database, full=True).ok
    with database.reading() as session:
        told = [tuple(one) for one in session.execute(text("SELECT act, fields FROM audit_change WHERE seq = 2"))]
    assert [act for act, _ in told] == ["add", "add"]
    assert json.loads(told[0][1])["village"] == [None, "南河村"]
    database.close()
