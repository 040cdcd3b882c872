"""A list of signatures from Excel (编号, 签订日期, 签订人): planned row by row, applied in one transaction.

A number the store does not know makes an agreement of earlier years, if the list names its unit (单位名称).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sqlalchemy import select

from anjian_desktop.domain.agreements import HAS_BEEN_SIGNED, KINDS, signing_problem
from anjian_desktop.domain.numbering import parse_numbers
from anjian_desktop.errors import UserError
from anjian_desktop.exchange.headings import HeadingMatch, find_heading
from anjian_desktop.exchange.import_plan import RowProblem, SheetPlan, SkippedRow
from anjian_desktop.exchange.row_kinds import kind_of
from anjian_desktop.exchange.row_values import ColumnReader
from anjian_desktop.exchange.sheet import Sheet, SheetRow, read_workbook
from anjian_desktop.ledgers.agreement import Agreement
from anjian_desktop.ledgers.fields import Field, Kind
from anjian_desktop.ledgers.roster_import import RosterImport
from anjian_desktop.services.earlier_agreements import EarlierAgreement, EarlierDesk, add_earlier
from anjian_desktop.services.maintenance import safeguard_import
from anjian_desktop.services.office import Office
from anjian_desktop.services.office_profile import read_profile
from anjian_desktop.services.outcomes import NOTHING_CHANGED
from anjian_desktop.services.progress import Step, no_step
from anjian_desktop.services.signatures import sign_one
from anjian_desktop.storage.changes import Change

SIGNATURE_FIELDS = (
    Field("number", "编号", Kind.TEXT, required=True, unique=True, aliases=("责任书编号", "文号"), max_length=60),
    Field("signed_on", "签订日期", Kind.DATE, required=True, aliases=("签字日期", "签订时间")),
    Field("signed_by", "签订人", Kind.TEXT, aliases=("签字人", "签名"), max_length=40),
    Field("organization", "单位名称", Kind.NAME, aliases=("企业名称", "单位", "乙方"), max_length=80),
    Field("year", "年度", Kind.INTEGER, minimum=2000, maximum=2199),
    Field(
        "kind", "责任书类别", Kind.CHOICE, aliases=("类别",), choices=tuple(KINDS),
        choice_labels={one.code: one.label for one in KINDS.values()},
    ),
)  # fmt: skip


@dataclass(frozen=True)
class SignatureImport:
    """What the list did: read = new + same + refused; `import_id` None when nothing was written.

    `made`: those of the new ones that were agreements of earlier years, unknown until now.
    """

    import_id: int | None
    read: int
    new: int
    same: int
    refused: tuple[RowProblem, ...]
    skipped: tuple[SkippedRow, ...]
    sheets: tuple[SheetPlan, ...]
    change: Change = field(default=NOTHING_CHANGED)
    made: int = 0


@dataclass
class _Row:
    sheet: str
    number: int
    values: dict[str, object]
    names: dict[str, str]
    shown: dict[str, str]
    problem: RowProblem | None = None


def import_signatures(
    office: Office,
    path: Path,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    dry_run: bool = False,
    all_or_nothing: bool = False,
    step: Step = no_step,
) -> SignatureImport:
    """Register the signatures of a list; rows a rule refuses are told and left out. Raises UserError when unreadable."""
    workbook = read_workbook(path, sheet=sheet, watch=lambda: step(0, 1, path.name))
    rows: list[_Row] = []
    sheets: list[SheetPlan] = []
    skipped: list[SkippedRow] = []
    for one in workbook.sheets:
        if one.hidden and one.name != sheet:
            continue
        heading = find_heading(one.rows, SIGNATURE_FIELDS, mapping=mapping)
        if heading is not None and heading.column_of("number") is not None:
            sheets.append(SheetPlan(one.name, heading, one.filled_down))
            _read_sheet(one, heading, office.today, rows, skipped)
    if not sheets:
        raise UserError(
            f"文件“{path.name}”没有找到标题行：表里没有写着“编号”和“签订日期”的一行。",
            next_step="没有登记任何签订，请检查标题。",
        )
    with office.db.reading() as session:
        agreements = {
            (one.number_year, one.number_n, one.number_prefix): one
            for one in session.scalars(select(Agreement).where(Agreement.number.is_not(None)))
        }
        profile = read_profile(session)
        new, same = _judge(rows, agreements, EarlierDesk(session), profile.prefix, office.today)
    refused = tuple(row.problem for row in rows if row.problem is not None)
    earlier = sum(isinstance(found, EarlierAgreement) for _, found in new)
    summary = SignatureImport(None, len(rows), len(new), same, refused, tuple(skipped), tuple(sheets), made=earlier)
    if dry_run or not new or (all_or_nothing and refused):
        return summary
    safeguard_import(office)
    with office.db.transaction("从Excel登记签订", actor=office.actor) as tx:
        for position, (row, found) in enumerate(new):
            step(position, len(new), str(row.values["number"]))
            if isinstance(found, EarlierAgreement):
                add_earlier(tx, profile, found, copies=profile.copies)
                continue
            signed_on = row.values["signed_on"]
            assert isinstance(signed_on, date)
            by = row.values.get("signed_by")
            sign_one(tx, tx.get(Agreement, found), on=signed_on, by=str(by) if by else None, today=office.today)
        counts = {"read": len(rows), "new": len(new), "same": same, "refused": len(refused)}
        made = RosterImport(
            ledger="agreement",
            file_name=path.name[:260],
            file_sha256=workbook.sha256,
            at=tx.now,
            counts=counts,
            undone_at=tx.now,
        )
        tx.session.add(made)
        tx.session.flush()
        told = f"，其中 {earlier} 份是以前手工编号的" if earlier else ""
        tx.note(f"{made.file_name}：登记 {len(new)} 份{told}")
        import_id = made.id
    return replace(summary, import_id=import_id, change=tx.change_set)


def _read_sheet(sheet: Sheet, heading: HeadingMatch, today: date, rows: list[_Row], skipped: list[SkippedRow]) -> None:
    readers = [
        ColumnReader(one, column, heading.headings[column], today, sheet.starts_1904)
        for column, one in sorted(heading.columns.items())
    ]
    for row in sheet.rows:
        if row.number <= heading.row_number:
            if row.number not in heading.rows:
                skipped.append(SkippedRow(sheet.name, row.number, "标题行"))
        elif (kind := kind_of(row, heading, heading.column_of("number"), frozenset())) is not None:
            skipped.append(SkippedRow(sheet.name, row.number, kind))
        else:
            rows.append(_read_row(sheet.name, row, readers))


def _read_row(sheet: str, row: SheetRow, readers: list[ColumnReader]) -> _Row:
    read = _Row(sheet, row.number, {}, {one.field.key: one.name for one in readers}, {})
    for reader in readers:
        cell = row.cell(reader.column)
        read.shown[reader.field.key] = reader.shown(cell)
        value, _, problem = reader.read(cell)
        if problem is not None and read.problem is None:
            read.problem = RowProblem(sheet, row.number, reader.name, reader.shown(cell), problem, reader.field.key)
        elif value is not None:
            read.values[reader.field.key] = value
    for one in SIGNATURE_FIELDS:
        if one.required and one.key not in read.values and read.problem is None:
            _refuse(read, one.key, f"{one.label}必填")
    return read


def _judge(
    rows: list[_Row],
    agreements: Mapping[tuple[int | None, int | None, str | None], Agreement],
    desk: EarlierDesk,
    prefix: str,
    today: date,
) -> tuple[list[tuple[_Row, int | EarlierAgreement]], int]:
    """The rows to register with their agreement's id, or the agreement to make; and how many were registered before."""
    new: list[tuple[_Row, int | EarlierAgreement]] = []
    made: dict[tuple[str, int, int], int] = {}
    same = 0
    first: dict[int, int] = {}
    for row in rows:
        if row.problem is not None:
            continue
        try:
            given, year, n = parse_numbers([str(row.values["number"])], year=None)[0]
        except UserError as error:
            _refuse(row, "number", error.message)
            continue
        agreement = agreements.get((year, n, given or prefix))
        on = row.values["signed_on"]
        assert isinstance(on, date)
        if agreement is None:
            whole = (given or prefix, year, n)
            earlier, key, told = desk.judge(row.values, whole) if whole not in made else (None, "number", "")
            if whole in made:
                _refuse(row, "number", f"重复：第{made[whole]}行")
            elif on > today:
                _refuse(row, "signed_on", "签订日期晚于今天")
            elif earlier is None:
                _refuse(row, key, told)
            else:
                made[whole] = row.number
                new.append((row, earlier))
        elif agreement.id in first:
            _refuse(row, "number", f"重复：第{first[agreement.id]}行")
        elif agreement.state_for_signing in HAS_BEEN_SIGNED and agreement.signed_on == on:
            same += 1
        elif problem := signing_problem(
            state=agreement.state_for_signing, issued_on=agreement.issued_on, on=on, today=today
        ):
            _refuse(row, "signed_on", problem)
        else:
            first[agreement.id] = row.number
            new.append((row, agreement.id))
    return new, same


def _refuse(row: _Row, key: str, problem: str) -> None:
    label = next(one.label for one in SIGNATURE_FIELDS if one.key == key)
    row.problem = RowProblem(row.sheet, row.number, row.names.get(key, label), row.shown.get(key, ""), problem, key)
