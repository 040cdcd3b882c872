"""A store is made once, and what is missing, lost, damaged, foreign, newer or held is told apart and left alone."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2
from support.stores import FixedClock

from anjian_desktop.errors import NoStore, StoreError, UserError
from anjian_desktop.ledgers.office import StoreFact
from anjian_desktop.ledgers.organization import Village
from anjian_desktop.storage.engine import connect
from anjian_desktop.storage.upgrade import create_store, open_store


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fill(folder: Path, villages: int = 200) -> None:
    database = open_store(folder)
    with database.transaction("新增") as tx:
        tx.add_many(Village, [{"name": f"{n}村", "note": "备注" * 50} for n in range(villages)])
    database.close()


def test_a_new_store_is_complete_and_opens_again(tmp_path: Path, clock: FixedClock) -> None:
    folder = tmp_path / "张 三&100%" / "数据"
    database = create_store(folder, clock=clock, facts={"office": "示例镇安监办"})
    with database.reading() as session:
        facts = {fact.key: fact.value for fact in session.query(StoreFact)}
    assert facts["office"] == "示例镇安监办"
    assert len(facts["tag"]) == 4 and facts["tag"].isalnum() and facts["tag"] == facts["tag"].upper()
    database.close()
    assert {path.name for path in folder.iterdir()} == {"anjian.db", "anjian.key", "attachments", "backups", "lock"}
    if os.name != "nt":
        assert all((folder / name).stat().st_mode & 0o077 == 0 for name in ("anjian.key", "anjian.db"))
    open_store(folder).close()


def test_a_folder_with_a_store_gets_no_second_one(store_folder: Path) -> None:
    before = contents(store_folder)
    with pytest.raises(UserError, match="已经有数据") as refused:
        create_store(store_folder)
    assert refused.value.exit_code == 2
    assert contents(store_folder) == before


def test_nothing_there_is_no_store_yet(tmp_path: Path) -> None:
    for folder in (tmp_path / "没有", tmp_path):
        with pytest.raises(NoStore, match="先运行 anjian init") as refused:
            open_store(folder)
        assert refused.value.exit_code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("left", ["backups", "attachments"])
def test_a_lost_store_is_never_replaced_by_an_empty_one(tmp_path: Path, left: str) -> None:
    (tmp_path / left).mkdir()
    for act in (open_store, create_store):
        with pytest.raises(StoreError, match="不见了") as refused:
            act(tmp_path)
        assert (refused.value.code, refused.value.exit_code) == ("lost", 3)
    assert [path.name for path in tmp_path.iterdir()] == [left]


def test_what_a_killed_making_left_does_not_hinder_the_next(tmp_path: Path) -> None:
    (tmp_path / "anjian.db.part").write_bytes(b"half a store")
    (tmp_path / "anjian.db.part-wal").write_bytes(b"half a log")
    (tmp_path / "anjian.key").write_bytes(b"k" * 32)
    create_store(tmp_path).close()
    assert (tmp_path / "anjian.key").read_bytes() == b"k" * 32
    open_store(tmp_path).close()


def truncate(path: Path, share: float) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])


def overwrite(path: Path, start: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(content)


DAMAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "empty": (lambda path: path.write_bytes(b""), "damaged"),
    "cut in the header": (lambda path: path.write_bytes(path.read_bytes()[:60]), "damaged"),
    "cut to a third": (lambda path: truncate(path, 0.3), "damaged"),
    "cut by a page": (lambda path: path.write_bytes(path.read_bytes()[:-4096]), "damaged"),
    "first table garbled": (lambda path: overwrite(path, 100, random.Random(1).randbytes(3996)), "damaged"),
    "page size garbled": (lambda path: overwrite(path, 16, b"\xff\xff"), "damaged"),
    "header destroyed": (lambda path: overwrite(path, 0, random.Random(1).randbytes(100)), "foreign"),
    "a picture": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(5000)), "foreign"),
    "another program's database": (lambda path: overwrite(path, 68, b"\0\0\0\0"), "foreign"),
}


@pytest.mark.parametrize("damage", list(DAMAGES))
def test_a_damaged_or_foreign_file_is_named_and_left_as_it_is(store_folder: Path, damage: str) -> None:
    fill(store_folder)
    act, code = DAMAGES[damage]
    act(store_folder / "anjian.db")
    before = (store_folder / "anjian.db").read_bytes()
    with pytest.raises(StoreError) as refused:
        open_store(store_folder)
    assert (refused.value.code, refused.value.exit_code) == (code, 3)
    assert refused.value.next_step
    assert (store_folder / "anjian.db").read_bytes() == before


def test_a_table_that_is_gone_is_damage(store_folder: Path) -> None:
    raw = connect(store_folder / "anjian.db")
    raw.execute("DELETE FROM store_fact")
    raw.close()
    with pytest.raises(StoreError) as refused:
        open_store(store_folder)
    assert refused.value.code == "damaged"
    raw = connect(store_folder / "anjian.db")
    raw.execute("DROP TABLE store_fact")
    raw.close()
    with pytest.raises(StoreError, match="缺少必要的表"):
        open_store(store_folder)


@pytest.mark.parametrize("statement", ["PRAGMA user_version=9999", "UPDATE alembic_version SET version_num='9999'"])
def test_a_newer_store_is_refused_unchanged(store_folder: Path, statement: str) -> None:
    raw = connect(store_folder / "anjian.db")
    raw.execute(statement)
    raw.close()
    before = (store_folder / "anjian.db").read_bytes()
    with pytest.raises(StoreError, match="更新的版本") as refused:
        open_store(store_folder)
    assert refused.value.code == "newer"
    assert (store_folder / "anjian.db").read_bytes() == before


def test_a_missing_or_foreign_key_is_named(store_folder: Path) -> None:
    key = store_folder / "anjian.key"
    own = key.read_bytes()
    for wrong in (None, b"", b"x" * 31, b"x" * 32):
        key.unlink(missing_ok=True)
        if wrong is not None:
            key.write_bytes(wrong)
        with pytest.raises(StoreError, match=r"anjian\.key") as refused:
            open_store(store_folder)
        assert refused.value.code == "key"
    key.write_bytes(own)
    open_store(store_folder).close()


def test_a_folder_that_cannot_be_written_is_named(store_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with pytest.raises(StoreError, match="不能写入") as refused:
        open_store(store_folder)
    assert refused.value.code == "readonly"


def test_an_old_runtime_is_refused(store_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dbapi2, "sqlite_version", "3.40.1")
    with pytest.raises(StoreError, match="运行库版本过低"):
        open_store(store_folder)


def test_the_pair_of_runtimes_that_crashes_is_refused(store_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anjian_desktop.storage.engine.version", lambda name: "6.12.0")
    monkeypatch.setattr("anjian_desktop.storage.engine.sys.version_info", (3, 11, 9))
    with pytest.raises(StoreError, match="不相容"):
        open_store(store_folder)
    monkeypatch.setattr("anjian_desktop.storage.engine.sys.version_info", (3, 12, 0))
    open_store(store_folder).close()


def test_rows_of_a_program_that_was_not_closed_are_there(store_folder: Path, tmp_path: Path) -> None:
    database = open_store(store_folder)
    with database.transaction("新增") as tx:
        tx.add(Village, {"name": "东河村"})
    assert (store_folder / "anjian.db-wal").stat().st_size > 0
    left = tmp_path / "left"
    shutil.copytree(store_folder, left)
    database.close()
    opened = open_store(left)
    with opened.reading() as session:
        assert [village.name for village in session.query(Village)] == ["东河村"]
    opened.close()
