"""Row loops: `{{#人员}} … {{/人员}}` within one table row repeats that row, once for every item of the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from anjian_desktop.documents import placeholders, word_scan
from anjian_desktop.documents.docx_package import UnusableDocument
from anjian_desktop.documents.part_edits import Edit, apply, replace_texts
from anjian_desktop.documents.placeholders import Span
from anjian_desktop.documents.word_scan import WORD_NAMESPACES, Stretch, tag_end

MOST_ROWS: Final = 5_000
"""Items a single list may have: a table longer than a hundred pages is a mistake."""


@dataclass(frozen=True)
class Loop:
    """A list in a template and the names looked up in each of its items."""

    name: str
    place: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class _Row:
    start: int
    end: int
    loop: Loop
    stretches: list[tuple[Stretch, list[Span]]]


def item_key(loop: str, number: int, name: str) -> str:
    """The placeholder that stands for a name in the n-th item (from 0) once the rows are repeated."""
    return f"{loop}.{number + 1}.{name}"


def find_loops(content: bytes, place: str) -> list[Loop]:
    """The loops of a part. Raises UnusableDocument when one is not closed within its row."""
    return [row.loop for row in _rows(content, place)]


def repeat_rows(content: bytes, place: str, counts: Mapping[str, int]) -> bytes:
    """The part with each loop's row repeated; a list without items keeps one row, whose values print as gaps."""
    edits: list[Edit] = []
    for row in _rows(content, place):
        plain = content[row.start : row.end]
        copies: list[bytes] = []
        for number in range(max(counts.get(row.loop.name, 0), 1)):
            inner: list[Edit] = []
            for stretch, spans in row.stretches:
                texts = [(span.start, span.end, _renamed(span.name, row.loop.name, number)) for span in spans]
                inner += replace_texts(content, stretch, texts)
            copies.append(apply(plain, [(start - row.start, end - row.start, new) for start, end, new in inner]))
        edits.append((row.start, row.end, b"".join(copies)))
    return apply(content, edits)


def is_marker(name: str) -> bool:
    """Whether a placeholder's name opens or closes a loop."""
    return name[:1] in ("#", "/") and len(name) > 1


def _renamed(name: str, loop: str, number: int) -> str:
    return "" if is_marker(name) else "{{" + item_key(loop, number, name) + "}}"


def _rows(content: bytes, place: str) -> list[_Row]:
    marked: list[tuple[int, Stretch, list[Span]]] = []
    for stretch in word_scan.scan(content, place):
        if spans := placeholders.find(stretch.text):
            marked.append((stretch.pieces[0].start, stretch, spans))
    if not any(is_marker(span.name) for _, _, spans in marked for span in spans):
        return []
    found: list[_Row] = []
    ranges = _row_ranges(content)
    for start, end in ranges:
        inside = [(stretch, spans) for at, stretch, spans in marked if start < at < end]
        markers = [span.name for _, spans in inside for span in spans if is_marker(span.name)]
        if not markers or any(row.start <= start and end <= row.end for row in found):
            continue
        names = dict.fromkeys(span.name for _, spans in inside for span in spans if not is_marker(span.name))
        opened = markers[0][1:].strip()
        if len(set(markers)) != 2 or markers[0][0] != "#" or markers[-1] != f"/{opened}":
            # The outer row of a nested table holds the inner row's markers too: the inner one decides.
            if any(start < s and e < end for s, e in ranges):
                continue
            raise _unpaired(markers[0], inside[0][0].place)
        found.append(_Row(start, end, Loop(opened, inside[0][0].place, tuple(names)), inside))
    for at, stretch, spans in marked:
        for span in spans:
            if is_marker(span.name) and not any(row.start < at < row.end for row in found):
                raise _unpaired(span.name, stretch.place)
    return found


def _unpaired(marker: str, place: str) -> UnusableDocument:
    return UnusableDocument(
        f"{place}的循环标记“{{{{{marker}}}}}”没有在同一个表格行里配成一对。",
        next_step="请把“{{#名称}}”和“{{/名称}}”写在同一行的第一格和最后一格里。",
    )


def _row_ranges(content: bytes) -> list[tuple[int, int]]:
    """Where each table row begins and ends, inner rows before the rows around them."""
    open_rows: list[int] = []
    found: list[tuple[int, int]] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, _: object) -> None:
        if name.endswith(" tr") and name.partition(" ")[0] in WORD_NAMESPACES:
            open_rows.append(parser.CurrentByteIndex)

    def end(name: str) -> None:
        if name.endswith(" tr") and name.partition(" ")[0] in WORD_NAMESPACES:
            found.append((open_rows.pop(), tag_end(content, parser.CurrentByteIndex)))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(content, True)
    return found
