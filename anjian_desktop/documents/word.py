"""Fills the placeholders of a Word template: only the replaced runs change, all else stays byte for byte."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from anjian_desktop.documents import docx_package, placeholders, word_scan
from anjian_desktop.documents.docx_package import Member, UnusableDocument

_PART_NAMES: Final = {
    "wordprocessingml.document.main+xml": "正文",
    "wordprocessingml.header+xml": "页眉",
    "wordprocessingml.footer+xml": "页脚",
    "wordprocessingml.footnotes+xml": "脚注",
    "wordprocessingml.endnotes+xml": "尾注",
}
_BODY: Final = "word/document.xml"
_OVERRIDE: Final = re.compile(rb"<(?:\w+:)?Override\s[^>]*>")
_ATTRIBUTE: Final = re.compile(rb"""\b(PartName|ContentType)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_WORTH_PACKING: Final = 160
"""Bytes below which a piece between two placeholders is stored plain: packing it would not make it smaller."""


@dataclass(frozen=True)
class Placeholder:
    """One `{{名字}}` of a template: `part` is the zip member, `place` where a reader finds it."""

    name: str
    dialect: str
    part: str
    place: str


@dataclass(frozen=True)
class Filled:
    """A filled document and the names that had no value (each once, in reading order; they print as a gap)."""

    data: bytes
    missing: tuple[str, ...]


@dataclass(frozen=True)
class _Slot:
    """A place for a value inside a `w:t`: a line end in it closes the element and opens the next one."""

    name: str
    line_break: str
    tab: str


@dataclass(frozen=True)
class _Block:
    """Template bytes that every filled document repeats, already packed."""

    plain: bytes
    packed: bytes


class WordTemplate:
    """A .docx read once and filled many times.

    Placeholders are found in body, tables, headers, footers, text boxes and notes, also where Word's editor has split
    one over several runs; the run with the first brace gives the formatting. Raises UnusableDocument for anything that
    is no plain .docx: another format, a password, macros, damage, a zip bomb.
    """

    def __init__(self, data: bytes) -> None:
        self._members: list[Member] = docx_package.open_package(data)
        self._parts: dict[int, list[_Block | _Slot]] = {}
        found: list[Placeholder] = []
        numbers = {member.name: n for n, member in enumerate(self._members)}
        for name, called in text_parts(self._members):
            content = self._members[numbers[name]].content()
            try:
                stretches = word_scan.scan(content, called)
            except word_scan.NotPlainXml:
                raise _damaged() from None
            edits = []
            for stretch in stretches:
                spans = placeholders.find(stretch.text)
                if spans:
                    edits += _edits(content, stretch, spans)
                    if not stretch.repeated:
                        found += [Placeholder(span.name, "brace", name, stretch.place) for span in spans]
            if edits:
                self._parts[numbers[name]] = _blocks(content, edits)
        self.placeholders: tuple[Placeholder, ...] = tuple(found)

    def fill(self, values: Mapping[str, str]) -> Filled:
        """The document with `values` (by placeholder name) as plain text: "\\n" is a line break, "\\t" a tab stop.

        A name without a value prints as a visible gap and is listed. Raises UnprintableValue, naming the field, for
        characters no document can hold. Same template and values give the same bytes.
        """
        missing: dict[str, None] = {}
        members = list(self._members)
        for number, pieces in self._parts.items():
            members[number] = _filled_part(members[number].name, pieces, values, missing)
        return Filled(docx_package.write_package(members), tuple(missing))


def _damaged() -> UnusableDocument:
    return UnusableDocument(
        "这个 Word 文件的内容已损坏，没有改动任何数据。", next_step="请在 Word 或 WPS 里打开它，另存为 .docx 后再试。"
    )


def text_parts(members: list[Member]) -> Iterator[tuple[str, str]]:
    """(member name, what it is called) of every part that holds text, the body first."""
    by_name = {member.name: member for member in members}
    types = by_name.get("[Content_Types].xml")
    if types is None:
        raise UnusableDocument(
            "这不是 Word 文件（.docx）。", next_step="请在 Word 或 WPS 里打开它，另存为 .docx 后再试。"
        )
    parts: list[tuple[str, str]] = []
    for tag in _OVERRIDE.findall(types.content()):
        facts = {key: (double or single).decode("utf-8", "replace") for key, double, single in _ATTRIBUTE.findall(tag)}
        kind, name = facts.get(b"ContentType", ""), facts.get(b"PartName", "").lstrip("/")
        if "macroEnabled" in kind:
            raise UnusableDocument(
                "这个 Word 文件带有宏，程序不用带宏的文件。", next_step="请在 Word 里另存为 .docx（不带宏）后再试。"
            )
        parts += [(name, called) for ending, called in _PART_NAMES.items() if kind.endswith(ending) and name in by_name]
    if _BODY in by_name and not any(name == _BODY for name, _ in parts):
        parts.append((_BODY, "正文"))  # some writers give the body's type as the default of .xml
    parts.sort(key=lambda part: (list(_PART_NAMES.values()).index(part[1]), part[0]))
    if not parts or parts[0][1] != "正文":
        raise UnusableDocument(
            "这不是 Word 文件（.docx）。", next_step="请在 Word 或 WPS 里打开它，另存为 .docx 后再试。"
        )
    yield from parts


def _edits(
    content: bytes, stretch: word_scan.Stretch, spans: list[placeholders.Span]
) -> list[tuple[int, int, list[bytes | _Slot]]]:
    """What to put in place of content[start:end], one entry for each `w:t` a placeholder touches."""
    edits: list[tuple[int, int, list[bytes | _Slot]]] = []
    before = 0
    for piece in stretch.pieces:
        after = before + len(piece.text)
        touching = [span for span in spans if span.start < after and span.end > before]
        if touching:
            new: list[bytes | _Slot] = [word_scan.opening(content[piece.start : piece.inner])]
            chars = piece.raw_chars(content) or [escape(char) for char in piece.text]
            at = before
            for span in touching:
                new.append("".join(chars[at - before : max(span.start, at) - before]).encode())
                if span.start >= before:
                    new.append(_slot(span.name, piece.prefix.decode()))
                at = min(span.end, after)
            new.append("".join(chars[at - before :]).encode())
            new.append(content[piece.inner_end : piece.end])
            edits.append((piece.start, piece.end, new))
        before = after
    return edits


def _slot(name: str, prefix: str) -> _Slot:
    def between(element: str) -> str:
        return f'</{prefix}t><{prefix}{element}/><{prefix}t xml:space="preserve">'

    return _Slot(name, between("br"), between("tab"))


def _blocks(content: bytes, edits: list[tuple[int, int, list[bytes | _Slot]]]) -> list[_Block | _Slot]:
    """The part as packed blocks with slots between them."""
    pieces: list[_Block | _Slot] = []
    waiting = b""
    at = 0
    for start, end, new in sorted(edits, key=lambda edit: edit[0]):
        waiting += content[at:start]
        for item in new:
            if isinstance(item, bytes):
                waiting += item
            else:
                pieces += [_block(waiting), item]
                waiting = b""
        at = end
    pieces.append(_block(waiting + content[at:]))
    return pieces


def _block(plain: bytes) -> _Block:
    worth = len(plain) >= _WORTH_PACKING
    return _Block(plain, docx_package.deflate_piece(plain) if worth else b"")


def _filled_part(
    name: str, pieces: list[_Block | _Slot], values: Mapping[str, str], missing: dict[str, None]
) -> Member:
    plain: list[bytes] = []
    packed: list[bytes] = []
    loose: list[bytes] = []
    for piece in pieces:
        if isinstance(piece, _Slot):
            text = placeholders.text_for(piece.name, values)
            if text is None:
                missing[piece.name] = None
                text = placeholders.GAP
            loose.append(_as_xml(text, piece))
        elif piece.packed:
            packed += (docx_package.stored_piece(b"".join(loose)), piece.packed)
            plain += (*loose, piece.plain)
            loose = []
        else:
            loose.append(piece.plain)
    packed += (docx_package.stored_piece(b"".join(loose)), docx_package.LAST_PIECE)
    plain += loose
    whole = b"".join(plain)
    return Member(name, 8, zlib.crc32(whole), len(whole), b"".join(packed))


def _as_xml(text: str, slot: _Slot) -> bytes:
    if "&" in text or "<" in text or ">" in text:
        text = escape(text)
    if "\n" in text or "\t" in text:
        text = text.replace("\n", slot.line_break).replace("\t", slot.tab)
    return text.encode("utf-8")
