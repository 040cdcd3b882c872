"""What program this is, which version, where the data lie, and the keys worth knowing."""

from __future__ import annotations

import platform
from pathlib import Path

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from anjian_desktop import __version__
from ui import theme
from ui.dialogs.licence_dialog import LicenceDialog
from ui.icons import icon

KEYS = (
    ("Ctrl+1 … 9", "换页面"),
    ("Ctrl+F", "搜索全部台账"),
    ("/ 或直接打字", "在当前列表里找"),
    ("Ctrl+N", "新增"),
    ("Enter 或 F2", "打开选中的一条"),
    ("Enter（填表时）", "到下一项；最后一项保存并新增"),
    ("Ctrl+S", "保存"),
    (".. 或 Ctrl+D", "和上一条保存的（或列表里上面一条）相同"),
    ("//", "和列表第一条相同"),
    ("F4 或 Alt+↓", "打开日历、列表；在表格里筛选这一列"),
    ("Del", "移到回收站，十秒内可撤销"),
    ("Ctrl+C", "复制选中的行，可粘贴到 WPS"),
    ("Ctrl+E", "导出Excel"),
    ("F5", "刷新"),
    ("Esc", "关闭、返回"),
)


class AboutDialog(QDialog):
    """Version, place of the data, licence, keys."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("关于安监桌面")
        sign = QLabel()
        sign.setPixmap(icon("app").pixmap(QSize(48, 48)))
        name = QLabel(f"安监桌面 {__version__}")
        font = name.font()
        font.setPointSizeF(font.pointSizeF() * 1.4)
        name.setFont(font)
        facts = QLabel(
            f"数据文件夹：{folder}\nPython {platform.python_version()}　Qt {qVersion()}\n"
            "程序按 MIT 许可发布；Qt 按 LGPL 第 3 版，字体 Noto 按 OFL 1.1 许可。"
        )
        facts.setProperty("part", "soft")
        facts.setTextFormat(Qt.TextFormat.PlainText)
        facts.setWordWrap(True)
        facts.setMinimumWidth(420)
        facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words = QVBoxLayout()
        words.addWidget(name)
        words.addWidget(facts)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_4)
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        keys = QGridLayout()
        keys.setHorizontalSpacing(theme.SPACE_5)
        keys.setVerticalSpacing(theme.SPACE_1)
        for n, (key, meaning) in enumerate(KEYS):
            keys.addWidget(QLabel(key), n, 0)
            keys.addWidget(QLabel(meaning), n, 1)
        keys.setColumnStretch(1, 1)
        title = QLabel("常用键")
        title.setProperty("part", "soft")
        close = QPushButton("关闭(&C)")
        close.setAccessibleName("关闭")
        close.clicked.connect(self.accept)
        self.licences = QPushButton("许可说明(&L)")
        self.licences.setAccessibleName("许可说明")
        self.licences.clicked.connect(lambda: LicenceDialog(self).exec())
        foot = QHBoxLayout()
        foot.addWidget(self.licences)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_3)
        layout.addLayout(head)
        layout.addWidget(title)
        layout.addLayout(keys)
        layout.addLayout(foot)
