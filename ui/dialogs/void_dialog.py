"""Ending an agreement before its time: void it, terminate it, or have it signed anew by another person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

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


class Ending(Enum):
    """The three ways: what each is called and not doing it, what follows, what its day means, an example of a reason."""

    VOID = (
        "作废",
        "不作废",
        "编号留在登记簿里，不再使用；单位重新算作未签，可以再起草。",
        "",
        "例如：名称打错，重新起草",
    )
    TERMINATE = ("提前终止", "不终止", "到这一天为止有效。用于停业、迁出等。", "终止日期", "例如：企业迁出")
    SUPERSEDE = (
        "换人重签",
        "不换人",
        "原责任书到前一天为止，同时起草一份新的，打印时取新编号。",
        "新责任书从哪天起",
        "可以不填，默认为负责人变更",
    )

    @property
    def verb(self) -> str:
        """What the clerk calls it."""
        return self.value[0]


@dataclass(frozen=True)
class EndOrder:
    """What the clerk decided; `on` and `by` only where the way asks for them."""

    ending: Ending
    ids: tuple[int, ...]
    reason: str
    on: date | None = None
    by: str | None = None


class VoidDialog(QDialog):
    """`decided` carries an EndOrder; the safe button is the default one."""

    decided = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        ending: Ending,
        ids: tuple[int, ...],
        names: list[str],
        today: date,
        principal: str = "",
    ) -> None:
        super().__init__(parent)
        self._ending, self._ids = ending, ids
        verb, keep, effect, day_label, example = ending.value
        self.setWindowTitle(f"{verb}责任书")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        many = f"这 {len(ids):,} 份" if len(ids) > 1 else "这份"
        head = QLabel(f"{verb}{many}责任书？")
        font = head.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        head.setFont(font)
        listed = "\n".join(names[:6]) + (f"\n…… 还有 {len(names) - 6:,} 份" if len(names) > 6 else "")
        self.on = DateEdit(today)
        self.on.set_day(today)
        self.on.setAccessibleName(day_label or "日期")
        self.on.setFixedWidth(180)
        self.by = QLineEdit(principal)
        self.by.setAccessibleName("新的负责人")
        self.by.setMaxLength(40)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("原因")
        self.reason.setMaxLength(200)
        self.reason.setPlaceholderText(example)
        self.problem = QLabel("")
        self.problem.setProperty("part", "problem")
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.hide()
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE_4)
        form.setVerticalSpacing(theme.SPACE_2)
        if day_label:
            form.addRow(day_label, self.on)
        if ending is Ending.SUPERSEDE:
            form.addRow("新的负责人", self.by)
        form.addRow("原因", self.reason)
        self.act_button = QPushButton(f"{verb}{many}(&V)")
        self.act_button.setAccessibleName(f"{verb}{many}")
        self.act_button.setAutoDefault(False)
        self.keep_button = QPushButton(f"{keep}(&N)")
        self.keep_button.setAccessibleName(keep)
        self.keep_button.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE_2)
        foot.addStretch(1)
        foot.addWidget(self.act_button)
        foot.addWidget(self.keep_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(head)
        for text in (listed, effect):
            label = QLabel(text)
            label.setProperty("part", "soft")
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addLayout(form)
        layout.addWidget(self.problem)
        layout.addSpacing(theme.SPACE_2)
        layout.addLayout(foot)
        self.setMinimumWidth(460)
        self.act_button.clicked.connect(self._on_act)
        self.keep_button.clicked.connect(self.reject)
        for edit in (self.reason, self.on):
            edit.textEdited.connect(lambda _: self.problem.hide())
        (self.on if day_label else self.reason).setFocus()

    def _on_act(self) -> None:
        reason, needs_day = self.reason.text().strip(), self._ending is not Ending.VOID
        day = self.on.day() if needs_day else None
        if needs_day and day is None:
            self._refuse(f"日期“{self.on.text()}”看不懂，请写成 2026-03-05。", self.on)
        elif not reason and self._ending is not Ending.SUPERSEDE:
            self._refuse(f"请写明{self._ending.verb}的原因，登记簿里要用。", self.reason)
        else:
            self.accept()
            self.decided.emit(EndOrder(self._ending, self._ids, reason, day, self.by.text().strip() or None))

    def _refuse(self, text: str, field: QLineEdit) -> None:
        self.problem.setText(text)
        self.problem.show()
        field.setFocus()
