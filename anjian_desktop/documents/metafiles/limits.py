"""How much work the drawings of one document may make, and what is thrown when one makes no sense."""

from __future__ import annotations

MAX_BYTES = 40_000_000
"""Of one metafile, unpacked."""

MAX_WORK = 2_000_000
"""Records, points and characters of all drawings of a document."""

MAX_PIXELS = 60_000_000
"""Of all bitmaps in the drawings of a document: a page at 600 dpi has 35 million."""

MAX_SAVED = 512
"""States saved and not yet restored."""

MAX_HANDLES = 65_536
MAX_FONTS = 100
"""Names of fonts in all drawings of a document: each has to be looked for."""


class Unreadable(Exception):
    """The metafile is damaged, or too large, or not one that can be drawn; its picture stays a blank."""


class Allowance:
    """What work is left. Raises Unreadable when it is used up."""

    def __init__(self, work: int = MAX_WORK, pixels: int = MAX_PIXELS) -> None:
        self._work = work
        self._pixels = pixels
        self._fonts: set[str] = set()

    def spend(self, work: int) -> None:
        """Takes off what records, points or characters cost."""
        if work < 0 or work > self._work:
            raise Unreadable
        self._work -= work

    def name(self, font: str) -> None:
        """Takes note of a font that will be looked for."""
        self._fonts.add(font)
        if len(self._fonts) > MAX_FONTS:
            raise Unreadable

    def unpack(self, pixels: int) -> None:
        """Takes off what a bitmap costs."""
        if pixels <= 0 or pixels > self._pixels:
            raise Unreadable
        self._pixels -= pixels
