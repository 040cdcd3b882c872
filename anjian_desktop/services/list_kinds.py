"""What can be imported: rosters by their ledger's own fields, lists of persons by fields of their own."""

from __future__ import annotations

from functools import cache

from anjian_desktop.exchange.sheet_kinds import RowKind
from anjian_desktop.ledgers.base import fields_of
from anjian_desktop.ledgers.fields import Field
from anjian_desktop.ledgers.registry import all_ledgers
from anjian_desktop.services.certificate_lists import CERTIFICATES
from anjian_desktop.services.person_lists import PersonList
from anjian_desktop.services.roster_store import importable
from anjian_desktop.services.training_lists import TRAINING
from anjian_desktop.services.worker_lists import WORKERS

PERSON_LISTS: dict[str, PersonList] = {one.key: one for one in (WORKERS, TRAINING, CERTIFICATES)}


def import_fields(kind: str) -> tuple[Field, ...]:
    """The fields whose columns an import of that ledger may have. Raises UserError for a ledger that takes no lists."""
    if (listed := PERSON_LISTS.get(kind)) is not None:
        return listed.fields()
    return tuple(one for one in fields_of(importable(kind)) if not one.computed)


def naming_field(kind: str) -> Field:
    """The field by which a list of that ledger names its rows: 企业名称, 村名, 姓名."""
    listed = PERSON_LISTS.get(kind)
    title = listed.row_kind.title if listed is not None else importable(kind).about.title
    return next(one for one in import_fields(kind) if one.key == title)


@cache
def row_kinds() -> tuple[RowKind, ...]:
    """Every kind of rows a workbook may hold."""
    return tuple(
        PERSON_LISTS[one.about.key].row_kind if one.about.key in PERSON_LISTS else RowKind.of(one)
        for one in all_ledgers()
        if one.about.importable
    )
