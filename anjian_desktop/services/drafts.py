"""What is typed into a form and not saved yet, kept in a small file so that a crash or a power cut does not take it.

One file a form in the data folder's `drafts`, readable by its user only; it goes when the form is saved or given up. It holds
what was typed, phone numbers too: it is never logged, and its name says nothing but the ledger and the row.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from anjian_desktop.ledgers.registry import all_ledgers
from anjian_desktop.services.office import Office
from anjian_desktop.storage.files import refusals_in_words, replace

FOLDER = "drafts"
_NAME = re.compile(r"([a-z_]+)-(new|[0-9]+)\.json")


@dataclass(frozen=True)
class Draft:
    """Typed texts by field key; `row_id` None while it is a new row, `version` the row's when the form loaded it."""

    ledger: str
    row_id: int | None
    values: Mapping[str, str]
    version: int = 0
    at: datetime = field(default_factory=datetime.now)
    """Local time of the last key that is in it."""


def keep(office: Office, draft: Draft) -> None:
    """Put a form's present texts in place of its earlier ones. Raises UserError when the disk refuses.

    Not fsynced: called every few seconds by the window's own thread, and a killed program loses nothing by it.
    """
    path = _path(office, draft.ledger, draft.row_id)
    told = {
        "ledger": draft.ledger,
        "row": draft.row_id,
        "version": draft.version,
        "at": draft.at.isoformat(timespec="seconds"),
        "values": dict(draft.values),
    }
    with refusals_in_words(path):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            json.dump(told, file, ensure_ascii=False)
        replace(part, path)


def drop(office: Office, ledger: str, row_id: int | None) -> None:
    """The form was saved or given up."""
    path = _path(office, ledger, row_id)
    with refusals_in_words(path):
        path.unlink(missing_ok=True)


def find(office: Office, ledger: str, row_id: int | None) -> Draft | None:
    """What was typed into this form and not saved; None when there is nothing, or nothing readable."""
    return _read(_path(office, ledger, row_id))


def waiting(office: Office) -> list[Draft]:
    """Every draft of a ledger that still exists, the newest first."""
    known = {ledger.about.key for ledger in all_ledgers()}
    found = [_read(path) for path in (office.folder / FOLDER).glob("*.json")]
    return sorted((one for one in found if one and one.ledger in known), key=lambda one: one.at, reverse=True)


def _path(office: Office, ledger: str, row_id: int | None) -> Path:
    return office.folder / FOLDER / f"{ledger}-{'new' if row_id is None else row_id}.json"


def _read(path: Path) -> Draft | None:
    named = _NAME.fullmatch(path.name)
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        values = {key: text for key, text in told["values"].items() if isinstance(key, str) and isinstance(text, str)}
        at, version = datetime.fromisoformat(told["at"]), int(told["version"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    if named is None or not values or at.tzinfo is not None:
        return None
    return Draft(named[1], None if named[2] == "new" else int(named[2]), values, version, at)
