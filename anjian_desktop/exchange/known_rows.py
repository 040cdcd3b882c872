"""The store's rows as an import needs them: found by unique code, by name and place, or not at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from anjian_desktop.domain.text import name_key
from anjian_desktop.ledgers.fields import Field, Kind

_COMMITTEE = re.compile(r"(?<=村)(村?民委员会|村?委会)$|(?<=社区)(居民委员会|居委会)$|(?<=.)(居委会|居民委员会)$")


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A row of the store: its id and values by field key, a link by its row's name."""

    id: int
    values: Mapping[str, object]


@dataclass(frozen=True)
class Identity:
    """By which fields two rows of a ledger are the same: unique codes first, else the name with its place.

    `codes` are unique fields other than the name; `place` is the link that tells apart rows of one name.
    """

    codes: tuple[Field, ...]
    name: Field
    place: Field | None

    @classmethod
    def of(cls, fields: Sequence[Field], title: str) -> Identity:
        """Read from the declarations; `title` is the key of the field that names a row."""
        name = next(one for one in fields if one.key == title)
        codes = tuple(one for one in fields if one.unique and one is not name)
        place = None if name.unique else next((one for one in fields if one.kind is Kind.LINK), None)
        return cls(codes, name, place)


class KnownRows:
    """The existing rows of one ledger, and the names of the rows that its links may point to.

    `linked` is {ledger key: names of its rows}; a name not among them is one to be created.
    """

    def __init__(self, rows: Iterable[KnownRow] = (), linked: Mapping[str, Collection[str]] | None = None) -> None:
        self.rows = list(rows)
        self.linked: dict[str, dict[str, str]] = {
            ledger: {place_key(name): name for name in names} for ledger, names in (linked or {}).items()
        }

    def indexed(self, identity: Identity) -> KnownIndex:
        """The rows by what makes them the same."""
        index = KnownIndex(identity)
        for row in self.rows:
            index.add(row)
        return index

    def linked_name(self, ledger: str, name: str) -> str | None:
        """The name as the store writes it: 东河村委会 and 东河 are 东河村 when only that exists; None when unknown."""
        names = self.linked.get(ledger, {})
        key = place_key(name)
        return names.get(key) or names.get(key + "村") or names.get(key + "社区")


@dataclass
class KnownIndex:
    """Look-ups over known rows."""

    identity: Identity
    by_code: dict[tuple[str, str], KnownRow] = field(default_factory=dict)
    by_name: dict[str, list[KnownRow]] = field(default_factory=dict)

    def add(self, row: KnownRow) -> None:
        for one in self.identity.codes:
            if code := row.values.get(one.key):
                self.by_code[one.key, str(code)] = row
        self.by_name.setdefault(name_key(str(row.values.get(self.identity.name.key) or "")), []).append(row)

    def same_name(self, name: str, place: str | None) -> list[KnownRow]:
        """Rows of that name in that place; rows without a place, or any place when none is given, count too."""
        rows = self.by_name.get(name_key(name), [])
        if self.identity.place is None or not rows:
            return rows
        here = [row for row in rows if place and self._place(row) == place_key(place)]
        if here or (place and all(self._place(row) for row in rows)):
            return here
        return [row for row in rows if not place or not self._place(row)]

    def _place(self, row: KnownRow) -> str:
        assert self.identity.place is not None
        return place_key(str(row.values.get(self.identity.place.key) or ""))


@lru_cache(maxsize=8192)
def place_key(name: str) -> str:
    """A village's name for comparing: 东河村村民委员会, 东河村委会 and 东河村 are one."""
    return _COMMITTEE.sub("", name_key(name))
