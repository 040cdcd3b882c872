"""Reads a .docx file into the model: sections, paragraphs, fields; what it does not know it names."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from anjian_desktop.documents.layout.model import (
    OBJECT,
    TAB,
    Block,
    NotLaidOut,
    Paragraph,
    ParagraphFormat,
    Piece,
    RunFormat,
)
from anjian_desktop.documents.layout.number_text import is_known
from anjian_desktop.documents.layout.reading.anchoring import gathered
from anjian_desktop.documents.layout.reading.auto_spaces import settled
from anjian_desktop.documents.layout.reading.choices import columns_of, grid_of, settings_of
from anjian_desktop.documents.layout.reading.formats import Name, frame_of, paragraph_format, run_format
from anjian_desktop.documents.layout.reading.joined_tables import joined
from anjian_desktop.documents.layout.reading.notes import Notes
from anjian_desktop.documents.layout.reading.numbered_lines import read_line_numbers
from anjian_desktop.documents.layout.reading.numbering import Label, Numbering
from anjian_desktop.documents.layout.reading.objects import Found, Surroundings, branches, read_drawing
from anjian_desktop.documents.layout.reading.package import MC, Package, R, W
from anjian_desktop.documents.layout.reading.picture_files import PictureFiles
from anjian_desktop.documents.layout.reading.pieces import NAMED, QUIET, Pieces, flat
from anjian_desktop.documents.layout.reading.shapes import Colour, inked, theme_colours
from anjian_desktop.documents.layout.reading.styles import Look, StyleSheet, is_on, number, pinned_by, twips, value
from anjian_desktop.documents.layout.reading.tables import read_table
from anjian_desktop.documents.layout.reading.vml import read_vml
from anjian_desktop.documents.layout.sections import Document, Furniture, Section
from anjian_desktop.documents.layout.symbols import plain_symbols

if TYPE_CHECKING:
    from lxml.etree import _Element

    from anjian_desktop.documents.metafiles import Drawing

_A4 = (595.3, 841.9)
_CLOSED = {W + "tc", W + "hdr", W + "ftr"}
"""What has a last paragraph of which the style counts."""
_DEEPEST = 4
"""Text boxes within text boxes that are still followed."""


def read_document(data: bytes) -> Document:
    """The model of a .docx file. Raises UnusableDocument when the bytes are none."""
    return Reader(Package(data)).document()


class Reader:
    """Walks the parts of one document."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.styles = StyleSheet(package)
        self._numbering = Numbering(package)
        self._noted: dict[NotLaidOut, None] = {}
        self._paragraphs = self._tables = self._depth = 0
        self._part = package.main
        settings = package.related("settings")
        self._settings = settings_of(settings)
        self._even = settings is not None and is_on(settings.find(W + "evenAndOddHeaders"))
        self.notes = Notes(package, self._in_part, self.note)
        self.in_furniture = False
        self._pictures = PictureFiles(package)
        self._colours = theme_colours(package.related("theme"))
        self._ink: Colour | None = None
        self._looks: dict[tuple[str, str], Look] = {}
        self._sizes: dict[str, float] = {}
        self._settings = replace(self._settings, em=self._size_of(self.styles.default("paragraph")))

    def document(self) -> Document:
        bodies = self._package.document.iterfind(W + "body")
        sections: list[Section] = []
        blocks: list[Block] = []
        for element in joined(flat(chain.from_iterable(bodies))):
            if element.tag == W + "p":
                paragraph = self.paragraph(element, "", "")
                ending = element.find(f"{W}pPr/{W}sectPr")
                alone = ending is not None and not blocks  # a section has at least this paragraph
                if paragraph.pieces or paragraph.floats or alone or (ending is None and not _is_hidden(element)):
                    blocks.append(paragraph)
                if ending is not None:
                    sections.append(self._section(ending, blocks, sections))
                    blocks = []
            elif element.tag == W + "tbl":
                self._tables += 1
                blocks.append(read_table(element, f"第{self._tables}个表格", self.styles, self.blocks, self.note))
            elif element.tag == W + "sectPr":
                blocks += self.notes.at_the_end()
                sections.append(self._section(element, blocks, sections))
                blocks = []
            elif element.tag not in QUIET:
                self._unknown(element, f"第{self._paragraphs}段之后")
        blocks += self.notes.at_the_end()
        if blocks or not sections:
            sections.append(self._section(None, blocks, sections))
        settings = replace(self._settings, has_notes=self.notes.any)
        return Document(tuple(sections), settings, tuple(self._noted), tuple(self.notes.footnotes.items()))

    def note(self, feature: str, place: str) -> None:
        self._noted.setdefault(NotLaidOut(feature, place))

    def blocks(self, parent: _Element, place: str, table_style: str) -> tuple[Block, ...]:
        """The paragraphs and tables inside a cell, a header or a footer."""
        found: list[Block] = []
        closing: _Element | None = None
        for element in joined(flat(parent)):
            if element.tag == W + "p":
                paragraph = self.paragraph(element, place, table_style)
                if paragraph.pieces or paragraph.floats or not _is_hidden(element):
                    found.append(paragraph)
                    closing = element
            elif element.tag == W + "tbl":
                found.append(read_table(element, place + "中的表格", self.styles, self.blocks, self.note))
            elif element.tag not in QUIET:
                self._unknown(element, place)
        if self._depth:  # a frame inside a text box is none
            found = [replace(one, pinned=()) if isinstance(one, Paragraph) else one for one in found]
        if parent.tag in _CLOSED and found and isinstance(found[-1], Paragraph) and closing is not None:
            found[-1] = replace(found[-1], foot=self._size_of(self._style_of(closing.find(W + "pPr"))))
        return _joined_frames(gathered(settled(found, opens=True, closes=True), None))

    def paragraph(self, element: _Element, place: str, table_style: str) -> Paragraph:
        if not place:
            self._paragraphs += 1
            place = f"第{self._paragraphs}段"
        properties = element.find(W + "pPr")
        style = self._style_of(properties)
        name = partial(_note, self, place)
        base = inked(self.styles.run(style, table_style), self._ink)
        mark = properties.find(W + "rPr") if properties is not None else None
        reading = Pieces(self, base, name, place)
        pieces = reading.read(element)
        look = self.styles.paragraph(style, table_style).copy()
        ends_section = properties is not None and properties.find(W + "sectPr") is not None
        label = self._label(look, style, properties) if pieces or not ends_section else None
        look.apply(properties)
        hidden = not pieces and _is_hidden(element)  # its number counts, but is not seen
        shown = self._numbered(label, base, mark, name) if label is not None and not hidden else []
        pieces = (*shown, *pieces)
        return Paragraph(
            paragraph_format(look, name),
            pieces,
            run_format(self.run_look(base, mark), self.styles, _silent),
            self.styles.name(style),
            place,
            tuple(reading.floats),
            _frame_place(look),
            label.list if label is not None else "",
            label=(sum(len(one.text.rstrip(TAB)) for one in shown), label.level.ahead if label is not None else 0.0),
            styled=mark is not None and self.styles.has_character(value(mark.find(W + "rStyle"))),
            plain=run_format(base, self.styles, _silent) if any(OBJECT in one.text for one in pieces) else None,
        )

    def _style_of(self, properties: _Element | None) -> str:
        """The id of a paragraph's style."""
        named = value(properties.find(W + "pStyle")) if properties is not None else None
        return named or self.styles.default("paragraph")

    def _size_of(self, style: str) -> float:
        """The size of text that has nothing but its paragraph's style (pt)."""
        if style not in self._sizes:
            self._sizes[style] = run_format(self.styles.run(style), self.styles, _silent).size
        return self._sizes[style]

    def _label(self, look: Look, style: str, properties: _Element | None) -> Label | None:
        """The number of a paragraph; its level's indents join the look, below the paragraph's own ones."""
        own = properties.find(W + "numPr") if properties is not None else None
        found = own if own is not None else look.elements.get("numPr")
        identifier = value(found.find(W + "numId")) if found is not None else None
        inherited = look.elements.get("numPr")
        if identifier is None and inherited is not None:
            identifier = value(inherited.find(W + "numId"))
        if found is None or identifier in (None, "0"):
            return None
        assert identifier is not None
        at = value(found.find(W + "ilvl"))
        place = self._numbering.level_for_style(identifier, style) if at is None else min(int(number(at)), 8)
        story = "furniture" if self.in_furniture else self._part
        label = self._numbering.count(identifier, place, story + "|" * bool(self._depth))
        if label is not None and label.level.paragraph is not None:
            kept = dict(look.merged.get("ind", {})) if own is None else {}
            look.apply(label.level.paragraph)
            look.merge("ind", kept)
        return label

    def _numbered(self, label: Label, base: Look, mark: _Element | None, name: Name) -> list[Piece]:
        """What stands before the text of a numbered paragraph."""
        look = self.run_look(base, mark)
        for element in ("u", "strike", "highlight"):
            look.elements.pop(element, None)
        look.apply(label.level.run)
        format_ = run_format(look, self.styles, name)
        text, known = plain_symbols(label.text, format_.latin)
        if text != label.text:
            format_ = replace(format_, symbol=True)
        if not known or not label.known:
            name("编号中的符号（印成方框或阿拉伯数字）")
        text += {"tab": TAB, "space": " "}.get(label.level.suffix, "")
        return [Piece(text, format_)] if text else []

    def _in_part(self, element: _Element, part: str, place: str) -> tuple[Block, ...]:
        """The blocks of an element of another part, its pictures found from there."""
        before, self._part = self._part, part or self._part
        found = self.blocks(element, place, "")
        self._part = before
        return found

    def objects(self, element: _Element, place: str) -> list[Found] | None:
        """The pictures, shapes and boxes of an element; None when it shows something else."""

        def picture(relationship: str) -> bytes | Drawing | None:
            found = self._pictures.find(self._part, relationship)
            if not found:
                self.note("无法识别或链接的图片（留出空白）", place)
            elif not isinstance(found, bytes) and not found.whole:
                self.note("图片里的部分内容（EMF、WMF）", place)
            return found

        def box(content: _Element, ink: Colour | None) -> tuple[Block, ...]:
            before, self._ink = self._ink, ink
            found = self.blocks(content, f"{place}的文本框", "")
            self._ink = before
            return found

        if self._depth >= _DEEPEST:
            return None
        around = Surroundings(picture, box, partial(_note, self, place), self._colours)
        self._depth += 1
        try:
            for one in branches(element) if element.tag == MC + "AlternateContent" else (element,):
                found = None
                if one.tag == W + "drawing":
                    found = read_drawing(one, around)
                elif one.tag in (W + "pict", W + "object"):
                    found = read_vml(one, around)
                if found is not None:
                    return found
            return None
        finally:
            self._depth -= 1

    def run_look(self, base: Look, properties: _Element | None) -> Look:
        look = base.copy()
        if properties is not None:
            style = value(properties.find(W + "rStyle"))
            if style:
                look = self.styles.character(style).over(look)
            look.apply(properties)
        return look

    def format(self, base: Look, properties: _Element | None, name: Name) -> RunFormat:
        return run_format(self.run_look(base, properties), self.styles, name)

    def _unknown(self, element: _Element, place: str) -> None:
        self.note(NAMED.get(element.tag, f"未识别的内容（{element.tag.rpartition('}')[2]}）"), place)

    def _section(self, element: _Element | None, blocks: list[Block], before: list[Section]) -> Section:
        def child(name: str) -> _Element | None:
            return element.find(W + name) if element is not None else None

        place = f"第{len(before) + 1}节"
        size, margins, grid, columns = child("pgSz"), child("pgMar"), child("docGrid"), child("cols")
        numbers = child("pgNumType")
        if is_on(child("bidi")):
            self.note("从右向左的节", place)
        if value(child("textDirection")) not in (None, "lrTb", "tb"):
            self.note("竖排页面", place)
        upright = value(child("vAlign")) or "top"
        if upright == "both":
            self.note("页面内容上下撑满", place)
        shown = value(numbers, "fmt") or "decimal"
        if not is_known(shown):
            self.note("这种页码格式（印成数字）", place)
        borders = child("pgBorders")
        first_number = value(numbers, "start")
        previous = before[-1] if before else None
        section = Section(
            blocks=(),
            width=twips(value(size, "w"), _A4[0]),
            height=twips(value(size, "h"), _A4[1]),
            top=abs(twips(value(margins, "top"), 72.0)),
            bottom=abs(twips(value(margins, "bottom"), 72.0)),
            left=twips(value(margins, "left"), 90.0) + twips(value(margins, "gutter")),
            right=twips(value(margins, "right"), 90.0),
            header_distance=twips(value(margins, "header"), 42.55),
            footer_distance=twips(value(margins, "footer"), 49.6),
            grid=grid_of(grid),
            headers=self._furniture(element, "header", previous.headers if previous else None, "页眉"),
            footers=self._furniture(element, "footer", previous.footers if previous else None, "页脚"),
            different_first=is_on(child("titlePg")),
            different_even=self._even,
            first_number=int(number(first_number)) if first_number else None,
            number_format=shown,
            start=value(child("type")) or "nextPage",
            column_line=value(columns, "sep") in ("1", "true", "on"),
            frame=frame_of(borders, None, partial(_note, self, place)),
            frame_from_page=value(borders, "offsetFrom") == "page",
        )
        section = replace(section, columns=columns_of(columns, section.text_width))
        lines = read_line_numbers(child("lnNumType"), self.styles, columns=bool(section.columns))
        section = replace(section, line_numbers=lines, upright=upright)
        blocks = settled(blocks, opens=not before, closes=False)
        return replace(section, blocks=_joined_frames(gathered(blocks, section.column_width)))

    def _furniture(self, section: _Element | None, kind: str, inherited: Furniture | None, place: str) -> Furniture:
        found: dict[str, tuple[Block, ...] | None] = {"default": None, "even": None, "first": None}
        if inherited is not None:
            found = {"default": inherited.odd, "even": inherited.even, "first": inherited.first}
        for reference in section.findall(f"{W}{kind}Reference") if section is not None else ():
            part = self._package.by_relationship(reference.get(R + "id", ""))
            if part is not None:
                self._part, root = part
                self.in_furniture = True
                found[value(reference, "type") or "default"] = self.blocks(root, place, "")
                self._part, self.in_furniture = self._package.main, False
        return Furniture(odd=found["default"], even=found["even"], first=found["first"])


def _joined_frames(blocks: list[Block]) -> tuple[Block, ...]:
    """The blocks, with paragraphs of the same frame one below another told so: one frame surrounds them."""
    found: list[Block] = []
    for block in blocks:
        before = found[-1] if found else None
        if (
            isinstance(block, Paragraph)
            and isinstance(before, Paragraph)
            and block.format.frame is not None
            and _outline(block.format) == _outline(before.format)
        ):
            found[-1] = replace(before, format=replace(before.format, joins_below=True))
            block = replace(block, format=replace(block.format, joins_above=True))
        found.append(block)
    return tuple(found)


def _outline(format_: ParagraphFormat) -> tuple[object, ...]:
    """The lines around a paragraph and where they stand: a hanging first line stands inside of them."""
    lines = format_.frame and (format_.frame.lines, format_.frame.spaces, format_.frame.between)
    chars = format_.start_chars, format_.end_chars, min(format_.first_chars or 0.0, 0.0)
    return lines, round(format_.start + min(format_.first, 0.0), 2), format_.end, chars


_PLACED = ("w", "h", "x", "y", "xAlign", "yAlign", "dropCap")


def _frame_place(look: Look) -> tuple[tuple[str, str], ...]:
    """The place of the frame a paragraph stands in; one in line with the text, or without place and size, is none."""
    said = pinned_by(look.elements.get("framePr"))
    if ("yAlign", "inline") in said and not any(name in ("w", "dropCap") for name, _ in said):
        return ()
    return said if any(name in _PLACED for name, _ in said) else ()


def _is_hidden(element: _Element) -> bool:
    """Whether the mark of a paragraph is hidden: with nothing before it, all of the paragraph is."""
    return is_on(element.find(f"{W}pPr/{W}rPr/{W}vanish"))


def _note(reader: Reader, place: str, feature: str) -> None:
    reader.note(feature, place)


def _silent(_feature: str) -> None:
    """The look of a paragraph's mark shows nothing, so nothing of it can be missing."""
