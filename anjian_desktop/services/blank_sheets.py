"""Blank sheets of a ledger to send out to villages and units, with the store's own names in the drop-downs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.base import About
from anjian_desktop.ledgers.fields import Field
from anjian_desktop.ledgers.registry import ledger_named
from anjian_desktop.services import browse
from anjian_desktop.services.code_tables import current_fields
from anjian_desktop.services.office import Office
from anjian_desktop.storage.files import write_atomically

_OFFERED_NAMES = 2_000
"""Names in a drop-down: villages fit, tens of thousands of units would help nobody."""


@dataclass(frozen=True)
class BlankSheet:
    """The workbook written, and its columns by field key from left to right."""

    file: Path
    ledger: str
    keys: tuple[str, ...]


def blank_fields(ledger_key: str) -> tuple[Field, ...]:
    """The columns of a ledger's blank sheet: everything that can be typed. Raises UserError for one not imported."""
    ledger = ledger_named(ledger_key)
    if not ledger.about.importable:
        raise UserError(f"{ledger.about.label}不是从 Excel 导入的，没有空白表。")
    from anjian_desktop.services.list_kinds import import_fields  # the readers of lists stay off the start-up path

    return tuple(one for one in import_fields(ledger_key) if one.in_form)


def usual_fields(ledger_key: str) -> tuple[Field, ...]:
    """The columns most rosters have: required ones, those a list shows, and those the ledger puts first."""
    order = ledger_named(ledger_key).about.order
    return tuple(one for one in blank_fields(ledger_key) if one.required or one.in_grid or one.key in order)


def suggested_name(ledger_key: str) -> str:
    """The file name offered: 企业名册（空白表）.xlsx."""
    return f"{_list_name(ledger_named(ledger_key).about)}（空白表）.xlsx"


def write_blank_sheet(
    office: Office, ledger_key: str, path: Path, *, keys: Sequence[str] | None = None, every: bool = False
) -> BlankSheet:
    """Write the empty sheet with the usual columns, or with `every` one; `keys` picks them by key or label, required ones
    always stand.

    Raises UserError for a ledger that takes no rosters, an unknown column, or a name that is no .xlsx.
    """
    from anjian_desktop.exchange.blank_sheet import write_blank  # the spreadsheet library stays off the start-up path

    if path.suffix.lower() != ".xlsx":
        raise UserError(f"空白表的文件名应以 .xlsx 结尾，这里是“{path.name}”。")
    declared = blank_fields(ledger_key)
    if unknown := [key for key in keys or () if not any(key in (one.key, one.label) for one in declared)]:
        known = "、".join(one.label for one in declared)
        raise UserError(f"没有“{unknown[0]}”这一列。", next_step=f"可以填的列：{known}。")
    if keys is None:
        wanted = declared if every else usual_fields(ledger_key)
    else:
        wanted = tuple(one for one in declared if one.key in keys or one.label in keys or one.required)
    with office.db.reading() as session:
        current = {one.key: one for one in current_fields(session, ledger_named(ledger_key), today=office.today)}
    chosen = tuple(current.get(one.key, one) for one in wanted)
    linked = {one.link: browse.link_names(office, one.link, limit=_OFFERED_NAMES) for one in chosen if one.link}
    about = ledger_named(ledger_key).about
    # Opened here: the spreadsheet library would wrap what the disk refuses in an error of its own.
    with write_atomically(path) as part, part.open("wb") as out:
        write_blank(out, ledger=about.key, title=_list_name(about), fields=chosen, linked=linked)
    return BlankSheet(path, about.key, tuple(one.key for one in chosen))


def _list_name(about: About) -> str:
    """企业名册, 从业人员名册; records and certificates are no rosters."""
    return about.label + ("" if about.key in ("training_record", "certificate") else "名册")
