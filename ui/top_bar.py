"""The bars over and under the pages: search, backup state, user; counts and the last act with 撤销."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from ui import theme
from ui.icons import icon
from ui.widgets.global_search import GlobalSearch


class TopBar(QFrame):
    """Search at the left; at the right the backup's state, who works here, and help."""

    backup_asked = Signal()
    backup_away_asked = Signal()
    backups_asked = Signal()
    package_asked = Signal()
    check_asked = Signal()
    size_chosen = Signal(str)
    office_asked = Signal()
    help_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top_bar")
        self.setFixedHeight(theme.TOP_BAR_HEIGHT)
        self.search = GlobalSearch()
        self.search.setFixedWidth(380)
        self.backup = QPushButton("备份")
        self.backup.setProperty("part", "flat")
        self.backup.setIcon(icon("backup"))
        self.backup.setToolTip("立即备份")
        self.backup.setAccessibleName("立即备份")
        self.backup.setEnabled(False)
        self.data = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.data.setProperty("part", "flat")
        self.data.setIcon(icon("folder"))
        self.data.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.data.setText("数据")
        self.data.setAccessibleName("数据：备份、恢复、打包、检查")
        self.data.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.data.setEnabled(False)
        self.data.setMenu(self._data_menu())
        self.user = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.user.setProperty("part", "flat")
        self.user.setIcon(icon("office"))
        self.user.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.user.setText("文员")
        self.user.setAccessibleName("用户和字号")
        self.user.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.user.setMenu(self._user_menu())
        self.help = QToolButton()
        self.help.setProperty("part", "flat")
        self.help.setIcon(icon("help"))
        self.help.setText("帮助")
        self.help.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.help.setAccessibleName("帮助")
        self.help.setToolTip("这一页的使用说明（F1）")
        self.help.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_3, 0, theme.SPACE_3, 0)
        row.setSpacing(theme.SPACE_2)
        row.addWidget(self.search)
        row.addStretch(1)
        for widget in (self.backup, self.data, self.user, self.help):
            row.addWidget(widget)
        self.backup.clicked.connect(self.backup_asked)
        self.help.clicked.connect(self.help_asked)

    def show_backup(self, tone: str, text: str) -> None:
        """The backup's state: colour, shape and words."""
        shown = theme.TONES[tone]
        self.backup.setText(f"{shown.shape} {text}")
        self.backup.setStyleSheet(f"QPushButton {{ color: {shown.colour}; }}")
        self.backup.setAccessibleName(f"{text}，立即备份")
        self.backup.setEnabled(True)

    def show_actor(self, name: str) -> None:
        """Who works here."""
        self.user.setText(name)

    def allow_keeping(self, allowed: bool) -> None:
        """Whether there is a store to back up: not where a copy is only looked at."""
        self.data.setEnabled(allowed)
        self.backup.setVisible(allowed)

    def _data_menu(self) -> QMenu:
        menu = QMenu(self.data)
        menu.addAction(icon("backup"), "立即备份(&B)", self.backup_asked.emit)
        menu.addAction("备份到U盘或别的文件夹(&U)…", self.backup_away_asked.emit)
        menu.addAction(icon("history"), "备份与恢复(&R)…", self.backups_asked.emit)
        menu.addSeparator()
        menu.addAction(icon("export"), "打包带走(&P)…", self.package_asked.emit)
        menu.addAction(icon("done"), "检查数据(&C)", self.check_asked.emit)
        return menu

    def _user_menu(self) -> QMenu:
        menu = QMenu(self.user)
        menu.addAction(icon("office"), "办公室信息(&O)", self.office_asked.emit)
        sizes = menu.addMenu("字号(&S)")
        group = QActionGroup(sizes)
        for name, label in theme.FONT_LABELS.items():
            action = sizes.addAction(label, lambda n=name: self.size_chosen.emit(n))
            action.setCheckable(True)
            group.addAction(action)
        sizes.aboutToShow.connect(lambda: _tick_present(sizes))
        return menu


class StatusBar(QFrame):
    """Counts at the left, 最近操作 at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status_bar")
        self.setFixedHeight(theme.STATUS_BAR_HEIGHT)
        self.counts = QLabel()
        self.counts.setTextFormat(Qt.TextFormat.PlainText)
        self.done = QLabel()
        self.done.setTextFormat(Qt.TextFormat.PlainText)
        self.undo = QPushButton("撤销")
        self.undo.setProperty("part", "link")
        self.undo.setAccessibleName("撤销最近操作")
        self.undo.hide()
        self._undo: Callable[[], None] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_4, 0, theme.SPACE_3, 0)
        row.setSpacing(theme.SPACE_1)
        row.addWidget(self.counts)
        row.addStretch(1)
        row.addWidget(self.done)
        row.addWidget(self.undo)
        self.undo.clicked.connect(self._on_undo)

    def show_counts(self, text: str) -> None:
        """Rows and chosen rows."""
        self.counts.setText(text)

    def show_done(self, text: str, undo: Callable[[], None] | None, verb: str) -> None:
        """The last act, and its 撤销 while it can be taken back."""
        self.done.setText(self.done.fontMetrics().elidedText(f"最近操作：{text}", Qt.TextElideMode.ElideRight, 560))
        self._undo = undo
        self.undo.setText(verb)
        self.undo.setVisible(undo is not None)

    def _on_undo(self) -> None:
        undo, self._undo = self._undo, None
        self.undo.hide()
        if undo is not None:
            undo()


def _tick_present(menu: QMenu) -> None:
    present = QApplication.font().pointSizeF()
    nearest = min(theme.FONT_SIZES, key=lambda name: abs(theme.FONT_SIZES[name] - present))
    for action, name in zip(menu.actions(), theme.FONT_LABELS, strict=True):
        action.setChecked(name == nearest)
