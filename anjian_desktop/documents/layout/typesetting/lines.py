"""Turns a paragraph into lines of placed glyphs: indents, alignment, even stretching, baselines on the grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from anjian_desktop.documents.layout.characters import HAN, follows_chinese
from anjian_desktop.documents.layout.laid_out import Fragment, GlyphRun, PlacedPicture, Rule
from anjian_desktop.documents.layout.model import (
    COLUMN_BREAK,
    PAGE_BREAK,
    TAB,
    Align,
    Grid,
    LineRule,
    Paragraph,
    ParagraphFormat,
    Piece,
    RunFormat,
)
from anjian_desktop.documents.layout.settings import Settings
from anjian_desktop.documents.layout.typesetting.breaking import LineSpan, Strand
from anjian_desktop.documents.layout.typesetting.forced_breaks import between_tabs, split_at_breaks, without_breaks
from anjian_desktop.documents.layout.typesetting.frames import behind, decorations, emphasis, framed, leader
from anjian_desktop.documents.layout.typesetting.insets import blanks, indents
from anjian_desktop.documents.layout.typesetting.line_heights import (
    blank_at_foot,
    by_next,
    empty_line_height,
    line_by_fonts,
    line_height,
    line_with_picture,
)
from anjian_desktop.documents.layout.typesetting.type_styles import Sort, TypeCase, TypeStyle
from anjian_desktop.documents.layout.typesetting.wrapping import NARROWEST, Obstacle, blank_above, indented, set_around

_ASCENT = 0.86
"""The baseline's place in the em square of ideographs, from its top."""

_EPSILON = 0.004
_LEAST = 0.5
"""Width (pt) of a place beside a box that no character fits in."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A paragraph ready for pages: its lines with their heights, the space around it, where pages may not break.

    `sticks[i]`: no page may end after line i.
    """

    fragments: tuple[Fragment, ...]
    heights: tuple[float, ...]
    sticks: tuple[bool, ...]
    before: float
    after: float
    style: str
    contextual: bool
    starts_page: bool
    unknown: tuple[str, ...] = ()
    text: str = ""
    starts_column: bool = False

    @property
    def height(self) -> float:
        """Height of all lines in pt, without the space around."""
        return sum(self.heights)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a paragraph is measured against: the width it may take (pt), the grid, whether lines snap to it."""

    width: float
    grid: Grid
    settings: Settings
    case: TypeCase
    in_table: bool = False

    def in_box(self, width: float) -> Measure:
        """The same inside a text box of this width; the other programs know no grid there."""
        grid = replace(self.grid, line=0.0) if self.case.fonts.true_heights else self.grid
        return replace(self, width=width, grid=grid)

    def in_cell(self, width: float) -> Measure:
        """The same inside a table cell of this width; lines snap to the grid there only when the document says so."""
        snaps = self.settings.grid_in_tables or self.case.fonts.true_heights
        grid = self.grid if snaps else replace(self.grid, line=0.0)
        settings = self.settings
        if self.case.fonts.true_heights and settings.hang_marks:
            settings = replace(settings, hang_marks=False)
        return replace(self, width=width, grid=grid, settings=settings, in_table=True)


Around = Sequence[tuple[Obstacle, ...]]
"""For each part of a paragraph what stands in the way of its lines."""


def measure_paragraph(paragraph: Paragraph, measure: Measure, *, lasting: bool, around: Around = ()) -> list[Measured]:
    """The lines of a paragraph; more than one part where it holds page breaks."""
    if measure.in_table:
        paragraph = without_breaks(paragraph)
    if not any(PAGE_BREAK in piece.text or COLUMN_BREAK in piece.text for piece in paragraph.pieces):
        obstacles = around[0] if around else ()
        return [_measure(paragraph, paragraph.pieces, measure, lasting, obstacles, first=True, last=True)]
    parts = split_at_breaks(paragraph.pieces)
    break_alone = measure.case.fonts.true_heights and not any(pieces for _, pieces in parts)
    measured = []
    for number, (kind, pieces) in enumerate(parts):
        edges = {"first": number == 0, "last": number == len(parts) - 1}
        obstacles = around[number] if number < len(around) else ()
        part = _measure(paragraph, tuple(pieces), measure, lasting, obstacles, **edges)
        if not pieces and (number or not (break_alone or kind)):
            # Beside a page break no empty line stands: Word keeps the paragraph's mark on the page of the break.
            # A break that is all of its paragraph needs the room of a line there; printing spares the sheet that may cost.
            part = replace(part, fragments=(), heights=(), sticks=(), before=0.0, after=0.0)
        if kind:
            part = replace(part, starts_page=kind == PAGE_BREAK, starts_column=kind == COLUMN_BREAK)
        measured.append(part)
    return measured


def natural_width(paragraph: Paragraph, measure: Measure) -> float:
    """The width (pt) a paragraph needs to stand in one line, its indents counted."""
    start, end, indent = indents(paragraph, paragraph.pieces, measure.grid, measure.settings.em)
    if not paragraph.pieces:
        return start + end
    strand = Strand(paragraph.pieces, paragraph.format, measure.settings, measure.case, measure.grid.widen)
    return start + end + max(indent, 0.0) + strand.width


def _measure(
    paragraph: Paragraph, pieces: tuple[Piece, ...], measure: Measure, lasting: bool, obstacles: tuple[Obstacle, ...],
    *, first: bool, last: bool,
) -> Measured:  # fmt: skip
    format_, grid = paragraph.format, measure.grid
    start, end, indent = indents(paragraph, pieces, grid, measure.settings.em)
    if not first:
        indent = 0.0
    width = measure.width - start - end
    narrowest = _LEAST if measure.case.fonts.true_heights else NARROWEST
    unknown: tuple[str, ...] = ()
    if pieces:
        label = paragraph.label[0] if first else 0
        strand = Strand(pieces, format_, measure.settings, measure.case, grid.widen, label)
        if label and paragraph.label[1]:
            indent -= paragraph.label[1] * sum(strand.advances[:label])
        setter = _Setter(strand, format_, measure, paragraph.plain)
        if obstacles:
            setting = set_around(
                strand, setter.set, indented(obstacles, start, end), (start, indent, width), lasting, narrowest
            )
        else:
            spans = strand.lines(width - indent, width, start + indent, start)
            setting = [
                setter.set(
                    span, start + (indent if number == 0 else 0.0), width - (indent if number == 0 else 0.0), lasting
                )
                for number, span in enumerate(spans)
            ]
            setting = by_next(setting, setter.last_tail)
        fragments = tuple([fragment for fragment, _ in setting])
        heights = tuple([height for _, height in setting])
        unknown = tuple(setter.unknown)
    else:
        fragments = (Fragment((), lasting=lasting),)
        height, base, fragments[0].tail = _empty_height(paragraph, measure)
        blank = blank_above(obstacles, 0.0, height, start, start + width, narrowest) if obstacles else 0.0
        fragments[0].base = None if format_.uncounted else base + blank
        heights = (height + blank,)
    if format_.frame is not None:
        edge = start + min(indent, 0.0)
        fragments, heights = framed(fragments, heights, format_, edge, measure.width - end, first=first, last=last)
    before, after = blanks(format_, grid)
    whole_heads = measure.case.fonts.true_heights  # the other programs never part a paragraph kept with the next
    return Measured(
        fragments,
        heights,
        _sticks(len(fragments), format_, last=last, whole=format_.keep_lines or (whole_heads and format_.keep_next)),
        before if first else 0.0,
        after if last else 0.0,
        paragraph.style,
        format_.contextual,
        format_.page_break_before and first,
        unknown,
        "".join([piece.text for piece in pieces]) if unknown else "",
    )


def _empty_height(paragraph: Paragraph, measure: Measure) -> tuple[float, float, float]:
    """Height of a paragraph without text, the place of its baseline, and the blank a multiple adds at its foot."""
    format_, mark = paragraph.format, paragraph.mark
    if not measure.case.fonts.true_heights:
        height = empty_line_height(mark, format_, measure.grid)
        return height, (height - mark.size) / 2 + _ASCENT * mark.size, 0.0
    above, below = measure.case.style(mark, measure.grid.widen, either=False).reach(east_asian=False)
    plain = format_.line_rule is LineRule.MULTIPLE and format_.align is Align.START and not paragraph.styled
    if measure.grid.line and format_.on_grid and plain:
        tail = max(blank_at_foot(above + below, format_.line), 0.0)
        return measure.grid.line + tail, above, tail  # one line whatever its size, as the other programs have it
    return line_by_fonts(above, below, format_, measure.grid, snaps=mark.on_grid, opens=True, closes=True)


def _sticks(count: int, format_: ParagraphFormat, *, last: bool, whole: bool) -> tuple[bool, ...]:
    """Where no page may end: inside a paragraph kept whole, after its first or before its last line (孤行控制)."""
    if whole:
        sticks = [True] * count
    else:
        sticks = [False] * count
        if format_.widow_control and count > 1:
            sticks[0] = sticks[-2] = True
    if count:
        sticks[-1] = format_.keep_next and last
    return tuple(sticks)


class _Setter:
    """Places the glyphs of the lines of one strand."""

    def __init__(self, strand: Strand, format_: ParagraphFormat, measure: Measure, plain: RunFormat | None) -> None:
        self._strand, self._format, self._grid = strand, format_, measure.grid
        self._plain = measure.case.style(plain, measure.grid.widen, either=False) if plain is not None else None
        self.unknown: list[str] = []
        self.last_tail = 0.0
        self._single = strand.styles[0][1] if len(strand.styles) == 1 else None
        self._pictures: list[PlacedPicture] = []
        self._notes: list[str] = []
        self._true_heights = measure.case.fonts.true_heights
        self._expands = measure.settings.expands_breaks

    def set(self, span: LineSpan, start: float, room: float, lasting: bool) -> tuple[Fragment, float]:
        """A line as a fragment (x from the text edge) and its height; `start` is its indent, `room` its width."""
        strand = self._strand
        text = strand.text[span.start : span.end]
        styles = self._styles(span.start, span.end)
        tallest = max((style for _, _, style in styles), key=lambda style: style.size)
        tail = 0.0
        if self._true_heights:
            opens, closes = span.start == 0, span.end == len(strand.text)
            height, baseline, tail = self._by_fonts(text, styles, opens=opens, closes=closes)
            self.last_tail = self._by_fonts(text, styles, opens=opens, closes=False)[2] if closes and tail else tail
        else:
            height = line_height(tallest.format, self._format, self._grid, ideographs=HAN.search(text) is not None)
            baseline = (height - tallest.size) / 2 + _ASCENT * tallest.size
            drawn = [style for _, _, style in styles if style.drawn]
            if drawn:
                reach = max(style.drawn for style in drawn), max(-min(style.rise for style in drawn), 0.0)
                grid = self._grid if all(style.format.on_grid for style in drawn) else replace(self._grid, line=0.0)
                height, baseline = line_with_picture(height, baseline, reach, self._format, grid)
        slack = room - span.width
        align = self._format.align
        advances = span.advances
        x = start
        evens = not span.final or (self._expands and span.end < len(strand.text))
        if slack > _EPSILON and (align is Align.SPREAD or (align is Align.BOTH and evens)):
            advances = self._stretched(text, styles, advances, slack, span.hung)
        elif align is Align.CENTER:
            x += slack / 2
        elif align is Align.END:
            x += slack
        self._pictures, self._notes = [], []
        runs, rules = self._runs(text, styles, advances, x, baseline)
        fragment = Fragment(tuple(runs), tuple(rules), tuple(self._pictures), notes=tuple(self._notes), lasting=lasting)
        fragment.tail = tail
        fragment.base = None if self._format.uncounted else baseline
        return fragment, height

    def _by_fonts(
        self, text: str, styles: list[tuple[int, int, TypeStyle]], *, opens: bool, closes: bool
    ) -> tuple[float, float, float]:
        """Height of a line, the place of its baseline and the blank at its foot, by the fonts in it."""
        above = below = tallest = drawn = 0.0
        for start, stop, style in styles:
            if style.format.picture is not None:
                drawn, below = max(drawn, style.drawn), max(below, -style.rise)
                continue
            kinds = {style.sorts[character].east_asian for character in set(text[start:stop]) if character not in "\t "}
            if not kinds and " " in text[start:stop]:
                kinds = {follows_chinese(text, start)}
            for east_asian in kinds or {False}:
                ascent, descent = style.reach(east_asian=east_asian)
                rise = 0.0 if style.format.beside else style.rise
                tallest = max(tallest, ascent + descent + abs(rise))
                above, below = max(above, ascent + max(rise, 0.0)), max(below, descent - min(rise, 0.0))
        if drawn and not above:  # a multiple still counts a text's height: that of the paragraph's style
            tallest = sum((styles[0][2] if self._plain is None else self._plain).reach(east_asian=False))
        snaps = all(style.format.on_grid for _, _, style in styles)
        return line_by_fonts(
            above,
            below,
            self._format,
            self._grid,
            snaps=snaps,
            tallest=tallest,
            drawn=drawn,
            opens=opens,
            closes=closes,
        )

    def _styles(self, start: int, end: int) -> list[tuple[int, int, TypeStyle]]:
        """The type styles of a line as (from, to, style), counted from its start."""
        if self._single is not None:
            return [(0, end - start, self._single)]
        found, begin = [], 0
        for stop, style in self._strand.styles:
            if stop > start and begin < end:
                found.append((max(begin, start) - start, min(stop, end) - start, style))
            begin = stop
        return found or [(0, 0, self._strand.style_at(start))]

    def _stretched(
        self, text: str, styles: list[tuple[int, int, TypeStyle]], advances: Sequence[float], slack: float, hung: int
    ) -> Sequence[float]:
        """The advances with the slack shared evenly between ideographs and at blanks, Latin words kept whole."""
        wide = [style.sorts[c].east_asian or c == " " for start, stop, style in styles for c in text[start:stop]]
        shown = len(text.rstrip(" ")) - hung
        first = max(text.rfind(TAB), 0)
        places = [at for at in range(first, shown - 1) if wide[at] or wide[at + 1]]
        if not places:
            return advances
        share = slack / len(places)
        stretched = list(advances)
        for at in places:
            stretched[at] += share
        return stretched

    def _runs(
        self, text: str, styles: list[tuple[int, int, TypeStyle]], advances: Sequence[float], x: float, baseline: float
    ) -> tuple[list[GlyphRun], list[Rule]]:
        runs: list[GlyphRun] = []
        rules: list[Rule] = []
        for start, stop, style in styles:
            begin = x
            if style.format.picture is not None:
                for advance in advances[start:stop]:
                    self._pictures.append(PlacedPicture(style.format.picture, x, baseline - style.drawn))
                    x += advance
                continue
            for part, part_stop in between_tabs(text, start, stop):
                x = self._part(runs, text, part, part_stop, style, advances, x, baseline)
                if part_stop < stop:
                    kind = self._strand.leaders.get(round(x, 1), "")
                    rules += leader(kind, x, advances[part_stop], baseline, style.size, style.format.colour)
                    x += advances[part_stop]
            format_ = style.format
            if format_.plain:
                continue
            if format_.note:
                self._notes.append(format_.note)
            rules[:0] = behind(format_, begin, x, baseline)
            rules += decorations(format_, begin, x, baseline)
            rules += emphasis(format_, begin, advances[start:stop], text[start:stop], baseline)
        return runs, rules

    def _part(
        self, runs: list[GlyphRun], text: str, start: int, stop: int, style: TypeStyle, advances: Sequence[float],
        x: float, baseline: float,
    ) -> float:  # fmt: skip
        """Adds the runs of text[start:stop], a new one where face or spacing changes or no font has a character; gives their end."""
        if start == stop:
            return x
        sorts = style.sorts
        first, first_x = start, x
        first_sort = previous = sorts[text[start]]
        extra = last = advances[start] - first_sort.natural
        for at in range(start, stop):
            sort = sorts[text[at]]
            if not sort.known:
                self.unknown.append(text[at])
            if sort.face is not previous.face or abs(last - extra) > _EPSILON or sort.known is not previous.known:
                runs.append(self._run(text, first, at, style, first_sort, first_x, baseline, extra))
                first, first_x, first_sort = at, x, sort
                extra = advances[at] - sort.natural
            previous, last = sort, advances[at] - sort.natural
            x += advances[at]
        runs.append(self._run(text, first, stop, style, first_sort, first_x, baseline, extra))
        return x

    @staticmethod
    def _run(
        text: str, start: int, stop: int, style: TypeStyle, sort: Sort, x: float, baseline: float, extra: float
    ) -> GlyphRun:
        format_, sorts = style.format, style.sorts
        shown = text[start:stop]
        return GlyphRun(
            sort.face,
            style.size,
            x,
            baseline - style.rise,
            shown,
            b"".join([sorts[character].code for character in shown]),
            extra,
            format_.scale,
            format_.colour,
            sort.thicken,
            start > 0 and text[start - 1] != TAB,
            sort.slant,
        )
