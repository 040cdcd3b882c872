"""奖状: who is commended, with what words; numbered and frozen when it is printed for the first time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from anjian_desktop.ledgers.base import NOTHING_FOUND, About, Examined, Ledger
from anjian_desktop.ledgers.fields import Kind, declare

HOLDERS = ("单位", "个人")
STATES = {"draft": "草稿", "valid": "已发", "void": "作废", "replaced": "已补发"}
AWARDS = ("安全生产先进单位", "安全生产先进个人", "安全生产先进集体", "安全标兵", "优秀安全管理员", "优秀组织奖")


class Commendation(Ledger):
    """A draft may be changed; what was issued is frozen in `snapshot`, and its number, year and serial never change."""

    __tablename__ = "commendation"
    about = About(
        key="commendation",
        label="奖状",
        counter="张",
        subtitle=("award", "number"),
        icon="commendation",
        menu=42,
        importable=False,
        order=("name", "holder_kind", "award", "year", "number", "state", "awarded_on"),
    )

    name: Mapped[str] = declare(
        "获奖者", required=True, max_length=60, searched=True, width=14, aliases=("获奖单位", "获奖人")
    )
    holder_kind: Mapped[str | None] = declare(
        "获奖对象", Kind.CHOICE, choices=HOLDERS, default=HOLDERS[0], max_length=10, width=5
    )
    award: Mapped[str] = declare(
        "荣誉称号", Kind.CHOICE, required=True, choices=AWARDS, open_choices=True, max_length=40, width=10,
        aliases=("奖项", "称号"),
    )  # fmt: skip
    year: Mapped[int] = declare("年度", Kind.INTEGER, required=True, minimum=2000, maximum=2179, width=4)
    wording: Mapped[str | None] = declare(
        "表彰内容", Kind.LONG_TEXT, max_length=200, width=16, in_grid=False,
        hint="空着时写：在某年度安全生产工作中成绩突出，被评为",
    )  # fmt: skip
    awarded_on: Mapped[date | None] = declare(
        "颁发日期", Kind.DATE, width=6, hint="印在奖状上的日期；空着时是打印那天", aliases=("落款日期",)
    )
    number: Mapped[str | None] = declare("编号", max_length=60, searched=True, in_form=False, width=10)
    state: Mapped[str | None] = declare(
        "状态", Kind.CHOICE, choices=tuple(STATES), choice_labels=STATES, default="draft", width=4, in_form=False,
        max_length=10,
    )  # fmt: skip
    reason: Mapped[str | None] = declare("作废原因", max_length=200, width=8, in_grid=False, in_form=False)
    note: Mapped[str | None] = declare("备注", Kind.LONG_TEXT, max_length=500, width=10, group="其他", in_grid=False)
    serial_year: Mapped[int | None] = mapped_column(Integer)
    serial_n: Mapped[int | None] = mapped_column(Integer)
    snapshot: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Everything it says, as it was issued; printing reads nothing else."""
    layout_sha256: Mapped[str | None] = mapped_column(String(64))
    """The layout it was issued with, among the attachments."""
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    """The PDF of its first print, among the attachments, and the page (from 1) it stands on."""
    pdf_page: Mapped[int | None] = mapped_column(Integer)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("commendation.id"))

    __table_args__ = (
        UniqueConstraint("serial_year", "serial_n", name="uq_commendation_serial"),
        Index("ix_commendation_number", "number"),
    )

    def fixed(self) -> str:
        return "" if self.state == "draft" else f"奖状 {self.number} 已经发出，内容不再改动；写错了请作废或补发"

    @classmethod
    def examine(cls, values: Mapping[str, Any], *, today: date) -> Examined:
        if values.get("year") and values["year"] > today.year + 1:
            return Examined({"year": "年度在明年以后，请核对"})
        return NOTHING_FOUND
