"""一企一档: what the office may know of an enterprise beyond what it is listed by; every field is optional."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from anjian_desktop.ledgers.fields import Kind, declare


class EnterpriseFile:
    """Columns of the enterprise table, grouped as a form shows them; those that are seldom filled are `rare`."""

    short_name: Mapped[str | None] = declare("简称", max_length=30, searched=True, in_grid=False, rare=True)
    premises_number: Mapped[str | None] = declare("场所编号", max_length=40, searched=True, in_grid=False, rare=True)
    operator: Mapped[str | None] = declare("经营者", max_length=40, searched=True, width=6, in_grid=False, rare=True)
    """With number and address what tells a stall or rented house without a credit code."""
    status_reason: Mapped[str | None] = declare("状态变更原因", max_length=100, in_grid=False, rare=True)
    grid: Mapped[str | None] = declare(
        "网格", aliases=("所属网格",), max_length=40, width=6, group="场所", in_grid=False, rare=True
    )
    longitude: Mapped[Decimal | None] = declare(
        "经度", Kind.DECIMAL, minimum=-180, maximum=180, decimals=6, width=6, group="场所", in_grid=False, rare=True
    )
    latitude: Mapped[Decimal | None] = declare(
        "纬度", Kind.DECIMAL, minimum=-90, maximum=90, decimals=6, width=6, group="场所", in_grid=False, rare=True
    )
    landlord: Mapped[str | None] = declare(
        "出租方", aliases=("房东",), max_length=60, width=10, group="场所", in_grid=False, rare=True
    )
    landlord_phone: Mapped[str | None] = declare(
        "出租方电话",
        Kind.PHONE,
        aliases=("房东电话",),
        personal=True,
        max_length=60,
        group="场所",
        in_grid=False,
        rare=True,
    )
    land_area: Mapped[Decimal | None] = declare(
        "占地面积（㎡）", Kind.DECIMAL, aliases=("占地面积",), width=6, group="场所", in_grid=False, rare=True
    )
    floor_area: Mapped[Decimal | None] = declare(
        "建筑面积（㎡）", Kind.DECIMAL, aliases=("建筑面积",), width=6, group="场所", in_grid=False, rare=True
    )
    floors: Mapped[int | None] = declare(
        "层数", Kind.INTEGER, maximum=200, width=3, group="场所", in_grid=False, rare=True
    )
    sleeps_on_site: Mapped[bool | None] = declare(
        "是否住人", Kind.YES_NO, width=4, group="场所", in_grid=False, rare=True
    )
    legal_representative_phone: Mapped[str | None] = declare(
        "法定代表人电话",
        Kind.PHONE,
        aliases=("法人电话",),
        personal=True,
        max_length=60,
        group="人员",
        in_grid=False,
        rare=True,
    )
    controller: Mapped[str | None] = declare(
        "实际控制人", max_length=40, searched=True, width=6, group="人员", in_grid=False, rare=True
    )
    controller_phone: Mapped[str | None] = declare(
        "实际控制人电话", Kind.PHONE, personal=True, max_length=60, group="人员", in_grid=False, rare=True
    )
    safety_deputy: Mapped[str | None] = declare(
        "安全分管负责人", aliases=("分管负责人",), max_length=40, width=6, group="人员", in_grid=False, rare=True
    )
    safety_deputy_phone: Mapped[str | None] = declare(
        "分管负责人电话", Kind.PHONE, personal=True, max_length=60, group="人员", in_grid=False, rare=True
    )
    safety_officer_kind: Mapped[str | None] = declare(
        "安管员专兼职",
        Kind.CHOICE,
        choices=("专职", "兼职"),
        max_length=10,
        width=4,
        group="人员",
        in_grid=False,
        rare=True,
    )
    health_officer: Mapped[str | None] = declare(
        "职业卫生管理员", max_length=40, width=6, group="人员", in_grid=False, rare=True
    )
    health_officer_phone: Mapped[str | None] = declare(
        "职业卫生管理员电话", Kind.PHONE, personal=True, max_length=60, group="人员", in_grid=False, rare=True
    )
    workshop_count: Mapped[int | None] = declare(
        "车间数", Kind.INTEGER, maximum=10_000, width=3, group="人员", in_grid=False, rare=True
    )
    team_count: Mapped[int | None] = declare(
        "班组数", Kind.INTEGER, maximum=10_000, width=3, group="人员", in_grid=False, rare=True
    )
    dispatched_count: Mapped[int | None] = declare(
        "派遣人数",
        Kind.INTEGER,
        aliases=("劳务派遣人数",),
        maximum=1_000_000,
        width=4,
        group="人员",
        in_grid=False,
        rare=True,
    )
    intern_count: Mapped[int | None] = declare(
        "实习人数", Kind.INTEGER, maximum=1_000_000, width=4, group="人员", in_grid=False, rare=True
    )
    products: Mapped[str | None] = declare(
        "主要产品", aliases=("产品",), max_length=200, width=12, group="行业", in_grid=False, rare=True
    )
    materials: Mapped[str | None] = declare(
        "主要原料", aliases=("主要原辅料",), max_length=200, width=12, group="行业", in_grid=False, rare=True
    )
    above_scale: Mapped[bool | None] = declare(
        "规上企业", Kind.YES_NO, aliases=("规上", "是否规上"), width=4, group="行业", in_grid=False, rare=True
    )
    """As the statistics office says; never computed."""
    output_value: Mapped[Decimal | None] = declare(
        "年产值（万元）",
        Kind.DECIMAL,
        aliases=("年产值",),
        maximum=1_000_000_000,
        width=6,
        group="行业",
        in_grid=False,
        rare=True,
    )
    revenue: Mapped[Decimal | None] = declare(
        "年营业收入（万元）",
        Kind.DECIMAL,
        aliases=("年营业收入", "营业收入"),
        maximum=1_000_000_000,
        width=6,
        group="行业",
        in_grid=False,
        rare=True,
    )
    major_hazard: Mapped[bool | None] = declare(
        "重大危险源", Kind.YES_NO, aliases=("是否重大危险源",), width=4, group="危险源", in_grid=False, rare=True
    )
    major_hazard_level: Mapped[str | None] = declare(
        "重大危险源级别",
        Kind.CHOICE,
        choices=("一级", "二级", "三级", "四级"),
        max_length=10,
        width=4,
        group="危险源",
        in_grid=False,
        rare=True,
    )
    hazard_r: Mapped[Decimal | None] = declare(
        "R值", Kind.DECIMAL, maximum=100_000, decimals=4, width=4, group="危险源", in_grid=False, rare=True
    )
    """GB 18218: the sum by which a major hazard source gets its level."""
    hazard_filing: Mapped[str | None] = declare(
        "重大危险源备案号", max_length=60, width=8, group="危险源", in_grid=False, rare=True
    )
    hazard_assessed_on: Mapped[date | None] = declare(
        "危险源评估日期", Kind.DATE, width=6, group="危险源", in_grid=False, rare=True
    )
    hazard_next_on: Mapped[date | None] = declare(
        "危险源下次评估日期", Kind.DATE, width=6, group="危险源", in_grid=False, rare=True
    )
    monitored: Mapped[bool | None] = declare(
        "24小时监控", Kind.YES_NO, width=4, group="危险源", in_grid=False, rare=True
    )
    risk_level: Mapped[str | None] = declare(
        "风险等级",
        Kind.CHOICE,
        choices=("红", "橙", "黄", "蓝"),
        max_length=10,
        width=4,
        group="危险源",
        in_grid=False,
        rare=True,
    )
    standard_level: Mapped[str | None] = declare(
        "标准化等级",
        Kind.CHOICE,
        choices=("一级", "二级", "三级", "小微"),
        open_choices=True,
        max_length=20,
        width=4,
        group="管理",
        in_grid=False,
        rare=True,
    )
    standard_number: Mapped[str | None] = declare(
        "标准化证书号", max_length=60, width=8, group="管理", in_grid=False, rare=True
    )
    standard_from: Mapped[date | None] = declare(
        "标准化有效期起", Kind.DATE, width=6, group="管理", in_grid=False, rare=True
    )
    standard_to: Mapped[date | None] = declare(
        "标准化有效期至", Kind.DATE, width=6, group="管理", in_grid=False, rare=True
    )
    standard_score: Mapped[Decimal | None] = declare(
        "标准化得分", Kind.DECIMAL, maximum=1000, width=4, group="管理", in_grid=False, rare=True
    )
    three_simultaneous: Mapped[str | None] = declare(
        "三同时",
        Kind.CHOICE,
        choices=("已完成", "办理中", "未办理", "不需要"),
        open_choices=True,
        max_length=40,
        width=5,
        group="管理",
        in_grid=False,
        rare=True,
    )
    rules: Mapped[str | None] = declare(
        "管理制度清单", Kind.LONG_TEXT, max_length=1000, width=12, group="管理", in_grid=False, rare=True
    )
    plan_number: Mapped[str | None] = declare(
        "应急预案备案号", aliases=("预案备案号",), max_length=60, width=8, group="管理", in_grid=False, rare=True
    )
    plan_filed_on: Mapped[date | None] = declare(
        "预案备案日期", Kind.DATE, width=6, group="管理", in_grid=False, rare=True
    )
    insurance_policy: Mapped[str | None] = declare(
        "安责险保单号", max_length=60, width=8, group="管理", in_grid=False, rare=True
    )
    insurer: Mapped[str | None] = declare(
        "保险公司", aliases=("承保公司",), max_length=60, width=8, group="管理", in_grid=False, rare=True
    )
    insured_sum: Mapped[Decimal | None] = declare(
        "保险金额（万元）",
        Kind.DECIMAL,
        aliases=("保额",),
        maximum=1_000_000_000,
        width=6,
        group="管理",
        in_grid=False,
        rare=True,
    )
    insured_from: Mapped[date | None] = declare("保险期起", Kind.DATE, width=6, group="管理", in_grid=False, rare=True)
    insured_to: Mapped[date | None] = declare(
        "保险期至", Kind.DATE, aliases=("保险到期日",), width=6, group="管理", in_grid=False, rare=True
    )
    expense_rate: Mapped[Decimal | None] = declare(
        "安全费用提取率（%）",
        Kind.DECIMAL,
        aliases=("安全费用提取率",),
        maximum=100,
        width=5,
        group="管理",
        in_grid=False,
        rare=True,
    )
    contact_leader: Mapped[str | None] = declare(
        "联系领导", max_length=40, width=6, group="服务", in_grid=False, rare=True
    )
    contact_cadre: Mapped[str | None] = declare(
        "包保干部", aliases=("包保人",), max_length=40, width=6, group="服务", in_grid=False, rare=True
    )
    contact_cadre_phone: Mapped[str | None] = declare(
        "包保干部电话", Kind.PHONE, personal=True, max_length=60, group="服务", in_grid=False, rare=True
    )
    last_inspected_on: Mapped[date | None] = declare(
        "上次检查日期", Kind.DATE, aliases=("最近检查日期",), width=6, group="服务", in_grid=False, rare=True
    )
    risk_score: Mapped[Decimal | None] = declare(
        "风险得分", Kind.DECIMAL, aliases=("风险评分",), maximum=1000, width=4, group="服务", in_grid=False, rare=True
    )
    next_drill_on: Mapped[date | None] = declare(
        "下次演练日期", Kind.DATE, width=6, group="服务", in_grid=False, rare=True
    )
