"""A backup comes back whole, the present store is kept and can come back too; whatever is wrong changes nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import namedtuple
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select
from support.stores import FixedClock

from anjian_desktop.errors import StoreError, UserError
from anjian_desktop.ledgers.agreement import NumberCounter
from anjian_desktop.ledgers.organization import Village
from anjian_desktop.storage import audit, lock
from anjian_desktop.storage.backup import backup
from anjian_desktop.storage.database import Database
from anjian_desktop.storage.engine import connect
from anjian_desktop.storage.integrity import check
from anjian_desktop.storage.restore import preview, replaced, restore
from anjian_desktop.storage.search_index import ids_matching
from anjian_desktop.storage.swap import INTENT, STAGING
from anjian_desktop.storage.upgrade import open_store


def add(database: Database, *names: str) -> None:
    with database.transaction("新增") as tx:
        tx.add_many(Village, [{"name": name} for name in names])


def names_in(folder: Path) -> list[str]:
    database = open_store(folder)
    with database.reading() as session:
        names = sorted(session.scalars(select(Village.name)))
    assert check(database, full=True).ok
    database.close()
    return names


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "lock"
    }


@pytest.fixture
def folder(store_folder: Path, clock: FixedClock) -> Path:
    """A store with a backup that holds 东河村, and 西山村 added since."""
    database = Database(store_folder, clock=clock)
    add(database, "东河村")
    backup(database, store_folder / "backups" / "早.db")
    add(database, "西山村")
    database.close()
    return store_folder


def test_a_backup_is_shown_beside_the_present_before_anything_is_done(folder: Path) -> None:
    before = contents(folder)
    shown = preview(folder, folder / "backups" / "早.db")
    assert shown.contents.counts["village"] == 1 and shown.contents.kind == "backup"
    assert shown.present is not None and shown.present.counts["village"] == 2
    assert not shown.other_office and shown.missing == ()
    assert contents(folder) == before


def test_a_restored_store_holds_what_the_backup_held_and_goes_on(folder: Path, clock: FixedClock) -> None:
    done = restore(folder, folder / "backups" / "早.db", actor="文员", clock=clock)
    assert done.contents.counts["village"] == 1
    database = open_store(folder)
    with database.reading() as session:
        assert list(session.scalars(select(Village.name))) == ["东河村"]
        assert ids_matching(session, "village", "dhc") != []
        assert ids_matching(session, "village", "xsc") == []
    report = audit.verify(database)
    assert report.ok and report.entries == 2
    with database.statements() as execute:
        assert list(execute("SELECT action, actor FROM audit_entry WHERE seq = 2")) == [("恢复备份", "文员")]
    add(database, "南岭村")
    database.close()
    assert names_in(folder) == ["东河村", "南岭村"]
    assert not (folder / INTENT).exists() and not (folder / STAGING).exists()


def test_a_restore_can_be_taken_back(folder: Path, clock: FixedClock) -> None:
    done = restore(folder, folder / "backups" / "早.db", clock=clock)
    listed = replaced(folder)
    assert [one.folder for one in listed] == [done.kept]
    assert listed[0].counts is not None and listed[0].counts["village"] == 2
    assert listed[0].restored_from == "早.db" and listed[0].size > 0
    clock.advance(hours=1)
    restore(folder, listed[0].folder, clock=clock)
    assert names_in(folder) == ["东河村", "西山村"]
    assert len(replaced(folder)) == 2


def test_rows_still_in_the_log_of_a_killed_program_are_kept_aside_with_it(
    folder: Path, tmp_path: Path, clock: FixedClock
) -> None:
    database = Database(folder, clock=clock)
    add(database, "南岭村")
    killed = tmp_path / "killed"
    shutil.copytree(folder, killed)
    database.close()
    assert (killed / "anjian.db-wal").stat().st_size > 0
    restore(killed, killed / "backups" / "早.db", clock=clock)
    assert not (killed / "anjian.db-wal").exists()
    assert names_in(killed) == ["东河村"]
    restore(killed, replaced(killed)[0].folder, clock=clock)
    assert names_in(killed) == ["东河村", "南岭村", "西山村"]


def test_a_copied_data_folder_comes_back_with_its_log_and_scans(
    folder: Path, tmp_path: Path, clock: FixedClock
) -> None:
    from anjian_desktop.ledgers.attachment import Attachment
    from anjian_desktop.storage.attachments import add_file, open_path

    scan = tmp_path / "扫描.pdf"
    scan.write_bytes(b"%PDF scan")
    database = Database(folder, clock=clock)
    stored = add_file(folder, scan)
    with database.transaction("归档") as tx:
        tx.session.add(
            Attachment(
                sha256=stored.sha256, size=stored.size, name="扫描.pdf", ledger="village", row_id=1, added_at=clock()
            )
        )
    add(database, "南岭村")
    copied = tmp_path / "U盘" / "数据"
    shutil.copytree(folder, copied)
    database.close()
    new = tmp_path / "新电脑"
    assert restore(new, copied, clock=clock).kept is None
    assert names_in(new) == ["东河村", "南岭村", "西山村"]
    assert open_path(new, stored.sha256).read_bytes() == b"%PDF scan"
    shutil.rmtree(copied / "attachments")
    assert preview(tmp_path / "另一台", copied).missing == (stored.sha256,)
    assert restore(tmp_path / "另一台", copied, clock=clock).missing == (stored.sha256,)


def test_numbers_that_are_on_paper_are_not_given_again(folder: Path, clock: FixedClock) -> None:
    database = Database(folder, clock=clock)
    with database.transaction("打印") as tx:
        tx.session.add(NumberCounter(prefix="示安责", year=2026, next_n=41))
    database.close()
    done = restore(folder, folder / "backups" / "早.db", clock=clock)
    assert done.numbers == {"示安责〔2026〕": 41}
    database = open_store(folder)
    with database.reading() as session:
        assert session.get_one(NumberCounter, ("示安责", 2026)).next_n == 41
    database.close()


def test_a_damaged_store_is_replaced_and_kept_as_it_was(folder: Path, clock: FixedClock) -> None:
    (folder / "anjian.db").write_bytes(b"x" * 8192)
    (folder / "anjian.key").unlink()
    assert preview(folder, folder / "backups" / "早.db").present is None
    kept = restore(folder, folder / "backups" / "早.db", clock=clock).kept
    assert kept is not None and (kept / "anjian.db").read_bytes() == b"x" * 8192
    assert names_in(folder) == ["东河村"]
    assert replaced(folder)[0].counts is None
    with pytest.raises(UserError):
        restore(folder, kept, clock=clock)
    assert names_in(folder) == ["东河村"]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def no_manifest_and_no_key(path: Path) -> None:
    path.with_name(path.name + ".json").unlink()
    (path.parent.parent / "anjian.key").write_bytes(b"k" * 32)


def with_trigger(path: Path) -> None:
    path.with_name(path.name + ".json").unlink()
    with closing(connect(path, log=False)) as raw:
        raw.execute("CREATE TRIGGER grow AFTER INSERT ON village BEGIN DELETE FROM organization; END")


WRONG: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut": (cut, "bad_backup"),
    "one bit": (flip, "bad_backup"),
    "empty": (lambda path: path.write_bytes(b""), "bad_backup"),
    "a picture": (lambda path: path.write_bytes(b"\x89PNG" * 100), "bad_backup"),
    "torn manifest": (lambda path: path.with_name(path.name + ".json").write_text("{"), "bad_backup"),
    "no key": (no_manifest_and_no_key, "key"),
    "a program inside": (with_trigger, "bad_backup"),
    "gone": (lambda path: path.unlink(), "no_file"),
}


@pytest.mark.parametrize("wrong", list(WRONG))
def test_a_backup_that_is_not_whole_changes_nothing(folder: Path, clock: FixedClock, wrong: str) -> None:
    spoil, code = WRONG[wrong]
    file = folder / "backups" / "早.db"
    spoil(file)
    before = contents(folder)
    for act in (lambda: preview(folder, file), lambda: restore(folder, file, clock=clock)):
        with pytest.raises(UserError, match="没有作任何更改") as refused:
            act()
        assert (refused.value.code, refused.value.exit_code) == (code, 2)
    assert contents(folder) == before


def test_a_backup_without_its_manifest_is_proved_by_the_present_key(folder: Path, clock: FixedClock) -> None:
    (folder / "backups" / "早.db.json").unlink()
    restore(folder, folder / "backups" / "早.db", clock=clock)
    assert names_in(folder) == ["东河村"]


def test_a_newer_backup_is_refused(folder: Path, clock: FixedClock) -> None:
    file = folder / "backups" / "早.db"
    file.with_name("早.db.json").unlink()
    with closing(connect(file, log=False)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(UserError, match="先升级程序") as refused:
        restore(folder, file, clock=clock)
    assert refused.value.code == "newer"
    assert names_in(folder) == ["东河村", "西山村"]


def test_a_store_in_use_is_not_restored_over(folder: Path, clock: FixedClock) -> None:
    file = folder / "backups" / "早.db"
    with lock.hold(folder, "窗口"), pytest.raises(StoreError, match="正在使用") as refused:
        restore(folder, file, clock=clock)
    assert refused.value.code == "held"
    program = (
        "import sys; from pathlib import Path; from anjian_desktop.storage.upgrade import open_store;"
        "d = open_store(Path(sys.argv[1])); s = d.reading(); s.__enter__(); print('open', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin is not None and other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(StoreError) as refused:
            restore(folder, file, clock=clock)
        assert refused.value.code == "held"
        other.communicate("\n")
    assert names_in(folder) == ["东河村", "西山村"]


def test_the_store_itself_is_no_backup_of_itself(folder: Path) -> None:
    for file in (folder, folder / "anjian.db"):
        with pytest.raises(UserError, match="正在用的数据"):
            restore(folder, file)


def test_a_disk_too_small_for_it_is_said_before(
    folder: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(folder)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage(9, 9, 9))
    with pytest.raises(StoreError, match="磁盘只剩") as refused:
        restore(folder, folder / "backups" / "早.db", clock=clock)
    assert refused.value.code == "full"
    assert contents(folder) == before
