"""Find the heading row of a clerk's sheet and say which column is which field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from anjian_desktop.exchange.cells import is_empty
from anjian_desktop.exchange.heading_memory import RememberedHeadings, recall
from anjian_desktop.exchange.heading_words import wordings
from anjian_desktop.exchange.sheet_rows import SheetRow
from anjian_desktop.ledgers.fields import Field, Kind, heading_key

_SEARCHED_ROWS = 40
"""Non-empty rows looked at from the top; a heading stands under titles and notes, not under a hundred rows."""

_NEVER_A_FIELD = frozenset(
    heading_key(text) for text in ("序号", "行号", "项次", "No", "No.", "NO", "#", "原因", "未导入原因")
)
_NAMING = re.compile(r"名|单位|全称|代码")
"""What no heading of a table does without."""
_PERSONAL_PARTS = frozenset(
    heading_key(text)
    for text in (
        "姓名",
        "职务",
        "性别",
        "年龄",
        "学历",
        "身份证号",
        "身份证号码",
        "证书编号",
        "证号",
        "数量",
        "人数",
        "编号",
        "日期",
        "时间",
    )
)
"""Words under a group heading that mean nothing without it."""
_PHONE_TAILS = tuple(
    heading_key(one)
    for one in (
        "联系电话号码",
        "联系方式",
        "联系电话",
        "联系手机",
        "手机号码",
        "移动电话",
        "电话号码",
        "手机号",
        "电话",
        "手机",
    )
)
_PHONE_WORDS = ("电话", "手机", "手机号", "手机号码", "联系电话", "联系方式", "电话号码")


@dataclass(frozen=True)
class HeadingMatch:
    """Where the heading is and what its columns mean; columns count from 0 (A)."""

    row_number: int
    """Excel's own number of the (lower) heading row; data begin below it."""
    columns: dict[int, Field]
    headings: dict[int, str]
    """Every column's heading as it reads, matched or not."""
    unmatched: list[str]
    rows: tuple[int, ...] = field(default=())
    """Both rows of a two-row heading."""
    remembered: Mapping[str, str] = field(default_factory=dict)
    """What came from an earlier file's mapping: {heading: field key; "" ignores the column}."""

    def column_of(self, key: str) -> int | None:
        """The column of a field."""
        return next((column for column, declared in self.columns.items() if declared.key == key), None)


class HeadingIndex:
    """Every way to write the headings of some fields; the clerk's own mapping goes first.

    `mapping` is {heading as it reads: field key or label; "" ignores the column}; unknown fields were refused before.
    """

    def __init__(self, fields: Sequence[Field], mapping: Mapping[str, str] | None = None) -> None:
        self.fields = [one for one in fields if not one.computed]
        by_name = {name: one for one in reversed(self.fields) for name in (one.label, one.key)}
        self._chosen = {heading_key(heading): by_name.get(name) for heading, name in (mapping or {}).items()}
        self._index: dict[str, Field] = {}
        for one in self.fields:
            self._index.setdefault(heading_key(one.label), one)
        for one in self.fields:
            for key in one.headings():
                self._index.setdefault(key, one)
        self._joined = self._joined_headings()
        self._found: dict[str, tuple[Field | None, int]] = {}
        self._phones = {
            one.key.removesuffix("_phone"): one
            for one in self.fields
            if one.kind is Kind.PHONE and one.key.endswith("_phone")
        }

    def find(self, text: str) -> Field | None:
        """The field a heading means, or None."""
        return self.ranked(text)[0]

    def ranked(self, text: str) -> tuple[Field | None, int]:
        """The field a heading means, and how plainly: 0 the clerk said so, 1 its label, 2 declared, 3 and more guessed."""
        key = heading_key(text)
        if key in self._chosen:
            return self._chosen[key], 0
        if (known := self._found.get(key)) is None:
            known = self._found[key] = self._guess(key)
        return known

    def _guess(self, key: str) -> tuple[Field | None, int]:
        if found := self._index.get(key) or self._joined.get(key):
            return found, 1 if heading_key(found.label) == key else 2
        if key in _NEVER_A_FIELD:
            return None, 9
        for wording in wordings(key):
            if found := self._index.get(wording) or self._joined.get(wording):
                return found, 3
        if phone := self._phone_called(key):
            return phone, 3
        bare = re.sub(r"（[^（）]*）", "", key)
        parts = [self._guess(part)[0] for part in re.split(r"[/、或\\及和与]", bare) if part and part != key]
        # 统一社会信用代码/注册号: what the other words say is the same thing, or nothing a ledger knows.
        agreed = len(parts) > 1 and parts[0] is not None and all(part in (None, parts[0]) for part in parts)
        return (parts[0], 4) if agreed else (None, 9)

    def _phone_called(self, key: str) -> Field | None:
        """The phone a heading means that calls its person by any name: 安全负责人手机号 is the safety officer's."""
        for word in _PHONE_TAILS:
            if key.endswith(word) and len(key) > len(word):
                person, _ = self._guess(key.removesuffix(word).removesuffix("的"))
                return None if person is None else self._phones.get(person.key)
        return None

    def find_joined(self, upper: str, lower: str) -> Field | None:
        """The field of a column under a group heading: 主要负责人 over 电话 means 主要负责人's phone."""
        if not lower:
            return self.find(upper) if upper else None
        if not upper or heading_key(upper) == heading_key(lower):
            return self.find(lower)
        above, below = heading_key(upper), heading_key(lower)
        for key in (above + below, *(first + below for first in wordings(upper))):
            if found := self._joined.get(key) or self._index.get(key):
                return found
        if below in _PERSONAL_PARTS:
            return self.find(upper + lower)
        return self.find(lower)

    def is_ignored(self, text: str) -> bool:
        """A running number, our own 原因 column, or a heading the clerk set aside."""
        key = heading_key(text)
        return (key in _NEVER_A_FIELD and key not in self._index) or self._chosen.get(key, self) is None

    def identifying(self) -> set[str]:
        """Keys of which a heading must have at least one: the name, or a code that is unique."""
        return {one.key for one in self.fields if one.kind is Kind.NAME or one.unique} or {self.fields[0].key}

    def phone_of(self, person: Field) -> Field | None:
        """The phone that belongs to a person's column."""
        return self._phones.get(person.key)

    def _joined_headings(self) -> dict[str, Field]:
        found: dict[str, Field] = {}
        by_key = {one.key: one for one in self.fields}
        for one in self.fields:
            person = by_key.get(one.key.removesuffix("_phone"))
            if one.kind is Kind.PHONE and person is not None and person is not one:
                for name in person.headings():
                    found.setdefault(name + heading_key("姓名"), person)
                    for word in _PHONE_WORDS:
                        found.setdefault(name + heading_key(word), one)
        return found


def find_heading(
    rows: Sequence[SheetRow],
    fields: Sequence[Field],
    *,
    mapping: Mapping[str, str] | None = None,
    memory: Sequence[RememberedHeadings] = (),
) -> HeadingMatch | None:
    """The heading among the first rows: the one row, or two rows joined, that names most fields; None without any.

    A heading must name the unit (its name or a unique code). Title rows, notes and group rows above it do not matter.
    A row like one in `memory` is read by what the clerk said then; `mapping` goes before that.
    """
    index = HeadingIndex(fields, mapping)
    best: HeadingMatch | None = None
    previous: tuple[SheetRow, HeadingMatch] | None = None
    for row in rows[:_SEARCHED_ROWS]:
        single = _match(index, row, None)
        candidates = [single]
        if previous is not None and previous[0].number == row.number - 1:
            joined = _match(index, row, previous[0])
            if len(joined.columns) > max(len(single.columns), len(previous[1].columns)) and single.columns:
                candidates.append(joined)
            if memory:
                candidates.append(_recalled(memory, fields, mapping, joined, row, previous[0]))
        if memory:
            candidates.append(_recalled(memory, fields, mapping, single, row, None))
        for candidate in candidates:
            if _is_heading(index, candidate) and (best is None or _weight(candidate) > _weight(best)):
                best = candidate
        previous = (row, single)
    return best


def _weight(match: HeadingMatch) -> tuple[bool, int]:
    return bool(match.remembered), len(match.columns)


def _recalled(
    memory: Sequence[RememberedHeadings],
    fields: Sequence[Field],
    mapping: Mapping[str, str] | None,
    match: HeadingMatch,
    row: SheetRow,
    upper: SheetRow | None,
) -> HeadingMatch:
    """The row matched once more with what was said of a row like it; unchanged when nothing was."""
    found = recall(memory, match.headings.values())
    if found is None:
        return match
    index = HeadingIndex(fields, {**found.mapping, **(mapping or {})})
    texts = {heading_key(text): text for text in match.headings.values()}
    taken = {texts[heading_key(text)]: key for text, key in found.mapping.items()}
    return replace(_match(index, row, upper), remembered=taken)


def heading_below(row: SheetRow, above: HeadingMatch, index: HeadingIndex) -> HeadingMatch | None:
    """The heading of a second table that stands under the first one; None for data."""
    texts = [cell for cell in row.cells if cell is not None]
    if len(texts) < 3 or not all(type(cell) is str and len(cell) <= 40 for cell in texts):
        return None
    filled = [text for text in texts if not is_empty(text)]
    if len(filled) < 3 or not any(isinstance(text, str) and _NAMING.search(text[:14]) for text in filled):
        return None
    match = _match(index, row, None)
    names = len(match.columns) >= 3 and len(match.columns) * 2 > len(filled)
    return match if names and _is_heading(index, match) and match.columns != above.columns else None


def repeats_heading(row: SheetRow, heading: HeadingMatch) -> bool:
    """Whether a row below is the heading printed again (page breaks, pasted lists)."""
    same = filled = 0
    for column, text in heading.headings.items():
        cell = row.cell(column)
        if not is_empty(cell):
            filled += 1
            same += isinstance(cell, str) and heading_key(cell) == heading_key(text)
    return (same >= 2 and same * 2 > filled) or (same == filled == 1 == len(heading.columns))


def _is_heading(index: HeadingIndex, match: HeadingMatch) -> bool:
    return any(one.key in index.identifying() for one in match.columns.values())


def _match(index: HeadingIndex, row: SheetRow, upper: SheetRow | None) -> HeadingMatch:
    columns: dict[int, Field] = {}
    headings: dict[int, str] = {}
    found: dict[int, Field] = {}
    width = max(len(row.cells), len(upper.cells) if upper else 0)
    group = ""
    for column in range(width):
        lower = _text(row.cell(column))
        if upper is not None:
            own = _text(upper.cell(column))
            group = own or (group if lower else "")
            heading = lower if not group or group == lower else f"{group}{lower}"
            match = index.find_joined(own if not lower else group, lower)
        else:
            heading = lower
            match = index.find(lower) if lower else None
        if heading:
            headings[column] = heading
            if match is not None:
                found[column] = match
    for column, match in _without_doubles(index, found, headings).items():
        columns[column] = match
    unmatched = [text for column, text in headings.items() if column not in columns and not index.is_ignored(text)]
    numbers = (row.number,) if upper is None else (upper.number, row.number)
    return HeadingMatch(row.number, columns, headings, unmatched, numbers)


def _without_doubles(index: HeadingIndex, found: Mapping[int, Field], headings: Mapping[int, str]) -> dict[int, Field]:
    """One column a field. Of several phone columns each belongs to the person on its left; else the plainest heading
    counts, and of equals the first."""
    meant: dict[int, Field] = {}
    counts = [one.key for one in found.values()]
    for column, one in found.items():
        if one.kind is Kind.PHONE and counts.count(one.key) > 1 and (left := found.get(column - 1)) is not None:
            own = index.phone_of(left)
            one = own if own is not None and own.key not in counts else one
        meant[column] = one
    columns: dict[int, Field] = {}
    taken: set[str] = set()
    # The plainest heading has the field, wherever it stands: 企业名称 goes before 单位.
    for column in sorted(meant, key=lambda one: (index.ranked(headings.get(one, ""))[1], one)):
        if meant[column].key not in taken:
            taken.add(meant[column].key)
            columns[column] = meant[column]
    return dict(sorted(columns.items()))


def _text(cell: object) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) and len(cell) <= 80 else ""
