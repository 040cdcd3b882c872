"""LibreOffice's own ways with words in lines, where Word is known to differ."""

from __future__ import annotations

from contextlib import ExitStack
from unittest.mock import patch

from anjian_desktop.documents.layout.characters import HAN
from anjian_desktop.documents.layout.model import TAB
from anjian_desktop.documents.layout.typesetting import breaking


def part_chinese_words(stack: ExitStack) -> None:
    """Latin words said to be Chinese end a line anywhere behind Chinese text of their paragraph."""
    own = breaking.Strand._can_break

    def breaks(strand: breaking.Strand, at: int, edge: int = -1) -> bool:
        parts = all(strand.style_at(one).format.western.startswith("zh") for one in (at - 1, at))
        if parts and not strand._is_chinese(at) and HAN.search(strand.text, 0, at):
            marks = strand._settings
            return strand.text[at] not in marks.no_start and strand.text[at - 1] not in marks.no_end
        return own(strand, at, edge)

    stack.enter_context(patch.object(breaking.Strand, "_can_break", breaks))


def part_behind_hard_blanks(stack: ExitStack) -> None:
    """Behind a hard blank text is parted where its line is full, unless an ordinary blank stands earlier in the line."""
    own = breaking.Strand._break_before

    def before(strand: breaking.Strand, start: int, edge: int) -> int:
        back = own(strand, start, edge)
        hard = strand.text.rfind("\u00a0", back, edge)
        if not strand._as_read or hard < 0 or " " in strand.text[start + 1 : hard]:
            return back
        at = strand._changes(hard + 1, edge)
        return max(at - 1, hard + 1) if at <= edge else edge

    stack.enter_context(patch.object(breaking.Strand, "_break_before", before))


def lean_clear(stack: ExitStack) -> None:
    """Italic text in a paragraph with Chinese keeps a twelfth of its height clear of a line's end."""
    own = breaking.Strand._line

    def line(strand: breaking.Strand, start: int, stop: int, room: float) -> breaking.LineSpan:
        found = own(strand, start, stop, room)
        if strand.text[stop : stop + 1] == TAB and found.end >= stop:  # the line does not end there
            return found
        if TAB in strand.text[max(start - 1, 0) : found.end]:  # what a stop aligns at its end
            return found
        last = found.end - 1
        while last > start and strand.text[last].isspace():
            last -= 1
        if TAB in strand.text[start : found.end]:  # what a tab sets at the edge fits
            return found
        if last < start or strand._latin or not strand.style_at(last).format.italic:
            return found
        clear = sum(strand.style_at(last).reach(east_asian=strand._is_chinese(last))) / 12
        return own(strand, start, stop, max(room - clear, 0.0)) if found.width > room - clear else found

    stack.enter_context(patch.object(breaking.Strand, "_line", line))


def part_at_hard_blanks(stack: ExitStack) -> None:
    """A hard blank keeps no Chinese behind it on its line."""
    own = breaking.Strand._can_break

    def breaks(strand: breaking.Strand, at: int, edge: int = -1) -> bool:
        if strand.text[at - 1] == "\xa0" and strand._is_chinese(at):
            return strand.text[at] not in strand._settings.no_start
        return own(strand, at, edge)

    stack.enter_context(patch.object(breaking.Strand, "_can_break", breaks))
