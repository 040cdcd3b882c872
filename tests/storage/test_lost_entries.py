"""A store whose last entries are gone opens and says so; one that cannot be opened can be looked at in a copy."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from anjian_desktop.errors import StoreError
from anjian_desktop.ledgers.organization import Village
from anjian_desktop.storage import audit
from anjian_desktop.storage.database import Database
from anjian_desktop.storage.engine import connect
from anjian_desktop.storage.upgrade import accept_loss, open_copy, open_store


def add(database: Database, *names: str) -> None:
    for name in names:
        with database.transaction("新增") as tx:
            tx.add(Village, {"name": name})


def names_in(database: Database) -> list[str]:
    with database.reading() as session:
        return sorted(session.scalars(select(Village.name)))


@pytest.fixture
def without_log(store_folder: Path, tmp_path: Path) -> Path:
    """A store whose program was killed after three villages, and whose log somebody deleted after the first."""
    database = open_store(store_folder)
    add(database, "东河村")
    database.checkpoint()
    add(database, "西山村", "南岭村")
    left = tmp_path / "left"
    shutil.copytree(store_folder, left)
    database.close()
    (left / "anjian.db-wal").unlink()
    (left / "anjian.db-shm").unlink(missing_ok=True)
    return left


def test_a_deleted_log_is_noticed_at_the_next_opening(without_log: Path) -> None:
    database = open_store(without_log)
    assert database.lost_entries == 2 and names_in(database) == ["东河村"]
    assert not audit.verify(database).ok
    accept_loss(database, actor="文员")
    assert database.lost_entries == 0
    add(database, "北坡村")
    assert audit.verify(database).ok
    with database.statements() as execute:
        assert next(iter(execute("SELECT note FROM audit_entry WHERE action = '接受现有数据'")))[0].startswith(
            "最近 2 条"
        )
    database.close()
    again = open_store(without_log)
    assert again.lost_entries == 0
    again.close()


def test_a_store_closed_as_usual_has_lost_nothing(store_folder: Path) -> None:
    database = open_store(store_folder)
    add(database, "东河村")
    database.close()
    again = open_store(store_folder)
    assert again.lost_entries == 0
    again.close()


def test_a_copy_can_be_looked_at_and_not_changed(without_log: Path, tmp_path: Path) -> None:
    (without_log / "anjian.key").unlink()
    before = (without_log / "anjian.db").read_bytes()
    with pytest.raises(StoreError):
        open_store(without_log)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    copy = open_copy(without_log, scratch)
    assert names_in(copy) == ["东河村"]
    with pytest.raises(StoreError, match="只读方式查看") as refused:
        add(copy, "北坡村")
    assert refused.value.code == "viewing"
    copy.close()
    assert (without_log / "anjian.db").read_bytes() == before


def test_a_copy_of_a_newer_or_unreadable_store_is_refused(without_log: Path, tmp_path: Path) -> None:
    with closing(connect(without_log / "anjian.db")) as raw:
        raw.execute("PRAGMA user_version=9999")
    (tmp_path / "a").mkdir()
    with pytest.raises(StoreError) as refused:
        open_copy(without_log, tmp_path / "a")
    assert refused.value.code == "newer"
    (without_log / "anjian.db").write_bytes(b"")
    (tmp_path / "b").mkdir()
    with pytest.raises(StoreError) as refused:
        open_copy(without_log, tmp_path / "b")
    assert refused.value.code == "damaged"
