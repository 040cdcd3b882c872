"""The wizard's window: four pages over one flow; reading and writing run off the window's thread."""

from __future__ import annotations

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

from anjian_desktop.services import rosters
from anjian_desktop.services.office import Office
from anjian_desktop.services.rosters import RosterOutcome, RosterPlan, UndoOutcome
from ui import messages, theme
from ui.dialogs.import_wizard.done_page import DonePage
from ui.dialogs.import_wizard.flow import TITLES, ImportFlow, WizardStep, counter, label_of, suggested_report
from ui.dialogs.import_wizard.mapping_page import MappingPage
from ui.dialogs.import_wizard.preview_page import PreviewPage
from ui.dialogs.import_wizard.source_page import SourcePage
from ui.tasks import run_task


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
        self.preview = PreviewPage(self.flow)
        self.finish = DonePage(self.flow)
        self._build()
        self.source.file_chosen.connect(self.read_file)
        self.mapping.choices_changed.connect(self._read_again)
        self.finish.report_asked.connect(self._on_report)
        self.finish.undo_asked.connect(self._on_undo)
        self.back_button.clicked.connect(self._on_back)
        self.next_button.clicked.connect(self._on_next)
        self.close_button.clicked.connect(self.reject)
        self._show_step()

    @classmethod
    def open(  # type: ignore[override]
        cls, parent: QWidget | None, office: Office, kind: str | None = None, path: Path | None = None
    ) -> ImportWizard:
        """Show the wizard over `parent`; with `path` the file is read at once. Connect to `imported`."""
        wizard = cls(parent, office, kind)
        wizard.show()
        if path is not None:
            wizard.read_file(path)
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
        self.resize(980, 620)

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
        self.back_button.setVisible(at in (WizardStep.COLUMNS, WizardStep.PREVIEW))
        self.next_button.setVisible(at is not WizardStep.DONE)
        self.next_button.setEnabled(self.flow.can_go_on())
        words = "下一步"
        if at is WizardStep.PREVIEW:
            many = self.flow.good_rows
            words = f"导入 {many:,} {counter(self.flow.kind)}" if many else "没有可导入的行"
        self.next_button.setText(f"{words}(&N)")
        self.next_button.setAccessibleName(words)
        self.close_button.setText("关闭(&C)" if at is WizardStep.DONE else "不导入(&C)")
        self.close_button.setAccessibleName(self.close_button.text().removesuffix("(&C)"))
        self.setWindowTitle(f"导入{label_of(self.flow.kind)}名册" if self.flow.plan else "导入名册")
        focus = {
            WizardStep.SOURCE: self.source.choose_button if not self.flow.file else self.next_button,
            WizardStep.COLUMNS: self.next_button,
            WizardStep.PREVIEW: self.next_button if self.flow.good_rows else self.preview.table,
            WizardStep.DONE: self.close_button,
        }[at]
        focus.setFocus()

    # -- going on and back -------------------------------------------------------------------------------------

    def read_file(self, file: Path) -> None:
        """Choose a file and read it; its headings come next."""
        self.flow.choose_file(file)
        self.source.show_file(file)
        self._read(WizardStep.COLUMNS)

    def _read_again(self) -> None:
        self._read(WizardStep.COLUMNS)

    def _read(self, then: WizardStep) -> None:
        flow, office = self.flow, self._office

        def done(found: tuple[str, RosterPlan]) -> None:
            flow.take(*found)
            flow.at = then
            self.source.show_file(flow.file)
            self.mapping.show_plan()
            self.preview.show_plan()
            self._show_step()

        def failed(error: Exception) -> None:
            flow.plan = None
            flow.at = WizardStep.SOURCE
            self.source.show_file(flow.file, str(error))
            self._show_step()

        run_task(
            self, f"读取“{flow.file.name if flow.file else ''}”", lambda step: flow.read(office, step), done, failed
        )

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

        def done(outcome: RosterOutcome) -> None:
            flow.outcome = outcome
            flow.at = WizardStep.DONE
            self.finish.show_outcome()
            self._show_step()
            self.imported.emit(outcome.change)

        run_task(self, f"导入{label_of(flow.kind)}名册", lambda step: flow.apply(office, step), done)

    # -- after the import --------------------------------------------------------------------------------------

    def _on_report(self) -> None:
        plan = self.flow.plan
        if plan is None or self.flow.file is None:
            return
        suggested = str(self.flow.file.with_name(suggested_report(plan)))
        name, _ = QFileDialog.getSaveFileName(self, "把拒收的行保存到", suggested, "Excel 表格 (*.xlsx)")
        if name:
            target = Path(name).with_suffix(".xlsx")
            run_task(self, "导出拒收的行", lambda step: rosters.write_refused(plan, target), self._on_report_written)

    def _on_report_written(self, file: Path) -> None:
        messages.toast(self, f"已保存“{file.name}”，第一列写着原因。改好以后再导入这一份。")

    def _on_undo(self) -> None:
        outcome, office = self.flow.outcome, self._office
        if outcome is None or outcome.import_id is None:
            return
        import_id = outcome.import_id
        run_task(self, "撤销导入", lambda step: rosters.undo_import(office, import_id), self._on_undone)

    def _on_undone(self, undone: UndoOutcome) -> None:
        rest = []
        if undone.kept:
            names = "、".join(row.title for row in undone.kept[:5]) + ("…" if len(undone.kept) > 5 else "")
            rest.append(f"{len(undone.kept):,} 条在导入后又改过，保留现在的内容：{names}。")
        rest.append("新增的移到了回收站，更新的恢复了原来的内容。")
        self.finish.show_undone(f"已撤销导入，撤回 {undone.undone:,} 条。", rest)
        self.imported.emit(undone.change)

    # -- hands -------------------------------------------------------------------------------------------------

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
