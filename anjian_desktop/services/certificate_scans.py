"""A photo or scan of a certificate somebody holds: kept with it, shown in the window, never read for its text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from anjian_desktop.errors import Refused, UserError
from anjian_desktop.ledgers.attachment import Attachment
from anjian_desktop.ledgers.certificate import Certificate
from anjian_desktop.services.office import Office
from anjian_desktop.storage import attachments
from anjian_desktop.storage.changes import Change

MAX_BYTES = 40_000_000
_KIND = "证书照片或扫描件"


@dataclass(frozen=True)
class Scan:
    """A file kept with a certificate."""

    id: int
    name: str
    size: int
    sha256: str


def attach(office: Office, certificate_id: int, path: Path) -> Change:
    """Keep a picture or PDF with a certificate; the same file twice is kept once.

    Raises UserError when the file cannot be shown, Refused for a certificate this office issued (its own print is kept).
    """
    data = _readable(path)
    stored = attachments.add_bytes(office.folder, data)
    with office.db.transaction("附上证书的照片或扫描件", actor=office.actor) as tx:
        held = tx.get(Certificate, certificate_id)
        if held.origin == "issued":
            raise Refused("本单位发的证书有存档件，不用再附。", item=held.number, rule="issued")
        same = select(Attachment.id).where(
            Attachment.ledger == "certificate",
            Attachment.row_id == certificate_id,
            Attachment.sha256 == stored.sha256,
            Attachment.removed_at.is_(None),
        )
        if tx.session.scalar(same) is None:
            # Never the file's own name: it often holds the person's.
            name = "扫描件.pdf" if data[:5] == b"%PDF-" else f"照片{path.suffix.lower()[:5]}"
            tx.session.add(
                Attachment(
                    sha256=stored.sha256, name=name, size=stored.size, ledger="certificate", row_id=certificate_id,
                    added_at=tx.now, kind=_KIND,
                )
            )  # fmt: skip
            tx.note(f"证书 {certificate_id}：{name}", kinds=("certificate",))
    return tx.change_set


def scans(office: Office, certificate_id: int) -> tuple[Scan, ...]:
    """What is kept with a certificate, the newest first."""
    wanted = (
        select(Attachment)
        .where(Attachment.ledger == "certificate", Attachment.row_id == certificate_id, Attachment.removed_at.is_(None))
        .order_by(Attachment.id.desc())
    )
    with office.db.reading() as session:
        return tuple(Scan(one.id, one.name, one.size, one.sha256) for one in session.scalars(wanted))


def as_pdf(office: Office, certificate_id: int) -> bytes:
    """Everything kept with a certificate as pages to look at. Raises UserError when there is nothing, or a file is lost."""
    found = scans(office, certificate_id)
    if not found:
        raise UserError("这本证书没有附照片或扫描件。", next_step="请用“附照片或扫描件”添加。")
    from anjian_desktop.documents.attached_pages import pages_of  # with the picture library: only when looked at

    return pages_of([attachments.open_path(office.folder, one.sha256).read_bytes() for one in found])


def _readable(path: Path) -> bytes:
    """The file's bytes, once it is sure that they can be shown."""
    from anjian_desktop.documents.attached_pages import NotShowable, check_showable

    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UserError(
            f"“{path.name}”读不出来，没有存入。", next_step="请检查文件是否还在、是否正被占用。", code="unreadable"
        ) from error
    if len(data) > MAX_BYTES:
        raise UserError(
            f"“{path.name}”太大，没有存入。", next_step="请用 200 dpi 扫描，或把照片缩小。", code="oversized"
        )
    try:
        check_showable(data)
    except NotShowable as problem:
        if problem.too_large:
            raise UserError(f"“{path.name}”太大，没有存入。", next_step="请把照片缩小。", code="oversized") from problem
        raise UserError(
            f"“{path.name}”不是能显示的图片或 PDF，没有存入。", next_step="请换 JPG、PNG 或 PDF 文件。"
        ) from problem
    return data
