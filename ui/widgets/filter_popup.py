"""The values of one column to choose from: a list with counts, a word it contains, 未填, or a span of days or numbers."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from anjian_desktop.ledgers.fields import Field, Kind
from anjian_desktop.services import browse
from anjian_desktop.services.browse import Condition, Query
from anjian_desktop.services.office import Office
from ui import theme
from ui.tasks import run_quiet
from ui.widgets.date_edit import DateEdit
from ui.widgets.overlay import Overlay

_EMPTY = "（未填）"
_VALUE_ROLE = int(Qt.ItemDataRole.UserRole)


class FilterPopup(Overlay):
    """`chosen` carries the column's new conditions; an empty tuple takes its filter away."""

    chosen = Signal(object)

    def __init__(
        self, office: Office, query: Query, field: Field, present: tuple[Condition, ...], anchor: QWidget
    ) -> None:
        super().__init__(anchor)
        self._office, self._query, self._field, self._present = office, query, field, present
        self.setFixedWidth(300)
        title = QLabel(f"筛选：{field.label}")
        self.contains = QLineEdit(placeholderText="含有的字，或在下面打勾")
        self.contains.setAccessibleName(f"{field.label}含有")
        self.contains.textChanged.connect(self._narrow)
        self.contains.returnPressed.connect(self.apply)
        self.values = QListWidget()
        self.values.setProperty("part", "choices")
        self.values.setAccessibleName(f"{field.label}的值")
        self.values.setFixedHeight(208)
        self.values.itemActivated.connect(lambda _item: self.apply())
        self.low = self._bound("从", ">=")
        self.high = self._bound("到", "<=")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_3, theme.SPACE_2, theme.SPACE_3, theme.SPACE_3)
        layout.setSpacing(theme.SPACE_2)
        layout.addWidget(title)
        if field.kind in (Kind.DATE, Kind.INTEGER, Kind.DECIMAL):
            self._add_span(layout)
            self.contains.hide()
            self.values.setFixedHeight(128)
        else:
            layout.addWidget(self.contains)
        layout.addWidget(self.values)
        layout.addLayout(self._filled_or_not())
        layout.addLayout(self._foot())
        self._load()

    def first_field(self) -> QWidget:
        """Where the cursor goes when the panel opens."""
        return self.low if self._field.kind in (Kind.DATE, Kind.INTEGER, Kind.DECIMAL) else self.contains

    def apply(self) -> None:
        """Tell the conditions that are filled in, and go."""
        self._choose(self.conditions())

    def conditions(self) -> tuple[Condition, ...]:
        """Ticked values are alternatives; a word and a span hold beside them."""
        key = self._field.key
        ticked = [str(item.data(_VALUE_ROLE)) for item in self._items() if item.checkState() is Qt.CheckState.Checked]
        made = [Condition(key, "=", ticked[0])] if len(ticked) == 1 else []
        if len(ticked) > 1:
            made.append(Condition(key, "in", "\n".join(ticked)))
        if not made and (word := self.contains.text().strip()):
            made.append(Condition(key, "~", word))
        for edit, op in ((self.low, ">="), (self.high, "<=")):
            text = edit.text().strip()
            if isinstance(edit, DateEdit):
                day = edit.day()
                text = day.isoformat() if day else ""
            elif not text.lstrip("-").isdigit():
                text = ""
            if text:
                made.append(Condition(key, op, text))
        return tuple(made)

    def _bound(self, name: str, op: str) -> QLineEdit:
        value = next((one.value for one in self._present if one.op == op), "")
        edit = DateEdit(self._office.today) if self._field.kind is Kind.DATE else QLineEdit()
        edit.setText(value)
        edit.setAccessibleName(f"{self._field.label}{name}")
        edit.returnPressed.connect(self.apply)
        return edit

    def _add_span(self, layout: QVBoxLayout) -> None:
        form = QFormLayout()
        form.setSpacing(theme.SPACE_2)
        form.addRow("从", self.low)
        form.addRow("到", self.high)
        layout.addLayout(form)
        if self._field.kind is not Kind.DATE:
            return
        quick = QGridLayout()
        quick.setSpacing(theme.SPACE_1)
        today = self._office.today
        month = today.replace(day=1)
        spans: tuple[tuple[str, date | None, date], ...] = (
            ("今天", today, today),
            ("本月", month, _month_end(month)),
            ("今年", date(today.year, 1, 1), date(today.year, 12, 31)),
            ("近30天", today - timedelta(days=30), today),
            ("30天内到", today, today + timedelta(days=30)),
            ("已过", None, today - timedelta(days=1)),
        )
        for place, (label, low, high) in enumerate(spans):
            button = QPushButton(label)
            button.setAccessibleName(label)
            button.setProperty("part", "flat")
            button.clicked.connect(lambda _=False, a=low, b=high: self._span(a, b))
            quick.addWidget(button, place // 3, place % 3)
        layout.addLayout(quick)

    def _filled_or_not(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_1)
        for label, op in (("只看未填的", "="), ("只看已填的", "!=")):
            button = QPushButton(label)
            button.setAccessibleName(f"{label}：{self._field.label}")
            button.setProperty("part", "flat")
            button.clicked.connect(lambda _=False, one=op: self._choose((Condition(self._field.key, one, ""),)))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _choose(self, conditions: tuple[Condition, ...]) -> None:
        self.chosen.emit(conditions)
        self.close_now()

    def _span(self, low: date | None, high: date) -> None:
        self.low.setText(low.isoformat() if low else "")
        self.high.setText(high.isoformat())
        self.apply()

    def _foot(self) -> QHBoxLayout:
        clear = QPushButton("不筛选(&U)")
        clear.setAccessibleName("不筛选")
        clear.clicked.connect(lambda: self._choose(()))
        use = QPushButton("筛选(&O)")
        use.setAccessibleName("筛选")
        use.setProperty("part", "primary")
        use.clicked.connect(self.apply)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(clear)
        row.addWidget(use)
        return row

    def _load(self) -> None:
        self.values.addItem(QListWidgetItem("正在读取…"))
        run_quiet(
            self,
            lambda: browse.facets(self._office, self._query.ledger, self._field.key, query=self._query),
            self._fill,
        )

    def _fill(self, found: list[tuple[str, int]]) -> None:
        ticked = {value for one in self._present if one.op in ("=", "in") for value in one.value.split("\n")}
        words = next((one.value for one in self._present if one.op == "~"), "")
        codes = {label: code for code, label in self._field.choice_labels.items()}
        self.values.clear()
        for shown, count in found:
            item = QListWidgetItem(f"{shown or _EMPTY}　{count:,}")
            value = codes.get(shown, shown)
            item.setData(_VALUE_ROLE, value)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if value in ticked else Qt.CheckState.Unchecked)
            self.values.addItem(item)
        if words and not self.contains.text():
            self.contains.setText(words)
        self._narrow()

    def _narrow(self) -> None:
        word = self.contains.text().strip()
        for item in self._items():
            item.setHidden(bool(word) and word not in item.text())

    def _items(self) -> list[QListWidgetItem]:
        return [self.values.item(n) for n in range(self.values.count())]


def _month_end(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
