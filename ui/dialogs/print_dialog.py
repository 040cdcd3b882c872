"""What to print, as what, and where to: with the counts of sheets and numbers before anything happens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from anjian_desktop.errors import Cancelled, UserError
from anjian_desktop.services.office import Office
from anjian_desktop.services.print_requests import PrintRequest
from anjian_desktop.services.printing import PrintPlan, plan_print
from ui import theme
from ui.dialogs.print_order import Choice, PrintOrder, plan_words
from ui.memory import WindowMemory
from ui.printing.backend import PrintBackend
from ui.printing.printer_choice import PrinterChoice
from ui.tasks import run_quiet
from ui.widgets.labels import soft_label
from ui.widgets.quiet_inputs import NumberField, QuietCombo

FORMATS = (("pdf", "PDF"), ("docx", "Word"), ("both", "PDF 和 Word"))
_START = "start"


class PrintDialog(QDialog):
    """`decided` carries a PrintOrder; `preview_asked` the request whose pages are to be looked at."""

    decided = Signal(object)
    preview_asked = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        office: Office,
        year: int,
        choices: Sequence[Choice],
        *,
        memory: WindowMemory,
        backend: PrintBackend,
        start: str = "",
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._year = year
        self._choices = choices
        self._memory = memory
        self._backend = backend
        self._newest = Event()
        self._plan: PrintPlan | None = None
        self.setWindowTitle(f"打印 {year} 年责任书")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build(start)
        self._connect()
        self._follow_target()
        self._count()

    # -- building ----------------------------------------------------------------------------------------------

    def _build(self, start: str) -> None:
        self.what = QButtonGroup(self)
        self.radios: dict[str, QRadioButton] = {}
        what = QVBoxLayout()
        what.setSpacing(theme.SPACE_1)
        for one in self._choices:
            what.addWidget(self._radio(one.key, one.label, self.what))
        self.start = QLineEdit(start)
        self.start.setPlaceholderText("例如 12")
        self.start.setAccessibleName("从哪个编号续打")
        self.start.setFixedWidth(160)
        resume = QHBoxLayout()
        resume.addWidget(self._radio(_START, "卡纸、缺纸后续打，从编号", self.what))
        resume.addWidget(self.start)
        resume.addStretch(1)
        what.addLayout(resume)
        first = _START if start or not self._choices else self._choices[0].key
        self.radios[first].setChecked(True)

        self.format = QuietCombo("文件格式", FORMATS)
        self.format.choose(self._memory.get("print_format", "pdf"))
        layouts = (("each", "每个单位一个文件，按村分文件夹"), ("merge", "合并成一个文件，按村排序"))
        self.layout_choice = QuietCombo("文件分合", layouts)
        self.layout_choice.choose(self._memory.get("print_layout", "merge"))
        self.separators = QCheckBox("每个村前加一张分隔页")
        self.separators.setAccessibleName("每个村前加一张分隔页")
        self.separators.setToolTip("写着村名、份数和编号，方便分堆；计入页数")
        self.separators.setChecked(bool(self._memory.get("print_separators", False)))
        shape = QHBoxLayout()
        shape.setSpacing(theme.SPACE_2)
        shape.addWidget(self.format)
        shape.addWidget(self.layout_choice, 1)

        self.copies = NumberField("每份打几份", 0, 20, 0)
        self.copies.setSpecialValueText("按责任书上的份数")
        self.copies.setFixedWidth(160)

        self.target = QButtonGroup(self)
        folder_radio = self._radio("folder", "保存到文件夹", self.target)
        printer_radio = self._radio("printer", "送到打印机，同时保存到上面的文件夹", self.target)
        folder_radio.setChecked(True)
        self.folder = QLineEdit(str(self._default_folder()))
        self.folder.setAccessibleName("文件夹")
        self.folder.setReadOnly(True)
        self.folder_button = QPushButton("选择…")
        self.folder_button.setAccessibleName("选择文件夹")
        self.folder_button.setAutoDefault(False)
        self.where = PrinterChoice(self._backend, self._memory)
        self.printer, self.tray, self.duplex = self.where.combo, self.where.tray, self.where.duplex
        self.printer_note = self.where.note
        where = QGridLayout()
        where.setHorizontalSpacing(theme.SPACE_2)
        where.setVerticalSpacing(theme.SPACE_1)
        where.addWidget(folder_radio, 0, 0, 1, 4)
        where.addWidget(self.folder, 1, 0, 1, 3)
        where.addWidget(self.folder_button, 1, 3)
        where.addWidget(printer_radio, 2, 0, 1, 4)
        where.addWidget(self.where, 3, 0, 1, 4)
        where.setColumnStretch(0, 1)

        self.summary = QLabel("")
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        self.remarks = soft_label("")
        card = QFrame()
        card.setProperty("part", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(theme.SPACE_3, theme.SPACE_2, theme.SPACE_3, theme.SPACE_2)
        inside.addWidget(self.summary)
        inside.addWidget(self.remarks)

        form = QGridLayout()
        form.setHorizontalSpacing(theme.SPACE_3)
        form.setVerticalSpacing(theme.SPACE_3)
        form.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QHBoxLayout | QVBoxLayout | QGridLayout | QWidget], ...] = (
            ("打印什么", what), ("文件", shape), ("", self.separators), ("份数", self.copies), ("送到", where),
        )  # fmt: skip
        for n, (label, content) in enumerate(rows):
            words = QLabel(label)
            words.setProperty("part", "soft")
            form.addWidget(words, n, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            if isinstance(content, QWidget):
                form.addWidget(content, n, 1, Qt.AlignmentFlag.AlignLeft)
            else:
                form.addLayout(content, n, 1)

        self.preview_button = QPushButton("预览(&V)")
        self.preview_button.setAccessibleName("预览")
        self.print_button = QPushButton("打印(&P)")
        self.print_button.setProperty("part", "primary")
        self.print_button.setDefault(True)
        self.keep_button = QPushButton("不打印(&N)")
        self.keep_button.setAccessibleName("不打印")
        for button in (self.preview_button, self.keep_button):
            button.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE_2)
        foot.addWidget(self.preview_button)
        foot.addStretch(1)
        foot.addWidget(self.print_button)
        foot.addWidget(self.keep_button)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_4)
        layout.addLayout(form)
        layout.addWidget(card)
        layout.addLayout(foot)
        self.setMinimumWidth(600)

    def _radio(self, key: str, label: str, group: QButtonGroup) -> QRadioButton:
        radio = QRadioButton(label)
        radio.setAccessibleName(label)
        group.addButton(radio)
        self.radios[key] = radio
        return radio

    def _connect(self) -> None:
        counted = (
            self.what.buttonClicked,
            self.target.buttonClicked,
            self.copies.valueChanged,
            self.separators.toggled,
        )
        for asked in counted:
            asked.connect(self._count)
        self.start.textEdited.connect(self._on_start_typed)
        for chosen in (self.layout_choice.currentIndexChanged, self.format.currentIndexChanged):
            chosen.connect(self._count)
            chosen.connect(self._follow_target)
        self.target.buttonClicked.connect(self._follow_target)
        self.where.changed.connect(self._on_printers)
        self.folder_button.clicked.connect(self._on_choose_folder)
        self.preview_button.clicked.connect(lambda: self.preview_asked.emit(self.request()))
        self.print_button.clicked.connect(self._on_print)
        self.keep_button.clicked.connect(self.reject)

    # -- what was chosen ---------------------------------------------------------------------------------------

    @property
    def to_printer(self) -> bool:
        """Whether the pages go to a printer after they were saved."""
        return self.radios["printer"].isChecked()

    def request(self) -> PrintRequest:
        """The request as it stands."""
        base = PrintRequest(
            year=self._year,
            out=Path(self.folder.text()),
            format=str(self.format.currentData()),
            merge=self.to_printer or self.layout_choice.currentData() == "merge",
            copies=self.copies.value() or None,
        )
        base = replace(base, separators=base.merge and self.separators.isChecked())
        if self.radios[_START].isChecked():
            return replace(base, start=self.start.text().strip())
        chosen = next(one for one in self._choices if self.radios[one.key].isChecked())
        return replace(base, ids=chosen.ids, kind=chosen.kind, again=chosen.again)

    def order(self) -> PrintOrder:
        """The request and, when pages go to a printer, which and how."""
        printer = self.where.chosen() if self.to_printer else None
        if printer is None:
            return PrintOrder(self.request())
        return PrintOrder(self.request(), printer, self.where.choices())

    def _default_folder(self) -> Path:
        kept = str(self._memory.get("print_folder", ""))
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(kept) if kept else Path(documents) / f"{self._year}年责任书"

    # -- counting ----------------------------------------------------------------------------------------------

    def _count(self) -> None:
        """Lay everything out in the background and say how many sheets it makes."""
        self._newest.set()
        self._newest = Event()
        self._plan = None
        if self.radios[_START].isChecked() and not self.start.text().strip():
            self._show_problem("请填写从哪个编号开始。")
            return
        self.summary.setText("正在计算页数…")
        self.remarks.hide()
        self._follow_plan()
        request, office, stale = self.request(), self._office, self._newest

        def step(done: int, total: int, name: str) -> None:
            if stale.is_set():
                raise Cancelled

        run_quiet(self, lambda: plan_print(office, request, step=step), self._on_plan, self._on_no_plan, key="plan")

    def _on_plan(self, plan: PrintPlan) -> None:
        self._plan = plan
        words, remarks = plan_words(plan)
        self.summary.setText(words)
        self.remarks.setText(remarks)
        self.remarks.setVisible(bool(remarks))
        self._follow_plan()

    def _on_no_plan(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._show_problem(str(error))

    def _show_problem(self, text: str) -> None:
        self.summary.setText(text)
        self.remarks.hide()
        self._follow_plan()

    def _follow_plan(self) -> None:
        many = self._plan.new + self._plan.again if self._plan else 0
        verb = "打印" if self.to_printer or self.format.currentData() == "pdf" else "生成"
        self.print_button.setText(f"{verb} {many:,} 份(&P)" if many else f"{verb}(&P)")
        self.print_button.setAccessibleName(self.print_button.text().removesuffix("(&P)"))
        self.print_button.setEnabled(bool(many) and (not self.to_printer or self.where.chosen() is not None))
        self.preview_button.setEnabled(not self.radios[_START].isChecked() or bool(self.start.text().strip()))

    # -- events ------------------------------------------------------------------------------------------------

    def _on_start_typed(self) -> None:
        self.radios[_START].setChecked(True)
        self._count()

    def _on_choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "把文件保存到哪个文件夹", self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _on_printers(self) -> None:
        if self.where.found_none:
            self.radios["folder"].setChecked(True)
        self._follow_target()

    def _follow_target(self) -> None:
        self.radios["printer"].setEnabled(not self.where.found_none)
        self.where.follow(used=self.to_printer)
        # Pages for a printer come as one pile in village order.
        self.layout_choice.setEnabled(not self.to_printer)
        self.format.setEnabled(not self.to_printer)
        self.separators.setEnabled(self.to_printer or self.layout_choice.currentData() == "merge")
        if self.to_printer:
            self.format.setCurrentIndex(0)
        self._follow_plan()

    def _on_print(self) -> None:
        if self._plan is None or not self.print_button.isEnabled():
            return
        order = self.order()
        self._memory.put("print_folder", self.folder.text())
        self._memory.put("print_separators", self.separators.isChecked())
        if order.printer is None:
            self._memory.put("print_format", order.request.format)
            self._memory.put("print_layout", self.layout_choice.currentData())
        else:
            self.where.remember()
        self.accept()
        self.decided.emit(order)

    def done(self, result: int) -> None:
        self._newest.set()
        super().done(result)
