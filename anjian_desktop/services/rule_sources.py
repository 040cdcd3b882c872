"""Which numbers the training and certificate rules use, where each is written, and whether that is still to be verified."""

from __future__ import annotations

from dataclasses import dataclass

from anjian_desktop.domain.certificate_kinds import KINDS
from anjian_desktop.domain.province_profiles import PROFILES
from anjian_desktop.domain.training import ROLE_LABELS, hours_text
from anjian_desktop.domain.training_hours import HOUR_RULES
from anjian_desktop.domain.training_plausibility import SAME_MARKS_FROM
from anjian_desktop.domain.training_rules import APPRENTICE_MONTHS, EXAM_MONTHS
from anjian_desktop.services.certificate_board import leads
from anjian_desktop.services.office import Office

_SET_BY_OFFICE = "本办公室的设置，全国没有统一规定"
_NOT_READ = "（条号待核对原文）"


@dataclass(frozen=True)
class RuleSource:
    """One number: what it is about, what it says, where it is written; `verify` when that was not read in the original."""

    rule: str
    subject: str
    value: str
    source: str
    verify: bool


def rule_sources(office: Office) -> tuple[RuleSource, ...]:
    """Every number in force for this office today, those of its province included."""
    profile, today = office.profile, office.today
    province = PROFILES[profile.province]
    found = [
        RuleSource(
            "T6",
            f"{'、'.join(label for role, label in ROLE_LABELS.items() if role in one.roles)}"
            f"（{'煤矿、非煤矿山、危险化学品、烟花爆竹、金属冶炼' if one.flags else '一般单位'}）",
            f"初次 {hours_text(one.initial)} 学时，每年 {hours_text(one.annual) if one.annual else '未规定'}",
            f"{one.source}{_NOT_READ}",
            True,
        )
        for one in HOUR_RULES
        if one.valid_from <= today and (one.valid_to is None or today <= one.valid_to)
    ]
    source = "；".join(province.sources) + ("" if "待核实" in "".join(province.sources) else _NOT_READ)
    found += [
        RuleSource("T10", f"离岗多久要重新培训（{province.name}）", f"{province.off_post_months} 个月", source, True),
        RuleSource("T12", "高危单位负责人、安管人员考核期限", f"任职后 {EXAM_MONTHS} 个月内", f"生产经营单位安全培训规定 第二十四条{_NOT_READ}", True),
        RuleSource("T14", "高危单位新进人员师傅带教", f"{APPRENTICE_MONTHS} 个月", f"安全生产培训管理办法{_NOT_READ}", True),
        RuleSource("T5", "三级教育合格分数", f"{profile.pass_mark} 分", _SET_BY_OFFICE, True),
        RuleSource("T7", "每人每天最多学时", f"{profile.day_cap} 学时", _SET_BY_OFFICE, True),
        RuleSource("T9", "车间级、班组级合并", "合并" if profile.levels_merged else "不合并", _SET_BY_OFFICE, True),
        RuleSource("T13", "每年再培训按什么年计", "证书年" if profile.by_certificate_year else "自然年", _SET_BY_OFFICE, True),
        RuleSource("T16", "全班同分提示", f"{SAME_MARKS_FROM} 人以上", "处罚案例归纳，只提示不拒收", False),
    ]  # fmt: skip
    red, orange, yellow = profile.expiry_days
    found.append(RuleSource("T4", "证书到期前的红、橙、黄", f"{red}、{orange}、{yellow} 天", _SET_BY_OFFICE, True))
    with office.db.reading() as session:
        ahead = leads(session, today)
    for one in KINDS:
        lead = ahead.get(one.label)
        told = "" if lead is None else f"，提前 {lead.months} 个月" if lead.months else f"，提前 {lead.days} 天"
        term = f"{one.years} 年" if one.years else "未规定"
        found.append(RuleSource("T2、T20", f"{one.label}的有效期", f"{term}{told}", one.source, one.verify))
    return tuple(found)
