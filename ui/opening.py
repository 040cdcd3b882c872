"""What stands in the window before an office is open: the first start, and a store that cannot be opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from anjian_desktop.errors import UserError
from ui import theme
from ui.icons import icon


class FirstStartPage(QWidget):
    """Asks the office's name and the prefix of its numbers; `filled_in` carries {"name", "prefix"}."""

    filled_in = Signal(object)

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = QLineEdit(placeholderText="例如：示例镇安全生产监督管理办公室")
        self.name.setAccessibleName("办公室名称")
        self.name.setMaxLength(80)
        self.prefix = QLineEdit("示安责")
        self.prefix.setAccessibleName("编号代字")
        self.prefix.setMaxLength(20)
        self.problem = QLabel()
        self.problem.setProperty("part", "problem")
        self.problem.hide()
        self.start_button = QPushButton("开始使用(&S)")
        self.start_button.setAccessibleName("开始使用")
        self.start_button.setProperty("part", "primary")
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE_4)
        form.setVerticalSpacing(theme.SPACE_3)
        form.addRow("办公室名称", self.name)
        form.addRow("", self.problem)
        form.addRow("编号代字", self.prefix)
        form.addRow("", _soft("责任书编号的第一段：示安责〔2026〕1号。以后可以在“办公室信息”里改。"))
        form.addRow("数据存放在", _soft(str(folder)))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.start_button)
        card, layout = _card(self, "欢迎使用安监桌面", "先告诉程序这是哪个办公室，一分钟就能开始。")
        layout.addLayout(form)
        layout.addLayout(foot)
        card.setFixedWidth(620)
        self.setFocusProxy(self.name)
        self.name.returnPressed.connect(self.prefix.setFocus)
        self.prefix.returnPressed.connect(self._on_start)
        self.start_button.clicked.connect(self._on_start)
        self.name.textChanged.connect(lambda _text: self.problem.hide())

    def _on_start(self) -> None:
        if len(self.name.text().strip()) < 2:
            self.problem.setText("▲ 请填写办公室全称")
            self.problem.show()
            self.name.setFocus()
            return
        self.filled_in.emit({"name": self.name.text(), "prefix": self.prefix.text()})


class TroublePage(QWidget):
    """Says why the store cannot be opened; nothing is made in its place. `again` tries once more."""

    again = Signal()

    def __init__(self, error: UserError, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QLabel(error.message)
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.next_step = _soft(error.next_step)
        self.again_button = QPushButton("再试一次(&R)")
        self.again_button.setAccessibleName("再试一次")
        self.again_button.setProperty("part", "primary")
        open_button = QPushButton("打开数据文件夹(&O)")
        open_button.setAccessibleName("打开数据文件夹")
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(open_button)
        foot.addWidget(self.again_button)
        card, layout = _card(self, "数据没有打开", "没有改动任何内容。", "warning", theme.DUE)
        layout.addWidget(self.text)
        layout.addWidget(self.next_step)
        layout.addWidget(_soft(f"数据文件夹：{folder}"))
        layout.addLayout(foot)
        card.setFixedWidth(620)
        self.setFocusProxy(self.again_button)
        self.again_button.clicked.connect(self.again)
        open_button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))


def _card(
    page: QWidget, title: str, text: str, icon_name: str = "app", colour: str = theme.ACCENT
) -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("part", "card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(theme.SPACE_5, theme.SPACE_5, theme.SPACE_5, theme.SPACE_5)
    layout.setSpacing(theme.SPACE_4)
    sign = QLabel()
    sign.setPixmap(icon(icon_name, colour).pixmap(QSize(32, 32)))
    head = QLabel(title)
    font = head.font()
    font.setPointSizeF(font.pointSizeF() * 1.5)
    head.setFont(font)
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE_3)
    row.addWidget(sign)
    row.addWidget(head, 1)
    layout.addLayout(row)
    layout.addWidget(_soft(text))
    outer = QVBoxLayout(page)
    outer.addStretch(1)
    outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
    outer.addStretch(2)
    return card, layout


def _soft(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("part", "soft")
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
