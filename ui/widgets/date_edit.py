"""A date typed as clerks write it (20260305, 3.5, 今, +7) or picked from a calendar; it may stay empty."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QVBoxLayout, QWidget

from anjian_desktop.domain.dates import DateProblem, parse_date
from ui.icons import icon


class DateEdit(QLineEdit):
    """Leaving the field writes the date out as 2026-03-05; F4 or Alt+↓ opens the calendar. The wheel does nothing."""

    picked = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._calendar: _Calendar | None = None
        self.setMaxLength(20)
        self.setToolTip("可写 20260305、3.5（今年）、今、昨、+7；Ctrl+; 填今天，F4 打开日历")
        self._button = QAction(icon("calendar"), "打开日历", self)
        self._button.triggered.connect(self.open_calendar)
        self.addAction(self._button, QLineEdit.ActionPosition.TrailingPosition)

    def day(self) -> date | None:
        """The date typed; None when it is empty or no date."""
        try:
            return parse_date(self.text(), today=self._today) if self.text().strip() else None
        except DateProblem:
            return None

    def set_day(self, day: date | None) -> None:
        """Show a date."""
        self.setText(day.isoformat() if day else "")

    def open_calendar(self) -> None:
        """Show the calendar under the field; picking a day closes it."""
        if self._calendar is None:
            self._calendar = _Calendar(self)
        popup = self._calendar
        popup.show_day(self.day() or self._today)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() in (Qt.Key.Key_F4, Qt.Key.Key_F7) or alt_down:
            self.open_calendar()
        elif event.key() == Qt.Key.Key_Semicolon and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_day(self._today)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.write_out()
        super().focusOutEvent(event)

    def write_out(self) -> None:
        """Replace what was typed by the date it means."""
        day = self.day()
        if day is not None and self.text() != day.isoformat():
            self.setText(day.isoformat())


class _Calendar(QWidget):
    def __init__(self, edit: DateEdit) -> None:
        super().__init__(edit, Qt.WindowType.Popup)
        self._edit = edit
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setAccessibleName("日历")
        self.calendar.clicked.connect(self._pick)
        self.calendar.activated.connect(self._pick)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.calendar)

    def show_day(self, day: date) -> None:
        """Stand at that day."""
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.setFocus()

    def _pick(self, day: QDate) -> None:
        self._edit.set_day(date(day.year(), day.month(), day.day()))
        self._edit.setFocus()
        self._edit.picked.emit()
        self.hide()
