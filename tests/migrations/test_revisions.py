"""Every revision: the schema equals the models, rows of the revision before survive, and a failed one leaves no trace."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from support.stores import FixedClock

from anjian_desktop.errors import StoreError
from anjian_desktop.ledgers.base import Base
from anjian_desktop.ledgers.organization import Enterprise, Village
from anjian_desktop.ledgers.registry import all_ledgers
from anjian_desktop.storage import lock, upgrade
from anjian_desktop.storage.backup import list_backups
from anjian_desktop.storage.engine import connect, make_engine
from anjian_desktop.storage.integrity import check
from anjian_desktop.storage.search_index import ids_matching
from anjian_desktop.storage.upgrade import open_store, revisions

LAST = revisions()[-1]
NEXT = f"{int(LAST) + 1:04}"

ANOTHER = f'''
"""One revision more, only here."""
import sqlalchemy as sa
from alembic import op
revision, down_revision = "{NEXT}", "{LAST}"

def upgrade():
    op.add_column("organization", sa.Column("remark", sa.String(20)))
    op.create_table("tip", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("text", sa.String(20)))
    op.execute("UPDATE organization SET remark = '旧' || area WHERE area IS NOT NULL")
    with op.batch_alter_table("village") as batch:
        batch.add_column(sa.Column("extra", sa.Integer()))
'''


def test_models_and_migrated_schema_are_the_same(store_folder: Path) -> None:
    all_ledgers()
    engine = make_engine(store_folder / "anjian.db", read_only=True)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_object": lambda thing, name, kind, reflected, other: not name.startswith("search_"),
            },
        )
        differences = compare_metadata(context, Base.metadata)
    engine.dispose()
    assert differences == [], "storage/migrations/env.py says how to add what is missing"


def test_every_ledger_has_a_table_and_the_search_index_stands(store_folder: Path) -> None:
    engine = make_engine(store_folder / "anjian.db", read_only=True)
    tables = set(inspect(engine).get_table_names())
    engine.dispose()
    assert {"organization", "enterprise", "agreement", "audit_entry", "search_text", "search_code"} <= tables


def test_revisions_are_numbered_without_a_gap() -> None:
    assert revisions() == tuple(f"{number:04}" for number in range(1, len(revisions()) + 1))


@pytest.fixture
def older(store_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of this revision with rows, and a program that knows one revision more."""
    database = open_store(store_folder, clock=FixedClock())
    with database.transaction("新增") as tx:
        village = tx.add(Village, {"name": "东河村", "area": "东片"})
        tx.add_many(Enterprise, [{"name": f"{n}号化工厂", "village_id": village.id} for n in range(40)])
    database.close()
    scripts = tmp_path / "100% scripts"
    shutil.copytree(upgrade.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / f"{NEXT}_another.py").write_text(ANOTHER, "utf-8")
    monkeypatch.setattr(upgrade, "SCRIPTS", scripts)
    return store_folder


def script(name: str) -> Path:
    return upgrade.SCRIPTS / "versions" / name


def test_an_older_store_is_backed_up_and_upgraded_with_its_rows(older: Path) -> None:
    database = open_store(older, clock=FixedClock())
    report = check(database, full=True)
    assert report.ok
    assert report.audit.entries == 2
    with closing(connect(database.path)) as raw:
        assert raw.execute("SELECT remark FROM organization WHERE name='东河村'").fetchone() == ("旧东片",)
        assert raw.execute("PRAGMA user_version").fetchone() == (int(NEXT),)
        assert raw.execute("SELECT action FROM audit_entry WHERE seq=2").fetchone() == (f"数据升级 {LAST} → {NEXT}",)
        # The batch rebuilt the table of villages, to which enterprises refer: none of them went with it.
        assert raw.execute("SELECT count(*) FROM enterprise WHERE village_id IS NOT NULL").fetchone() == (40,)
    with database.reading() as session:
        assert len(ids_matching(session, "enterprise", "hgc")) == 40
    (made,) = list_backups(older)
    assert made.revision == LAST and f"before-{NEXT}" in made.file.name
    with database.transaction("之后") as tx:
        tx.add(Village, {"name": "西河村"})
    database.close()
    again = open_store(older)
    assert len(list_backups(older)) == 1
    again.close()


def test_a_row_changed_with_another_tool_before_the_upgrade_stays_marked(older: Path) -> None:
    with closing(connect(older / "anjian.db")) as raw:
        raw.execute("UPDATE organization SET name='改了' WHERE id=2")
    database = open_store(older)
    assert check(database).rows_changed_outside == (("enterprise", 2),)
    database.close()


@pytest.mark.parametrize("fault", ["raise RuntimeError('midway')", "op.execute('DELETE FROM village')"])
def test_a_revision_that_fails_leaves_the_older_store_as_it_was(older: Path, fault: str) -> None:
    script(f"{NEXT}_another.py").write_text(ANOTHER + f"    {fault}\n", "utf-8")
    with pytest.raises((RuntimeError, StoreError)):
        open_store(older)
    with closing(connect(older / "anjian.db")) as raw:
        tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master")}
        assert "tip" not in tables
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == (LAST,)
        assert raw.execute("SELECT count(*) FROM enterprise").fetchone() == (40,)
    script(f"{NEXT}_another.py").unlink()
    database = open_store(older)
    assert check(database, full=True).ok
    database.close()


def test_without_a_backup_there_is_no_upgrade(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise StoreError("目标磁盘空间不足。", next_step="请清理磁盘。", code="full")

    monkeypatch.setattr(upgrade, "backup", fail)
    with pytest.raises(StoreError, match="升级前的备份没有成功，没有升级") as refused:
        open_store(older)
    assert refused.value.code == "full"
    with closing(connect(older / "anjian.db")) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == (LAST,)


def test_nothing_is_upgraded_under_an_open_window(older: Path) -> None:
    with lock.hold(older, "窗口"), pytest.raises(StoreError) as refused:
        open_store(older)
    assert refused.value.code == "held"


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX")
def test_a_program_killed_within_an_upgrade_leaves_the_older_store(older: Path) -> None:
    name = f"{NEXT}_another.py"
    script(name).write_text(ANOTHER + "    import os, signal; os.kill(os.getpid(), signal.SIGKILL)\n", "utf-8")
    program = (
        "import sys; from pathlib import Path; from anjian_desktop.storage import upgrade\n"
        "upgrade.SCRIPTS = Path(sys.argv[2]); upgrade.open_store(Path(sys.argv[1]))"
    )
    killed = subprocess.run(
        [sys.executable, "-c", program, older, upgrade.SCRIPTS], cwd=Path(__file__).parents[2], check=False
    )
    assert killed.returncode == -signal.SIGKILL
    script(name).write_text(ANOTHER, "utf-8")
    database = open_store(older)
    report = check(database, full=True)
    assert report.ok and report.counts["enterprise"] == 40 and report.audit.entries == 2
    assert len(list_backups(older)) == 2
    database.close()
