"""Reads the metafiles of one document within limits; what cannot be drawn is none."""

from __future__ import annotations

import hashlib
import zlib
from math import isfinite

from anjian_desktop.documents.metafiles.canvas import Canvas
from anjian_desktop.documents.metafiles.drawing import Drawing
from anjian_desktop.documents.metafiles.emf import draw_emf, is_emf
from anjian_desktop.documents.metafiles.limits import MAX_BYTES, Allowance, Unreadable
from anjian_desktop.documents.metafiles.masks import with_masks_joined
from anjian_desktop.documents.metafiles.wmf import draw_wmf, is_wmf

_GZIP = b"\x1f\x8b"
_LARGEST = 100_000.0


class Drawings:
    """Reads the metafiles of a document, which all together may make so much work and no more."""

    def __init__(self) -> None:
        self._allowance = Allowance()

    def read(self, data: bytes) -> Drawing | None:
        """What a picture's bytes draw; None when they are no metafile, or a damaged one, or show nothing known."""
        try:
            return _drawn(data, self._allowance)
        except (Unreadable, OverflowError):
            return None


def _drawn(data: bytes, allowance: Allowance) -> Drawing | None:
    content = _unpacked(data)
    if is_emf(content):
        width, height, canvas = draw_emf(content, allowance)
    elif is_wmf(content):
        width, height, canvas = draw_wmf(content, allowance)
    else:
        return None
    if not (0 < width < _LARGEST and 0 < height < _LARGEST and isfinite(width * height)):
        return None
    return _shown(content, width, height, canvas)


def _shown(content: bytes, width: float, height: float, canvas: Canvas) -> Drawing | None:
    if not canvas.items:
        return None
    name = hashlib.sha256(content).hexdigest()[:16]
    return Drawing(name, width, height, with_masks_joined(canvas.items), canvas.whole)


def _unpacked(data: bytes) -> bytes:
    """The metafile itself (.emz and .wmz files are packed)."""
    if data[:2] == _GZIP:
        unpacker = zlib.decompressobj(wbits=31)
        try:
            data = unpacker.decompress(data, MAX_BYTES + 1)
        except zlib.error as error:
            raise Unreadable from error
    if len(data) > MAX_BYTES:
        raise Unreadable
    return data
