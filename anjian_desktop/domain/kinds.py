"""The words offered for a unit's size, sector, premises and status; sources in each docstring."""

from __future__ import annotations

STATUSES = ("在营", "停产", "停业", "筹建", "注销", "迁出")
"""Operating states; only 在营 is due an agreement."""
STATUS_WORDS = {
    "存续": "在营", "在业": "在营", "开业": "在营", "在册": "在营", "正常": "在营", "营业": "在营", "营业中": "在营", "正常营业": "在营",
    "正常经营": "在营", "正常生产": "在营", "生产": "在营", "存续(在营、开业、在册)": "在营", "在营(开业)企业": "在营", "在营(开业)": "在营",
    "歇业": "停业", "已停业": "停业", "关停": "停业", "停产停业": "停产", "已停产": "停产", "在建": "筹建", "筹备": "筹建",
    "已注销": "注销", "迁出外地": "迁出", "已迁出": "迁出",
}  # fmt: skip
"""What the business register and rosters call these states; 吊销 is none of them and has to be decided."""

IN_OPERATION = STATUSES[0]

ENTERPRISE_SIZES = ("大型", "中型", "小型", "微型")
"""统计上大中小微型企业划分办法."""

SUBJECT_KINDS = ("企业", "个体工商户", "农民专业合作社", "事业单位", "民办非企业", "村集体", "机关")

HIGH_HAZARD_FLAGS = ("煤矿", "非煤矿山", "危险化学品", "烟花爆竹", "金属冶炼")
"""The five sectors of 生产经营单位安全培训规定; not the same set as those of 安全生产法 第二十四、二十七条."""

ENTERPRISE_FLAGS = (
    *HIGH_HAZARD_FLAGS, "加油站", "粉尘涉爆", "涉氨制冷", "有限空间", "深井铸造", "喷涂", "锂电储能", "建筑施工", "道路运输", "燃气",
    "特种设备", "人员密集", "九小", "学校幼儿园", "养老医疗", "食品", "仓储物流", "三合一", "出租厂房", "小作坊", "废品收购",
    "油气管线", "校车", "机械加工",
)  # fmt: skip
"""Sector flags: several may hold at once, each on its own."""

PREMISES_KINDS = (
    "小学校（幼儿园）",
    "小医院",
    "小商店",
    "小餐饮",
    "小旅馆",
    "小歌舞娱乐",
    "小网吧",
    "小美容洗浴",
    "小生产加工",
)
"""The classic nine small premises (九小场所)."""

CODE_TABLES = {
    "flag": "行业领域",
    "premises_kind": "九小场所类别",
    "size": "规模",
    "subject_kind": "主体类型",
    "status": "经营状态",
    "industry": "行业代码",
    "certificate_kind": "证书类别",
    "certificate_item": "作业项目",
}
"""The code tables and what the clerk calls them."""

UNIT_ROLES = {
    "principal": "主要负责人",
    "legal_representative": "法定代表人",
    "controller": "实际控制人",
    "safety_deputy": "安全分管负责人",
    "safety_officer": "安全管理员",
    "health_officer": "职业卫生管理员",
}
"""Who answers for safety in a unit: field of the unit -> the role. 安全生产法 第二十一至二十五条."""
