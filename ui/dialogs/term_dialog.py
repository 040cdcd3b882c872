"""A term of office or a name with its days: noted, put right, or begun anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.widgets.date_edit import DateEdit
from ui.widgets.labels import soft_label
from ui.widgets.quiet_inputs import QuietCombo


@dataclass(frozen=True)
class TermTyped:
    """What was typed; what the dialog did not ask for is empty."""

    role: str = ""
    name: str = ""
    phone: str = ""
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True)
class Asked:
    """What the dialog asks for: labels of the fields it shows (None: not shown) and what stands in them at first."""

    title: str
    act: str
    keep: str
    note: str = ""
    roles: Sequence[tuple[str, str]] = ()
    name: str | None = None
    phone: str | None = None
    from_on: str | None = None
    to_on: str | None = None
    begin: TermTyped = TermTyped()
    shown_phone: str = ""
    """The phone that stays unless another is typed, masked."""
    from_needed: bool = False


class TermDialog(QDialog):
    """`decided` carries a TermTyped; the dialog stays until `accept`, so that a refusal can be put right."""

    decided = Signal(object)

    def __init__(self, parent: QWidget, asked: Asked, today: date) -> None:
        super().__init__(parent)
        self._asked = asked
        self.setWindowTitle(asked.title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.role = QuietCombo("职责", asked.roles)
        self.role.choose(asked.begin.role)
        self.name = self._line(asked.name or "", asked.begin.name, 60)
        self.phone = self._line(asked.phone or "", asked.begin.phone, 60)
        if asked.shown_phone:
            self.phone.setPlaceholderText(f"空着就不改：{asked.shown_phone}")
        self.from_on = self._day(asked.from_on or "", asked.begin.from_on, today)
        self.to_on = self._day(asked.to_on or "", asked.begin.to_on, today)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE_4)
        form.setVerticalSpacing(theme.SPACE_2)
        rows: tuple[tuple[str | None, QWidget], ...] = (
            ("职责" if asked.roles else None, self.role),
            (asked.name, self.name),
            (asked.phone, self.phone),
            (asked.from_on, self.from_on),
            (asked.to_on, self.to_on),
        )
        for label, widget in rows:
            if label is None:
                widget.setParent(self)
                widget.hide()
            else:
                form.addRow(label, widget)
        self.problem = QLabel("")
        self.problem.setProperty("part", "problem")
        self.problem.setWordWrap(True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.hide()
        self.act_button = QPushButton(asked.act)
        self.act_button.setAccessibleName(asked.act.split("(&")[0])
        self.act_button.setProperty("part", "primary")
        self.act_button.setDefault(True)
        self.keep_button = QPushButton(asked.keep)
        self.keep_button.setAccessibleName(asked.keep.split("(&")[0])
        self.keep_button.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE_2)
        foot.addStretch(1)
        foot.addWidget(self.act_button)
        foot.addWidget(self.keep_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_3)
        if asked.note:
            layout.addWidget(soft_label(asked.note))
        layout.addLayout(form)
        layout.addWidget(self.problem)
        layout.addLayout(foot)
        self.setMinimumWidth(420)
        self.act_button.clicked.connect(self._on_act)
        self.keep_button.clicked.connect(self.reject)

    def show_problem(self, text: str) -> None:
        """Why it was refused; the dialog stays as it is."""
        self.problem.setText(f"▲ {text}")
        self.problem.show()

    def _line(self, name: str, text: str, longest: int) -> QLineEdit:
        line = QLineEdit(text)
        line.setAccessibleName(name)
        line.setMaxLength(longest)
        return line

    def _day(self, name: str, day: date | None, today: date) -> DateEdit:
        edit = DateEdit(today)
        edit.setAccessibleName(name)
        edit.set_day(day)
        return edit

    def _on_act(self) -> None:
        for label, edit, needed in (
            (self._asked.from_on, self.from_on, self._asked.from_needed),
            (self._asked.to_on, self.to_on, True),
        ):
            edit.write_out()
            if label is not None and edit.day() is None and (edit.text().strip() or needed):
                typed = edit.text().strip()
                self.show_problem(f"“{typed}”看不懂，请写成 2026-03-05。" if typed else f"请填{label}。")
                edit.setFocus()
                return
        self.problem.hide()
        self.decided.emit(
            TermTyped(
                str(self.role.currentData() or ""),
                self.name.text().strip(),
                self.phone.text().strip(),
                self.from_on.day(),
                self.to_on.day(),
            )
        )
