"""安全生产责任书 and what surrounds it: the year's campaign, the counter of numbers, print runs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Index, Integer, String, UniqueConstraint, case, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from anjian_desktop.domain.agreements import KINDS, STATE_LABELS, State
from anjian_desktop.ledgers.base import About, Base, Ledger
from anjian_desktop.ledgers.fields import Kind, computed, declare, link
from anjian_desktop.ledgers.organization import Enterprise, Organization

_unit = aliased(Organization.__table__, name="unit")
_home = aliased(Organization.__table__, name="home")
_enterprise = Enterprise.__table__


class Agreement(Ledger):
    """One agreement with one unit for one year; what was issued is kept in `snapshot` and never changes."""

    __tablename__ = "agreement"
    about = About(
        key="agreement",
        label="责任书",
        counter="份",
        title="number",
        subtitle=("organization", "year"),
        icon="agreement",
        menu=10,
        importable=False,
        sort="number",
        order=(
            "number",
            "organization",
            "village",
            "principal",
            "phone",
            "state",
            "issued_on",
            "signed_on",
            "signed_by",
            "copies",
        ),
    )

    number: Mapped[str | None] = declare("编号", max_length=60, searched=True, width=11)
    number_prefix: Mapped[str | None] = mapped_column(String(40))
    number_year: Mapped[int | None] = mapped_column(Integer)
    number_n: Mapped[int | None] = mapped_column(Integer)
    year: Mapped[int] = declare("年度", Kind.INTEGER, required=True, minimum=2000, maximum=2199, width=4, in_grid=False)
    kind: Mapped[str] = declare(
        "类别",
        Kind.CHOICE,
        required=True,
        choices=tuple(KINDS),
        choice_labels={k.code: k.label for k in KINDS.values()},
        width=9,
        in_grid=False,
    )
    organization_id: Mapped[int] = link("单位名称", "organization", "organization.id", required=True, width=18)
    state: Mapped[str] = declare(
        "状态",
        Kind.CHOICE,
        required=True,
        choices=tuple(s.value for s in State),
        choice_labels={s.value: label for s, label in STATE_LABELS.items()},
        default=State.DRAFTED.value,
        width=6,
    )
    period_from: Mapped[date] = declare("期限起", Kind.DATE, required=True, in_grid=False)
    period_to: Mapped[date] = declare("期限止", Kind.DATE, required=True, in_grid=False)
    copies: Mapped[int] = declare("份数", Kind.INTEGER, required=True, minimum=1, maximum=20, default=2, width=3)
    deadline: Mapped[date] = declare("签订截止日", Kind.DATE, required=True, in_grid=False)
    template: Mapped[str] = declare("模板", required=True, max_length=80, in_grid=False)
    template_sha256: Mapped[str | None] = mapped_column(String(64))
    drafted_on: Mapped[date] = declare("起草日期", Kind.DATE, required=True, in_grid=False)
    issued_on: Mapped[date | None] = declare("打印日期", Kind.DATE, width=6)
    signed_on: Mapped[date | None] = declare("签订日期", Kind.DATE, width=6)
    signed_by: Mapped[str | None] = declare("签订人", max_length=40, width=5)
    date_assumed: Mapped[bool] = mapped_column(default=False)
    archived_on: Mapped[date | None] = declare("归档日期", Kind.DATE, width=6, in_grid=False)
    ended_on: Mapped[date | None] = declare("终止日期", Kind.DATE, width=6, in_grid=False)
    reason: Mapped[str | None] = declare("原因", max_length=200, width=10, in_grid=False)
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"))
    revision: Mapped[int] = mapped_column(default=1)
    """1 for the first agreement of a unit and year, one more each time it is superseded."""
    snapshot: Mapped[dict[str, str] | None] = mapped_column(JSON)
    """Every value merged into the document when it was issued: placeholder -> text."""
    issued_name: Mapped[str | None] = mapped_column(String(80))
    issued_principal: Mapped[str | None] = mapped_column(String(40))
    """The unit's name and principal as issued, beside the snapshot so that 需重签 is one query."""
    pages: Mapped[int | None] = declare("页数", Kind.INTEGER, in_grid=False)
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    docx_sha256: Mapped[str | None] = mapped_column(String(64))
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))

    principal: Mapped[str | None] = computed(
        "主要负责人", select(_unit.c.principal).where(_unit.c.id == organization_id).scalar_subquery(), width=6
    )
    phone: Mapped[str | None] = computed(
        "联系电话",
        select(_unit.c.principal_phone).where(_unit.c.id == organization_id).scalar_subquery(),
        Kind.PHONE,
        personal=True,
    )
    village: Mapped[str | None] = computed(
        "所属村",
        select(case((_unit.c.kind == "village", _unit.c.name), else_=_home.c.name))
        .select_from(
            _unit.outerjoin(_enterprise, _enterprise.c.id == _unit.c.id).outerjoin(
                _home, _home.c.id == _enterprise.c.village_id
            )
        )
        .where(_unit.c.id == organization_id)
        .scalar_subquery(),
        width=7,
    )

    __table_args__ = (
        UniqueConstraint("number_prefix", "number_year", "number_n", name="uq_agreement_number"),
        Index("ix_agreement_year_kind_state", "year", "kind", "state"),
    )

    @property
    def stored_state(self) -> State:
        """The state as the domain's enum."""
        return State(self.state)

    @property
    def state_for_signing(self) -> State:
        """As `stored_state`; one archived by its scan before anybody said when it was signed still takes the true day."""
        return State.ISSUED if self.date_assumed else self.stored_state


class Campaign(Base):
    """年度签订: one kind of agreement in one year, with its deadline."""

    __tablename__ = "campaign"
    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(10))
    deadline: Mapped[date] = mapped_column()

    __table_args__ = (UniqueConstraint("year", "kind", name="uq_campaign_year_kind"),)


class NumberCounter(Base):
    """The next number of a prefix and year; only ever goes up."""

    __tablename__ = "number_counter"
    prefix: Mapped[str] = mapped_column(String(40), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    next_n: Mapped[int] = mapped_column(default=1)


class PrintRun(Base):
    """One press of the print button: taken numbers first, files next, hashes last; unfinished until `finished_at`."""

    __tablename__ = "print_run"
    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column()
    request: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What was asked for; the same request again finishes an unfinished run."""
    started_at: Mapped[datetime] = mapped_column(DateTime)
    finished_at: Mapped[datetime | None] = mapped_column(DateTime)


class PrintItem(Base):
    """One agreement of a print run, in printing order."""

    __tablename__ = "print_item"
    run_id: Mapped[int] = mapped_column(ForeignKey("print_run.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    newly_issued: Mapped[bool] = mapped_column()
    pages: Mapped[int | None] = mapped_column()
    problem: Mapped[str | None] = mapped_column(String(300))
