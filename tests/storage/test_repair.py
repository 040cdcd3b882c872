"""Repair makes again what the rows can tell, and says of the rest what is to be done."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from anjian_desktop.ledgers.organization import Village
from anjian_desktop.storage.attachments import add_file
from anjian_desktop.storage.database import Database
from anjian_desktop.storage.engine import connect
from anjian_desktop.storage.integrity import check
from anjian_desktop.storage.repair import repair
from anjian_desktop.storage.search_index import ids_matching


def add(database: Database) -> int:
    with database.transaction("新增") as tx:
        tx.add(Village, {"name": "西山村"})
        return tx.add(Village, {"name": "东河村"}).id


def test_a_search_index_that_finds_nothing_is_made_again(database: Database) -> None:
    row = add(database)
    with closing(connect(database.path)) as raw:
        raw.execute("INSERT INTO search_text (search_text) VALUES ('delete-all')")
        raw.execute("DELETE FROM search_code")
        raw.execute("INSERT INTO search_code VALUES ('zz', 999999)")
    with database.reading() as session:
        assert ids_matching(session, "village", "dhc") == []
    done = repair(database)
    assert done.after.ok and done.left == () and any("搜索索引" in said for said in done.done)
    with database.reading() as session:
        assert ids_matching(session, "village", "dhc") == [row]
    assert len(list((database.folder / "backups").glob("*-before-repair.db"))) == 1


def test_a_check_before_and_after_a_repair_reads_the_index_that_is_there_then(database: Database) -> None:
    for n in range(12):  # so many entries leave the index in several parts, which a reader remembers
        with database.transaction("新增") as tx:
            tx.add(Village, {"name": f"东河{n}村", "note": "备注"})
    assert check(database).ok
    assert repair(database).after.ok and check(database).ok


def test_what_cannot_be_repaired_is_said(database: Database, tmp_path: Path) -> None:
    row = add(database)
    (tmp_path / "scan.pdf").write_bytes(b"scan")
    add_file(database.folder, tmp_path / "scan.pdf")
    with closing(connect(database.path)) as raw:
        raw.execute("UPDATE organization SET principal = '别人' WHERE id = ?", (row,))
    done = repair(database)
    assert not done.after.ok
    assert any("程序以外改动过" in said for said in done.left) and any("没有登记在用" in said for said in done.left)


def test_rows_that_cannot_be_read_are_left_as_they_are(database: Database) -> None:
    with database.transaction("新增") as tx:
        tx.add_many(Village, [{"name": f"{n}村", "note": "备注" * 50} for n in range(300)])
    database.close()
    with database.path.open("r+b") as file:
        file.seek(4096 * 4)
        file.write(b"\xff" * 4096 * 10)
    before = database.path.read_bytes()
    done = repair(Database(database.folder))
    assert done.done == () and any("从最近的备份恢复" in said for said in done.left)
    assert database.path.read_bytes() == before
    assert not check(Database(database.folder)).ok
