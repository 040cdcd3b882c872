"""Small rosters as clerks keep them, with fictitious units of division 990001."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from support.offices import credit_code


def enterprise_roster(file: Path, *, good: int = 6, bad: bool = True) -> Path:
    """A title row, a blank row, headings, `good` rows, two bad ones, a total; a column nobody knows."""
    book = Workbook()
    sheet = book.active
    sheet.title = "企业名册"
    sheet.append(["示例镇2026年企业名册"])
    sheet.append([])
    sheet.append(
        ["序号", "单位名称", "统一社会信用代码", "所属村", "主要负责人", "联系电话", "职工人数", "成立时间", "旧档号"]
    )
    for n in range(1, good + 1):
        village = ("东河村", "西山村")[n % 2]
        sheet.append(
            [
                n,
                f"示例{n}号化工有限公司",
                credit_code(n),
                village,
                f"赵{n}",
                "13900001234",
                10 + n,
                "2020.3.5",
                f"档{n}",
            ]
        )
    if bad:
        wrong = credit_code(90)[:-1] + ("0" if credit_code(90)[-1] != "0" else "1")
        sheet.append([good + 1, "示例错码有限公司", wrong, "东河村", "钱一", "13900001234", 5, "2021-01-01", ""])
        sheet.append(
            [good + 2, "示例错号有限公司", credit_code(91), "东河村", "孙一", "12900001234", 5, "2021-13-01", ""]
        )
    sheet.append(["合计", None, None, None, None, None, 99])
    book.save(file)
    return file


def village_roster(file: Path, names: tuple[str, ...] = ("东河村", "西山村", "南沟村")) -> Path:
    """Villages with their heads."""
    book = Workbook()
    sheet = book.active
    sheet.append(["村名", "管区", "负责人", "联系电话"])
    for name in names:
        sheet.append([name, "东河管区", "周一", "13900005678"])
    book.save(file)
    return file


def whole_town(file: Path) -> Path:
    """One workbook of three sheets: enterprises first, then departments and villages."""
    book = Workbook()
    sheet = book.active
    sheet.title = "企业"
    sheet.append(["示例镇企业名册"])
    sheet.append(["企业名称", "统一社会信用代码", "所属村", "主要负责人"])
    for n in range(1, 5):
        sheet.append([f"示例{n}号机械厂", credit_code(n), ("东河村", "西山村")[n % 2], f"赵{n}"])
    other = book.create_sheet("部门")
    other.append(["部门名称", "负责人", "联系电话"])
    other.append(["示例中心小学", "周一", "13900005678"])
    other = book.create_sheet("村居")
    other.append(["村名", "管区", "负责人"])
    for name in ("东河村", "西山村", "南沟村"):
        other.append([name, "东河管区", "吴一"])
    book.save(file)
    return file


def sheets_by_village(file: Path, villages: tuple[str, ...] = ("东河村", "西山村", "南沟村")) -> Path:
    """A sheet for each village, named after it, without a column for it; one wrong code in the last."""
    book = Workbook()
    book.remove(book.active)
    n = 0
    for village in villages:
        sheet = book.create_sheet(village)
        sheet.append([f"{village}企业名册"])
        sheet.append(["序号", "企业名称", "信用代码", "负责人"])
        for place in (1, 2):
            n += 1
            sheet.append([place, f"示例{n}号机械厂", credit_code(n), f"赵{n}"])
    sheet.cell(4, 3, "91990001MA00000158")
    book.save(file)
    return file
