"""Lists of units headed as reporting systems, fire, chemical, dust and township lists head them, in the dress clerks give them.

The headings were looked up in programs and forms in use, not in this program's own word list: see which are understood.
A heading's truth is a field's key, "" for one that is no field of an enterprise, "?" where either reading is fair.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from xml.sax.saxutils import escape

import openpyxl
from headings.corpus import RosterFile
from openpyxl.styles import Border, Side

from anjian_desktop.exchange.sample_names import credit_code
from anjian_desktop.ledgers.base import fields_of
from anjian_desktop.ledgers.fields import Field, Kind
from anjian_desktop.ledgers.organization import Enterprise

LAYOUTS: tuple[str, ...] = (
    "企业名称=name 统一社会信用代码=credit_code 法定代表人=legal_representative 单位联系方式=? 注册地址=registered_address 企业编码= 从业人数=worker_count "
    "单位负责人=principal 负责人手机号=principal_phone 安全负责人=safety_officer 安全负责人手机号=safety_officer_phone 单位规模=size 成立时间=established_on "
    "营业状态=status 安全生产标准化等级=standard_level 公司类型= 行业类型=industry",
    "企业名称=name 统一社会信用代码=credit_code 组织机构代码= 具体地址（工商注册）=registered_address 法定代表人=legal_representative 主要负责人姓名=principal "
    "主要负责人电话=principal_phone 单位类型= 经度=longitude 纬度=latitude",
    "单位名称=name 详细地址=address 企业法人姓名=legal_representative 企业法人电话=legal_representative_phone 单位联系人=? 单位联系电话=principal_phone 单位性质= 是否重点单位=",
    "企业名称=name 地址=address 行业分类及行业代码=industry 职工人数=worker_count 企业主要负责人=principal 企业主要负责人电话=principal_phone "
    "分管安全负责人=safety_deputy 分管安全负责人电话=safety_deputy_phone 主要产品和生产规模=? 风险等级=risk_level",
    "管道名= 管道类别= 企业名称=name 企业性质= 企业地址=address 境内里程= 法人代表=legal_representative 安全负责人=safety_officer 安全负责人电话=safety_officer_phone 是否运行=?",
    "企业名称=name 电话=principal_phone 传真= 邮政编码= 员工人数=worker_count 占地面积（㎡）=land_area 建筑面积（㎡）=floor_area 安全负责人=safety_officer "
    "安全负责人电话=safety_officer_phone 安全管理人员数= 安全标准化等级=standard_level 主要产品=products",
    "从业人数=worker_count 资产总额= 利润总额= 企业名称=name 邮政编码= 统一社会信用代码=credit_code 企业联系电话=principal_phone 企业通信地址=?",
    "企业名称=name 统一社会信用代码=credit_code 法定代表人=legal_representative 注册资本(万元)= 行业=industry 省份= 城市=",
    "序号= 企业名称=name 统一社会信用代码=credit_code 企业类型= 联系人=? 联系电话=principal_phone 申请时间= 当前状态=? 备注=note",
    "企业名称=name 社会统一信用代码=credit_code 曾用名= 公司法人=legal_representative 区域=? 录入时间= 公司股东= 企业联系方式=principal_phone",
    "机构名称=name 社会统一代码=credit_code 省的名称= 市的名称= 区的名称= 注册地址=registered_address 机构类型= 电子邮箱= 手机号码=principal_phone",
    "企业编码= 企业名称=name 社会统一信用代码=credit_code 企业简称=short_name 法定代表人=legal_representative 企业负责人姓名=principal 企业负责人电话=principal_phone "
    "企业负责人邮箱= 所在地区（地区选择）=? 详细地址（手填）=address 经度=longitude 纬度=latitude 企业状态=status 企业规模=size 企业类型=",
    "序号= 企业名称=name 年份= 是否公告= 标准化级别=standard_level 地块编号=",
    "企业名称=name 所属乡镇= 主营产品=products 企业地址=address 联系人=? 联系方式=principal_phone",
    "企业名称=name 统一社会信用代码=credit_code 主要负责人=principal 主要负责人电话=principal_phone 安全负责人=safety_officer 安全负责人手机=safety_officer_phone "
    "区域负责人= 区域负责人手机= 检查周期=",
    "企业名称=name 经营许可证字号= 运营类型= 所属地市= 法人电话=legal_representative_phone 企业安全负责人=safety_officer 企业安全负责人电话=safety_officer_phone",
    "单位名称=name 统一社会信用代码=credit_code 地址=address 联系电话=principal_phone 邮编= 主要负责人姓名=principal 职务= 所属管辖=?",
    "公司注册名称=name 统一社会信用代码=credit_code 法定代表人=legal_representative 企业负责人=principal 企业负责人电话=principal_phone 企业成立时间=established_on "
    "经营期限= 注册资本=",
    "企业名称=name 企业简称=short_name 主要负责人姓名=principal 主要负责人电话=principal_phone 企业地址=address",
    "序号= 场所名称=name 场所类别=premises_kind 经营者=? 联系电话=principal_phone 场所面积=? 详细地址=address 所属村居=village",
    "序号= 村居=village 网格=grid 门店名称=name 经营者姓名=? 手机号=principal_phone 经营范围= 门牌号=",
    "序号= 企业名称=name 所属行业=industry 涉爆粉尘种类= 涉粉作业人数= 主要负责人=principal 联系电话=principal_phone 安全管理人员=safety_officer 备注=note",
    "序号 = 企业名称=name 企业地址=address 有限空间数量= 有限空间名称= 负责人=principal 手机=principal_phone",
    "单位详细名称=name 统一社会信用代码=credit_code 行政区划代码= 法定代表人（单位负责人）=legal_representative 固定电话=? 移动电话=? 行业代码=industry "
    "从业人员期末人数=worker_count 单位规模=size",
    "序号= 所在管区=area 所在村=village 单位全称=name 主管部门= 主要负责人=principal 电话=principal_phone 职工数=worker_count 是否规上=above_scale 备注=note",
    "编号= 加油站名称=? 企业名称=name 经营地址=address 站长= 联系电话=principal_phone 证书有效期=",
    "企业名称(全称)=name 统一社会信用代码（营业执照注册号）=credit_code 生产经营地址=address 所属行业（大类）=industry 企业负责人=principal 手机号码=principal_phone "
    "从业人员（人）=worker_count 是否涉及有限空间作业= 是否涉氨=",
    "序号= 单位名称=name 单位地址=address 法人=legal_representative 法人联系电话=legal_representative_phone 安全员=safety_officer 安全员电话=safety_officer_phone "
    "包保领导=? 检查时间=",
    "名称=name 统一社会信用代码=credit_code 类型= 经营者=? 经营场所=address 组成形式= 注册日期=established_on 登记机关= 登记状态=status",
    "序号= 企业名称=name 所在村（社区）=village 责任人=? 责任人电话=? 存在隐患= 整改期限=",
)  # fmt: skip
"""Blank between two columns, heading=truth."""

_FIELDS: dict[str, Field] = {one.key: one for one in fields_of(Enterprise)}
_TITLES = ("附件1：", "重点监管企业台账", "安全生产基础信息统计表（2026年第一季度）", "XX专项整治企业清单")


def layouts() -> Iterator[list[tuple[str, str]]]:
    """Each list's headings with their truth."""
    for text in LAYOUTS:
        pairs = [one.rpartition("=") for one in text.replace("序号 =", "序号=").split(" ")]
        yield [(heading, truth) for heading, _, truth in pairs]


def _value(heading: str, truth: str, n: int) -> object:
    if heading in ("序号", "编号"):
        return n
    one = _FIELDS.get(truth)
    if truth == "name":
        return f"示例{n}号制造有限公司"
    if truth == "credit_code":
        return credit_code(n, company=True)
    if one is None:
        return f"其他{n}"
    if one.kind is Kind.PHONE:
        return f"139{n:08d}"
    if one.kind in (Kind.INTEGER, Kind.DECIMAL):
        return 10 + n
    if one.kind is Kind.DATE:
        return date(2015, 3, 1 + n % 28)
    if one.kind is Kind.YES_NO:
        return "是"
    return "东河村" if truth == "village" else one.choices[0] if one.choices else f"示例{n}"


class _Lines:
    """A list's rows before they are written in some format: what stands above, the heading, the rows."""

    def __init__(self, layout: list[tuple[str, str]], random: Random) -> None:
        self.layout = layout
        self.count = random.randint(4, 18)
        self.above: list[list[object]] = []
        self.heading: list[list[object]] = [[heading for heading, _ in layout]]
        self.rows = [[_value(heading, truth, n) for heading, truth in layout] for n in range(1, self.count + 1)]

    def all(self) -> list[list[object]]:
        return [*self.above, *self.heading, *self.rows]

    def file(self, content: bytes, shape: str, name: str = "名册.xlsx") -> RosterFile:
        truths = dict(enumerate(truth for _, truth in self.layout))
        return RosterFile(
            content,
            len(self.above) + len(self.heading),
            {column: truth for column, truth in truths.items() if truth not in ("", "?")},
            self.count,
            shape,
            name,
            frozenset(column for column, truth in truths.items() if truth == "?"),
        )


def _saved(lines: _Lines, dress: Callable[[openpyxl.Workbook], None] = lambda book: None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in lines.all():
        sheet.append(row)
    dress(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def plain(lines: _Lines, random: Random) -> RosterFile:
    return lines.file(_saved(lines), "plain")


def titled(lines: _Lines, random: Random) -> RosterFile:
    lines.above = [[random.choice(_TITLES[1:])], ["填报单位（盖章）：示例镇", None, None, "填报日期：2026年1月"]]

    def merge(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(lines.layout))

    return lines.file(_saved(lines, merge), "titled")


def deep(lines: _Lines, random: Random) -> RosterFile:
    lines.above = [[_TITLES[0]], [], [_TITLES[3]], ["说明：1.本表由各村填报；2.联系电话填手机号；3.没有的填“无”。"], []]
    lines.rows.append(["合计", f"共{lines.count}家"])
    lines.rows.append(["填表人：甲", None, "审核人：乙"])
    return lines.file(_saved(lines), "deep")


def banded(lines: _Lines, random: Random) -> RosterFile:
    half = max(2, len(lines.layout) // 2)
    lines.heading.insert(0, ["基本情况", *[None] * (half - 1), "安全管理情况"])

    def merge(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=half)
        sheet.merge_cells(start_row=1, end_row=1, start_column=half + 1, end_column=max(half + 1, len(lines.layout)))

    return lines.file(_saved(lines, merge), "band above")


def tall(lines: _Lines, random: Random) -> RosterFile:
    """Every heading merged over two rows, broken into two lines; 1,400 empty rows with a border below."""
    lines.heading = [[one if len(str(one)) < 5 else f"{str(one)[:4]}\n{str(one)[4:]}" for one in lines.heading[0]], []]

    def dress(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        for column in range(1, len(lines.layout) + 1):
            sheet.merge_cells(start_row=1, end_row=2, start_column=column, end_column=column)
        for number in range(lines.count + 3, lines.count + 1403):
            sheet.cell(number, 1).border = Border(left=Side("thin"))

    file = lines.file(_saved_below(lines, dress), "tall, styled")
    return RosterFile(file.content, 1, file.columns, file.rows, file.shape, file.name, file.free)


def _saved_below(lines: _Lines, dress: Callable[[openpyxl.Workbook], None]) -> bytes:
    """With the empty second heading row kept."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate(lines.all(), start=1):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column, value)
    dress(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def several(lines: _Lines, random: Random) -> RosterFile:
    def more(book: openpyxl.Workbook) -> None:
        told = book.create_sheet("填表说明", 0)
        for text in (
            "填表说明",
            "一、请如实填写企业名称、地址和联系电话。",
            "二、统一社会信用代码为18位。",
            "三、报送时间：每月25日前。",
        ):
            told.append([text])
        sums = book.create_sheet("汇总")
        for row in (["村", "企业数", "已检查", "占比"], ["东河村", 12, 8, 0.67], ["西河村", 9, 9, 1]):
            sums.append(row)

    return lines.file(_saved(lines, more), "several sheets")


def starred(lines: _Lines, random: Random) -> RosterFile:
    lines.heading = [[f"*{one}" if random.random() < 0.5 else f"{one}（必填）" for one in lines.heading[0]]]
    lines.above = [["红色*为必填项"]]
    return lines.file(_saved(lines), "starred")


def csv_of_excel(lines: _Lines, random: Random) -> RosterFile:
    lines.above = [[_TITLES[1]]]
    mark = random.choice((",", "\t", ";"))
    text = "\r\n".join(mark.join("" if cell is None else str(cell) for cell in row) for row in lines.all()) + "\r\n"
    encoding = random.choice(("gb18030", "utf-8-sig", "utf-8"))
    return lines.file(text.encode(encoding), f"csv {mark!r} {encoding}", "名册.csv")


def xml_2003(lines: _Lines, random: Random) -> RosterFile:
    """XML 表格 2003, as Excel and reporting systems still save it under .xls."""
    lines.above = [[_TITLES[2]]]

    def cell(value: object) -> str:
        if isinstance(value, date):
            return f'<Cell><Data ss:Type="DateTime">{value.isoformat()}T00:00:00.000</Data></Cell>'
        kind = "Number" if isinstance(value, int) else "String"
        return f'<Cell><Data ss:Type="{kind}">{escape(str(value))}</Data></Cell>'

    rows = "".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in lines.all())
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="企业"><Table>{rows}</Table></Worksheet></Workbook>'
    )
    return lines.file(text.encode(), "XML 2003", "名册.xls")


SHAPES: tuple[Callable[[_Lines, Random], RosterFile], ...] = (
    plain, titled, deep, banded, tall, several, starred, csv_of_excel, xml_2003,
)  # fmt: skip


def found_files() -> Iterator[RosterFile]:
    """Every list in every dress."""
    for number, layout in enumerate(layouts()):
        for place, shape in enumerate(SHAPES):
            random = Random(number * 100 + place)
            yield shape(_Lines(layout, random), random)
