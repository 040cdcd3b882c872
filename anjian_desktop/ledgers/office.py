"""The office's own facts (办公室信息): a row of the store, backed up with the data."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, String
from sqlalchemy.orm import Mapped, mapped_column

from anjian_desktop.ledgers.base import Base


class OfficeSetting(Base):
    """One fact of the office: key and text; what may stand there is declared in services/office_profile.py."""

    __tablename__ = "office_setting"
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(500))


class StoreFact(Base):
    """What the store knows of itself: its tag on page codes, when it was made, when it was last backed up."""

    __tablename__ = "store_fact"
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(500))
    changed_at: Mapped[datetime] = mapped_column(DateTime)
