"""Words of safety training: levels, kinds of persons, hours in halves, what the law wants taught at each level."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Level(StrEnum):
    """What a training is for; the first three are 三级安全教育 (生产经营单位安全培训规定 第十二条)."""

    COMPANY = "company"
    WORKSHOP = "workshop"
    TEAM = "team"
    RETRAINING = "retraining"
    TRANSFER = "transfer"
    RETURN = "return"
    NOVELTY = "novelty"
    OUTSIDE = "outside"


LEVEL_LABELS = {
    Level.COMPANY: "公司级",
    Level.WORKSHOP: "车间级",
    Level.TEAM: "班组级",
    Level.RETRAINING: "年度再培训",
    Level.TRANSFER: "转岗",
    Level.RETURN: "复岗",
    Level.NOVELTY: "四新",
    Level.OUTSIDE: "外部",
}

LEVEL_SPELLINGS = {
    "厂级": Level.COMPANY, "厂": Level.COMPANY, "公司": Level.COMPANY, "一级": Level.COMPANY, "矿级": Level.COMPANY,
    "公司（厂）级": Level.COMPANY, "厂（公司）级": Level.COMPANY, "项目部级": Level.COMPANY,
    "车间": Level.WORKSHOP, "二级": Level.WORKSHOP, "工段级": Level.WORKSHOP, "部门级": Level.WORKSHOP,
    "班组": Level.TEAM, "三级": Level.TEAM, "岗位级": Level.TEAM,
    "年度": Level.RETRAINING, "再培训": Level.RETRAINING, "年度培训": Level.RETRAINING, "继续教育": Level.RETRAINING,
    "转岗培训": Level.TRANSFER, "调岗": Level.TRANSFER, "换岗": Level.TRANSFER,
    "复工": Level.RETURN, "返岗": Level.RETURN, "复岗培训": Level.RETURN, "复工培训": Level.RETURN,
    "四新培训": Level.NOVELTY, "外部培训": Level.OUTSIDE, "外训": Level.OUTSIDE,
}  # fmt: skip
"""Other ways lists write a level."""

THREE_LEVELS = (Level.COMPANY, Level.WORKSHOP, Level.TEAM)


class Role(StrEnum):
    """Which rule of hours a person falls under (生产经营单位安全培训规定 第九、十三条)."""

    WORKER = "worker"
    PRINCIPAL = "principal"
    SAFETY_OFFICER = "safety_officer"
    SPECIAL = "special"


ROLE_LABELS = {
    Role.WORKER: "其他从业人员",
    Role.PRINCIPAL: "主要负责人",
    Role.SAFETY_OFFICER: "安全管理人员",
    Role.SPECIAL: "特种作业人员",
}

MANAGERS = frozenset({Role.PRINCIPAL, Role.SAFETY_OFFICER})


@dataclass(frozen=True)
class ContentItem:
    """One thing to be taught; `high_hazard` ones only where the five sectors' rule applies."""

    text: str
    high_hazard: bool = False


CONTENTS: dict[Level, tuple[ContentItem, ...]] = {
    Level.COMPANY: (
        ContentItem("本单位安全生产情况及安全生产基本知识"),
        ContentItem("本单位安全生产规章制度和劳动纪律"),
        ContentItem("从业人员安全生产权利和义务"),
        ContentItem("有关事故案例"),
        ContentItem("事故应急救援、应急预案演练及防范措施", high_hazard=True),
    ),
    Level.WORKSHOP: (
        ContentItem("工作环境及危险因素"),
        ContentItem("所从事工种可能遭受的职业伤害和伤亡事故"),
        ContentItem("所从事工种的安全职责、操作技能及强制性标准"),
        ContentItem("自救互救、急救方法、疏散和现场紧急情况的处理"),
        ContentItem("安全设备设施、个人防护用品的使用和维护"),
        ContentItem("本车间安全生产状况及规章制度"),
        ContentItem("预防事故和职业危害的措施及应注意的安全事项"),
        ContentItem("有关事故案例"),
        ContentItem("其他需要培训的内容"),
    ),
    Level.TEAM: (
        ContentItem("岗位安全操作规程"),
        ContentItem("岗位之间工作衔接配合的安全与职业卫生事项"),
        ContentItem("有关事故案例"),
        ContentItem("其他需要培训的内容"),
    ),
}
"""生产经营单位安全培训规定 第十四至十六条, in short."""


def halves(hours: Decimal) -> int:
    """Hours as a whole number of half hours (T5: no floats). Raises ValueError when they are no such number."""
    doubled = hours * 2
    if doubled != int(doubled):
        raise ValueError("hours come in steps of 0.5")
    return int(doubled)


def hours_text(half_hours: int) -> str:
    """23.5, 24: as people write hours."""
    whole, half = divmod(abs(half_hours), 2)
    return ("-" if half_hours < 0 else "") + str(whole) + (".5" if half else "")


def hours_number(half_hours: int) -> float | int:
    """As a JSON number in steps of 0.5."""
    return half_hours / 2
