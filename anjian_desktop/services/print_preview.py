"""The pages of a print before it is printed: the same pages in the same order, laid out as they are looked at."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate
from threading import RLock
from typing import TYPE_CHECKING

from anjian_desktop.errors import UserError
from anjian_desktop.services.office import Office
from anjian_desktop.services.print_files import PAGES_OF_SEPARATOR, Job, Press, pages_in_file, separators_of
from anjian_desktop.services.print_jobs import Counter, Failed, jobs_in_turn
from anjian_desktop.services.print_requests import PrintRequest, check_request, choose

if TYPE_CHECKING:
    from anjian_desktop.documents.rendering import PdfPages, Picture

Size = tuple[float, float]
_AT_ONCE = 20
"""Agreements laid out between two looks at the pages."""
_OPEN = 6
"""Agreements whose pages are kept ready to be drawn."""


@dataclass(frozen=True)
class Previewed:
    """One agreement of the preview: `number` is the one it has or would take."""

    id: int
    number: str
    unit: str


@dataclass(frozen=True)
class _Index:
    """What is known of the pages: the agreements, where each begins (from 0; the last entry is the end), whether all is sure.

    `sizes`: width and height (pt) of each page, by the position of the agreement, where they are not all the paper's.
    """

    agreements: tuple[Previewed, ...]
    starts: tuple[int, ...]
    sizes: Mapping[int, tuple[Size, ...]]
    exact: bool


class PrintPreview:
    """What a print would put on paper, copies, blank backs and sheets between villages included; no number is taken.

    The first pages are there at once. `settle` works out the rest piece by piece on whatever thread calls it, and what it
    found counts from the next `publish` on; `count` and `starts` are estimates until `exact`. Drawing, settling and
    closing may come from different threads. Raises UserError when there is nothing to print.
    """

    def __init__(self, office: Office, request: PrintRequest) -> None:
        check_request(request)
        self._request = request
        self._press = Press(office)
        self._lock = RLock()
        with office.db.reading() as session:
            order = choose(session, request, office.today)
            counter = Counter(session, office)
        self._expected = len(order)
        self._making: Iterator[tuple[Job, int | None] | Failed] = jobs_in_turn(order, counter, self._press, request)
        self._jobs: list[Job] = []
        self._agreements: tuple[Previewed, ...] = ()
        self._counts: dict[int, int] = {}
        self._separators: dict[int, dict[str, str]] = {}
        self._open: OrderedDict[int, PdfPages] = OrderedDict()
        self._make_jobs(1)
        if not self._jobs:
            raise UserError("没有可以预览的责任书。", next_step="请先起草，或换一个打印范围。")
        if request.parts_villages:
            # A sheet tells how many agreements follow it: that is known when all are.
            self._make_jobs(None)
        self._sizes: dict[int, tuple[Size, ...]] = {}
        first = self._press.lay_out(self._jobs[0]).pages[0]
        self._paper = (first.width, first.height)
        self._count_pages(0)
        self._found = self._index = self._indexed()

    # -- what is seen ------------------------------------------------------------------------------------------------

    @property
    def count(self) -> int:
        """Pages in all."""
        return self._index.starts[-1]

    @property
    def exact(self) -> bool:
        """Whether every agreement was laid out, so that `count` is what will be printed."""
        return self._index.exact

    @property
    def agreements(self) -> Sequence[Previewed]:
        """Those known by now, in printing order."""
        return self._index.agreements

    def start(self, position: int) -> int:
        """The page (from 0) with which the agreement at `position` begins."""
        return self._index.starts[min(position, len(self._index.starts) - 1)]

    def place(self, page: int) -> tuple[int, int]:
        """The position of the agreement that page (from 0) belongs to, and the page's number within it (from 0)."""
        starts = self._index.starts
        position = bisect_right(starts, min(max(page, 0), starts[-1] - 1)) - 1
        return position, page - starts[position]

    def find(self, text: str, after: int = -1) -> int | None:
        """The position of the next agreement whose number or unit holds `text`, round and round; None when none does.

        A mere number means the agreement with that number.
        """
        wanted = text.strip()
        known = self._index.agreements
        if not wanted:
            return None
        turn = [*range(after + 1, len(known)), *range(min(after + 1, len(known)))]
        exactly = [n for n in turn if wanted.isdecimal() and known[n].number.endswith(f"〕{wanted}号")]
        found = exactly or [n for n in turn if wanted in known[n].number or wanted in known[n].unit]
        return found[0] if found else None

    def size(self, page: int) -> Size:
        """Width and height (pt) of a page counted from 0; of one not laid out yet those of the first page."""
        position, within = self.place(page)
        sizes = self._index.sizes.get(position)
        return sizes[within] if sizes is not None else self._paper

    def picture(self, page: int, scale: float) -> Picture:
        """Page `page` (from 0) at `scale` pixels a point. Raises UserError for one that cannot be drawn."""
        position, within = self.place(page)
        with self._lock:
            if position >= len(self._jobs):
                self._make_jobs(position + 1)
            pages = self._pages_of(min(position, len(self._jobs) - 1))
            return pages.picture(min(within, pages.count - 1), scale)

    # -- finding out -------------------------------------------------------------------------------------------------

    def settle(self) -> bool:
        """Work out a few more agreements; whether more remains. Nothing shows before `publish`."""
        with self._lock:
            if len(self._jobs) < self._expected:
                self._make_jobs(None)
            else:
                waiting = (n for n in range(len(self._jobs)) if n not in self._counts)
                for position, _ in zip(waiting, range(_AT_ONCE), strict=False):
                    self._count_pages(position)
            self._found = self._indexed()
            return not self._found.exact

    def publish(self) -> int | None:
        """Let what was found count; the first page (from 0) that another may now stand at, None when none moved."""
        old, self._index = self._index, self._found
        before, now = old.starts, self._index.starts
        moved = [n - 1 for n, (was, becomes) in enumerate(zip(before, now, strict=False)) if was != becomes][:1]
        moved += [position for position in self._index.sizes if position not in old.sizes]
        if moved:
            return now[min(moved)]
        return min(before[-1], now[-1]) if len(before) != len(now) else None

    def close(self) -> None:
        """Let go of the pages kept; closing twice does nothing."""
        with self._lock:
            for pages in self._open.values():
                pages.close()
            self._open.clear()

    def _make_jobs(self, wanted: int | None) -> None:
        """Jobs up to so many, or all."""
        while wanted is None or len(self._jobs) < wanted:
            found = next(self._making, None)
            if found is None:
                self._expected = len(self._jobs)
                break
            if isinstance(found, Failed):
                self._expected -= 1
            else:
                self._jobs.append(found[0])
        self._agreements = tuple([Previewed(job.agreement_id, job.number, job.unit) for job in self._jobs])
        if len(self._jobs) >= self._expected and self._request.parts_villages:
            self._separators = separators_of(self._jobs)

    def _count_pages(self, position: int) -> None:
        job = self._jobs[position]
        sizes = [(page.width, page.height) for page in self._press.lay_out(job).pages]
        blank = pages_in_file(len(sizes), merge=self._request.merge) - len(sizes)
        before = [self._paper] * (PAGES_OF_SEPARATOR if job.agreement_id in self._separators else 0)
        every = (*before, *(sizes + sizes[-1:] * blank) * job.copies)
        self._counts[position] = len(every)
        if any(size != self._paper for size in every):
            self._sizes[position] = every

    def _indexed(self) -> _Index:
        likely = self._counts[0] - (PAGES_OF_SEPARATOR if self._separators else 0)
        counts = [self._counts.get(position, likely) for position in range(self._expected)]
        starts = tuple(accumulate(counts, initial=0))
        return _Index(self._agreements, starts, dict(self._sizes), len(self._counts) == self._expected)

    def _pages_of(self, position: int) -> PdfPages:
        from anjian_desktop.documents.rendering import PdfPages  # PDFium: when the first page is looked at

        found = self._open.pop(position, None)
        if found is None:
            job = self._jobs[position]
            out = BytesIO()
            self._press.merge([job], out, title=job.unit, separators=self._separators, blank_backs=self._request.merge)
            found = PdfPages(out.getvalue())
            while len(self._open) >= _OPEN:
                self._open.popitem(last=False)[1].close()
        self._open[position] = found
        return found
