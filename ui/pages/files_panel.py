"""附件 beside a unit's record: licences, photos, records of inspections, each with what it is and its day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from anjian_desktop.services import row_files
from anjian_desktop.services.outcomes import Change
from anjian_desktop.services.row_files import FilesAdded, RowFile
from ui import messages, theme
from ui.dialogs.file_kind_dialog import FileKindDialog
from ui.dialogs.preview_dialog import PreviewDialog
from ui.dialogs.result_dialog import open_folder
from ui.models.plain_table import Column, PlainTableModel
from ui.navigation import Frame
from ui.tasks import run_quiet, run_task
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import soft_label
from ui.widgets.plain_table import PlainTable

_COLUMNS: tuple[Column[RowFile], ...] = (
    Column("文件", 8, lambda one: one.name),
    Column("类别", 5, lambda one: one.kind),
    Column("日期", 5, lambda one: one.dated_on.isoformat() if one.dated_on else ""),
    Column("大小", 4, lambda one: _size(one.size), order=lambda one: one.size, right=True),
)


class FilesPanel(QWidget):
    """A double click shows a PDF or picture; another kind of file is saved somewhere to be opened there."""

    def __init__(self, frame: Frame, ledger: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame, self._ledger = frame, ledger
        self._row: int | None = None
        self.table: PlainTable[RowFile] = PlainTable(PlainTableModel(_COLUMNS, self), "附件")
        self.none = soft_label("还没有附件。营业执照、许可证、现场照片都可以存在这里，“打包带走”会一起带上。")
        self.add_button = self._button("添加…(&J)", self.ask_files, "选文件存到这条记录下")
        self.open_button = self._button("看(&K)", self.show_chosen, "看 PDF 和图片；其他文件另存出来打开")
        self.save_button = self._button("另存为…(&L)", self.ask_save, "复制一份出来")
        self.kind_button = self._button("类别…(&G)", self.ask_kind, "改类别和日期")
        self.remove_button = self._button("去掉(&T)", self.remove, "从这条记录去掉；可以撤销")
        below = QWidget()
        acts = FlowLayout(below, theme.SPACE_1)
        for button in (self.add_button, self.open_button, self.save_button, self.kind_button, self.remove_button):
            acts.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_3, theme.SPACE_3, theme.SPACE_3, theme.SPACE_2)
        layout.setSpacing(theme.SPACE_2)
        layout.addWidget(self.none)
        layout.addWidget(self.table, 1)
        layout.addWidget(below)
        self.room = QWidget()
        layout.addWidget(self.room, 1)
        self.table.opened.connect(lambda _one: self.show_chosen())
        self.table.selection_changed.connect(self._show_buttons)
        self._show_buttons()

    def load(self, row_id: int) -> None:
        """Show the files of a record."""
        self._row = row_id
        office, ledger = self._frame.office, self._ledger
        run_quiet(self, lambda: row_files.row_files(office, ledger, row_id), self._show, key="files")

    def ask_files(self) -> None:
        """Choose files, say what they are, keep them."""
        names, _ = QFileDialog.getOpenFileNames(self, "选附件", "", "所有文件 (*)")
        paths = [Path(name) for name in names]
        if paths:
            self._ask_kind([one.name for one in paths], "存入(&S)", lambda kind, day: self._add(paths, kind, day))

    def show_chosen(self) -> None:
        """Look at the chosen file."""
        chosen = self._chosen()
        if chosen is None:
            return
        if not row_files.can_preview(chosen.name):
            self.ask_save()
            return
        office = self._frame.office
        PreviewDialog(self, chosen.name, lambda: row_files.preview(office, chosen.id)).show()

    def ask_save(self) -> None:
        """Write a copy out."""
        chosen = self._chosen()
        if chosen is None:
            return
        target, _ = QFileDialog.getSaveFileName(self, "另存为", str(Path.home() / chosen.name), "所有文件 (*)")
        if target:
            office = self._frame.office

            def done(file: Path) -> None:
                messages.toast(self, f"已保存：{file.name}", undo=lambda: open_folder(self, file), verb="打开")

            run_task(self, "另存附件", lambda _step: row_files.save_copy(office, chosen.id, Path(target)), done)

    def ask_kind(self) -> None:
        """Say anew what the chosen file is."""
        chosen, office = self._chosen(), self._frame.office
        if chosen is None:
            return

        def save(kind: str, day: date | None) -> None:
            self._run(
                "改附件类别",
                lambda: row_files.describe_file(office, chosen.id, kind=kind, dated_on=day),
                "已改附件类别",
            )

        self._ask_kind([chosen.name], "保存(&S)", save, chosen)

    def remove(self) -> None:
        """Take the chosen file off; 撤销 brings it back."""
        chosen, office = self._chosen(), self._frame.office
        if chosen is None:
            return

        def again() -> None:
            self._run("恢复附件", lambda: row_files.bring_back_file(office, chosen.id), f"已恢复“{chosen.name}”")

        self._run("去掉附件", lambda: row_files.remove_file(office, chosen.id), f"已去掉“{chosen.name}”", again)

    def _ask_kind(
        self, names: Sequence[str], act: str, save: Callable[[str, date | None], None], present: RowFile | None = None
    ) -> None:
        dialog = FileKindDialog(
            self, names, row_files.FILE_KINDS, self._frame.office.today, act=act,
            keep="不改(&N)" if present else "不存入(&N)",
            kind=present.kind if present else "", dated_on=present.dated_on if present else None,
        )  # fmt: skip
        dialog.decided.connect(save)
        dialog.show()

    def _add(self, paths: Sequence[Path], kind: str, day: date | None) -> None:
        office, ledger, row = self._frame.office, self._ledger, self._row
        if row is None:
            return

        def done(added: FilesAdded) -> None:
            self._tell(added.change, f"已存入 {len(added.ids)} 个附件")
            if added.refused:
                told = [f"{one.item}：{one.problem}" for one in added.refused]
                messages.say(self, f"{len(told)} 个文件没有存入，其余的已存好。", tone="warning", details=told)

        run_task(
            self,
            "存入附件",
            lambda step: row_files.add_files(office, ledger, row, paths, kind=kind, dated_on=day, step=step),
            done,
        )

    def _run(self, title: str, work: Callable[[], Change], words: str, undo: Callable[[], None] | None = None) -> None:
        run_task(self, title, lambda _step: work(), lambda change: self._tell(change, words, undo))

    def _tell(self, change: Change, words: str, undo: Callable[[], None] | None = None) -> None:
        self._frame.tell_changed(change)
        self._frame.tell_done(words, undo)
        messages.toast(self, words, undo=undo)
        if self._row is not None:
            self.load(self._row)

    def _chosen(self) -> RowFile | None:
        chosen = self.table.chosen()
        return chosen[0] if len(chosen) == 1 else None

    def _show(self, found: Sequence[RowFile]) -> None:
        self.table.lines.show(found)
        self.table.setVisible(bool(found))
        for widget in (self.none, self.room):
            widget.setVisible(not found)
        for button in (self.open_button, self.save_button, self.kind_button, self.remove_button):
            button.setVisible(bool(found))
        self._show_buttons()

    def _show_buttons(self) -> None:
        for button in (self.open_button, self.save_button, self.kind_button, self.remove_button):
            button.setEnabled(self._chosen() is not None)

    def _button(self, words: str, run: Callable[[], None], tip: str) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words.split("(&")[0].removesuffix("…"))
        button.setToolTip(tip)
        button.clicked.connect(lambda _=False: run())
        return button


def _size(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 100_000 else f"{max(size / 1e3, 0.1):,.1f} KB"
