"""Who signed, and when: for one agreement or a pile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
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

_LISTED = 6


@dataclass(frozen=True)
class ToSign:
    """One agreement about to be registered: as it is called, its unit, who should have signed."""

    id: int
    number: str
    unit: str
    principal: str


@dataclass(frozen=True)
class SignOrder:
    """What the clerk decided; `by` None takes each agreement's own principal."""

    ids: tuple[int, ...]
    on: date
    by: str | None = None
    scan: Path | None = None


class SignDialog(QDialog):
    """`decided` carries a SignOrder."""

    decided = Signal(object)

    def __init__(self, parent: QWidget | None, agreements: tuple[ToSign, ...], today: date) -> None:
        super().__init__(parent)
        self._agreements = agreements
        self._today = today
        self._scan: Path | None = None
        many = len(agreements)
        self.setWindowTitle("登记签订")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.what = QLabel("\n".join(_lines(agreements)))
        self.what.setTextFormat(Qt.TextFormat.PlainText)
        self.what.setProperty("part", "soft")
        self.on = DateEdit(today)
        self.on.set_day(today)
        self.on.setAccessibleName("签订日期")
        self.on.setFixedWidth(180)
        self.problem = QLabel("")
        self.problem.setProperty("part", "problem")
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.hide()
        self.by = QLineEdit()
        self.by.setAccessibleName("签订人")
        self.by.setMaxLength(40)
        one = agreements[0].principal if many == 1 else ""
        self.by.setPlaceholderText(one if one else "各份责任书上的负责人")
        self.by.setToolTip("空着时就是责任书上的负责人；由别人代签时写代签人")
        self.scan_name = QLabel("没有选（可以以后再归档）")
        self.scan_name.setProperty("part", "soft")
        self.scan_name.setTextFormat(Qt.TextFormat.PlainText)
        self.scan_button = QPushButton("选扫描件…")
        self.scan_button.setAccessibleName("选扫描件")
        self.scan_button.setAutoDefault(False)
        self._build(many)
        self.on.textEdited.connect(lambda _: self.problem.hide())
        self.scan_button.clicked.connect(self._on_scan)
        self.sign_button.clicked.connect(self._on_sign)
        self.keep_button.clicked.connect(self.reject)
        self.on.setFocus()
        self.on.selectAll()

    def _build(self, many: int) -> None:
        head = QLabel(f"登记 {many:,} 份责任书已经签订")
        font = head.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        head.setFont(font)
        day = QVBoxLayout()
        day.setSpacing(2)
        day.addWidget(self.on)
        day.addWidget(self.problem)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE_4)
        form.setVerticalSpacing(theme.SPACE_2)
        form.addRow("签订日期", day)
        form.addRow("签订人", self.by)
        if many == 1:
            scan = QHBoxLayout()
            scan.setSpacing(theme.SPACE_2)
            scan.addWidget(self.scan_button)
            scan.addWidget(self.scan_name, 1)
            form.addRow("扫描件", scan)
        self.sign_button = QPushButton(f"登记签订 {many:,} 份(&S)" if many > 1 else "登记签订(&S)")
        self.sign_button.setAccessibleName(self.sign_button.text().removesuffix("(&S)"))
        self.sign_button.setProperty("part", "primary")
        self.sign_button.setDefault(True)
        self.keep_button = QPushButton("不登记(&N)")
        self.keep_button.setAccessibleName("不登记")
        self.keep_button.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE_2)
        foot.addStretch(1)
        foot.addWidget(self.sign_button)
        foot.addWidget(self.keep_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(head)
        layout.addWidget(self.what)
        layout.addLayout(form)
        layout.addSpacing(theme.SPACE_2)
        layout.addLayout(foot)
        self.setMinimumWidth(460)

    def _on_scan(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "选择这份责任书的扫描件", "", "扫描件 (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"
        )
        if name:
            self._scan = Path(name)
            self.scan_name.setText(f"{self._scan.name}，登记后就算已归档")

    def _on_sign(self) -> None:
        self.on.write_out()
        day = self.on.day()
        if day is None or day > self._today:
            text = self.on.text()
            self.problem.setText(
                "请填写签订日期。"
                if not text
                else "签订日期不能晚于今天。"
                if day
                else f"“{text}”看不懂，请写成 2026-03-05。"
            )
            self.problem.show()
            self.on.setFocus()
            return
        order = SignOrder(tuple(one.id for one in self._agreements), day, self.by.text().strip() or None, self._scan)
        self.accept()
        self.decided.emit(order)


def _lines(agreements: tuple[ToSign, ...]) -> list[str]:
    """The first few by number and unit, then how many more."""
    lines = [f"{one.number or '（草稿）'}　{one.unit}" for one in agreements[:_LISTED]]
    if len(agreements) > _LISTED:
        lines.append(f"…… 还有 {len(agreements) - _LISTED:,} 份")
    return lines
