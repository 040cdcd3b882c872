"""The persons of a long list of standings, read a page at a time as they come into sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from anjian_desktop.domain.training_rules import Standing
from anjian_desktop.services import training
from anjian_desktop.services.office import Office
from anjian_desktop.services.training import WorkerStanding

_NOTHING = Standing((), 0, {}, 0, True, None, (), ())
_PAGE = 200
_PAGES_KEPT = 40


class StandingRows(Sequence[WorkerStanding]):
    """These persons in this order, as the summary tells them now; who left the service meanwhile is said to be gone."""

    def __init__(self, office: Office, ids: Sequence[int]) -> None:
        self.ids = ids
        self._office = office
        self._pages: dict[int, dict[int, WorkerStanding]] = {}

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, place: int) -> WorkerStanding: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[WorkerStanding]: ...
    def __getitem__(self, place: int | slice) -> WorkerStanding | Sequence[WorkerStanding]:
        if isinstance(place, slice):
            return StandingRows(self._office, self.ids[place])
        row_id = self.ids[place]
        page = self._page((place if place >= 0 else len(self.ids) + place) // _PAGE)
        return page.get(row_id) or WorkerStanding(row_id, "（已不在职）", 0, "", "", False, False, _NOTHING)

    def _page(self, number: int) -> dict[int, WorkerStanding]:
        if number not in self._pages:
            if len(self._pages) >= _PAGES_KEPT:
                del self._pages[next(iter(self._pages))]
            ids = self.ids[number * _PAGE : (number + 1) * _PAGE]
            self._pages[number] = {one.id: one for one in training.page(self._office, ids)}
        return self._pages[number]
