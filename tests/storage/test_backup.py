"""Backups are verified copies of one moment; a failed one harms nothing."""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
import sqlite3
import threading
from collections import namedtuple
from contextlib import closing
from pathlib import Path

import pytest
from support.stores import FixedClock

from anjian_desktop.errors import StoreError, UserError
from anjian_desktop.ledgers.organization import Enterprise, Village
from anjian_desktop.storage import audit, backup
from anjian_desktop.storage.database import Database
from anjian_desktop.storage.engine import connect_to_copy
from anjian_desktop.storage.integrity import check
from anjian_desktop.storage.upgrade import open_store


@pytest.fixture
def filled(database: Database) -> Database:
    with database.transaction("新增") as tx:
        village = tx.add(Village, {"name": "东河村"})
        ids = tx.add_many(Enterprise, [{"name": f"{n}厂", "village_id": village.id} for n in range(50)])
        tx.retire(tx.get(Enterprise, ids[0]))
    return database


def test_a_backup_is_a_whole_store_with_its_manifest(filled: Database, tmp_path: Path) -> None:
    result = backup.backup(filled)
    assert result.verified
    assert result.file.parent == filled.folder / "backups"
    assert {key: count for key, count in result.counts.items() if count} == {"enterprise": 49, "village": 1}
    assert result.sha256 == hashlib.sha256(result.file.read_bytes()).hexdigest()
    manifest = json.loads(result.file.with_name(result.file.name + ".json").read_text("utf-8"))
    assert manifest["sha256"] == result.sha256 and manifest["counts"] == result.counts
    assert manifest["audit"] == {"entries": 1, "head": audit.verify(filled).head}
    restored = tmp_path / "restored"
    restored.mkdir()
    shutil.copy(result.file, restored / "anjian.db")
    (restored / "anjian.key").write_bytes(bytes.fromhex(manifest["key"]))
    opened = open_store(restored)
    assert check(opened, full=True).ok
    opened.close()


def test_the_copy_stands_alone_and_can_be_read_where_nothing_can_be_written(filled: Database) -> None:
    result = backup.backup(filled)
    assert sorted(path.name for path in result.file.parent.iterdir()) == [result.file.name, result.file.name + ".json"]
    with closing(connect_to_copy(result.file)) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_backups_are_listed_newest_first(filled: Database, clock: FixedClock) -> None:
    assert backup.latest_backup(filled.folder) is None
    first = backup.backup(filled)
    second = backup.backup(filled)
    clock.advance(days=1)
    third = backup.backup(filled)
    listed = backup.list_backups(filled.folder)
    assert [one.file for one in listed] == [third.file, second.file, first.file]
    latest = backup.latest_backup(filled.folder)
    assert latest == listed[0].made_at and latest.tzinfo is not None
    (filled.folder / "backups" / "noise.db.json").write_text("{")
    third.file.write_bytes(b"cut")
    assert [one.file for one in backup.list_backups(filled.folder)] == [second.file, first.file]


def test_a_backup_goes_where_the_clerk_says(filled: Database, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    assert backup.backup(filled, stick / "备份.db").file == stick / "备份.db"
    assert backup.backup(filled, stick).file.parent == stick
    before = (stick / "备份.db").read_bytes()
    with filled.transaction("新增") as tx:
        tx.add(Village, {"name": "西河村"})
    backup.backup(filled, stick / "备份.db")
    assert (stick / "备份.db").read_bytes() != before


def test_places_where_a_backup_would_do_harm_are_refused(filled: Database, tmp_path: Path) -> None:
    (tmp_path / "重要.docx").write_bytes(b"PK the clerk's own file")
    refused = {
        filled.path: "不能与数据文件放在一起",
        filled.folder / "copy.db": "不能与数据文件放在一起",
        filled.folder / "attachments" / "copy.db": "附件文件夹",
        tmp_path / "没有" / "copy.db": "不存在",
        tmp_path / "重要.docx": "没有覆盖",
    }
    for target, words in refused.items():
        with pytest.raises(UserError, match=words):
            backup.backup(filled, target)
    assert (tmp_path / "重要.docx").read_bytes() == b"PK the clerk's own file"
    assert check(filled).ok


def test_a_full_disk_is_said_before_and_leaves_earlier_backups(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = backup.backup(filled)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage(10**9, 10**9, 1000))
    with pytest.raises(StoreError, match="已有备份不受影响") as refused:
        backup.backup(filled)
    assert (refused.value.code, refused.value.exit_code) == ("full", 3)
    assert [one.file for one in backup.list_backups(filled.folder)] == [first.file]


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "full"), (errno.EIO, "io")])
def test_a_disk_that_fails_on_the_way_leaves_nothing_behind(
    filled: Database, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    first = backup.backup(filled)

    def fail(path: Path) -> None:
        raise OSError(number, "raw English")

    monkeypatch.setattr(backup, "fsync_file", fail)
    with pytest.raises(StoreError, match="已有备份不受影响") as refused:
        backup.backup(filled)
    assert refused.value.code == code
    left = sorted(path.name for path in (filled.folder / "backups").iterdir())
    assert left == [first.file.name, first.file.name + ".json"]


def test_a_copy_that_differs_is_thrown_away(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(4096 * 3 + 2000)
            file.write(b"\xff" * 6000)

    monkeypatch.setattr(backup, "fsync_file", torn)
    with pytest.raises(StoreError, match=r"核对不一致|有损坏"):
        backup.backup(filled)
    assert list((filled.folder / "backups").iterdir()) == []


def test_a_damaged_store_makes_no_backup(filled: Database) -> None:
    filled.close()
    with filled.path.open("r+b") as file:
        file.seek(4096 * 4)
        file.write(b"\xff" * 4096 * 8)
    opened = Database(filled.folder)
    with pytest.raises(StoreError):
        backup.backup(opened)
    assert list((filled.folder / "backups").iterdir()) == []
    opened.close()


def test_a_backup_made_while_others_write_is_of_one_moment(filled: Database) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with filled.transaction("新增") as tx:
                tx.add(Village, {"name": f"村{number}甲"})
                tx.add(Village, {"name": f"村{number}乙"})

    writer = threading.Thread(target=write)
    writer.start()
    try:
        counts = [backup.backup(filled).counts["village"] for _ in range(4)]
    finally:
        stop.set()
        writer.join()
    assert all(count % 2 == 1 for count in counts)


def test_parts_of_a_killed_backup_are_removed_later(filled: Database) -> None:
    import os

    old, young = (filled.folder / "backups" / name for name in (".aa.part", ".bb.part"))
    for part in (old, young):
        part.write_bytes(b"half")
    os.utime(old, (0, 0))
    backup.backup(filled)
    assert not old.exists() and young.exists()
    assert len(backup.list_backups(filled.folder)) == 1


def test_a_store_without_the_newest_ledgers_is_counted_as_it_is() -> None:
    with closing(sqlite3.connect(":memory:")) as older:
        older.execute("CREATE TABLE organization (id INTEGER PRIMARY KEY, retired_at TEXT)")
        older.execute("CREATE TABLE village (id INTEGER PRIMARY KEY)")
        older.execute("INSERT INTO organization VALUES (1, NULL)")
        older.execute("INSERT INTO village VALUES (1)")
        assert backup.counts_of(older.execute) == {"village": 1}
