"""Reads footnotes and endnotes: their numbers, what they say, and the line that parts endnotes from the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from anjian_desktop.documents.layout.model import TAB, Block, Paragraph, Piece, Tab
from anjian_desktop.documents.layout.number_text import is_known, number_text
from anjian_desktop.documents.layout.reading.package import Package, W
from anjian_desktop.documents.layout.reading.styles import number, value

if TYPE_CHECKING:
    from lxml.etree import _Element

Read = Callable[["_Element", str, str], tuple[Block, ...]]
"""Reads what stands in a note: its element, the part it stands in, what it is called."""

_KINDS = {"footnote": ("脚注", "decimal"), "endnote": ("尾注", "lowerRoman")}
_LINE = 144.0
"""Length of the line above endnotes (pt)."""


class Notes:
    """The notes of a document in the order in which the text refers to them."""

    def __init__(self, package: Package, read: Read, note: Callable[[str, str], None]) -> None:
        self._package, self._read, self._note = package, read, note
        self._elements: dict[str, dict[str, _Element]] = {}
        self._counts = dict.fromkeys(_KINDS, 0)
        self._formats: dict[str, str] = {}
        self.footnotes: dict[str, tuple[Block, ...]] = {}
        """What each footnote says, by its number."""
        self._endnotes: list[Block] = []
        self.label = ""
        """The number of the note being read, empty outside of notes."""

    def refer(self, kind: str, identifier: str) -> str | None:
        """The number of a `footnote` or `endnote`, which is read along; None when the file lacks it or inside a note."""
        element = self._all(kind).get(identifier)
        if element is None or self.label:
            return None
        called = _KINDS[kind][0]
        self._counts[kind] += 1
        count = self._counts[kind] - 1 + self._start(kind)
        label = number_text(count, self._format(kind))
        if kind == "footnote" and label in self.footnotes:
            label = str(count)
        self.label = label
        blocks = self._read(element, self._package.name_of(f"{kind}s"), f"{called}{label}")
        self.label = ""
        if kind == "footnote":
            self.footnotes[label] = blocks
        else:
            self._endnotes += blocks
        return label

    @property
    def any(self) -> bool:
        """Whether the text has referred to a note so far."""
        return any(self._counts.values())

    def at_the_end(self) -> list[Block]:
        """The endnotes below their line, for the end of the document; nothing where there are none left."""
        endnotes, self._endnotes = self._endnotes, []
        if not endnotes:
            return []
        parting = next((one for one in self._all("endnote").values() if value(one, "type") == "separator"), None)
        drawn: list[Block] = []
        for block in self._read(parting, "", "") if parting is not None else ():
            if isinstance(block, Paragraph):
                stop = Tab(_LINE, "left", "underscore")
                drawn = [replace(block, pieces=(Piece(TAB, block.mark),), format=replace(block.format, tabs=(stop,)))]
        return [*drawn, *endnotes]

    def _all(self, kind: str) -> dict[str, _Element]:
        if kind not in self._elements:
            root = self._package.related(f"{kind}s")
            found = root.iterfind(W + kind) if root is not None else ()
            self._elements[kind] = {value(one, "id") or "": one for one in found}
        return self._elements[kind]

    def _asked(self, kind: str, choice: str) -> str | None:
        """What a section, or else the whole document, says of its notes."""
        settings = self._package.related("settings")
        for root in (self._package.document, settings):
            for properties in root.iter(f"{W}{kind}Pr") if root is not None else ():
                said = value(properties.find(W + choice))
                if said is not None:
                    return said
        return None

    def _format(self, kind: str) -> str:
        if kind not in self._formats:
            called, usual = _KINDS[kind]
            self._formats[kind] = self._asked(kind, "numFmt") or usual
            if not is_known(self._formats[kind]):
                self._note(f"这种{called}编号（印成数字）", "全文")
            if self._asked(kind, "numRestart") not in (None, "continuous"):
                self._note(f"重新编号的{called}（连续编号）", "全文")
        return self._formats[kind]

    def _start(self, kind: str) -> int:
        return max(int(number(self._asked(kind, "numStart"), 1.0)), 1)
