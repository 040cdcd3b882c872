"""The words of the code tables that come with the program, put into a store that has none."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.ledgers.code import Code
from anjian_desktop.storage.database import Database
from anjian_desktop.storage.transaction import Transaction

_FILE = "codes.tsv"


def complete_codes(db: Database, *, actor: str) -> None:
    """Give an older store the words that come with the program; what the office has is left alone."""
    with db.reading() as session:
        if _has_codes(session):
            return
    with db.transaction("补充代码表", actor=actor) as tx:
        add_shipped(tx)


def add_shipped(tx: Transaction) -> None:
    """Put the words that come with the program into a store that has none yet."""
    if _has_codes(tx.session):
        return
    lines = (files("resources") / "codes" / _FILE).read_text(encoding="utf-8").splitlines()
    keys = lines[0].split("\t")
    rows: list[dict[str, Any]] = []
    for position, line in enumerate(lines[1:], start=1):
        row: dict[str, Any] = {key: text or None for key, text in zip(keys, line.split("\t"), strict=True)}
        rows.append({**row, "position": position * 10})
    tx.add_many(Code, rows)


def _has_codes(session: Session) -> bool:
    """Whether the store has any code, retired ones included."""
    return session.scalar(select(Code.id).limit(1)) is not None
