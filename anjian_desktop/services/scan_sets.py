"""Which pages of which paper are filed: an agreement's or a sign-in sheet's scan, whole or with pages missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from anjian_desktop.domain.agreements import STATE_LABELS, State, signing_problem
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.agreement import Agreement
from anjian_desktop.ledgers.attachment import Attachment
from anjian_desktop.ledgers.scan import ScanPage
from anjian_desktop.ledgers.training import TrainingSession
from anjian_desktop.services.office import Office
from anjian_desktop.services.training_papers import SIGN_IN_CODES
from anjian_desktop.storage import attachments

if TYPE_CHECKING:
    from anjian_desktop.documents.codes import PageCode

AGREEMENT = "agreement"
SESSION = "training_session"
SIGN_IN_REVISION = 1

ARCHIVED_OTHERWISE = "已经归档过扫描件"


@dataclass(frozen=True, order=True)
class PaperKey:
    """One paper as printed; a page count of its own makes another paper."""

    ledger: str
    row_id: int
    revision: int
    pages: int


@dataclass(frozen=True)
class FiledSet:
    """A paper of which pages were in the pile: how many pages it has, which of them are still missing."""

    ledger: str
    id: int
    name: str
    state: str
    pages: int
    missing_pages: tuple[int, ...]
    date_assumed: bool = False
    """Registered as signed on the day of filing, since nobody had said when it was."""


def filed(office: Office, ledger: str, row_id: int) -> FiledSet | None:
    """How far the scan of an agreement or a class's sign-in sheet is; None when no page of it was ever filed."""
    with office.db.reading() as session:
        newest = session.scalar(_rows_of(ledger, row_id).order_by(ScanPage.id.desc()).limit(1))
        if newest is None:
            return None
        key = PaperKey(ledger, row_id, newest.revision, newest.pages)
        return set_of(session, key, held_pages(session, [key]).get(key, {}))


def scan_pdf(office: Office, ledger: str, row_id: int) -> bytes:
    """The archived scan of a row as PDF, its pages in order. Raises UserError without one, or when its file was changed."""
    with office.db.reading() as session:
        newest = session.scalar(_rows_of(ledger, row_id).order_by(ScanPage.id.desc()).limit(1))
        parts: list[tuple[Path, int]] = []
        if newest is not None:
            key = PaperKey(ledger, row_id, newest.revision, newest.pages)
            parts = parts_of(office, session, held_pages(session, [key])[key])
        elif ledger == AGREEMENT and (given := _scan_given(session, row_id)) is not None:
            return file_pdf(attachments.open_path(office.folder, given))
    if not parts:
        raise UserError("还没有归档扫描件。", next_step="把签好的纸扫描成 PDF，再点“归档扫描件”。", code="missing")
    return pdf_of(parts)


def key_of(code: PageCode) -> PaperKey:
    if code.agreement_id >= SIGN_IN_CODES:
        return PaperKey(SESSION, code.agreement_id - SIGN_IN_CODES, code.version, code.pages)
    return PaperKey(AGREEMENT, code.agreement_id, code.version, code.pages)


def problem_of(office: Office, session: Session, key: PaperKey, *, has_pages: bool) -> str | None:
    """Why a paper takes no page; None when it does."""
    if key.ledger == SESSION:
        held = session.get(TrainingSession, key.row_id)
        return "查不到这一期培训" if held is None or held.retired_at is not None else None
    agreement = session.get(Agreement, key.row_id)
    if agreement is None or agreement.retired_at is not None:
        return "查不到对应的责任书"
    if agreement.revision != key.revision or (agreement.pages and agreement.pages != key.pages):
        return f"{agreement.number}重新打印过，这一页是旧的"
    state = agreement.stored_state
    if state is State.ARCHIVED:
        return None if has_pages else ARCHIVED_OTHERWISE
    if state is State.SIGNED:
        return None
    if state is not State.ISSUED:
        return f"{agreement.number or '这份责任书'}{STATE_LABELS[state]}，不能归档"
    return signing_problem(state=state, issued_on=agreement.issued_on, on=office.today, today=office.today)


def held_pages(session: Session, keys: Iterable[PaperKey]) -> dict[PaperKey, dict[int, ScanPage]]:
    """The pages filed of these papers, by page; every key is there."""
    return {key: {one.page: one for one in pages_of(session, key)} for key in keys}


def pages_of(session: Session, key: PaperKey) -> list[ScanPage]:
    wanted = _rows_of(key.ledger, key.row_id).where(ScanPage.revision == key.revision, ScanPage.pages == key.pages)
    return list(session.scalars(wanted.order_by(ScanPage.page)))


def set_of(session: Session, key: PaperKey, held: dict[int, ScanPage], *, date_assumed: bool = False) -> FiledSet:
    """A paper's state in the words of whoever asked for it."""
    missing = tuple(page for page in range(1, key.pages + 1) if page not in held)
    if key.ledger == SESSION:
        name, state = session.get_one(TrainingSession, key.row_id).name, "filed" if not missing else "issued"
    else:
        agreement = session.get_one(Agreement, key.row_id)
        name, state = agreement.number or "", agreement.state
        if agreement.stored_state is State.ARCHIVED and not held:
            missing = ()
    return FiledSet(key.ledger, key.row_id, name, state, key.pages, missing, date_assumed)


def parts_of(office: Office, session: Session, held: dict[int, ScanPage]) -> list[tuple[Path, int]]:
    """Where the pages held lie, in their order: file and page of it. Raises UserError when a file is lost or was changed."""
    ids = {one.attachment_id for one in held.values()}
    hashes = {one.id: one.sha256 for one in session.scalars(select(Attachment).where(Attachment.id.in_(ids)))}
    files = {one: attachments.open_path(office.folder, sha256) for one, sha256 in hashes.items()}
    return [(files[held[page].attachment_id], held[page].place) for page in sorted(held)]


def pdf_of(parts: Sequence[tuple[Path, int]]) -> bytes:
    """Single pages as one PDF."""
    from anjian_desktop.documents.scan_pages import pages_as_pdf  # the picture libraries: only here

    return pages_as_pdf(parts)


def file_pdf(file: Path) -> bytes:
    """An archived file (PDF or picture) as a PDF to look at. Raises UserError for another kind of file."""
    from anjian_desktop.documents.scan_pages import ScanFile, is_pdf  # as above

    if is_pdf(file):
        return file.read_bytes()
    with ScanFile(file) as scan:
        count = scan.count
    return pdf_of([(file, page) for page in range(1, count + 1)])


def _rows_of(ledger: str, row_id: int) -> Select[ScanPage]:
    return select(ScanPage).where(ScanPage.ledger == ledger, ScanPage.row_id == row_id)


def _scan_given(session: Session, agreement_id: int) -> str | None:
    """The file given with the signature, for an agreement archived without page codes."""
    return session.scalar(
        select(Attachment.sha256)
        .join(Agreement, Agreement.scan_id == Attachment.id)
        .where(Agreement.id == agreement_id)
    )
