"""Imports from Excel: which file made or changed which rows, so that one can be taken back; headings explained by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from anjian_desktop.ledgers.base import Base


class RosterImport(Base):
    """One import: the file's name and hash, its counts, when it was undone."""

    __tablename__ = "roster_import"
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger: Mapped[str] = mapped_column(String(40))
    file_name: Mapped[str] = mapped_column(String(260))
    file_sha256: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(DateTime)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    undone_at: Mapped[datetime | None] = mapped_column(DateTime)


class ImportedRow(Base):
    """One row an import added or changed; `before` holds the values it replaced (None: the row was added)."""

    __tablename__ = "imported_row"
    import_id: Mapped[int] = mapped_column(ForeignKey("roster_import.id"), primary_key=True)
    ledger: Mapped[str] = mapped_column(String(40), primary_key=True)
    row_id: Mapped[int] = mapped_column(primary_key=True)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    version: Mapped[int] = mapped_column()
    """The row's version right after the import; a higher one means it was edited since."""


class ImportMapping(Base):
    """Headings that a clerk explained by hand, for the next file of that shape.

    `fingerprint` stands for all the file's headings (exchange/heading_memory.py); `mapping` is {heading: field key},
    an empty key for a column that is not to be imported.
    """

    __tablename__ = "import_mapping"
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger: Mapped[str] = mapped_column(String(40))
    fingerprint: Mapped[str] = mapped_column(String(64))
    headings: Mapped[list[str]] = mapped_column(JSON)
    mapping: Mapped[dict[str, str]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(DateTime)

    __table_args__ = (UniqueConstraint("ledger", "fingerprint", name="uq_import_mapping_ledger"),)
