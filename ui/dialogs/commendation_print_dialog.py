"""打印奖状 on stock with border and title on it: how far the words are moved, to a tenth of a millimetre, by printer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from anjian_desktop.services import commendations
from anjian_desktop.services.commendations import CommendationPlan, CommendationPreview
from anjian_desktop.services.office import Office
from anjian_desktop.services.progress import Step
from ui import theme
from ui.dialogs.paper_print_dialog import PaperPrintDialog, PlanWords, failed_words
from ui.memory import WindowMemory
from ui.printing.backend import PrintBackend, PrintChoices
from ui.widgets.labels import soft_label
from ui.widgets.quiet_inputs import Millimetres

_KEY = "commendation_offsets"
_NO_PRINTER = "（PDF）"


class CommendationPrintDialog(PaperPrintDialog):
    """The offset is remembered for each printer; a PDF alone has one of its own."""

    counter = "张"

    def __init__(
        self, parent: QWidget, office: Office, ids: Sequence[int], *, memory: WindowMemory, backend: PrintBackend
    ) -> None:
        self._office, self._ids, self._ready = office, tuple(ids), tuple(ids)
        super().__init__(parent, "打印奖状", "奖状", memory=memory, backend=backend)
        self.where.calibrate_button.hide()
        self._show_offset()
        self.where.changed.connect(self._show_offset)
        self.target.buttonClicked.connect(self._show_offset)
        self.count()

    def options(self, form: QGridLayout) -> None:
        self.right = Millimetres("文字向右移", 0)
        self.down = Millimetres("文字向下移", 0)
        line = QHBoxLayout()
        line.setSpacing(theme.SPACE_2)
        for words, field in (("向右", self.right), ("向下", self.down)):
            line.addWidget(QLabel(words))
            field.setToolTip("向左、向上写负数")
            line.addWidget(field)
        line.addStretch(1)
        self.add_row(form, "文字移动", line)
        told = soft_label(
            "只印奖状纸上没有的字。先在白纸上印一张，和奖状纸叠着对光看：\n"
            "偏多少移多少，向左、向上写负数；每台打印机各记各的。"
        )
        told.setWordWrap(False)
        self.add_row(form, "", told)
        self.trial_button = QPushButton("在白纸上试印第一张(&T)")
        self.trial_button.setAccessibleName("在白纸上试印第一张")
        self.trial_button.setAutoDefault(False)
        self.trial_button.setToolTip("送到打印机，不取编号，不算发出")
        self.add_row(form, "", self.trial_button)

    @property
    def offset(self) -> tuple[int, int]:
        """Right and down, in tenths of a millimetre."""
        return round(self.right.value() * 10), round(self.down.value() * 10)

    @property
    def ready(self) -> tuple[int, ...]:
        """Those that can be printed."""
        return self._ready

    def plan(self, step: Step) -> PlanWords:
        plan = commendations.plan(self._office, self._ids, step=step)
        self._ready = plan.ready
        return PlanWords(len(plan.ready), _words(plan), failed_words(plan.failed, "张"))

    def pages(self) -> CommendationPreview:
        return CommendationPreview(self._office, self._ready)

    def choices(self) -> PrintChoices:
        return replace(super().choices(), offset=self.offset)

    def follow(self) -> None:
        super().follow()
        self.trial_button.setEnabled(self.to_printer.isChecked() and self.print_button.isEnabled())

    def print(self) -> None:
        self.keep_offset()
        super().print()

    def keep_offset(self) -> None:
        """Remember the offset of the chosen printer."""
        kept = self._memory.get(_KEY, {})
        self._memory.put(_KEY, {**kept, self._place(): list(self.offset)})

    def _place(self) -> str:
        printer = self.where.chosen() if self.to_printer.isChecked() else None
        return printer.name if printer is not None else _NO_PRINTER

    def _show_offset(self) -> None:
        right, down = kept_offset(self._memory, self._place())
        self.right.setValue(right / 10)
        self.down.setValue(down / 10)


def kept_offset(memory: WindowMemory, printer: str) -> tuple[int, int]:
    """How far the words are moved on this printer, in tenths of a millimetre."""
    kept = memory.get(_KEY, {}).get(printer)
    if isinstance(kept, list) and len(kept) == 2 and all(isinstance(one, int) for one in kept):
        return kept[0], kept[1]
    return 0, 0


def _words(plan: CommendationPlan) -> str:
    if not plan.ready:
        return "没有可以打印的奖状。"
    numbers = plan.first_number if len(plan.ready) == 1 else f"{plan.first_number} 至 {plan.last_number}"
    words = f"{len(plan.ready):,} 张，单面，编号 {numbers}。"
    if plan.new:
        words += f"\n{plan.new:,} 张现在取编号；打印以后内容不再改动。"
    if plan.again:
        words += f"\n{plan.again:,} 张以前印过，编号不变，注明“补发”。"
    return words
