"""Breaks the text of a paragraph into lines: 避头尾, Latin words whole, hanging and squeezed marks, tab stops."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from anjian_desktop.documents.layout.characters import (
    CLOSING,
    FIRST_ASIAN,
    FIRST_WIDE_MARK,
    HAN,
    HANGING,
    HANGING_HALF,
    STOPS,
    beside_numbers,
    can_break,
    follows_latin,
    joins_scripts,
    latin_marks,
    marks_after_chinese,
    marks_start,
    script_boundaries,
    squeezable_pairs,
)
from anjian_desktop.documents.layout.model import LINE_BREAK, TAB, Align, ParagraphFormat, Piece, RunFormat
from anjian_desktop.documents.layout.settings import Settings
from anjian_desktop.documents.layout.typesetting.boxed_text import make_room
from anjian_desktop.documents.layout.typesetting.latin_text import LatinMarks, kern, opens_latin, parted, widen_blanks
from anjian_desktop.documents.layout.typesetting.line_fit import fitting
from anjian_desktop.documents.layout.typesetting.note_marks import note_marks
from anjian_desktop.documents.layout.typesetting.paths import before_path
from anjian_desktop.documents.layout.typesetting.squeezing import HALF, squeezed
from anjian_desktop.documents.layout.typesetting.tab_stops import TabbedLine, settle_tabs
from anjian_desktop.documents.layout.typesetting.type_styles import TypeCase, TypeStyle
from anjian_desktop.documents.layout.typesetting.unicode_breaks import is_abroad, may_end

_TOLERANCE = 0.12
_TOLERANCE_BY_FONT = 0.04
"""pt that a full line may be too wide: 28 characters of the official grid come out 0.03 pt over, by rounding to twips.

The other programs of a Linux desktop do not allow for more.
"""

_BLANKS = " \u3000"
"""What is blank at the end of a line, in either script: in the other programs of a Linux desktop it takes no room."""

_HARD_BLANK = "\u00a0"

_AFTER_BLANKS = frozenset("\"'>%")
"""Marks that begin no line of Chinese, but one of Latin text after a blank in the other programs."""

_SCRIPT_GAP = 0.25
_SCRIPT_GAP_BY_FONT = 0.2
"""Blank between ideographs and Latin text, in em: as Word has it; as the other programs of a Linux desktop have it."""


@dataclass(frozen=True, slots=True)
class LineSpan:
    """One line: text[start:end] is shown, `width` its advance (pt) without a hanging mark, `hung` how many hang.

    `advances` are those of the line's characters; `final`: the paragraph or a forced line ends here.
    """

    start: int
    end: int
    width: float
    advances: Sequence[float]
    hung: int
    final: bool


class Strand:
    """The text of one paragraph with the advance of each character, ready to be broken.

    A strand never holds a page break; those split the paragraph beforehand. `label`: how many characters are its number.
    """

    def __init__(
        self, pieces: Sequence[Piece], format_: ParagraphFormat, settings: Settings, case: TypeCase, widen: float,
        label: int = 0,
    ) -> None:  # fmt: skip
        self.text = text = "".join([piece.text for piece in pieces])
        either = HAN.search(text) is not None
        marks = note_marks(pieces)
        self._held = {start for start, _ in marks}
        self._format, self._settings, self._latin, self._label = format_, settings, not either, label
        self.styles: list[tuple[int, TypeStyle]] = []
        advances: list[float] = []
        end = 0
        if either and case.fonts.true_heights:
            pieces = parted(pieces, latin_marks(text))
        for piece in pieces:
            style = case.style(piece.format, widen, either=either and not isinstance(piece, LatinMarks))
            end += len(piece.text)
            self.styles.append((end, style))
            advances += map(style.__getitem__, piece.text)
            if style.kerned:
                kern(piece.text, style, advances, end - len(piece.text))
            if either and case.fonts.true_heights and " " in piece.text:
                widen_blanks(text, style, advances, end - len(piece.text), end)
        self._as_read, self._label = case.fonts.true_heights, label
        if self._as_read:
            make_room(self.styles, advances)
        self._blanks = _BLANKS if self._as_read else " "
        self._takes_in = settings.squeeze_marks and format_.align is Align.BOTH and not self._as_read
        self._tracked = self._as_read and any(style.format.spacing for _, style in self.styles)
        self._extra: dict[int, float] = {}
        """Blank added after a character (autospace) or taken from it (squeezed pair), lost where a line ends there."""
        if either:
            by_font = case.fonts.true_heights
            gap = _SCRIPT_GAP_BY_FONT if by_font else _SCRIPT_GAP
            letters, digits = format_.auto_space, format_.auto_space_digits
            places = script_boundaries(text, letters=letters, digits=digits, per_cent=not by_font)
            if by_font and letters and digits:
                places += [at for at in beside_numbers(text) if self._is_chinese(at) != self._is_chinese(at + 1)]
            noted = {at - 1 for mark in marks for at in mark}
            for at in places:
                if at in noted or (by_font and at < label):  # numbers keep no blank, not from their text either
                    continue
                style = self.style_at(at)
                self._extra[at] = gap * style.size
                if by_font:  # letters set closer end where their text does
                    self._extra[at] -= min(style.format.spacing, 0.0)
        if settings.squeeze_marks:
            for at in squeezable_pairs(text):
                style = self.style_at(at)
                if advances[at] > 0.75 * style.size and (style.format.kerned or case.fonts.true_heights):
                    self._extra[at] = -HALF * style.size
        for at, extra in self._extra.items():
            advances[at] += extra
        self.advances = advances
        self._marks: list[tuple[int, int]] | None = None
        self.leaders: dict[float, str] = {}
        """What fills the tab that begins at a place (pt from the text edge)."""
        self._ends = [0.0, *accumulate(advances)]

    def style_at(self, at: int) -> TypeStyle:
        """The type style of a character."""
        for end, style in self.styles:
            if at < end:
                return style
        return self.styles[-1][1]

    def _is_chinese(self, at: int) -> bool:
        return self.style_at(at).sorts[self.text[at]].east_asian

    def lines(self, first_width: float, width: float, first_start: float, start: float) -> list[LineSpan]:
        """The lines for a first line and following lines of these widths (pt).

        `first_start` and `start` are the lines' own indents from the text edge, which tab stops are measured from.
        """
        found: list[LineSpan] = []
        at, count = 0, len(self.text)
        while at < count or not found:
            room, indent = (first_width, first_start) if not found else (width, start)
            span, at = self.next_line(at, room, indent, start)
            found.append(span)
            if at == count and span.end < count:  # a line break at the very end opens one more, empty line
                found.append(LineSpan(count, count, 0.0, (), 0, True))
        return found

    def next_line(self, at: int, room: float, indent: float, hang: float) -> tuple[LineSpan, int]:
        """The line that begins with text[at] in a room (pt), and where the next one begins.

        `indent`: where the line begins, `hang`: where those after it do (pt from the text edge).
        """
        text = self.text
        stop = text.find(LINE_BREAK, at)
        stop = len(text) if stop < 0 else stop
        tab = text.find(TAB, at, stop)
        if tab >= 0 and self._ends[tab] - self._ends[at] <= room:
            edge = indent + room
            line = TabbedLine(text, at, stop, indent, edge, hang, self._label)
            tab, reach = settle_tabs(line, self, self._format, self._settings, as_read=self._as_read)
            self._ends = [0.0, *accumulate(self.advances)]
            if tab < stop or reach > edge:
                span = self._line(at, tab, reach - indent)
                span = replace(span, width=min(span.width, room), final=span.final and tab == stop)
                return span, stop + 1 if tab == stop and span.end >= stop and stop < len(text) else span.end
        span = self._line(at, stop, room)
        return span, stop + 1 if span.end >= stop and stop < len(text) else span.end

    def parts_well(self, at: int) -> bool:
        """Whether a line may end before text[at]: not inside a word."""
        return at >= len(self.text) or self.text[at] in LINE_BREAK + " " or self._can_break(at)

    @property
    def width(self) -> float:
        """The width of the whole text in one line (pt)."""
        return self._ends[-1]

    def _line(self, start: int, stop: int, room: float) -> LineSpan:
        text, ends = self.text, self._ends
        limit = ends[start] + room + (_TOLERANCE_BY_FONT if self._settings.parts_words else _TOLERANCE)
        end = max(min(bisect_right(ends, limit, start) - 1, stop), start)
        if end < stop and ends[end + 1] - max(self._extra.get(end, 0.0), 0.0) - self._loose(end) <= limit:
            end += 1
        elif end > start + 1 and ends[end] - self._loose(end - 1) > limit:
            end -= 1
        if self._as_read and not self._tracked:
            end = fitting(text, (start, end, stop), room, (self.advances, ends, self._extra), self.style_at)
        if end >= stop:
            return self._span(start, stop, 0, True)
        if text[end] in self._blanks:  # blanks at a line's end take no room
            while end < stop and text[end] in self._blanks:
                end += 1
            return self._span(start, end, 0, end >= stop)
        end = max(end, start + 1)
        if end < stop and self._takes_in and (more := self._taking_in(start, end, stop, room)) is not None:
            return more
        if end >= stop or self._can_break(end):
            return self._span(start, end, 0, end >= stop)
        half = self._as_read and text[end] in HANGING_HALF
        hangs = self._format.hang_marks and (half or text[end] in HANGING) and self._may_hang(end)
        if hangs:
            after = self._behind_hung(end + 1, stop)
            if after >= stop or text[end + 1] == " " or self._can_break(after) or (half and text[after].isalnum()):
                return self._span(start, after, 1, after >= stop)
        squeezed = self._squeezed(start, end, stop, room)
        if squeezed is not None:
            return squeezed
        return self._span(start, self._break_before(start, end), 0, False)

    def _break_before(self, start: int, edge: int) -> int:
        """Where a line from `start` ends that may not end at its edge: never behind the paragraph's number."""
        if start < self._label < edge - 1:
            start = self._label + (self.text[self._label] in TAB + " ")
        back = edge
        while back > start and not self._can_break(back, edge):
            back -= 1
        if back > start and self.text[back - 1] == "/" and self._goes_by_unicode(back):
            back = before_path(self.text, back)
            opens = self._opens(start, edge + 1)
            if back < opens and opens > start + 1 and (back <= start or back < self._opens(start, opens)):
                # The path begins pieces before: one of them is parted, or the line ends behind Chinese text.
                whole = self._is_chinese(opens - 1) and self._can_break(opens)
                return opens if whole else self._break_before(start, opens - 1)
        return back if back > start else self._forced(start, edge)

    def _forced(self, start: int, edge: int) -> int:
        """Where a line ends in which nothing may be parted (a very long word): at its edge.

        Elsewhere, unless the line began inside that word or behind a Chinese stop, its first stretch in one font and script
        is parted before its last character, where it is not all of the line. So is Latin text that holds the marks behind it.
        """
        held = marks_start(self.text, edge)
        if self._settings.parts_words and held > start + 1 and joins_scripts(self.text, held):
            return held - 1
        before, first = (self.text[start - 1], self.text[start]) if start else (LINE_BREAK, "")
        inside = before in STOPS or (before == " " and first in self._settings.no_start - _AFTER_BLANKS)
        if self._as_read and (before == LINE_BREAK or (not inside and self._can_break(start))):
            at = self._changes(start, edge)
            while at <= edge and not self.text[start:at].strip(_HARD_BLANK):  # such blanks alone are never parted
                at = self._changes(at, edge)
            if at <= edge and self.text[at] in HANGING and is_abroad(self.style_at(at).format.language):
                return at
            if at <= edge and self._is_chinese(at) and self.text[at] not in self._settings.no_start:
                return at
            if at <= edge:
                return max(at - 1, start + 1)
        return edge

    def _changes(self, start: int, edge: int) -> int:
        """The first character in another font or script than text[start], or the one after the edge."""
        other = (at for at in range(start + 1, edge + 1) if self._kind(at) != self._kind(start))
        return next(other, edge + 1)

    def _opens(self, start: int, end: int) -> int:
        """Where the stretch in one font and script begins that ends before text[end]."""
        return next((at for at in range(end - 1, start, -1) if self._kind(at - 1) != self._kind(end - 1)), start)

    def _kind(self, at: int) -> tuple[bool, RunFormat]:
        """The font and script of text[at]."""
        return self._is_chinese(at), self.style_at(at).format

    def _opens_type(self, at: int) -> bool:
        """Whether text[at] has another format than what stands before it: elsewhere it may begin a line then, after a blank."""
        return self.text[at] not in " \t" and self.style_at(at - 1).format != self.style_at(at).format

    def _loose(self, at: int) -> float:
        """What letter-spacing adds after text[at], which elsewhere a line's last character goes without (pt)."""
        return self.style_at(at).format.spacing if self._tracked else 0.0

    def _may_hang(self, at: int) -> bool:
        """Elsewhere a mark hangs after Chinese only, and only in text that is said to be Chinese."""
        if not (self._settings.hang_marks and self._settings.parts_words):
            return self._settings.hang_marks
        after_chinese = not follows_latin(self.text, at) or self._marks_end(at) == at
        return after_chinese and self.style_at(at).format.language[:2] in ("", "ja")

    def _behind_hung(self, at: int, stop: int) -> int:
        """Where the next line begins after a mark that hangs before text[at]: blanks behind it hang along."""
        return next((place for place in range(at, stop) if self.text[place] != " "), max(at, stop))

    def _can_break(self, at: int, edge: int = -1) -> bool:
        """Whether a line may end before text[at]; `edge`: the first character beyond the line's edge, else text[at]."""
        text, settings = self.text, self._settings
        if self._as_read and text[at - 1] == " " and self._opens_type(at):
            return True
        if at in self._held and text[at - 1] != " ":
            return False
        past = max(at, edge)
        if self._goes_by_unicode(at):
            return self._can_break_by_unicode(at, past)
        if settings.parts_words:
            before, after = text[at - 1], text[at]
            among_marks = not (before.isalnum() or after.isalnum()) and at < self._marks_end(at)
            by_marks = among_marks and before != " " != after and self._format.break_rules
            if by_marks and not self._in_latin(past):
                return after not in settings.no_start and before not in settings.no_end
            if joins_scripts(text, at) and (marks_start(text, past) <= at or self._in_latin(past)):
                return False
            if edge > at and opens_latin(text, at, edge):
                return may_end(text, at)
        no_start, no_end = (
            (settings.no_start, settings.no_end) if self._format.break_rules else (frozenset(), frozenset())
        )
        return can_break(text, at, no_start, no_end, words=self._format.break_words, latin=self._latin)

    def _goes_by_unicode(self, at: int) -> bool:
        """Whether the other programs of a Linux desktop part text here by the rules for any tongue: before Latin text."""
        if self._as_read and not self._latin and is_abroad(self.style_at(at - 1).format.language):
            return True
        return self._settings.parts_words and not self._format.break_words and self._in_latin(at)

    def _can_break_by_unicode(self, at: int, edge: int) -> bool:
        """There no line ends at a slash at its edge, nor before a mark that went back into the Latin text before it."""
        text = self.text
        if text[at - 1] in STOPS and not follows_latin(text, at - 1):
            return not is_abroad(self.style_at(at - 1).format.language) or may_end(text, at)
        at_edge = at == edge or (at == edge - 1 and not self._goes_by_unicode(edge))
        return not (at_edge and text[at - 1] == "/") and may_end(text, at)

    def _in_latin(self, at: int) -> bool:
        """Whether text[at] is Latin text, or a mark at home in any script that follows it."""
        own = self.text[at]
        if self._latin or own.isalnum():
            return self._latin or own < FIRST_ASIAN
        return (own < FIRST_WIDE_MARK or own == "～") and follows_latin(self.text, at)

    def _marks_end(self, at: int) -> int:
        """Where the Latin marks end that follow Chinese, begin before text[at] and are the nearest such ones; -1 for none."""
        if self._marks is None:
            self._marks = [] if self._latin else marks_after_chinese(self.text)
        nearest = bisect_right(self._marks, (at, 0)) - 1
        return self._marks[nearest][1] if nearest >= 0 else -1

    def _squeezed(self, start: int, end: int, stop: int, room: float) -> LineSpan | None:
        """The line with one more closing mark, when the marks in it can give up the width that lacks."""
        if not self._settings.squeeze_marks or self.text[end] not in CLOSING:
            return None
        if end + 1 < stop and not self._can_break(end + 1):
            return None
        advances = squeezed(self.text, self.advances, self._extra, start, end + 1, room)
        return LineSpan(start, end + 1, sum(advances), advances, 0, end + 1 >= stop) if advances else None

    def _taking_in(self, start: int, end: int, stop: int, room: float) -> LineSpan | None:
        """An evenly set line with what would begin the next one, when no more than half a character lacks for it.

        Word squeezes the line's marks then, and lets a mark behind it hang; the page marks in its files tell.
        """
        text, most = self.text, HALF * self.style_at(end).size
        last = end + 1
        while self._ends[last] - self._ends[start] - max(self._extra.get(last - 1, 0.0), 0.0) - room <= most:
            after, hung = last, 0
            if last < stop and text[last] in HANGING and self._may_hang(last):
                after, hung = self._behind_hung(last + 1, stop), 1
            while after < stop and text[after] == " ":
                after += 1
            if after >= stop or after > last + hung or self._can_break(after):
                line = squeezed(text, self.advances, self._extra, start, last, room)
                behind = self.advances[last:after]
                return LineSpan(start, after, sum(line), [*line, *behind], hung, after >= stop) if line else None
            last += 1
        return None

    def _span(self, start: int, end: int, hung: int, final: bool) -> LineSpan:
        shown, blanks = end, self._blanks
        if final and not (self._as_read and end == len(self.text)):
            blanks = ""
        while shown > start and self.text[shown - 1] in blanks:
            shown -= 1
        if shown == start:
            shown = end
        advances: Sequence[float] = self.advances[start:end]
        last = shown - 1
        width = self._ends[shown] - self._ends[start]
        if last >= start:
            width -= self._extra.get(last, 0.0) + self._loose(last)
        if hung:
            width -= self.advances[shown - 1] - self._extra.get(last, 0.0)
            width -= self._extra.get(last - 1, 0.0) if last - 1 >= start and self._extra.get(last - 1, 0.0) > 0 else 0.0
        return LineSpan(start, end, width, advances, hung, final)
