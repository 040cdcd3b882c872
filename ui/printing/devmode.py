"""What a Windows printer is told of paper, copies, sides and tray, and what it tells of itself (wingdi.h)."""

from __future__ import annotations

import ctypes

from ui.printing.backend import PrintChoices, Printer, Tray

A4 = 9
_UPRIGHT, _ACROSS = 1, 2
_SIMPLEX, _LONG_EDGE, _SHORT_EDGE = 1, 2, 3
_PAPER, _COPIES, _SOURCE, _DUPLEX, _ORIENTATION, _COLLATE = 0x2, 0x100, 0x200, 0x1000, 0x1, 0x8000
_BIN_NAME_UNITS = 24
_BIN_WORDS = {4: "手动进纸", 5: "信封", 6: "手动信封", 7: "自动选择", 15: "默认纸盒"}
"""Trays of number 1 to 15 mean the same to every driver; the driver's own begin at 256 and carry its names."""


class DevMode(ctypes.Structure):
    """DEVMODEW as far as it is used; a driver's own bytes follow it. UTF-16 units as numbers: wchar_t is wider elsewhere."""

    _fields_ = (
        ("device", ctypes.c_uint16 * 32), ("version", ctypes.c_uint16), ("driver", ctypes.c_uint16),
        ("size", ctypes.c_uint16), ("extra", ctypes.c_uint16), ("fields", ctypes.c_uint32),
        ("orientation", ctypes.c_int16), ("paper", ctypes.c_int16), ("length", ctypes.c_int16),
        ("width", ctypes.c_int16), ("scale", ctypes.c_int16), ("copies", ctypes.c_int16), ("source", ctypes.c_int16),
        ("quality", ctypes.c_int16), ("colour", ctypes.c_int16), ("duplex", ctypes.c_int16),
        ("resolution", ctypes.c_int16), ("true_type", ctypes.c_int16), ("collate", ctypes.c_int16),
    )  # fmt: skip


def choose(mode: DevMode, printer: Printer, choices: PrintChoices, *, copies: int) -> None:
    """Write the choices into `mode`: A4; a tray only when the clerk chose one, else the printer's own."""
    mode.orientation, mode.paper = _ACROSS if choices.landscape else _UPRIGHT, A4
    mode.copies, mode.collate = copies, 1
    both_sides = _SHORT_EDGE if choices.landscape else _LONG_EDGE
    mode.duplex = both_sides if choices.duplex and printer.duplex else _SIMPLEX
    mode.fields |= _ORIENTATION | _PAPER | _COPIES | _COLLATE | _DUPLEX
    if choices.tray:
        mode.source = int(choices.tray)
        mode.fields |= _SOURCE


def trays(numbers: list[int], names: list[int]) -> tuple[Tray, ...]:
    """Trays from a driver's numbers and its names (24 UTF-16 units each, cut at the first zero)."""
    found = []
    for place, number in enumerate(numbers):
        units = names[place * _BIN_NAME_UNITS : (place + 1) * _BIN_NAME_UNITS]
        spoken = bytes(ctypes.string_at((ctypes.c_uint16 * len(units))(*units), 2 * len(units))) if units else b""
        label = spoken.decode("utf-16-le", "replace").partition("\0")[0].strip()
        found.append(Tray(str(number), label or _BIN_WORDS.get(number, f"纸盒{place + 1}")))
    return tuple(found)
