"""培训班次 and 培训记录: what was taught, and who took part with which result."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from anjian_desktop.domain.training import LEVEL_LABELS, Level, halves
from anjian_desktop.ledgers.base import About, Examined, Ledger
from anjian_desktop.ledgers.fields import Field, Kind, declare, link

_LEVELS = {one.value: label for one, label in LEVEL_LABELS.items()}


class HalfHours(TypeDecorator[Decimal]):
    """Class hours, kept as a whole number of half hours (T5)."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        return None if value is None else halves(Decimal(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value) / 2


def _class_hours(**options: Any) -> Any:
    declared = Field(
        key="", label="学时", kind=Kind.DECIMAL, decimals=1, required=True, maximum=1000, width=3,
        aliases=("课时", "培训学时", "学时数", "培训课时"), **options,
    )  # fmt: skip
    return mapped_column(HalfHours(), nullable=False, info={"field": declared})


def _level() -> Any:
    return declare(
        "培训级别", Kind.CHOICE, required=True, choices=tuple(_LEVELS), choice_labels=_LEVELS, width=6, max_length=20,
        aliases=("培训类别", "级别", "教育级别", "培训种类"),
    )  # fmt: skip


def _started_on() -> Any:
    return declare(
        "开始日期", Kind.DATE, required=True, width=6, aliases=("培训日期", "培训时间", "开始时间", "教育日期")
    )


def _ended_on() -> Any:
    return declare("结束日期", Kind.DATE, width=6, aliases=("结束时间", "截止日期"))


def _examine(values: Mapping[str, Any]) -> Examined:
    """Whole dates and hours in halves; a training without an end ends on the day it began."""
    problems: dict[str, str] = {}
    hours = values.get("class_hours")
    if hours is not None and (hours <= 0 or hours * 2 != int(hours * 2)):
        problems["class_hours"] = "学时应大于0，以0.5为单位"
    # A form half filled is looked at too: then there may be no beginning yet.
    started, ended = values.get("started_on"), values.get("ended_on")
    if started and ended and ended < started:
        problems["ended_on"] = "结束日期早于开始日期"
    following = {"ended_on": started} if started and not ended else {}
    return Examined(problems, {}, following)


class TrainingSession(Ledger):
    """One class: what, when, by whom, how long; who took part stands in `TrainingRecord`."""

    __tablename__ = "training_session"
    about = About(
        key="training_session",
        label="培训班次",
        counter="期",
        subtitle=("level", "started_on"),
        icon="training_session",
        menu=32,
        importable=False,
        sort="started_on",
    )

    name: Mapped[str] = declare("培训名称", required=True, max_length=80, searched=True, width=16)
    level: Mapped[str] = _level()
    enterprise_id: Mapped[int | None] = link(
        "企业名称", "enterprise", "enterprise.id", width=14, aliases=("单位名称",), hint="镇里统一办的班空着"
    )
    started_on: Mapped[date] = _started_on()
    ended_on: Mapped[date] = _ended_on()
    class_hours: Mapped[Decimal] = _class_hours()
    place: Mapped[str | None] = declare("培训地点", max_length=80, width=8, aliases=("地点",))
    trainer: Mapped[str | None] = declare("培训人", max_length=40, width=6, aliases=("主讲人", "教育人", "授课人"))
    content: Mapped[str | None] = declare("培训内容", Kind.LONG_TEXT, max_length=1000, width=14, in_grid=False)
    material: Mapped[str | None] = declare("教材课件", max_length=100, width=8, in_grid=False)
    examined_by: Mapped[str | None] = declare("考核方式", max_length=40, width=6, in_grid=False)
    recorder: Mapped[str | None] = declare("记录人", max_length=40, width=6, in_grid=False)
    note: Mapped[str | None] = declare("备注", Kind.LONG_TEXT, max_length=500, width=10, group="其他", in_grid=False)

    @classmethod
    def examine(cls, values: Mapping[str, Any], *, today: date) -> Examined:
        return _examine(values)


class TrainingRecord(Ledger):
    """One person's part in a training; its own words and hours, so that it stands when the class is changed."""

    __tablename__ = "training_record"
    about = About(
        key="training_record",
        label="培训记录",
        counter="条",
        title="session",
        subtitle=("worker", "started_on"),
        icon="training_record",
        menu=34,
        sort="started_on",
    )

    worker_id: Mapped[int] = link("姓名", "worker", "worker.id", required=True, width=6)
    enterprise_id: Mapped[int | None] = link("企业名称", "enterprise", "enterprise.id", width=14, aliases=("单位名称",))
    session: Mapped[str | None] = declare("培训名称", max_length=80, width=12, aliases=("班次", "培训班", "培训项目"))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("training_session.id"), index=True)
    level: Mapped[str] = _level()
    started_on: Mapped[date] = _started_on()
    ended_on: Mapped[date] = _ended_on()
    class_hours: Mapped[Decimal] = _class_hours()
    content: Mapped[str | None] = declare("培训内容", Kind.LONG_TEXT, max_length=1000, width=12, in_grid=False)
    trainer: Mapped[str | None] = declare(
        "培训人", max_length=40, width=6, in_grid=False, aliases=("主讲人", "教育人", "授课人", "培训老师")
    )
    score: Mapped[Decimal | None] = declare(
        "成绩", Kind.DECIMAL, decimals=1, maximum=1000, width=3, aliases=("分数", "考试成绩", "考核成绩", "得分")
    )
    passed: Mapped[bool | None] = declare(
        "是否合格", Kind.YES_NO, width=4, aliases=("合格", "考核结果"), hint="空着时按成绩和合格分数线"
    )
    absent: Mapped[bool | None] = declare("缺席", Kind.YES_NO, width=3, in_grid=False)
    post_on: Mapped[date | None] = declare("上岗日期", Kind.DATE, width=6, in_grid=False, aliases=("上岗时间",))

    __table_args__ = (Index("ix_training_record_class", "started_on", "enterprise_id"),)

    @classmethod
    def derive(cls, values: dict[str, Any]) -> None:
        if "session" in values and not values["session"] and values.get("level"):
            values["session"] = f"{LEVEL_LABELS[Level(values['level'])]}培训"

    @classmethod
    def examine(cls, values: Mapping[str, Any], *, today: date) -> Examined:
        return _examine(values)
