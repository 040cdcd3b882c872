"""The licences of all that is shipped can be read from 关于."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ui.dialogs import licence_dialog
from ui.dialogs.about_dialog import AboutDialog
from ui.dialogs.licence_dialog import LicenceDialog, licence_page

ROOT = Path(__file__).resolve().parents[3]


def test_the_licences_are_one_press_away(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(LicenceDialog, "exec", lambda self: opened.append(self.text.toPlainText()))
    about = AboutDialog(tmp_path)
    qtbot.addWidget(about)
    about.licences.click()
    assert len(opened) == 1 and "LGPL" in opened[0] and "OFL" in opened[0]


def test_a_packed_program_shows_the_page_packed_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "licences").mkdir()
    (tmp_path / "licences" / "许可说明.txt").write_text("清单", encoding="utf-8")
    monkeypatch.setattr(licence_dialog, "files", lambda package: tmp_path)
    assert licence_page() == "清单"


@pytest.mark.parametrize("name", ["LGPL-3.0", "GPL-3.0", "Apache-2.0", "Python", "OFL-NotoSansSC", "OFL-NotoSerifSC"])
def test_the_texts_the_page_names_are_there(name: str) -> None:
    assert len((ROOT / "resources" / "licences" / f"{name}.txt").read_text(encoding="utf-8")) > 4000
