"""The conditions a list is narrowed by, as chips that go with a click; 筛选 adds one for any column."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from anjian_desktop.ledgers.fields import Field
from anjian_desktop.services import browse
from anjian_desktop.services.browse import Condition, Query
from anjian_desktop.services.office import Office
from ui import theme
from ui.icons import icon
from ui.widgets.filter_popup import FilterPopup
from ui.widgets.flow_layout import FlowLayout


class FilterBar(QWidget):
    """Holds `where` and `marks` of a list's query; `changed` when the clerk adds or takes away one."""

    changed = Signal()

    def __init__(self, office: Office, ledger: str, marks: Iterable[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._ledger = office, ledger
        self._fields = {field.key: field for field in browse.fields(ledger)}
        self._offered = tuple(marks)
        self.where: tuple[Condition, ...] = ()
        self.marks: frozenset[str] = frozenset()
        self.fixed: Query | None = None
        """What the page itself narrows by (year, kind): the values offered are counted within it."""
        self._popup: FilterPopup | None = None
        self.add_button = QToolButton(text="筛选", popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add_button.setIcon(icon("filter"))
        self.add_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.add_button.setProperty("part", "flat")
        self.add_button.setAccessibleName("筛选")
        self.add_button.setToolTip("按某一列筛选；也可以点列标题右端的漏斗（Alt+↓）")
        self.add_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(self.add_button)
        menu.aboutToShow.connect(lambda: self._fill_menu(menu))
        self.add_button.setMenu(menu)
        self.clear_button = QPushButton("清除筛选(&X)")
        self.clear_button.setAccessibleName("清除筛选")
        self.clear_button.setProperty("part", "link")
        self.clear_button.clicked.connect(self.clear)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.SPACE_2)
        self._chips: list[QPushButton] = []
        chips = QWidget()
        self._flow = FlowLayout(chips, theme.SPACE_2)
        self._flow.addWidget(self.add_button)
        self._flow.addWidget(self.clear_button)
        self._row.addWidget(chips, 1)
        self._show_chips()

    def add_widget_left(self, widget: QWidget) -> None:
        """Put a widget of the page before the chips."""
        self._row.insertWidget(0, widget)

    def add_widget_right(self, widget: QWidget) -> None:
        """Put a widget of the page at the right end."""
        self._row.addWidget(widget)

    def set_conditions(self, where: Iterable[Condition], marks: Iterable[str] = ()) -> None:
        """Show these conditions without telling `changed` (a query from elsewhere)."""
        self.where, self.marks = tuple(where), frozenset(marks)
        self._show_chips()

    def replace(self, key: str, conditions: Iterable[Condition]) -> None:
        """The conditions of one column become these."""
        self.where = (*(one for one in self.where if one.key != key), *conditions)
        self._tell()

    def clear(self) -> None:
        """Take every condition away."""
        self.where, self.marks = (), frozenset()
        self._tell()

    def is_narrowed(self) -> bool:
        """Whether any condition holds."""
        return bool(self.where or self.marks)

    def filtered_keys(self) -> frozenset[str]:
        """The columns that have a condition."""
        return frozenset(one.key for one in self.where)

    def ask(self, key: str, corner: QPoint) -> FilterPopup:
        """Open the panel of a column's values at a place on the screen."""
        if self._popup is not None:
            self._popup.close_now(refocus=False)
            self._popup.deleteLater()
        others = tuple(one for one in self.where if one.key != key)
        base = self.fixed or Query(self._ledger)
        query = Query(self._ledger, text=base.text, where=(*base.where, *others), marks=base.marks | self.marks)
        mine = tuple(one for one in self.where if one.key == key)
        self._popup = FilterPopup(self._office, query, self._fields[key], mine, self.add_button)
        self._popup.chosen.connect(lambda conditions: self.replace(key, conditions))
        self._popup.show_under(corner)
        self._popup.first_field().setFocus()
        return self._popup

    def chip_texts(self) -> list[str]:
        """The conditions as they stand on the chips."""
        return [chip.text().removesuffix("  ×") for chip in self._chips]

    def _fill_menu(self, menu: QMenu) -> None:
        menu.clear()
        for mark in self._offered:
            menu.addAction(theme.MARK_LABELS[mark], lambda m=mark: self._add_mark(m))
        if self._offered:
            menu.addSeparator()
        for field in self._fields.values():
            menu.addAction(field.label, lambda k=field.key: self.ask(k, self._below(self.add_button)))

    def _below(self, widget: QWidget) -> QPoint:
        return widget.mapToGlobal(QPoint(0, widget.height() + 2))

    def _add_mark(self, mark: str) -> None:
        self.marks |= {mark}
        self._tell()

    def _tell(self) -> None:
        self._show_chips()
        self.changed.emit()

    def _show_chips(self) -> None:
        had_focus = any(chip.hasFocus() for chip in self._chips) or self.clear_button.hasFocus()
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        place = self._flow.indexOf(self.add_button)
        for mark in sorted(self.marks):
            self._add_chip(place, theme.MARK_LABELS.get(mark, mark), lambda m=mark: self._drop_mark(m))
            place += 1
        for key in dict.fromkeys(one.key for one in self.where):
            conditions = [one for one in self.where if one.key == key]
            self._add_chip(place, describe(self._fields[key], conditions), lambda k=key: self.replace(k, ()))
            place += 1
        self.clear_button.setVisible(len(self._chips) > 1)
        if had_focus:
            (self._chips[-1] if self._chips else self.add_button).setFocus()

    def _add_chip(self, place: int, text: str, drop: object) -> None:
        short = text if len(text) <= 24 else text[:23] + "…"
        chip = QPushButton(f"{short}  ×")
        chip.setProperty("part", "chip")
        chip.setAccessibleName(f"去掉条件：{text}")
        chip.setToolTip(f"{text}（点一下去掉）")
        chip.clicked.connect(drop)
        self._flow.insert_widget(place, chip)
        self._chips.append(chip)

    def _drop_mark(self, mark: str) -> None:
        self.marks -= {mark}
        self._tell()


def describe(field: Field, conditions: Iterable[Condition]) -> str:
    """Conditions of one column in words: 状态：已打印、草稿; 签订日期 ≥ 2026-03-01; 联系电话 未填."""
    words = []
    for one in conditions:
        shown = [field.choice_labels.get(value, value) or "未填" for value in one.value.split("\n")]
        if one.op == "=" and not one.value:
            words.append(" 未填")
        elif one.op in ("=", "in"):
            words.append(f"：{'、'.join(shown)}")
        elif not one.value:
            words.append(" 已填")
        else:
            words.append({"!=": " 不是 ", "~": " 含 ", ">=": " ≥ ", "<=": " ≤ "}[one.op] + shown[0])
    return field.label + "".join(words)
