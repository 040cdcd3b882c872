"""Rosters as townships make them: many shapes of heading, each with the truth about where it stands and what it means."""

from __future__ import annotations

import io
from dataclasses import dataclass
from random import Random

import openpyxl
from openpyxl.styles import Border, Side

TITLES = (
    "示例镇生产经营单位基本情况统计表", "2026年度企业安全生产台账", "附件2", "示例镇工贸企业花名册（2025年12月）", "“九小场所”排查登记表",
    "示例镇安全生产监管对象名录库", "企业基础信息采集表",
)  # fmt: skip
NOTES = (
    "填报单位（盖章）：示例镇安监办",
    "填报时间：2026年1月5日          单位：家、人",
    "注：请各村于3月底前报送，电子版发邮箱",
    "填表说明：带*为必填项",
)
WRITTEN: dict[str, tuple[str, ...]] = {
    "name": ("企业名称", "单位名称", "单位全称", "企业（单位）名称", "生产经营单位名称", "公司名称", "企业名称\n（全称）", "市场主体名称", "商户名称", "名    称", "*企业名称", "1.企业名称"),
    "credit_code": ("统一社会信用代码", "信用代码", "社会信用代码", "统一社会信用代码（18位）", "营业执照号", "统一社会信用代码/注册号", "统一社会\n信用代码"),
    "village": ("所属村", "所在村", "村居", "村（社区）", "所属村（社区）", "行政村", "属地村", "村/社区", "所在村（居）"),
    "area": ("管区", "所属管区", "片区", "工作片区"),
    "address": ("地址", "经营地址", "详细地址", "单位地址", "生产经营场所地址", "实际经营地址", "企业地址（具体到门牌号）"),
    "registered_address": ("注册地址", "住所", "工商注册地址", "登记住所"),
    "legal_representative": ("法定代表人", "法人代表", "法人", "企业法人", "法定代表人姓名"),
    "principal": ("主要负责人", "负责人", "企业负责人", "单位负责人", "主要负责人姓名", "安全生产第一责任人"),
    "principal_phone": ("联系电话", "联系方式", "手机号码", "电话", "负责人电话", "联系电话（手机）", "主要负责人联系电话"),
    "safety_officer": ("安全管理员", "安全员", "安全管理人员", "专（兼）职安全员", "安全员姓名"),
    "worker_count": ("从业人数", "从业人员数量", "职工人数", "从业人员（人）", "员工总数", "从业人数/人", "现有职工人数"),
    "size": ("规模", "企业规模", "规模类型", "企业规模（大/中/小/微）"),
    "status": ("经营状态", "生产经营状态", "企业状态", "状态（在营/停业）"),
    "established_on": ("成立日期", "成立时间", "注册日期", "开业时间"),
    "flags": ("行业领域", "重点领域", "监管行业", "行业标志"),
    "note": ("备注", "备  注", "其他说明"),
}  # fmt: skip
"""What each field is called in rosters, by its key."""
FOREIGN = (
    "网格员",
    "微信号",
    "邮政编码",
    "注册资本（万元）",
    "检查日期",
    "包保领导",
    "是否签订",
    "排污许可",
    "经营范围",
    "企业类型",
    "责任科室",
    "身份证号",
)
VALUES = {
    "credit_code": "", "village": "东河村", "area": "城东管区", "address": "东街{n}号", "registered_address": "西街{n}号",
    "legal_representative": "赵{n}", "principal": "钱{n}", "principal_phone": "139{n:08d}", "safety_officer": "孙{n}", "worker_count": 12,
    "size": "小型", "status": "在营", "established_on": "2015-03-05", "flags": "有限空间", "note": "第{n}户",
}  # fmt: skip


@dataclass(frozen=True)
class RosterFile:
    """A workbook's bytes and the truth: the (lower) heading row, the field of each column, how many data rows."""

    content: bytes
    heading_row: int
    columns: dict[int, str]
    rows: int
    shape: str
    name: str = "名册.xlsx"
    free: frozenset[int] = frozenset()
    """Columns that may be read in more than one way."""


def roster_file(random: Random) -> RosterFile:
    """One invented roster."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = random.choice(("Sheet1", "企业", "汇总表", "企业名单"))
    chosen = [key for key in WRITTEN if key != "name" and random.random() < 0.55]
    random.shuffle(chosen)
    chosen.insert(random.randint(0, min(2, len(chosen))), "name")
    above = _above(random)
    for line in above:
        sheet.append(line)
    shape = random.choice(("one row", "one row", "one row", "group row", "people grouped"))
    columns: dict[int, str] = {}
    upper: list[str | None] = []
    lower: list[str | None] = []
    if random.random() < 0.8:
        upper.append("序号")
        lower.append(None)
    persons = {"principal": "principal_phone", "safety_officer": "safety_officer_phone"}
    for key in chosen:
        if random.random() < 0.15:
            upper.append(random.choice(FOREIGN))
            lower.append(None)
        if shape == "people grouped" and key in persons:
            columns[len(upper)], columns[len(upper) + 1] = key, persons[key]
            upper += [random.choice(WRITTEN[key][:2]), None]
            lower += ["姓名", random.choice(("电话", "联系电话", "手机"))]
        elif not (shape == "people grouped" and key == "principal_phone"):
            columns[len(upper)] = key
            upper.append(random.choice(WRITTEN[key]))
            lower.append(None)
    row = len(above) + 1
    grouped = shape == "people grouped" and any(lower)
    if shape == "group row":
        sheet.append(["基本信息"])
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=max(2, len(upper) // 2))
        row += 1
    sheet.append(upper)
    if grouped:
        sheet.append(lower)
        for column, text in enumerate(lower, start=1):
            if text is None and random.random() < 0.9:
                sheet.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)
        row += 1
    numbered = not grouped and random.random() < 0.1
    if numbered:
        sheet.append(list(range(1, len(upper) + 1)))
    rows = random.randint(3, 25)
    for n in range(1, rows + 1):
        cells: list[object] = [None] * len(upper)
        if upper[0] == "序号":
            cells[0] = n
        for column, key in columns.items():
            value = f"示例{n}号厂" if key == "name" else VALUES.get(key, "138{n:08d}")
            cells[column] = value.format(n=n) if isinstance(value, str) else value
        sheet.append(cells)
    if random.random() < 0.3:
        sheet.append(["合计", f"{rows}家"])
    if random.random() < 0.3:
        sheet.append(["填表人：甲    审核人：乙"])
    if random.random() < 0.1:
        for number in range(rows + row + 5, rows + row + 1405):
            sheet.cell(number, 1).border = Border(left=Side("thin"))
    out = io.BytesIO()
    book.save(out)
    return RosterFile(out.getvalue(), row, columns, rows, shape + (", numbered" if numbered else ""))


def _above(random: Random) -> list[list[object]]:
    lines: list[list[object]] = []
    for _ in range(random.choice((0, 1, 1, 2, 2, 3, 9))):
        lines.append([random.choice(TITLES + NOTES)])
    if lines and random.random() < 0.2:
        lines.append([])
    return lines
