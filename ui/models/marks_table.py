"""The grid of marks of one class: a row a person; marks are typed, 缺考 is ticked, nothing is stored before 保存."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from anjian_desktop.domain.identity import mask_identity_number
from anjian_desktop.services.sessions import Participant
from ui import theme

_Index = QModelIndex | QPersistentModelIndex
HEADINGS = ("序号", "姓名", "证件号码", "企业名称", "岗位", "成绩", "结果")
MARK, RESULT = 5, 6
ABSENT = "缺考"
_WORDS = {"合格", "不合格", ABSENT}


class MarksTableModel(QAbstractTableModel):
    """`typed_changed` after every change; `typed()` gives what differs from the store."""

    typed_changed = Signal()

    def __init__(self, pass_mark: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.people: list[Participant] = []
        self._pass_mark = pass_mark
        self._typed: dict[int, str] = {}
        self._wrong: set[int] = set()

    def show(self, people: Sequence[Participant]) -> None:
        """Show the class as it is stored; what was typed and not saved is forgotten."""
        self.beginResetModel()
        self.people = list(people)
        self._typed, self._wrong = {}, set()
        self.endResetModel()
        self.typed_changed.emit()

    def typed(self) -> dict[int, dict[str, str]]:
        """Results to store: record -> {key: text as typed}."""
        found: dict[int, dict[str, str]] = {}
        for record_id, text in self._typed.items():
            if text == ABSENT:
                found[record_id] = {"score": "", "passed": "", "absent": "是"}
            elif text in _WORDS:
                found[record_id] = {"score": "", "passed": "是" if text == "合格" else "否", "absent": ""}
            else:
                found[record_id] = {"score": text, "passed": "", "absent": ""}
        return found

    def paste(self, row: int, text: str) -> int:
        """Marks copied from a spreadsheet: by name where every line names one person of the class, else downwards from
        `row`; how many were taken."""
        lines = [[cell.strip() for cell in line.split("\t")] for line in text.splitlines() if line.strip()]
        names = [one.name for one in self.people]
        places = [
            next((names.index(cell) for cell in line if names.count(cell) == 1), -1) if len(line) > 1 else -1
            for line in lines
        ]
        if -1 in places:
            places = list(range(row, row + len(lines)))
        taken = 0
        for place, line in zip(places, lines, strict=True):
            if place < len(self.people):
                taken += self.setData(self.index(place, MARK), next((cell for cell in reversed(line) if cell), ""))
        return taken

    @property
    def wrong(self) -> int:
        """How many cells hold what is no mark."""
        return len(self._wrong)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self.people)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADINGS)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsEditable if index.column() == MARK else found

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        one = self.people[index.row()]
        column = index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(index.row(), one, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{HEADINGS[column]}：{self._text(index.row(), one, column) or '空'}"
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (0, MARK):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and column == RESULT:
            return QColor(theme.TONES["late" if one.record_id in self._wrong else self._tone(one)].colour)
        if role == Qt.ItemDataRole.BackgroundRole and column == MARK:
            if one.record_id in self._wrong:
                return QColor(theme.LATE_PALE)
            return QColor(theme.DUE_PALE) if one.record_id in self._typed else None
        if role == Qt.ItemDataRole.ToolTipRole and column == MARK:
            wrong = one.record_id in self._wrong
            return (
                "这不是成绩：写 0 到 1000 的数，或 合格、不合格、缺考"
                if wrong
                else "写分数，或 合格、不合格、缺考；回车到下一人"
            )
        return None

    def setData(self, index: _Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() != MARK:
            return False
        one = self.people[index.row()]
        text = str(value or "").strip()
        if text == self._mark(one):
            self._typed.pop(one.record_id, None)
            self._wrong.discard(one.record_id)
        else:
            self._typed[one.record_id] = text
            if text and text not in _WORDS and self._number(text) is None:
                self._wrong.add(one.record_id)
            else:
                self._wrong.discard(one.record_id)
        self.dataChanged.emit(self.index(index.row(), MARK), self.index(index.row(), RESULT))
        self.typed_changed.emit()
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return HEADINGS[section] if orientation is Qt.Orientation.Horizontal else str(section + 1)

    def _text(self, row: int, one: Participant, column: int) -> str:
        if column == MARK:
            return self._typed.get(one.record_id, self._mark(one))
        if column == RESULT:
            tone = self._tone(one)
            if one.record_id in self._wrong:
                return f"{theme.TONES['late'].shape} 不是成绩"
            word = {"ok": "合格", "late": "不合格", "due": ABSENT, "off": ""}[tone]
            return f"{theme.TONES[tone].shape} {word}" if word else ""
        return (str(row + 1), one.name, mask_identity_number(one.identity_number), one.enterprise, one.post)[column]

    def _mark(self, one: Participant) -> str:
        """What the store holds, as it would be typed."""
        if one.absent:
            return ABSENT
        if one.score is not None:
            return f"{one.score.normalize():f}"
        return "" if one.passed is None else "合格" if one.passed else "不合格"

    def _tone(self, one: Participant) -> str:
        text = self._typed.get(one.record_id)
        if text is None:
            return "due" if one.absent else "off" if one.passed is None else "ok" if one.passed else "late"
        if text in _WORDS:
            return {"合格": "ok", "不合格": "late", ABSENT: "due"}[text]
        number = self._number(text)
        return "off" if number is None else "ok" if number >= self._pass_mark else "late"

    @staticmethod
    def _number(text: str) -> Decimal | None:
        try:
            number = Decimal(text)
        except ArithmeticError:
            return None
        return number if number.is_finite() and 0 <= number <= 1000 else None
