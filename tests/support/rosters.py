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
