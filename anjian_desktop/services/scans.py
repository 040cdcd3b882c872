"""File a pile of scanned paper: every page goes by its code to its agreement or class, a complete set is archived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.domain.agreements import State
from anjian_desktop.domain.text import tidy
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.agreement import Agreement
from anjian_desktop.ledgers.attachment import Attachment
from anjian_desktop.ledgers.scan import ScanPage, WaitingScan
from anjian_desktop.services.agreements import find_numbers
from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import NOTHING_CHANGED
from anjian_desktop.services.progress import Step, no_step
from anjian_desktop.services.scan_sets import (
    AGREEMENT,
    ARCHIVED_OTHERWISE,
    SESSION,
    SIGN_IN_REVISION,
    FiledSet,
    PaperKey,
    filed,
    held_pages,
    key_of,
    pages_of,
    parts_of,
    pdf_of,
    problem_of,
    set_of,
)
from anjian_desktop.services.sessions import find_session
from anjian_desktop.services.signatures import archive, sign_one
from anjian_desktop.storage import attachments
from anjian_desktop.storage.changes import Change
from anjian_desktop.storage.transaction import Transaction

if TYPE_CHECKING:
    from anjian_desktop.documents.codes import PageCode

UNREADABLE = "没有读到页码标识"


@dataclass(frozen=True)
class QueuedPage:
    """A page nobody could place: which file, which page of it (from 1), why; `id` to place it by hand."""

    id: int
    file: str
    page: int
    reason: str


@dataclass(frozen=True)
class ScanOutcome:
    """Counts in pages: `read` is the sum of filed, blank, foreign, queued and duplicate."""

    read: int = 0
    filed: int = 0
    blank: int = 0
    foreign: int = 0
    duplicate: int = 0
    sets: tuple[FiledSet, ...] = ()
    queue: tuple[QueuedPage, ...] = ()
    change: Change = field(default=NOTHING_CHANGED)

    @property
    def missing(self) -> int:
        """Pages that papers of this pile still lack."""
        return sum(len(one.missing_pages) for one in self.sets)


@dataclass(frozen=True)
class _Seen:
    """A page of a scanned file: where it lies (page from 1), what the file is called, what code it shows."""

    file: Path
    name: str
    number: int
    code: PageCode | None = None
    reason: str = UNREADABLE

    def without_place(self, reason: str) -> _Seen:
        return _Seen(self.file, self.name, self.number, None, reason)


@dataclass
class _Pile:
    """What is to be done with the pages read."""

    read: int = 0
    blank: int = 0
    foreign: int = 0
    duplicate: int = 0
    seen: list[_Seen] = field(default_factory=list)
    lost: list[_Seen] = field(default_factory=list)
    new: dict[PaperKey, dict[int, _Seen]] = field(default_factory=dict)
    touched: dict[PaperKey, None] = field(default_factory=dict)


@dataclass(frozen=True)
class _Stored:
    """Pages put into the attachments: the file and which page of the paper lies at which place of it."""

    file: attachments.StoredFile
    places: dict[int, int]


def file_scans(office: Office, files: Sequence[Path], *, step: Step = no_step) -> ScanOutcome:
    """File the pages of these PDFs and pictures. Raises UserError when one of them cannot be read; nothing is filed then.

    A complete set of an issued agreement makes it signed (today, marked as assumed, unless a day is registered) and
    archived; an incomplete one changes nothing yet. What no code places waits in the queue.
    """
    pile = _read(office, files, step)
    with office.db.reading() as session:
        _sort(office, session, pile)
    return _file(office, pile, step)


def waiting(office: Office) -> tuple[QueuedPage, ...]:
    """The pages that wait to be placed by hand, in the order they came."""
    wanted = select(WaitingScan).where(WaitingScan.settled_at.is_(None)).order_by(WaitingScan.id)
    with office.db.reading() as session:
        return tuple(QueuedPage(one.id, one.file, one.page, one.reason) for one in session.scalars(wanted))


def waiting_pdf(office: Office, waiting_id: int) -> bytes:
    """One waiting page as PDF, to look at."""
    with office.db.reading() as session:
        sha256 = session.scalar(
            select(Attachment.sha256)
            .join(WaitingScan, WaitingScan.attachment_id == Attachment.id)
            .where(WaitingScan.id == waiting_id)
        )
    if sha256 is None:
        raise UserError("这一页已经处理过了。", next_step="请刷新列表。", code="gone")
    return attachments.open_path(office.folder, sha256).read_bytes()


def place(office: Office, waiting_id: int, name: str, page: int) -> ScanOutcome:
    """Say by hand where a waiting page belongs: `name` is an agreement's number or a class's name. Raises UserError."""
    try:
        found = find_numbers(office, [name], year=office.today.year)
    except UserError:
        if name.strip().isdigit():  # a number alone is never a class's
            raise
        found = []
    if len(found) > 1:
        raise UserError("这一页只能归到一份责任书。", next_step="请只写一个编号。")
    if found:
        return place_agreement_page(office, waiting_id, found[0], page)
    try:
        session_id = find_session(office, name)
    except UserError:
        raise UserError(f"没有找到“{name}”这份责任书，也没有这一期培训。", next_step="请核对编号或培训名称。") from None
    before = filed(office, SESSION, session_id)
    return place_sign_in_page(office, waiting_id, session_id, page, before.pages if before else page)


def place_agreement_page(office: Office, waiting_id: int, agreement_id: int, page: int) -> ScanOutcome:
    """Say by hand that a waiting page is page `page` (from 1) of an agreement.

    Raises UserError when the agreement has no such page, has it already, or can take no scan; the page keeps waiting then.
    """
    with office.db.reading() as session:
        agreement = session.get(Agreement, agreement_id)
        if agreement is None or not agreement.pages:
            raise UserError("这份责任书还没有打印过，不能归档。", next_step="请核对编号。")
        pages, revision = agreement.pages, agreement.revision
    return _place(office, waiting_id, PaperKey(AGREEMENT, agreement_id, revision, pages), page)


def place_sign_in_page(office: Office, waiting_id: int, session_id: int, page: int, pages: int) -> ScanOutcome:
    """Say by hand that a waiting page is page `page` of the `pages` of a class's sign-in sheet. Raises UserError."""
    return _place(office, waiting_id, PaperKey(SESSION, session_id, SIGN_IN_REVISION, pages), page)


def dismiss(office: Office, waiting_ids: Sequence[int]) -> Change:
    """These pages belong nowhere: they leave the queue; their pictures stay in the store."""
    with office.db.transaction("扫描页移出待处理", actor=office.actor) as tx:
        rows = [one for one in (tx.session.get(WaitingScan, one) for one in waiting_ids) if one is not None]
        for row in rows:
            row.settled_at = row.settled_at or tx.now
        if rows:
            tx.note(f"{len(rows)} 页", kinds=("scan",))
    return tx.change_set


# -- reading and sorting ----------------------------------------------------------------------------------------


def _read(office: Office, files: Sequence[Path], step: Step) -> _Pile:
    from anjian_desktop.documents.scan_pages import ScanFile  # the picture libraries: only here

    pile = _Pile()
    total = 0
    for file in files:
        with ScanFile(file) as scan:
            total += scan.count
    for file in files:
        with ScanFile(file) as scan:
            for page in scan.pages():
                step(pile.read, total, f"{file.name} 第 {page.number} 页")
                pile.read += 1
                seen = _Seen(file, tidy(file.name)[:200], page.number)
                ours = [one for one in page.codes if one.store_tag == office.store_tag]
                if page.blank:
                    pile.blank += 1
                elif len(ours) > 1:
                    pile.lost.append(seen.without_place("一页上有两个页码标识，可能两张纸叠在一起"))
                elif ours:
                    pile.seen.append(_Seen(file, seen.name, page.number, ours[0]))
                elif page.codes:
                    pile.foreign += 1
                else:
                    pile.lost.append(seen)
    step(pile.read, total, "")
    return pile


def _sort(office: Office, session: Session, pile: _Pile) -> None:
    """Divide the pages seen into new ones by paper, those held already, and those that no paper can take."""
    keys = list(dict.fromkeys(key_of(one.code) for one in pile.seen if one.code is not None))
    held = held_pages(session, keys)
    problems = {key: problem_of(office, session, key, has_pages=bool(held.get(key))) for key in keys}
    for seen in pile.seen:
        if seen.code is None:
            continue
        key = key_of(seen.code)
        if (problem := problems[key]) not in (None, ARCHIVED_OTHERWISE):
            pile.lost.append(seen.without_place(problem or ""))
            continue
        pile.touched[key] = None
        new = pile.new.setdefault(key, {})
        if problem or seen.code.page in held.get(key, {}) or seen.code.page in new:
            pile.duplicate += 1
        else:
            new[seen.code.page] = seen
    order = {file: place for place, file in enumerate(dict.fromkeys(one.file for one in pile.seen + pile.lost))}
    pile.lost.sort(key=lambda one: (order[one.file], one.number))


# -- filing -----------------------------------------------------------------------------------------------------


def _file(office: Office, pile: _Pile, step: Step, *, settles: int | None = None) -> ScanOutcome:
    """Store the pages' files, then file them all in one transaction."""
    new = {key: pages for key, pages in pile.new.items() if pages}
    stored: dict[PaperKey, _Stored] = {}
    with office.db.reading() as session:
        held = held_pages(session, list(pile.touched))
        for done, (key, pages) in enumerate(new.items()):
            step(done, len(new), "存入扫描件")
            stored[key] = _store(office, session, key, pages, held.get(key, {}))
    lost = [(one, attachments.add_bytes(office.folder, pdf_of([(one.file, one.number)]))) for one in pile.lost]
    change = NOTHING_CHANGED
    assumed: set[PaperKey] = set()
    queue: list[QueuedPage] = []
    if new or lost:
        with office.db.transaction("归档扫描件", actor=office.actor) as tx:
            _refuse_if_moved(tx, held)
            for key, pages in new.items():
                if _file_set(office, tx, key, pages, stored[key], complete=len(stored[key].places) == key.pages):
                    assumed.add(key)
            queue = [_queue(tx, one, file) for one, file in lost]
            if settles is not None:
                tx.session.get_one(WaitingScan, settles).settled_at = tx.now
            filed_pages = sum(map(len, new.values()))
            tx.note(f"归档 {filed_pages} 页，待处理 {len(queue)} 页", kinds=("scan",))
        change = tx.change_set
    with office.db.reading() as session:
        now = held_pages(session, list(pile.touched))
        sets = tuple(set_of(session, key, now.get(key, {}), date_assumed=key in assumed) for key in pile.touched)
    return ScanOutcome(
        pile.read, sum(map(len, new.values())), pile.blank, pile.foreign, pile.duplicate, sets, tuple(queue), change
    )


def _store(
    office: Office, session: Session, key: PaperKey, pages: dict[int, _Seen], held: dict[int, ScanPage]
) -> _Stored:
    """Put the new pages into one file; when they complete the paper, all of its pages."""
    parts = {page: (seen.file, seen.number) for page, seen in pages.items()}
    if len(parts) + len(held) == key.pages:
        parts |= dict(zip(sorted(held), parts_of(office, session, held), strict=True))
    order = sorted(parts)
    file = attachments.add_bytes(office.folder, pdf_of([parts[page] for page in order]))
    return _Stored(file, {page: place for place, page in enumerate(order, 1)})


def _file_set(
    office: Office, tx: Transaction, key: PaperKey, pages: dict[int, _Seen], stored: _Stored, *, complete: bool
) -> bool:
    """Write down where the pages of one paper lie; archive a complete agreement. Whether its day is an assumed one."""
    first = next(iter(pages.values()))
    kept = _attachment(tx, stored.file, first.name, key.ledger, key.row_id)
    rows = {one.page: one for one in pages_of(tx.session, key)}
    for page, place in stored.places.items():
        if row := rows.get(page):
            row.attachment_id, row.place = kept.id, place
        else:
            tx.session.add(ScanPage(
                ledger=key.ledger, row_id=key.row_id, revision=key.revision, pages=key.pages, page=page,
                attachment_id=kept.id, place=place, filed_at=tx.now,
            ))  # fmt: skip
    if not complete or key.ledger != AGREEMENT:
        return False
    agreement = tx.get(Agreement, key.row_id)
    assumed = agreement.stored_state is State.ISSUED
    if assumed:
        if problem := sign_one(tx, agreement, on=office.today, by=None, today=office.today):
            raise UserError(f"{agreement.number}{problem}，没有归档任何一页。", next_step="请刷新后再试。")
        tx.change(agreement, {"date_assumed": True})
    archive(tx, agreement, kept, office.today)
    return assumed


def _place(office: Office, waiting_id: int, key: PaperKey, page: int) -> ScanOutcome:
    if not 1 <= page <= key.pages:
        raise UserError(f"这份一共 {key.pages} 页，没有第 {page} 页。", next_step="请核对页码。")
    with office.db.reading() as session:
        row = session.get(WaitingScan, waiting_id)
        if row is None or row.settled_at is not None:
            raise UserError("这一页已经处理过了。", next_step="请刷新列表。", code="gone")
        sha256 = session.get_one(Attachment, row.attachment_id).sha256
        held = held_pages(session, [key]).get(key, {})
        if problem := problem_of(office, session, key, has_pages=bool(held)):
            raise UserError(f"{problem}，没有归档。", next_step="请核对编号。")
        if page in held:
            raise UserError(f"第 {page} 页已经归档过了。", next_step="如果是另一份的页，请改编号。")
        seen = _Seen(attachments.open_path(office.folder, sha256), row.file, 1)
    pile = _Pile(read=1, new={key: {page: seen}}, touched={key: None})
    return _file(office, pile, no_step, settles=waiting_id)


def _queue(tx: Transaction, seen: _Seen, file: attachments.StoredFile) -> QueuedPage:
    kept = _attachment(tx, file, seen.name, "waiting_scan", 0)
    row = WaitingScan(attachment_id=kept.id, file=seen.name, page=seen.number, reason=seen.reason[:200], at=tx.now)
    tx.session.add(row)
    tx.session.flush()
    kept.row_id = row.id
    return QueuedPage(row.id, row.file, row.page, row.reason)


def _refuse_if_moved(tx: Transaction, held: dict[PaperKey, dict[int, ScanPage]]) -> None:
    """Raise UserError when another window filed pages of the same papers meanwhile."""
    for key, before in held_pages(tx.session, list(held)).items():
        if before.keys() != held[key].keys():
            raise UserError("别的窗口同时在归档同一份，这次没有归档。", next_step="请再归档一次。")


def _attachment(tx: Transaction, file: attachments.StoredFile, name: str, ledger: str, row_id: int) -> Attachment:
    kept = Attachment(sha256=file.sha256, name=name, size=file.size, ledger=ledger, row_id=row_id, added_at=tx.now)
    tx.session.add(kept)
    tx.session.flush()
    return kept
