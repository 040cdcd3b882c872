"""Automatic numbers of paragraphs: list definitions, their levels, the counters that run through a document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anjian_desktop.documents.layout.number_text import is_known, number_text
from anjian_desktop.documents.layout.reading.package import Package, W
from anjian_desktop.documents.layout.reading.styles import is_on, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_AHEAD = {"center": 0.5, "right": 1.0, "end": 1.0}
_PLACE = re.compile("%([1-9])")


@dataclass(frozen=True)
class Level:
    """One level of a list: where it starts, how its number is written, what stands around and after it.

    `restart`: the level (from 1) after which it begins anew; 0 for never. `paragraph`, `run`: the properties it gives.
    `ahead`: which part of its number stands before the indent.
    """

    start: int
    kind: str
    text: str
    suffix: str
    legal: bool
    restart: int
    style: str
    paragraph: _Element | None
    run: _Element | None
    ahead: float = 0.0


@dataclass(frozen=True)
class Label:
    """The number of one paragraph as it is printed, the level it comes from, the list it counts in."""

    text: str
    level: Level
    known: bool
    list: str


class Numbering:
    """The lists of one document and how far they have counted."""

    def __init__(self, package: Package) -> None:
        root = package.related("numbering")
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[tuple[str, str], dict[int, int]] = {}
        self._begun: set[tuple[str, str, int]] = set()
        self._met: dict[tuple[str, str], set[int]] = {}
        links: dict[str, str] = {}
        styled: dict[str, str] = {}
        for abstract in root.iterfind(W + "abstractNum") if root is not None else ():
            identifier = value(abstract, "abstractNumId") or ""
            self._levels[identifier] = {
                at: level for element in abstract.iterfind(W + "lvl") for at, level in [_level(element)]
            }
            link, target = value(abstract.find(W + "numStyleLink")), value(abstract.find(W + "styleLink"))
            if link:
                links[identifier] = link
            if target:
                styled[target] = identifier
        for identifier, link in links.items():
            if link in styled:
                self._levels[identifier] = self._levels[styled[link]]
        for item in root.iterfind(W + "num") if root is not None else ():
            identifier = value(item, "numId") or ""
            abstract_id = value(item.find(W + "abstractNumId")) or ""
            self._lists[identifier] = abstract_id
            for change in item.iterfind(W + "lvlOverride"):
                at = _place(value(change, "ilvl"))
                start = value(change.find(W + "startOverride"))
                if start is not None:
                    self._starts[(identifier, at)] = int(number(start, 1.0))
                own = change.find(W + "lvl")
                if own is not None:
                    # It still counts on with the lists it shares the definition with.
                    apart = f"{abstract_id}/{identifier}"
                    self._levels[apart] = {**self._levels.get(self._lists[identifier], {}), at: _level(own)[1]}
                    self._lists[identifier] = apart

    def level_of(self, identifier: str, at: int) -> Level | None:
        """A level of a list, or None."""
        return self._levels.get(self._lists.get(identifier, ""), {}).get(at)

    def level_for_style(self, identifier: str, style: str) -> int:
        """The level of a list that belongs to a paragraph style; the first when none does."""
        levels = self._levels.get(self._lists.get(identifier, ""), {})
        return next((at for at, level in levels.items() if level.style == style), 0)

    def count(self, identifier: str, at: int, story: str = "") -> Label | None:
        """Counts one more paragraph and gives its number; None for a list that is not defined.

        `story`: text that counts by itself: the body, the text boxes, the headers and footers, the footnotes.
        """
        abstract = self._lists.get(identifier, "")
        levels = self._levels.get(abstract, {})
        level = levels.get(at)
        if level is None:
            return None
        shared = abstract.partition("/")[0]
        counts = self._counts.setdefault((story, shared), {})
        override = self._starts.get((identifier, at))
        if override is not None and (story, identifier, at) not in self._begun:
            counts[at] = override
        elif at in counts:
            counts[at] += 1
        else:
            counts[at] = level.start
        self._begun.add((story, identifier, at))
        self._count_above(levels, counts, at, (story, shared))
        for deeper in [other for other in counts if other > at]:
            restart = levels[deeper].restart if deeper in levels else -1
            if restart != 0 and (restart < 0 or at < restart):
                del counts[deeper]
        known = True

        def shown(match: re.Match[str]) -> str:
            nonlocal known
            place = int(match.group(1)) - 1
            other = levels.get(place)
            if other is None:
                return ""
            # Word leaves 01 as it is in a level's own number (Section 1.01), not where a level below repeats it.
            kind = "decimal" if level.legal and (place != at or other.kind != "decimalZero") else other.kind
            known = known and (is_known(kind) or kind == "bullet")
            return number_text(counts.get(place, other.start), kind)

        return Label(_PLACE.sub(shown, level.text), level, known, abstract)

    def _count_above(self, levels: dict[int, Level], counts: dict[int, int], at: int, state: tuple[str, str]) -> None:
        """Counts the levels above one that is met for the first time, where they were not met before it either: once.

        So the first paragraph of level 1 below one of level 3 is the second one, as Word counts.
        """
        met = self._met.setdefault(state, set())
        place = at - 1
        while at not in met and place in levels and place not in met:
            counts[place] = levels[place].start
            met.add(place)
            place -= 1
        met.add(at)


def _level(element: _Element) -> tuple[int, Level]:
    def text(name: str) -> str | None:
        return value(element.find(W + name))

    restart = text("lvlRestart")
    level = Level(
        start=int(number(text("start"))),
        kind=text("numFmt") or "decimal",
        text=text("lvlText") or "",
        suffix=text("suff") or "tab",
        legal=is_on(element.find(W + "isLgl")),
        restart=-1 if restart is None else int(number(restart)),
        style=text("pStyle") or "",
        paragraph=element.find(W + "pPr"),
        run=element.find(W + "rPr"),
        ahead=_AHEAD.get(text("lvlJc") or "", 0.0),
    )
    return _place(value(element, "ilvl")), level


def _place(text: str | None) -> int:
    return min(max(int(number(text)), 0), _LEVELS - 1)
