"""A file of a row (scan, photo): kept once by its SHA-256 beside the store, never in it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import DateTime, String
from sqlalchemy.orm import Mapped, mapped_column

from anjian_desktop.ledgers.base import Base


class Attachment(Base):
    """The name is what the clerk called the file, never a path; the content's place follows from the hash."""

    __tablename__ = "attachment"
    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int] = mapped_column()
    ledger: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[int] = mapped_column(index=True)
    added_at: Mapped[datetime] = mapped_column(DateTime)
    kind: Mapped[str | None] = mapped_column(String(40))
    """What it is, in the clerk's words (营业执照, 检查照片); None for those the program filed itself."""
    dated_on: Mapped[date | None] = mapped_column()
    """The day the paper bears."""
    removed_at: Mapped[datetime | None] = mapped_column(DateTime)
    """Taken off its row by the clerk; the file stays, so that it can come back."""
