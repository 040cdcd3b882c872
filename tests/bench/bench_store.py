"""The store beside its floors in one run: a saved record, search while typing, a verified backup, the audit, the check.

python tests/bench/bench_store.py [ENTERPRISES=100000] [ENTRIES=200000]

Floors and peers: a bare INSERT with its commit, LIKE over the same columns, a copy of the file with fsync, one SHA-256 over
the audit's bytes. Times are medians (search: median and 95th percentile of all words, five times each), memory the peak
of this process. Names and codes are invented (division 990001).
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from anjian_desktop.ledgers.base import fields_of
from anjian_desktop.ledgers.organization import Enterprise
from anjian_desktop.storage import audit, backup, integrity
from anjian_desktop.storage.database import Database
from anjian_desktop.storage.engine import connect
from anjian_desktop.storage.search_index import count, ids_matching, search
from anjian_desktop.storage.statements import plain
from anjian_desktop.storage.upgrade import create_store

PLACES = "东西南北山河岭张李王赵孙周家庄村桥水口大小长青兴隆"
TRADES = (
    "化工",
    "机械",
    "食品",
    "运输",
    "建材",
    "五金",
    "纺织",
    "塑料",
    "包装",
    "电子",
    "印染",
    "家具",
    "饲料",
    "种植",
)
ENDS = ("有限公司", "有限责任公司", "经营部", "加工厂", "饭店", "商店", "股份有限公司")
SURNAMES, GIVEN = "张王李赵刘陈杨黄周吴单仇解查曾任华徐孙马朱胡", "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂"
TYPED = (
    "张 单 工 公 张伟 化工 有限 化工有 有限公司 zw hg h z sxx zhang zhangw zhangwei huagong 1 13 139 1390 12 123 1234 3456 "
    "91 9199 东河 长青化工"
)
WORDS = TYPED.split()


def invented(chosen: random.Random, number: int) -> dict[str, object]:
    name = "".join(chosen.sample(PLACES, 3)) + chosen.choice(TRADES) + chosen.choice(ENDS)
    principal = chosen.choice(SURNAMES) + "".join(chosen.sample(GIVEN, chosen.choice((1, 2))))
    return {
        "name": f"{name}{number % 97}",
        "credit_code": f"91990001MA{chosen.randrange(10**8):08}",
        "address": f"示例镇{name}路{number % 300}号",
        "principal": principal,
        "legal_representative": principal,
        "principal_phone": f"139{chosen.randrange(10**8):08}",
        "worker_count": number % 90,
        "status": "在营",
    }


def seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def told(what: str, value: str, floor: str = "") -> None:
    print(f"{what:<52}{value:>16}   {floor}", flush=True)


def saved_record(database: Database, folder: Path, chosen: random.Random) -> None:
    today = date(2026, 3, 5)

    def save(number: int) -> None:
        values = invented(chosen, number)
        for one in fields_of(Enterprise):
            if one.key in values and one.key != "credit_code":
                values[one.key] = one.parse(values[one.key], today=today).value
        with database.transaction("新增企业") as tx:
            tx.add(Enterprise, values)

    ours = [seconds(lambda n=number: save(n)) for number in range(200)]
    with closing(connect(folder / "bare.db", create=True)) as raw:
        raw.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, code TEXT)")
        bare = [seconds(lambda: raw.execute("INSERT INTO t (name, code) VALUES ('甲厂', '9')")) for _ in range(200)]
    worst = sorted(ours)[int(len(ours) * 0.95)]
    told(
        "one saved record (check, index, audit, commit)",
        f"{statistics.median(ours) * 1e3:.2f} ms",
        f"p95 {worst * 1e3:.2f} ms; bare INSERT {statistics.median(bare) * 1e3:.2f} ms; goal 10 ms",
    )


def searched(database: Database) -> None:
    ways: dict[str, Callable[[object, str], object]] = {
        "search, best 50": lambda session, word: search(session, word, limit=50),  # type: ignore[arg-type]
        "count": lambda session, word: count(session, word),  # type: ignore[arg-type]
        "every id of a list": lambda session, word: ids_matching(session, "enterprise", word),  # type: ignore[arg-type]
    }
    for name, ask in ways.items():
        taken = []
        for word in WORDS:
            for _ in range(5):
                with database.reading() as session:
                    taken.append((seconds(lambda s=session, w=word, a=ask: a(s, w)), word))
        taken.sort()
        last, word = taken[int(len(taken) * 0.95)]
        told(
            f"{name}, {len(WORDS)} words of 1–8",
            f"{taken[len(taken) // 2][0] * 1e3:.1f} ms",
            f"p95 {last * 1e3:.1f} ms ({word}); goal 10 ms",
        )
    likes = []
    with database.statements() as execute:
        for word in WORDS[:9]:
            likes.append(
                seconds(
                    lambda w=f"%{word}%": (
                        execute(
                            "SELECT id FROM organization WHERE name LIKE ? OR principal LIKE ? LIMIT 50", (w, w)
                        ).fetchall()
                        and execute(
                            "SELECT count(*) FROM organization WHERE name LIKE ? OR principal LIKE ?", (w, w)
                        ).fetchall()
                    )
                )
            )
    told(
        "LIKE over name and principal, first 50 and count",
        f"{statistics.median(likes) * 1e3:.1f} ms",
        "without pinyin or order",
    )


def backed_up(database: Database) -> None:
    def copied() -> None:
        target = database.folder / "copy.db"
        shutil.copyfile(database.path, target)
        handle = os.open(target, os.O_RDWR)
        os.fsync(handle)
        os.close(handle)
        target.unlink()

    database.checkpoint()
    size = database.path.stat().st_size
    ours = statistics.median(seconds(lambda: backup.backup(database)) for _ in range(3))
    floor = statistics.median(seconds(copied) for _ in range(3))
    told(
        f"verified backup of {size / 1e6:.0f} MB",
        f"{ours:.2f} s",
        f"file copy {floor:.2f} s, {ours / floor:.1f} times; goal 4 times",
    )
    whole = seconds(lambda: integrity.check(database, full=True))
    told("full check of it", f"{whole:.2f} s")


def audited(folder: Path, entries: int) -> None:
    database = create_store(folder)
    with closing(connect(database.path)) as raw:
        execute, moment = plain(raw), datetime(2026, 3, 5)
        raw.execute("BEGIN IMMEDIATE")
        for number in range(entries):
            change = audit.ChangeRow("enterprise", number, "edit", '{"address":["东河村1号","东河村2号"]}')
            audit.append(execute, database.key, at=moment, actor="文员甲", action="修改企业", note="", changes=[change])
        raw.execute("COMMIT")
    with database.statements() as execute:
        text = "".join(map(str, execute("SELECT * FROM audit_entry").fetchall())).encode()
    floor = seconds(lambda: hashlib.sha256(text).digest())
    taken = seconds(lambda: audit.verify(database))
    told(
        f"audit of {entries:,} entries verified", f"{taken:.2f} s",
        f"{taken / entries * 1e6:.1f} s a million (goal 10 s); one SHA-256 over it {floor:.2f} s",
    )  # fmt: skip
    database.close()


def main() -> None:
    enterprises, entries = (*map(int, sys.argv[1:]), *(100_000, 200_000)[len(sys.argv) - 1 :])
    chosen = random.Random(990001)
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "data"
        database = create_store(folder)
        rows = [invented(chosen, number) for number in range(enterprises)]

        def imported() -> None:
            with database.transaction("导入") as tx:
                tx.add_many(Enterprise, rows)

        told(f"{enterprises:,} enterprises added (audit, seals, index)", f"{seconds(imported):.1f} s")
        saved_record(database, Path(home), chosen)
        searched(database)
        backed_up(database)
        database.close()
        audited(Path(home) / "audit", entries)
    if sys.platform != "win32":
        import resource  # not on Windows

        told("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
