"""Where lines end in paths and addresses (https://…), which are kept whole unless they are long."""

from __future__ import annotations

_LONG_PATH = 66
"""Characters of a path that are still kept together: it is parted at its slashes only when they are more."""

_HARD_BLANKS = "\u00a0\u2007\u202f"


def before_path(text: str, end: int) -> int:
    """Where a line ends that would end at `end`, after a slash: after the blank before the path, unless that is far."""
    return next((at + 1 for at in range(end - 2, max(end - _LONG_PATH, 0) - 1, -1) if _is_blank(text[at])), end)


def _is_blank(character: str) -> bool:
    return character.isspace() and character not in _HARD_BLANKS
