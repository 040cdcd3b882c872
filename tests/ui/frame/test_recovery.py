"""A store that cannot be opened shows its backups; restoring is seen before it is done and can be taken back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from support.dialogs import over
from support.offices import NEW_YEAR, village
from support.windows import Answers, settle

from anjian_desktop.errors import StoreError
from anjian_desktop.services import maintenance
from anjian_desktop.services.office import Office, open_office
from ui.dialogs.backups_dialog import BackupsDialog
from ui.dialogs.restore_dialog import RestoreDialog
from ui.main_window import MainWindow
from ui.memory import WindowMemory
from ui.opening import FirstStartPage
from ui.recovery_page import TroublePage


@pytest.fixture
def backed_up(office: Office) -> Path:
    """The folder of a closed office: a backup with one village, two villages now."""
    village(office, "东河村")
    maintenance.backup(office)
    village(office, "西山村")
    office.close()
    return office.folder


@pytest.fixture
def start(qtbot: QtBot) -> Callable[[Path], MainWindow]:
    """A window started on a folder, settled."""

    def started(folder: Path) -> MainWindow:
        made = MainWindow(folder, WindowMemory(), today=NEW_YEAR)
        qtbot.addWidget(made)
        made.show()
        qtbot.waitUntil(lambda: made.pages.count() > 1)
        settle()
        return made

    return started


def trouble(window: MainWindow) -> TroublePage:
    page = window.pages.currentWidget()
    assert isinstance(page, TroublePage)
    return page


def villages(window: MainWindow) -> int:
    settle()
    return maintenance.counts(window.office)["village"]


def shown(page: TroublePage, row: int) -> list[str]:
    return [item.text() for n in range(5) if (item := page.copies.item(row, n)) is not None]


def test_a_damaged_store_is_brought_back_from_its_backup(backed_up: Path, start: Callable[[Path], MainWindow]) -> None:
    (backed_up / "anjian.db").write_bytes(b"")
    window = start(backed_up)
    page = trouble(window)
    settle()
    assert "已损坏" in page.text.text() and not window.has_office
    when, why, size, check, content = shown(page, 0)
    assert len(when) == 16 and why == "备份" and size.endswith("MB") and check == "● 已校验" and "村居 1" in content
    page.restore_button.click()
    dialog = over(RestoreDialog)
    dialog.reject()
    settle()
    assert (backed_up / "anjian.db").read_bytes() == b"" and trouble(window) is page
    page.restore_button.click()
    over(RestoreDialog).restore_button.click()
    assert villages(window) == 1
    assert window.current_page() is not None
    window.close()


def test_a_backup_that_rotted_is_marked_and_cannot_be_chosen(
    backed_up: Path, start: Callable[[Path], MainWindow]
) -> None:
    file = next((backed_up / "backups").glob("*.db"))
    content = bytearray(file.read_bytes())
    content[5000] ^= 1
    file.write_bytes(bytes(content))
    (backed_up / "anjian.db").write_bytes(b"x" * 5000)
    page = trouble(start(backed_up))
    settle()
    page.copies.selectRow(0)
    assert shown(page, 0)[3] == "▲ 已损坏" and not page.restore_button.isEnabled()


def test_a_lost_store_without_backups_asks_for_one(tmp_path: Path, start: Callable[[Path], MainWindow]) -> None:
    (tmp_path / "数据" / "backups").mkdir(parents=True)
    page = trouble(start(tmp_path / "数据"))
    settle()
    assert "没有找到备份" in page.list_words.text() and page.file_button.isVisibleTo(page)


def test_a_store_without_its_key_can_be_looked_at_and_not_changed(
    backed_up: Path, start: Callable[[Path], MainWindow]
) -> None:
    (backed_up / "anjian.key").unlink()
    window = start(backed_up)
    trouble(window).view_button.click()
    assert villages(window) == 2
    settle()
    assert window.windowTitle().endswith("只读查看") and not window.top_bar.data.isEnabled()
    with pytest.raises(StoreError, match="只读方式"):
        village(window.office, "北坡村")
    window.status.undo.click()
    settle()
    assert trouble(window).code == "key"
    window.close()


def test_the_damaged_store_is_copied_aside_as_it_is(
    backed_up: Path,
    start: Callable[[Path], MainWindow],
    tmp_path: Path,
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (backed_up / "anjian.db").write_bytes(b"y" * 5000)
    page = trouble(start(backed_up))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    page.save_button.click()
    settle()
    assert (tmp_path / "安监数据-原样另存" / "anjian.db").read_bytes() == b"y" * 5000
    assert "原样另存" in answers.said[0]


def test_lost_entries_are_said_before_the_office_is_shown(backed_up: Path, start: Callable[[Path], MainWindow]) -> None:
    with (backed_up / "audit.head").open("a", encoding="ascii", newline="\n") as file:
        file.write(f"99 {'0' * 64}\n")
    window = start(backed_up)
    page = trouble(window)
    assert "缺少最近" in page.text.text() and page.code == "lost_tail"
    page.go_on_button.click()
    assert villages(window) == 2
    window.close()
    with open_office(backed_up) as again:
        assert again.db.lost_entries == 0 and maintenance.audit_verify(again).ok


def test_a_new_computer_goes_on_from_a_package(
    backed_up: Path, start: Callable[[Path], MainWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_office(backed_up) as office:
        file = maintenance.pack(office, tmp_path / "示例镇.anjian").file
    window = start(tmp_path / "新电脑")
    page = window.pages.currentWidget()
    assert isinstance(page, FirstStartPage)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    page.backup_button.click()
    over(RestoreDialog).restore_button.click()
    assert villages(window) == 2
    window.close()


def test_an_open_office_is_restored_and_the_restore_taken_back(
    backed_up: Path, start: Callable[[Path], MainWindow]
) -> None:
    window = start(backed_up)
    assert villages(window) == 2
    for wanted, replaced in ((1, False), (2, True)):
        window.safekeeping.show_backups()
        dialog = over(BackupsDialog)
        settle()
        dialog.copies.selectRow([one.replaced for one in dialog.copies.copies].index(replaced))
        dialog.restore_button.click()
        over(RestoreDialog).restore_button.click()
        assert villages(window) == wanted
        assert window.current_page() is not None and window.navigation.isEnabled()
    window.close()


def test_the_days_backup_is_made_by_itself_and_changes_are_backed_up_at_closing(
    backed_up: Path, start: Callable[[Path], MainWindow]
) -> None:
    shutil.rmtree(backed_up / "backups")
    window = start(backed_up)
    window.safekeeping.look_after()
    settle()
    assert len(list((backed_up / "backups").glob("*.db"))) == 1
    window.safekeeping.look_after()
    settle()
    assert len(list((backed_up / "backups").glob("*.db"))) == 1
    village(window.office, "北坡村")
    window.close()
    assert len(list((backed_up / "backups").glob("*.db"))) == 2


def test_rows_changed_by_another_program_are_found_soon_after_the_start(
    backed_up: Path, start: Callable[[Path], MainWindow]
) -> None:
    window = start(backed_up)
    with window.office.db._writing.begin() as connection:
        connection.exec_driver_sql("UPDATE organization SET principal = '别人' WHERE name = '东河村'")
    window.safekeeping.look_after()
    settle()
    page = trouble(window)
    assert "1 条内容与上次保存的不一致" in page.text.text()
    page.go_on_button.click()
    settle()
    assert window.current_page() is not None
    window.close()


def test_a_package_says_what_is_in_it_before_it_is_made(
    backed_up: Path,
    start: Callable[[Path], MainWindow],
    tmp_path: Path,
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = start(backed_up)
    answers.given = ["pack"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "包.anjian"), ""))
    window.safekeeping.pack()
    settle()
    assert (tmp_path / "包.anjian").stat().st_size > 1000 and "打包好了" in answers.said[0]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    window.safekeeping.back_up_to()
    settle()
    assert "U盘" in answers.said[1] and len(list(tmp_path.glob("anjian-*.db"))) == 1
    window.safekeeping.check()
    settle()
    assert answers.said[2].startswith("数据完好")
    window.close()
