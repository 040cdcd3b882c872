"""Start of the window on the sample town, and its lists, beside an empty PySide6 window with SQLite and constant cells.

python tests/bench/bench_window.py [ROWS=20000] [LIST=100000]

Start: medians of five processes each, from the interpreter's first line to the first paint, and to the home page's figures.
Lists: a store with LIST enterprises: first paint of the list, the slowest twentieth of jumps anywhere and of pages turned,
beside the same view over cells that are always the same; from a letter typed into the search box (without its pause for the
next one) to the painted list that fits, beside LIKE over the same words.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

TODAY = date(2026, 3, 5)

EMPTY = """
import time; begun = time.perf_counter()
import json, sqlcipher3.dbapi2 as sqlite
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
class Window(QMainWindow):
    def paintEvent(self, event):
        print(json.dumps({"paint": time.perf_counter() - begun}), flush=True); import os; os._exit(0)
db = sqlite.connect(":memory:"); db.execute("select 1").fetchall()
window = Window(); window.resize(1366, 768); window.show(); app.exec()
"""

OURS = """
import time; begun = time.perf_counter()
import json, os, sys
from datetime import date
from pathlib import Path
from ui import app as start, theme
from ui.main_window import MainWindow
from ui.memory import WindowMemory
told = {}
class Window(MainWindow):
    def paintEvent(self, event):
        told.setdefault("paint", time.perf_counter() - begun)
        super().paintEvent(event)
    def _show_figures(self, figures):
        super()._show_figures(figures)
        told["figures"] = time.perf_counter() - begun
        print(json.dumps(told), flush=True); os._exit(0)
app = start.make_application()
memory = WindowMemory(Path(sys.argv[2]))
theme.apply_theme(app, size="standard")
window = Window(Path(sys.argv[1]), memory, today=date(2026, 3, 5)); window.show(); app.exec()
"""


def start(code: str, *arguments: str) -> dict[str, float]:
    """Medians of what five processes tell."""
    told = []
    for _ in range(5):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, timeout=60
        )
        told.append(json.loads(done.stdout.splitlines()[-1]))
    return {key: statistics.median(one[key] for one in told) for key in told[0]}


def filled_store(folder: Path, rows: int) -> None:
    """An office with that many invented enterprises."""
    from anjian_desktop.ledgers.organization import Enterprise, Village
    from anjian_desktop.services.office import create_office

    surnames, trades = "赵钱孙李周吴郑王单仇解查", ("机械", "化工", "食品", "建材", "五金")
    with create_office(folder, name="示例镇安监办", today=TODAY) as office, office.db.transaction("装入") as tx:
        villages = tx.add_many(Village, [{"name": f"示例{n}村"} for n in range(1, 41)])
        tx.add_stream(
            Enterprise,
            (
                {
                    "name": f"示例{n:06d}{trades[n % 5]}有限公司",
                    "village_id": villages[n % 40],
                    "principal": f"{surnames[n % 12]}{n % 97}",
                    "principal_phone": f"139{n:08d}",
                    "status": "在营",
                }
                for n in range(rows)
            ),
            large=True,
        )


def lists(folder: Path, memory: Path) -> dict[str, float]:
    """First paint of the list, and the 95th percentile of 60 jumps anywhere (s); `plain` is the view over constant cells."""
    from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
    from PySide6.QtWidgets import QApplication, QTableView

    from anjian_desktop.services import browse
    from anjian_desktop.services.office import open_office
    from ui import theme
    from ui.models.ledger_table import LedgerTableModel

    app = QApplication.instance() or QApplication([])
    theme.apply_theme(app, size="standard")  # type: ignore[arg-type]
    office = open_office(folder, today=TODAY)
    shown = [one for one in browse.fields("enterprise") if one.in_grid]

    class Constant(QAbstractTableModel):
        def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
            return len(ids)

        def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
            return len(shown)

        def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
            return "示例机械有限公司" if role == Qt.ItemDataRole.DisplayRole else None

    def timed(model: QAbstractTableModel, name: str) -> dict[str, float]:
        view = QTableView()
        view.resize(1180, 560)
        begun = time.perf_counter()
        view.setModel(model)
        view.show()
        app.processEvents()
        view.grab()
        first = time.perf_counter() - begun
        chosen = random.Random(990001)
        jumps = []
        for _ in range(60):
            begun = time.perf_counter()
            view.scrollTo(model.index(chosen.randrange(model.rowCount()), 0))
            app.processEvents()
            view.grab()
            jumps.append(time.perf_counter() - begun)
        view.scrollToTop()
        pages = []
        for _ in range(60):
            begun = time.perf_counter()
            bar = view.verticalScrollBar()
            bar.setValue(bar.value() + bar.pageStep())
            app.processEvents()
            view.grab()
            pages.append(time.perf_counter() - begun)
        view.hide()
        return {f"{name}_first": first, f"{name}_jump": sorted(jumps)[56], f"{name}_page": sorted(pages)[56]}

    def typed() -> dict[str, float]:
        view = QTableView()
        view.resize(1180, 560)
        view.setModel(model)
        view.show()
        app.processEvents()
        ours, likes = [], []
        for word in ("化工", "示例000123", "单", "zhao", "hg", "13900001", "示例3村", "五金有限"):
            for length in range(1, len(word) + 1):
                begun = time.perf_counter()
                model.show(browse.ids(office, browse.Query("enterprise", text=word[:length])))
                app.processEvents()
                view.grab()
                ours.append(time.perf_counter() - begun)
                begun = time.perf_counter()
                with office.db.statements() as execute:
                    found = (
                        "SELECT id FROM organization WHERE name LIKE ?1 OR principal LIKE ?1 OR principal_phone LIKE ?1"
                    )
                    execute(f"{found} ORDER BY name_order", (f"%{word[:length]}%",)).fetchall()
                likes.append(time.perf_counter() - begun)
        view.hide()
        return {
            "ours_typed": statistics.median(ours), "plain_typed": statistics.median(likes),
            "ours_typed_p95": sorted(ours)[int(len(ours) * 0.95)], "plain_typed_p95": sorted(likes)[int(len(likes) * 0.95)],
        }  # fmt: skip

    begun = time.perf_counter()
    ids = browse.ids(office, browse.Query("enterprise"))
    query = time.perf_counter() - begun
    model = LedgerTableModel(office, "enterprise")
    model.show(ids)
    told = {"query": query, **timed(Constant(), "plain"), **timed(model, "ours"), **typed()}
    office.close()
    return told


def main() -> None:
    """Print the rows."""
    rows, listed = (*map(int, sys.argv[1:]), *(20_000, 100_000)[len(sys.argv) - 1 :])
    with tempfile.TemporaryDirectory() as scratch:
        folder, memory = Path(scratch) / "data", Path(scratch) / "settings.json"
        filled_store(folder, rows)
        empty, ours = start(EMPTY), start(OURS, str(folder), str(memory))
        print(f"{'window':44}{'ours':>12}{'beside':>12}{'ratio':>8}")
        ratio = ours["paint"] / empty["paint"]
        print(
            f"{'first paint (empty PySide6 + SQLite)':44}{ours['paint'] * 1000:9.0f} ms{empty['paint'] * 1000:9.0f} ms{ratio:8.2f}"
        )
        print(f"{f'home figures, {rows:,} enterprises':44}{ours['figures'] * 1000:9.0f} ms")
        filled_store(Path(scratch) / "large", listed)
        told = lists(Path(scratch) / "large", memory)
        for key, words in (
            ("first", f"list of {listed:,} rows: first paint"),
            ("jump", "jump anywhere, p95"),
            ("page", "page turned, p95"),
            ("typed", "letter typed to list filtered (LIKE), median"),
            ("typed_p95", "letter typed to list filtered (LIKE), p95"),
        ):
            mine, plain = told[f"ours_{key}"], told[f"plain_{key}"]
            print(f"{words:44}{mine * 1000:9.1f} ms{plain * 1000:9.1f} ms{mine / plain:8.2f}")
        print(f"{'ids of the whole list, sorted':44}{told['query'] * 1000:9.1f} ms")


if __name__ == "__main__":
    main()
