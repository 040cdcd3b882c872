"""What can be looked at page by page: a finished file, or pages that are worked out while they are looked at."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from anjian_desktop.documents.rendering import Picture


class Pages(Protocol):
    """Something with pages to look at, counted from 0; drawn on the view's thread, asked for sizes by the window's."""

    @property
    def count(self) -> int: ...
    def size(self, page: int, /) -> tuple[float, float]: ...
    def picture(self, page: int, scale: float, /) -> Picture: ...
    def close(self) -> None: ...


@runtime_checkable
class GrowingPages(Pages, Protocol):
    """Pages that are worked out while they are looked at (see PrintPreview)."""

    def settle(self) -> bool:
        """Work out a little more; whether more remains. On the view's thread."""

    def publish(self) -> int | None:
        """Let it count; the first page that may have moved. On the window's thread."""

    def place(self, page: int, /) -> tuple[int, int]:
        """What page `page` is, whatever its number becomes."""

    def start(self, position: int, /) -> int:
        """The first page at a place."""
