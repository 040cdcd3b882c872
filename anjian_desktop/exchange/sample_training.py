"""The sample town's lists of workers, trainings and certificates, as untidy as real ones; the same seed gives the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from anjian_desktop.domain.identity import identity_number_check
from anjian_desktop.exchange import sample_names

WORKERS, TRAININGS, CERTIFICATES = "从业人员", "培训记录", "证书"
"""The sheets' names."""

_LEVELS = (("公司级", "厂级"), ("车间级", "车间"), ("班组级", "班组"))
_POSTS = (
    ("焊工", "一车间", "焊接与热切割作业"), ("电工", "设备部", "低压电工作业"), ("操作工", "一车间", None),
    ("包装工", "二车间", None), ("仓管员", "仓库", None), ("检验员", "质检部", None),
)  # fmt: skip


@dataclass(frozen=True)
class SampleTraining:
    """What was written: rows that go in, and rows that must be refused (one of each kind)."""

    path: Path
    workers: int
    trainings: int
    certificates: int
    refused: int


@dataclass(frozen=True)
class _Person:
    name: str
    number: str
    post: str
    workshop: str
    item: str | None
    hired: date


def make_sample_training(
    path: Path, units: Sequence[str], *, each: int = 10, newcomers: int = 0, today: date, seed: int = 990001
) -> SampleTraining:
    """Write sheets 从业人员 (group rows), 培训记录, 证书 for these units with `each` workers; days count back from `today`.

    The first unit has `newcomers` besides, hired this week and not yet trained. One worker has an impossible birthday, one
    training has 72 hours in a day: both must be refused. The last unit trained everybody in all three levels on one day,
    each with a mark of 100: that goes in and is told (T7, T16).
    """
    import xlsxwriter  # for the demo only

    random = Random(seed)
    staff = [(unit, [_person(random, n * each + k, k, today) for k in range(each)]) for n, unit in enumerate(units)]
    fresh = [
        replace(_person(random, 900 + k, 2 + k % 4, today), hired=today - timedelta(days=5)) for k in range(newcomers)
    ]
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_numbers": False})
    book.set_properties({"title": "示例镇从业人员和培训台账（虚构）", "created": datetime(2026, 1, 5)})
    bold = book.add_format({"bold": True, "align": "center", "border": 1})
    _write_workers(
        book, bold, [(unit, [*people, *(fresh if n == 0 else ())]) for n, (unit, people) in enumerate(staff)]
    )
    trainings = _write_trainings(book, bold, random, staff)
    certificates = _write_certificates(book, bold, random, staff, today)
    book.close()
    return SampleTraining(path, len(units) * each + newcomers, trainings, certificates, 2)


def _person(random: Random, number: int, place: int, today: date) -> _Person:
    born = date(1968, 1, 1) + timedelta(days=random.randrange(11_000))
    body = f"{sample_names.DIVISION}{born:%Y%m%d}{number % 1000:03d}"
    post, workshop, item = _POSTS[place % len(_POSTS)]
    hired = today - timedelta(days=200 + random.randrange(1_500))
    return _Person(sample_names.person(random), body + identity_number_check(body), post, workshop, item, hired)


def _write_workers(book: Any, bold: Any, staff: Sequence[tuple[str, list[_Person]]]) -> None:
    sheet = book.add_worksheet(WORKERS)
    sheet.merge_range(0, 0, 0, 7, "示例镇重点企业从业人员花名册", bold)
    sheet.write_row(
        1, 0, ("序号", "姓  名", "身份证号码（必填）", "车间", "工种", "是否特种作业", "手机号", "入职时间"), bold
    )
    row = 2
    for unit, people in staff:
        sheet.merge_range(row, 0, row, 7, f"{unit}（共{len(people)}人）", bold)
        row += 1
        for n, one in enumerate(people, 1):
            number = (
                one.number,
                one.number.lower(),
                f" {one.number}",
                f"{one.number[:6]} {one.number[6:14]} {one.number[14:]}",
            )
            special = "是" if one.item else ("否", "", "无")[n % 3]
            day = (one.hired.isoformat(), f"{one.hired.year}.{one.hired.month}.{one.hired.day}", f"{one.hired:%Y%m%d}")
            sheet.write_row(
                row, 0, (n, one.name, number[n % 4], one.workshop, one.post, special, f"1390000{row:04d}", day[n % 3])
            )
            row += 1
    bad = sample_names.DIVISION + "19850231001"
    sheet.write_row(
        row, 0, ("", "错示例", bad + identity_number_check(bad), "一车间", "操作工", "否", "", "2025-03-03")
    )


def _write_trainings(book: Any, bold: Any, random: Random, staff: Sequence[tuple[str, list[_Person]]]) -> int:
    sheet = book.add_worksheet(TRAININGS)
    sheet.write_row(
        0, 0, ("身份证号", "姓名", "单位名称", "培训级别", "培训时间", "课时", "考核成绩", "培训内容"), bold
    )
    row = 1
    for unit, people in staff:
        if len(staff) > 1 and unit == staff[-1][0]:
            row = _write_feigned(sheet, row, unit, people)
            continue
        for n, one in enumerate(people):
            taken = 0 if n % 10 == 9 else 2 if n % 10 == 8 else 3  # one untrained, one without the third level
            for step, spellings in enumerate(_LEVELS[:taken]):
                day = one.hired + timedelta(days=1 + step)
                mark: object = random.randint(80, 98) if (n + step) % 7 else "合格"
                hours = ("8学时", 8, 8)[n % 3]
                sheet.write_row(
                    row,
                    0,
                    (one.number, one.name, unit, spellings[n % 2], day.isoformat(), hours, mark, "规章制度、岗位风险"),
                )
                row += 1
    unit, people = staff[0]
    one = people[0]
    sheet.write_row(row, 0, (one.number, one.name, unit, "公司级", one.hired.isoformat(), 72, 100, "一天学完"))
    return row - 1


def _write_feigned(sheet: Any, row: int, unit: str, people: Sequence[_Person]) -> int:
    """All three levels of everybody on one day, everybody with 100: what penalty cases are made of."""
    day = (max(one.hired for one in people) + timedelta(days=1)).isoformat()
    for _, spelling in _LEVELS:
        for one in people:
            sheet.write_row(row, 0, (one.number, one.name, unit, spelling, day, 8, 100, "集中学习"))
            row += 1
    return row


def _write_certificates(
    book: Any, bold: Any, random: Random, staff: Sequence[tuple[str, list[_Person]]], today: date
) -> int:
    sheet = book.add_worksheet(CERTIFICATES)
    sheet.write_row(
        0, 0, ("姓名", "身份证号", "证书类别", "准操项目", "证号", "有效期起", "有效期至", "复审日期"), bold
    )
    row = 1
    for n, (_, people) in enumerate(staff):
        for one in people:
            if one.item is None or n % 7 == 6:  # some units' holders bring no certificate
                continue
            end = today + timedelta(days=random.choice((-40, 12, 45, 80, 400, 900, 1_300)))
            start = _years_before(end, 6) + timedelta(days=1)
            again = _years_before(end, 3) if row % 5 else None
            sheet.write_row(
                row, 0,
                (one.name, one.number, "特种作业操作证", one.item, f"T{one.number}", start.isoformat(), end.isoformat(),
                 again.isoformat() if again and again <= today else None),
            )  # fmt: skip
            row += 1
    return row - 1


def _years_before(day: date, years: int) -> date:
    return date(day.year - years, day.month, min(day.day, 28))
