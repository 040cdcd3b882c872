"""批量修改: one column of the chosen rows gets one value; before anything happens it says how many would change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.base import About
from anjian_desktop.services import batch_edit
from anjian_desktop.services.batch_edit import BatchEdit
from anjian_desktop.services.office import Office
from anjian_desktop.services.records import RecordProblems
from ui import theme
from ui.tasks import run_quiet
from ui.widgets.field_editors import Editor, make_editor
from ui.widgets.quiet_inputs import QuietCombo

_WAIT_MS = 250


class BatchEditDialog(QDialog):
    """`decided(key, text)` when the clerk presses the button; opened with a column chosen and a value put in if given."""

    decided = Signal(str, str)

    def __init__(
        self, parent: QWidget | None, office: Office, about: About, ids: Sequence[int], *, key: str = "", text: str = ""
    ) -> None:
        super().__init__(parent)
        self._office, self._about, self._ids = office, about, list(ids)
        self.setWindowTitle(f"批量修改 {len(self._ids):,} {about.counter}{about.label}")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fields = batch_edit.columns(about.key)
        self.column = QuietCombo("要改的列", [(one.key, one.label) for one in self._fields])
        self._editors: dict[str, Editor] = {}
        self._values = QStackedWidget()
        for one in self._fields:
            editor = make_editor(one, office, office.today)
            self._editors[one.key] = editor
            self._values.addWidget(editor.widget)
            editor.changed.connect(lambda *_: self._ask_soon())  # type: ignore[attr-defined]
        self.told = QLabel()
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.setMinimumHeight(self.told.fontMetrics().lineSpacing() * 3)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.act_button = QPushButton("修改(&M)")
        self.act_button.setProperty("part", "primary")
        self.act_button.setDefault(True)
        self.act_button.setEnabled(False)
        self.keep_button = QPushButton("不修改(&N)")
        self.keep_button.setAccessibleName("不修改")
        self._soon = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._soon.timeout.connect(self._ask)
        self._build()
        self.column.currentIndexChanged.connect(self._on_column)
        self.act_button.clicked.connect(self._on_decided)
        self.keep_button.clicked.connect(self.reject)
        self.column.choose(key)
        self._on_column()
        if text and self.key == key:
            self._editors[key].set_text(text)
            self._editors[key].widget.setFocus()

    @property
    def key(self) -> str:
        """The column chosen."""
        return str(self.column.currentData())

    @property
    def editor(self) -> Editor:
        """Where the new value is typed."""
        return self._editors[self.key]

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_2)
        for words, widget in (("要改的列(&C)", self.column), ("改成（空着就是清空）(&V)", self._values)):
            label = QLabel(words)
            label.setBuddy(widget)
            layout.addWidget(label)
            layout.addWidget(widget)
        layout.addSpacing(theme.SPACE_2)
        layout.addWidget(self.told)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.keep_button)
        foot.addWidget(self.act_button)
        layout.addLayout(foot)
        self.setFixedWidth(460)

    def _on_column(self) -> None:
        self._values.setCurrentWidget(self.editor.widget)
        self._values.setFixedHeight(self.editor.widget.sizeHint().height())
        self._ask_soon()

    def _ask_soon(self) -> None:
        self.act_button.setEnabled(False)
        self._soon.start()

    def _ask(self) -> None:
        office, ledger, ids, key, text = self._office, self._about.key, self._ids, self.key, self.editor.text()

        def failed(error: Exception) -> None:
            if isinstance(error, RecordProblems):
                self._say(f"▲ {'；'.join(error.problems.values())}", "problem")
            elif isinstance(error, UserError):
                self._say(f"▲ {error.message}", "problem")

        run_quiet(
            self, lambda: batch_edit.preview(office, ledger, ids, key, text), self._show_plan, failed, key="preview"
        )

    def _show_plan(self, plan: BatchEdit) -> None:
        counter, count = self._about.counter, len(plan.changed)
        words = f"{plan.label}将{f'改成“{plan.shown}”' if plan.shown else '清空'}：{count:,} {counter}。"
        if plan.same:
            words += f"{len(plan.same):,} {counter}已经是这样，不动。"
        if plan.gone:
            words += f"{len(plan.gone):,} {counter}已在回收站，不动。"
        if plan.warning:
            words += f"\n{plan.warning}。"
        self._say(words, "soft")
        self.act_button.setText(f"修改 {count:,} {counter}(&M)" if count else "修改(&M)")
        self.act_button.setAccessibleName(self.act_button.text().split("(&")[0])
        self.act_button.setEnabled(count > 0)

    def _say(self, words: str, part: str) -> None:
        self.told.setText(words)
        theme.set_part(self.told, part)

    def _on_decided(self) -> None:
        self.decided.emit(self.key, self.editor.text())
        self.accept()
