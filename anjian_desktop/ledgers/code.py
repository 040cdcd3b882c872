"""代码表: the words offered in choices, as data with the days they are in force, so that a new rule needs no new program."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, Session

from anjian_desktop.domain.kinds import CODE_TABLES
from anjian_desktop.ledgers.base import NOTHING_FOUND, About, Examined, Ledger
from anjian_desktop.ledgers.fields import Kind, declare


class Code(Ledger):
    """One word of one table. A word out of force is no longer offered; rows that hold it keep it."""

    __tablename__ = "code"
    about = About(
        key="code",
        label="代码表",
        counter="项",
        title="label",
        subtitle=("table", "code"),
        under="enterprise",
        sort="table",
        importable=False,
    )

    table: Mapped[str] = declare(
        "表", Kind.CHOICE, required=True, choices=tuple(CODE_TABLES), choice_labels=CODE_TABLES, width=7
    )
    code: Mapped[str] = declare("代码", required=True, max_length=40, width=8)
    """What rows keep."""
    label: Mapped[str] = declare("名称", required=True, max_length=60, width=16)
    """What the clerk reads; the code itself where there is no other."""
    threshold: Mapped[str | None] = declare("界定标准", max_length=200, width=16)
    valid_from: Mapped[date | None] = declare("启用日期", Kind.DATE, width=6)
    valid_to: Mapped[date | None] = declare("停用日期", Kind.DATE, width=6)
    """The last day it is offered."""
    source: Mapped[str | None] = declare("依据", max_length=200, width=14)
    note: Mapped[str | None] = declare("备注", Kind.LONG_TEXT, max_length=500, width=12)
    position: Mapped[int | None] = declare("排序", Kind.INTEGER, maximum=100_000, width=3, in_grid=False)

    @classmethod
    def examine(cls, values: Mapping[str, Any], *, today: date) -> Examined:
        begins, ends = values.get("valid_from"), values.get("valid_to")
        if begins is not None and ends is not None and ends < begins:
            return Examined(problems={"valid_to": "停用日期在启用日期之前"})
        return NOTHING_FOUND

    @classmethod
    def clashes(cls, session: Session, values: Mapping[str, Any], row_id: int | None) -> Mapping[str, str]:
        """A code means one thing on one day: its rows follow one another without overlapping."""
        same = select(cls.label, cls.valid_from, cls.valid_to).where(
            cls.table == values["table"], cls.code == values["code"], cls.id != (row_id or 0), cls.retired_at.is_(None)
        )
        begins, ends = values.get("valid_from") or date.min, values.get("valid_to") or date.max
        for label, other_begins, other_ends in session.execute(same):
            if begins <= (other_ends or date.max) and (other_begins or date.min) <= ends:
                return {"code": f"这个代码已有“{label}”，先给它填停用日期，再从第二天启用新的"}
        return {}

    __table_args__ = (Index("ix_code_table_code", "table", "code"),)
