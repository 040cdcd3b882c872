"""A photo or scan of a certificate somebody holds: kept with it, shown in the window, never read for its text."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from sqlalchemy import select

from anjian_desktop.errors import Refused, UserError
from anjian_desktop.ledgers.attachment import Attachment
from anjian_desktop.ledgers.certificate import Certificate
from anjian_desktop.services.office import Office
from anjian_desktop.storage import attachments
from anjian_desktop.storage.changes import Change

MAX_BYTES = 40_000_000
MAX_PIXELS = 80_000_000
"""A larger picture is no photo of a certificate but a trap."""
PICTURES = ("JPEG", "PNG", "BMP", "TIFF", "GIF", "WEBP")


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
    is_pdf = data[:5] == b"%PDF-"
    stored = attachments.add_bytes(office.folder, data)
    with office.db.transaction("附上证书的照片或扫描件", actor=office.actor) as tx:
        held = tx.get(Certificate, certificate_id)
        if held.origin == "issued":
            raise Refused("本单位发的证书有存档件，不用再附。", item=held.number, rule="issued")
        same = select(Attachment.id).where(
            Attachment.ledger == "certificate", Attachment.row_id == certificate_id, Attachment.sha256 == stored.sha256
        )
        if tx.session.scalar(same) is None:
            # Never the file's own name: it often holds the person's.
            name = "扫描件.pdf" if is_pdf else f"照片{path.suffix.lower()[:5]}"
            tx.session.add(
                Attachment(
                    sha256=stored.sha256, name=name, size=stored.size, ledger="certificate", row_id=certificate_id,
                    added_at=tx.now,
                )
            )  # fmt: skip
            tx.note(f"证书 {certificate_id}：{name}", kinds=("certificate",))
    return tx.change_set


def scans(office: Office, certificate_id: int) -> tuple[Scan, ...]:
    """What is kept with a certificate, the newest first."""
    wanted = (
        select(Attachment)
        .where(Attachment.ledger == "certificate", Attachment.row_id == certificate_id)
        .order_by(Attachment.id.desc())
    )
    with office.db.reading() as session:
        return tuple(Scan(one.id, one.name, one.size, one.sha256) for one in session.scalars(wanted))


def as_pdf(office: Office, certificate_id: int) -> bytes:
    """Everything kept with a certificate as pages to look at. Raises UserError when there is nothing, or a file is lost."""
    found = scans(office, certificate_id)
    if not found:
        raise UserError("这本证书没有附照片或扫描件。", next_step="请用“附照片或扫描件”添加。")
    from pypdf import PdfReader, PdfWriter  # with the picture library: only when looked at

    out = PdfWriter()
    for one in found:
        data = attachments.open_path(office.folder, one.sha256).read_bytes()
        pages = data if data[:5] == b"%PDF-" else _picture_page(data)
        out.append(PdfReader(BytesIO(pages)))
    made = BytesIO()
    out.write(made)
    return made.getvalue()


def _picture_page(data: bytes) -> bytes:
    from PIL import Image, ImageOps

    with Image.open(BytesIO(data), formats=PICTURES) as image:
        upright = ImageOps.exif_transpose(image) or image
        shown = upright.convert("RGB")
        shown.thumbnail((2400, 2400))
        out = BytesIO()
        shown.save(out, "PDF", resolution=max(shown.size) / 11.0, quality=85)
    return out.getvalue()


def _readable(path: Path) -> bytes:
    """The file's bytes, once it is sure that they can be shown."""
    from PIL import Image, UnidentifiedImageError

    wrong = UserError(f"“{path.name}”不是能显示的图片或 PDF，没有存入。", next_step="请换 JPG、PNG 或 PDF 文件。")
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
    if data[:5] == b"%PDF-":
        from anjian_desktop.documents.rendering import PdfPages

        with PdfPages(data) as pages:
            if pages.count:
                return data
        raise wrong
    try:
        with Image.open(BytesIO(data), formats=PICTURES) as image:
            if image.width * image.height > MAX_PIXELS:
                raise UserError(f"“{path.name}”太大，没有存入。", next_step="请把照片缩小。", code="oversized")
            image.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise wrong from problem
    return data
