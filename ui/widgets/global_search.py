"""The search at the top: hits of every ledger drop down while typing, Enter opens the best."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from ui.tasks import run_quiet
from ui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from anjian_desktop.services.search import SearchResult, SearchRow
    from ui.widgets.search_hits import Hits

LIMIT = 20


class GlobalSearch(SearchBox):
    """`chosen(ledger, id)` when a hit is opened. `connect_to` gives it the store once that is open."""

    chosen = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("搜企业、人员、编号…  Ctrl+F", "搜索", parent)
        self.setToolTip("企业、村居、部门、责任书：名称、拼音首字母、信用代码、电话尾号、编号都能找（Ctrl+F）")
        self._search: Callable[[str], SearchResult] | None = None
        self._labels: dict[str, str] = {}
        self._popup: Hits | None = None
        self.setEnabled(False)
        self.searched.connect(self._ask)
        self.left_downwards.connect(self._to_list)
        self.entered.connect(self._open_best)

    def connect_to(self, search: Callable[[str], SearchResult], labels: dict[str, str]) -> None:
        """Ask `search(text)` from now on; `labels` names each ledger."""
        self._search, self._labels = search, labels
        self.setEnabled(True)

    def hits(self) -> list[SearchRow]:
        """What the list shows."""
        return self._popup.rows() if self._popup is not None and self._popup.isVisible() else []

    def _ask(self, text: str) -> None:
        search = self._search
        if search is None:
            return
        if not text:
            self._close()
            return
        run_quiet(self, lambda: search(text), self._show, key="search")

    def _show(self, result: SearchResult) -> None:
        if not self.words():
            return
        if self._popup is None:
            from ui.widgets.search_hits import Hits  # lists and styles: never before the first paint

            self._popup = Hits(self)
            self._popup.chosen.connect(self._on_chosen)
        self._popup.show_result(result, self._labels)
        self._popup.setFixedWidth(max(self.width(), 460))
        self._popup.show_under(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def _close(self) -> None:
        if self._popup is not None:
            self._popup.close_now(refocus=False)

    def _to_list(self) -> None:
        if self.hits() and self._popup is not None:
            self._popup.list.setFocus()
            self._popup.list.setCurrentRow(0)

    def _open_best(self) -> None:
        if hits := self.hits():
            self._on_chosen(hits[0].ledger, hits[0].id)
        elif self.words():
            self._asked = ""
            self.search_now()

    def _on_chosen(self, ledger: str, row_id: int) -> None:
        self._close()
        self.set_words("")
        self.chosen.emit(ledger, row_id)
