"""A real queue: what the window prints comes out of CUPS' PDF printer where it was laid out, as often and as asked."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot
from support.dialogs import over
from support.pdf_files import placed_characters, texts
from support.windows import settle

from anjian_desktop.errors import UserError
from anjian_desktop.services import agreements
from anjian_desktop.services.agreements import DraftRequest
from anjian_desktop.services.browse import Query
from anjian_desktop.services.list_printing import print_list
from anjian_desktop.services.office import Office
from installer.windows.cups import Cups
from ui.dialogs.print_dialog import PrintDialog
from ui.dialogs.result_dialog import ResultDialog
from ui.pages.agreements_page import AgreementsPage
from ui.printing.backend import PrintChoices, Printer
from ui.printing.calibration import keep_offset
from ui.printing.cups import CupsBackend
from ui.printing.spool import send

PPD = Path("/usr/share/ppd/cupsfilters/Ricoh-PDF_Printer-PDF.ppd")
NEAR = 0.3
"""Points (0.1 mm) a character may lie off."""

pytestmark = [
    pytest.mark.skipif(shutil.which("cupsd", path="/usr/sbin") is None, reason="CUPS is not installed"),
    pytest.mark.skipif(not PPD.exists(), reason="the PDF printer of cups-filters is not installed"),
    pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() != 0, reason="only root may run a CUPS of its own"),
]


@pytest.fixture(scope="module")
def cups() -> Iterator[Cups]:
    """A CUPS with a plain and an office printer."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="anjian-cups-") as place, Cups(Path(place) / "cups", port=port) as running:
        yield running


@pytest.fixture
def queue(cups: Cups, monkeypatch: pytest.MonkeyPatch) -> Cups:
    """The same, known to this process, nothing printed yet."""
    monkeypatch.setenv("CUPS_SERVER", cups.server)
    for name in ("Plain", "Office"):
        cups.paper(name).unlink(missing_ok=True)
    return cups


def came(cups: Cups, name: str = "Plain") -> tuple[bytes, bytes]:
    """What the printer was told before the pages, and the pages."""
    cups.settle()
    told, _, pages = cups.paper(name).read_bytes().partition(b"%PDF")
    return told, b"%PDF" + pages


def same_places(sent: bytes, printed: bytes, *, right: float = 0.0, down: float = 0.0) -> None:
    """Every character lies where it was laid out, moved by so many points."""
    for asked, found in zip(placed_characters(sent), placed_characters(printed), strict=True):
        assert [character for character, *_ in asked] == [character for character, *_ in found]
        for (_, left, bottom), (_, x, y) in zip(asked, found, strict=True):
            assert abs(x - left - right) < NEAR and abs(y - bottom + down) < NEAR


def order(page: AgreementsPage, qtbot: QtBot, tmp_path: Path, *, start: str = "", printer: str = "Plain") -> Path:
    """Press 打印 in the window for that printer; the file that was saved."""
    page.desk = replace(page.desk, backend=CupsBackend())
    page.frame.memory.put("print_folder", str(tmp_path / "责任书"))
    page.start("print")
    dialog = over(PrintDialog)
    qtbot.waitUntil(lambda: dialog.printer.count() == 2)
    dialog.printer.setCurrentIndex(next(n for n in range(2) if dialog.printer.itemText(n).startswith(printer)))
    dialog.radios["printer"].click()
    if start:
        qtbot.keyClicks(dialog.start, start)
    settle()
    dialog.print_button.click()
    result = over(ResultDialog)
    assert f"已送到打印机“{printer}”" in "".join(line.text() for line in result.sentences)
    result.buttons["关闭"].click()
    (file,) = (tmp_path / "责任书").glob("*.pdf")
    return file


def test_the_window_prints_a_year_where_it_was_laid_out(
    queue: Cups, page: AgreementsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    agreements.draft(page.office, DraftRequest(2027, "enterprise"))
    page.show_query(Query("agreement"), year=2027)
    settle()

    file = order(page, qtbot, tmp_path)

    told, printed = came(queue)
    same_places(file.read_bytes(), printed)
    assert len(texts(printed)) == 4 * 2 * 4
    assert b"SET PAPER=A4" in told


def test_after_a_jam_the_printer_gets_the_rest_from_that_number_on(
    queue: Cups, page: AgreementsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    file = order(page, qtbot, tmp_path, start="4")

    _, printed = came(queue)
    same_places(file.read_bytes(), printed)
    numbers = "".join("".join(texts(printed)).split())
    assert "示安责〔2026〕4号" in numbers and "示安责〔2026〕3号" not in numbers


def test_copies_both_sides_and_the_tray_reach_the_printer(queue: Cups, tmp_path: Path) -> None:
    backend = CupsBackend()
    plain, office = backend.printers()
    assert (plain.name, plain.is_default, office.duplex) == ("Plain", True, True)
    assert ("2Tray", "纸盒2") in [(tray.code, tray.label) for tray in office.trays]
    file = sheets(tmp_path, 3)

    outcome = send(backend, [file], office, PrintChoices(copies=2, tray="2Tray"))

    assert outcome.failed == []
    told, _ = came(queue, "Office")
    for asked in (b"SET DUPLEX=ON", b"SET BINDING=LONGEDGE", b"SET TRAY = Tray2", b"SET QTY=2"):
        assert asked in told
    assert send(backend, [file], plain, PrintChoices(copies=2, duplex=False)).failed == []
    told, printed = came(queue)
    assert b"SET DUPLEX=OFF" in told
    pages = ["".join(text.split()) for text in texts(printed)]
    assert len(pages) == 6 and pages[:3] == pages[3:], "copy after copy, not page after page"


def test_a_calibrated_printer_gets_its_pages_moved(queue: Cups, page: AgreementsPage, tmp_path: Path) -> None:
    keep_offset(page.frame.memory, "Plain", (25, -10))
    file = sheets(tmp_path, 1)

    assert send(CupsBackend(), [file], Printer("Plain"), PrintChoices(offset=(25, -10))).failed == []

    _, printed = came(queue)
    same_places(file.read_bytes(), printed, right=2.5 / 25.4 * 72, down=-1.0 / 25.4 * 72)


def test_a_queue_that_refuses_is_told_in_words(queue: Cups, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有接收这份文件"):
        CupsBackend().print_file(sheets(tmp_path, 1), Printer("不在的打印机"), PrintChoices())


def sheets(folder: Path, pages: int) -> Path:
    """A file of test sheets, each with its own words."""
    import io

    from pypdf import PdfWriter

    from anjian_desktop.documents.print_sheet import measuring_sheet

    writer = PdfWriter()
    for number in range(pages):
        writer.append(io.BytesIO(measuring_sheet(f"第{number + 1}张")))
    file = folder / "测试 页.pdf"
    with file.open("wb") as out:
        writer.write(out)
    return file


def test_a_list_that_lies_across_comes_out_whole(queue: Cups, office: Office, tmp_path: Path) -> None:
    made = print_list(office, Query("enterprise"))
    file = made.write(tmp_path / "企业名册.pdf")
    _, duplexing = CupsBackend().printers()

    choices = PrintChoices(landscape=made.landscape)
    assert send(CupsBackend(), [file], Printer("Plain"), choices).failed == []
    assert send(CupsBackend(), [file], duplexing, choices).failed == []

    _, printed = came(queue)
    assert len(texts(printed)) == made.pages
    # CUPS turns the page on the upright sheet; whichever way, nothing may fall off it.
    boxes = [page.mediabox for page in PdfReader(BytesIO(printed)).pages]
    for asked, found in zip(placed_characters(file.read_bytes()), placed_characters(printed), strict=True):
        assert sorted(one[0] for one in asked) == sorted(one[0] for one in found)
    for box, found in zip(boxes, placed_characters(printed), strict=True):
        assert all(20 < x < float(box.width) - 15 and 15 < y < float(box.height) - 15 for _, x, y in found)
    told, _ = came(queue, "Office")
    assert b"SET BINDING=SHORTEDGE" in told
