"""Who lacks what in a large town: the kept summary beside one aggregate SQL over the same rows, in one run.

python tests/bench/bench_training.py [WORKERS=1000000] [ENTERPRISES=20000]

Three records a worker, written straight into the store. Times are medians of five (the aggregate: of three), memory the peak
of this process. Names and numbers are invented (division 990001).
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import func, select

from anjian_desktop.ledgers.organization import Enterprise
from anjian_desktop.ledgers.training import TrainingRecord
from anjian_desktop.services import training
from anjian_desktop.services.office import Office, create_office
from anjian_desktop.services.training_summary import rebuild
from anjian_desktop.storage.engine import connect

TODAY = date(2026, 11, 23)
AGGREGATE = """
SELECT w.id, sum(CASE WHEN r.level IN ('company', 'workshop', 'team') THEN r.class_hours ELSE 0 END) AS hours,
       sum(r.level = 'company' AND r.score >= 800) AS company, sum(r.level = 'workshop' AND r.score >= 800) AS workshop,
       sum(r.level = 'team' AND r.score >= 800) AS team
FROM worker w LEFT JOIN training_record r ON r.worker_id = w.id AND r.retired_at IS NULL
WHERE w.retired_at IS NULL AND w.left_on IS NULL
GROUP BY w.id HAVING hours < 48 OR company = 0 OR workshop = 0 OR team = 0
"""
"""What somebody would write who keeps nothing: the three levels and the hours, none of the other rules."""


def seconds(act: Callable[[], object], times: int = 5) -> float:
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def told(what: str, value: str, floor: str = "") -> None:
    print(f"{what:<52}{value:>16}   {floor}", flush=True)


def filled(office: Office, workers: int, enterprises: int) -> None:
    with office.db.transaction("企业") as tx:
        flags = [("危险化学品",) if n % 9 == 0 else () for n in range(enterprises)]
        tx.add_many(
            Enterprise, [{"name": f"示例{n}号厂", "status": "在营", "flags": flags[n]} for n in range(enterprises)]
        )
        first = tx.session.scalar(select(func.min(Enterprise.id))) or 0
    chance = random.Random(990001)

    def persons() -> Iterator[tuple[object, ...]]:
        for n in range(1, workers + 1):
            number = f"990001{19600101 + n // 10000:08}{n % 10000:04}"
            yield (
                n,
                f"张{n % 9973}",
                "身份证",
                number,
                first + n % enterprises,
                ("worker", "special")[n % 20 == 0],
                "2025-03-01",
                1,
            )

    def taken() -> Iterator[tuple[object, ...]]:
        for n in range(1, workers + 1):
            for step, level in enumerate(("company", "workshop", "team")):
                day = str(date(2025, 3, 2) + timedelta(days=n % 200 + step))
                mark = chance.choice((700, 850, 900, 950)) if n % 3 == 0 else 900 + n % 10
                yield n, first + n % enterprises, f"{level}{n % 7}", level, day, day, 16, mark, 1

    with closing(connect(office.db.path)) as raw:
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(
            "INSERT INTO worker (id, name, identity_kind, identity_number, enterprise_id, role, hired_on, version)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            persons(),
        )
        raw.executemany(
            "INSERT INTO training_record (worker_id, enterprise_id, session, level, started_on, ended_on, class_hours, score,"
            " version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            taken(),
        )
        raw.execute("COMMIT")


def main() -> None:
    workers, enterprises = (*map(int, sys.argv[1:]), *(1_000_000, 20_000)[len(sys.argv) - 1 :])
    with tempfile.TemporaryDirectory() as home:
        office = create_office(Path(home) / "data", name="示例镇安监办", today=TODAY)
        filled(office, workers, enterprises)

        def made_anew() -> None:
            with office.db.transaction("汇总") as tx:
                rebuild(tx, today=TODAY)
                tx.note("重做")

        told(f"summary of {workers:,} workers made anew", f"{seconds(made_anew, 1):.1f} s", "once, after an upgrade")
        with office.db.statements() as execute:
            peer = seconds(lambda: execute(AGGREGATE).fetchall(), 3)
        told("one aggregate SQL over the records", f"{peer:.2f} s", "the three levels and hours only, no rule besides")
        ids: list[int] = []

        def whole() -> None:
            ids[:] = training.people(office, "lacks")

        ours = seconds(whole)
        told(
            f"the whole list: {len(ids):,} who lack something",
            f"{ours * 1e3:.0f} ms",
            f"1/{peer / ours:.0f}; goal 1/10",
        )
        ours = seconds(lambda: training.overview(office))
        told("figures and every unit's rates", f"{ours * 1e3:.0f} ms", f"1/{peer / ours:.0f}; goal 1/10")
        middle = ids[len(ids) // 2 :]
        told(
            "a screenful of it anywhere (200 persons)",
            f"{seconds(lambda: training.page(office, middle[:200])) * 1e3:.1f} ms",
        )
        unit = training.page(office, middle[:1])[0].enterprise_id
        ours = seconds(lambda: training.status(office, organization=unit), 50)
        many = len(training.status(office, organization=unit, everyone=True).workers)
        told(f"one enterprise of {many}: who lacks what, in full", f"{ours * 1e3:.2f} ms", "goal 1 ms")
        taken = []
        for n in range(20):
            started = time.perf_counter()
            with office.db.transaction("新增记录") as tx:
                tx.add(TrainingRecord, {
                    "worker_id": middle[n], "enterprise_id": unit, "level": "team", "started_on": date(2026, 11, 2),
                    "ended_on": date(2026, 11, 2), "class_hours": Decimal(8), "score": Decimal(86), "session": "班组级培训",
                })  # fmt: skip
            taken.append(time.perf_counter() - started)
        told("one record saved, its worker's row made anew", f"{statistics.median(taken) * 1e3:.1f} ms", "goal 10 ms")
        office.close()
    if sys.platform != "win32":
        import resource  # not on Windows

        told("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
