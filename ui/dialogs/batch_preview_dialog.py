"""Look at all that a print would put on paper, and go to any unit of it by its number or name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from anjian_desktop.services.print_preview import PrintPreview
from ui import theme
from ui.dialogs.preview_dialog import PreviewDialog
from ui.keys import tab_first


class BatchPreviewDialog(PreviewDialog):
    """The pages of a PrintPreview that `make` opens off the window's thread."""

    def __init__(self, parent: QWidget | None, title: str, make: Callable[[], PrintPreview]) -> None:
        self._preview: PrintPreview | None = None

        def opened() -> PrintPreview:
            self._preview = make()
            return self._preview

        super().__init__(parent, title, opened)
        self.finder = QLineEdit()
        self.finder.setPlaceholderText("跳到：编号或单位名称，回车找下一个")
        self.finder.setAccessibleName("跳到编号或单位")
        self.finder.setClearButtonEnabled(True)
        self.finder.setFixedWidth(300)
        self.before_button = _flat("上一份")
        self.after_button = _flat("下一份")
        self.place = QLabel("")
        self.place.setTextFormat(Qt.TextFormat.PlainText)
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE_4, theme.SPACE_2, theme.SPACE_4, 0)
        head.setSpacing(theme.SPACE_2)
        head.addWidget(self.finder)
        head.addWidget(self.before_button)
        head.addWidget(self.after_button)
        head.addWidget(self.place, 1)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertLayout(0, head)
        tab_first(self, (self.finder, self.before_button, self.after_button))
        view = self.panel.view
        view.opened.connect(lambda _: self._tell())
        view.grown.connect(self._tell)
        view.page_changed.connect(lambda *_: self._tell())
        self.finder.textEdited.connect(lambda text: self._find(text, after=-1))
        self.finder.returnPressed.connect(lambda: self._find(self.finder.text(), after=self.position))
        self.before_button.clicked.connect(lambda: self._turn(-1))
        self.after_button.clicked.connect(lambda: self._turn(1))
        self._tell()

    @property
    def position(self) -> int:
        """Which agreement is looked at, from 0."""
        page = self.panel.view.current_page
        return self._preview.place(page - 1)[0] if self._preview is not None and page else 0

    def _find(self, text: str, *, after: int) -> None:
        if self._preview is None or not text.strip():
            self._tell()
        elif (found := self._preview.find(text, after)) is None:
            known = "没有" if self._preview.exact else "已排好的页里没有"
            self.place.setText(f"{known}“{text.strip()}”。")
        else:
            self._go_to(found)

    def _turn(self, by: int) -> None:
        self._go_to(self.position + by)

    def _go_to(self, position: int) -> None:
        if self._preview is not None and 0 <= position < len(self._preview.agreements):
            self.panel.view.go_to(self._preview.start(position) + 1)
            self._tell()

    def _tell(self) -> None:
        preview, page = self._preview, self.panel.view.current_page
        ready = preview is not None and page > 0
        self.finder.setEnabled(ready)
        if preview is None or not ready:
            self.before_button.setEnabled(False)
            self.after_button.setEnabled(False)
            return
        position, within = preview.place(page - 1)
        agreements = preview.agreements
        self.before_button.setEnabled(position > 0)
        self.after_button.setEnabled(position + 1 < len(agreements))
        if position < len(agreements):
            one = agreements[position]
            pages = preview.start(position + 1) - preview.start(position)
            self.place.setText(f"{one.number}　{one.unit}　第 {within + 1} 页，共 {pages} 页")
        if preview.exact:
            self.note.setText(f"共 {len(agreements):,} 份，{preview.count:,} 页，同打印出来的一样；还没有取编号。")
        else:
            self.note.setText(f"正在排版，约 {preview.count:,} 页…")


def _flat(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("part", "flat")
    button.setAccessibleName(text)
    button.setAutoDefault(False)
    return button
