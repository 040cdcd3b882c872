"""打印证书: A4 or cards, from which place of a card sheet on, with or without crop marks; missing photos told before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from anjian_desktop.services import certificate_prints
from anjian_desktop.services.certificate_prints import CertificateOrder, CertificatePlan, CertificatePreview
from anjian_desktop.services.office import Office
from anjian_desktop.services.progress import Step
from ui import theme
from ui.dialogs.paper_print_dialog import PaperPrintDialog, PlanWords, failed_words
from ui.memory import WindowMemory
from ui.printing.backend import PrintBackend
from ui.widgets.card_sheet import CardSheet

_NAMED = 6
"""Names told of those without a photo."""


class CertificatePrintDialog(PaperPrintDialog):
    """What the clerk chose is in `order()`."""

    def __init__(
        self,
        parent: QWidget,
        office: Office,
        ids: Sequence[int],
        *,
        memory: WindowMemory,
        backend: PrintBackend,
        cards: bool = False,
    ) -> None:
        self._office, self._ids, self._ready = office, tuple(ids), tuple(ids)
        self._start_with_cards = cards
        super().__init__(parent, "打印证书", "证书", memory=memory, backend=backend)
        self._on_form()

    def options(self, form: QGridLayout) -> None:
        self.form = QButtonGroup(self)
        self.a4 = self.radio("A4 证书", self.form)
        self.cards = self.radio("卡片（85.5 × 54 毫米，一张 A4 十张）", self.form)
        (self.cards if self._start_with_cards else self.a4).setChecked(True)
        forms = QHBoxLayout()
        forms.setSpacing(theme.SPACE_4)
        forms.addWidget(self.a4)
        forms.addWidget(self.cards)
        forms.addStretch(1)
        self.add_row(form, "印成", forms)
        self.sheet = CardSheet()
        self.crop_marks = QCheckBox("印裁切线")
        self.crop_marks.setAccessibleName("印裁切线")
        self.crop_marks.setChecked(bool(self._memory.get("card_crop_marks", True)))
        self.crop_marks.setToolTip("已经切好口的卡片纸不要裁切线")
        told = QLabel("第一张纸用过一部分时，\n点第一个空位置。")
        told.setProperty("part", "soft")
        beside = QVBoxLayout()
        beside.addWidget(told)
        beside.addWidget(self.crop_marks)
        beside.addStretch(1)
        self.card_part = QWidget()
        line = QHBoxLayout(self.card_part)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.SPACE_3)
        line.addWidget(self.sheet, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(beside)
        self.add_row(form, "", self.card_part)
        self.form.buttonClicked.connect(self._on_form)
        self.sheet.start_changed.connect(lambda _: self.count())
        self.crop_marks.toggled.connect(self._on_marks)

    def order(self) -> CertificateOrder:
        """What is printed: everything chosen that can be."""
        return CertificateOrder(
            self._ids,
            self.cards.isChecked(),
            self.sheet.start if self.cards.isChecked() else 1,
            self.crop_marks.isChecked(),
        )

    def plan(self, step: Step) -> PlanWords:
        order = self._asked
        plan = certificate_prints.plan_certificates(self._office, order, step=step)
        self._ready = plan.ready
        return PlanWords(len(plan.ready), _words(plan, order), _remarks(plan))

    def pages(self) -> CertificatePreview:
        return CertificatePreview(self._office, replace(self._asked, ids=self._ready))

    def count(self) -> None:
        self._asked = self.order()
        super().count()

    def _on_plan(self, told: PlanWords) -> None:
        self.sheet.set_count(told.ready)
        super()._on_plan(told)

    def _on_form(self) -> None:
        self.landscape = not self.cards.isChecked()
        self.card_part.setVisible(self.cards.isChecked())
        self.fit()
        self.count()

    def _on_marks(self, shown: bool) -> None:
        self._memory.put("card_crop_marks", shown)
        self.count()


def _words(plan: CertificatePlan, order: CertificateOrder) -> str:
    if not plan.ready:
        return "没有可以打印的证书。"
    numbers = plan.first_number if len(plan.ready) == 1 else f"{plan.first_number} 至 {plan.last_number}"
    words = f"{len(plan.ready):,} 本，{plan.pages:,} 张 A4 纸，单面。\n编号 {numbers}。"
    if plan.again:
        words += f"\n其中 {plan.again:,} 本以前印过{'卡片' if order.cards else ''}，编号不变，注明“补发”。"
    return words


def _remarks(plan: CertificatePlan) -> tuple[str, ...]:
    remarks = failed_words(plan.failed, "本")
    if plan.without_photo:
        names = "、".join(name for _, name in plan.without_photo[:_NAMED])
        more = " 等" if len(plan.without_photo) > _NAMED else ""
        remarks += (
            f"▲ {len(plan.without_photo):,} 本没有照片（{names}{more}），照片的地方留空。先给他们存照片，再来打印。",
        )
    return remarks
