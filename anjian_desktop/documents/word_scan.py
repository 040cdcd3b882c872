"""Finds the text of a Word part where it stands in the bytes, so that placeholders can be replaced without rewriting XML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

WORD_NAMESPACES: Final = frozenset(
    (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
)
_FALLBACK: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_BREAKS: Final = frozenset(
    ("br", "cr", "tab", "ptab", "noBreakHyphen", "softHyphen", "sym", "fldChar", "drawing", "pict")
)
"""Run contents between two texts that no placeholder may span."""

_SPACE_SAID: Final = re.compile(rb"""\sxml:space\s*=\s*(?:"[^"]*"|'[^']*')""")
_CHARS = re.compile(r"&[^;]*;|\r\n|[\s\S]")


class NotPlainXml(Exception):
    """The part is not well-formed UTF-8 XML without a document type."""


@dataclass
class Piece:
    """One `w:t` element: `data[start:end]` is the whole element, `data[inner:inner_end]` what stands in it.

    `text` is its text as read; `prefix` the namespace prefix with its colon (`w:`) or nothing.
    """

    start: int
    inner: int
    inner_end: int
    end: int
    text: str
    prefix: bytes

    def raw_chars(self, data: bytes) -> list[str] | None:
        """The raw XML of each character of `text`; None when it holds more than text (comments, CDATA)."""
        raw = data[self.inner : self.inner_end].decode("utf-8")
        chars = _CHARS.findall(raw)
        return None if "<" in raw or len(chars) != len(self.text) else chars


@dataclass
class Stretch:
    """Texts that follow one another within one paragraph, nothing but run borders between them."""

    place: str
    repeated: bool
    """Whether the same text stands a second time for old readers (mc:Fallback)."""
    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def scan(data: bytes, place: str) -> list[Stretch]:
    """All texts of a part in reading order; `place` is what the part is called (正文, 页眉 …).

    Raises NotPlainXml for anything but well-formed UTF-8 without a document type (none in a Word file).
    """
    scanner = _Scanner(data, place)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, _: scanner.start(name, parser.CurrentByteIndex)
    parser.EndElementHandler = lambda name: scanner.end(name, parser.CurrentByteIndex)
    parser.CharacterDataHandler = scanner.characters
    parser.XmlDeclHandler = _refuse_other_encodings
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise NotPlainXml(str(error)) from None
    return [stretch for stretch in scanner.stretches if stretch.pieces]


def _refuse_other_encodings(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.lower() != "utf-8":
        raise NotPlainXml(encoding)


def _refuse_doctype(*_: object) -> None:
    raise NotPlainXml("DOCTYPE")


@dataclass
class _Table:
    number: int
    row: int = 0
    cell: int = 0


class _Scanner:
    """Keeps count of where it stands: paragraphs, tables, rows, cells, text boxes."""

    def __init__(self, data: bytes, part: str) -> None:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise NotPlainXml("utf-16")
        self._data = data
        self._part = part
        self._paragraphs = 0
        self._tables: list[_Table] = []
        self._table_count = 0
        self._text_boxes = 0
        self._fallbacks = 0
        self._open: list[Stretch] = []
        self._inside: tuple[int, int] | None = None
        self._text: list[str] = []
        self.stretches: list[Stretch] = []

    def start(self, name: str, at: int) -> None:
        space, _, local = name.partition(" ")
        if name == _FALLBACK:
            self._fallbacks += 1
        if space not in WORD_NAMESPACES:
            return
        if local == "p":
            if not self._tables and not self._text_boxes:
                self._paragraphs += 1
            self._open.append(self._new_stretch())
        elif local == "t" and self._open:
            close = tag_end(self._data, at)
            if self._data[close - 2 : close] != b"/>":
                self._inside = (at, close)
                self._text = []
        elif local in _BREAKS and self._open:
            self._open[-1] = self._new_stretch()
        elif local == "tbl":
            if not self._tables:
                self._table_count += 1
            self._tables.append(_Table(self._table_count))
        elif local == "tr" and self._tables:
            self._tables[-1].row += 1
            self._tables[-1].cell = 0
        elif local == "tc" and self._tables:
            self._tables[-1].cell += 1
        elif local == "txbxContent":
            self._text_boxes += 1

    def end(self, name: str, at: int) -> None:
        space, _, local = name.partition(" ")
        if name == _FALLBACK:
            self._fallbacks -= 1
        if space not in WORD_NAMESPACES:
            return
        if local == "t" and self._inside is not None:
            start, inner = self._inside
            prefix = self._data[start + 1 : inner].split(b">")[0].split()[0][: -len(b"t")]
            piece = Piece(start, inner, at, tag_end(self._data, at), "".join(self._text), prefix)
            self._open[-1].pieces.append(piece)
            self._inside = None
        elif local == "p" and self._open:
            self._open.pop()
        elif local == "tbl" and self._tables:
            self._tables.pop()
        elif local == "txbxContent":
            self._text_boxes -= 1

    def characters(self, text: str) -> None:
        if self._inside is not None:
            self._text.append(text)

    def _new_stretch(self) -> Stretch:
        stretch = Stretch(self._place(), self._fallbacks > 0)
        self.stretches.append(stretch)
        return stretch

    def _place(self) -> str:
        if self._tables:
            table = self._tables[0]
            place = f"{self._part}表{table.number}第{table.row}行第{table.cell}列"
        else:
            place = f"{self._part}第{max(self._paragraphs, 1)}段"
        return f"{place}的文本框" if self._text_boxes else place


def tag_end(data: bytes, start: int) -> int:
    """The position after the `>` of the tag that opens at `start`, quoted attribute values skipped."""
    at, quote = start, b""
    while True:
        byte = data[at : at + 1]
        at += 1
        if quote:
            quote = b"" if byte == quote else quote
        elif byte in (b'"', b"'"):
            quote = byte
        elif byte == b">":
            return at


def opening(tag: bytes) -> bytes:
    """The start tag of a `w:t`, saying that its spaces count: the text around a value may begin or end with one."""
    return _SPACE_SAID.sub(b"", tag)[:-1] + b' xml:space="preserve">'
