"""LibreOffice's rules where Word's are known to be others: to list the files they show in, and to measure the rest of them.

Sorted by how that is known: by the page marks Word leaves in its files, by ECMA-376, or by what Word is known to do.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from anjian_desktop.documents.layout import characters, typesetter
from anjian_desktop.documents.layout.model import Grid, LineRule, Paragraph, ParagraphFormat, Piece, RunFormat
from anjian_desktop.documents.layout.reading import choices, document, formats, numbering, pieces, revisions
from anjian_desktop.documents.layout.reading.formats import Name
from anjian_desktop.documents.layout.reading.package import W
from anjian_desktop.documents.layout.reading.styles import Look, StyleSheet
from anjian_desktop.documents.layout.sections import Section
from anjian_desktop.documents.layout.typesetting import (
    breaking,
    furniture,
    insets,
    line_heights,
    lines,
    section_setter,
)
from anjian_desktop.documents.layout.typesetting.section_setter import SectionSetter
from tests.faithfulness.their_blanks import leave_out_blanks
from tests.faithfulness.their_columns import columns_in_ten_thousandths
from tests.faithfulness.their_empty_lines import empty_lines_on
from tests.faithfulness.their_fields import number_all, part_fields, read_afresh, spell_out_in_controls
from tests.faithfulness.their_floats import stand_clear_of_edges, stand_lower, whole_characters_beside
from tests.faithfulness.their_furniture import blank_twice, count_blank_sides
from tests.faithfulness.their_lists import (
    bare_before_contents_end,
    drop_style_indents,
    keep_cleared_stop,
    tight_lists,
)
from tests.faithfulness.their_lone_lines import keep_two_lines
from tests.faithfulness.their_pages import (
    apart_endnotes,
    bottom_between,
    break_before,
    first_line_alone,
    hang_turned_round,
    raised_by_line,
    whole_cells,
    whole_characters,
)
from tests.faithfulness.their_pictures import multiply_pictures, pixels_of_plus, square_turned
from tests.faithfulness.their_spacing import closer_between
from tests.faithfulness.their_styles import leave_base_out, leave_lines_out
from tests.faithfulness.their_tables import (
    blanks_again,
    closed_on_grid,
    hard_blanks_empty,
    raised_at_end,
    turned_uncounted,
    whole_per_cents,
)
from tests.faithfulness.their_words import lean_clear, part_at_hard_blanks, part_behind_hard_blanks, part_chinese_words

if TYPE_CHECKING:
    from lxml.etree import _Element

_own_line = line_heights.line_by_fonts
_own_indents, _own_blanks = insets.indents, insets.blanks
_NEAR = 0.25
"""pt by which both may differ and are still one: the file's points are rounded, or counted with a slightly larger size."""


def _snapped_line(
    above: float, below: float, paragraph: ParagraphFormat, grid: Grid, *,
    snaps: bool, tallest: float = 0.0, drawn: float = 0.0, opens: bool = False, closes: bool = False,
) -> tuple[float, float, float]:  # fmt: skip
    """Every line on the grid snaps, also one of exact or least height."""
    if not (grid.line and paragraph.on_grid and snaps) or paragraph.line_rule is LineRule.MULTIPLE:
        return _own_line(
            above, below, paragraph, grid, snaps=snaps, tallest=tallest, drawn=drawn, opens=opens, closes=closes
        )
    above = max(above, drawn)
    natural = above + below
    height = max(1, math.ceil(natural / grid.line - 0.001)) * grid.line
    above += (height - natural) / 2
    return height, above, 0.0


def _in_points(paragraph: Paragraph, said: Sequence[Piece], grid: Grid, em: float) -> tuple[float, float, float]:
    """Indents as the points say that the file keeps beside the characters."""
    format_ = paragraph.format
    own = _own_indents(paragraph, said, grid, em)
    start, end, first = (
        points if abs(points - mine) > _NEAR else mine
        for points, mine in zip((format_.start, format_.end, format_.first), own, strict=True)
    )
    return start, end, first


def _blanks_in_points(format_: ParagraphFormat, grid: Grid) -> tuple[float, float]:
    """The blank above and below as the points say, or 12 pt for a line where none are kept."""
    before, after = _own_blanks(format_, grid)
    said = format_.before or 12 * (format_.before_lines or 0.0), format_.after or 12 * (format_.after_lines or 0.0)
    return (
        said[0] if abs(said[0] - before) > _NEAR else before,
        said[1] if abs(said[1] - after) > _NEAR else after,
    )


def _without_hint(look: Look, styles: StyleSheet, name: Name) -> RunFormat:
    """A run's format with nothing said of its marks at home in both scripts."""
    return replace(formats.run_format(look, styles, name), prefer_east_asian=False)


_STOPS = frozenset("、，。")
_breaks = breaking.Strand._can_break


def _breaks_in_cell(strand: breaking.Strand, at: int, edge: int = -1) -> bool:
    """No line ends between a Chinese stop and Latin text where no mark hangs (in cells, or as the paragraph says)."""
    after, hangs = strand.text[at], strand._settings.hang_marks and strand._format.hang_marks
    if not hangs and strand.text[at - 1] in _STOPS and after.isascii() and after.isalnum():
        return False
    return _breaks(strand, at, edge)


def _keep_words(stack: ExitStack) -> None:
    own = document.paragraph_format
    stack.enter_context(
        patch.object(document, "paragraph_format", lambda *given: replace(own(*given), break_words=False))
    )


_own_strand = breaking.Strand.__init__
_LIGATURES = {"ffi": "\ufb03", "ffl": "\ufb04", "ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02"}
_LIGATED = re.compile("|".join(_LIGATURES))


def _ligated(strand: breaking.Strand, *given: Any) -> None:
    """A strand whose letters that have one sign together in the font are as wide as that sign."""
    _own_strand(strand, *given)
    for found in _LIGATED.finditer(strand.text):
        at, end = found.span()
        style, sign = strand.style_at(at), _LIGATURES[found[0]]
        if style.format.spacing or style is not strand.style_at(end - 1):
            continue
        letters, whole = [style.sorts[letter] for letter in found[0]], style.sorts[sign]
        even = letters[0].natural == style.sorts["i"].natural
        if whole.known and whole.face is letters[0].face and not even:
            strand.advances[at] += whole.natural - sum(letter.natural for letter in letters)
    strand._ends = [0.0, *accumulate(strand.advances)]


_own_format = formats.paragraph_format


def _spaced(*given: Any) -> ParagraphFormat:
    """A paragraph's format with blanks between Chinese and Latin text, whatever it says."""
    return replace(_own_format(*given), auto_space=True, auto_space_digits=True)


_own_section = document.Reader._section


def _first_off_grid(reader: document.Reader, *given: Any) -> Section:
    """A section; the first one of several without its grid where it says that it goes on."""
    found = _own_section(reader, *given)
    first = not given[-1] and given[0] is not None and given[0].getparent().tag == W + "pPr"
    return replace(found, grid=Grid(0.0, found.grid.widen)) if first and found.start == "continuous" else found


_own_variant = furniture.FurnitureSetter._on
_own_body = typesetter.Typesetter._body


class _Sides:
    """A document's first page is a right-hand one, whatever its number, and every page with a number of its parity."""

    def __init__(self) -> None:
        self._turned = 0

    def body(self, setter: typesetter.Typesetter, group: list[SectionSetter], *given: Any) -> object:
        if given[-1] is None:
            self._turned = int((group[0].section.first_number or 1) % 2 == 0)
        return _own_body(setter, group, *given)

    def variant(self, setter: furniture.FurnitureSetter, number: int, *, first: bool) -> object:
        return _own_variant(setter, number + self._turned, first=first)


def _turn_sides(stack: ExitStack) -> None:
    sides = _Sides()
    stack.enter_context(patch.object(typesetter.Typesetter, "_body", lambda *given: sides.body(*given)))
    stack.enter_context(
        patch.object(furniture.FurnitureSetter, "_on", lambda *given, **more: sides.variant(*given, **more))
    )


_own_first_number = typesetter.Typesetter._first_number


def _goes_on_counting(section: Section, before: int | None) -> int:
    """A section that need not begin a page goes on with the numbers of the pages before it."""
    on = before is not None and section.start == "continuous"
    return _own_first_number(replace(section, first_number=None) if on else section, before)


_own_counter = pieces.Pieces._counter


def _kept_count(reader: pieces.Pieces, instruction: str) -> str:
    return "" if "SECTIONPAGES" in instruction.upper() else _own_counter(reader, instruction)


_NO_START = frozenset(
    ":!),.:;?]}¢'\"、。〉》」』】〕〗〞︰︱︳﹐､﹒﹔﹕﹖﹗﹚﹜﹞！），．：；？｜｝︴︶︸︺︼︾﹀﹂﹄﹏～￠々‖•·ˇˉ―-′’”"
)
_NO_END = frozenset("([{£¥'\"‵〈《「『【〔〖（［｛￡￥〝︵︷︹︻︽︿﹁﹃﹙﹛﹝“‘")
"""Marks that begin or end no line of Chinese by LibreOffice's list."""

_own_level = numbering._level


def _not_legal(element: _Element) -> tuple[int, numbering.Level]:
    at, level = _own_level(element)
    return at, replace(level, legal=False)


_SHOWN = {"del": "ins", "moveFrom": "moveTo", "delText": "t", "delInstrText": "instrText"}


def _show_deletions(root: _Element) -> None:
    """Text that was deleted is text; where a paragraph's mark was, the paragraph still ends."""
    for name, shown in _SHOWN.items():
        for element in root.iter(W + name):
            element.tag = W + shown


HABITS: dict[str, Callable[[ExitStack], object]] = {
    "exact or least line height on a grid: LibreOffice snaps all the same, Word does not": lambda stack: (
        stack.enter_context(patch.object(lines, "line_by_fonts", _snapped_line))
    ),
    "indents in characters: LibreOffice takes the points kept beside them, Word the characters": lambda stack: (
        stack.enter_context(patch.object(lines, "indents", _in_points))
    ),
    "blanks in lines: LibreOffice takes the points kept beside them, Word lines of the grid": lambda stack: (
        stack.enter_context(patch.object(lines, "blanks", _blanks_in_points))
    ),
    "a blank behind a mark that hangs: LibreOffice begins the next line with it, Word lets it hang along": lambda stack: (
        stack.enter_context(patch.object(breaking.Strand, "_behind_hung", lambda strand, at, stop: at))
    ),
    "marks said to be East Asian (hint): LibreOffice sets them in the Latin font beside Latin text, Word does not": lambda stack: (
        [stack.enter_context(patch.object(module, "run_format", _without_hint)) for module in (document, pieces)]
    ),
    "a Chinese stop before Latin text where no mark hangs: LibreOffice keeps both together, Word parts them": lambda stack: (
        stack.enter_context(patch.object(breaking.Strand, "_can_break", _breaks_in_cell))
    ),
    "an empty paragraph after a table in a cell: LibreOffice gives it a line of the grid, Word no room": closed_on_grid,
    "a page number whose field has marks of another size: LibreOffice takes theirs, Word the kept number's": lambda stack: (
        stack.enter_context(patch.object(pieces.Pieces, "_look_of_number", lambda *_: None))
    ),
    "tabs and blanks of larger type: LibreOffice leaves them out of a line's height, Word does not": leave_out_blanks,
    "a first section that says it goes on: LibreOffice leaves its grid out, Word does not": lambda stack: (
        stack.enter_context(patch.object(document.Reader, "_section", _first_off_grid))
    ),
    "a first page of even number: LibreOffice gives it the header and footer of odd ones, Word by the number": _turn_sides,
    "no blank wanted between Chinese and Latin text: LibreOffice sets it all the same, Word does not": lambda stack: (
        stack.enter_context(patch.object(document, "paragraph_format", _spaced))
    ),
    "numbers of lines: LibreOffice sets them nearer the text, in the font of no style, for headers too, Word does not": number_all,
    "page numbers of a continuous section: LibreOffice goes on counting, Word begins where the section says": lambda stack: (
        stack.enter_context(patch.object(typesetter.Typesetter, "_first_number", staticmethod(_goes_on_counting)))
    ),
    "how many pages a section has: LibreOffice prints what the file keeps, Word counts them": lambda stack: (
        stack.enter_context(patch.object(pieces.Pieces, "_counter", _kept_count))
    ),
    "paragraphs of a table's style: LibreOffice leaves out what the style is based on, Word does not": leave_base_out,
    "references in long words: LibreOffice parts the word before them, Word at the line's edge": part_fields,
    "widths of tables in per cent: LibreOffice takes whole ones, Word fiftieths": whole_per_cents,
    "a list level that says no indents: LibreOffice takes those of the style away, Word does not": drop_style_indents,
    "endnotes: LibreOffice puts them on a page of their own, Word below the text": apart_endnotes,
    "raised and lowered text: LibreOffice moves it by a part of its line's height, Word by the points said": raised_by_line,
    "a grid of characters: LibreOffice centres what is left over of the line, Word leaves it at the end": whole_characters,
    "a number beside an indent of the first line alone: LibreOffice drops the number's own, Word keeps its left one": first_line_alone,
    "text below a picture in its way: LibreOffice begins it on a line of the grid, a multiple's blank lower, Word right below": stand_lower,
    "text in the middle or at the foot of pages: LibreOffice sets it at the top, Word does not": lambda stack: (
        stack.enter_context(patch.dict(section_setter.FALLS, clear=True))
    ),
    "fi and fl: LibreOffice sets them as one sign where the font has it, Word does not unless told": lambda stack: (
        stack.enter_context(patch.object(breaking.Strand, "__init__", _ligated))
    ),
    "marks that begin or end no line: LibreOffice has a list of its own (％…℃ may begin one), Word's is another": lambda stack: (
        (
            stack.enter_context(patch.multiple(choices, NO_START=_NO_START, NO_END=_NO_END)),
            stack.enter_context(patch.object(characters, "_DOUBLED", frozenset())),
        )
    ),
    "numbers said to be legal (isLgl): LibreOffice writes each part as its level does, Word in Arabic figures": lambda stack: (
        stack.enter_context(patch.object(numbering, "_level", _not_legal))
    ),
    "tracked changes: LibreOffice prints what was deleted struck through, here the text is printed as accepted": lambda stack: (
        stack.enter_context(patch.object(revisions, "accept", _show_deletions))
    ),
    "the blank below the text of a cell: LibreOffice counts it twice in headers and footers, Word once": blank_twice,
    "a list level's tab stop the paragraph clears: LibreOffice keeps it, Word does not": keep_cleared_stop,
    "a cell parted inside a paragraph: LibreOffice repeats the blank above the paragraph on the next page, Word does not": blanks_again,
    "a line between paragraphs: LibreOffice sets the upper one's bottom line there too, Word does not": bottom_between,
    "blanks in a list said not to be automatic: LibreOffice leaves them out, Word does not": tight_lists,
    "text turned in cells: LibreOffice cuts off what the level text's height leaves out, Word makes the row higher": turned_uncounted,
    "boxes aligned to an edge: LibreOffice keeps the blank around them there, Word does not": stand_clear_of_edges,
    "lines before what they run round: LibreOffice ends them at whole characters where lines stand on a grid, Word anywhere": whole_characters_beside,
    "a picture in a line of several: LibreOffice multiplies its height too on a grid, Word the text's alone": multiply_pictures,
    "a page break that begins a paragraph: LibreOffice breaks before its number and blank above, Word behind them": break_before,
    "a picture in the line turned by a quarter: LibreOffice gives it its longer side both ways, Word its own": square_turned,
    "lines that may end inside words (wordWrap off): LibreOffice keeps words whole, Word parts them": _keep_words,
    "dates, references to places that are not there: LibreOffice reads them afresh, here what the file keeps": read_afresh,
    "hanging marks said outright (overflowPunct): LibreOffice takes yes for no and no for yes, Word does not": hang_turned_round,
    "characters on a grid of them: LibreOffice puts each into whole cells, Word adds the grid's difference": whole_cells,
    "text set closer: LibreOffice keeps the last character of a run as wide as it is, Word does not": closer_between,
    "a hard blank alone in a cell whose mark is hidden: LibreOffice leaves it out in older files, Word does not": hard_blanks_empty,
    "blanks in lines that a style asks for: LibreOffice leaves them out where it says no points, Word does not": leave_lines_out,
    "a row a page ends with beside a merged cell: LibreOffice sets its text at the top, Word as its cells say": raised_at_end,
    "widths of columns: LibreOffice rounds them to ten-thousandths of the table, Word keeps twentieths of a point": columns_in_ten_thousandths,
    "Latin words said to be Chinese: LibreOffice ends lines anywhere in them behind Chinese text, Word between words": part_chinese_words,
    "a first line alone at the foot of a page: LibreOffice takes it along from the next page, Word leaves it if told": keep_two_lines,
    "lines on a grid without text: LibreOffice ends no page behind one in a paragraph, Word does": empty_lines_on,
    "an empty paragraph before the end of a table of contents: LibreOffice gives it the style's type, Word its mark's": bare_before_contents_end,
    "words behind a hard blank: LibreOffice parts them at the edge where no other blank is before, Word looks further back": part_behind_hard_blanks,
    "fields in content controls of no kind: LibreOffice prints what a header's or footer's field says, Word what it gives": spell_out_in_controls,
    "italic text beside Chinese at a line's end: LibreOffice keeps a twelfth of its height clear, Word does not": lean_clear,
    "a hard blank before Chinese text: LibreOffice ends lines behind it, Word does not": part_at_hard_blanks,
    "text in pictures that EMF+ records write too: LibreOffice prints it as pixels, here it is text": pixels_of_plus,
    "how many pages there are: LibreOffice counts blank sides before pages that begin anew, Word does not": count_blank_sides,
}
"""Taken in this order: later ones build on those before them."""

_KNOWN_BY = {
    "Word's page marks show it": (
        "exact or least line height", "tabs and blanks of larger type", "a first page of even number",
        "a first line alone", "lines on a grid without text", "the blank below the text of a cell",
    ),
    "ECMA-376 says so": (
        "indents in characters", "blanks in lines", "marks said to be East Asian", "no blank wanted", "page numbers of",
        "how many pages a section has", "paragraphs of a table's style", "widths of tables", "endnotes", "raised and lowered",
        "text in the middle", "numbers said to be legal", "a list level's tab stop", "a line between paragraphs",
        "hanging marks said outright", "text set closer", "lines that may end inside words",
    ),
    "our choice": ("tracked changes", "dates, references", "fields in content controls", "text in pictures"),
}  # fmt: skip
"""How it is known that Word does otherwise, and the first words of the rules so known."""


def evidence(why: str) -> str:
    """How a rule of this list is known, to be printed behind it; nothing for any other reason.

    What neither page marks nor the standard shows is known of Word, or plainly a slip of LibreOffice's.
    """
    if why not in HABITS:
        return ""
    said = next((said for said, begins in _KNOWN_BY.items() if why.startswith(begins)), "not proven by Word's pages")
    return f" ({said})"


@contextmanager
def their_habits(*names: str) -> Iterator[None]:
    with ExitStack() as stack:
        for name in names or HABITS:
            HABITS[name](stack)
        yield
