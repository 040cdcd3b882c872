"""The scenes of the screenshots: each arranges the window as a clerk would and yields (name, picture)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from anjian_desktop.errors import UserError
from anjian_desktop.services import browse, records
from anjian_desktop.services.agreements import DraftRequest, draft
from anjian_desktop.services.browse import Condition, Query
from anjian_desktop.services.office import create_office
from anjian_desktop.services.print_requests import PrintRequest
from ui import messages, tasks, theme
from ui.dialogs.about_dialog import AboutDialog
from ui.dialogs.help_dialog import HelpDialog
from ui.dialogs.print_dialog import PrintDialog
from ui.dialogs.print_order import PrintOrder
from ui.dialogs.void_dialog import Ending
from ui.main_window import MainWindow
from ui.memory import WindowMemory
from ui.pages.actions.agreement_end import ask_end
from ui.pages.actions.agreement_print import print_order
from ui.pages.actions.agreement_register import show_register
from ui.pages.actions.agreement_runs import show_runs
from ui.pages.agreements_page import AgreementsPage
from ui.pages.ledger_page import LedgerPage
from ui.printing.backend import Printer, Tray
from ui.printing.calibration import calibrate
from ui.printing.to_folder import FileBackend
from ui.screenshot_certificates import certificate_pages, certificate_printing, commending, layouts_of_certificates
from ui.screenshot_hands import hands, large_letters
from ui.screenshot_importing import importing
from ui.screenshot_printing import print_preview
from ui.screenshot_recovery import keeping, recovering
from ui.screenshot_roster import roster_codes, roster_files, roster_on_paper, roster_terms, roster_twice
from ui.screenshot_templates import templates
from ui.screenshot_training import training_class, training_pages, training_person
from ui.screenshot_workers import class_at_work, left_unsaved, workers

Pictures = Iterator[tuple[str, QPixmap]]
_TITLE_BAR = 30


class Studio:
    """Windows of one size over folders of its own; everything in them may be changed."""

    def __init__(self, data: Path, scratch: Path, size: QSize, today: date) -> None:
        self.data, self.scratch, self.size, self.today = data, scratch, size, today
        self._windows: dict[Path, MainWindow] = {}

    def window(self, folder: Path | None = None) -> MainWindow:
        """The window over a folder (the sample town's by default), opened once."""
        folder = folder or self.data
        if folder not in self._windows:
            window = MainWindow(folder, WindowMemory(), today=self.today)
            window.resize(self.size)
            window.show()
            self._windows[folder] = window
            self.settle()
        return self._windows[folder]

    def empty_office(self) -> MainWindow:
        """An office without any unit."""
        folder = self.scratch / "新办公室"
        if not folder.exists():
            create_office(folder, name="示例镇安全生产监督管理办公室", today=self.today).close()
        return self.window(folder)

    def ledger(self, key: str) -> LedgerPage:
        """A ledger's page, opened."""
        window = self.window()
        window.open_page(key)
        self.settle()
        page = window.page(key)
        assert isinstance(page, LedgerPage)
        return page

    def agreements(self, year: int = 0) -> AgreementsPage:
        """The agreements page, everything shown, nothing chosen."""
        window = self.window()
        window.open_page("agreement")
        self.settle()
        page = window.page("agreement")
        assert isinstance(page, AgreementsPage)
        page.table.clearSelection()
        page.show_query(Query("agreement"), year=year or self.today.year)
        self.settle()
        return page

    def settle(self, rounds: int = 3) -> None:
        """Let everything under way finish and be drawn."""
        for _ in range(rounds):
            tasks.wait_for_all()
            for _ in range(5):
                QApplication.processEvents()
                time.sleep(0.01)

    def shot(self, window: QWidget) -> QPixmap:
        """The window with whatever dialogs stand over it."""
        self.settle()
        picture = window.grab()
        over = [each for each in window.findChildren(QDialog) if each.isVisible()]
        if over:
            painter = QPainter(picture)
            for dialog in sorted(over, key=_depth):
                _paint_dialog(painter, window, dialog)
            painter.end()
        return picture

    def close_dialogs(self, window: QWidget) -> None:
        """Put away every dialog, the topmost first."""
        for dialog in sorted(window.findChildren(QDialog), key=_depth, reverse=True):
            dialog.reject()
        for toast in window.findChildren(messages.Toast):
            toast.close()
        self.settle()

    def close(self) -> None:
        """Close every window."""
        for window in self._windows.values():
            self.close_dialogs(window)
            window.close()


def _depth(widget: QWidget) -> int:
    depth = 0
    parent = widget.parentWidget()
    while parent is not None:
        depth, parent = depth + 1, parent.parentWidget()
    return depth


def _paint_dialog(painter: QPainter, window: QWidget, dialog: QDialog) -> None:
    """As a window manager would: centred, with a title bar."""
    picture = dialog.grab()
    size = dialog.size()
    corner = QPoint((window.width() - size.width()) // 2, max(_TITLE_BAR, (window.height() - size.height()) // 2))
    painter.fillRect(window.rect(), QColor(0, 0, 0, 40))
    painter.fillRect(
        corner.x() - 1,
        corner.y() - _TITLE_BAR,
        size.width() + 2,
        size.height() + _TITLE_BAR + 1,
        QColor(theme.LINE_STRONG),
    )
    painter.fillRect(corner.x(), corner.y() - _TITLE_BAR + 1, size.width(), _TITLE_BAR - 1, QColor(theme.GROUND))
    painter.setPen(QColor(theme.INK))
    painter.drawText(
        corner.x() + theme.SPACE_3, corner.y() - _TITLE_BAR, size.width(), _TITLE_BAR,
        int(Qt.AlignmentFlag.AlignVCenter), dialog.windowTitle(),
    )  # fmt: skip
    painter.drawPixmap(corner, picture)


# -- the scenes --------------------------------------------------------------------------------------------------


def first_start(studio: Studio) -> Pictures:
    """No store yet; an office without units; a store that cannot be opened."""
    yield "first-start", studio.shot(studio.window(studio.scratch / "还没有"))
    window = studio.empty_office()
    for key in ("home", "agreement", "enterprise", "village"):
        window.open_page(key)
        yield f"empty-{key}", studio.shot(window)
    damaged = studio.scratch / "损坏"
    damaged.mkdir()
    (damaged / "anjian.db").write_bytes(b"not a database" * 100)
    yield "store-trouble", studio.shot(studio.window(damaged))


def pages(studio: Studio) -> Pictures:
    """Home, ledgers and office, full."""
    window = studio.window()
    for key in (
        "home",
        "enterprise",
        "village",
        "department",
        "network",
        "duplicates",
        "recycle_bin",
        "code",
        "office",
    ):
        window.open_page(key)
        yield key, studio.shot(window)


def ledgers(studio: Studio) -> Pictures:
    """A ledger page at work: searched, filtered, a record opened, a record with mistakes."""
    page = studio.ledger("enterprise")
    window = studio.window()
    page.show_query(Query("enterprise", text="化工", where=(Condition("status", "=", "在营"),)))
    yield "enterprise-searched", studio.shot(window)
    page.show_query(Query("enterprise", text="没有这一家"))
    yield "enterprise-nothing-found", studio.shot(window)
    page.show_all()
    studio.settle()
    page.table.selectRow(2)
    page.open_row(page.table.selected_ids()[0])
    yield "enterprise-record", studio.shot(window)
    page.close_panel()
    page.add()
    page.panel.form.rows["credit_code"].editor.set_text("91990001MA00000158")
    page.panel.save()
    yield "enterprise-record-wrong", studio.shot(window)
    page.panel.show_new()
    page.close_panel()


def agreements(studio: Studio) -> Pictures:
    """The year's pile: all, chosen rows, figures opened, nothing drafted yet."""
    page = studio.agreements()
    window = studio.window()
    yield "agreements", studio.shot(window)
    for row in (3, 4, 5):
        page.table.selectRow(row) if row == 3 else page.table.select_ids(
            [page.model.id_at(n) for n in range(3, row + 1)]
        )
    yield "agreements-chosen", studio.shot(window)
    page.table.clearSelection()
    for figure in ("unsigned", "due", "signed"):
        page.show_figure(figure)
        yield f"agreements-{figure}", studio.shot(window)
    studio.agreements(studio.today.year + 1)
    yield "agreements-next-year", studio.shot(window)


def drafting(studio: Studio) -> Pictures:
    """起草: the dialog, then the year with drafts only."""
    page = studio.agreements(studio.today.year + 1)
    window = studio.window()
    page.start_draft()
    yield "draft-dialog", studio.shot(window)
    studio.close_dialogs(window)
    for kind in ("enterprise", "village", "department"):
        draft(page.office, DraftRequest(studio.today.year + 1, kind))
    studio.agreements(studio.today.year + 1)
    yield "agreements-drafts", studio.shot(window)


def printing(studio: Studio) -> Pictures:
    """打印: the dialog with and without printers, the result with failures, progress."""
    page = studio.agreements(studio.today.year + 1)
    window = studio.window()
    backends = {
        "none": FileBackend(studio.scratch, ()),
        "some": FileBackend(
            studio.scratch, (Printer("办公室激光打印机", True, True, (Tray("1", "纸盒1"), Tray("2", "纸盒2"))),)
        ),
    }
    for name, backend in backends.items():
        page.desk = replace(page.desk, backend=backend)
        page.start_print()
        studio.settle()
        if name == "some":
            for dialog in window.findChildren(PrintDialog):
                dialog.radios["printer"].click()
        yield f"print-dialog-printers-{name}", studio.shot(window)
        studio.close_dialogs(window)
    unit = browse.ids(page.office, Query("enterprise"))[3]
    records.edit(page.office, "enterprise", unit, {"name": "示例\U0002ebf0源化工有限公司"})
    request = PrintRequest(studio.today.year + 1, studio.scratch / "责任书", kind="enterprise", merge=True)
    print_order(page.desk, PrintOrder(request))
    yield "print-result", studio.shot(window)
    studio.close_dialogs(window)
    show_runs(page.desk, studio.today.year)
    yield "print-runs", studio.shot(window)
    studio.close_dialogs(window)
    calibrate(window, Printer("办公室激光打印机", True), page.desk.backend, WindowMemory())
    yield "print-calibration", studio.shot(window)
    studio.close_dialogs(window)


def signing(studio: Studio) -> Pictures:
    """登记签订 and 作废, one and many."""
    page = studio.agreements()
    window = studio.window()
    waiting = browse.ids(
        page.office,
        Query("agreement", where=(Condition("state", "=", "issued"), Condition("year", "=", str(studio.today.year)))),
    )
    for name, ids in (("one", waiting[:1]), ("many", waiting[:12])):
        page.table.select_ids(ids)
        page.start_sign()
        yield f"sign-dialog-{name}", studio.shot(window)
        studio.close_dialogs(window)
    for ending in Ending:
        ask_end(page.desk, ending, waiting[:1])
        yield f"end-dialog-{ending.name.lower()}", studio.shot(window)
        studio.close_dialogs(window)


def looking(studio: Studio) -> Pictures:
    """One agreement's preview, the register of numbers."""
    page = studio.agreements()
    window = studio.window()
    page.open_row(page.model.id_at(20))
    studio.settle(8)
    yield "preview", studio.shot(window)
    studio.close_dialogs(window)
    show_register(page.desk, studio.today.year)
    yield "register", studio.shot(window)
    studio.close_dialogs(window)


def saying(studio: Studio) -> Pictures:
    """A message, a question, news in passing."""
    window = studio.window()
    window.open_page("enterprise")
    studio.settle()
    error = UserError("打不开文件“企业名册.xlsx”。", next_step="请先在 Excel 或 WPS 中关闭它，再试一次。")
    dialog = messages.MessageDialog(
        window, error.message, error.next_step, tone="warning", details=(), choices=(("ok", "知道了(&K)"),)
    )
    dialog.show()
    yield "message", studio.shot(window)
    studio.close_dialogs(window)
    messages.toast(window, "已把 3 家企业移到回收站。", undo=lambda: None)
    yield "toast", studio.shot(window)
    studio.close_dialogs(window)


def helping(studio: Studio) -> Pictures:
    """F1: the manual, a word looked for; version and keys."""
    window = studio.window()
    window.open_page("agreement")
    window.show_help()
    yield "help", studio.shot(window)
    for dialog in window.findChildren(HelpDialog):
        dialog.words.setText("草稿")
    yield "help-found", studio.shot(window)
    studio.close_dialogs(window)
    about = AboutDialog(window.folder, window)
    about.show()
    yield "about", studio.shot(window)
    studio.close_dialogs(window)


def busy(studio: Studio) -> Pictures:
    """Long work under way."""
    window = studio.window()

    def work(step: Callable[[int, int, str], None]) -> None:
        for n in range(200):
            step(n, 1100, f"示例{n}号化工有限公司")
            time.sleep(0.01)

    tasks.run_task(window, "打印责任书", work, lambda _: None)
    until = time.monotonic() + 1.2
    while time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.01)
    picture = window.grab()
    painter = QPainter(picture)
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            _paint_dialog(painter, window, dialog)
    painter.end()
    yield "busy", picture
    studio.settle()


SCENES: tuple[Callable[[Studio], Pictures], ...] = (
    first_start, pages, ledgers, agreements, drafting, print_preview, printing, signing, looking, importing, saying, helping, busy,
    templates, recovering, keeping,
    training_pages, training_class, training_person,
    certificate_pages, certificate_printing, commending, layouts_of_certificates,
    workers, class_at_work, left_unsaved,
    hands, roster_on_paper, roster_codes, roster_twice, roster_terms, roster_files, large_letters,
)  # fmt: skip
