"""Papers with a number (certificates, commendations) from their frozen content, and the files they were printed into."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.agreement import NumberCounter
from anjian_desktop.ledgers.attachment import Attachment
from anjian_desktop.services import layouts
from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import RefusedItem
from anjian_desktop.storage import attachments
from anjian_desktop.storage.files import write_atomically
from anjian_desktop.storage.transaction import Transaction

if TYPE_CHECKING:
    from anjian_desktop.documents.certificate_press import CertificatePress
    from anjian_desktop.documents.layout.laid_out import LaidOut
    from anjian_desktop.documents.pdf import PdfWriter
    from anjian_desktop.documents.rendering import PdfPages, Picture

_OPEN = 6
"""Sheets of a preview that are kept ready to be drawn."""


@dataclass(frozen=True)
class PaperRow:
    """One paper: what is frozen of it. `printed`: it was on paper before, and now says 补发."""

    id: int
    number: str
    holder: str
    values: Mapping[str, str]
    code: str | None = None
    photo_sha256: str | None = None
    layout_sha256: str | None = None
    printed: bool = False


def next_serial(session: Session, counter: str, year: int) -> int:
    """The next serial of a counter and year; the write lock is held, so nobody else takes it."""
    row = session.get(NumberCounter, (counter, year))
    if row is None:
        row = NumberCounter(prefix=counter, year=year, next_n=1)
        session.add(row)
    taken = row.next_n
    row.next_n = taken + 1
    return taken


class PaperDesk:
    """Lays papers of one kind out, each with the layout it was issued with; every layout is read once."""

    def __init__(self, office: Office, kind: str) -> None:
        from anjian_desktop.documents.fonts import FontBook  # the document libraries stay off the start-up path

        self._office, self._kind = office, kind
        self.fonts = FontBook.of_machine()
        self._presses: dict[str | None, CertificatePress] = {}

    def lay_out(self, row: PaperRow) -> LaidOut | RefusedItem:
        """The paper's pages; refused when no font prints a character of it. Raises UserError when a file is lost."""
        from anjian_desktop.documents.certificate_press import CertificatePress, CertificateSheet

        press = self._presses.get(row.layout_sha256)
        if press is None:
            data = layouts.open_layout(self._office, self._kind, row.layout_sha256)
            press = self._presses[row.layout_sha256] = CertificatePress(data, self.fonts)
        photo = None
        if row.photo_sha256 is not None:
            photo = attachments.open_path(self._office.folder, row.photo_sha256).read_bytes()
        laid = press.lay_out(CertificateSheet(row.values, row.code, photo))
        if laid.missing_glyphs:
            glyph = laid.missing_glyphs[0]
            told = f"“{glyph.text}”里的“{glyph.char}”没有字体能打印，请安装含这个字的字体"
            return RefusedItem(row.number, "missing_glyph", told)
        return laid

    def pdf(self, laid: LaidOut, *, title: str) -> bytes:
        """A file of these pages alone."""
        from anjian_desktop.documents.pdf import PdfWriter

        out = BytesIO()
        with PdfWriter(out, self.fonts, title=title) as writer:
            writer.add(laid)
        return out.getvalue()


@contextmanager
def writing(file: Path, desk: PaperDesk, *, title: str) -> Iterator[PdfWriter]:
    """A PDF being written to `file`."""
    from anjian_desktop.documents.pdf import PdfWriter

    with file.open("wb") as out, PdfWriter(out, desk.fonts, title=title) as writer:
        yield writer


def deliver(made: Path, out: Path, name: str, *, offset: tuple[int, int] = (0, 0)) -> Path:
    """Put a copy into the clerk's folder, moved right and down by tenths of a millimetre. Raises UserError."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"不能建立文件夹“{out.name}”。", next_step="没有打印，请换一个能写入的文件夹。") from error
    with write_atomically(out / name) as part:
        if offset == (0, 0):
            part.write_bytes(made.read_bytes())
        else:
            from anjian_desktop.documents.print_sheet import shift_pages  # PDFium: only where pages are moved

            shift_pages(made, part, *offset)
    return out / name


def keep(tx: Transaction, folder: Path, made: Path, name: str, *, ledger: str, row_id: int) -> str:
    """Keep the file of a first print among the attachments; its hash."""
    stored = attachments.add_file(folder, made)
    tx.session.add(
        Attachment(
            sha256=stored.sha256, name=name, size=stored.size, ledger=f"{ledger}_print", row_id=row_id, added_at=tx.now
        )
    )
    return stored.sha256


def kept_page(office: Office, sha256: str | None, page: int | None) -> bytes:
    """One page of a kept file, as a PDF of its own. Raises UserError."""
    if sha256 is None:
        raise UserError("这一张还没有打印过，没有存档。", next_step="请先打印。")
    if not page:
        raise UserError("这一张是旧版本打印的，当时没有存档。", next_step="可以补打一张，会注明补发。")
    from anjian_desktop.documents.rendering import single_page  # PDFium: only when an archived page is looked at

    return single_page(attachments.open_path(office.folder, sha256), page)


class KeptPages:
    """Sheets made by `make(place)` when first drawn; the last few stay open. For any thread."""

    def __init__(self, make: Callable[[int], bytes]) -> None:
        self._make = make
        self._lock = RLock()
        self._open: OrderedDict[int, PdfPages] = OrderedDict()

    def size(self, place: int, page: int) -> tuple[float, float]:
        """Width and height (pt) of a sheet's page; of a sheet never drawn those of the first sheet."""
        with self._lock:
            return self._sheet(place if place in self._open else 0).size(page)

    def picture(self, place: int, page: int, scale: float) -> Picture:
        """A sheet's page at `scale` pixels a point."""
        with self._lock:
            return self._sheet(place).picture(page, scale)

    def close(self) -> None:
        """Let go of everything; closing twice does nothing."""
        with self._lock:
            for one in self._open.values():
                one.close()
            self._open.clear()

    def _sheet(self, place: int) -> PdfPages:
        from anjian_desktop.documents.rendering import PdfPages

        found = self._open.pop(place, None)
        if found is None:
            found = PdfPages(self._make(place))
            while len(self._open) >= _OPEN:
                self._open.popitem(last=False)[1].close()
        self._open[place] = found
        return found
