"""The look in one place: colours, spaces, sizes, fonts, and the style sheet that uses them by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

import resources

RESOURCES = Path(resources.__file__).parent
"""Asked of the package itself: importlib.resources would cost the first paint some milliseconds."""

STYLE = "fusion"
"""Where Windows 11 has none of its own."""
STYLE_PROPERTY = "anjian_style"
"""The application's style by name; asking app.style() would make Qt's largest class before the first paint."""

INK = "#1F2328"
INK_SOFT = "#57606A"
LINE = "#D0D7DE"
LINE_STRONG = "#868E98"
"""Borders that mean something (fields): 3:1 on white and on panels."""
GROUND = "#FFFFFF"
PANEL = "#F6F8FA"
HOVER = "#EAEEF2"
ACCENT = "#1F6FB2"
ACCENT_DARK = "#185A92"
ACCENT_INK = "#FFFFFF"
RING = "#0B1626"
"""The focus ring of a button filled with the accent: 3:1 against it."""
ACCENT_PALE = "#E3EFF9"
ACCENT_FAINT = "#F1F7FD"
"""Chosen rows beside a block of cells: every state's colour is still read on it."""
OK = "#1A7F37"
DUE = "#9A6700"
ORANGE = "#B54708"
LATE = "#B42318"
LATE_PALE = "#FDECEA"
DUE_PALE = "#FFF6DC"
OFF = "#57606A"

SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5 = 4, 8, 12, 16, 24
RADIUS = 4
NAVIGATION_WIDTH = 168
TOP_BAR_HEIGHT = 44
PAGE_HEAD_HEIGHT = 52
STATUS_BAR_HEIGHT = 26
ICON = 16

FONT_SIZES = {"standard": 9.5, "large": 11.0, "largest": 13.0}
"""Points: 标准, 大字, 特大."""
FONT_LABELS = {"standard": "标准", "large": "大字", "largest": "特大"}

_WINDOWS_FONT = "Microsoft YaHei UI"
_OWN_FONTS = ("Noto Sans SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei", "Noto Serif SC")
"""The first and last come with the program; the last has every character, those between are nicer where installed."""
_OWN_FILES = ("NotoSansSC-subset.ttf", "NotoSerifSC-subset.ttf")


@dataclass(frozen=True)
class Tone:
    """A state is always a colour, a shape and a word together."""

    colour: str
    shape: str


TONES = {
    "archived": Tone(OK, "●"),
    "signed": Tone(OK, "◑"),
    "issued": Tone(DUE, "◐"),
    "drafted": Tone(OFF, "○"),
    "overdue": Tone(LATE, "▲"),
    "re_sign": Tone(DUE, "▲"),
    "void": Tone(OFF, "×"),
    "superseded": Tone(OFF, "×"),
    "terminated": Tone(OFF, "×"),
    "retired": Tone(OFF, "×"),
    "ok": Tone(OK, "●"),
    "due": Tone(DUE, "◐"),
    "late": Tone(LATE, "▲"),
    "orange": Tone(ORANGE, "◆"),
    "off": Tone(OFF, "○"),
}
"""By stored state, mark of a row, or plain tone."""

MARK_LABELS = {"re_sign": "需重签", "overdue": "逾期", "retired": "已移到回收站"}


def row_height(app_font: QFont) -> int:
    """Pixels of a table row: 28, and 32 or more with larger letters."""
    return 28 if app_font.pointSizeF() < 10.5 else 32 if app_font.pointSizeF() < 12 else 36


def apply_theme(app: QApplication, *, size: str = "standard") -> None:
    """Give the program its font, palette and style sheet. Safe to call again when the size changes."""
    native = "windows11" if "windows11" in (name.lower() for name in QStyleFactory.keys()) else ""  # noqa: SIM118
    style = native or STYLE
    if app.property(STYLE_PROPERTY) != style:
        app.setStyle(style)
        app.setProperty(STYLE_PROPERTY, style)
    app.setFont(_font(FONT_SIZES.get(size, FONT_SIZES["standard"])))
    app.setPalette(_palette())
    app.setStyleSheet(style_sheet(controls=not native))


def style_sheet(*, controls: bool = True) -> str:
    """resources/style.qss with its @names replaced; `controls` draws buttons and fields too (Fusion)."""
    text = _sheet()
    if not controls:
        text = re.sub(r"/\* controls \*/.*?/\* end controls \*/", "", text, flags=re.DOTALL)
    tokens = {
        "ink-soft": INK_SOFT, "ink": INK, "line-strong": LINE_STRONG, "line": LINE, "ground": GROUND, "panel": PANEL,
        "hover": HOVER, "accent-dark": ACCENT_DARK, "ring": RING, "accent-ink": ACCENT_INK, "accent-pale": ACCENT_PALE,
        "accent": ACCENT, "ok": OK, "due-pale": DUE_PALE, "due": DUE, "late-pale": LATE_PALE, "late": LATE, "off": OFF,
        "orange": ORANGE, "radius": f"{RADIUS}px", "icons": _icons_folder(),
    }  # fmt: skip
    return re.sub(r"@([a-z-]+)", lambda found: tokens[found[1]], text)


def numbers(font: QFont) -> QFont:
    """The same font with figures of one width, for columns of numbers."""
    tabular = QFont(font)
    tabular.setFeature(QFont.Tag("tnum"), 1)
    return tabular


def set_part(widget: QWidget, part: str) -> None:
    """Give a widget another part of the style sheet to play; its room is measured anew."""
    widget.setProperty("part", part)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.updateGeometry()


@cache
def _sheet() -> str:
    return (RESOURCES / "style.qss").read_text(encoding="utf-8")


def _icons_folder() -> str:
    return (RESOURCES / "icons").as_posix()


def _font(points: float) -> QFont:
    if _WINDOWS_FONT in QFontDatabase.families():
        font = QFont(_WINDOWS_FONT)
    else:
        _load_own_fonts()
        font = QFont()
        font.setFamilies(list(_OWN_FONTS))
    font.setPointSizeF(points)
    return font


@cache
def _load_own_fonts() -> None:
    for name in _OWN_FILES:
        QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / name))


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for name, colour in {
        role.Window: PANEL, role.WindowText: INK, role.Base: GROUND, role.AlternateBase: PANEL, role.Text: INK,
        role.Button: PANEL, role.ButtonText: INK, role.BrightText: LATE, role.PlaceholderText: INK_SOFT,
        role.ToolTipBase: GROUND, role.ToolTipText: INK, role.Highlight: ACCENT, role.HighlightedText: ACCENT_INK,
        role.Link: ACCENT, role.LinkVisited: ACCENT, role.Accent: ACCENT, role.Light: GROUND, role.Midlight: HOVER,
        role.Mid: LINE, role.Dark: LINE_STRONG, role.Shadow: INK_SOFT,
    }.items():  # fmt: skip
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor("#6E7781"))
    return palette
