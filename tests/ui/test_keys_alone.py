"""A unit, a person, a class with its mark, the year's agreement on paper: every step by keys, no mouse, no call from inside."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from support.windows import settle

from anjian_desktop.services import browse, maintenance
from anjian_desktop.services.browse import Query
from anjian_desktop.services.office import Office
from ui.main_window import MainWindow
from ui.page_list import listed_pages
from ui.widgets.ledger_form import FieldRow

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


def here() -> QWidget:
    """Where the keys go."""
    popup = QApplication.activePopupWidget()
    focused = popup or QApplication.focusWidget()
    assert focused is not None
    return focused


def press(key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(here(), key, held)
    if held == ALT:
        # A button pressed by its letter stays down for a moment before it acts.
        QTest.qWait(150)
    settle()


def write(text: str) -> None:
    """As an input method does: committed into whatever has the focus."""
    QApplication.sendEvent(here(), _committed(text))
    settle()


def _committed(text: str) -> QInputMethodEvent:
    event = QInputMethodEvent()
    event.setCommitString(text)
    return event


def field() -> str:
    """The key of the form's field that has the focus."""
    each: QWidget | None = here()
    while each is not None and not isinstance(each, FieldRow):
        each = each.parentWidget()
    return each.field.key if each is not None else ""


def fill(**texts: str) -> None:
    """Enter from field to field; write where something is to stand; save."""
    wanted = dict(texts)
    for _ in range(60):
        if (text := wanted.pop(field(), None)) is not None:
            write(text)
        if not wanted:
            break
        press(Qt.Key.Key_Return)
    assert not wanted, (field(), wanted)
    press(Qt.Key.Key_S, CTRL)


def forward(window: MainWindow) -> None:
    """Without a window manager a closed dialog gives nobody the keys back."""
    window.activateWindow()
    QApplication.processEvents()


def go_to(window: MainWindow, key: str) -> None:
    """Ctrl and the figure of the page's place in the navigation."""
    place = [one.key for one in listed_pages() if not one.under].index(key) + 1
    assert place <= 9
    forward(window)
    QTest.keyClick(window, Qt.Key(Qt.Key.Key_0.value + place), CTRL)
    settle()


def rows(office: Office, ledger: str) -> list[dict[str, str]]:
    return [dict(one.full) for one in browse.page(office, ledger, browse.ids(office, Query(ledger)))]


def test_a_unit_a_person_a_class_and_an_agreement_by_keys_alone(
    window: MainWindow, office: Office, tmp_path: Path
) -> None:
    window.memory.put("print_folder", str(tmp_path / "责任书"))

    go_to(window, "enterprise")
    press(Qt.Key.Key_N, CTRL)
    fill(name="示例甲机械厂", principal="赵示例")
    assert [one["name"] for one in rows(office, "enterprise")] == ["示例甲机械厂"]

    go_to(window, "worker")
    press(Qt.Key.Key_N, CTRL)
    fill(name="张示例", identity_number="990001198503120015", enterprise="示例甲机械厂", hired_on="2026-01-02")
    assert [(one["name"], one["sex"]) for one in rows(office, "worker")] == [("张示例", "男")]

    go_to(window, "training_session")
    press(Qt.Key.Key_N, CTRL)
    fill(name="安全基础班", level="公司级", started_on="2026-01-03", class_hours="8")
    assert len(rows(office, "training_session")) == 1
    press(Qt.Key.Key_Escape)
    table = here()
    assert isinstance(table, QTableView)
    press(Qt.Key.Key_Home, CTRL)
    # The key beside the right Ctrl: the system turns it into this.
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), table.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(table.viewport(), asked)
    press(Qt.Key.Key_G)
    press(Qt.Key.Key_A, ALT)
    for figure in "90":
        # The first opens an editor, the others go there.
        QTest.keyClicks(here(), figure)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_S, CTRL)
    press(Qt.Key.Key_C, ALT)
    assert [one["score"] for one in rows(office, "training_record")] == ["90"]

    go_to(window, "agreement")
    press(Qt.Key.Key_D, ALT)
    press(Qt.Key.Key_Return)
    settle()
    press(Qt.Key.Key_Escape) if QApplication.activeModalWidget() is not None else None
    assert maintenance.counts(office)["agreement"] == 1
    forward(window)
    press(Qt.Key.Key_P, CTRL)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)
    (printed,) = (tmp_path / "责任书").glob("**/*.pdf")
    assert printed.stat().st_size > 10_000
    assert [one["number"] for one in rows(office, "agreement")] == ["示安责〔2026〕1号"]
