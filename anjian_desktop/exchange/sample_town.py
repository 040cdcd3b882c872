"""The sample town's roster workbook, with all the mess of a real one; the same seed gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from anjian_desktop.exchange import sample_names
from anjian_desktop.exchange.sample_mistakes import Firm, Formula, spoil

ENTERPRISES, VILLAGES, DEPARTMENTS = "企业", "村居", "部门"
"""The sheets' names."""

_HEADINGS = (
    ("序号", 5), ("企业\n名称", 30), ("统一社会信用代码", 22), ("所属村", 10), ("经营地址", 24), ("法定代表人", 10), ("主要负责人", 10),
    ("联系电话\n（手机）", 18), ("安全管理员", 10), ("安管员电话", 14), ("从业人员", 8), ("行业代码", 8), ("规模", 6), ("行业领域", 16),
    ("经营状态", 8), ("成立时间", 14), ("备注", 14),
)  # fmt: skip
_VILLAGE_COLUMN = 3
_PHANTOM_ROWS = 1_400
_FIRST_DAY = date(2004, 3, 1)


@dataclass(frozen=True)
class ExpectedProblem:
    """A row that an import must refuse: Excel's row number on the sheet 企业, the field's key, the words."""

    row: int
    key: str
    problem: str


@dataclass(frozen=True)
class SampleTown:
    """What was written: rows that import, rows that must be refused and why, rows that are no data."""

    path: Path
    good: int
    bad: int
    villages: int
    departments: int
    problems: tuple[ExpectedProblem, ...]
    skipped_rows: tuple[int, ...]
    """Titles, totals and notes on the sheet 企业."""


def make_sample_workbook(
    path: Path, *, enterprises: int = 1100, bad: int = 25, villages: int = 40, departments: int = 30, seed: int = 990001
) -> SampleTown:
    """Write the workbook to `path`: sheets 企业, 村居, 部门. Every good enterprise is in operation (due an agreement)."""
    import xlsxwriter  # for the demo only

    random = Random(seed)
    places = sample_names.village_names(villages)
    blocks = _blocks(random, places, enterprises, bad)
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_numbers": False})
    book.set_properties({"title": "示例镇名册（虚构）", "created": datetime(2026, 1, 5)})
    town = _write_enterprises(book, blocks)
    _write_villages(book, random, places)
    _write_departments(book, random, departments)
    book.close()
    return SampleTown(path, enterprises, bad, villages, departments, *town)


def _blocks(random: Random, places: Sequence[str], count: int, bad: int) -> list[tuple[str, list[Firm]]]:
    """The firms of each village, bad ones among them."""
    blocks: list[tuple[str, list[Firm]]] = [(place, []) for place in places]
    weights = [1 + random.random() * 2 for _ in places]
    for number in range(count):
        place, firms = blocks[number] if number < len(blocks) else random.choices(blocks, weights)[0]
        firms.append(_firm(random, number, place))
    for number in range(bad):
        place, firms = blocks[(number * 7 + 3) % len(blocks)]
        broken = _firm(random, count + number, place)
        earlier = next((one for one in firms if one.code and one.broken is None), None)
        spoil(broken, number, earlier)
        firms.insert(random.randint(1, len(firms)) if firms else 0, broken)
    for _, firms in blocks:  # the repetition stands below what it repeats
        for one in [one for one in firms if one.repeats is not None]:
            firms.remove(one)
            firms.append(one)
    return blocks


def _firm(random: Random, number: int, place: str) -> Firm:
    name, company, flags, industry = sample_names.firm(random, number, place)
    code = None if not company and number % 6 == 3 else sample_names.credit_code(100_001 + number, company=company)
    if number == 17:
        name = sample_names.LONGEST_NAME
    owner = sample_names.person(random)
    officer = sample_names.person(random) if company or number % 2 else None
    day = _FIRST_DAY + timedelta(days=random.randrange(7_300))
    cells: list[Any] = [
        None,
        _messy(name, number, _NAME_HABITS),
        None if code is None else _messy(code, number, _CODE_HABITS),
        place,
        f"示例镇{place}{random.choice(('东街', '西街', '工业路', '振兴路', '大街'))}{random.randint(1, 180)}号",
        owner if company or number % 3 else None,
        owner if number % 4 else sample_names.person(random),
        _messy(f"139000{number % 100_000:05d}", number, _PHONE_HABITS),
        officer,
        f"138000{number % 100_000:05d}" if officer else None,
        _messy(str(random.choice((1, 2, 3, 5, 8, 12, 18, 26, 45, 80, 160, 320))), number, _COUNT_HABITS),
        industry,
        random.choice(("大型", "中型", "小型", "小型", "小型")) if company else "微型",
        "、".join(flags) or None,
        "在营" if number % 9 else None,
        _messy_day(day, number),
        ("", "", "", "", "规上", "=2025年新增", "负责人住在镇上")[number % 7] or None,
    ]
    return Firm(cells, code)


Habit = Callable[[str], Any]
_NAME_HABITS: tuple[Habit, ...] = (
    str, str, str, lambda t: f"  {t}", lambda t: t.replace("（", "(").replace("）", ")"), lambda t: f"{t}\u3000", str, str, str, str, str,
)  # fmt: skip
_CODE_HABITS: tuple[Habit, ...] = (
    str, str, str, str, str.lower, lambda t: f" {t} ", lambda t: f"{t[:4]} {t[4:8]} {t[8:12]} {t[12:]}", lambda t: f"'{t}", str, str,
    lambda t: "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in t), str, str,
)  # fmt: skip
_PHONE_HABITS: tuple[Habit, ...] = (
    str, str, int, lambda t: f"+86 {t[:3]}-{t[3:7]}-{t[7:]}", lambda t: f"{t[:3]} {t[3:7]} {t[7:]}", str, int,
    lambda t: "".join(chr(ord(c) + 0xFEE0) for c in t), lambda t: f"0999-86{t[-5:]}", str, lambda t: f"{t}、0999-86{t[-5:]}",
)  # fmt: skip
_COUNT_HABITS: tuple[Habit, ...] = (int, int, int, str, lambda t: f"{t}人", float, int)


def _messy(text: str, number: int, habits: Sequence[Habit]) -> Any:
    return habits[number % len(habits)](text)


def _messy_day(day: date, number: int) -> Any:
    spellings = (
        day,
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{day.year}/{day.month}/{day.day}",
        day,
        (day - date(1899, 12, 30)).days,
        None,
    )
    return spellings[number % len(spellings)]


def _write_enterprises(
    book: Any, blocks: Sequence[tuple[str, list[Firm]]]
) -> tuple[tuple[ExpectedProblem, ...], tuple[int, ...]]:
    sheet = book.add_worksheet(ENTERPRISES)
    title = book.add_format({"bold": True, "font_size": 18, "align": "center"})
    bold = book.add_format({"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1})
    cell = book.add_format({"border": 1})
    group = book.add_format({"border": 1, "align": "center", "valign": "vcenter"})
    day = book.add_format({"border": 1, "num_format": 'yyyy"年"m"月"d"日"'})
    last = len(_HEADINGS) - 1
    sheet.merge_range(0, 0, 0, last, "示例镇生产经营单位安全生产基本情况名册", title)
    sheet.merge_range(1, 0, 1, last, "（2026年度）", title)
    sheet.merge_range(2, 0, 2, 5, "填报单位：示例镇应急管理办公室")
    sheet.merge_range(2, 6, 2, last, "填报日期：2026年1月5日")
    for column, (heading, width) in enumerate(_HEADINGS):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, heading, bold)
    row, number = 4, 0
    problems: list[ExpectedProblem] = []
    skipped = [1, 2, 3]
    for place, firms in blocks:
        first = row
        for one in firms:
            number += 1
            one.row = row + 1
            one.cells[0] = number
            for column, value in enumerate(one.cells):
                if column != _VILLAGE_COLUMN:
                    _write(sheet, row, column, value, cell, day)
            row += 1
        if len(firms) > 1:
            sheet.merge_range(first, _VILLAGE_COLUMN, row - 1, _VILLAGE_COLUMN, place, group)
        elif firms:
            sheet.write_string(first, _VILLAGE_COLUMN, place, group)
        if firms:
            sheet.write_string(row, 1, f"{place}小计", bold)
            sheet.write_string(row, 2, f"{len(firms)}家", bold)
            skipped.append(row + 1)
            row += 1
    for _, firms in blocks:
        problems.extend(_expected(one) for one in firms if one.broken is not None)
    sheet.write_string(row, 0, "合计", bold)
    sheet.write_number(row, 2, number, bold)
    sheet.merge_range(row + 1, 0, row + 1, last, "备注：本表所列单位、人员、号码均为虚构。")
    sheet.write_string(row + 2, 1, "填表人：示例")
    skipped += [row + 1, row + 2, row + 3]
    for phantom in range(row + 3, row + 3 + _PHANTOM_ROWS):
        for column in range(len(_HEADINGS)):
            sheet.write_blank(phantom, column, None, cell)
    sheet.freeze_panes(4, 2)
    return tuple(sorted(problems, key=lambda one: one.row)), tuple(skipped)


def _expected(one: Firm) -> ExpectedProblem:
    assert one.broken is not None
    key, text = one.broken
    return ExpectedProblem(one.row, key, text.format(n=one.repeats.row) if one.repeats else text)


def _write(sheet: Any, row: int, column: int, value: Any, cell: Any, day: Any) -> None:
    if value is None:
        sheet.write_blank(row, column, None, cell)
    elif isinstance(value, Formula):
        sheet.write_formula(row, column, value.text, cell, value.shown)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, cell)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), day)
    else:
        sheet.write_string(row, column, value, cell)


def _write_villages(book: Any, random: Random, places: Sequence[str]) -> None:
    sheet = book.add_worksheet(VILLAGES)
    bold = book.add_format({"bold": True, "align": "center", "border": 1})
    sheet.merge_range(0, 0, 0, 4, "示例镇村（社区）一览表", bold)
    for column, (heading, width) in enumerate(
        (("序号", 5), ("管区", 14), ("村名", 14), ("负责人", 10), ("联系电话", 16))
    ):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, heading, bold)
    size = -(-len(places) // len(sample_names.AREAS))
    for number, place in enumerate(places):
        sheet.write_number(number + 2, 0, number + 1)
        sheet.write_string(number + 2, 2, place)
        sheet.write_string(number + 2, 3, sample_names.person(random))
        sheet.write_string(number + 2, 4, f"137000{number:05d}")
    for index, area in enumerate(sample_names.AREAS):
        first, end = index * size + 2, min((index + 1) * size, len(places)) + 2
        if end - first > 1:
            sheet.merge_range(first, 1, end - 1, 1, area, bold)
        elif end - first == 1:
            sheet.write_string(first, 1, area, bold)


def _write_departments(book: Any, random: Random, count: int) -> None:
    sheet = book.add_worksheet(DEPARTMENTS)
    bold = book.add_format({"bold": True, "align": "center", "border": 1})
    for column, (heading, width) in enumerate((("序号", 5), ("部门名称", 24), ("负责人", 10), ("联系电话", 16))):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    for number, name in enumerate(sample_names.department_names(count)):
        sheet.write_number(number + 1, 0, number + 1)
        sheet.write_string(number + 1, 1, name)
        sheet.write_string(number + 1, 2, sample_names.person(random))
        sheet.write_string(number + 1, 3, f"136000{number:05d}")
