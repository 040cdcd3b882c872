"""Scanned pages: which page of which paper lies in which file, and pages that nobody could place yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from anjian_desktop.ledgers.base import Base


class ScanPage(Base):
    """One page of one paper (an agreement, a class's sign-in sheet), found by its page code or placed by hand.

    A paper printed anew with another number of pages is another set: `pages` belongs to the key.
    """

    __tablename__ = "scan_page"
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[int] = mapped_column()
    revision: Mapped[int] = mapped_column()
    pages: Mapped[int] = mapped_column()
    page: Mapped[int] = mapped_column()
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    place: Mapped[int] = mapped_column()
    """Which page of the attachment, from 1."""
    filed_at: Mapped[datetime] = mapped_column(DateTime)

    __table_args__ = (
        UniqueConstraint("ledger", "row_id", "revision", "pages", "page", name="uq_scan_page_page"),
        Index("ix_scan_page_row", "ledger", "row_id"),
    )


class WaitingScan(Base):
    """A scanned page that no code places: kept until the clerk says where it belongs, or that it belongs nowhere."""

    __tablename__ = "waiting_scan"
    id: Mapped[int] = mapped_column(primary_key=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    file: Mapped[str] = mapped_column(String(200))
    """What the scanned file was called, and which page of it."""
    page: Mapped[int] = mapped_column()
    reason: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(DateTime)
    settled_at: Mapped[datetime | None] = mapped_column(DateTime, index=True)
