"""What a Word file is called as a template, and for which kind of agreement, certificate or form it stands."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from anjian_desktop.domain.agreements import KINDS
from anjian_desktop.domain.layout_kinds import LAYOUT_KINDS
from ui import theme
from ui.widgets.quiet_inputs import QuietCombo


class AddTemplateDialog(QDialog):
    """`decided` carries (file, name, kind's code)."""

    decided = Signal(object, str, str)

    def __init__(self, parent: QWidget | None, file: Path) -> None:
        super().__init__(parent)
        self._file = file
        self.setWindowTitle("加入模板")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name = QLineEdit(file.stem[:40])
        self.name.setMaxLength(40)
        self.name.setAccessibleName("模板名称")
        kinds = (*KINDS.values(), *LAYOUT_KINDS.values())
        self.kind = QuietCombo("模板类别", [(one.code, one.label) for one in kinds])
        told = QLabel(f"文件：{file.name}")
        note = QLabel("文件原样保存。已有同名模板时成为它的新版本，已打印的责任书、已发的证书仍用原来的版本。")
        for label in (told, note):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        note.setProperty("part", "soft")
        form = QGridLayout()
        form.setHorizontalSpacing(theme.SPACE_3)
        form.setVerticalSpacing(theme.SPACE_3)
        form.addWidget(QLabel("模板名称"), 0, 0)
        form.addWidget(self.name, 0, 1)
        form.addWidget(QLabel("模板类别"), 1, 0)
        form.addWidget(self.kind, 1, 1)
        form.setColumnStretch(1, 1)
        self.add_button = QPushButton("加入模板(&A)")
        self.add_button.setAccessibleName("加入模板")
        self.add_button.setProperty("part", "primary")
        self.add_button.setDefault(True)
        self.keep_button = QPushButton("不加入(&N)")
        self.keep_button.setAccessibleName("不加入")
        self.keep_button.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.add_button)
        foot.addWidget(self.keep_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_4)
        for part in (told, note):
            layout.addWidget(part)
        layout.insertLayout(1, form)
        layout.addLayout(foot)
        self.setMinimumWidth(480)
        self.add_button.clicked.connect(self._add)
        self.keep_button.clicked.connect(self.reject)
        self.name.textChanged.connect(lambda text: self.add_button.setEnabled(bool(text.strip())))

    def _add(self) -> None:
        name, kind = self.name.text().strip(), str(self.kind.currentData())
        self.accept()
        self.decided.emit(self._file, name, kind)
