"""Lists of persons from Excel (从业人员、培训、证书): what every one of them shares: units by name, verdicts, writing, undoing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from anjian_desktop.domain.text import name_key, tidy_name
from anjian_desktop.exchange.import_plan import ImportPlan, Verdict
from anjian_desktop.exchange.list_rows import ListRow, planned
from anjian_desktop.ledgers.base import Ledger
from anjian_desktop.ledgers.organization import Enterprise
from anjian_desktop.ledgers.roster_import import ImportedRow, RosterImport
from anjian_desktop.services.outcomes import NOTHING_CHANGED
from anjian_desktop.storage.changes import Change
from anjian_desktop.storage.files import write_atomically
from anjian_desktop.storage.transaction import Transaction

_LIST_WORDS = re.compile(
    r"(\d{4}年?度?)?(全体|新进|新入职|一线)?(从业人员|企业员工|员工|职工|工人|人员|特种作业人员|安全生产|安全|三级)*"
    r"(培训|教育|持证)*(花名册|名册|名单|台账|信息表|登记表|统计表|汇总表|明细表|记录表|记录|情况表|一览表|表)$"
)
_UNIT = re.compile(r".{2,}(公司|厂|店|社|站|部|场|院|矿|中心|企业|工厂|车间|超市|加油站|合作社|作坊)$")

_LARGE = 5000
"""New rows from which on the search index is written as one large part."""


@dataclass
class Write:
    """One row to be written: a new one (`row_id` None) or what changes; `before` holds the old values of a change."""

    row: ListRow
    values: dict[str, Any]
    row_id: int | None = None
    before: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ListImport:
    """What a list did, or would do: read = new + updated + same + refused; `import_id` None when nothing was written."""

    import_id: int | None
    plan: ImportPlan
    created: dict[str, int]
    missing: int
    applied: bool
    change: Change = field(default=NOTHING_CHANGED)

    @property
    def counts(self) -> dict[str, int]:
        """By verdict."""
        return {"read": self.plan.read} | {
            key: self.plan.count(verdict)
            for key, verdict in (
                ("new", Verdict.NEW),
                ("updated", Verdict.UPDATE),
                ("same", Verdict.SAME),
                ("refused", Verdict.REFUSED),
            )
        }


class Units:
    """The enterprises in use, by name and credit code, as lists write them."""

    def __init__(self, session: Session) -> None:
        found = session.execute(
            select(Enterprise.id, Enterprise.name, Enterprise.credit_code).where(Enterprise.retired_at.is_(None))
        ).all()
        self.names: dict[int, str] = {row_id: name for row_id, name, _ in found}
        self._by_code = {code: row_id for row_id, _, code in found if code}
        self._by_name: dict[str, list[int]] = {}
        for row_id, name, _ in found:
            self._by_name.setdefault(name_key(name), []).append(row_id)

    def place(self, text: str) -> str | None:
        """The unit a title, group row or sheet name speaks of; the text itself when it looks like a unit's name."""
        bare = tidy_name(text)
        for candidate in (bare, _LIST_WORDS.sub("", bare).rstrip("的")):
            if name_key(candidate) in self._by_name:
                return candidate
        candidate = _LIST_WORDS.sub("", bare)
        return candidate if _UNIT.fullmatch(candidate) else None

    def find(self, row: ListRow, *, required: bool) -> int | None:
        """The id of the row's unit; refuses the row when it is unknown or not told apart."""
        code, name = row.values.get("credit_code"), row.values.get("enterprise") or row.place
        if code:
            if (known := self._by_code.get(str(code))) is not None:
                return known
            row.refuse("credit_code", "统一社会信用代码", "名册里没有这个统一社会信用代码的企业")
            return None
        if not name:
            if required:
                row.refuse("enterprise", "企业名称", "企业名称必填")
            return None
        ids = self._by_name.get(name_key(str(name)), [])
        if not ids:
            row.refuse("enterprise", "企业名称", f"名册里没有叫“{name}”的企业，请先导入企业名册")
        elif len(ids) > 1:
            row.refuse("enterprise", "企业名称", f"名册里有{len(ids)}家叫“{name}”的企业，请加一列统一社会信用代码")
        return ids[0] if len(ids) == 1 else None


def judge(plan: ImportPlan, rows: Iterable[ListRow], decide: Callable[[ListRow], Write | None]) -> list[Write]:
    """Put every row's verdict into the plan; the writes of the good ones. `decide` gives None for a row that changes
    nothing, and refuses by `row.refuse`."""
    writes = []
    for row in rows:
        write = None if row.problems else decide(row)
        if row.problems:
            plan.rows.append(planned(row, Verdict.REFUSED, row.values, None))
        elif write is None:
            plan.rows.append(planned(row, Verdict.SAME, {}, None))
        else:
            verdict = Verdict.NEW if write.row_id is None else Verdict.UPDATE
            changed = {
                key: value
                for key, value in row.values.items()
                if write.row_id is None or key in write.values or f"{key}_id" in write.values
            }
            plan.rows.append(planned(row, verdict, changed, write.row_id))
            writes.append(write)
    return writes


def differing(new: Mapping[str, Any], old: Mapping[str, Any]) -> dict[str, Any]:
    """What a row changes; an empty cell never overwrites."""
    return {name: value for name, value in new.items() if value is not None and value != old.get(name)}


def write_rows(tx: Transaction, made: RosterImport, ledger: type[Ledger], writes: Sequence[Write]) -> list[int]:
    """Write the rows and what is needed to take them back; the ids of the new ones in order."""
    new = [one for one in writes if one.row_id is None]
    key = ledger.about.key
    ids = list(tx.add_stream(ledger, (one.values for one in new), large=len(new) > _LARGE))
    if ids:
        added = [{"import_id": made.id, "ledger": key, "row_id": one, "version": 1} for one in ids]
        tx.session.execute(insert(ImportedRow), added)
    changed = {one.row_id: one for one in writes if one.row_id is not None}
    versions = _versions(tx.session, ledger, list(changed))
    tx.change_many(ledger, [(row_id, one.values) for row_id, one in changed.items()])
    tx.session.add_all(
        ImportedRow(
            import_id=made.id, ledger=key, row_id=row_id, version=versions[row_id] + 1,
            before={name: kept(one.before.get(name)) for name in one.values},
        )
        for row_id, one in changed.items()
    )  # fmt: skip
    return ids


def start_import(
    tx: Transaction, ledger: type[Ledger], path: Path, sha256: str, counts: Mapping[str, int]
) -> RosterImport:
    """Note the import itself, in an open transaction."""
    made = RosterImport(
        ledger=ledger.about.key, file_name=path.name[:260], file_sha256=sha256, at=tx.now, counts=dict(counts)
    )
    tx.session.add(made)
    tx.session.flush()
    tx.note(f"{made.file_name}：新增 {counts['new']}，更新 {counts['updated']}，拒收 {counts['refused']}")
    return made


def write_refused(done: ListImport, path: Path) -> Path:
    """The refused rows as a workbook with 原因 in front, to be corrected and imported again."""
    from anjian_desktop.exchange import failures  # the spreadsheet library stays off the start-up path

    with write_atomically(path) as part:
        failures.write_refused(done.plan, part)
    return path


def kept(value: object) -> object:
    """A value as JSON keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _versions(session: Session, ledger: type[Ledger], ids: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for start in range(0, len(ids), 5000):
        pairs = session.execute(select(ledger.id, ledger.version).where(ledger.id.in_(ids[start : start + 5000])))
        found.update(dict(pairs.all()))
    return found
