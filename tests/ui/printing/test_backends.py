"""Files reach the printer as asked: options for CUPS, pixels through Qt, and a refusal is told in words."""

from __future__ import annotations

import os
import stat
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from anjian_desktop.documents.rendering import PdfPages
from anjian_desktop.errors import Cancelled, UserError
from ui.printing.backend import PrintChoices, Printer, Tray
from ui.printing.cups import CupsBackend, described, lp_options
from ui.printing.printers import PrinterSearch
from ui.printing.raster import QtRasterBackend
from ui.printing.spool import send
from ui.printing.to_folder import FileBackend

RICOH = """PageSize/Page Size: *A4 A3 Letter
InputSlot/Paper Tray: *Auto 1Tray 2Tray Manual
Duplex/2-Sided Printing: *None DuplexNoTumble DuplexTumble
"""


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """Two A4 pages, a black square of 20 mm on each."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    for _ in range(2):
        canvas.rect(100, 600, 57, 57, fill=1)
        canvas.showPage()
    canvas.save()
    file = tmp_path / "企业 2026 第1-2号.pdf"
    file.write_bytes(out.getvalue())
    return file


@pytest.fixture
def fake_cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """CUPS commands that know two printers and write down what `lp` was asked."""
    commands = tmp_path / "bin"
    commands.mkdir()
    asked = tmp_path / "asked.txt"
    scripts = {
        "lpstat": 'case "$1" in -e) printf "办公室\\nRicoh\\n";; -d) echo "system default destination: Ricoh";; esac',
        "lpoptions": f"cat <<'END'\n{RICOH}END",
        "lp": f'printf "%s\\n" "$@" > "{asked}"; case "$2" in 办公室) exit 1;; esac',
    }
    for name, body in scripts.items():
        script = commands / name
        script.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{commands}{os.pathsep}{os.environ['PATH']}")
    return asked


def test_a_printers_trays_and_both_sides_are_read_from_its_options() -> None:
    printer = described("Ricoh", True, RICOH)
    assert printer.duplex
    assert printer.trays == (
        Tray("Auto", "自动选择"), Tray("1Tray", "纸盒1"), Tray("2Tray", "纸盒2"), Tray("Manual", "手动进纸"),
    )  # fmt: skip
    assert not described("激光机", False, "Duplex/双面: *None").duplex
    assert described("没说", False, "").duplex


def test_a_printer_that_cannot_print_both_sides_is_not_asked_to() -> None:
    assert "sides=one-sided" in lp_options(Printer("p", duplex=False), PrintChoices(duplex=True))
    options = lp_options(Printer("p"), PrintChoices(copies=3, tray="2Tray"))
    assert options[:4] == ["-d", "p", "-n", "3"]
    assert "sides=two-sided-long-edge" in options
    assert "InputSlot=2Tray" in options
    assert "sides=two-sided-short-edge" in lp_options(Printer("p"), PrintChoices(landscape=True))


def test_cups_gets_the_file_itself(fake_cups: Path, pdf: Path) -> None:
    backend = CupsBackend()
    printers = backend.printers()
    assert [(one.name, one.is_default) for one in printers] == [("Ricoh", True), ("办公室", False)]
    backend.print_file(pdf, printers[0], PrintChoices(copies=2))
    asked = fake_cups.read_text(encoding="utf-8").splitlines()
    assert asked[-1] == str(pdf)
    assert asked[:4] == ["-d", "Ricoh", "-n", "2"]


def test_a_refusing_printer_is_told_in_words_and_does_not_stop_the_pile(fake_cups: Path, pdf: Path) -> None:
    refusing = Printer("办公室")
    with pytest.raises(UserError, match="编号不变"):
        CupsBackend().print_file(pdf, refusing, PrintChoices())
    outcome = send(CupsBackend(), [pdf, pdf], refusing, PrintChoices())
    assert outcome.sent == []
    assert len(outcome.failed) == 2


def test_without_cups_there_are_no_printers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert CupsBackend().printers() == []


def test_qt_draws_every_page_at_its_true_size(qapp: object, pdf: Path, tmp_path: Path) -> None:
    drawn = tmp_path / "drawn.pdf"
    steps: list[tuple[int, int]] = []
    QtRasterBackend(to_file=drawn).print_file(
        pdf, Printer("任意"), PrintChoices(), lambda done, total, name: steps.append((done, total))
    )
    assert steps == [(0, 2), (1, 2), (2, 2)]
    with PdfPages(drawn) as pages:
        assert pages.count == 2
        assert pages.size(0) == pytest.approx(A4, abs=1)
        picture = pages.picture(1, 2.0)

    def dark(x: float, y: float) -> bool:
        start = int(y * 2) * picture.stride + int(x * 2) * 4
        return picture.pixels[start] < 60

    top = A4[1] - 657
    assert dark(102, top + 2) and dark(155, top + 55)
    assert not dark(98, top + 2) and not dark(159, top + 55)


def test_qt_draws_a_page_that_lies_across_in_full(qapp: object, tmp_path: Path) -> None:
    out = BytesIO()
    canvas = Canvas(out, pagesize=landscape(A4), invariant=True)
    canvas.rect(740, 500, 57, 57, fill=1)
    canvas.save()
    file, drawn = tmp_path / "名册.pdf", tmp_path / "drawn.pdf"
    file.write_bytes(out.getvalue())
    QtRasterBackend(to_file=drawn).print_file(file, Printer("任意"), PrintChoices(landscape=True))
    with PdfPages(drawn) as pages:
        assert pages.size(0) == pytest.approx(landscape(A4), abs=1)
        picture = pages.picture(0, 1.0)
    middle = int(A4[0] - 528) * picture.stride + 768 * 4
    assert picture.pixels[middle] < 60


def test_asked_to_stop_nothing_more_is_printed(qapp: object, pdf: Path, tmp_path: Path) -> None:
    def stop(done: int, total: int, name: str) -> None:
        raise Cancelled

    backend = FileBackend(tmp_path / "paper")
    outcome = send(backend, [pdf], Printer("文件夹"), PrintChoices(), step=stop)
    assert outcome.stopped and not outcome.sent and not backend.printed


def test_word_files_are_not_sent_and_equal_names_are_kept_apart(pdf: Path, tmp_path: Path) -> None:
    backend = FileBackend(tmp_path / "paper")
    outcome = send(backend, [pdf, pdf.with_suffix(".docx"), pdf], backend.printers()[0], PrintChoices())
    assert len(outcome.sent) == 2
    assert len(list((tmp_path / "paper").iterdir())) == 2


def test_printers_are_found_without_waiting_for_them(qtbot: object, tmp_path: Path) -> None:
    search = PrinterSearch(FileBackend(tmp_path))
    with qtbot.waitSignal(search.found) as found:  # type: ignore[attr-defined]
        search.start()
    assert [one.name for one in found.args[0]] == ["文件夹"]
