"""First page: which file, and what it holds."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.file_drop import dropped_table
from ui.icons import icon

FILE_KINDS = "Excel、WPS 表格 (*.xlsx *.xlsm *.xls *.et *.csv);;所有文件 (*)"


class SourcePage(QWidget):
    """`file_chosen` carries the path; a file may be dropped anywhere on the page. `blank_asked`: an empty sheet to send out."""

    file_chosen = Signal(Path)
    blank_asked = Signal()

    def __init__(self, folder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self.setAcceptDrops(True)
        sign = QLabel()
        sign.setPixmap(icon("import", theme.ACCENT).pixmap(QSize(48, 48)))
        self.invitation = QLabel("把 Excel 文件拖到这里")
        font = self.invitation.font()
        font.setPointSizeF(font.pointSizeF() * 1.3)
        self.invitation.setFont(font)
        self.choose_button = QPushButton("选择文件…(&O)")
        self.choose_button.setAccessibleName("选择文件")
        self.choose_button.setAutoDefault(False)
        self.chosen = QLabel("")
        self.chosen.setTextFormat(Qt.TextFormat.PlainText)
        self.chosen.setWordWrap(True)
        self.chosen.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.blank_button = QPushButton("没有现成的表？下载空白表发下去填…(&D)")
        self.blank_button.setAccessibleName("下载空白表")
        self.blank_button.setProperty("part", "link")
        self.blank_button.setAutoDefault(False)
        self._target = QFrame()
        self._target.setProperty("part", "card")
        inside = QVBoxLayout(self._target)
        inside.setSpacing(theme.SPACE_3)
        inside.addStretch(1)
        for widget in (sign, self.invitation, self.choose_button):
            inside.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addWidget(self.chosen)
        inside.addStretch(1)
        hints = QVBoxLayout()
        hints.setSpacing(theme.SPACE_1)
        for text in (
            "可以直接用手里的名册：标题上面有标题行、合并单元格、合计行都没关系。支持 .xlsx、.xls、.et 和 .csv。",
            "先预览，点“导入”以后才会写入；空单元格不会覆盖已有内容；导入以后还可以整批撤销。",
        ):
            line = QLabel(f"· {text}")
            line.setProperty("part", "soft")
            line.setWordWrap(True)
            hints.addWidget(line)
        hints.addWidget(self.blank_button, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE_3)
        column.addWidget(self._target, 1)
        column.addLayout(hints)
        row.addLayout(column)
        self.choose_button.clicked.connect(self._on_choose)
        self.blank_button.clicked.connect(self.blank_asked)

    def show_file(self, file: Path | None, problem: str = "") -> None:
        """Name the file that was chosen, or say what is wrong with it."""
        self.invitation.setText("把 Excel 文件拖到这里" if file is None else file.name)
        self.chosen.setText(problem or ("" if file is None else f"在文件夹“{file.parent.name}”"))
        self.chosen.setProperty("part", "problem" if problem else "soft")
        self.chosen.style().unpolish(self.chosen)
        self.chosen.style().polish(self.chosen)
        self.choose_button.setText("选择文件…(&O)" if file is None else "换一个文件…(&O)")
        self.choose_button.setAccessibleName("选择文件" if file is None else "换一个文件")

    def _on_choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "选择要导入的文件", self._folder, FILE_KINDS)
        if name:
            self.file_chosen.emit(Path(name))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_table(event.mimeData()) is not None:
            event.acceptProposedAction()
            self.invitation.setText("松开鼠标，就读取这个文件")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.invitation.setText("把 Excel 文件拖到这里")

    def dropEvent(self, event: QDropEvent) -> None:
        file = dropped_table(event.mimeData())
        if file is not None:
            event.acceptProposedAction()
            self.file_chosen.emit(file)
