"""The kept summary of who lacks what: one short row a person, computed from the other tables and never typed."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from anjian_desktop.ledgers.base import Base


class TrainingSummary(Base):
    """How a person stands from one day to another; written by services/training_summary.py with every change.

    `flags` are its bits (zero: not in service), the days are numbered as `date.toordinal` does, `told` is the standing in
    short JSON.
    """

    __tablename__ = "training_summary"
    worker_id: Mapped[int] = mapped_column(ForeignKey("worker.id"), primary_key=True)
    enterprise_id: Mapped[int] = mapped_column()
    flags: Mapped[int] = mapped_column()
    first_day: Mapped[int] = mapped_column()
    last_day: Mapped[int] = mapped_column()
    told: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        Index("ix_training_summary_place", "enterprise_id", "flags"),
        Index("ix_training_summary_first_day", "first_day"),
        Index("ix_training_summary_last_day", "last_day"),
    )
