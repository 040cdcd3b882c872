"""A town of 30,000 workers and 120,000 records from workbooks with group rows: status equals a slow, obvious recomputation."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from pathlib import Path

import xlsxwriter
from support.training import person_number

from anjian_desktop.ledgers.organization import Enterprise
from anjian_desktop.services import maintenance, training
from anjian_desktop.services.office import create_office
from anjian_desktop.services.person_imports import import_list

WORKERS, UNITS = 30_000, 1_100
LEVELS = ("公司级", "厂级", "车间级", "班组级", "年度再培训")


def book(path: Path, rows: list[list[object]]) -> Path:
    made = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = made.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    made.close()
    return path


def test_the_town_stands_as_counted_by_hand(tmp_path: Path) -> None:
    chance = random.Random(20261123)
    office = create_office(tmp_path / "data", name="示例镇安监办", today=date(2026, 11, 23))
    with office.db.transaction("企业") as tx:
        flags = [("危险化学品",) if n % 9 == 0 else () for n in range(UNITS)]
        units = [{"name": f"第{n}号机械厂", "status": "在营", "flags": flags[n]} for n in range(UNITS)]
        tx.add_many(Enterprise, units)
    numbers = [person_number(n) for n in range(WORKERS)]
    roster: list[list[object]] = [["示例镇从业人员花名册"], ["序号", "姓  名", "身份证号码（必填）", "工种"]]
    for unit in range(UNITS):
        members = range(unit, WORKERS, UNITS)
        roster.append([f"第{unit}号机械厂（共{len(members)}人）"])
        roster += [[n, f"张{person}", numbers[person], "操作工"] for n, person in enumerate(members, 1)]
    told = import_list(office, "worker", book(tmp_path / "人员.xlsx", roster))
    assert (told.counts["new"], told.counts["refused"]) == (WORKERS, 0)
    taken: dict[str, list[tuple[str, date, int]]] = {}
    rows: list[list[object]] = [["身份证号", "培训级别", "培训日期", "课时", "成绩"]]
    for person in range(WORKERS):
        for level in chance.sample(LEVELS, 4):
            day = date(2026 if level == "年度再培训" else 2025, 4 if level == "厂级" else 3, chance.randint(1, 28))
            mark = chance.randint(70, 100)
            rows.append([numbers[person], level, day.isoformat(), 8, mark])
            taken.setdefault(numbers[person], []).append((level, day, mark))
    told = import_list(office, "training_record", book(tmp_path / "培训.xlsx", rows))
    assert (told.counts["new"], told.counts["refused"]) == (4 * WORKERS, 0)
    found = training.status(office, everyone=True)
    assert len(found.workers) == WORKERS
    for one in found.workers:
        person = int(one.name.removeprefix("张"))
        needed = 72 if (person % UNITS) % 9 == 0 else 24
        records = [("公司级" if level == "厂级" else level, day, mark) for level, day, mark in taken[numbers[person]]]
        three = [record for record in records if record[0] != "年度再培训"]
        hours = 8 * len(three)
        passed = {level for level, _, mark in three if mark >= 80}
        missing = {"公司级": "company", "车间级": "workshop", "班组级": "team"}
        assert one.standing.half_hours == 2 * hours and one.standing.required == 2 * needed
        assert {level.value for level in one.standing.missing_levels} - {"retraining"} == {
            key for label, key in missing.items() if label not in passed
        }
        orders = [
            (a, b, c)
            for first, a, x in three for second, b, y in three for third, c, z in three
            if (first, second, third) == ("公司级", "车间级", "班组级") and min(x, y, z) >= 80 and a <= b <= c
        ]  # fmt: skip
        days = [day for _, day, _ in records]
        assert one.standing.fit == (bool(orders) and hours >= needed and len(days) == len(set(days)))
    # The kept summary's figures are those of the persons one by one.
    told = training.overview(office)
    assert told.total.active == WORKERS
    assert told.total.complete == sum(one.standing.is_complete for one in found.workers)
    assert told.figures["lacks"] == sum(one.standing.lacks for one in found.workers) == training.status(office).lacking
    complete = Counter(one.enterprise for one in found.workers if one.standing.is_complete)
    assert {one.name: one.coverage.complete for one in told.enterprises} == {
        f"第{n}号机械厂": complete[f"第{n}号机械厂"] for n in range(UNITS)
    }  # fmt: skip
    assert maintenance.summary_differs(office) == []
    office.close()
