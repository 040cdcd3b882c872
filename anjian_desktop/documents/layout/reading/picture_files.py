"""Finds the pictures of a document's parts: bytes that can be drawn as they are, or the drawing of a metafile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_desktop.documents.images import is_drawable, shown_part
from anjian_desktop.documents.layout.model import Picture
from anjian_desktop.documents.layout.reading.package import Package

if TYPE_CHECKING:
    from anjian_desktop.documents.metafiles import Drawing, Drawings


class PictureFiles:
    """The pictures of one document, each looked at once."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._found: dict[bytes, bytes | Drawing | None] = {}
        self._drawings: Drawings | None = None

    def find(self, part: str, relationship: str) -> bytes | Drawing | None:
        """The picture a part relates to; None when there is none, or none that can be drawn."""
        data = self._package.bytes_by_relationship(part, relationship)
        if data is None:
            return None
        if data not in self._found:
            self._found[data] = data if is_drawable(data) else self._drawn(data)
        return self._found[data]

    def _drawn(self, data: bytes) -> Drawing | None:
        from anjian_desktop.documents.metafiles import Drawings  # rare: not loaded without one

        if self._drawings is None:
            self._drawings = Drawings()
        return self._drawings.read(data)


def picture_of(
    found: bytes | Drawing | None,
    width: float,
    height: float,
    cut: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0),
    quarters: int = 0,
) -> Picture:
    """A picture of this size (pt) with parts cut off and turned clockwise by quarters; nothing found leaves a blank."""
    if not found:
        return Picture(b"", width, height)
    if not isinstance(found, bytes):
        return Picture(b"", width, height, drawing=found.shown_part(cut, quarters))
    return Picture(shown_part(found, cut, quarters) if max(cut) > 0 or quarters else found, width, height)
