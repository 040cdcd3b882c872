"""Writes the objects of a PDF file one after another to a stream and closes it with the table of their places."""

from __future__ import annotations

import hashlib
import zlib
from array import array
from typing import Protocol

_HEADER = b"%PDF-1.5\n%\xe4\xbd\xa0\xe5\xa5\xbd\n"
_LEVEL = 5
_SMALL = 64
"""Bytes below which a stream is not worth deflating."""


class Output(Protocol):
    """Whatever takes a file's bytes one piece after another."""

    def write(self, data: bytes, /) -> object:
        """Take the next piece."""
        ...


class ObjectFile:
    """A PDF file being written front to back (ISO 32000-1, 7.3 and 7.5); only the places of the objects stay in memory.

    The file's identifier is taken from its content, so that the same content gives the same file.
    """

    def __init__(self, out: Output) -> None:
        self._out = out
        self._digest = hashlib.sha256()
        self._places = array("q", [0])
        self._at = 0
        self._emit(_HEADER)

    def reserve(self) -> int:
        """A number for an object that is written later."""
        self._places.append(0)
        return len(self._places) - 1

    def write(self, body: bytes, number: int = 0) -> int:
        """Writes an object, under a reserved number or a new one; gives its number."""
        number = number or self.reserve()
        self._places[number] = self._at
        self._emit(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        return number

    def stream(self, data: bytes, entries: bytes = b"", number: int = 0) -> int:
        """Writes a stream object, deflated; `entries` are further entries of its dictionary."""
        if len(data) < _SMALL:
            return self.packed(data, entries, number, filtered=False)
        return self.packed(deflated(data), entries, number)

    def packed(self, data: bytes, entries: bytes = b"", number: int = 0, *, filtered: bool = True) -> int:
        """Writes a stream object whose data is already as it will stand in the file."""
        number = number or self.reserve()
        self._places[number] = self._at
        filter_ = b"/Filter/FlateDecode" if filtered else b""
        self._emit(
            b"%d 0 obj\n<<%b%b/Length %d>>\nstream\n%b\nendstream\nendobj\n"
            % (number, entries, filter_, len(data), data)
        )
        return number

    def close(self, root: int, info: int) -> None:
        """Writes the cross-reference table and the trailer."""
        start = self._at
        rows = [b"xref\n0 %d\n0000000000 65535 f \n" % len(self._places)]
        rows += [b"%010d 00000 n \n" % place if place else b"0000000000 00000 f \n" for place in self._places[1:]]
        name = self._digest.hexdigest()[:32].encode()
        rows.append(
            b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]>>\nstartxref\n%d\n%%%%EOF\n"
            % (len(self._places), root, info, name, name, start)
        )
        self._out.write(b"".join(rows))

    def _emit(self, data: bytes) -> None:
        self._out.write(data)
        self._digest.update(data)
        self._at += len(data)


def deflated(data: bytes) -> bytes:
    """The data as a FlateDecode stream holds it."""
    return zlib.compress(data, _LEVEL)


def text_string(text: str) -> bytes:
    """A text as a PDF string in UTF-16 (7.9.2.2)."""
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"
