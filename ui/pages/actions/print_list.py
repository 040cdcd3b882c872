"""The list as it stands, or one unit's card, looked at and put on paper or into a PDF file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QTableView, QWidget

from anjian_desktop.ledgers.base import About
from anjian_desktop.services.list_printing import PrintedList, ShownColumn, print_card, print_list, print_shown
from ui import messages
from ui.dialogs.list_print_dialog import ListPrintDialog
from ui.icons import icon
from ui.keys import bind
from ui.memory import WindowMemory
from ui.navigation import Page
from ui.pages.actions.action import Action, ActionPage
from ui.pages.actions.export_list import open_folder
from ui.printing.backend import PrintBackend
from ui.printing.printers import system_backend
from ui.tasks import run_task

_UNITS = frozenset({"enterprise", "village", "department"})


def show_printed(
    parent: QWidget,
    title: str,
    name: str,
    make: Callable[[], PrintedList],
    memory: WindowMemory,
    backend: PrintBackend | None = None,
) -> None:
    """Make the document, show its pages with the printers beside them; from there to paper or into a PDF file."""

    def show(made: PrintedList) -> None:
        ListPrintDialog(
            parent,
            title,
            name,
            made,
            lambda: save_printed(parent, made, name),
            memory=memory,
            backend=backend or system_backend(),
        ).show()

    run_task(parent, title, lambda _step: make(), show)


def print_view(page: Page, view: QTableView, title: str) -> None:
    """Any list of the window as it stands: its visible columns, its order, what it shows."""
    columns, rows = _seen(view)
    office = page.office
    show_printed(
        page,
        f"打印{title}",
        f"{title} {office.today.isoformat()}.pdf",
        lambda: print_shown(office, title, columns, rows),
        page.frame.memory,
    )


def offer_print(page: Page, views: Sequence[QTableView], title: Callable[[], str]) -> None:
    """Ctrl+P and a right click print whichever of a page's lists is on view."""

    def run() -> None:
        if (shown := next((one for one in views if one.isVisible()), None)) is not None:
            print_view(page, shown, title())

    bind(page, "Ctrl+P", run)
    for view in views:
        entry = QAction(icon("print"), "打印列表\tCtrl+P", view)
        entry.triggered.connect(lambda _=False: run())
        view.addAction(entry)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)


def _seen(view: QTableView) -> tuple[list[ShownColumn], list[list[str]]]:
    """Columns and rows as a person sees them, taken in the window's thread."""
    model, wide = view.model(), view.fontMetrics().horizontalAdvance("国")
    header = view.horizontalHeader()
    sections = [header.logicalIndex(place) for place in range(header.count())]
    sections = [one for one in sections if not header.isSectionHidden(one)]
    right = int(Qt.AlignmentFlag.AlignRight)

    def aligned_right(column: int) -> bool:
        told = model.index(0, column).data(Qt.ItemDataRole.TextAlignmentRole)
        return told is not None and bool(int(told) & right)

    columns = [
        ShownColumn(
            str(model.headerData(one, Qt.Orientation.Horizontal) or ""),
            max(view.columnWidth(one) / wide - 1.5, 2.0),
            aligned_right(one),
        )
        for one in sections
    ]
    rows = [[str(model.index(row, one).data() or "") for one in sections] for row in range(model.rowCount())]
    return columns, rows


def save_printed(parent: QWidget, made: PrintedList, name: str) -> None:
    """Ask where, write, and offer to open it."""
    chosen, _ = QFileDialog.getSaveFileName(parent, "存为 PDF", str(Path.home() / name), "PDF 文件 (*.pdf)")
    if not chosen:
        return
    path = Path(chosen) if chosen.lower().endswith(".pdf") else Path(chosen + ".pdf")

    def done(file: Path) -> None:
        messages.toast(parent, f"已保存：{file.name}", undo=lambda: _open(file), verb="打开")

    run_task(parent, "存为 PDF", lambda _step: made.write(path), done)


def _open(file: Path) -> None:
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
        open_folder(file)


def _run_list(page: ActionPage, ids: Sequence[int]) -> None:
    office, about, query, keys = page.office, page.about, page.query(), page.shown_keys()
    chosen = tuple(ids) if len(ids) > 1 else None
    words = f"打印选中的 {len(ids)} {about.counter}" if chosen else f"打印{about.label}列表"
    show_printed(
        page.widget(),
        words,
        f"{about.label}名册 {office.today.isoformat()}.pdf",
        lambda: print_list(office, query, keys=keys, ids=chosen),
        page.frame.memory,
    )


def _run_card(page: ActionPage, ids: Sequence[int]) -> None:
    office, about = page.office, page.about
    show_printed(
        page.widget(),
        f"{about.label}基本情况表",
        f"{about.label}基本情况表.pdf",
        lambda: print_card(office, about.key, ids[0]),
        page.frame.memory,
    )


def _is_unit(about: About) -> bool:
    return about.key in _UNITS


PRINT_LIST = Action("打印列表(&P)", "print", _run_list, shortcut="Ctrl+P")
PRINT_CARD = Action("打印基本情况表(&J)", "print", _run_card, applies_to=_is_unit, one_only=True)
