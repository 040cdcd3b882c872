"""What restoring would change: the backup's contents beside the present, before anything is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme

if TYPE_CHECKING:  # comes with SQLAlchemy, which is loaded after the first paint
    from anjian_desktop.services.recovery import Preview


class RestoreDialog(QDialog):
    """Accepted by 恢复; Enter and Esc leave everything as it is."""

    def __init__(self, parent: QWidget | None, shown: Preview, labels: dict[str, str]) -> None:
        super().__init__(parent)
        self.setWindowTitle("恢复数据")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.restore_button = QPushButton("恢复这份数据(&H)")
        self.restore_button.setAccessibleName("恢复这份数据")
        self.keep_button = QPushButton("不恢复(&N)")
        self.keep_button.setAccessibleName("不恢复")
        self.restore_button.setAutoDefault(False)
        self.keep_button.setDefault(True)
        self.restore_button.clicked.connect(self.accept)
        self.keep_button.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_5, theme.SPACE_4, theme.SPACE_5, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(_label(f"这份备份已核对完好：{shown.contents.name}", larger=True))
        layout.addLayout(_figures(shown, labels))
        self.warnings = [_label(f"▲ {text}", part="problem") for text in _warnings(shown)]
        for warning in self.warnings:
            layout.addWidget(warning)
        kept = "恢复前的数据会先换下来保存，恢复错了可以在“备份与恢复”里换回来。" if shown.present else ""
        layout.addWidget(_label(kept or "现有的文件会先换下来保存，不会丢失。", part="soft"))
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE_2)
        foot.addStretch(1)
        foot.addWidget(self.restore_button)
        foot.addWidget(self.keep_button)
        layout.addLayout(foot)
        self.keep_button.setFocus()
        self.setMinimumWidth(520)


def _figures(shown: Preview, labels: dict[str, str]) -> QGridLayout:
    """A line for every ledger that holds something in either; what would become fewer stands in the colour of lateness."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.SPACE_5)
    grid.setVerticalSpacing(theme.SPACE_1)
    made = f"{shown.contents.made_at:%Y-%m-%d %H:%M}" if shown.contents.made_at else "拷贝的数据文件夹"
    present = shown.present
    lines = [
        ("", "备份", "现在"),
        ("时间", made, "—"),
        ("办公室", shown.contents.office, present.office if present else "—"),
    ]
    now = present.counts if present else {}
    for key in dict.fromkeys([*shown.contents.counts, *now]):
        there, here = shown.contents.counts.get(key, 0), now.get(key, 0)
        if there or here:
            lines.append((labels.get(key, key), f"{there:,}", f"{here:,}" if present else "—"))
    for row, texts in enumerate(lines):
        for column, text in enumerate(texts):
            label = _label(text, part="soft" if row == 0 or column == 0 else "")
            if column and row > 2:
                label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(label, row, column)
    grid.setColumnStretch(3, 1)
    return grid


def _warnings(shown: Preview) -> list[str]:
    said = []
    if shown.other_office and shown.present is not None:
        said.append(f"这份备份属于“{shown.contents.office}”，与现在的“{shown.present.office}”不是同一份数据。")
    if shown.present is not None and not shown.other_office and shown.present.entries > shown.contents.entries:
        said.append(
            f"备份之后还有 {shown.present.entries - shown.contents.entries:,} 次操作，恢复后这些内容就看不到了。"
        )
    if shown.missing:
        said.append(f"有 {len(shown.missing)} 个附件的文件不在，恢复后登记内容都在，文件要另找。")
    if shown.contents.chain_problem:
        said.append(f"备份里的{shown.contents.chain_problem}，内容可以恢复。")
    return said


def _label(text: str, *, part: str = "", larger: bool = False) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(larger or part in ("problem",) or len(text) > 40)
    if part:
        label.setProperty("part", part)
    if larger:
        font = label.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        label.setFont(font)
    return label
