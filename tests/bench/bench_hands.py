"""Hands on the window: the longest time its thread was away at each act, and from a key to the narrowed list.

python tests/bench/bench_hands.py [WORKERS]

A town of 1,100 enterprises and WORKERS workers (default 20,000). Each page is opened twice, each act done as a clerk does it;
`away` is the longest single turn of the window's thread, `own` what of it the thread itself worked (goal 100 ms; on a machine
that does nothing else both are the same), `until` the time until nothing is under way any more.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

TODAY = date(2026, 3, 5)
GOAL = 0.100


def filled_town(folder: Path, workers: int) -> None:
    """An office with 1,100 enterprises in forty villages and that many workers."""
    from support.training import person_number

    from anjian_desktop.ledgers.organization import Enterprise, Village
    from anjian_desktop.ledgers.worker import Worker
    from anjian_desktop.services.office import create_office

    with create_office(folder, name="示例镇安监办", today=TODAY) as office, office.db.transaction("装入") as tx:
        villages = tx.add_many(Village, [{"name": f"示例{n}村"} for n in range(1, 41)])
        firms = tx.add_many(
            Enterprise,
            [
                {
                    "name": f"示例{n}号机械有限公司",
                    "village_id": villages[n % 40],
                    "principal": f"赵{n}",
                    "status": "在营",
                }
                for n in range(1100)
            ],
        )
        tx.add_many(
            Worker,
            [
                {
                    "name": f"示{'甲乙丙丁戊己庚辛'[n % 8]}{'一二三四五六七'[n % 7]}",
                    "identity_number": person_number(n),
                    "identity_kind": "身份证",
                    "enterprise_id": firms[n % 1100],
                    "role": "worker",
                    "post": f"岗位{n % 30}",
                    "hired_on": date(2020, 1, 6),
                }
                for n in range(workers)
            ],
        )


@dataclass(frozen=True)
class Row:
    """Seconds: the longest turn of the window's thread, what of the worst turn was its own work, the time to the end."""

    name: str
    away: float
    own: float
    until: float


class Watch:
    """Does acts one after the other and keeps a row for each."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def do(self, name: str, act: Callable[[], object]) -> None:
        """One act, then whatever it set going."""
        from PySide6.QtWidgets import QApplication

        from ui import tasks

        begun, own_begun = time.perf_counter(), time.thread_time()
        act()
        away = until = time.perf_counter() - begun
        own = time.thread_time() - own_begun
        quiet = time.perf_counter()
        # Timers of a field being typed into wait less than this.
        while time.perf_counter() - quiet < 0.2 and time.perf_counter() - begun < 10:
            turn, own_turn = time.perf_counter(), time.thread_time()
            QApplication.processEvents()
            took = time.perf_counter() - turn
            away, own = max(away, took), max(own, time.thread_time() - own_turn)
            if tasks._running or took > 0.002:
                until = time.perf_counter() - begun
            if tasks._running:
                quiet = time.perf_counter()
            time.sleep(0.001)
        self.rows.append(Row(name, away, own, until))


def drive(folder: Path, watch: Watch) -> None:
    """Every page, and the acts of a list and a form."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from anjian_desktop.services.office import open_office
    from ui import app as start
    from ui import theme
    from ui.main_window import MainWindow
    from ui.memory import WindowMemory
    from ui.page_list import listed_pages
    from ui.pages.ledger_page import LedgerPage

    application = start.make_application()
    theme.apply_theme(application, size="standard")
    window = MainWindow(folder, WindowMemory(), today=TODAY)
    window.open_store = lambda: None  # type: ignore[method-assign]
    window.resize(1366, 768)
    window.show()
    QApplication.processEvents()
    office = open_office(folder, today=TODAY)
    watch.do("open the office, home page", lambda: window.use_office(office))
    for turn in ("first", "again"):
        for page in listed_pages():
            watch.do(f"page {page.key}, {turn}", lambda key=page.key: window.open_page(key))
    for ledger in ("enterprise", "worker"):
        window.open_page(ledger)
        page = window.page(ledger)
        assert isinstance(page, LedgerPage)
        table = page.table
        watch.do(f"{ledger}: to the list's end", lambda t=table: t.scrollToBottom())
        watch.do(f"{ledger}: sort by another column", lambda p=page: p.table.header.sort_asked.emit(3))
        watch.do(f"{ledger}: choose all", lambda t=table: t.selectAll())
        watch.do(f"{ledger}: total, copy a row", lambda t=table: (t.selectRow(3), t.copy_rows()))
        watch.do(f"{ledger}: open a record", lambda p=page: p.open_row(p.model.id_at(5)))
        form = page.panel.form
        edit = form.rows["name"].editor.widget
        watch.do(f"{ledger}: two keys in a field", lambda e=edit: (e.setFocus(), QTest.keyClicks(e, "12")))
        watch.do(f"{ledger}: save", lambda p=page: p.panel.save())
        watch.do(f"{ledger}: an empty form", lambda p=page: p.add())
        watch.do(f"{ledger}: close the form", lambda p=page: p.close_panel())
        watch.do(
            f"{ledger}: a column's values",
            lambda p=page: p.filters.ask(
                "status" if p.about.key == "enterprise" else "role", p.mapToGlobal(p.rect().center())
            ),
        )
        for popup in QApplication.topLevelWidgets():
            if popup.windowFlags() & Qt.WindowType.Popup and popup.isVisible():
                popup.close()
        watch.do(f"{ledger}: undo", lambda: window.undo())
    watch.do(
        "search everywhere", lambda: (window.top_bar.search.setFocus(), QTest.keyClicks(window.top_bar.search, "sj"))
    )
    watch.do("the manual", window.show_help)
    watch.do("back to the workers", lambda: window.open_page("worker"))
    waits = [from_key_to_list(window, word) for word in ("s", "sj", "sjy", "12", "syb", "丙")]
    watch.rows.append(Row("workers: key to narrowed list, median of 6", 0.0, 0.0, statistics.median(waits)))
    window.close()


def from_key_to_list(window: object, word: str) -> float:
    """Seconds from the last key of a search in the workers' list until its rows are drawn."""
    from PySide6.QtWidgets import QApplication

    from ui.main_window import MainWindow
    from ui.pages.ledger_page import LedgerPage

    assert isinstance(window, MainWindow)
    page = window.page("worker")
    assert isinstance(page, LedgerPage)
    came: list[float] = []
    kept = page.model.modelReset.connect(lambda: came.append(time.perf_counter()))
    begun = time.perf_counter()
    page.search.setText(word)
    while not came and time.perf_counter() - begun < 5:
        QApplication.processEvents()
        time.sleep(0.0005)
    page.table.viewport().repaint()
    ended = time.perf_counter()
    page.model.modelReset.disconnect(kept)
    # Leave the list whole again, so that every word begins from all rows.
    page.search.setText("")
    until = time.perf_counter() + 1
    while time.perf_counter() < until:
        QApplication.processEvents()
        time.sleep(0.001)
    return ended - begun


def main() -> None:
    """Print the rows, those over the goal marked."""
    workers = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    watch = Watch()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "data"
        filled_town(folder, workers)
        drive(folder, watch)
    print(f"{f'hands, {workers:,} workers':44}{'away':>10}{'own':>10}{'until':>12}")
    for row in watch.rows:
        over = "  over 100 ms" if row.own > GOAL else ""
        print(f"{row.name:44}{row.away * 1000:7.0f} ms{row.own * 1000:7.0f} ms{row.until * 1000:9.0f} ms{over}")
    longest = max(watch.rows, key=lambda row: row.own)
    print(f"{'longest of all':44}{longest.away * 1000:7.0f} ms{longest.own * 1000:7.0f} ms")


if __name__ == "__main__":
    main()
