"""The first start: a new office, one from a backup, or a look at the sample town."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.icons import icon


class FirstStartPage(QWidget):
    """Asks the office's name and the prefix of its numbers; `filled_in` carries {"name", "prefix"}.

    `backup_asked`: a new computer goes on from a backup or package; `sample_asked`: a look at 示例镇.
    """

    filled_in = Signal(object)
    backup_asked = Signal()
    sample_asked = Signal()

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
        self.start_button = QPushButton("建立新办公室(&S)")
        self.start_button.setAccessibleName("建立新办公室")
        self.start_button.setProperty("part", "primary")
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE_4)
        form.setVerticalSpacing(theme.SPACE_3)
        form.addRow("办公室名称", self.name)
        form.addRow("", self.problem)
        form.addRow("编号代字", self.prefix)
        form.addRow("", soft("编号的第一段：示安责〔2026〕1号。以后可以改。"))
        form.addRow("数据存放在", soft(str(folder)))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.start_button)
        frame, layout = card(self, "欢迎使用安监桌面", "先告诉程序这是哪个办公室，一分钟就能开始。")
        layout.addLayout(form)
        layout.addLayout(foot)
        layout.addWidget(rule())
        self.backup_button, self.sample_button = QPushButton("从备份开始(&B)…"), QPushButton("看看示例镇(&D)")
        for button, text in (
            (self.backup_button, "换了电脑，或重装过：选择“打包带走”的文件或备份，接着用原来的数据。"),
            (
                self.sample_button,
                "先看看程序是什么样：一个虚构的镇，企业、责任书都做好了，不影响以后建立自己的办公室。",
            ),
        ):
            button.setAccessibleName(button.text().split("(&")[0])
            button.setMinimumWidth(150)
            row = QHBoxLayout()
            row.setSpacing(theme.SPACE_4)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(soft(text), 1)
            layout.addLayout(row)
        frame.setFixedWidth(640)
        self.backup_button.clicked.connect(self.backup_asked)
        self.sample_button.clicked.connect(self.sample_asked)
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


def rule() -> QFrame:
    """A thin line across."""
    line = QFrame()
    line.setProperty("part", "rule")
    line.setFixedHeight(1)
    return line


def card(
    page: QWidget, title: str, text: str, icon_name: str = "app", colour: str = theme.ACCENT
) -> tuple[QFrame, QVBoxLayout]:
    """A framed sheet in the middle of a page, with sign, title and a first line; and the layout to go on in."""
    frame = QFrame()
    frame.setProperty("part", "card")
    layout = QVBoxLayout(frame)
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
    layout.addWidget(soft(text))
    outer = QVBoxLayout(page)
    outer.addStretch(1)
    outer.addWidget(frame, 0, Qt.AlignmentFlag.AlignHCenter)
    outer.addStretch(2)
    return frame, layout


def soft(text: str) -> QLabel:
    """Words in the softer ink, over as many lines as they need."""
    label = QLabel(text)
    label.setProperty("part", "soft")
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
