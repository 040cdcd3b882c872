"""Second page: what the file holds, which sheet, and which heading is which field."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from anjian_desktop.ledgers.fields import Field
from anjian_desktop.services import rosters
from ui import theme
from ui.dialogs.import_wizard.flow import IGNORED, ImportFlow, kinds_offered, list_of
from ui.dialogs.import_wizard.sentences import found_sentences, remembered_sentence
from ui.widgets.quiet_inputs import QuietCombo

_ALL = ""


class MappingPage(QWidget):
    """`choices_changed` after another kind or sheet was chosen: the file has to be read again. `forget_asked`: the
    headings remembered from an earlier file are to be forgotten.
    """

    choices_changed = Signal()
    forget_asked = Signal()

    def __init__(self, flow: ImportFlow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = flow
        self.kind = QuietCombo("这个文件是")
        for key in kinds_offered():
            self.kind.addItem(list_of(key), key)
        self.sheet = QuietCombo("工作表")
        self.found = QLabel("")
        self.found.setProperty("part", "soft")
        self.found.setWordWrap(True)
        self.found.setTextFormat(Qt.TextFormat.PlainText)
        self.remembered = QLabel("")
        self.remembered.setWordWrap(True)
        self.remembered.setTextFormat(Qt.TextFormat.PlainText)
        self.forget_button = QPushButton("忘记(&G)")
        self.forget_button.setAccessibleName("忘记上次的对应")
        self.forget_button.setToolTip("不再按上次的对应，重新认一遍标题")
        self.forget_button.setAutoDefault(False)
        memory = QHBoxLayout()
        memory.setSpacing(theme.SPACE_2)
        memory.addWidget(self.remembered, 1)
        memory.addWidget(self.forget_button)
        self.combos: dict[str, QComboBox] = {}
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_2)
        for label, widget in (("这个文件是", self.kind), ("读取工作表", self.sheet)):
            head.addWidget(QLabel(label))
            head.addWidget(widget)
            head.addSpacing(theme.SPACE_4)
        head.addStretch(1)
        self._list = QScrollArea()
        self._list.setWidgetResizable(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setAccessibleName("标题与项目的对应")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_3)
        layout.addLayout(head)
        layout.addWidget(self.found)
        layout.addLayout(memory)
        layout.addWidget(self._list, 1)
        self.kind.activated.connect(self._on_kind)
        self.sheet.activated.connect(self._on_sheet)
        self.forget_button.clicked.connect(self.forget_asked)

    def show_plan(self) -> None:
        """Show what was found in the file."""
        flow = self._flow
        if flow.plan is None:
            return
        self.kind.setCurrentIndex(self.kind.findData(flow.kind))
        self.sheet.clear()
        names = flow.plan.sheet_names
        self.sheet.addItem(f"全部 {len(names)} 个" if len(names) > 1 else "全部", _ALL)
        for name in names:
            self.sheet.addItem(name, name)
        self.sheet.setCurrentIndex(max(0, self.sheet.findData(flow.sheet or _ALL)))
        self.found.setText("\n".join(found_sentences(flow)))
        self.remembered.setText(remembered_sentence(flow))
        for widget in (self.remembered, self.forget_button):
            widget.setVisible(bool(self.remembered.text()))
        self._show_headings()

    def _show_headings(self) -> None:
        flow = self._flow
        body = QWidget()
        body.setObjectName("page_area")
        grid = QGridLayout(body)
        grid.setContentsMargins(theme.SPACE_3, theme.SPACE_3, theme.SPACE_3, theme.SPACE_3)
        grid.setHorizontalSpacing(theme.SPACE_4)
        grid.setVerticalSpacing(theme.SPACE_1)
        for column, text in enumerate(("表里的标题", "对应的项目", "第一行内容")):
            label = QLabel(text)
            label.setProperty("part", "soft")
            grid.addWidget(label, 0, column)
        self.combos = {}
        fields = list(rosters.import_fields(flow.kind))
        examples = _examples(flow)
        for sheet in flow.sheets:
            for heading, key in flow.columns_of(sheet):
                if heading not in self.combos:
                    self._add_heading(grid, heading, flow.mapping.get(heading, key), fields, examples.get(heading, ""))
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        self._list.setWidget(body)

    def _add_heading(self, grid: QGridLayout, heading: str, key: str, fields: list[Field], example: str) -> None:
        row = grid.rowCount()
        name = QLabel(_short(heading, 20))
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setToolTip(heading)
        combo = QuietCombo(f"{heading}对应的项目")
        combo.addItem("不导入", IGNORED)
        for one in fields:
            combo.addItem(one.label + (" *" if one.required else ""), one.key)
        combo.setCurrentIndex(max(0, combo.findData(key)))
        combo.setMinimumWidth(200)
        combo.activated.connect(lambda _: self._on_mapped(heading, combo))
        shown = QLabel(_short(example, 36))
        shown.setProperty("part", "soft")
        shown.setTextFormat(Qt.TextFormat.PlainText)
        shown.setToolTip(example)
        for column, widget in enumerate((name, combo, shown)):
            grid.addWidget(widget, row, column)
        _mark_unmatched(combo)
        self.combos[heading] = combo

    def _on_mapped(self, heading: str, combo: QComboBox) -> None:
        """One field, one column: the column that had the field before gives it up."""
        self._flow.map_heading(heading, str(combo.currentData()))
        for other, box in self.combos.items():
            if other in self._flow.mapping:
                box.setCurrentIndex(max(0, box.findData(self._flow.mapping[other])))
            _mark_unmatched(box)

    def _on_kind(self) -> None:
        self._flow.choose_kind(str(self.kind.currentData()))
        self.choices_changed.emit()

    def _on_sheet(self) -> None:
        self._flow.choose_sheet(self.sheet.currentData() or None)
        self.choices_changed.emit()


def _mark_unmatched(combo: QComboBox) -> None:
    combo.setToolTip("这一列不会导入" if combo.currentData() == IGNORED else "")


def _examples(flow: ImportFlow) -> dict[str, str]:
    """The first filled cell under each heading, personal data masked."""
    found: dict[str, str] = {}
    if flow.plan is None:
        return found
    for sheet in flow.sheets:
        rows = [row for row in flow.plan.plan.rows if row.sheet == sheet.name][:20]
        for column, heading in sheet.heading.headings.items():
            field = sheet.heading.columns.get(column)
            for row in rows:
                raw = row.cells[column] if column < len(row.cells) else None
                if raw in (None, ""):
                    continue
                text = str(int(raw)) if isinstance(raw, float) and raw.is_integer() else " ".join(str(raw).split())
                # A column without a field may hold anything, identity numbers too.
                found.setdefault(heading, field.masked(text) if field else text[:1] + "…")
                break
    return found


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
