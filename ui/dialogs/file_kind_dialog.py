"""What a file is and which day it bears."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.date_edit import DateEdit
from ui.widgets.field_editors import ChoiceEdit
from ui.widgets.labels import soft_label


class FileKindDialog(QDialog):
    """`decided` carries the kind in words and the day or None."""

    decided = Signal(str, object)

    def __init__(
        self,
        parent: QWidget,
        names: Sequence[str],
        kinds: tuple[str, ...],
        today: date,
        *,
        act: str,
        keep: str,
        kind: str = "",
        dated_on: date | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("附件")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = "、".join(names[:3]) + (f" 等 {len(names)} 个文件" if len(names) > 3 else "")
        self.kind = ChoiceEdit(kinds)
        self.kind.setAccessibleName("类别")
        self.kind.set_text(kind)
        self.day = DateEdit(today)
        self.day.setAccessibleName("日期")
        self.day.set_day(dated_on)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE_4)
        form.setVerticalSpacing(theme.SPACE_2)
        form.addRow("类别", self.kind)
        form.addRow("日期（纸上的，可空）", self.day)
        self.problem = soft_label("")
        self.problem.setProperty("part", "problem")
        self.problem.hide()
        self.act_button = QPushButton(act)
        self.act_button.setAccessibleName(act.split("(&")[0])
        self.act_button.setProperty("part", "primary")
        self.act_button.setDefault(True)
        self.keep_button = QPushButton(keep)
        self.keep_button.setAccessibleName(keep.split("(&")[0])
        self.keep_button.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE_2)
        foot.addStretch(1)
        foot.addWidget(self.act_button)
        foot.addWidget(self.keep_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(soft_label(shown))
        layout.addLayout(form)
        layout.addWidget(self.problem)
        layout.addLayout(foot)
        self.setMinimumWidth(400)
        self.act_button.clicked.connect(self._on_act)
        self.keep_button.clicked.connect(self.reject)

    def _on_act(self) -> None:
        self.day.write_out()
        typed = self.day.text().strip()
        if typed and self.day.day() is None:
            self.problem.setText(f"▲ “{typed}”看不懂，请写成 2026-03-05。")
            self.problem.show()
            self.day.setFocus()
            return
        kind, day = self.kind.currentText().strip(), self.day.day()
        self.accept()
        self.decided.emit(kind, day)
