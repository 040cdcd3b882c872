"""Any list, and one unit's card (企业基本情况表), as a PDF to print; personal data masked unless asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.domain.agreements import STATE_LABELS
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.agreement import Agreement
from anjian_desktop.ledgers.base import Ledger, fields_of
from anjian_desktop.ledgers.fields import Field, Kind
from anjian_desktop.ledgers.licence import Lease, Licence
from anjian_desktop.ledgers.organization import Organization
from anjian_desktop.ledgers.registry import ledger_named
from anjian_desktop.services.browse import Query, RowView, read_rows, select_ids
from anjian_desktop.services.lists import filter_words
from anjian_desktop.services.office import Office
from anjian_desktop.services.office_profile import read_profile
from anjian_desktop.services.tenures import read_holders
from anjian_desktop.storage.files import write_atomically

if TYPE_CHECKING:
    from anjian_desktop.documents.list_print import PrintColumn

_PAGE = 1000
_UNBROKEN = {Kind.CREDIT_CODE: 11.2, Kind.IDENTITY: 10.6, Kind.PHONE: 6.8, Kind.DATE: 5.8}
"""Widths, in Chinese characters, that keep one such value on one line."""
_MOST_SHOWN = 14
"""Columns of the default choice."""


@dataclass(frozen=True)
class PrintedList:
    """A document ready to print: pages, rows, and characters no font has (printed as □)."""

    data: bytes
    pages: int
    rows: int
    missing: tuple[str, ...]
    landscape: bool = True

    def write(self, path: Path) -> Path:
        """Put it into a file. Raises UserError when the name is no .pdf, StoreError when the disk refuses."""
        if path.suffix.lower() != ".pdf":
            raise UserError(f"文件名应以 .pdf 结尾，这里是“{path.name}”。")
        with write_atomically(path) as part:
            part.write_bytes(self.data)
        return path


def print_list(
    office: Office,
    query: Query,
    *,
    keys: Sequence[str] | None = None,
    full: bool = False,
    ids: Sequence[int] | None = None,
) -> PrintedList:
    """The rows of a query (or only `ids` of them) as a list on A4 across. `keys` picks and orders the columns, else those
    a list shows; `full` leaves personal data unmasked (audited). Raises UserError for too many columns."""
    from anjian_desktop.documents.list_print import list_pdf  # a heavy library behind it

    ledger = ledger_named(query.ledger)
    chosen = _columns(ledger, keys)
    with office.db.reading() as session:
        row_ids = list(ids) if ids is not None else select_ids(session, query, today=office.today)
        profile = read_profile(session)

        def rows() -> Iterator[list[str]]:
            for start in range(0, len(row_ids), _PAGE):
                for view in read_rows(session, ledger, row_ids[start : start + _PAGE], today=office.today):
                    texts = view.full if full else view.shown
                    yield [texts[one.key] for one in chosen]
                session.expunge_all()

        made = list_pdf(
            f"{ledger.about.label}名册" if issubclass(ledger, Organization) else f"{ledger.about.label}台账",
            [_print_column(one) for one in chosen],
            rows(),
            subtitle=f"{profile.office}　共 {len(row_ids):,} {ledger.about.counter}",
            footer=_footer(office, chosen, f"筛选：{filter_words(query)}" if ids is None else "选中的行", full=full),
        )
    _audit_full(office, f"{ledger.about.label} {len(row_ids)} 条", chosen, full=full)
    return PrintedList(made.data, made.pages, len(row_ids), made.missing)


@dataclass(frozen=True)
class ShownColumn:
    """A column of a list as it is shown: heading, width in Chinese characters, whether it stands at the right."""

    label: str
    width: float
    right: bool = False


def print_shown(
    office: Office, title: str, columns: Sequence[ShownColumn], rows: Sequence[Sequence[str]], *, told: str = ""
) -> PrintedList:
    """A list that is no ledger (到期证书, 缺培训的人) as it stands on the screen, masked there already, on A4 across."""
    from anjian_desktop.documents.list_print import PrintColumn, list_pdf  # a heavy library behind it

    if not rows:
        raise UserError("列表是空的，没有可以打印的。")
    with office.db.reading() as session:
        profile = read_profile(session)
    made = list_pdf(
        title,
        [PrintColumn(one.label, one.width, one.right) for one in columns],
        rows,
        subtitle=f"{profile.office}　共 {len(rows):,} 条",
        footer="　".join(part for part in (told, f"打印日期 {office.today.isoformat()}", "电话等已打星号") if part),
    )
    return PrintedList(made.data, made.pages, len(rows), made.missing)


def print_card(office: Office, ledger_key: str, unit_id: int, *, full: bool = False) -> PrintedList:
    """One unit's card with its persons, licences, leases and agreements; fields that are seldom filled only when filled."""
    from anjian_desktop.documents.unit_card import CardSection, CardTable, card_pdf  # a heavy library behind it

    ledger = ledger_named(ledger_key)
    if not issubclass(ledger, Organization):
        raise UserError(f"{ledger.about.label}没有基本情况表。", next_step="企业、村居、部门才有。")
    with office.db.reading() as session:
        found = read_rows(session, ledger, [unit_id], today=office.today)
        if not found:
            raise UserError("这条记录已不在。", next_step="请刷新列表（F5）。")
        profile = read_profile(session)
        sections = [CardSection(title, pairs) for title, pairs in _sections(ledger, found[0], full=full)]
        tables = [CardTable(*table) for table in _tables(session, office, unit_id, full=full) if table[3]]
    name = found[0].full["name"]
    kind = ledger.about.label
    made = card_pdf(
        f"{kind}基本情况表",
        sections,
        tables,
        subtitle=f"{profile.office}　{name}",
        footer=_footer(office, fields_of(ledger), name, full=full),
        signatures=("填表人：", "核对人：", "日期：　　　　年　　月　　日"),
    )
    _audit_full(office, f"{kind}“{name}”的基本情况表", fields_of(ledger), full=full)
    return PrintedList(made.data, made.pages, 1, made.missing, landscape=False)


def _print_column(one: Field) -> PrintColumn:
    from anjian_desktop.documents.list_print import PrintColumn  # as above

    return PrintColumn(one.label, one.width, one.kind in (Kind.INTEGER, Kind.DECIMAL), _UNBROKEN.get(one.kind, 0))


def _columns(ledger: type[Ledger], keys: Sequence[str] | None) -> list[Field]:
    declared = {one.key: one for one in fields_of(ledger)}
    if keys is None:
        return [one for one in declared.values() if one.in_grid][:_MOST_SHOWN]
    if unknown := [key for key in keys if key not in declared]:
        raise UserError(f"没有“{unknown[0]}”这一列。")
    if not keys:
        raise UserError("没有可以打印的列。", next_step="请在“列”里至少选一列。")
    return [declared[key] for key in keys]


def _footer(office: Office, chosen: Sequence[Field], first: str, *, full: bool) -> str:
    masked = "　电话等已打星号" if any(one.personal for one in chosen) and not full else ""
    return f"{first}　打印日期 {office.today.isoformat()}{masked}"


def _audit_full(office: Office, words: str, chosen: Sequence[Field], *, full: bool) -> None:
    if full and any(one.personal for one in chosen):
        with office.db.transaction("打印完整信息", actor=office.actor) as tx:
            tx.note(f"{words}，含完整联系电话")


def _sections(ledger: type[Ledger], view: RowView, *, full: bool) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    texts = view.full if full else view.shown
    shown = [one for one in fields_of(ledger) if one.in_form and (not one.rare or texts[one.key])]
    for group in dict.fromkeys(one.group for one in shown):
        yield group, tuple((one.label, texts[one.key]) for one in shown if one.group == group)


_Table = tuple[str, tuple[str, ...], tuple[float, ...], tuple[tuple[str, ...], ...]]


def _tables(session: Session, office: Office, unit_id: int, *, full: bool) -> Iterator[_Table]:
    persons = tuple(
        (one.label, one.name, one.phone if full else one.shown_phone, one.term)
        for one in read_holders(session, unit_id)
        if one.to_on is not None or one.from_on is not None
    )
    yield "任职变化", ("职责", "姓名", "电话", "起止"), (2.4, 1.6, 2.4, 4), persons
    yield _listed(
        session, office, Licence, "enterprise_id", unit_id, "证照", ("licence_kind", "number", "authority", "valid_to")
    )
    yield _listed(
        session, office, Lease, "tenant_id", unit_id, "租用的场所", ("place", "landlord", "floor_area", "to_on")
    )
    yield _listed(
        session, office, Lease, "landlord_id", unit_id, "租出的场所", ("place", "tenant", "floor_area", "to_on")
    )
    signed = tuple(
        (
            str(one.year),
            one.number or "",
            STATE_LABELS[one.stored_state],
            one.signed_on.isoformat() if one.signed_on else "",
        )
        for one in session.scalars(
            select(Agreement)
            .where(Agreement.organization_id == unit_id, Agreement.retired_at.is_(None))
            .order_by(Agreement.year.desc(), Agreement.id.desc())
        )
    )
    yield "责任书", ("年度", "编号", "状态", "签订日期"), (1.2, 4, 2, 2.4), signed


def _listed(
    session: Session, office: Office, ledger: type[Ledger], column: str, unit_id: int, title: str, keys: tuple[str, ...]
) -> _Table:
    ids = list(
        session.scalars(select(ledger.id).where(getattr(ledger, column) == unit_id, ledger.retired_at.is_(None)))
    )
    declared = {one.key: one for one in fields_of(ledger)}
    rows = tuple(tuple(view.shown[key] for key in keys) for view in read_rows(session, ledger, ids, today=office.today))
    return (
        title,
        tuple(declared[key].label for key in keys),
        tuple(max(declared[key].width, 5) / 4 for key in keys),
        rows,
    )
