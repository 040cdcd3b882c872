"""The head of the agreements page: year, kind, and the acts; one of them is what the year asks for now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton

from anjian_desktop.domain.agreements import KINDS
from ui import theme
from ui.icons import icon
from ui.navigation import PageHead
from ui.widgets.buttons import menu_button
from ui.widgets.quiet_inputs import QuietCombo

_ACTS = {
    "draft": ("起草", "D", "给还没有责任书的单位起草"),
    "print": ("打印…", "P", "打印草稿，或重打选中的（Ctrl+P）"),
    "sign": ("登记签订", "S", "登记选中的已经签回来"),
    "file": ("归档扫描件", "G", "把扫描回来的 PDF、图片按每页的页码标识归到责任书和签到表"),
}


class AgreementsHead(PageHead):
    """`chosen` after another year or kind; `asked` carries draft, print, sign or file; `more` is the menu to fill."""

    chosen = Signal()
    asked = Signal(str)

    def __init__(self, title: str, year: int) -> None:
        super().__init__(title)
        self.year = QuietCombo("年度")
        self.kind = QuietCombo("类别", (("", "全部类别"), *((one.code, one.label) for one in KINDS.values())))
        self.show_years((year,), year)
        self.add_left(self.year)
        self.add_left(self.kind)
        self.buttons: dict[str, QPushButton] = {}
        for act, (words, key, tip) in _ACTS.items():
            button = QPushButton(f"{words}(&{key})")
            button.setAccessibleName(words.rstrip("…"))
            button.setToolTip(tip)
            button.setIcon(icon(act))
            button.setIconSize(QSize(theme.ICON, theme.ICON))
            button.clicked.connect(lambda _=False, a=act: self.asked.emit(a))
            self.buttons[act] = button
            self.add_action(button)
        self.more_button = menu_button("更多(&M)", "more", "更多操作", part="button")
        self.more = QMenu(self.more_button)
        self.more_button.setMenu(self.more)
        self.add_action(self.more_button)
        self.year.activated.connect(lambda _: self.chosen.emit())
        self.kind.activated.connect(lambda _: self.chosen.emit())

    @property
    def chosen_year(self) -> int:
        """The year shown."""
        return int(self.year.currentData())

    @property
    def chosen_kind(self) -> str:
        """The kind shown, empty for all."""
        return str(self.kind.currentData())

    def show_years(self, years: Sequence[int], chosen: int) -> None:
        """Offer these years, the newest first."""
        wanted = sorted({*years, chosen}, reverse=True)
        if [self.year.itemData(n) for n in range(self.year.count())] != wanted:
            self.year.clear()
            for year in wanted:
                self.year.addItem(f"{year} 年度", year)
        self.year.setCurrentIndex(self.year.findData(chosen))

    def show_kind(self, kind: str) -> None:
        """Choose a kind, all when it is empty or unknown."""
        self.kind.choose(kind)

    def count(self, act: str, many: int) -> None:
        """Say how many an act would touch; 0 says only its name."""
        words, key, _ = _ACTS[act]
        dots = "…" if words.endswith("…") else ""
        shown = f"{words.rstrip('…')} {many:,} 份{dots}" if many else words
        self.buttons[act].setText(f"{shown}(&{key})")
        self.buttons[act].setAccessibleName(shown.rstrip("…"))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Pictures give way to words where the largest letters leave no room for both."""
        layout = self.layout()
        if layout is None:
            return
        for act, button in self.buttons.items():
            button.setIcon(icon(act, theme.ACCENT_INK) if button.property("part") else icon(act))
        layout.invalidate()
        if layout.sizeHint().width() > self.width():
            for button in self.buttons.values():
                button.setIcon(QIcon())

    def mark_primary(self, primary: str) -> None:
        """One act stands out; none when empty (the page itself offers the first step)."""
        for act, button in self.buttons.items():
            part = "primary" if act == primary else ""
            if button.property("part") != part:
                theme.set_part(button, part)
        self._fit()
