"""The office's own facts: who 甲方 is, the number's prefix, the deadline; each declared once, with its default."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.domain.certificate_rules import BANDS
from anjian_desktop.domain.identity import phone_problem, tidy_phone
from anjian_desktop.domain.numbering import serial_pattern_problem
from anjian_desktop.domain.text import compact, tidy, tidy_name
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.fields import Kind
from anjian_desktop.ledgers.office import OfficeSetting
from anjian_desktop.storage.changes import Change
from anjian_desktop.storage.transaction import Transaction

if TYPE_CHECKING:
    from anjian_desktop.services.office import Office


@dataclass(frozen=True)
class ProfileField:
    """One fact of the office; `default` holds until the office says otherwise ([policy] values are defaults only)."""

    key: str
    label: str
    kind: Kind
    default: str = ""
    hint: str = ""
    choices: tuple[str, ...] = ()
    minimum: int = 0
    maximum: int = 1000
    verify: bool = False
    """The default stands in no law that was read: shown as 待核实."""


PROFILE_FIELDS: tuple[ProfileField, ...] = (
    ProfileField("office", "办公室名称", Kind.NAME, hint="例如：示例镇安全生产监督管理办公室"),
    ProfileField("party_a", "甲方", Kind.NAME, hint="责任书上的甲方，例如：示例镇人民政府；空着时用办公室名称"),
    ProfileField("leader", "甲方负责人", Kind.TEXT, hint="印在责任书当事人一栏；空着时留出手写的位置"),
    ProfileField("phone", "联系电话", Kind.PHONE),
    ProfileField("prefix", "编号代字", Kind.TEXT, "示安责", "编号的第一段：示安责〔2026〕1号"),
    ProfileField("deadline", "签订截止日", Kind.TEXT, "03-31", "每年的几月几日前应签完，写成 03-31"),
    ProfileField("copies", "份数", Kind.INTEGER, "2", "每份责任书打印几份", minimum=1, maximum=20),
    ProfileField("province", "省份规则", Kind.CHOICE, "全国", "培训等规则按哪里的规定", ("全国", "山东")),
    ProfileField(
        "leader_change",
        "负责人变更",
        Kind.CHOICE,
        "提示重签",
        "单位负责人换了以后",
        ("自动承继", "提示重签", "必须重签"),
    ),
    ProfileField("archive_counts", "归档才计入", Kind.CHOICE, "否", "选“是”时，扫描归档后才算签订", ("否", "是")),
    ProfileField("pass_mark", "合格分数", Kind.INTEGER, "80", "培训考核多少分算合格", maximum=100, verify=True),
    ProfileField(
        "day_cap", "每日学时上限", Kind.INTEGER, "8", "一天最多计多少学时", minimum=1, maximum=24, verify=True
    ),
    ProfileField(
        "levels_merged",
        "两级合并",
        Kind.CHOICE,
        "否",
        "小微企业车间级、班组级合并培训，一次算两级",
        ("否", "是"),
        verify=True,
    ),
    ProfileField(
        "annual_mode",
        "年度学时口径",
        Kind.CHOICE,
        "自然年",
        "负责人、安管人员每年再培训学时按自然年还是按证书年计",
        ("自然年", "证书年"),
        verify=True,
    ),
    ProfileField(
        "expiry_days",
        "证书到期提醒",
        Kind.TEXT,
        "30、60、90",
        "到期前多少天以内是红、橙、黄，三个数从小到大",
    ),
    ProfileField(
        "certificate_number",
        "证书编号样式",
        Kind.TEXT,
        "安培证〔{年}〕{序号4}号",
        "要有 {年} 和 {序号}；{序号4} 补零到4位",
    ),
    ProfileField(
        "commendation_number",
        "奖状编号样式",
        Kind.TEXT,
        "安奖〔{年}〕{序号3}号",
        "要有 {年} 和 {序号}；{序号3} 补零到3位",
    ),
)
_BY_NAME = {name: field for field in PROFILE_FIELDS for name in (field.key, field.label)}


@dataclass(frozen=True)
class OfficeProfile:
    """The facts as the services use them."""

    office: str
    party_a: str
    leader: str
    phone: str
    prefix: str
    deadline: str
    copies: int
    province: str
    leader_change: str
    archive_counts: bool
    pass_mark: int
    day_cap: int
    levels_merged: bool
    by_certificate_year: bool
    expiry_days: tuple[int, int, int]
    certificate_number: str
    commendation_number: str

    def deadline_in(self, year: int) -> date:
        """The deadline in that year; 29 February falls back to the 28th."""
        month, day = (int(part) for part in self.deadline.split("-"))
        try:
            return date(year, month, day)
        except ValueError:
            return date(year, month, day - 1)


def read_profile(session: Session) -> OfficeProfile:
    """The facts in the store, defaults where nothing was said."""
    values = _stored(session)
    return OfficeProfile(
        office=values["office"],
        party_a=values["party_a"] or values["office"],
        leader=values["leader"],
        phone=values["phone"],
        prefix=values["prefix"],
        deadline=values["deadline"],
        copies=int(values["copies"]),
        province=values["province"],
        leader_change=values["leader_change"],
        archive_counts=values["archive_counts"] == "是",
        pass_mark=int(values["pass_mark"]),
        day_cap=int(values["day_cap"]),
        levels_merged=values["levels_merged"] == "是",
        by_certificate_year=values["annual_mode"] == "证书年",
        expiry_days=_bands(values["expiry_days"]) or BANDS,
        certificate_number=values["certificate_number"],
        commendation_number=values["commendation_number"],
    )


def show_profile(office: Office) -> dict[str, str]:
    """Every fact as text, by key."""
    with office.db.reading() as session:
        return _stored(session)


def set_profile(office: Office, values: Mapping[str, str]) -> Change:
    """Change facts by key or label. Raises UserError naming the one that is wrong; then nothing is changed."""
    with office.db.transaction("修改办公室信息", actor=office.actor) as tx:
        written = write_profile(tx, values)
    return Change(frozenset({"office"}) if written else frozenset(), ())


def check_profile(values: Mapping[str, str]) -> dict[str, str]:
    """The facts by key, tidied. Raises UserError naming the first that is unknown or wrong."""
    checked = {}
    for name, raw in values.items():
        if (field := _BY_NAME.get(name)) is None:
            known = "、".join(one.label for one in PROFILE_FIELDS)
            raise UserError(f"办公室信息里没有“{name}”这一项。", next_step=f"可以改：{known}。")
        checked[field.key] = _clean(field, raw)
    return checked


def write_profile(tx: Transaction, values: Mapping[str, str]) -> bool:
    """Check and store facts in an open transaction; True when one differs."""
    before = _stored(tx.session)
    changed = []
    for key, value in check_profile(values).items():
        if value != before[key]:
            tx.session.merge(OfficeSetting(key=key, value=value))
            changed.append(_BY_NAME[key].label)
    if changed:
        tx.note("、".join(changed), kinds=("office",))
    return bool(changed)


def _stored(session: Session) -> dict[str, str]:
    stored = dict(session.execute(select(OfficeSetting.key, OfficeSetting.value)).all())
    return {field.key: stored.get(field.key, field.default) for field in PROFILE_FIELDS}


def _clean(field: ProfileField, raw: str) -> str:
    value = tidy_name(raw) if field.kind is Kind.NAME else tidy(raw)
    problem = None
    if len(value) > 100:
        problem = "最多100个字"
    elif field.kind is Kind.INTEGER:
        value = compact(raw)
        if not value.isdigit() or not field.minimum <= int(value) <= field.maximum:
            problem = f"应是{field.minimum}到{field.maximum}之间的整数"
        else:
            value = str(int(value))
    elif field.kind is Kind.CHOICE and value not in field.choices:
        problem = f"可填：{'、'.join(field.choices)}"
    elif field.kind is Kind.PHONE and value:
        value = tidy_phone(value)
        problem = phone_problem(value)
    elif field.key == "office" and not value:
        problem = "不能空着"
    elif field.key == "prefix":
        problem = (
            None
            if re.fullmatch(r"[\w·]{1,12}", value) and not value[-1].isdigit()
            else "应是1到12个字，不含括号、空格，不以数字结尾"
        )
    elif field.key == "expiry_days":
        bands = _bands(value)
        value = "、".join(map(str, bands)) if bands else value
        problem = None if bands else "要有从小到大的三个天数，例如 30、60、90"
    elif field.key in ("certificate_number", "commendation_number"):
        value, problem = tidy(raw), serial_pattern_problem(tidy(raw))
    elif field.key == "deadline":
        value, problem = _clean_deadline(value)
    if problem:
        raise UserError(f"{field.label}：{problem}。", next_step="没有改动任何内容，请改正后再保存。")
    return value


def _clean_deadline(text: str) -> tuple[str, str | None]:
    parts = re.fullmatch(r"(?:\d{4}[-./年])?(\d{1,2})[-./月](\d{1,2})日?", compact(text))
    try:
        day = date(2024, int(parts[1]), int(parts[2])) if parts else None
    except ValueError:
        day = None
    return (day.strftime("%m-%d"), None) if day else (text, "写成 03-31 的样子")


def _bands(text: str) -> tuple[int, int, int] | None:
    """Three rising numbers of days; None when these are none."""
    numbers = [int(one) for one in re.findall(r"\d{1,4}", text)]
    if len(numbers) != 3 or not 0 < numbers[0] < numbers[1] < numbers[2] <= 1000:
        return None
    return numbers[0], numbers[1], numbers[2]
