"""How LibreOffice parts Chinese text that is said to be in a tongue other than Chinese, Japanese or Korean."""

from __future__ import annotations

from contextlib import ExitStack
from unittest.mock import patch

from anjian_desktop.documents.layout.characters import FIRST_ASIAN, HANGING
from anjian_desktop.documents.layout.typesetting import breaking

_ANY_SIDE = frozenset("“”‘’\"'")
_EASTERN = frozenset(("", "zh", "ja", "ko"))


def part_as_abroad(stack: ExitStack) -> None:
    """Chinese text said to be in another tongue keeps its quotation marks with what stands on both sides; dashes part it."""
    own = breaking.Strand._can_break

    def breaks(strand: breaking.Strand, at: int) -> bool:
        if strand.style_at(at - 1).format.language[:2] in _EASTERN:
            return own(strand, at)
        before, after = strand.text[at - 1], strand.text[at]
        if before in _ANY_SIDE or after in _ANY_SIDE:
            return before == " "
        if (before == "—") != (after == "—"):
            return True
        slash = after == "/" or (before == "/" and after >= FIRST_ASIAN)
        return own(strand, at) and not slash and not (after == "×" and before.isalnum() and before.isascii())

    forced = breaking.Strand._forced

    def forced_break(strand: breaking.Strand, start: int, edge: int) -> int:
        at = strand._changes(start, edge)
        stops = at <= edge and strand.text[at] in HANGING and (not start or breaks(strand, start))
        return at if stops and strand.style_at(at).format.language[:2] not in _EASTERN else forced(strand, start, edge)

    stack.enter_context(patch.object(breaking.Strand, "_can_break", breaks))
    stack.enter_context(patch.object(breaking.Strand, "_forced", forced_break))
