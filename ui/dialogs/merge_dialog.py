"""Two rows of one unit: which of them stays, and for every field that differs whose value."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from anjian_desktop.services import merging_units
from anjian_desktop.services.merging_units import Differing, MergePreview
from anjian_desktop.services.office import Office
from ui import theme
from ui.tasks import run_quiet
from ui.widgets.labels import soft_label

_EMPTY = "（空着）"


@dataclass(frozen=True)
class MergeOrder:
    """What the clerk decided: who stays, who goes into it, the fields taken from the other, those left empty."""

    keep_id: int
    other_id: int
    take: tuple[str, ...]
    leave: tuple[str, ...]


class MergeDialog(QDialog):
    """`decided` carries a MergeOrder. The first of the two is kept unless the clerk chooses the other."""

    decided = Signal(object)

    def __init__(self, parent: QWidget, office: Office, units: tuple[tuple[int, str], tuple[int, str]]) -> None:
        super().__init__(parent)
        self._office, self._units = office, units
        self._seen: MergePreview | None = None
        self.choices: dict[str, tuple[QRadioButton, QRadioButton]] = {}
        self.setWindowTitle("合并重复单位")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.keep = QButtonGroup(self)
        stays = QHBoxLayout()
        stays.setSpacing(theme.SPACE_4)
        stays.addWidget(QLabel("保留哪一家"))
        for number, (_, name) in enumerate(units):
            radio = QRadioButton(name)
            radio.setAccessibleName(f"保留 {name}")
            radio.setChecked(number == 0)
            self.keep.addButton(radio, number)
            stays.addWidget(radio)
        stays.addStretch(1)
        self.scroll = QScrollArea(widgetResizable=True)
        self.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.moves = soft_label("")
        self.problem = QLabel()
        self.problem.setProperty("part", "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.merge_button = QPushButton("合并(&M)")
        self.merge_button.setAccessibleName("合并")
        self.merge_button.setProperty("part", "primary")
        self.merge_button.setAutoDefault(False)
        self.merge_button.setEnabled(False)
        self.keep_button = QPushButton("不合并(&N)")
        self.keep_button.setAccessibleName("不合并")
        self.keep_button.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE_2)
        foot.addStretch(1)
        foot.addWidget(self.merge_button)
        foot.addWidget(self.keep_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_3)
        layout.addLayout(stays)
        layout.addWidget(self.scroll, 1)
        layout.addWidget(self.moves)
        layout.addWidget(self.problem)
        layout.addLayout(foot)
        self.resize(760, 520)
        self.keep.idToggled.connect(lambda _number, on: on and self._load())
        self.merge_button.clicked.connect(self._on_merge)
        self.keep_button.clicked.connect(self.reject)
        self._load()

    def _load(self) -> None:
        office, first = self._office, self.keep.checkedId()
        keep, other = self._units[first][0], self._units[1 - first][0]
        self.merge_button.setEnabled(False)
        run_quiet(self, lambda: merging_units.preview_merge(office, keep, other), self._show, key="preview")

    def _show(self, seen: MergePreview) -> None:
        self._seen = seen
        self.choices = {}
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(theme.SPACE_3, theme.SPACE_2, theme.SPACE_3, theme.SPACE_2)
        grid.setHorizontalSpacing(theme.SPACE_4)
        grid.setVerticalSpacing(theme.SPACE_1)
        for column, words in enumerate(("项目", f"“{seen.kept_name}”的", f"“{seen.other_name}”的")):
            heading = QLabel(words)
            heading.setProperty("part", "soft")
            heading.setWordWrap(True)
            grid.addWidget(heading, 0, column)
        for number, one in enumerate(seen.choices, start=1):
            label = QLabel(one.label)
            label.setProperty("part", "soft")
            grid.addWidget(label, number, 0)
            for column, radio in enumerate(self._pair(one), start=1):
                grid.addWidget(radio, number, column)
        grid.setRowStretch(len(seen.choices) + 1, 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        self.scroll.setWidget(inside)
        brought = "、".join(f"{label} {count} 条" for label, count in seen.moves)
        alike = "" if seen.choices else "两家填的都一样。"
        self.moves.setText(
            f"{alike}{f'一起带过来：{brought}。' if brought else ''}“{seen.other_name}”移到回收站，以后可以撤销合并。"
        )
        told = f"{seen.conflicts[0]}请先作废其中一份，再合并。" if seen.conflicts else ""
        self.problem.setText(told)
        self.problem.setVisible(bool(told))
        self.merge_button.setEnabled(not told)

    def _pair(self, one: Differing) -> tuple[QRadioButton, QRadioButton]:
        """What the kept one has stays, unless it has nothing."""
        group = QButtonGroup(self)
        made = []
        for words, whose, checked in ((one.kept, "保留方", bool(one.kept)), (one.other, "被并入方", not one.kept)):
            radio = QRadioButton(words or _EMPTY)
            radio.setAccessibleName(f"{one.label}用{whose}的：{words or '空着'}")
            radio.setToolTip(words)
            radio.setChecked(checked)
            group.addButton(radio)
            made.append(radio)
        self.choices[one.key] = (made[0], made[1])
        return made[0], made[1]

    def _on_merge(self) -> None:
        seen = self._seen
        if seen is None:
            return
        lacking = {one.key for one in seen.choices if not one.kept}
        theirs = {key for key, (_, other) in self.choices.items() if other.isChecked()}
        order = MergeOrder(
            seen.kept_id, seen.other_id, tuple(sorted(theirs - lacking)), tuple(sorted(lacking - theirs))
        )
        self.accept()
        self.decided.emit(order)
