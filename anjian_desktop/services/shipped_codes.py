"""The words of the code tables that come with the program, put into a store that has none."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from anjian_desktop.ledgers.code import Code
from anjian_desktop.storage.database import Database
from anjian_desktop.storage.transaction import Transaction

_FILE = "codes.tsv"
_CLASSES = "industries.tsv"
"""中类 and 小类 of GB/T 4754; 门类 and 大类 stand among the other words."""
_CERTIFICATES = "certificates.tsv"
"""Kinds of certificates with when to apply for the next, and the items of 特种作业 and 特种设备作业 by the list in force."""
_STANDARD: dict[str, Any] = {
    "table": "industry",
    "source": "GB/T 4754-2017（2019 修改）",
    "valid_from": date(2017, 10, 1),
}


def complete_codes(db: Database, *, actor: str) -> None:
    """Give an older store the words that come with the program; what the office has is left alone."""
    with db.reading() as session:
        if _has_codes(session) and _has_classes(session) and _has_certificates(session):
            return
    with db.transaction("补充代码表", actor=actor) as tx:
        add_shipped(tx)


def add_shipped(tx: Transaction) -> None:
    """Put the words that come with the program into a store that has none of their kind yet."""
    rows: list[dict[str, Any]] = []
    if not _has_codes(tx.session):
        rows += [{**row, "position": place * 10} for place, row in enumerate(_lines(_FILE), start=1)]
    if not _has_classes(tx.session):
        rows += [{**_STANDARD, **row} for row in _lines(_CLASSES)]
    if not _has_certificates(tx.session):
        rows += [{**row, "position": place * 10} for place, row in enumerate(_lines(_CERTIFICATES), start=1)]
    tx.add_many(Code, rows)


def _lines(name: str) -> list[dict[str, Any]]:
    lines = (files("resources") / "codes" / name).read_text(encoding="utf-8").splitlines()
    keys = lines[0].split("\t")
    rows: list[dict[str, Any]] = [dict(zip(keys, line.split("\t"), strict=True)) for line in lines[1:]]
    return [{key: _value(key, text) for key, text in row.items()} for row in rows]


def _value(key: str, text: str) -> str | date | None:
    return date.fromisoformat(text) if text and key in ("valid_from", "valid_to") else text or None


def _has_codes(session: Session) -> bool:
    """Whether the store has any code, retired ones included."""
    return session.scalar(select(Code.id).limit(1)) is not None


def _has_classes(session: Session) -> bool:
    """Whether the store has any 中类 or 小类, retired ones included."""
    wanted = select(Code.id).where(Code.table == "industry", func.length(Code.code) > 2)
    return session.scalar(wanted.limit(1)) is not None


def _has_certificates(session: Session) -> bool:
    """Whether the store has any kind of certificate, retired ones included."""
    return session.scalar(select(Code.id).where(Code.table == "certificate_kind").limit(1)) is not None
