"""Who could sit in a class: those who lack its level, everybody in service, or the persons of a list pasted from Excel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from anjian_desktop.exchange.headings import HeadingMatch, find_heading
from anjian_desktop.exchange.import_plan import ImportPlan
from anjian_desktop.exchange.list_rows import read_list
from anjian_desktop.exchange.pasted import pasted_sheet
from anjian_desktop.exchange.sheet_rows import Sheet
from anjian_desktop.ledgers.fields import Field
from anjian_desktop.ledgers.training import TrainingRecord
from anjian_desktop.ledgers.worker import Worker
from anjian_desktop.services import sessions, training
from anjian_desktop.services.list_imports import Units
from anjian_desktop.services.office import Office
from anjian_desktop.services.training_lists import Roll

_PASTED = "粘贴的名单"


@dataclass(frozen=True)
class NamedRow:
    """A row of a pasted list in which nobody in particular is named, and why; its number counts from 1."""

    row: int
    problem: str


@dataclass(frozen=True)
class Named:
    """Whom a pasted list names, in its order, each once."""

    worker_ids: tuple[int, ...]
    unknown: tuple[NamedRow, ...]


def pickable(office: Office, session_id: int, *, everyone: bool = False) -> list[int]:
    """Persons in service who lack the class's level (`everyone`: all of its enterprise), without those already in it."""
    if everyone:
        unit = sessions.enterprise_of(office, session_id)
        found = training.people(office, enterprises=None if unit is None else [unit])
    else:
        found = sessions.candidates(office, session_id)
    with office.db.reading() as session:
        wanted = select(TrainingRecord.worker_id).where(
            TrainingRecord.session_id == session_id, TrainingRecord.retired_at.is_(None)
        )
        there = set(session.scalars(wanted))
    return [one for one in found if one not in there]


def named(office: Office, text: str) -> Named:
    """Whom a block copied from Excel names: by identity number, or by name (and enterprise).

    It may bring headings; without them the columns are told by what stands in them. Raises UserError when it is empty.
    """
    sheet = pasted_sheet(text, _PASTED)
    fields = sessions.mark_fields()
    plan = ImportPlan(TrainingRecord.about.key)
    with office.db.reading() as session:
        roll = Roll(session, Units(session), office.today)
        heading = find_heading(sheet.rows, fields) or _told_by_contents(sheet, fields, roll)
        rows = read_list(
            [sheet], fields, plan, today=office.today, title="name", place=roll.units.place, special={}, heading=heading
        )
        found: dict[int, None] = {}
        unknown = []
        for row in rows:
            person = None if row.problems else roll.find(row)
            if person is None:
                why = row.problems[0].problem if row.problems else "没有认出是谁"
                unknown.append(NamedRow(row.number, why))
            else:
                found[person[0]] = None
        gone: set[int] = set()
        for start in range(0, len(found), 5000):
            part = list(found)[start : start + 5000]
            gone.update(
                session.scalars(
                    select(Worker.id).where(
                        Worker.id.in_(part), Worker.left_on.is_not(None), Worker.left_on <= office.today
                    )
                )
            )
    return Named(tuple(one for one in found if one not in gone), tuple(unknown))


def _told_by_contents(sheet: Sheet, fields: Sequence[Field], roll: Roll) -> HeadingMatch:
    """The column of identity numbers, of enterprises, and the first other one with words as names."""
    by_key = {one.key: one for one in fields}
    width = max(len(row.cells) for row in sheet.rows)
    columns: dict[int, Field] = {}
    for column in range(width):
        texts = [str(row.cell(column)).strip() for row in sheet.rows if row.cell(column) not in (None, "")]
        numbers = sum(len(text) in (15, 18) and text[:-1].isdigit() for text in texts)
        units = sum(roll.units.place(text) is not None for text in texts)
        words = sum(not text.replace(".", "").isdigit() for text in texts)
        key = (
            "identity_number" if numbers * 2 > len(texts)
            else "enterprise" if units * 2 > len(texts)
            else "name" if words * 2 > len(texts)
            else ""
        )  # fmt: skip
        if key and by_key[key] not in columns.values():
            columns[column] = by_key[key]
    headings = {column: one.label for column, one in columns.items()}
    return HeadingMatch(0, columns, headings, [])
