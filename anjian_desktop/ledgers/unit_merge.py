"""Units that look alike: two rows made into one, so that it can be taken back, or told apart for good."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from anjian_desktop.ledgers.base import Base

MERGED = "merged"
"""What the kept unit's history calls the other one."""


class UnitMerge(Base):
    """One merge; the retired unit points to the kept one by `merged_into_id`."""

    __tablename__ = "unit_merge"
    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    retired_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    at: Mapped[datetime] = mapped_column(DateTime)
    filled: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Attributes of the kept unit taken over from the retired one: {attribute: value before}, as JSON keeps it."""
    moved: Mapped[list[list[Any]]] = mapped_column(JSON)
    """[ledger key, row id, attribute, version after]: rows that pointed to the retired unit."""
    attachments: Mapped[list[int]] = mapped_column(JSON)
    dropped: Mapped[list[list[Any]]] = mapped_column(JSON)
    """[ledger key, row id]: drafts of the retired unit put into the recycle bin, since the kept one has its own."""
    undone_at: Mapped[datetime | None] = mapped_column(DateTime)


class DistinctPair(Base):
    """Two units the clerk has said are not the same (不是重复), however alike they look; `first_id` is the lower one."""

    __tablename__ = "distinct_pair"
    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    at: Mapped[datetime] = mapped_column(DateTime)
    actor: Mapped[str] = mapped_column(String(60))

    __table_args__ = (UniqueConstraint("first_id", "second_id"),)
