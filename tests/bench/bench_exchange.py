"""A roster of 100,000 rows and 20 columns read, checked, matched, stored; a list of 100,000 rows written: beside their peers.

python tests/bench/bench_exchange.py [ROWS=100000]

The peer of reading is openpyxl's bare read_only pass over the same file, which checks nothing; the floors are unpacking
its XML and a bare INSERT of the rows. The peer of writing is XlsxWriter with constant_memory and the same cells; the floor is packing the finished XML. Each
run is a process of its own; times (by the clock, and of the processor alone: a busy machine stretches only the first) are
medians of three, memory the peak of the process. Names are invented.
"""

from __future__ import annotations

import io
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from anjian_desktop.exchange.sample_names import credit_code
from anjian_desktop.ledgers.base import fields_of
from anjian_desktop.ledgers.fields import Field, Kind
from anjian_desktop.ledgers.organization import Enterprise

RUNS = 3
FIELDS: tuple[Field, ...] = tuple(one for one in fields_of(Enterprise) if not one.computed)[:20]
TODAY = date(2026, 11, 23)


def cells(n: int) -> list[Any]:
    """The n-th unit's values in the order of FIELDS."""
    known: dict[str, Any] = {
        "name": f"示例第{n}机械有限公司",
        "credit_code": credit_code(n, company=True),
        "village": f"第{n % 40}村",
        "area": ("城东管区", "河西管区")[n % 2],
        "address": f"示例镇第{n % 40}村工业路{n}号",
        "registered_address": f"示例镇振兴路{n}号",
        "legal_representative": f"示例{n % 997}",
        "principal": f"示例{n % 991}",
        "principal_phone": f"139{n:08d}",
        "safety_officer": f"示例{n % 983}",
        "safety_officer_phone": f"138{n:08d}",
        "worker_count": n % 500,
        "industry": "3011",
        "size": ("大型", "中型", "小型", "微型")[n % 4],
        "flags": ("有限空间", "粉尘涉爆、有限空间", "九小")[n % 3],
        "premises_kind": None,
        "status": "在营",
        "status_changed_on": date(2026, 1, 1) + timedelta(days=n % 300),
        "established_on": date(2005, 1, 1) + timedelta(days=n % 7000),
        "note": f"第{n}行",
    }
    return [known.get(one.key) for one in FIELDS]


def write_roster(path: Path, rows: int) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("企业")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, [one.label for one in FIELDS])
    for n in range(rows):
        for column, value in enumerate(cells(n)):
            if isinstance(value, date):
                sheet.write_datetime(n + 1, column, datetime(value.year, value.month, value.day), day)
            elif value is not None:
                sheet.write(n + 1, column, value)
    book.close()


def read_and_plan(path: Path, rows: int) -> None:
    from anjian_desktop.exchange.import_plan import Verdict
    from anjian_desktop.exchange.known_rows import KnownRows
    from anjian_desktop.exchange.planner import plan_import
    from anjian_desktop.exchange.sheet import read_workbook

    plan = plan_import(read_workbook(path).sheets, Enterprise, known=KnownRows(), today=TODAY)
    assert plan.count(Verdict.NEW) == rows, plan.problems[:3]


def import_into_store(path: Path, rows: int) -> None:
    """What the clerk waits for: the file read and planned, then written with its audit, seals and search index."""
    from anjian_desktop.services.office import create_office
    from anjian_desktop.services.rosters import apply_roster, read_roster

    with tempfile.TemporaryDirectory() as folder, create_office(Path(folder) / "data", name="示例镇安监办") as office:
        assert apply_roster(office, read_roster(office, path)).counts["new"] == rows


def insert_bare(path: Path, rows: int) -> None:
    """The same rows by one executemany into one table without an index."""
    from anjian_desktop.storage.engine import connect

    with tempfile.TemporaryDirectory() as folder:
        store = connect(Path(folder) / "bare.db", create=True)
        store.execute(f"CREATE TABLE t ({', '.join(one.key for one in FIELDS)})")
        store.execute("BEGIN")
        marks = ",".join("?" * len(FIELDS))
        shown = ([cell.isoformat() if isinstance(cell, date) else cell for cell in row] for row in _shown(rows))
        store.executemany(f"INSERT INTO t VALUES ({marks})", shown)
        store.execute("COMMIT")
        store.close()


def read_only(path: Path, rows: int) -> None:
    from anjian_desktop.exchange.sheet import read_workbook

    assert len(read_workbook(path).sheets[0].rows) == rows + 1


def read_by_openpyxl(path: Path, rows: int) -> None:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    assert sum(1 for _ in book.worksheets[0].iter_rows(values_only=True)) == rows + 1


def unpack(path: Path, rows: int) -> None:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            archive.read(name)


def write_ours(path: Path, rows: int) -> None:
    from anjian_desktop.exchange.export import write_list

    assert write_list(io.BytesIO(), title="企业", fields=FIELDS, rows=_shown(rows)) == rows


def write_by_xlsxwriter(path: Path, rows: int) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("企业")
    text, number = book.add_format({"num_format": "@"}), book.add_format({"num_format": "0"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, [one.label for one in FIELDS])
    for n, row in enumerate(_shown(rows), start=1):
        for column, value in enumerate(row):
            if value is None:
                sheet.write_blank(n, column, None, text)
            elif isinstance(value, date):
                sheet.write_datetime(n, column, value, day)
            elif isinstance(value, int):
                sheet.write_number(n, column, value, number)
            else:
                sheet.write_string(n, column, value, text)
    book.close()


def make_rows(path: Path, rows: int) -> None:
    """What both writers spend on the rows themselves."""
    for _ in _shown(rows):
        continue


def _shown(rows: int) -> Iterator[list[Any]]:
    codes = {one.key for one in FIELDS if one.kind is Kind.CREDIT_CODE}
    assert codes == {"credit_code"}
    for n in range(rows):
        yield cells(n)


WORK: dict[str, Callable[[Path, int], None]] = {
    "imported into a store": import_into_store,
    "read, checked, matched": read_and_plan,
    "read alone": read_only,
    "peer: openpyxl read_only, bare": read_by_openpyxl,
    "floor: unpacking": unpack,
    "floor: bare INSERT of the rows": insert_bare,
    "list written": write_ours,
    "peer: XlsxWriter constant_memory": write_by_xlsxwriter,
    "floor: making the rows": make_rows,
}


def measured(name: str, path: Path, rows: int) -> tuple[float, float, float]:
    """Seconds, processor seconds and peak MiB of one piece of work in a process of its own."""
    command = [sys.executable, __file__, "--one", name, str(path), str(rows)]
    answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return answer["seconds"], answer["cpu"], answer["peak"]


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "企业.xlsx"
        # In a child too: a process inherits the peak memory of the one that starts it.
        subprocess.run([sys.executable, __file__, "--make", str(path), str(rows)], check=True)
        print(f"{rows} rows × {len(FIELDS)} columns, {path.stat().st_size / 2**20:.1f} MiB")
        for name in WORK:
            runs = [measured(name, path, rows) for _ in range(RUNS)]
            seconds, cpu, peak = (statistics.median(one) for one in zip(*runs, strict=True))
            print(f"{name:<36}{seconds:8.2f} s{cpu:8.2f} s cpu{peak:7.0f} MiB", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--make"]:
        write_roster(Path(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1:2] == ["--one"]:
        start, cpu = time.perf_counter(), time.process_time()
        WORK[sys.argv[2]](Path(sys.argv[3]), int(sys.argv[4]))
        took = time.perf_counter() - start
        busy = time.process_time() - cpu
        print(
            json.dumps(
                {"seconds": took, "cpu": busy, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
            )
        )
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
