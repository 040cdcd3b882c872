"""Which row of the store a file's row is, and whether the file has it twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from anjian_desktop.domain.text import name_key
from anjian_desktop.exchange.known_rows import Identity, KnownIndex, KnownRow, place_key

_ENDINGS = re.compile(r"(有限责任公司|股份有限公司|有限公司|公司|厂|店|部|行|社|站)$")
_ALIKE = 0.6


class FileRow(NamedTuple):
    """A row of the file with its values by field key, and what it is recognised by."""

    sheet: str
    number: int
    values: Mapping[str, object]
    name: str
    place: str | None
    code: str
    """Its first unique code; empty without one."""


class Recognised(NamedTuple):
    """The store's row it is, if any; a refusal or a warning about the field `key`."""

    known: KnownRow | None
    key: str
    problem: str | None = None
    warning: str | None = None


class Recognition:
    """Recognises rows by unique code, else by name and place; remembers those that were accepted.

    A row that brings no code is the stored one of its name and place, with or without a code. A row with a code is the
    stored one of that code; else one of its name and place that has none yet. A stored one with another code is another
    unit: the row is new, with a warning, since two shops of one name in one village do exist and overwriting a code
    would be worse.
    """

    def __init__(self, identity: Identity, index: KnownIndex) -> None:
        self.seen_ids: set[int] = set()
        """Rows of the store that the file mentions, refused rows included."""
        self._identity = identity
        self._index = index
        self._codes: dict[tuple[str, str], FileRow] = {}
        self._names: dict[str, list[FileRow]] = {}
        self._ids: dict[int, FileRow] = {}

    def file_row(self, sheet: str, number: int, values: Mapping[str, object]) -> FileRow:
        """A row of the file, ready to be recognised."""
        place = values.get(self._identity.place.key) if self._identity.place else None
        name = str(values.get(self._identity.name.key) or "")
        return FileRow(sheet, number, values, name, None if place is None else str(place), self._code_of(values))

    def recognise(self, row: FileRow, *, good: bool) -> Recognised:
        """Find the store's row; a row that is refused anyway (`good` false) is looked up only to know it was there."""
        name, code = row.name, row.code
        key = self._identity.name.key
        known: KnownRow | None = None
        warning = None
        for one in self._identity.codes:
            value = row.values.get(one.key)
            if value and (found := self._index.by_code.get((one.key, str(value)))):
                known, key = found, one.key
                old = str(found.values.get(self._identity.name.key) or "")
                if name and old and name_key(name) != name_key(old) and _differ(name, old):
                    warning = f"{one.label}相同，名称由“{old}”变为“{name}”，请核对是不是同一家"
                break
        if known is None and name:
            same = self._index.same_name(name, row.place)
            fitting = [one for one in same if not code or not self._code_of(one.values)]
            if len(fitting) > 1:
                self.seen_ids.update(one.id for one in fitting)
                ask = self._identity.codes[0].label if self._identity.codes else self._other_place()
                return Recognised(None, key, f"库中有{len(fitting)}个同名的，分不清是哪一个，请填写{ask}")
            if fitting:
                known = fitting[0]
            elif same:
                warning = f"库中已有同名的“{name}”，{self._identity.codes[0].label}不同，按另一家新增，请核对"
                key = self._identity.codes[0].key
        if known is not None:
            self.seen_ids.add(known.id)
        if good and (first := self._earlier(row, known)):
            where = f"第{first.number}行" if first.sheet == row.sheet else f"工作表“{first.sheet}”第{first.number}行"
            code_key = next((one.key for one in self._identity.codes if row.values.get(one.key)), None)
            return Recognised(known, code_key or self._identity.name.key, f"重复：{where}")
        return Recognised(known, key, None, warning)

    def accept(self, row: FileRow, known: KnownRow | None) -> None:
        """Remember a row that goes in: the next one with its key is a repetition."""
        for one in self._identity.codes:
            if value := row.values.get(one.key):
                self._codes.setdefault((one.key, str(value)), row)
        if row.name:
            self._names.setdefault(name_key(row.name), []).append(row)
        if known is not None:
            self._ids.setdefault(known.id, row)

    def _earlier(self, row: FileRow, known: KnownRow | None) -> FileRow | None:
        for one in self._identity.codes:
            if (value := row.values.get(one.key)) and (first := self._codes.get((one.key, str(value)))):
                return first
        if known is not None and known.id in self._ids:
            return self._ids[known.id]
        if row.name:
            for seen in self._names.get(name_key(row.name), ()):
                if self._same_place(seen, row) and not (row.code and seen.code):
                    return seen
        return None

    def _same_place(self, one: FileRow, other: FileRow) -> bool:
        return self._identity.place is None or place_key(one.place or "") == place_key(other.place or "")

    def _code_of(self, values: Mapping[str, object]) -> str:
        for one in self._identity.codes:
            if code := values.get(one.key):
                return str(code)
        return ""

    def _other_place(self) -> str:
        return self._identity.place.label if self._identity.place else self._identity.name.label


def _differ(one: str, other: str) -> bool:
    left, right = _ENDINGS.sub("", name_key(one)), _ENDINGS.sub("", name_key(other))
    return SequenceMatcher(None, left, right, autojunk=False).ratio() < _ALIKE
