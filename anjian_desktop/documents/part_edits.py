"""Replaces stretches of text inside a Word part's bytes; nothing else of the part changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from anjian_desktop.documents.word_scan import Stretch, opening

Edit = tuple[int, int, bytes]
"""Put these bytes in place of content[start:end]."""


def replace_texts(content: bytes, stretch: Stretch, spans: Sequence[tuple[int, int, str]]) -> list[Edit]:
    """Edits that put other text in place of `stretch.text[start:end]`, one for each `w:t` touched.

    `spans` are (start, end, text) in order without overlap; the new text stands in the run the old one began in.
    """
    edits: list[Edit] = []
    before = 0
    for piece in stretch.pieces:
        after = before + len(piece.text)
        touching = [span for span in spans if span[0] < after and span[1] > before]
        if touching:
            chars = piece.raw_chars(content) or [escape(char) for char in piece.text]
            new = ""
            at = before
            for start, end, text in touching:
                new += "".join(chars[at - before : max(start, at) - before])
                if start >= before:
                    new += escape(text)
                at = min(end, after)
            new += "".join(chars[at - before :])
            tag = opening(content[piece.start : piece.inner])
            edits.append((piece.start, piece.end, tag + new.encode() + content[piece.inner_end : piece.end]))
        before = after
    return edits


def apply(content: bytes, edits: Iterable[Edit]) -> bytes:
    """The content with all edits made; they do not overlap."""
    out: list[bytes] = []
    at = 0
    for start, end, new in sorted(edits):
        out += (content[at:start], new)
        at = end
    out.append(content[at:])
    return b"".join(out)
