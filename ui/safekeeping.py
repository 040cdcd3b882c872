"""Backups by themselves and by hand, the package for another computer, the check: what keeps an open office safe."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from anjian_desktop.errors import StoreError, UserError
from ui import messages, tasks

if TYPE_CHECKING:  # these come with SQLAlchemy, which is loaded after the first paint
    from anjian_desktop.services.maintenance import BackupResult, CheckReport, Packed
    from anjian_desktop.services.progress import Step
    from ui.main_window import MainWindow

log = logging.getLogger("anjian_desktop.window")

_AFTER_START_MS = 1500
"""The home page's figures come first."""
_CLOSING_S = 120.0


class Safekeeping(QObject):
    """Acts on the window's open office; a copy that is only looked at is never backed up."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window

    # -- by itself ----------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Soon after opening: look the store over, then make the day's backup."""
        QTimer.singleShot(_AFTER_START_MS, self, self.look_after)

    def look_after(self) -> None:
        """Look the store over and make the day's backup, both in the background."""
        if not self._usable():
            return
        office = self.window.office

        def work() -> tuple[StoreError | None, bool]:
            from anjian_desktop.services.maintenance import backup_if_due, look_over

            trouble = look_over(office)
            if trouble is not None and trouble.code == "damaged":
                return trouble, False
            return trouble, backup_if_due(office) is not None

        def done(found: tuple[StoreError | None, bool]) -> None:
            trouble, made = found
            if made:
                self.window.load_figures()
            if trouble is not None and self._usable():
                self.window.opening.show_trouble(trouble, office)

        def failed(error: Exception) -> None:
            if isinstance(error, UserError):
                messages.toast(self.window, f"今天的自动备份没有成功。{error}", seconds=15)

        tasks.run_quiet(self.window, work, done, failed, key="look_after")

    def before_closing(self) -> None:
        """Back up what changed since the last backup; a backup that fails does not keep the window open."""
        if not self._usable():
            return
        office = self.window.office

        def work() -> BackupResult | None:
            from anjian_desktop.services.maintenance import backup_if_due

            return backup_if_due(office, closing=True)

        self.window.show_counts("正在备份，马上关闭…")
        tasks.run_quiet(
            self.window,
            work,
            lambda _: None,
            lambda error: log.warning("closing backup: %s", getattr(error, "code", "bug")),
        )
        tasks.wait_for_all(_CLOSING_S)

    # -- by hand ------------------------------------------------------------------------------------------------

    def back_up(self) -> None:
        """Make a verified backup now."""
        self._back_up(None)

    def back_up_to(self) -> None:
        """Make a verified backup on a stick or another disk."""
        if not self._usable():
            return
        target = QFileDialog.getExistingDirectory(self.window, "备份到哪个文件夹（例如U盘）", str(Path.home()))
        if target:
            self._back_up(Path(target))

    def _back_up(self, target: Path | None) -> None:
        if not self._usable():
            return
        from anjian_desktop.services.maintenance import backup

        office = self.window.office

        def done(result: BackupResult) -> None:
            self.window.tell_done("备份数据")
            if target is None:
                messages.toast(self.window, f"备份好了，已重新打开核对：{result.file.name}")
            else:
                messages.say(
                    self.window, "备份好了，已从目标磁盘重新读出核对。",
                    f"文件：{result.file}\n说明文件（.json）要和它放在一起。U盘可以用“安全删除硬件”拔出了。",
                )  # fmt: skip
            self.window.load_figures()

        tasks.run_task(self.window, "备份数据", lambda step: backup(office, target, step=step), done)

    def pack(self) -> None:
        """打包带走: one file for another computer."""
        if not self._usable():
            return
        from anjian_desktop.services.maintenance import pack, package_name

        office = self.window.office
        answer = messages.choose(
            self.window,
            "把全部数据打成一个文件，拿到另一台电脑接着用。",
            (("pack", "选择存放位置(&P)…"), ("keep", "不打包(&N)")),
            safe="keep",
            explain="文件里有完整的身份证号、电话等个人信息，没有加密。请只放在自己的U盘里，用完删除。",
        )
        if answer != "pack":
            return
        name = str(Path.home() / package_name(office))
        target, _ = QFileDialog.getSaveFileName(self.window, "打包到", name, "打包文件 (*.anjian)")
        if not target:
            return

        def done(made: Packed) -> None:
            self.window.tell_done("打包带走")
            missing = (f"有 {len(made.missing)} 个附件的文件找不到或被改动过，没有打进去。",) if made.missing else ()
            messages.say(
                self.window, f"打包好了，已重新读出核对：{made.file.name}（{made.size / 1e6:,.1f} MB）。",
                "新电脑上第一次打开程序时，选“从备份开始”，再选这个文件。",
                tone="warning" if made.missing else "done", details=missing,
            )  # fmt: skip
            self.window.load_figures()

        tasks.run_task(self.window, "打包带走", lambda step: pack(office, Path(target), step=step), done)

    def show_backups(self) -> None:
        """备份与恢复: what there is, and bringing it back."""
        if not self._usable():
            return
        from ui.dialogs.backups_dialog import BackupsDialog

        dialog = BackupsDialog(self.window, self.window.folder)
        opening = self.window.opening

        def restore(file: Path) -> None:
            dialog.accept()
            opening.look_into(file)

        def choose() -> None:
            dialog.accept()
            opening.ask_file()

        dialog.restore_asked.connect(restore)
        dialog.file_asked.connect(choose)
        dialog.open()

    def check(self) -> None:
        """检查数据: everything looked at, every scan read."""
        if not self._usable():
            return
        from anjian_desktop.services.maintenance import check, what_is_wrong

        office = self.window.office

        def work(step: Step) -> CheckReport:
            step(0, 1, "检查数据")
            return check(office, full=True)

        def done(found: CheckReport) -> None:
            self.window.tell_done("检查数据")
            wrong = what_is_wrong(found)
            if found.ok:
                messages.say(
                    self.window, "数据完好。", f"修改记录 {found.audit.entries:,} 条，全部核对过。", details=wrong
                )
            else:
                messages.say(self.window, "检查发现问题，请先备份到U盘。", tone="warning", details=wrong)

        tasks.run_task(self.window, "检查数据", work, done)

    def _usable(self) -> bool:
        return self.window.has_office and not self.window.office.db.read_only
