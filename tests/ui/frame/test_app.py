"""Starting: what is loaded before the first paint, Chinese everywhere, one window per folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from anjian_desktop.settings import Settings
from ui import app, theme
from ui.memory import WindowMemory

_HEAVY = ("sqlalchemy", "alembic", "sqlcipher3", "openpyxl", "xlsxwriter", "docx", "lxml", "reportlab", "pypdf", "fontTools", "pypinyin",
          "pypdfium2", "zxingcpp", "socket", "pickle", "_hashlib", "importlib.resources", "ui.widgets.search_hits")  # fmt: skip
"""Modules, and what must not creep in again through one: each of the last costs some milliseconds."""


def test_nothing_heavy_is_loaded_before_the_first_paint(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from ui import app, theme; from ui.main_window import MainWindow;"
        "from ui.memory import WindowMemory; a = app.make_application(); theme.apply_theme(a);"
        f"w = MainWindow(Path({str(tmp_path)!r}), WindowMemory()); w.show(); w.grab();"
        "print(*sorted(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", timeout=60, check=True
    )
    assert set(_HEAVY) & set(done.stdout.split()) == set()


def test_qt_speaks_chinese(qapp: QApplication) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert QCoreApplication.translate("QWidgetTextControl", "&Copy").startswith("复制")


def test_a_wrong_option_is_said_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["--unknown"]) == 2
    assert capsys.readouterr().err == "启动选项不对。 可用：--data 文件夹，--today 2026-03-05。\n"


def test_a_second_start_brings_the_first_window_forward(qtbot: QtBot, tmp_path: Path) -> None:
    name = app.instance_name(tmp_path)
    assert not app.reach_first(name)
    raised: list[int] = []
    server = app.answer_later_starts(name, lambda: raised.append(1))
    assert app.reach_first(name)
    qtbot.waitUntil(lambda: raised == [1])
    server.close()
    assert app.instance_name(tmp_path / "另一个") != name


def test_letters_have_three_sizes() -> None:
    assert [app.size_name(points) for points in (0.0, 9.5, 11.0, 13.0)] == ["standard", "standard", "large", "largest"]


def test_the_style_sheet_uses_only_declared_names() -> None:
    assert "@" not in theme.style_sheet()
    assert len(theme.style_sheet(controls=False)) < len(theme.style_sheet())


@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        (theme.INK, theme.GROUND, 4.5),
        (theme.INK_SOFT, theme.GROUND, 4.5),
        (theme.INK_SOFT, theme.PANEL, 4.5),
        (theme.ACCENT, theme.PANEL, 4.5),
        (theme.ACCENT_INK, theme.ACCENT, 4.5),
        (theme.ACCENT_DARK, theme.ACCENT_PALE, 4.5),
        (theme.OK, theme.PANEL, 4.5),
        (theme.DUE, theme.PANEL, 4.5),
        (theme.DUE, theme.DUE_PALE, 4.5),
        (theme.LATE, theme.LATE_PALE, 4.5),
        (theme.LINE_STRONG, theme.GROUND, 3.0),
        ("#6E7781", theme.PANEL, 3.0),
    ],
)
def test_contrast_is_enough(ink: str, ground: str, least: float) -> None:
    assert _contrast(ink, ground) >= least


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours."""

    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_what_the_window_remembers_outlives_it(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    memory = WindowMemory(file)
    memory.keep_table("enterprise", {"hidden": ["area"]})
    memory.put("panel_width", 444)
    again = WindowMemory(file)
    assert again.table("enterprise") == {"hidden": ["area"]}
    assert again.get("panel_width", 420) == 444
    assert again.get("panel_width", "") == ""
    assert isinstance(again.settings, Settings)
