"""Kinds of certificates as data: who issues them, how long they hold, when to apply for the next; each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from anjian_desktop.domain.text import name_key


class Use(StrEnum):
    """What a certificate is asked for."""

    SPECIAL_WORK = "special_work"
    SPECIAL_EQUIPMENT = "special_equipment"
    MANAGER = "manager"
    TRAINING = "training"
    UNIT = "unit"
    OTHER = "other"


@dataclass(frozen=True)
class CertificateKind:
    """`years` of validity and when to apply before the end: by `apply_months` or by `apply_days`.

    `verify` marks numbers not yet checked against the text of the rule: shown as such where they are set.
    """

    label: str
    use: Use
    years: int | None
    authority: str
    source: str
    apply_months: int = 0
    apply_days: int = 0
    spellings: tuple[str, ...] = ()
    verify: bool = False


KINDS = (
    CertificateKind(
        "特种作业操作证", Use.SPECIAL_WORK, 6, "应急管理部门", "应急管理部令第19号（2026-06-01起施行）：六年换证；申请提前天数沿用旧规定（待核实）",
        apply_days=60, spellings=("特种作业证", "特种作业", "特种作业人员操作证", "特种作业操作资格证"), verify=True,
    ),
    CertificateKind(
        "建筑施工特种作业操作资格证", Use.SPECIAL_WORK, 2, "住房和城乡建设部门", "有效期两年，期满前三个月申请延期（待核实）",
        apply_months=3, spellings=("建筑施工特种作业", "建筑特种作业操作证"), verify=True,
    ),
    CertificateKind(
        "特种设备安全管理和作业人员证", Use.SPECIAL_EQUIPMENT, 4, "市场监督管理部门", "TSG Z6001-2019：期满一个月前申请复审（待核实）",
        apply_months=1, spellings=("特种设备作业人员证", "特种设备作业证", "特种设备操作证"), verify=True,
    ),
    CertificateKind(
        "安全生产知识和管理能力考核合格证", Use.MANAGER, 3, "应急管理部门", "安全生产培训管理办法 第二十五条：三年；期满前三十日内申请",
        apply_days=30, spellings=("安全合格证", "安全管理人员合格证", "主要负责人合格证", "负责人合格证", "安管人员合格证", "安全生产管理人员证", "安全资格证书"),
    ),
    CertificateKind(
        "建筑施工企业三类人员证", Use.MANAGER, 3, "住房和城乡建设部门", "三年，期满前三个月内申请（待核实）",
        apply_days=30, spellings=("三类人员A证", "三类人员B证", "三类人员C证", "安全员证"), verify=True,
    ),
    CertificateKind(
        "注册安全工程师执业证", Use.OTHER, 5, "应急管理部门", "注册有效期五年（待核实）", apply_months=3,
        spellings=("注册安全工程师", "注安师"), verify=True,
    ),
    CertificateKind("培训合格证", Use.TRAINING, None, "培训或考核单位", "安全生产培训管理办法 第二十四条：式样由单位自定", spellings=("安全培训合格证",)),
    CertificateKind(
        "安全生产许可证", Use.UNIT, 3, "应急管理部门", "安全生产许可证条例 第九条：三年，期满前三个月申请", apply_months=3,
    ),
    CertificateKind("特种设备检验", Use.UNIT, None, "检验机构", "特种设备安全法 第四十条：期满前一个月申请", apply_months=1),
    CertificateKind("烟花爆竹经营（零售）许可证", Use.UNIT, 2, "县级应急管理部门", "不超过两年（待核实）", apply_months=1, verify=True),
)  # fmt: skip
_BY_NAME = {name_key(name): one for one in KINDS for name in (one.label, *one.spellings)}

EQUIPMENT_ITEMS = frozenset(
    {"A", "G1", "G2", "G3", "R1", "R2", "R3", "P", "T", "Q1", "Q2", "S1", "S2", "Y1", "Y2", "N1", "N2", "F"}
)
"""Item codes of special equipment (TSG Z6001); N1 is the forklift, which is no 特种作业."""
_EQUIPMENT_WORDS = ("叉车", "场（厂）内专用机动车辆", "场内机动车", "起重机司机", "电梯修理", "锅炉")


def kind_named(text: str) -> CertificateKind | None:
    """The kind as lists write it; None for one the table does not know."""
    return _BY_NAME.get(name_key(text))


def equipment_item_warning(kind: CertificateKind | None, item: str | None) -> str | None:
    """The commonest mistake: a forklift (N1) or another special equipment item entered as 特种作业."""
    if kind is None or kind.use is not Use.SPECIAL_WORK or not item:
        return None
    code = item.strip().upper().split(" ")[0].split("（")[0].split("(")[0]
    if code in EQUIPMENT_ITEMS or any(word in item for word in _EQUIPMENT_WORDS):
        return f"“{item.strip()}”是特种设备作业项目（市场监管部门发证），不是特种作业，请核对证书类别"
    return None
