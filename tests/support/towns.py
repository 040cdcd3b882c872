"""A regular town as a workbook: every row sound, so that the figures of a year can be foretold."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from support.offices import credit_code

SURNAMES = "赵钱孙李周吴郑王冯陈"


def town_roster(file: Path, *, enterprises: int = 60, villages: int = 4, departments: int = 3) -> Path:
    """Sheets 企业, 村居, 部门 under title rows, as clerks keep them."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "企业"
    sheet.append(["示例镇企业名册"])
    sheet.append(
        ["序号", "企业名称", "统一社会信用代码", "所属村", "经营地址", "主要负责人", "联系电话", "从业人数", "成立日期"]
    )
    for n in range(1, enterprises + 1):
        village = f"示例{n % villages + 1}村"
        sheet.append(
            [
                n,
                f"示例{n}号机械有限公司",
                credit_code(n),
                village,
                f"{village}工业路{n}号",
                SURNAMES[n % 10] + "示例",
                f"139{n:08d}",
                5 + n % 40,
                "2020-03-05",
            ]
        )
    sheet = book.create_sheet("村居")
    sheet.append(["村名", "管区", "负责人", "联系电话"])
    for n in range(1, villages + 1):
        sheet.append([f"示例{n}村", "东管区", "王示例", "13800000001"])
    sheet = book.create_sheet("部门")
    sheet.append(["部门名称", "负责人", "联系电话"])
    for n in range(1, departments + 1):
        sheet.append([f"示例第{n}站", "陈示例", "13800000002"])
    book.save(file)
    return file
