"""Where lines end in paths and addresses (https://…), which are kept whole unless they are long."""

from __future__ import annotations

from anjian_desktop.documents.layout.characters import FIRST_ASIAN

_LONG_PATH = 66
"""Characters of a path that are still kept together: it is parted at its slashes only when they are more."""


def before_path(text: str, start: int, end: int, edge: int) -> int:
    """Where a line of text[start:] really ends that would end at `end`, after a slash: before the path, unless it is long.

    Elsewhere a path is kept whole when a blank stands not far before it: that may be where the line begins. With the blank
    further up it is parted at the edge of the line. `edge`: where that is.
    """
    if not (text[end - 1] == "/" and " " < text[end] < FIRST_ASIAN):
        return end
    blank = text.rfind(" ", max(0, end - _LONG_PATH), end)
    if blank < 0 and end < edge:
        return end
    if blank >= start and end < edge:
        return blank + 1
    at = end
    while at > start and " " < text[at - 1] < FIRST_ASIAN:
        at -= 1
    return at if at > start or blank == start - 1 else edge
