"""Certificates on paper, from what was frozen when they were issued: planned, previewed, printed, kept as they were printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlalchemy import select

from anjian_desktop.domain.layout_kinds import CARD, CERTIFICATE
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.attachment import Attachment
from anjian_desktop.ledgers.certificate import Certificate
from anjian_desktop.ledgers.training import TrainingRecord
from anjian_desktop.ledgers.worker import Worker
from anjian_desktop.services import issued_papers
from anjian_desktop.services.issued_papers import PaperDesk, PaperRow
from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import NOTHING_CHANGED, RefusedItem
from anjian_desktop.services.print_files import safe_name
from anjian_desktop.services.progress import Step, no_step
from anjian_desktop.storage.changes import Change

if TYPE_CHECKING:
    from anjian_desktop.documents.layout.laid_out import LaidOut
    from anjian_desktop.documents.rendering import Picture

REPRINTED = "（补发）"
CARDS_ON_SHEET = 10


@dataclass(frozen=True)
class CertificateOrder:
    """What to print: on A4, or as cards from place `start` (1 to 10) of the first sheet on, with or without crop marks."""

    ids: tuple[int, ...]
    cards: bool = False
    start: int = 1
    crop_marks: bool = True

    @property
    def kind(self) -> str:
        """The paper's code."""
        return CARD if self.cards else CERTIFICATE

    @property
    def on_first(self) -> int:
        """Cards that find room on the first sheet."""
        return CARDS_ON_SHEET + 1 - self.start


@dataclass(frozen=True)
class CertificatePlan:
    """What an order would print; nothing was written. `without_photo`: number and name of those printed without one."""

    ready: tuple[int, ...]
    again: int
    pages: int
    without_photo: tuple[tuple[str, str], ...]
    failed: tuple[RefusedItem, ...]
    first_number: str = ""
    last_number: str = ""


@dataclass(frozen=True)
class CertificatePrint:
    """The file written: certificates in it, those that were printed before, those that could not be."""

    files: tuple[Path, ...]
    printed: int
    reprinted: int
    pages: int
    failed: tuple[RefusedItem, ...]
    change: Change = field(default=NOTHING_CHANGED)
    without_photo: tuple[str, ...] = ()
    """Numbers of those printed with an empty frame for the photo."""


def plan_certificates(office: Office, order: CertificateOrder, *, step: Step = no_step) -> CertificatePlan:
    """Lay everything out and say what would come: pages, missing photos, names no font prints."""
    rows, failed = _rows(office, order)
    desk = PaperDesk(office, order.kind)
    ready: list[PaperRow] = []
    pages = 0
    for position, row in enumerate(rows):
        step(position, len(rows), row.number)
        laid = desk.lay_out(row)
        if isinstance(laid, RefusedItem):
            failed.append(laid)
            continue
        ready.append(row)
        pages += laid.page_count
    if order.cards:
        pages = -(-(len(ready) + order.start - 1) // CARDS_ON_SHEET) if ready else 0
    return CertificatePlan(
        tuple([row.id for row in ready]),
        sum(row.printed for row in ready),
        pages,
        tuple([(row.number, row.holder) for row in ready if row.photo_sha256 is None]),
        tuple(failed),
        ready[0].number if ready else "",
        ready[-1].number if ready else "",
    )


def print_certificates(
    office: Office,
    ids: Sequence[int],
    out: Path,
    *,
    cards: bool = False,
    start: int = 1,
    crop_marks: bool = True,
    step: Step = no_step,
) -> CertificatePrint:
    """Print certificates into one PDF in `out`: A4 landscape, or cards ten to an A4 sheet.

    The file of a first print is kept among the attachments as it was printed. One printed before in the same form keeps its
    number and says 补发. A name no font can print is told and left out. Void ones are refused.
    """
    order = CertificateOrder(tuple(ids), cards, start, crop_marks)
    rows, failed = _rows(office, order)
    desk = PaperDesk(office, order.kind)
    done: list[tuple[PaperRow, int]] = []
    with TemporaryDirectory() as scratch:
        made = Path(scratch) / "证书.pdf"
        with issued_papers.writing(made, desk, title="培训合格证") as writer:
            pages = 0
            for batch in _batches(desk, rows, order, failed, step):
                laid = _imposed(batch, order, first=not done)
                done += [(row, pages + 1) for row, _ in batch]
                pages += writer.add(laid) if laid is not None else sum(writer.add(own) for _, own in batch)
        if not done:
            return CertificatePrint((), 0, 0, 0, tuple(failed))
        numbers = [row.number for row, _ in done]
        span = numbers[0] if len(numbers) == 1 else f"{numbers[0]} 至 {numbers[-1]}"
        # Beside the file of the first print, never over it.
        again = " 补发" if all(row.printed for row, _ in done) else ""
        name = safe_name(f"{'卡片 ' if cards else ''}{span}{again}")
        file = issued_papers.deliver(made, out, f"{name}.pdf")
        change = _keep(office, made, f"{name}.pdf", done, order)
    return CertificatePrint(
        (file,),
        len(done),
        sum(row.printed for row, _ in done),
        pages,
        tuple(failed),
        change,
        tuple([row.number for row, _ in done if row.photo_sha256 is None]),
    )


def kept_page(office: Office, certificate_id: int, *, card: bool = False) -> bytes:
    """The page of a certificate's first print, as it was printed, as a PDF of one page (a sheet of cards for a card).

    Raises UserError when it was not printed yet, was printed before pages were kept, or the file is lost.
    """
    with office.db.reading() as session:
        one = session.get(Certificate, certificate_id)
        found = (
            (None, None)
            if one is None
            else (one.card_sha256, one.card_page)
            if card
            else (one.pdf_sha256, one.pdf_page)
        )
    return issued_papers.kept_page(office, *found)


class CertificatePreview:
    """The pages an order would put on paper, drawn as they are looked at; nothing is written.

    Take the ids a plan found ready. Raises UserError when there is none.
    """

    def __init__(self, office: Office, order: CertificateOrder) -> None:
        self._order = order
        self._desk = PaperDesk(office, order.kind)
        self._rows = _rows(office, order)[0]
        if not self._rows:
            raise UserError("没有可以预览的证书。", next_step="请换一个打印范围。")
        self._each = 1 if order.cards else max(1, self._lay_out(self._rows[0]).page_count)
        self._pages = issued_papers.KeptPages(self._sheet)

    @property
    def count(self) -> int:
        """Pages in all."""
        if self._order.cards:
            return -(-(len(self._rows) + self._order.start - 1) // CARDS_ON_SHEET)
        return len(self._rows) * self._each

    def size(self, page: int, /) -> tuple[float, float]:
        """Width and height (pt) of a page counted from 0."""
        return self._pages.size(page // self._each, page % self._each)

    def picture(self, page: int, scale: float, /) -> Picture:
        """Page `page` (from 0) at `scale` pixels a point."""
        return self._pages.picture(page // self._each, page % self._each, scale)

    def close(self) -> None:
        """Let go of the pages kept."""
        self._pages.close()

    def _sheet(self, place: int) -> bytes:
        order = self._order
        if order.cards:
            begin = max(0, place * CARDS_ON_SHEET - (order.start - 1))
            rows = self._rows[begin : order.on_first + place * CARDS_ON_SHEET]
            laid = _imposed([(row, self._lay_out(row)) for row in rows], order, first=place == 0)
            assert laid is not None
        else:
            laid = self._lay_out(self._rows[place])
        return self._desk.pdf(laid, title="预览")

    def _lay_out(self, row: PaperRow) -> LaidOut:
        laid = self._desk.lay_out(row)
        if isinstance(laid, RefusedItem):
            raise UserError(f"{laid.item}：{laid.problem}。")
        return laid


# -- the parts -----------------------------------------------------------------------------------------------------


def _rows(office: Office, order: CertificateOrder) -> tuple[list[PaperRow], list[RefusedItem]]:
    """What is frozen of each certificate, in the order asked for, and those that may not be printed."""
    if not 1 <= order.start <= CARDS_ON_SHEET:
        raise UserError(f"卡片纸上的位置应是1到{CARDS_ON_SHEET}。", next_step="没有打印，请改正。")
    wanted = (
        select(Certificate, Attachment.sha256)
        .outerjoin(TrainingRecord, TrainingRecord.id == Certificate.record_id)
        .outerjoin(Worker, Worker.id == TrainingRecord.worker_id)
        .outerjoin(Attachment, Attachment.id == Worker.photo_id)
    )
    found: dict[int, tuple[Certificate, str | None]] = {}
    with office.db.reading() as session:
        for start in range(0, len(order.ids), 500):
            part = wanted.where(Certificate.id.in_(order.ids[start : start + 500]))
            found |= {one.id: (one, photo) for one, photo in session.execute(part)}
    rows: list[PaperRow] = []
    failed: list[RefusedItem] = []
    for one, photo in (found[row_id] for row_id in dict.fromkeys(order.ids) if row_id in found):
        if one.origin != "issued" or one.state != "valid" or one.snapshot is None or one.retired_at is not None:
            failed.append(RefusedItem(one.number, "not_valid", "已作废、已补发或不是本办公室发的，不能打印"))
            continue
        printed = (one.card_sha256 if order.cards else one.pdf_sha256) is not None
        values = dict(one.snapshot)
        if printed:
            values["证书编号"] += REPRINTED
        # A photo that came after the issuing still counts until the certificate is on paper.
        never = one.pdf_sha256 is None and one.card_sha256 is None
        rows.append(
            PaperRow(
                one.id, one.number, one.name, values, one.code, one.photo_sha256 or (photo if never else None),
                one.card_layout_sha256 if order.cards else one.layout_sha256, printed,
            )
        )  # fmt: skip
    return rows, failed


def _batches(
    desk: PaperDesk, rows: Sequence[PaperRow], order: CertificateOrder, failed: list[RefusedItem], step: Step
) -> Iterator[list[tuple[PaperRow, LaidOut]]]:
    """What goes on one sheet together; whoever cannot be printed goes to `failed` and leaves no gap."""

    def laid_out() -> Iterator[tuple[PaperRow, LaidOut]]:
        for position, row in enumerate(rows):
            step(position, len(rows), row.number)
            laid = desk.lay_out(row)
            if isinstance(laid, RefusedItem):
                failed.append(laid)
            else:
                yield row, laid

    making = laid_out()
    size = order.on_first if order.cards else 1
    while batch := list(islice(making, size)):
        yield batch
        size = CARDS_ON_SHEET if order.cards else 1


def _imposed(batch: Sequence[tuple[PaperRow, LaidOut]], order: CertificateOrder, *, first: bool) -> LaidOut | None:
    """The sheet these cards make; None where each has pages of its own."""
    if not order.cards:
        return None
    from anjian_desktop.documents.certificate_press import impose_cards  # with the document libraries

    return impose_cards([laid for _, laid in batch], start=order.start if first else 1, crop_marks=order.crop_marks)


def _keep(
    office: Office, made: Path, name: str, done: Sequence[tuple[PaperRow, int]], order: CertificateOrder
) -> Change:
    """Keep the file of a first print, and where in it each certificate stands."""
    if all(row.printed for row, _ in done):
        with office.db.transaction("补打证书", actor=office.actor) as tx:
            tx.note(f"{done[0][0].number} 至 {done[-1][0].number}，{len(done)} 本，注明补发")
        return tx.change_set
    with office.db.transaction("打印证书", actor=office.actor) as tx:
        sha256 = issued_papers.keep(tx, office.folder, made, name, ledger="certificate", row_id=done[0][0].id)
        of, at = ("card_sha256", "card_page") if order.cards else ("pdf_sha256", "pdf_page")
        tx.change_many(
            Certificate,
            [
                (row.id, {of: sha256, at: page, "photo_sha256": row.photo_sha256})
                for row, page in done
                if not row.printed
            ],
        )
    return tx.change_set
