"""One template, whatever its dialect: braces, Word's merge fields, row loops and confirmed blanks, filled by one engine.

Every dialect is first written as braces inside the document's bytes; then Word output and page layout use the same file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from anjian_desktop.documents import docx_package, field_switches, row_loops, word_scan
from anjian_desktop.documents.blanks import Blank, find_blanks
from anjian_desktop.documents.docx_package import Member, UnusableDocument
from anjian_desktop.documents.field_codes import find_fields
from anjian_desktop.documents.field_switches import Instruction
from anjian_desktop.documents.outside_references import Property, properties, without_outside
from anjian_desktop.documents.part_edits import Edit, apply, replace_texts
from anjian_desktop.documents.row_loops import Loop
from anjian_desktop.documents.word import Filled, Placeholder, WordTemplate, text_parts
from anjian_desktop.errors import UserError

_REGION: Final = re.compile(r"^Table(Start|End):(.+)$", re.IGNORECASE)
_KEPT_COUNTS: Final = 8
"""How many repeated forms of a template with loops are kept ready."""


@dataclass(frozen=True)
class Note:
    """Something of a template the merge does not follow; it prints as the file shows it. `place` is the part."""

    feature: str
    place: str


@dataclass(frozen=True)
class _Source:
    """Where the text of one pair of braces comes from."""

    name: str
    field: str
    switches: tuple[tuple[str, str], ...] = ()


class MergeTemplate:
    """A .docx read once and merged with many records.

    `bindings` give a placeholder's name, or a blank's place, the field that fills it; a blank without one stays as it
    stands. `resolve` gives a placeholder's name the field it means when nothing is bound (itself when unknown).
    Raises UnusableDocument, in words, for anything that is no plain .docx or reaches outside itself.
    """

    def __init__(
        self,
        data: bytes,
        bindings: Mapping[str, str] | None = None,
        resolve: Callable[[str], str] = str,
    ) -> None:
        self._bindings = dict(bindings or {})
        self._resolve = resolve
        self._sources: dict[str, _Source] = {}
        self._merge_keys: dict[tuple[str, tuple[tuple[str, str], ...]], str] = {}
        original = docx_package.open_package(data)
        self.properties: tuple[Property, ...] = properties(original)
        members = without_outside(original)
        notes: list[Note] = []
        blanks: list[Blank] = []
        loops: list[Loop] = []
        self._parts: dict[int, str] = {}
        numbers = {member.name: number for number, member in enumerate(members)}
        for name, called in text_parts(members):
            member = members[numbers[name]]
            content, part_notes, part_blanks = self._as_braces(member.content(), name, called)
            notes += [Note(feature, called) for feature in part_notes]
            blanks += part_blanks
            if found := row_loops.find_loops(content, called):
                loops += found
                self._parts[numbers[name]] = called
            if content != member.content():
                members[numbers[name]] = Member.plain(name, content)
        self._members = members
        self.notes = tuple(dict.fromkeys(notes))
        self.blanks = tuple(blanks)
        self.loops = tuple({loop.name: loop for loop in loops}.values())
        # What a file needs no change for stays the very same bytes.
        self._changed = members != original
        self._filled: dict[tuple[int, ...], WordTemplate] = {}
        self._original = data
        self.placeholders: tuple[Placeholder, ...] = self._listed()

    # -- what it asks for --------------------------------------------------------------------------------------------

    @property
    def names(self) -> tuple[str, ...]:
        """Every name looked up in a record, as the file writes it, each once."""
        found = (one.name for one in self.placeholders if one.dialect != "blank")
        return tuple(dict.fromkeys(found))

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields whose values are printed, each once."""
        bound = (source.field for source in self._sources.values() if source.field)
        return tuple(dict.fromkeys((*map(self.field_of, self.names), *bound)))

    def field_of(self, name: str) -> str:
        """The field that fills a placeholder of this name."""
        return self._bindings.get(name) or self._resolve(name)

    def _listed(self) -> tuple[Placeholder, ...]:
        members = WordTemplate(docx_package.write_package(self._members)).placeholders
        found: list[Placeholder] = []
        for one in members:
            source = self._sources.get(one.name)
            if source is None or one.name in self._merge_keys.values():
                if row_loops.is_marker(one.name):
                    continue
                dialect = "brace" if source is None else "mergefield"
                found.append(Placeholder(source.name if source else one.name, dialect, one.part, one.place))
        found += [Placeholder(blank.text, "blank", blank.part, blank.place) for blank in self.blanks]
        return tuple(found)

    # -- writing the dialects as braces ------------------------------------------------------------------------------

    def _as_braces(self, content: bytes, part: str, called: str) -> tuple[bytes, list[str], list[Blank]]:
        try:
            word_scan.scan(content, called)
            fields = find_fields(content, self._key_of)
            content = apply(content, fields.edits)
            stretches = word_scan.scan(content, called)
        except word_scan.NotPlainXml:
            raise UnusableDocument(
                "这个 Word 文件的内容已损坏，没有改动任何数据。",
                next_step="请在 Word 或 WPS 里打开它，另存为 .docx 后再试。",
            ) from None
        edits: list[Edit] = []
        blanks: dict[str, Blank] = {}
        for stretch, spots in find_blanks(content, part, stretches):
            texts: list[tuple[int, int, str]] = []
            for spot in spots:
                blanks.setdefault(spot.blank.place, spot.blank)
                if field := self._bindings.get(spot.blank.place):
                    self._sources[spot.blank.place] = _Source(spot.blank.place, field)
                    texts.append((spot.start, spot.end, f"{spot.before}{{{{{spot.blank.place}}}}}{spot.after}"))
            edits += replace_texts(content, stretch, texts)
        return apply(content, edits), fields.notes, list(blanks.values())

    def _key_of(self, instruction: Instruction) -> str:
        name = instruction.argument
        if region := _REGION.match(name):
            return ("#" if region[1].lower() == "start" else "/") + region[2].strip()
        key = self._merge_keys.get((name, instruction.switches))
        if key is None:
            count = len(self._merge_keys)
            short = re.sub(r"[{}]", "", name)[:60]
            taken = f"«{short}»" in self._sources or short != name
            key = f"«{short}»{count}" if taken else f"«{short}»"
            self._merge_keys[name, instruction.switches] = key
            self._sources[key] = _Source(name, "", instruction.switches)
        return key

    # -- filling -----------------------------------------------------------------------------------------------------

    def braces(self, record: Mapping[str, object] | None = None) -> bytes:
        """The document with nothing but braces in it, its loops repeated as often as the record's lists are long.

        To be filled with `flat(record)`, as Word by WordTemplate or as pages by Typesetter.
        """
        counts = self._counts(record or {})
        return (
            self._original if not self._changed and not counts else docx_package.write_package(self._repeated(counts))
        )

    def fill(self, record: Mapping[str, object]) -> Filled:
        """The merged Word file; what is missing prints as a gap and is listed by the file's own names."""
        counts = tuple(self._counts(record).values())
        template = self._filled.get(counts)
        if template is None:
            if len(self._filled) >= _KEPT_COUNTS:
                self._filled.clear()
            template = self._filled[counts] = WordTemplate(self.braces(record))
        filled = template.fill(self.flat(record))
        return Filled(filled.data, self.called(filled.missing))

    def called(self, keys: Sequence[str]) -> tuple[str, ...]:
        """Names of braces as the file's writer knows them, each once."""
        return tuple(dict.fromkeys(self._called(key) for key in keys))

    def _called(self, key: str) -> str:
        if source := self._sources.get(key):
            return source.field or source.name
        loop = next((loop for loop in self.loops if key.startswith(f"{loop.name}.")), None)
        return self._called(key.removeprefix(f"{loop.name}.").partition(".")[2]) if loop else key

    def flat(self, record: Mapping[str, object]) -> dict[str, str]:
        """The text for every pair of braces in `braces(record)`."""
        values = {name: _text(value, name) for name, value in record.items() if not isinstance(value, list)}
        found = dict(values)
        for one in self.placeholders:
            if one.dialect == "brace" and not values.get(one.name) and (text := values.get(self.field_of(one.name))):
                found[one.name] = text
            if one.dialect == "brace" and one.name in self._bindings:
                found[one.name] = values.get(self._bindings[one.name], "")
        for key, source in self._sources.items():
            found[key] = self._shown(source, values)
        for loop in self.loops:
            for number, item in enumerate(self._items(record, loop.name) or [{}]):
                inner = {name: _text(value, name) for name, value in item.items()}
                for name in loop.names:
                    source = self._sources.get(name, _Source(name, ""))
                    shown = self._shown(source, inner) or self._shown(source, values)
                    found[row_loops.item_key(loop.name, number, name)] = shown
        return found

    def _shown(self, source: _Source, values: Mapping[str, str]) -> str:
        if source.field:
            text = values.get(source.field, "")
        elif source.name in self._bindings:
            text = values.get(self._bindings[source.name], "")
        else:
            text = values.get(source.name) or values.get(self._resolve(source.name), "")
        return field_switches.show(text, source.switches) if text and source.switches else text

    def _counts(self, record: Mapping[str, object]) -> dict[str, int]:
        return {loop.name: max(len(self._items(record, loop.name)), 1) for loop in self.loops}

    def _items(self, record: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
        given = record.get(name) or []
        if not isinstance(given, list) or not all(isinstance(item, Mapping) for item in given):
            raise UserError(f"“{name}”应是一张表（几行数据），没有生成文件。", next_step="请把它写成由行组成的列表。")
        if len(given) > row_loops.MOST_ROWS:
            raise UserError(f"“{name}”有 {len(given)} 行，最多 {row_loops.MOST_ROWS} 行。", next_step="请分成几份。")
        return given

    def _repeated(self, counts: Mapping[str, int]) -> list[Member]:
        members = list(self._members)
        for number, called in self._parts.items():
            content = row_loops.repeat_rows(members[number].content(), called, counts)
            members[number] = Member.plain(members[number].name, content)
        return members


def _text(value: object, name: str) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None or isinstance(value, str | int | float):
        return "" if value is None else str(value)
    raise UserError(f"“{name}”的内容不是文字。", next_step="请写成文字或数字。")
