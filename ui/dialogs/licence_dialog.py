"""The licences of the program and of all it carries, readable without leaving the window."""

from __future__ import annotations

from importlib.resources import files

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ui import theme

_PAGE = "许可说明.txt"
_FROM_SOURCES = """安监桌面本身按 MIT 许可发布。

现在是从源代码运行：用到的各软件包按其自己的许可，随软件包一同安装。
Qt 与 PySide6 按 GNU LGPL 第 3 版使用，可以替换成您自己修改的版本；许可全文在 resources/licences。
字体 Noto Sans SC、Noto Serif SC 按 SIL OFL 1.1 许可。
"""


def licence_page() -> str:
    """The page written when the program was packed; from the sources, what holds there."""
    page = files("resources").joinpath("licences", _PAGE)
    return page.read_text(encoding="utf-8") if page.is_file() else _FROM_SOURCES


class LicenceDialog(QDialog):
    """The licence page, to be read and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("许可说明")
        self.text = QPlainTextEdit(licence_page())
        self.text.setReadOnly(True)
        self.text.setAccessibleName("许可说明")
        close = QPushButton("关闭(&C)")
        close.setAccessibleName("关闭")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(self.text)
        layout.addLayout(foot)
        self.resize(720, 560)
