"""Any list as an Excel workbook: the columns, filter and order on the screen, personal data masked unless asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from anjian_desktop.domain.agreements import STATE_LABELS, State
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.base import fields_of
from anjian_desktop.ledgers.fields import Field, Kind
from anjian_desktop.ledgers.registry import ledger_named
from anjian_desktop.services.browse import Query, read_rows, select_ids
from anjian_desktop.services.office import Office
from anjian_desktop.services.standing import UnitStanding
from anjian_desktop.storage.files import write_atomically

_PAGE = 1000


@dataclass(frozen=True)
class ExportOutcome:
    """The workbook written and how many rows it holds."""

    file: Path
    rows: int


def export_list(
    office: Office, query: Query, path: Path, *, keys: Sequence[str] | None = None, full: bool = False
) -> ExportOutcome:
    """Write the rows of a query. `keys` picks and orders the columns; `full` leaves personal data unmasked (audited)."""
    from anjian_desktop.exchange.export import write_list  # the spreadsheet library stays off the start-up path

    if path.suffix.lower() != ".xlsx":
        raise UserError(f"导出的文件名应以 .xlsx 结尾，这里是“{path.name}”。")
    ledger = ledger_named(query.ledger)
    declared = fields_of(ledger)
    by_key = {one.key: one for one in declared}
    if unknown := [key for key in keys or () if key not in by_key]:
        raise UserError(f"没有“{unknown[0]}”这一列。")
    chosen = tuple(by_key[key] for key in keys) if keys else declared
    with office.db.reading() as session:
        row_ids = select_ids(session, query, today=office.today)

        def rows() -> Iterator[list[str | int | Decimal | date | None]]:
            for start in range(0, len(row_ids), _PAGE):
                for view in read_rows(session, ledger, row_ids[start : start + _PAGE], today=office.today):
                    texts = view.full if full else view.shown
                    yield [_cell(one, view.values[one.key], texts[one.key], full) for one in chosen]
                session.expunge_all()

        with write_atomically(path) as part:
            write_list(part, title=ledger.about.label, fields=chosen, rows=rows(), footer=filter_words(query))
    if full and any(one.personal for one in chosen):
        with office.db.transaction("导出完整信息", actor=office.actor) as tx:
            tx.note(f"{ledger.about.label} {len(row_ids)} 条，含完整联系电话")
    return ExportOutcome(path, len(row_ids))


_STANDING_FIELDS = (
    Field("name", "单位名称", Kind.NAME, width=18),
    Field("village", "所属村", Kind.TEXT, width=8),
    Field("principal", "主要负责人", Kind.TEXT, width=7),
    Field("phone", "联系电话", Kind.PHONE, personal=True, width=9),
    Field("state", "状态", Kind.TEXT, width=7),
    Field("number", "编号", Kind.TEXT, width=12),
)


def export_standing(units: Sequence[UnitStanding], path: Path, *, title: str) -> ExportOutcome:
    """Write due units as they stand (whom to chase), phones masked; units without an agreement are among them."""
    from anjian_desktop.exchange.export import write_list  # the spreadsheet library stays off the start-up path

    def row(unit: UnitStanding) -> list[str | int | Decimal | date | None]:
        state = STATE_LABELS[State(unit.state)] if unit.state else "没有责任书"
        values = (unit.name, unit.village, unit.principal, unit.phone, state, unit.number)
        return [one.masked(value) or None for one, value in zip(_STANDING_FIELDS, values, strict=True)]

    with write_atomically(path) as part:
        write_list(part, title=title, fields=_STANDING_FIELDS, rows=(row(unit) for unit in units), footer=title)
    return ExportOutcome(path, len(units))


def _cell(declared: Field, value: object, text: str, full: bool) -> str | int | Decimal | date | None:
    if value is None or text == "":
        return None
    if (
        declared.kind in (Kind.INTEGER, Kind.DECIMAL, Kind.DATE)
        and isinstance(value, int | Decimal | date)
        and (full or not declared.personal)
    ):
        return value
    return text


def filter_words(query: Query) -> str:
    """The filter in words, for the printed footer."""
    labels = {one.key: one for one in fields_of(ledger_named(query.ledger))}
    words = [f"搜索“{query.text.strip()}”"] if query.text.strip() else []
    for condition in query.where:
        declared = labels[condition.key]
        value = declared.choice_labels.get(condition.value, condition.value) or "（空）"
        words.append(f"{declared.label}{'包含' if condition.op == '~' else condition.op}{value}")
    return "；".join(words) or "全部"
