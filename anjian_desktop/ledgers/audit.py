"""Who changed what and when: an HMAC chain from the first row, append only; and a seal on every row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from anjian_desktop.ledgers.base import Base


class AuditEntry(Base):
    """One transaction: its act in words, chained to the one before by HMAC-SHA256."""

    __tablename__ = "audit_entry"
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(DateTime)
    """UTC."""
    actor: Mapped[str] = mapped_column(String(60))
    action: Mapped[str] = mapped_column(String(60))
    note: Mapped[str] = mapped_column(String(300), default="")
    changes_digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 over this entry's AuditChange rows."""
    previous: Mapped[str] = mapped_column(String(64))
    mac: Mapped[str] = mapped_column(String(64))


class AuditChange(Base):
    """One row of a ledger changed by one transaction: {field: [before, after]}, personal data masked."""

    __tablename__ = "audit_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(ForeignKey("audit_entry.seq"), index=True)
    ledger: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[int] = mapped_column()
    act: Mapped[str] = mapped_column(String(20))
    """add, edit, retire or restore."""
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)

    __table_args__ = (Index("ix_audit_change_row", "ledger", "row_id"),)


class RowSeal(Base):
    """A keyed digest of a ledger row as the program last wrote it: finds edits made with another tool."""

    __tablename__ = "row_seal"
    ledger: Mapped[str] = mapped_column(String(40), primary_key=True)
    row_id: Mapped[int] = mapped_column(primary_key=True)
    mac: Mapped[str] = mapped_column(String(32))
