"""The check finds what is wrong, says which part, and is quiet about a sound store."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2

from anjian_desktop.ledgers.attachment import Attachment
from anjian_desktop.ledgers.organization import Enterprise, Village
from anjian_desktop.storage import attachments
from anjian_desktop.storage.database import Database
from anjian_desktop.storage.engine import connect
from anjian_desktop.storage.integrity import check


def test_a_sound_store_passes(database: Database) -> None:
    with database.transaction("新增") as tx:
        village = tx.add(Village, {"name": "东河村"})
        tx.add_many(Enterprise, [{"name": f"{n}厂", "village_id": village.id} for n in range(30)])
    for full in (False, True):
        report = check(database, full=full)
        assert report.ok
        assert (report.integrity, report.foreign_keys, report.rows_changed_outside) == ("ok", "ok", ())
        assert {key: count for key, count in report.counts.items() if count} == {"enterprise": 30, "village": 1}


def test_every_part_tells_its_own_trouble(database: Database, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"scan")
    stored = attachments.add_file(database.folder, scan)
    with database.transaction("新增") as tx:
        village = tx.add(Village, {"name": "东河村"})
        one = tx.add(Enterprise, {"name": "甲厂", "village_id": village.id})
        tx.session.add(
            Attachment(
                sha256=stored.sha256, name="scan.pdf", size=4, ledger="enterprise", row_id=one.id, added_at=tx.now
            )
        )
    attachments.place(database.folder, stored.sha256).write_bytes(b"scam")
    with closing(connect(database.path)) as raw:
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("UPDATE enterprise SET village_id=4711 WHERE id=?", (one.id,))
    report = check(database)
    assert not report.ok
    assert "关联" in report.foreign_keys
    assert report.rows_changed_outside == (("enterprise", one.id),)
    assert report.attachments.changed == (stored.sha256,)
    assert report.audit.ok and report.integrity == "ok"


def test_orphaned_files_do_no_harm(database: Database, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"scan")
    stored = attachments.add_file(database.folder, tmp_path / "scan.pdf")
    report = check(database)
    assert report.ok and report.attachments.orphans == (stored.sha256,)


def test_garbled_sectors_are_reported_not_raised(database: Database) -> None:
    def shown() -> object:
        try:
            with closing(connect(database.path)) as raw:
                return raw.execute("SELECT * FROM organization JOIN enterprise USING (id)").fetchall()
        except (dbapi2.Error, UnicodeDecodeError):
            return "unreadable"

    with database.transaction("新增") as tx:
        tx.add_many(Enterprise, [{"name": f"{n}号加工厂", "note": "备注" * 40} for n in range(400)])
    database.close()
    whole, before = database.path.read_bytes(), shown()
    chosen, harmful = random.Random(3), 0
    for _ in range(60):
        sector = chosen.randrange(8, len(whole) // 512) * 512
        database.path.write_bytes(whole[:sector] + chosen.randbytes(512) + whole[sector + 512 :])
        opened = Database(database.folder)
        try:
            report = check(opened, full=True)
        finally:
            opened.close()
        if shown() != before:
            harmful += 1
            assert not report.ok, sector
    assert harmful > 5
    database.path.write_bytes(whole)
