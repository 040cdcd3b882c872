"""奖状: drafted for the chosen, numbered and frozen at the first print, printed on stock with border and title on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.domain.dates import chinese_date
from anjian_desktop.domain.layout_kinds import AWARD
from anjian_desktop.domain.numbering import serial_number
from anjian_desktop.errors import Refused, UserError
from anjian_desktop.ledgers.agreement import NumberCounter
from anjian_desktop.ledgers.commendation import Commendation
from anjian_desktop.ledgers.registry import ledger_named
from anjian_desktop.services import issued_papers, layouts, records
from anjian_desktop.services.certificate_prints import REPRINTED
from anjian_desktop.services.issued_papers import KeptPages, PaperDesk, PaperRow, next_serial
from anjian_desktop.services.office import Office
from anjian_desktop.services.office_profile import OfficeProfile, read_profile
from anjian_desktop.services.outcomes import NOTHING_CHANGED, ActOutcome, RefusedItem
from anjian_desktop.services.print_files import safe_name
from anjian_desktop.services.progress import Step, no_step
from anjian_desktop.storage.changes import Change

if TYPE_CHECKING:
    from anjian_desktop.documents.rendering import Picture

PERSONS = frozenset({"worker"})
COMMENDED = ("enterprise", "village", "department", "worker")
"""Ledgers whose rows can be commended."""
_COUNTER = "奖状"
MOST_OFFSET = 200
"""Tenths of a millimetre that text can be moved by: more is the wrong paper."""


@dataclass(frozen=True)
class CommendationPlan:
    """What would be printed; nothing was written."""

    ready: tuple[int, ...]
    new: int
    again: int
    pages: int
    failed: tuple[RefusedItem, ...]
    first_number: str = ""
    last_number: str = ""


@dataclass(frozen=True)
class CommendationPrint:
    """The file written: sheets printed for the first time, those printed again, those that could not be."""

    files: tuple[Path, ...]
    issued: int
    reprinted: int
    pages: int
    failed: tuple[RefusedItem, ...]
    numbers: tuple[str, ...] = ()
    change: Change = field(default=NOTHING_CHANGED)


def draft(
    office: Office,
    ledger_key: str,
    ids: Sequence[int],
    *,
    award: str,
    wording: str = "",
    year: int | None = None,
    awarded_on: date | None = None,
) -> ActOutcome:
    """Draft one for each of these units or persons; whoever has the same award of that year already is left out."""
    if ledger_key not in COMMENDED:
        raise UserError(f"“{ledger_key}”不能表彰。", next_step=f"可以表彰：{'、'.join(COMMENDED)}。")
    ledger = ledger_named(ledger_key)
    values = {
        "holder_kind": "个人" if ledger_key in PERSONS else "单位", "award": award, "wording": wording,
        "year": str(year or office.today.year), "awarded_on": awarded_on.isoformat() if awarded_on else "",
    }  # fmt: skip
    made: list[int] = []
    refused: list[RefusedItem] = []
    with office.db.transaction("起草奖状", actor=office.actor) as tx:
        for row_id in dict.fromkeys(ids):
            name = str(getattr(tx.get(ledger, row_id), ledger.about.title))
            fit = records.checked(tx.session, Commendation, {"name": name, **values}, today=office.today, row_id=None)
            same = select(Commendation.id).where(
                Commendation.name == name, Commendation.award == fit.values["award"],
                Commendation.year == fit.values["year"], Commendation.state.in_(["draft", "valid"]),
                Commendation.retired_at.is_(None),
            )  # fmt: skip
            if ledger_key not in PERSONS and tx.session.scalar(same.limit(1)) is not None:
                refused.append(RefusedItem(name, "exists", f"{fit.values['year']}年的“{award}”已经有了"))
                continue
            made.append(tx.add(Commendation, fit.values).id)
    return ActOutcome(tuple(made), tuple(refused), tx.change_set if made else NOTHING_CHANGED)


def plan(office: Office, ids: Sequence[int], *, step: Step = no_step) -> CommendationPlan:
    """Lay everything out with the numbers drafts would get."""
    desk = PaperDesk(office, AWARD)
    with office.db.reading() as session:
        rows, failed = _rows(session, office, ids)
    ready: list[PaperRow] = []
    pages = 0
    for position, row in enumerate(rows):
        step(position, len(rows), row.holder)
        laid = desk.lay_out(row)
        if isinstance(laid, RefusedItem):
            failed.append(RefusedItem(row.holder, laid.rule, laid.problem))
            continue
        ready.append(row)
        pages += laid.page_count
    again = sum(row.printed for row in ready)
    return CommendationPlan(
        tuple([row.id for row in ready]), len(ready) - again, again, pages, tuple(failed),
        ready[0].number if ready else "", ready[-1].number if ready else "",
    )  # fmt: skip


def print_commendations(
    office: Office, ids: Sequence[int], out: Path, *, offset: tuple[int, int] = (0, 0), step: Step = no_step
) -> CommendationPrint:
    """Print into one PDF in `out`, only the words that are not on the stock; `offset` moves them right and down by tenths
    of a millimetre. Drafts get their numbers now; one printed before keeps its number and says 补发.

    A name no font can print is told and gets no number.
    """
    if max(map(abs, offset)) > MOST_OFFSET:
        raise UserError(f"最多移动{MOST_OFFSET // 10}毫米。", next_step="没有打印，请核对纸张和移动的距离。")
    able = plan(office, ids, step=step)
    if not able.ready:
        return CommendationPrint((), 0, 0, 0, able.failed)
    change = _take_numbers(office, able.ready)
    with office.db.reading() as session:
        rows, _ = _rows(session, office, able.ready)
    desk = PaperDesk(office, AWARD)
    places: dict[int, int] = {}
    pages = 0
    with TemporaryDirectory() as scratch:
        made = Path(scratch) / "奖状.pdf"
        with issued_papers.writing(made, desk, title="奖状") as writer:
            for position, row in enumerate(rows):
                step(position, len(rows), row.number)
                laid = desk.lay_out(row)
                assert not isinstance(laid, RefusedItem), "laid out before its number was taken"
                places[row.id] = pages + 1
                pages += writer.add(laid)
        first, last = rows[0].number, rows[-1].number
        new = [row for row in rows if not row.printed]
        span = first if first == last else f"{first} 至 {last}"
        # Beside the file of the first print, never over it.
        name = f"{safe_name(f'奖状 {span}' if new else f'奖状 {span} 补发')}.pdf"
        file = issued_papers.deliver(made, out, name, offset=offset)
        with office.db.transaction("打印奖状", actor=office.actor) as tx:
            tx.note(f"{first} 至 {last}，{len(rows)} 张")
            if new:
                sha256 = issued_papers.keep(tx, office.folder, made, name, ledger="commendation", row_id=new[0].id)
                kept = [(row.id, {"pdf_sha256": sha256, "pdf_page": places[row.id]}) for row in new]
                tx.change_many(Commendation, kept)
    return CommendationPrint(
        (file,), len(new), len(rows) - len(new), pages, able.failed, tuple([row.number for row in rows]),
        Change(change.kinds | tx.change_set.kinds, change.ids + tx.change_set.ids),
    )  # fmt: skip


def trial_page(office: Office, ids: Sequence[int]) -> bytes:
    """The first of these as a PDF of its own, for a sheet of plain paper: no number is taken, nothing is kept."""
    preview = CommendationPreview(office, ids[:1])
    return preview.sheet(0)


def void(office: Office, ids: Sequence[int], *, reason: str) -> Change:
    """Make issued ones void; their numbers are never used again. Raises Refused, and voids none, when one is not valid."""
    why = _reason(reason)
    with office.db.transaction("作废奖状", actor=office.actor) as tx:
        for row_id in ids:
            row = tx.get(Commendation, row_id)
            _refuse_unless_issued(row)
            tx.change(row, {"state": "void", "reason": why})
    return tx.change_set


def reissue(office: Office, commendation_id: int, *, reason: str, values: dict[str, str] | None = None) -> ActOutcome:
    """A draft in the place of a wrong or lost one, which counts no more; `values` (by field) mend what was wrong."""
    why = _reason(reason)
    with office.db.transaction("补发奖状", actor=office.actor) as tx:
        old = tx.get(Commendation, commendation_id)
        _refuse_unless_issued(old)
        said = {
            "name": old.name, "holder_kind": old.holder_kind or "", "award": old.award, "year": str(old.year),
            "wording": old.wording or "", "awarded_on": old.awarded_on.isoformat() if old.awarded_on else "",
            **(values or {}),
        }  # fmt: skip
        fit = records.checked(tx.session, Commendation, said, today=office.today, row_id=None)
        tx.change(old, {"state": "replaced", "reason": why})
        new = tx.add(Commendation, {**fit.values, "replaces_id": old.id})
        made = new.id
    return ActOutcome((made,), (), tx.change_set)


def find_commendations(office: Office, numbers: Sequence[str]) -> list[int]:
    """Ids by number, or all drafts when none is given. Raises UserError for a number never given."""
    with office.db.reading() as session:
        wanted = select(Commendation.id, Commendation.number).where(Commendation.retired_at.is_(None))
        if numbers:
            wanted = wanted.where(Commendation.number.in_([text.strip() for text in numbers]))
        else:
            wanted = wanted.where(Commendation.state == "draft")
        found = session.execute(wanted.order_by(Commendation.serial_year, Commendation.serial_n, Commendation.id)).all()
    known = {number for _, number in found}
    if missing := [text for text in numbers if text.strip() not in known]:
        raise UserError(f"没有编号为“{missing[0]}”的奖状。", next_step="请用 list commendation 查看编号。")
    return [row_id for row_id, _ in found]


def kept_page(office: Office, commendation_id: int) -> bytes:
    """The page of the first print, as it was printed. Raises UserError."""
    with office.db.reading() as session:
        one = session.get(Commendation, commendation_id)
        found = (one.pdf_sha256, one.pdf_page) if one else (None, None)
    return issued_papers.kept_page(office, *found)


class CommendationPreview:
    """The pages of a print, drawn as they are looked at; nothing is written, no number taken. Takes a plan's ready ids."""

    def __init__(self, office: Office, ids: Sequence[int]) -> None:
        self._desk = PaperDesk(office, AWARD)
        with office.db.reading() as session:
            self._rows = _rows(session, office, ids)[0]
        if not self._rows:
            raise UserError("没有可以预览的奖状。", next_step="请换一个打印范围。")
        self._pages = KeptPages(self.sheet)

    @property
    def count(self) -> int:
        """Sheets in all."""
        return len(self._rows)

    def size(self, page: int, /) -> tuple[float, float]:
        """Width and height (pt) of a page counted from 0."""
        return self._pages.size(page, 0)

    def picture(self, page: int, scale: float, /) -> Picture:
        """Page `page` (from 0) at `scale` pixels a point."""
        return self._pages.picture(page, 0, scale)

    def close(self) -> None:
        """Let go of the pages kept."""
        self._pages.close()

    def sheet(self, place: int) -> bytes:
        """One sheet as a PDF of its own."""
        laid = self._desk.lay_out(self._rows[place])
        if isinstance(laid, RefusedItem):
            raise UserError(f"{self._rows[place].holder}：{laid.problem}。")
        return self._desk.pdf(laid, title="预览")


# -- the parts -----------------------------------------------------------------------------------------------------


def _rows(session: Session, office: Office, ids: Sequence[int]) -> tuple[list[PaperRow], list[RefusedItem]]:
    """What each says, frozen or as a draft would be frozen now, and those that may not be printed."""
    profile = read_profile(session)
    found = {one.id: one for one in session.scalars(select(Commendation).where(Commendation.id.in_(ids)))}
    counter = session.get(NumberCounter, (_COUNTER, office.today.year))
    coming = counter.next_n if counter else 1
    rows, failed = [], []
    for one in (found[row_id] for row_id in dict.fromkeys(ids) if row_id in found):
        if one.retired_at is not None or one.state not in ("draft", "valid"):
            failed.append(RefusedItem(one.number or one.name, "not_valid", "已作废或补发过，不能打印"))
            continue
        printed = one.pdf_sha256 is not None
        if one.snapshot is not None and one.number is not None:
            number, values, layout = one.number, dict(one.snapshot), one.layout_sha256
        else:
            number = serial_number(profile.commendation_number, office.today.year, coming)
            coming += 1
            values = _said(one, number, profile, office.today)
            layout = None if layouts.in_use_now(office, AWARD) == "" else layouts.current(office, AWARD).sha256
        if printed:
            values["编号"] += REPRINTED
        rows.append(PaperRow(one.id, number, one.name, values, layout_sha256=layout, printed=printed))
    return rows, failed


def _take_numbers(office: Office, ids: Sequence[int]) -> Change:
    """Number and freeze the drafts among these."""
    with office.db.transaction("编号：奖状", actor=office.actor) as tx:
        profile = read_profile(tx.session)
        year = office.today.year
        layout = ""
        for row_id in ids:
            one = tx.get(Commendation, row_id)
            if one.state != "draft":
                continue
            layout = layout or layouts.freeze(tx, office.folder, AWARD)
            n = next_serial(tx.session, _COUNTER, year)
            number = serial_number(profile.commendation_number, year, n)
            frozen = {
                "number": number, "serial_year": year, "serial_n": n, "state": "valid", "layout_sha256": layout,
                "awarded_on": one.awarded_on or office.today, "snapshot": _said(one, number, profile, office.today),
            }  # fmt: skip
            tx.change(one, frozen)
    return tx.change_set


def _said(one: Commendation, number: str, profile: OfficeProfile, today: date) -> dict[str, str]:
    """Everything it says, by placeholder."""
    return {
        "获奖者": one.name, "荣誉称号": one.award, "编号": number, "年度": str(one.year), "发证单位": profile.party_a,
        "表彰内容": one.wording or f"在{one.year}年度安全生产工作中成绩突出，被评为",
        "颁发日期": chinese_date(one.awarded_on or today),
    }  # fmt: skip


def _refuse_unless_issued(row: Commendation) -> None:
    if row.state == "draft":
        raise Refused("还是草稿，没有编号。", item=row.name, rule="draft", next_step="草稿可以直接移到回收站。")
    if row.state != "valid":
        raise Refused("这张奖状已经作废或补发过。", item=str(row.number), rule="not_valid")


def _reason(text: str) -> str:
    if not text.strip():
        raise UserError("请写明原因。", next_step="没有改动任何奖状。")
    return text.strip()[:200]
