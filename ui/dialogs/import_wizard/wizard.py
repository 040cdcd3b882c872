"""The wizard's window: four pages over one flow; reading and writing run off the window's thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFont, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from anjian_desktop.errors import Cancelled, UserError
from anjian_desktop.exchange.child_process import file_reader
from anjian_desktop.services import rosters, undo
from anjian_desktop.services.acts import Act
from anjian_desktop.services.first_rows import SheetSample, first_rows
from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import Change
from anjian_desktop.services.rosters import MissingUnit, RosterOutcome, RosterPlan, UndoOutcome
from ui import messages, theme
from ui.dialogs.blank_sheet import save_blank_sheet
from ui.dialogs.import_wizard.done_page import DonePage
from ui.dialogs.import_wizard.flow import TITLES, ImportFlow, WizardStep, counter, list_of, suggested_report
from ui.dialogs.import_wizard.heading_dialog import HeadingDialog
from ui.dialogs.import_wizard.mapping_page import MappingPage
from ui.dialogs.import_wizard.preview_page import PreviewPage
from ui.dialogs.import_wizard.source_page import SourcePage
from ui.tasks import run_quiet, run_task

Cell = tuple[str, int, str]
"""A cell of the file: sheet, row, field key."""


class ImportWizard(QDialog):
    """`imported` carries the Change after rows were written, and again when the import was taken back."""

    imported = Signal(object)

    def __init__(self, parent: QWidget | None, office: Office, kind: str | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.flow = ImportFlow(kind=kind or "enterprise")
        self.setWindowTitle("导入名册")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.source = SourcePage(_documents())
        self.mapping = MappingPage(self.flow)
        self.preview = PreviewPage(self.flow, office)
        self.finish = DonePage(self.flow)
        self._build()
        self.source.file_chosen.connect(self.read_file)
        self.source.blank_asked.connect(lambda: save_blank_sheet(self, office, self.flow.kind))
        self.mapping.choices_changed.connect(lambda: self._read(WizardStep.COLUMNS))
        self.mapping.forget_asked.connect(self._on_forget)
        self.preview.judged.connect(self._show_buttons)
        self.preview.mapped.connect(lambda: self._read(WizardStep.PREVIEW, keep=True))
        self.preview.undo_asked.connect(self._on_undo_correction)
        self.finish.report_asked.connect(self._on_report)
        self.finish.undo_asked.connect(self._on_undo)
        self.finish.next_asked.connect(self._on_next_kind)
        self.finish.row_chosen.connect(self._on_row_chosen)
        self.finish.missing.decided.connect(self._on_decided)
        self.back_button.clicked.connect(self._on_back)
        self.next_button.clicked.connect(self._on_next)
        self.close_button.clicked.connect(self.reject)
        self._show_step()

    @classmethod
    def open(  # type: ignore[override]
        cls,
        parent: QWidget | None,
        office: Office,
        kind: str | None = None,
        path: Path | None = None,
        *,
        block: str = "",
        keys: Sequence[str] = (),
    ) -> ImportWizard:
        """Show the wizard over `parent`; with `path` the file is read at once. Connect to `imported`.

        `block` is text pasted from a spreadsheet: its preview comes at once; `keys` are the columns it falls on when it
        brings no headings of its own.
        """
        wizard = cls(parent, office, kind)
        # The reader takes a moment to start: it does so while the file is being chosen.
        file_reader().warm_up()
        wizard.show()
        if path is not None:
            wizard.read_file(path)
        elif block:
            wizard.flow.choose_block(block, keys)
            wizard.steps[WizardStep.SOURCE].setText("1 粘贴")
            wizard._read(WizardStep.PREVIEW)
        return wizard

    # -- building ----------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.steps: dict[WizardStep, QLabel] = {}
        trail = QHBoxLayout()
        trail.setSpacing(theme.SPACE_2)
        for step, title in TITLES.items():
            label = QLabel(f"{step + 1} {title}")
            self.steps[step] = label
            trail.addWidget(label)
            if step is not WizardStep.DONE:
                arrow = QLabel("›")
                arrow.setProperty("part", "soft")
                trail.addWidget(arrow)
        trail.addStretch(1)
        rule = QFrame()
        rule.setProperty("part", "rule")
        self.pages = QStackedWidget()
        for page in (self.source, self.mapping, self.preview, self.finish):
            self.pages.addWidget(page)
        self.back_button = QPushButton("上一步(&B)")
        self.back_button.setAccessibleName("上一步")
        self.next_button = QPushButton("下一步(&N)")
        self.next_button.setProperty("part", "primary")
        self.close_button = QPushButton("取消(&C)")
        for button in (self.back_button, self.close_button):
            button.setAutoDefault(False)
        self.next_button.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE_2)
        foot.addStretch(1)
        for button in (self.back_button, self.next_button, self.close_button):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_3)
        layout.addLayout(trail)
        layout.addWidget(rule)
        layout.addWidget(self.pages, 1)
        layout.addLayout(foot)
        self.resize(1120, 640)

    def _show_step(self) -> None:
        at = self.flow.at
        self.pages.setCurrentIndex(int(at))
        for step, label in self.steps.items():
            label.setProperty("part", "" if step is at else "soft")
            label.style().unpolish(label)
            label.style().polish(label)
            # The style sheet keeps the font it saw first, so the bold one is set after it.
            font = QFont(self.font())
            font.setBold(step is at)
            label.setFont(font)
        self._show_buttons()
        act = "粘贴" if self.flow.block is not None else "导入"
        self.setWindowTitle(f"{act}{list_of(self.flow.kind)}" if self.flow.plan else f"{act}名册")
        focus = {
            WizardStep.SOURCE: self.source.choose_button if not self.flow.file else self.next_button,
            WizardStep.COLUMNS: self.next_button,
            WizardStep.PREVIEW: self.next_button if self.flow.good_rows else self.preview.table,
            WizardStep.DONE: self.finish.next_button if self.flow.waiting else self.close_button,
        }[at]
        focus.setFocus()

    def _show_buttons(self) -> None:
        """The buttons below, with how many rows would be written now."""
        at = self.flow.at
        pasted = self.flow.block is not None
        self.back_button.setVisible(at is WizardStep.PREVIEW or (at is WizardStep.COLUMNS and not pasted))
        self.next_button.setVisible(at is not WizardStep.DONE)
        self.next_button.setEnabled(self.flow.can_go_on())
        words = "下一步"
        if at is WizardStep.PREVIEW:
            many = self.flow.good_rows
            words = f"导入 {many:,} {counter(self.flow.kind)}" if many else "没有可导入的行"
        self.next_button.setText(f"{words}(&N)")
        self.next_button.setAccessibleName(words)
        close = "关闭" if at is WizardStep.DONE else "不导入"
        self.close_button.setText(f"{close}(&C)")
        self.close_button.setAccessibleName(close)

    # -- going on and back -------------------------------------------------------------------------------------

    def read_file(self, file: Path) -> None:
        """Choose a file and read it; its headings come next."""
        self.flow.choose_file(file)
        self.source.show_file(file)
        self._read(WizardStep.COLUMNS)

    def _read(self, then: WizardStep, *, keep: bool = False, cell: Cell | None = None) -> None:
        """Read the file or block as chosen and show page `then`; `keep` stays at the same place of the preview, `cell`
        goes to that cell of it."""
        flow, office = self.flow, self._office
        was = flow.at

        def done(found: tuple[str, RosterPlan]) -> None:
            flow.take(*found)
            flow.at = then
            self.source.show_file(flow.file)
            self.mapping.show_plan()
            self.preview.show_plan(keep=keep)
            self._show_step()
            if cell is not None:
                self.preview.only_problems.setChecked(True)
                self.preview.go_to(*cell)

        def failed(error: Exception) -> None:
            if isinstance(error, Cancelled) and flow.plan is not None and was is not WizardStep.SOURCE:
                return
            flow.plan = None
            flow.at = WizardStep.SOURCE
            said = "已停止读取，没有导入任何内容。" if isinstance(error, Cancelled) else str(error)
            self.source.show_file(flow.file, said)
            self._show_step()
            if isinstance(error, UserError) and error.code == "no_heading" and flow.file is not None:
                self._ask_heading(flow.file)

        name = flow.file.name if flow.file else "粘贴的内容"
        run_task(self, f"读取“{name}”", lambda step: flow.read(office, step), done, failed)

    def _ask_heading(self, file: Path) -> None:
        """No heading row was found: the clerk points at it."""

        def show(samples: list[SheetSample]) -> None:
            if samples:
                dialog = HeadingDialog(self, self.flow.kind, samples)
                dialog.pointed.connect(self._on_pointed)
                dialog.open()

        run_task(self, f"读取“{file.name}”", lambda step: first_rows(file, step=step), show)

    def _on_pointed(self, kind: str, heading: str) -> None:
        self.flow.point_at_names(kind, heading)
        self._read(WizardStep.COLUMNS)

    def _on_next(self) -> None:
        at = self.flow.at
        if not self.flow.can_go_on():
            return
        if at is WizardStep.PREVIEW:
            self._apply()
        elif self.flow.needs_reading:
            self._read(WizardStep(at + 1))
        else:
            self.flow.at = WizardStep(at + 1)
            self._show_step()

    def _on_back(self) -> None:
        self.flow.at = WizardStep(self.flow.at - 1)
        self._show_step()

    def _apply(self) -> None:
        flow, office = self.flow, self._office

        def done(found: tuple[RosterOutcome, list[MissingUnit]]) -> None:
            flow.written(*found)
            flow.at = WizardStep.DONE
            self.finish.show_outcome()
            self._show_step()
            self.imported.emit(found[0].change)

        run_task(self, f"导入{list_of(flow.kind)}", lambda step: flow.apply(office, step), done)

    def _on_forget(self) -> None:
        flow, office = self.flow, self._office
        run_quiet(self, lambda: flow.forget_remembered(office), lambda _: self._read(WizardStep.COLUMNS))

    def _on_undo_correction(self) -> None:
        """Ctrl+Z in the preview: the last cell typed over gets back what the file says."""
        if self.flow.corrections:
            last = self.flow.corrections.pop()
            self._read(WizardStep.PREVIEW, keep=True)
            messages.toast(self, f"已撤销第 {last.row} 行的修改。")

    # -- after the import --------------------------------------------------------------------------------------

    def _on_next_kind(self) -> None:
        if self.flow.next_kind() is not None:
            self._read(WizardStep.COLUMNS)

    def _on_row_chosen(self, sheet: str, row: int, key: str) -> None:
        """Back to a refused cell; what went in meanwhile reads as 相同."""
        self._read(WizardStep.PREVIEW, cell=(sheet, row, key))

    def _on_decided(self, choices: dict[int, str]) -> None:
        flow, office = self.flow, self._office
        decided = [one for one in flow.missing if one.id in choices]

        def done(change: Change) -> None:
            flow.missing = [one for one in flow.missing if one.id not in choices]
            self.finish.show_missing()
            self.imported.emit(change)
            act = office.acts.last_done
            said = f"已处理 {len(choices):,} {counter(flow.kind)}，在各自的修改记录里可以看到。"
            messages.toast(self, said, undo=lambda: take_back(act))

        def take_back(act: Act | None) -> None:
            run_task(self, "撤销处理", lambda _step: undo.undo(office, act), undone)

        def undone(found: undo.Undone) -> None:
            flow.missing = sorted([*flow.missing, *decided], key=lambda one: (one.place, one.name, one.id))
            self.finish.show_missing()
            self.imported.emit(found.change)

        run_task(self, "处理没有提到的单位", lambda _step: rosters.decide_missing(office, flow.kind, choices), done)

    def _on_report(self) -> None:
        plan = self.flow.plan
        if plan is None:
            return
        folder = self.flow.file.parent if self.flow.file else Path(_documents())
        name, _ = QFileDialog.getSaveFileName(
            self, "把未导入的行保存到", str(folder / suggested_report(plan)), "Excel 表格 (*.xlsx)"
        )
        if name:
            target = Path(name).with_suffix(".xlsx")
            run_task(self, "导出未导入的行", lambda step: rosters.write_refused(plan, target), self._on_report_written)

    def _on_report_written(self, file: Path) -> None:
        messages.toast(self, f"已保存“{file.name}”，第一列写着原因。改好以后再导入这一份。")

    def _on_undo(self) -> None:
        flow, office = self.flow, self._office
        run_task(self, "撤销导入", lambda _step: flow.undo(office), self._on_undone)

    def _on_undone(self, found: tuple[list[UndoOutcome], Change]) -> None:
        undone, change = found
        kept = [row for one in undone for row in one.kept]
        rest = []
        if kept:
            names = "、".join(row.title for row in kept[:5]) + ("…" if len(kept) > 5 else "")
            rest.append(f"{len(kept):,} 条在导入后又改过，保留现在的内容：{names}。")
        rest.append("新增的移到了回收站，更新的恢复了原来的内容。")
        self.flow.imported.clear()
        self.finish.show_undone(f"已撤销导入，撤回 {sum(one.undone for one in undone):,} 条。", rest)
        self.imported.emit(change)

    # -- hands -------------------------------------------------------------------------------------------------

    def reject(self) -> None:
        """Closing asks first when cells were corrected and not yet imported."""
        if self.flow.at in (WizardStep.COLUMNS, WizardStep.PREVIEW) and (many := len(self.flow.corrections)):
            answer = messages.choose(
                self,
                f"改过的 {many} 格还没有导入，关闭就不在了。",
                (("drop", "不导入，关闭(&C)"), ("stay", "继续改(&S)")),
                safe="stay",
                explain="原来的文件和名册都没有变。",
            )
            if answer == "stay":
                return
        super().reject()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.flow.at is WizardStep.SOURCE:
            self.source.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        if self.flow.at is WizardStep.SOURCE:
            self.source.dropEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and self.back_button.isVisible():
            self._on_back()
        else:
            super().keyPressEvent(event)


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
