"""From the first paint to an open office: the first start, the recovery page, a restore, a look at a copy."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from anjian_desktop.errors import NoStore, UserError
from ui import messages, tasks

if TYPE_CHECKING:  # these come with SQLAlchemy, which is loaded after the first paint
    from anjian_desktop.services.demo import DemoOutcome
    from anjian_desktop.services.office import Office
    from anjian_desktop.services.progress import Step
    from anjian_desktop.services.recovery import Preview, Restored
    from ui.main_window import MainWindow

SAMPLE_TOWN = "sample-town"
"""Folder of 示例镇 beside the data folder."""


class Opening(QObject):
    """Opens the window's store; whatever hinders it becomes a page with the ways out."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self._page: QWidget | None = None
        self._scratch: Path | None = None

    def open(self) -> None:
        """Load what was kept waiting (SQLAlchemy and all behind it) in another thread, and open the office."""
        folder, today = self.window.folder, self.window.today

        def work() -> Office:
            from anjian_desktop.services.office import open_office

            return open_office(folder, today=today)

        tasks.run_quiet(self.window, work, self._opened, self.show_trouble, key="open")

    def _opened(self, office: Office) -> None:
        if office.db.lost_entries:
            from anjian_desktop.services.maintenance import look_over

            self.show_trouble(look_over(office) or UserError("缺少最近的操作。", code="lost_tail"), office)
            return
        self._use(office)

    def _use(self, office: Office) -> None:
        self._drop_page()
        if self.window.use_office(office):
            self.window.safekeeping.begin()

    def show_trouble(self, error: Exception, office: Office | None = None) -> None:
        """Show why the store is not open, or, with `office`, what was found in it and may be used all the same."""
        # Seldom needed, and never before the first paint.
        from ui.opening import FirstStartPage
        from ui.recovery_page import TroublePage

        if isinstance(error, NoStore):
            first = FirstStartPage(self.window.folder)
            first.filled_in.connect(self._create)
            first.backup_asked.connect(self.ask_file)
            first.sample_asked.connect(self._show_sample)
            self._show(first)
            return
        said = error if isinstance(error, UserError) else UserError("数据打不开。", next_step="请把情况告诉维护人员。")
        page = TroublePage(said, self.window.folder)
        page.again.connect(self._try_again)
        page.restore_asked.connect(lambda file: self.look_into(file, office))
        page.file_asked.connect(lambda: self.ask_file(office))
        page.view_asked.connect(self._view)
        page.save_asked.connect(self._save_aside)
        page.go_on_asked.connect(lambda: self._go_on(office))
        self._show(page)

    # -- ways out -----------------------------------------------------------------------------------------------

    def _create(self, facts: dict[str, str]) -> None:
        folder, today = self.window.folder, self.window.today

        def work(_step: Step) -> Office:
            from anjian_desktop.services.office import create_office

            return create_office(folder, name=facts["name"], prefix=facts["prefix"], today=today)

        tasks.run_task(self.window, "建立办公室", work, self._use)

    def _show_sample(self) -> None:
        """The sample town in a folder of its own beside the office's, made at the first look."""
        home = self.window.folder.parent / SAMPLE_TOWN
        today = self.window.today

        def work(step: Step) -> DemoOutcome | None:
            from anjian_desktop.services.demo import DemoSize, run_demo

            if (home / "data" / "anjian.db").exists():
                return None
            return run_demo(home, home / "data", today=today, size=DemoSize(300, 12, 16, 10), step=step)

        def done(_made: DemoOutcome | None) -> None:
            self.window.folder = home / "data"
            self._try_again()

        tasks.run_task(self.window, "准备示例镇", work, done)

    def ask_file(self, office: Office | None = None) -> None:
        """Let the clerk choose a package or backup anywhere."""
        chosen, _ = QFileDialog.getOpenFileName(
            self.window, "选择备份或打包文件", str(Path.home()), "备份和打包文件 (*.anjian *.db);;所有文件 (*)"
        )
        if chosen:
            self.look_into(Path(chosen), office)

    def look_into(self, file: Path, office: Office | None = None) -> None:
        """Verify a backup and show what restoring it would change; `office` is the one open now."""
        folder = self.window.folder

        def work(_step: Step) -> tuple[Preview, dict[str, str]]:
            from anjian_desktop.services.recovery import ledger_labels, look_into

            return look_into(folder, file), ledger_labels()

        def done(looked: tuple[Preview, dict[str, str]]) -> None:
            from ui.dialogs.restore_dialog import RestoreDialog

            dialog = RestoreDialog(self.window, *looked)
            dialog.accepted.connect(lambda: self._restore(file, office))
            dialog.open()

        tasks.run_task(self.window, "核对备份", work, done)

    def _restore(self, file: Path, office: Office | None) -> None:
        folder = self.window.folder
        if not self.window.leave_office():
            return
        if office is not None:
            office.close()

        def work(step: Step) -> Restored:
            from anjian_desktop.services.recovery import restore

            return restore(folder, file, step=step)

        def done(restored: Restored) -> None:
            self.open()
            said = "已恢复并核对。"
            if restored.kept is not None:
                said += "恢复前的数据已换下保存，可在“备份与恢复”里换回来。"
            messages.toast(self.window, said, seconds=12)
            if restored.numbers:
                told = "，".join(f"{prefix}从 {n} 号接着编" for prefix, n in restored.numbers.items())
                messages.say(self.window, f"编号{told}。", "前面的号在这份备份之后已经打印过，不会再用。")

        def failed(error: Exception) -> None:
            self.open()
            if isinstance(error, UserError):
                messages.say_error(self.window, error)

        tasks.run_task(self.window, "恢复数据", work, done, failed)

    def _view(self) -> None:
        """Look at a copy: the store itself is not touched, nothing can be changed."""
        import tempfile  # seldom needed

        folder, today = self.window.folder, self.window.today
        self.forget_copy()
        scratch = self._scratch = Path(tempfile.mkdtemp(prefix="anjian-"))

        def work(_step: Step) -> Office:
            from anjian_desktop.services.office import view_office

            return view_office(folder, scratch, today=today)

        def done(office: Office) -> None:
            self._drop_page()
            self.window.use_office(office)
            self.window.tell_done("正在只读查看，改动不会保存", self.back, verb="回到恢复页")

        tasks.run_task(self.window, "只读查看", work, done)

    def back(self) -> None:
        """From the copy to the page that says what is wrong."""
        if self.window.leave_office():
            self.forget_copy()
            self.open()

    def _save_aside(self) -> None:
        target = QFileDialog.getExistingDirectory(self.window, "把损坏的数据另存到", str(Path.home()))
        if not target:
            return
        folder = self.window.folder

        def work(_step: Step) -> Path:
            from anjian_desktop.services.recovery import save_aside

            return save_aside(folder, Path(target))

        tasks.run_task(
            self.window, "另存损坏的数据", work,
            lambda home: messages.say(self.window, "损坏的数据已原样另存。", f"在这个文件夹里：{home}"),
        )  # fmt: skip

    def _go_on(self, office: Office | None) -> None:
        if office is None or self.window.has_office:
            self._drop_page()
            self.window.show_first_page()
            return

        def work(_step: Step) -> None:
            from anjian_desktop.services.maintenance import accept_loss

            accept_loss(office)

        tasks.run_task(self.window, "记录情况", work, lambda _: self._use(office))

    def _try_again(self) -> None:
        self._drop_page()
        self.open()

    # -- pages --------------------------------------------------------------------------------------------------

    def _show(self, page: QWidget) -> None:
        self._drop_page()
        self._page = page
        self.window.pages.addWidget(page)
        self.window.pages.setCurrentWidget(page)
        page.setFocus()

    def _drop_page(self) -> None:
        if self._page is not None:
            self.window.pages.removeWidget(self._page)
            self._page.deleteLater()
            self._page = None
            self.window.pages.setCurrentIndex(0)

    def forget_copy(self) -> None:
        """Remove the copy that was looked at."""
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)
            self._scratch = None
