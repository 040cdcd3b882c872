"""The preview's headings (what a column means over how it reads in the file) and its row names (verdict and number)."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from ui import theme
from ui.icons import icon
from ui.models.plan_table import KEY_ROLE, LABEL_ROLE
from ui.widgets.clicked_header import EDGE, ClickedHeader

_ARROW = 12


class HeadingRow(ClickedHeader):
    """`meaning_asked(section)`: the clerk wants to say what a column means. Columns of ours have no drop-down."""

    meaning_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("表里的标题与对应的项目", parent)
        self.setMinimumSectionSize(48)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), 2 * self.fontMetrics().height() + 2 * theme.SPACE_2)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        key = model.headerData(section, Qt.Orientation.Horizontal, KEY_ROLE)
        heading = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        painter.save()
        painter.fillRect(rect, QColor(theme.HOVER if section == self.hovered and key is not None else theme.PANEL))
        painter.setPen(QColor(theme.LINE))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        room = rect.adjusted(9, theme.SPACE_1, -6, -theme.SPACE_1)
        if key is None:
            self._write(painter, room, heading, theme.INK_SOFT, Qt.AlignmentFlag.AlignVCenter)
        else:
            label = str(model.headerData(section, Qt.Orientation.Horizontal, LABEL_ROLE))
            upper = QRect(room.left(), room.top(), room.width() - _ARROW - 4, room.height() // 2)
            lower = QRect(room.left(), room.center().y() + 1, room.width(), room.height() // 2)
            colour = theme.INK if key else theme.DUE
            self._write(painter, upper, label, colour, Qt.AlignmentFlag.AlignVCenter)
            self._write(painter, lower, heading or "（按分组标题）", theme.INK_SOFT, Qt.AlignmentFlag.AlignVCenter)
            box = QRect(room.right() - _ARROW, upper.center().y() - _ARROW // 2, _ARROW, _ARROW)
            icon("arrow_down", theme.INK_SOFT).paint(painter, box)
        painter.restore()

    def _write(self, painter: QPainter, room: QRect, text: str, colour: str, align: Qt.AlignmentFlag) -> None:
        painter.setPen(QColor(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | align, shown)

    def corner_under(self, section: int) -> QPoint:
        """The global place under a heading's left end."""
        return self.mapToGlobal(QPoint(self.sectionViewportPosition(section), self.height()))

    def on_click(self, section: int, from_left: int, from_right: int) -> None:
        if min(from_left, from_right) >= EDGE:
            self.meaning_asked.emit(section)


class RowNames(QHeaderView):
    """Verdict by colour, shape and word, and Excel's own row number; always in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setAccessibleName("每行的结果")
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        return QSize(
            self.fontMetrics().horizontalAdvance("▲ 拒收 1000000") + theme.SPACE_3, super().sizeHint().height()
        )

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        text = str(model.headerData(section, Qt.Orientation.Vertical))
        verdict, _, number = text.rpartition(" ")
        painter.save()
        painter.fillRect(rect, QColor(theme.PANEL))
        painter.setPen(QColor(theme.LINE))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        room = rect.adjusted(theme.SPACE_2, 0, -theme.SPACE_2, 0)
        painter.setPen(model.headerData(section, Qt.Orientation.Vertical, int(Qt.ItemDataRole.ForegroundRole)))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, verdict)
        painter.setPen(QColor(theme.INK_SOFT))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
        painter.restore()
