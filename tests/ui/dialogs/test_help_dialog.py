"""F1: the manual at the page in front, true to the words of the window, searched while typing."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from support.dialogs import over
from support.offices import enterprise
from support.windows import settle

from anjian_desktop.ledgers.base import fields_of
from anjian_desktop.ledgers.registry import all_ledgers
from anjian_desktop.services.office import Office
from ui.dialogs.help_dialog import HelpDialog
from ui.help_topics import ORDER, topic_of, topics
from ui.main_window import MainWindow
from ui.page_list import listed_pages
from ui.pages.actions import batch_edit
from ui.pages.ledger_page import LedgerPage

ROOT = Path(__file__).resolve().parents[3]
TOPICS = {one.key: one for one in topics()}


def manual(window: MainWindow) -> HelpDialog:
    return next(one for one in window.findChildren(HelpDialog) if one.isVisible())


def test_f1_opens_the_manual_at_the_page_in_front(window: MainWindow) -> None:
    for key in (one.key for one in listed_pages()):
        window.activateWindow()
        window.open_page(key)
        settle()
        QTest.keyClick(window, Qt.Key.Key_F1)
        dialog = manual(window)
        assert dialog.topic() == topic_of(key)
        assert dialog.text.toPlainText().startswith(TOPICS[dialog.topic()].title)
        assert dialog.windowModality() is Qt.WindowModality.NonModal
    dialog.close()


def test_f1_in_a_dialog_explains_the_dialog(window: MainWindow, office: Office) -> None:
    ids = [enterprise(office, n) for n in (1, 2)]
    window.open_page("enterprise")
    settle()
    page = window.page("enterprise")
    assert isinstance(page, LedgerPage)
    batch_edit.ask(page, ids, "status")
    asked = over(QDialog)
    QApplication.processEvents()
    QTest.keyClick(asked, Qt.Key.Key_F1)
    settle()
    dialog = manual(window)
    assert dialog.topic() == "roster"
    dialog.close()
    asked.reject()


def test_words_narrow_the_topics_and_no_hit_is_said(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F1)
    dialog = manual(window)
    dialog.words.setText("卡纸")
    assert [dialog.list.item(n).text() for n in range(dialog.list.count())] == ["责任书"]
    assert dialog.text.textCursor().selectedText() == "卡纸"
    dialog.words.setText("没有的词")
    assert (dialog.list.count(), dialog.topic()) == (0, "")
    assert "换个词" in dialog.text.toPlainText()
    dialog.words.clear()
    assert dialog.list.count() == len(ORDER)
    dialog.close()


def test_every_topic_says_what_its_page_is_for_in_a_few_lines() -> None:
    files = {path.stem for path in (ROOT / "resources" / "help" / "pages").glob("*.md")}
    assert files == set(ORDER)
    for topic in TOPICS.values():
        first = topic.text.split("\n\n")[1]
        assert not first.startswith(("#", "*", "|")) or topic.key in {"print", "recycle_bin", "backup"}, topic.key
        assert len(topic.text) < 1200, topic.key


def test_every_word_the_manual_quotes_stands_in_the_window() -> None:
    said = _said()
    quoted = {
        (topic.key, words.rstrip("…"))
        for topic in TOPICS.values()
        for words in re.findall("“([^”]+)”", topic.text)
        if "{" not in words and "_" not in words
    }
    assert [(key, words) for key, words in quoted if words not in said] == []


def _said() -> str:
    """All that the program's own texts say, without the letters for Alt."""
    found = [field.label for ledger in all_ledgers() for field in fields_of(ledger)]
    found += [part.label for ledger in all_ledgers() for part in [ledger.about]]
    for file in [*ROOT.glob("ui/**/*.py"), *ROOT.glob("anjian_desktop/services/*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(re.sub(r"\(&\w\)", "", node.value))
    return "\n".join(found)
