"""Killed, full, held: what was acknowledged is there, what was not is wholly absent, and work goes on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from anjian_desktop.errors import StoreError
from anjian_desktop.ledgers.organization import Enterprise, Village
from anjian_desktop.storage import engine
from anjian_desktop.storage.database import Database
from anjian_desktop.storage.engine import connect
from anjian_desktop.storage.integrity import check
from anjian_desktop.storage.search_index import ids_matching
from anjian_desktop.storage.upgrade import open_store

KILLS = 30
WRITER = """
import itertools, os, sys
from pathlib import Path
from anjian_desktop.ledgers.organization import Enterprise, Village
from anjian_desktop.storage.pinyin import readings
from anjian_desktop.storage.upgrade import open_store

def write(folder, numbers):
    database = open_store(Path(folder))
    for number in numbers:
        with database.transaction("保存") as tx:
            village = tx.add(Village, {"name": f"{number}号甲村"})
            tx.add(Village, {"name": f"{number}号乙村", "principal": "单雄信"})
            tx.change(village, {"area": "东片"})
        os.write(1, f"{number}\\n".encode())
"""
"""Writes and says after each commit which number it was."""
FORKING = (
    WRITER
    + """
readings("单")
for line in sys.stdin:
    if not (child := os.fork()):
        os.write(1, f"{os.getpid()}\\n".encode())
        write(sys.argv[1], itertools.count(int(line)))
    os.waitpid(child, 0)
    os.write(1, b"dead\\n")
"""
)
"""Starts a fresh writer for every line: a fork takes a thousandth of the time a new interpreter takes."""


def start(program: str, *arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )


@pytest.mark.skipif(os.name == "nt", reason="needs fork")
def test_thirty_kills_lose_nothing_acknowledged_and_leave_nothing_half(store_folder: Path) -> None:
    chosen, acknowledged, names = random.Random(990001), -1, set[str]()
    with start(FORKING, store_folder) as parent:
        assert parent.stdin is not None and parent.stdout is not None
        for _ in range(KILLS):
            parent.stdin.write(f"{acknowledged + 2}\n".encode())
            parent.stdin.flush()
            writer = int(parent.stdout.readline())
            answers = [parent.stdout.readline()]
            time.sleep(chosen.uniform(0, 0.04))
            os.kill(writer, signal.SIGKILL)
            while answers[-1] != b"dead\n":
                answers.append(parent.stdout.readline())
            numbers = [int(answer) for answer in answers[:-1]]
            assert numbers, "the writer did not start"
            acknowledged = max(numbers)
            opened = open_store(store_folder)
            with opened.reading() as session:
                names = set(session.scalars(select(Village.name).where(Village.area == "东片")))
                others = set(session.scalars(select(Village.name).where(Village.area.is_(None))))
            assert {f"{number}号甲村" for number in numbers} <= names
            assert {name.replace("甲", "乙") for name in names} == others
            opened.close()
    opened = open_store(store_folder)
    assert check(opened, full=True).ok
    with opened.reading() as session:
        assert len(ids_matching(session, "village", "sxx")) == len(names)
    opened.close()


def limit_pages(database: Database, pages: int) -> None:
    """Let the writing connection use so many pages in all; 0 lifts the limit."""
    raw = database._writing.raw_connection()
    raw.cursor().execute(f"PRAGMA max_page_count={pages or 1 << 30}")
    raw.close()


def test_a_full_disk_saves_nothing_says_so_and_works_again_when_there_is_room(database: Database) -> None:
    with database.transaction("新增") as tx:
        first = tx.add(Village, {"name": "东河村"})
    with closing(connect(database.path)) as raw:
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
    limit_pages(database, pages + 2)
    for _ in range(2):
        with (
            pytest.raises(StoreError, match=r"磁盘空间不足。本次没有保存") as refused,
            database.transaction("导入") as tx,
        ):
            tx.add_many(Enterprise, [{"name": f"{n}厂", "note": "备注" * 200} for n in range(500)])
        assert refused.value.code == "full"
        assert "SQL" not in str(refused.value)
        limit_pages(database, pages + 2)
    limit_pages(database, 0)
    with database.transaction("修改") as tx:
        tx.change(tx.get(Village, first.id), {"area": "东片"})
    report = check(database)
    assert report.ok and report.counts["enterprise"] == 0 and report.audit.entries == 2


@pytest.mark.skipif(os.name == "nt", reason="a limit on the size of files needs POSIX")
def test_a_disk_that_ends_within_a_commit_saves_nothing(store_folder: Path) -> None:
    database = open_store(store_folder)
    with database.transaction("新增") as tx:
        tx.add(Village, {"name": "东河村"})
    import resource  # not on Windows

    size = sum(path.stat().st_size for path in store_folder.glob("anjian.db*"))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        with pytest.raises(StoreError, match="本次没有保存") as refused, database.transaction("导入") as tx:
            tx.add_many(Enterprise, [{"name": f"{n}厂", "note": "备注" * 200} for n in range(3000)])
        assert refused.value.code in {"full", "io"}
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    with database.transaction("新增") as tx:
        tx.add(Village, {"name": "西河村"})
    report = check(database, full=True)
    assert report.ok and {key: count for key, count in report.counts.items() if count} == {"village": 2}
    database.close()


def test_another_program_that_holds_the_store_is_named(store_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 100)
    database = open_store(store_folder)
    with closing(connect(database.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="正被另一个程序占用") as refused, database.transaction("新增") as tx:
            tx.add(Village, {"name": "东河村"})
        assert refused.value.code == "held"
        other.execute("ROLLBACK")
    with database.transaction("新增") as tx:
        tx.add(Village, {"name": "东河村"})
    assert check(database).counts["village"] == 1
    database.close()


def test_two_programs_write_side_by_side(store_folder: Path) -> None:
    program = WRITER + "write(sys.argv[1], range(int(sys.argv[2]), int(sys.argv[2]) + 15))"
    writers = [start(program, store_folder, first) for first in (1000, 2000)]
    for writer in writers:
        written, _ = writer.communicate(timeout=60)
        assert writer.returncode == 0 and len(written.splitlines()) == 15
    opened = open_store(store_folder)
    report = check(opened)
    assert report.ok and report.counts["village"] == 60 and report.audit.entries == 30
    opened.close()
