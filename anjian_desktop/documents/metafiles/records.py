"""One record of a metafile: numbers and points at checked offsets."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from anjian_desktop.documents.metafiles.drawing import Colour, Matrix, Point
from anjian_desktop.documents.metafiles.limits import Unreadable


@dataclass(frozen=True, slots=True)
class Record:
    """A record's kind and its bytes, its head included. Raises Unreadable for what lies outside of it."""

    kind: int
    data: bytes

    def numbers(self, form: str, at: int) -> tuple[int, ...]:
        """Whole numbers of a form (as `struct` writes it, without byte order) at an offset."""
        try:
            return struct.unpack_from("<" + form, self.data, at)
        except struct.error as error:
            raise Unreadable from error

    def signed(self, at: int) -> int:
        """A number of 32 bits."""
        return self.numbers("i", at)[0]

    def unsigned(self, at: int) -> int:
        """The same without a sign."""
        return self.numbers("I", at)[0]

    def box(self, at: int) -> tuple[float, float, float, float]:
        """Four numbers of 32 bits: left, top, right, bottom."""
        left, top, right, bottom = self.numbers("4i", at)
        return float(left), float(top), float(right), float(bottom)

    def place(self, at: int) -> Point:
        """A point of two numbers of 32 bits."""
        x, y = self.numbers("2i", at)
        return float(x), float(y)

    def short_place(self, at: int) -> Point:
        """A point of two numbers of 16 bits, the second first, as records of 16 bits have them."""
        y, x = self.numbers("2h", at)
        return float(x), float(y)

    def short_box(self, at: int) -> tuple[float, float, float, float]:
        """Bottom, right, top and left in 16 bits each, as left, top, right, bottom."""
        bottom, right, top, left = self.numbers("4h", at)
        return float(left), float(top), float(right), float(bottom)

    def places(self, at: int, count: int, *, short: bool) -> list[Point]:
        """Points, of 16 bits a number where `short`."""
        if count > len(self.data) // (4 if short else 8):
            raise Unreadable
        found = self.numbers(f"{2 * count}{'h' if short else 'i'}", at)
        return [(float(found[one]), float(found[one + 1])) for one in range(0, 2 * count, 2)]

    def floats(self, at: int, count: int) -> tuple[float, ...]:
        """Numbers with fractions."""
        try:
            return struct.unpack_from(f"<{count}f", self.data, at)
        except struct.error as error:
            raise Unreadable from error

    def matrix(self, at: int) -> Matrix:
        """A transform."""
        a, b, c, d, e, f = self.floats(at, 6)
        return a, b, c, d, e, f

    def colour(self, at: int) -> Colour:
        """A colour: red, green, blue."""
        red, green, blue = self.numbers("3B", at)
        return red / 255, green / 255, blue / 255

    def part(self, at: int, size: int) -> bytes:
        """Some of its bytes."""
        if at < 0 or size < 0 or at + size > len(self.data):
            raise Unreadable
        return self.data[at : at + size]
