"""A Windows printer hears the clerk's choices, and its trays are read with their names."""

from __future__ import annotations

import ctypes
import sys

import pytest

from ui.printing.backend import PrintChoices, Printer, Tray
from ui.printing.devmode import DevMode, choose, trays


def _units(*names: str) -> list[int]:
    units: list[int] = []
    for name in names:
        encoded = name.encode("utf-16-le").ljust(48, b"\0")
        units += list((ctypes.c_uint16 * 24).from_buffer_copy(encoded))
    return units


def test_the_structure_has_windows_own_places() -> None:
    assert (DevMode.fields.offset, DevMode.paper.offset, DevMode.copies.offset) == (72, 78, 86)
    assert (DevMode.source.offset, DevMode.duplex.offset, DevMode.collate.offset) == (88, 94, 100)


def test_choices_are_written_and_marked_as_written() -> None:
    mode = DevMode(source=15, fields=0)
    choose(mode, Printer("p"), PrintChoices(copies=3, tray="258"), copies=3)
    assert (mode.paper, mode.copies, mode.collate, mode.duplex, mode.source) == (9, 3, 1, 2, 258)
    assert mode.fields == 0x1 | 0x2 | 0x100 | 0x200 | 0x1000 | 0x8000


def test_without_a_tray_the_printers_own_stays_and_one_side_is_one_side() -> None:
    mode = DevMode(source=15, fields=0)
    choose(mode, Printer("p", duplex=False), PrintChoices(duplex=True), copies=1)
    assert (mode.source, mode.fields & 0x200, mode.duplex) == (15, 0, 1)


def test_pages_that_lie_across_are_printed_so_and_bound_at_their_left() -> None:
    mode = DevMode(fields=0)
    choose(mode, Printer("p"), PrintChoices(landscape=True), copies=1)
    assert (mode.orientation, mode.duplex) == (2, 3)
    choose(mode, Printer("p"), PrintChoices(), copies=1)
    assert (mode.orientation, mode.duplex) == (1, 2)


def test_trays_have_the_drivers_names_or_plain_words() -> None:
    assert trays([257, 258, 4], _units("Tray 1", "纸盒 2", "")) == (
        Tray("257", "Tray 1"), Tray("258", "纸盒 2"), Tray("4", "手动进纸"),
    )  # fmt: skip
    assert trays([300], []) == (Tray("300", "纸盒1"),)
    assert trays([], []) == ()


@pytest.mark.skipif(sys.platform == "win32", reason="elsewhere it must be refused, here it works")
def test_only_windows_has_windows_printing() -> None:
    from ui.printing.gdi import GdiBackend

    with pytest.raises(OSError):
        GdiBackend()
