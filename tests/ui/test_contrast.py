"""Words can be read on whatever they stand on, lines that mean something be seen (WCAG's relative luminance)."""

from __future__ import annotations

import re

import pytest

from ui import theme

SURFACES = {"ground": theme.GROUND, "panel": theme.PANEL}
DISABLED = "#6E7781"


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ink", ["INK", "INK_SOFT", "ACCENT", "ACCENT_DARK", "OK", "DUE", "ORANGE", "LATE", "OFF"])
def test_words_are_read_on_every_surface_they_stand_on(ink: str) -> None:
    for surface in (*SURFACES.values(), theme.ACCENT_FAINT):
        assert contrast(getattr(theme, ink), surface) >= 4.5, surface


@pytest.mark.parametrize(
    ("ink", "surface"),
    [
        (theme.ACCENT_INK, theme.ACCENT),
        (theme.ACCENT_INK, theme.ACCENT_DARK),
        (theme.ACCENT_DARK, theme.ACCENT_PALE),
        (theme.INK, theme.HOVER),
        (theme.INK_SOFT, theme.HOVER),
        (theme.INK, theme.ACCENT_PALE),
        (theme.DUE, theme.DUE_PALE),
        (theme.INK_SOFT, theme.DUE_PALE),
        (theme.LATE, theme.LATE_PALE),
        ("#FFFFFF", theme.INK),
        ("#9CCBF2", theme.INK),
    ],
)
def test_selected_pressed_and_coloured_words_are_read(ink: str, surface: str) -> None:
    assert contrast(ink, surface) >= 4.5


def test_what_cannot_be_used_now_can_still_be_read() -> None:
    for surface in (*SURFACES.values(), theme.HOVER):
        assert contrast(DISABLED, surface) >= 3


def test_borders_and_the_focus_ring_are_seen() -> None:
    for surface in SURFACES.values():
        assert contrast(theme.LINE_STRONG, surface) >= 3
        assert contrast(theme.ACCENT, surface) >= 3
    assert contrast(theme.RING, theme.ACCENT) >= 3


def test_a_state_is_never_told_by_colour_alone() -> None:
    assert all(tone.shape for tone in theme.TONES.values())


def test_the_style_sheet_names_no_colour_that_is_not_checked_here() -> None:
    sheet = theme.style_sheet()
    known = {getattr(theme, name).upper() for name in dir(theme) if re.fullmatch(r"[A-Z_]+", name) and
             isinstance(getattr(theme, name), str)}  # fmt: skip
    used = {one.upper() for one in re.findall(r"#[0-9A-Fa-f]{6}\b", sheet)}
    assert used - known == {DISABLED.upper(), "#9CCBF2", "#AFB8C1"}, "the last is a scroll bar's handle"
