"""Printing from Windows: through Wine's spooler into CUPS, as vectors and as pictures, every page laid over its PDF."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from anjian_desktop.documents.rendering import PdfPages
from anjian_desktop.errors import UserError
from installer.windows.cups import QUEUES, Cups
from installer.windows.report import Report
from installer.windows.test_interpreter import make_interpreter
from installer.windows.wine import Wine

DPI = 300
_INK = 128
_FARTHEST = 2
"""Pixels at 300 dpi (0.17 mm) an edge of the ink may lie apart."""


@dataclass(frozen=True)
class Ink:
    """The box around everything dark on a page, and how much is dark; pixels at 300 dpi."""

    left: int
    top: int
    right: int
    bottom: int
    amount: int

    def apart(self, other: Ink) -> int:
        """The farthest any edge lies from the other's."""
        return max(
            abs(self.left - other.left), abs(self.top - other.top), abs(self.right - other.right), abs(self.bottom - other.bottom)
        )  # fmt: skip


def run_printing(wine: Wine, stage: Path, report: Report) -> None:
    """Print an agreement by both ways to a plain printer, and with copies and a tray to an office one."""
    python = make_interpreter(stage, wine)
    file = wine.drive / "打印 样张.pdf"
    file.write_bytes(_agreement())
    with PdfPages(file) as pages:
        report.note(f"an agreement of {pages.count} pages")
    # A short plain path: a socket's name has a limit, and a queue's file is named by an address.
    with tempfile.TemporaryDirectory(prefix="anjian-cups-") as place, Cups(Path(place) / "cups") as cups:
        plain, office = QUEUES
        for way in ("vector", "raster"):
            told = _print(wine, python, cups, file, plain, way, "1", "-", report)
            if told:
                report.note(f"{way}: printers {told['printers']}, default {told['default']}, {told['milliseconds']} ms")
            _compare(file, cups.paper(plain), report, way)
            _keep(cups.paper(plain), report, way)
        _to_an_office_printer(wine, python, cups, file, office, report)


def _to_an_office_printer(wine: Wine, python: Path, cups: Cups, file: Path, queue: str, report: Report) -> None:
    """Two copies from its second tray, on both sides."""
    before = len(cups.jobs())
    told = _print(wine, python, cups, file, queue, "vector", "2", "258", report)
    trays = told.get("trays")
    report.check(isinstance(trays, dict) and trays.get("258") == "Tray 2", f"trays by their names: {trays}", told=told)
    report.check(bool(told.get("duplex")), "it is known to print on both sides")
    jobs = cups.jobs()[before:]
    report.check(len(jobs) == 2, "a driver that does not sort copies gets a job for each", told=len(jobs))
    for asked in (b"*InputSlot 2Tray", b"*Duplex DuplexNoTumble", b"*PageSize A4"):
        report.check(all(asked in job for job in jobs), f"the driver heard {asked.decode()}")
    _compare(file, cups.paper(queue), report, "a copy")


def _agreement() -> bytes:
    from io import BytesIO

    from anjian_desktop.documents.codes import page_code
    from anjian_desktop.documents.fonts import FontBook
    from anjian_desktop.documents.layout import Typesetter
    from anjian_desktop.documents.pdf import PdfWriter
    from anjian_desktop.documents.templates import shipped_templates

    fonts = FontBook.bundled_only()
    values = {"编号": "示安责〔2026〕1号", "乙方": "示例镇东河村", "单位名称": "示例镇东河村", "年度": "2026"}
    out = BytesIO()
    with PdfWriter(out, fonts, title="样张") as writer:
        laid_out = Typesetter(shipped_templates()["Z1"].data, fonts).lay_out(values)
        writer.add(laid_out, page_code=lambda page, pages: page_code("TEST", 1, 1, page, pages))
    return out.getvalue()


def _print(
    wine: Wine, python: Path, cups: Cups, file: Path, queue: str, way: str, copies: str, tray: str, report: Report
) -> dict[str, object]:
    cups.paper(queue).unlink(missing_ok=True)
    done = wine.run(
        python, "-X", "utf8", "-B", "-m", "installer.windows.print_probe", wine.windows_path(file), queue, way, copies, tray,
        extra={"CUPS_SERVER": str(cups.socket)}, timeout=180,
    )  # fmt: skip
    cups.settle()
    try:
        told = json.loads(done.out)
    except ValueError:
        told = {}
    came = bool(told) and _whole(cups.paper(queue))
    if not report.check(came, f"{way}: the pages reached {queue}", told=[done, cups.log()]):
        cups.paper(queue).unlink(missing_ok=True)
    return told if isinstance(told, dict) else {}


def _whole(printed: Path) -> bool:
    try:
        with PdfPages(printed):
            return True
    except UserError:
        return False


def _compare(file: Path, printed: Path, report: Report, way: str) -> None:
    if not printed.exists():
        return
    with PdfPages(file) as asked, PdfPages(printed) as came:
        report.check(came.count == asked.count, f"{way}: {came.count} pages came, {asked.count} were sent")
        apart, spread = 0, 0.0
        for number in range(min(came.count, asked.count)):
            one, other = _ink(asked, number), _ink(came, number)
            apart = max(apart, one.apart(other))
            spread = max(spread, abs(one.amount - other.amount) / max(one.amount, 1))
        width, height = came.size(0)
        paper = (round(width / 72 * 25.4), round(height / 72 * 25.4))
        report.check(paper == (210, 297), f"{way}: the paper is A4", told=paper)
        report.check(
            apart <= _FARTHEST,
            f"{way}: edges of the ink at most {apart} px apart at {DPI} dpi ({apart / DPI * 25.4:.2f} mm), "
            f"amount of ink differs by at most {spread:.1%}",
        )


def _ink(pages: PdfPages, number: int) -> Ink:
    from PIL import Image

    picture = pages.picture(number, DPI / 72)
    image = Image.frombuffer("RGB", (picture.width, picture.height), picture.pixels, "raw", "BGRX", picture.stride, 1)
    dark = image.convert("L").point(lambda value: 255 if value < _INK else 0)
    box = dark.getbbox() or (0, 0, 0, 0)
    return Ink(*box, amount=dark.histogram()[255])


def _keep(printed: Path, report: Report, way: str) -> None:
    """The first page as it came out, to be looked at."""
    if not printed.exists():
        return
    from PIL import Image

    with PdfPages(printed) as pages:
        picture = pages.picture(0, 100 / 72)
    image = Image.frombuffer("RGB", (picture.width, picture.height), picture.pixels, "raw", "BGRX", picture.stride, 1)
    image.save(report.folder / f"printed-{way}.png")
