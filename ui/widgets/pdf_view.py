"""Pages of a PDF to look at: crisp at every zoom, drawn off the window's thread, only those in sight."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from anjian_desktop.documents.rendering import POINTS_PER_INCH, PdfPages
from anjian_desktop.errors import UserError
from ui import theme
from ui.widgets.page_sources import GrowingPages, Pages

_SCREEN_DPI = 96
_GAP = theme.SPACE_3
_ZOOM_STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_KEPT_BYTES = 160_000_000
"""Drawn pages kept for scrolling back; an A4 page at 100 % on an ordinary screen takes 3.6 MB."""


class Fit(Enum):
    """How the zoom follows the window."""

    WIDTH = "width"
    PAGE = "page"
    NONE = "none"


class _Relay(QObject):
    """Carries results from the drawing thread, each with the number of its document; outlives a view closed meanwhile."""

    opened = Signal(int, object)
    drawn = Signal(int, int, float, QImage)
    failed = Signal(int, str)
    settled = Signal(int, bool)


class PdfView(QAbstractScrollArea):
    """Pages below one another. `page_changed` says the page in sight, from 1, and how many there are; `grown` that more
    is known of pages worked out while they are looked at.
    """

    page_changed = Signal(int, int)
    zoom_changed = Signal(float)
    opened = Signal(int)
    failed = Signal(str)
    grown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: Pages | None = None
        self._fit = Fit.WIDTH
        self._zoom = 1.0
        self._told_zoom = 0.0
        self._tops: list[int] = []
        self._widest = 0.0
        self._images: OrderedDict[int, tuple[float, QImage]] = OrderedDict()
        self._asked: set[tuple[int, float]] = set()
        self._told = (0, 0)
        self._message = ""
        self._document = 0
        self._relay = _Relay()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pages")
        self.setAccessibleName("文件预览")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self._relay.opened.connect(self._on_opened)
        self._relay.drawn.connect(self._on_drawn)
        self._relay.failed.connect(self._on_failed)
        self._relay.settled.connect(self._on_settled)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.verticalScrollBar().setSingleStep(40)
        self.horizontalScrollBar().setSingleStep(40)

    # -- the document ------------------------------------------------------------------------------------------

    def open(self, source: bytes | Path | Pages) -> None:
        """Show another PDF, or other pages, which are closed with it; `opened` or `failed` follows."""
        self.clear("正在打开…")
        self._worker.submit(_open, source, self._document, self._relay)

    def clear(self, message: str = "") -> None:
        """Show no page, only `message`."""
        old, self._pages = self._pages, None
        self._document += 1
        self._images.clear()
        self._asked.clear()
        self._tops = []
        self._message = message
        if old is not None:
            self._worker.submit(old.close)
        self._lay_out()
        self._tell_page()

    def close_document(self) -> None:
        """Let go of the file and the drawing thread; the view shows nothing afterwards."""
        self.clear()
        self._worker.shutdown(wait=False)

    @property
    def page_count(self) -> int:
        """Pages of the document, 0 while none is open."""
        return self._pages.count if self._pages else 0

    @property
    def message(self) -> str:
        """What stands in place of pages, empty while pages are shown."""
        return self._message

    @property
    def current_page(self) -> int:
        """The page that fills most of the view, from 1; 0 without a document."""
        return self._told[0]

    def is_drawn(self, page: int) -> bool:
        """Whether page `page` (from 1) is on screen at its true sharpness."""
        kept = self._images.get(page - 1)
        return kept is not None and kept[0] == self._scale()

    # -- moving and zooming ------------------------------------------------------------------------------------

    def go_to(self, page: int) -> None:
        """Bring page `page` (from 1) to the top."""
        if self._tops:
            self.verticalScrollBar().setValue(self._tops[max(0, min(page, len(self._tops)) - 1)] - _GAP // 2)

    def fit(self, how: Fit) -> None:
        """Let the zoom follow the window's width or a whole page."""
        self._fit = how
        self._lay_out_in_place()

    def zoom_by(self, steps: int) -> None:
        """Zoom in (1) or out (-1) to the next round value."""
        larger = [zoom for zoom in _ZOOM_STEPS if zoom > self._zoom + 0.001]
        smaller = [zoom for zoom in _ZOOM_STEPS if zoom < self._zoom - 0.001]
        if steps > 0 and larger:
            self.set_zoom(larger[0])
        elif steps < 0 and smaller:
            self.set_zoom(smaller[-1])

    def set_zoom(self, zoom: float) -> None:
        """Zoom to a factor; 1.0 is paper size on a 96 dpi screen."""
        self._fit = Fit.NONE
        self._zoom = zoom
        self._lay_out_in_place()

    # -- layout ------------------------------------------------------------------------------------------------

    def _scale(self) -> float:
        """Device pixels a point."""
        return round(self._zoom * _SCREEN_DPI / POINTS_PER_INCH * self.devicePixelRatioF(), 4)

    def _page_size(self, number: int) -> QSize:
        assert self._pages is not None
        width, height = self._pages.size(number)
        factor = self._zoom * _SCREEN_DPI / POINTS_PER_INCH
        return QSize(round(width * factor), round(height * factor))

    def _lay_out(self) -> None:
        area = self.viewport().size()
        if self._pages is None or not self._pages.count:
            self._tops = []
            self.verticalScrollBar().setRange(0, 0)
            self.horizontalScrollBar().setRange(0, 0)
            self.viewport().update()
            return
        widest = self._widest * _SCREEN_DPI / POINTS_PER_INCH
        if self._fit is Fit.WIDTH:
            self._zoom = max(0.2, min(3.0, (area.width() - 2 * _GAP) / widest))
        elif self._fit is Fit.PAGE:
            width, height = (side * _SCREEN_DPI / POINTS_PER_INCH for side in self._pages.size(0))
            self._zoom = max(0.1, min(3.0, (area.width() - 2 * _GAP) / width, (area.height() - 2 * _GAP) / height))
        top = _GAP
        self._tops = []
        for number in range(self._pages.count):
            self._tops.append(top)
            top += self._page_size(number).height() + _GAP
        self.verticalScrollBar().setPageStep(area.height())
        self.verticalScrollBar().setRange(0, max(0, top - area.height()))
        width_needed = round(widest * self._zoom) + 2 * _GAP
        self.horizontalScrollBar().setPageStep(area.width())
        self.horizontalScrollBar().setRange(0, max(0, width_needed - area.width()))
        if self._zoom != self._told_zoom:
            self._told_zoom = self._zoom
            self._asked.clear()
            self.zoom_changed.emit(self._zoom)
        self._tell_page()
        self.viewport().update()

    def _lay_out_in_place(self) -> None:
        """Lay out again with the same spot of the same page at the upper edge."""
        self._lay_out_at(*self._place())

    def _lay_out_at(self, page: int, within: float) -> None:
        self._lay_out()
        if self._tops:
            self.verticalScrollBar().setValue(self._tops[page] + round(within * self._page_size(page).height()))
        self._ask_for_sight()

    def _place(self) -> tuple[int, float]:
        """The page at the upper edge and how far down it, 0 to 1."""
        if not self._tops:
            return 0, 0.0
        value = self.verticalScrollBar().value()
        page = max(0, bisect_right(self._tops, value + _GAP) - 1)
        return page, (value - self._tops[page]) / max(1, self._page_size(page).height())

    def _page_rect(self, number: int) -> QRect:
        """Where page `number` lies in the viewport."""
        size = self._page_size(number)
        free = self.viewport().width() - size.width()
        left = free // 2 if free > 2 * _GAP else _GAP - self.horizontalScrollBar().value()
        return QRect(QPoint(left, self._tops[number] - self.verticalScrollBar().value()), size)

    def _in_sight(self) -> list[int]:
        if not self._tops:
            return []
        top = self.verticalScrollBar().value()
        first = max(0, bisect_right(self._tops, top) - 1)
        last = bisect_right(self._tops, top + self.viewport().height())
        area = self.viewport().rect()
        return [n for n in range(first, last) if self._page_rect(n).intersects(area)]

    # -- drawing -----------------------------------------------------------------------------------------------

    def _ask_for_sight(self) -> None:
        """Have the pages in sight drawn, then the neighbour below."""
        if self._pages is None:
            return
        seen = self._in_sight()
        following = [seen[-1] + 1] if seen and seen[-1] + 1 < self._pages.count else []
        for number in seen + following:
            scale = self._scale()
            kept = self._images.get(number)
            if (kept and kept[0] == scale) or (number, scale) in self._asked:
                continue
            self._asked.add((number, scale))
            self._worker.submit(self._draw, self._pages, self._document, number, scale, self._relay)

    def _draw(self, pages: Pages, document: int, number: int, scale: float, relay: _Relay) -> None:
        """On the drawing thread; a page scrolled or zoomed away meanwhile is not worth drawing."""
        if document != self._document or (number, scale) not in self._asked:
            return
        try:
            picture = pages.picture(number, scale)
        except UserError as problem:
            relay.failed.emit(document, str(problem))
            return
        shown = QImage(picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32)
        relay.drawn.emit(document, number, scale, shown.copy())

    def _on_opened(self, document: int, pages: Pages) -> None:
        if document != self._document:
            pages.close()
            return
        self._pages = pages
        self._widest = max((pages.size(n)[0] for n in range(pages.count)), default=0.0)
        self._message = ""
        self.verticalScrollBar().setValue(0)
        self._lay_out()
        self._ask_for_sight()
        self.opened.emit(pages.count)
        self._settle()

    def _settle(self) -> None:
        """Have more of growing pages worked out, behind what is to be drawn."""
        if isinstance(self._pages, GrowingPages):
            self._worker.submit(_settle, self._pages, self._document, self._relay)

    def _on_settled(self, document: int, more: bool) -> None:
        if document != self._document or not isinstance(self._pages, GrowingPages):
            return
        pages = self._pages
        page, within = self._place()
        position, number = pages.place(page)
        moved = pages.publish()
        if moved is not None:
            # What is being drawn was asked for by the old numbers.
            self._document += 1
            self._asked.clear()
            for stale in [n for n in self._images if n >= moved]:
                del self._images[stale]
            self._widest = max(self._widest, *(pages.size(n)[0] for n in range(moved, pages.count)), 0.0)
            self._lay_out_at(min(pages.start(position) + number, pages.count - 1), within)
        self.grown.emit()
        if more:
            self._settle()

    def _on_drawn(self, document: int, number: int, scale: float, image: QImage) -> None:
        if document != self._document:
            return
        self._asked.discard((number, scale))
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self._images[number] = (scale, image)
        self._images.move_to_end(number)
        while len(self._images) > 3 and sum(kept.sizeInBytes() for _, kept in self._images.values()) > _KEPT_BYTES:
            self._images.popitem(last=False)
        self.viewport().update()

    def _on_failed(self, document: int, text: str) -> None:
        if document != self._document:
            return
        self._message = text
        self.viewport().update()
        self.failed.emit(text)

    def _on_scrolled(self) -> None:
        seen = set(self._in_sight())
        self._asked = {(n, scale) for n, scale in self._asked if n in seen or n - 1 in seen}
        self._ask_for_sight()
        self._tell_page()

    def _tell_page(self) -> None:
        area = self.viewport().rect()
        seen = self._in_sight()
        shown = max(seen, key=lambda n: self._page_rect(n).intersected(area).height(), default=-1) + 1
        if (shown, self.page_count) != self._told:
            self._told = (shown, self.page_count)
            self.page_changed.emit(*self._told)

    # -- events ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(theme.HOVER))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number in self._in_sight():
            rect = self._page_rect(number)
            kept = self._images.get(number)
            if kept is None:
                painter.fillRect(rect, QColor(theme.GROUND))
            elif kept[0] == self._scale():
                painter.drawImage(rect.topLeft(), kept[1])
            else:
                painter.drawImage(rect, kept[1])
            painter.setPen(QPen(QColor(theme.LINE)))
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))
        if self._message:
            painter.setPen(QColor(theme.INK_SOFT))
            words = self.viewport().rect().adjusted(theme.SPACE_5, 0, -theme.SPACE_5, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._message)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out_in_place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_PageDown:
                self.go_to(self.current_page + 1)
            case Qt.Key.Key_PageUp:
                self.go_to(self.current_page - 1)
            case Qt.Key.Key_Home:
                self.go_to(1)
            case Qt.Key.Key_End:
                self.go_to(self.page_count)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_by(1)
            case Qt.Key.Key_Minus:
                self.zoom_by(-1)
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)


def _open(source: bytes | Path | Pages, document: int, relay: _Relay) -> None:
    try:
        relay.opened.emit(document, PdfPages(source) if isinstance(source, bytes | Path) else source)
    except UserError as problem:
        relay.failed.emit(document, str(problem))


def _settle(pages: GrowingPages, document: int, relay: _Relay) -> None:
    try:
        relay.settled.emit(document, pages.settle())
    except UserError as problem:
        relay.failed.emit(document, str(problem))
