"""从业人员: one row a person, wherever they work; their posts over time beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import DateTime, ForeignKey, Index, String, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from anjian_desktop.domain.dates import full_years
from anjian_desktop.domain.identity import identity_number_facts, identity_number_problem
from anjian_desktop.domain.training import ROLE_LABELS, Role
from anjian_desktop.ledgers.base import About, Base, Examined, FollowedChange, Ledger
from anjian_desktop.ledgers.fields import Kind, declare, link

IDENTITY_CARD = "身份证"
IDENTITY_KINDS = (IDENTITY_CARD, "港澳居民居住证", "台湾居民居住证", "外国人永久居留身份证", "护照", "其他证件")
EMPLOYMENT_FORMS = ("合同", "派遣", "实习", "临时")

GROWN_UP = 18
WORKING_AGE = 16
_PLACE = ("enterprise_id", "workshop", "team", "post")


class Worker(Ledger):
    """A person in their present post (一人一档); `WorkerPost` keeps the earlier ones."""

    __tablename__ = "worker"
    about = About(
        key="worker",
        label="从业人员",
        counter="人",
        subtitle=("enterprise", "post"),
        icon="worker",
        menu=30,
        order=(
            "name", "identity_number", "enterprise", "workshop", "team", "post", "role", "special_work", "phone", "sex",
            "hired_on", "left_on", "last_work_day", "returned_on", "transferred_on",
        ),
    )  # fmt: skip

    name: Mapped[str] = declare(
        "姓名", required=True, max_length=40, searched=True, width=6, aliases=("职工姓名", "员工姓名")
    )
    identity_kind: Mapped[str] = declare(
        "证件类型", Kind.CHOICE, choices=IDENTITY_KINDS, default=IDENTITY_CARD, open_choices=True, max_length=20, width=5,
        in_grid=False,
    )  # fmt: skip
    identity_number: Mapped[str] = declare(
        "身份证号", Kind.IDENTITY, required=True, unique=True, personal=True, searched=True, max_length=30, width=11,
        aliases=("证件号码", "身份证号码", "身份证", "公民身份号码", "证件号"),
    )  # fmt: skip
    sex: Mapped[str | None] = declare(
        "性别", Kind.CHOICE, choices=("男", "女"), max_length=2, width=3, hint="由身份证号得出"
    )
    born_on: Mapped[date | None] = declare(
        "出生日期", Kind.DATE, personal=True, in_grid=False, aliases=("出生年月日",), hint="由身份证号得出"
    )
    phone: Mapped[str | None] = declare(
        "手机号", Kind.PHONE, personal=True, searched=True, max_length=60, aliases=("联系电话", "电话", "手机")
    )
    enterprise_id: Mapped[int] = link(
        "企业名称", "enterprise", "enterprise.id", required=True, width=16, group="岗位",
        aliases=("单位名称", "所在单位", "用人单位", "工作单位"),
    )  # fmt: skip
    workshop: Mapped[str | None] = declare(
        "车间", max_length=40, width=6, group="岗位", aliases=("部门", "部门（车间）", "所属车间")
    )
    team: Mapped[str | None] = declare("班组", max_length=40, width=6, group="岗位", aliases=("所属班组",))
    post: Mapped[str | None] = declare(
        "岗位", max_length=40, width=6, group="岗位", aliases=("工种", "工种（岗位）", "职务")
    )
    role: Mapped[str] = declare(
        "人员类别", Kind.CHOICE, choices=tuple(one.value for one in Role), default=Role.WORKER.value, width=7, group="岗位",
        choice_labels={one.value: label for one, label in ROLE_LABELS.items()}, max_length=20,
    )  # fmt: skip
    special_work: Mapped[bool | None] = declare(
        "是否特种作业", Kind.YES_NO, width=4, group="岗位", aliases=("特种作业", "是否特种作业人员")
    )
    employment: Mapped[str | None] = declare(
        "用工形式",
        Kind.CHOICE,
        choices=EMPLOYMENT_FORMS,
        open_choices=True,
        max_length=20,
        width=4,
        group="岗位",
        in_grid=False,
    )
    education: Mapped[str | None] = declare(
        "文化程度", max_length=20, width=4, in_grid=False, rare=True, aliases=("学历",)
    )
    hired_on: Mapped[date | None] = declare(
        "入职日期", Kind.DATE, width=6, group="日期", aliases=("入厂日期", "入职时间", "入厂时间", "进厂日期")
    )
    left_on: Mapped[date | None] = declare(
        "离职日期", Kind.DATE, width=6, group="日期", in_grid=False, aliases=("离职时间",)
    )
    last_work_day: Mapped[date | None] = declare("离岗日期", Kind.DATE, width=6, group="日期", in_grid=False)
    returned_on: Mapped[date | None] = declare(
        "复岗日期", Kind.DATE, width=6, group="日期", in_grid=False, aliases=("返岗日期",)
    )
    transferred_on: Mapped[date | None] = declare(
        "转岗日期",
        Kind.DATE,
        width=6,
        group="日期",
        in_grid=False,
        aliases=("调岗日期", "换岗日期"),
        hint="换了岗位才填，培训要重做",
    )
    note: Mapped[str | None] = declare("备注", Kind.LONG_TEXT, max_length=500, width=10, group="其他", in_grid=False)
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))

    __table_args__ = (Index("ix_worker_identity_number", "identity_number"),)

    @classmethod
    def derive(cls, values: dict[str, Any]) -> None:
        number = values.get("identity_number")
        if (
            number
            and values.get("identity_kind", IDENTITY_CARD) == IDENTITY_CARD
            and not _card_problem(number, date.max)
        ):
            values["born_on"], values["sex"] = identity_number_facts(number)

    @classmethod
    def examine(cls, values: Mapping[str, Any], *, today: date) -> Examined:
        problems: dict[str, str] = {}
        warnings: dict[str, str] = {}
        born = values.get("born_on")
        number = str(values.get("identity_number") or "")
        if values.get("identity_kind") == IDENTITY_CARD:
            if problem := _card_problem(number, today):
                return Examined({"identity_number": problem})
            born, sex = identity_number_facts(number)
            if values.get("sex") and values["sex"] != sex:
                warnings["sex"] = f"与身份证号不一致，按身份证号记为“{sex}”"
        start = values.get("hired_on") or today
        if born is not None:
            problems |= _age_problems(values, full_years(born, today), full_years(born, max(start, today)))
            if WORKING_AGE <= full_years(born, today) < GROWN_UP and not problems:
                warnings["identity_number"] = "未满18周岁，属未成年工，不得安排矿山、有毒有害等劳动（劳动法第六十四条）"
        for key, after, told in _DATE_ORDER:
            if values.get(key) and values.get(after) and values[key] < values[after]:
                problems[key] = told
        return Examined(problems, warnings)

    @classmethod
    def follow(cls, session: Session, changes: Sequence[FollowedChange], now: datetime) -> None:
        new = [_post_of(one, now) for one in changes if one.is_new]
        for start in range(0, len(new), 5000):
            session.execute(insert(WorkerPost), new[start : start + 5000])
        for one in changes:
            if not one.is_new:
                _follow_move(session, one, now)


class WorkerPost(Base):
    """One post of a person: where, as what, from when to when; kept by `Worker.follow`, never typed."""

    __tablename__ = "worker_post"
    id: Mapped[int] = mapped_column(primary_key=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"))
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    workshop: Mapped[str | None] = mapped_column(String(40))
    team: Mapped[str | None] = mapped_column(String(40))
    post: Mapped[str | None] = mapped_column(String(40))
    from_on: Mapped[date | None] = mapped_column()
    to_on: Mapped[date | None] = mapped_column()
    recorded_at: Mapped[datetime] = mapped_column(DateTime)

    __table_args__ = (Index("ix_worker_post_worker_id", "worker_id"),)


_DATE_ORDER = (
    ("left_on", "hired_on", "离职日期早于入职日期"),
    ("last_work_day", "hired_on", "离岗日期早于入职日期"),
    ("returned_on", "last_work_day", "复岗日期早于离岗日期"),
)


def _card_problem(number: str, today: date) -> str | None:
    return identity_number_problem(number, today=today)


def _age_problems(values: Mapping[str, Any], years: int, years_at_start: int) -> dict[str, str]:
    if years_at_start < WORKING_AGE and not values.get("left_on"):
        return {"identity_number": f"{years}岁，未满16周岁不得招用（劳动法第十五条）"}
    special = values.get("special_work") or values.get("role") == Role.SPECIAL
    if special and years < GROWN_UP:
        return {"special_work": f"{years}岁，未满18周岁不得从事特种作业"}
    return {}


def _post_of(change: FollowedChange, now: datetime) -> dict[str, Any]:
    given = {name: after for name, (_, after) in change.values.items()}
    return {
        "worker_id": change.row_id,
        **{name: given.get(name) for name in _PLACE},
        "from_on": given.get("hired_on"),
        "to_on": given.get("left_on"),
        "recorded_at": now,
    }


def _follow_move(session: Session, change: FollowedChange, now: datetime) -> None:
    """A new post when the enterprise changed or the date of a move was given; else the present one is corrected."""
    if not {*_PLACE, "hired_on", "left_on", "transferred_on"} & change.values.keys():
        return
    row = session.execute(
        select(
            Worker.hired_on, Worker.left_on, Worker.transferred_on, *(getattr(Worker, name) for name in _PLACE)
        ).where(Worker.id == change.row_id)
    ).one()
    place = {name: getattr(row, name) for name in _PLACE}
    last = session.scalar(
        select(WorkerPost).where(WorkerPost.worker_id == change.row_id).order_by(WorkerPost.id.desc()).limit(1)
    )
    moved_on = row.transferred_on if "transferred_on" in change.values else None
    if last is not None and last.enterprise_id != row.enterprise_id:
        moved_on = row.hired_on if "hired_on" in change.values else now.date()
    elif last is not None and moved_on is None:
        values = {**place, "to_on": row.left_on} | ({"from_on": row.hired_on} if "hired_on" in change.values else {})
        session.execute(update(WorkerPost).where(WorkerPost.id == last.id).values(values))
        return
    if last is not None and last.to_on is None:
        session.execute(update(WorkerPost).where(WorkerPost.id == last.id).values(to_on=moved_on))
    session.add(
        WorkerPost(
            worker_id=change.row_id, **place, from_on=moved_on or row.hired_on, to_on=row.left_on, recorded_at=now
        )
    )
    session.flush()
