"""Finds the field codes of a Word part and writes merge fields as braces, so that one engine fills all dialects.

ECMA-376 part 1, 17.16: complex fields stand between `w:fldChar` marks spread over runs, simple ones in `w:fldSimple`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from anjian_desktop.documents import field_switches
from anjian_desktop.documents.docx_package import UnusableDocument
from anjian_desktop.documents.field_switches import Instruction
from anjian_desktop.documents.part_edits import Edit
from anjian_desktop.documents.word_scan import WORD_NAMESPACES, tag_end

_FETCHING: Final = frozenset(
    ["INCLUDETEXT", "INCLUDE", "INCLUDEPICTURE", "IMPORT", "DDE", "DDEAUTO", "LINK", "RD", "DATABASE", "PRINT", "EMBED"]
)
"""Fields that read another file, ask another program or write to the printer."""
_MERGE_LOGIC: Final = frozenset(
    [
        "IF",
        "NEXT",
        "NEXTIF",
        "SKIPIF",
        "MERGEREC",
        "MERGESEQ",
        "ASK",
        "FILLIN",
        "SET",
        "COMPARE",
        "ADDRESSBLOCK",
        "GREETINGLINE",
        "=",
    ]
)
_PREFIX: Final = re.compile(rb"<([^\s:>/]+:)")
_SHOWN: Final = frozenset({"t", "tab", "br", "sym", "noBreakHyphen", "drawing", "pict"})

NameOf = Callable[[Instruction], str]
"""A merge field's instruction -> the name that stands in the braces in its place."""


@dataclass
class Found:
    """The edits that write a part's merge fields as braces, and what cannot be followed: (feature, n-th paragraph)."""

    edits: list[Edit] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class _Kid:
    local: str
    start: int
    end: int = 0
    step: str = ""
    text: str = ""


@dataclass
class _Run:
    start: int
    parent: int
    depth: int
    end: int = 0
    format: tuple[int, int] | None = None
    kids: list[_Kid] = field(default_factory=list)


@dataclass
class _Simple:
    start: int
    instruction: str
    depth: int
    end: int = 0


@dataclass
class _Paragraph:
    runs: list[_Run] = field(default_factory=list)
    simple: list[_Simple] = field(default_factory=list)


@dataclass
class _Field:
    run: _Run
    kid: _Kid
    instruction: str = ""
    separated: bool = False
    nested: bool = False
    result: _Run | None = None


def find_fields(data: bytes, name_of: NameOf) -> Found:
    """The merge fields of a part. Raises UnusableDocument when a field would fetch something from outside.

    The part must have been scanned (word_scan) before: it is taken to be well-formed.
    """
    if b"fldChar" not in data and b"fldSimple" not in data:
        return Found()
    scanner = _Scanner(data, name_of)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: scanner.start(name, attributes, parser.CurrentByteIndex)
    parser.EndElementHandler = lambda name: scanner.end(name, parser.CurrentByteIndex)
    parser.CharacterDataHandler = scanner.characters
    parser.Parse(data, True)
    return scanner.found


class _Scanner:
    """Collects the runs of each paragraph, then follows the fields through them."""

    def __init__(self, data: bytes, name_of: NameOf) -> None:
        self._data = data
        self._name_of = name_of
        self._depth = 0
        self._elements = 0
        self._parents: list[int] = []
        self._paragraphs: list[_Paragraph] = []
        self._runs: list[_Run] = []
        self._kid: _Kid | None = None
        self.found = Found()

    def start(self, name: str, attributes: dict[str, str], at: int) -> None:
        space, _, local = name.partition(" ")
        self._elements += 1
        self._depth += 1
        run = self._runs[-1] if self._runs else None
        if space in WORD_NAMESPACES:
            told = {key.rpartition(" ")[2]: text for key, text in attributes.items()}
            if run is not None and self._depth == run.depth + 1:
                self._kid = _Kid(local, at, step=told.get("fldCharType", ""))
                run.kids.append(self._kid)
            if local == "p":
                self._paragraphs.append(_Paragraph())
            elif local == "r" and self._paragraphs:
                self._runs.append(_Run(at, self._parents[-1] if self._parents else 0, self._depth))
            elif local == "fldSimple" and self._paragraphs:
                self._paragraphs[-1].simple.append(_Simple(at, told.get("instr", ""), self._depth))
        self._parents.append(self._elements)

    def end(self, name: str, at: int) -> None:
        space, _, local = name.partition(" ")
        if space in WORD_NAMESPACES:
            run = self._runs[-1] if self._runs else None
            if run is not None and self._depth == run.depth + 1 and run.kids:
                run.kids[-1].end = self._element_end(run.kids[-1].start, at)
                if local == "rPr":
                    kid = run.kids.pop()
                    run.format = (kid.start, kid.end)
                self._kid = None
            if local == "r" and run is not None and self._depth == run.depth:
                run.end = self._element_end(run.start, at)
                self._runs.pop()
                self._paragraphs[-1].runs.append(run)
            elif local == "fldSimple" and self._paragraphs:
                simple = next(one for one in reversed(self._paragraphs[-1].simple) if one.depth == self._depth)
                simple.end = self._element_end(simple.start, at)
            elif local == "p" and self._paragraphs:
                self._follow(self._paragraphs.pop())
        self._parents.pop()
        self._depth -= 1

    def _element_end(self, start: int, at: int) -> int:
        """Where an element ends: an empty one with its only tag, else with the end tag that stands at `at`."""
        opened = tag_end(self._data, start)
        return opened if self._data[opened - 2 : opened] == b"/>" else tag_end(self._data, at)

    def characters(self, text: str) -> None:
        if self._kid is not None and self._kid.local == "instrText":
            self._kid.text += text

    def _follow(self, paragraph: _Paragraph) -> None:
        edits: list[Edit] = []
        for simple in paragraph.simple:
            inner = next((run for run in paragraph.runs if simple.start < run.start < simple.end), None)
            self._take(field_switches.parse(simple.instruction), simple.start, simple.end, inner, edits)
        open_fields: list[_Field] = []
        runs = sorted(paragraph.runs, key=lambda run: run.start)
        for run in runs:
            for kid in run.kids:
                if kid.local == "fldChar":
                    self._mark(kid, run, open_fields, edits)
                elif open_fields and kid.local == "instrText" and not open_fields[-1].separated:
                    open_fields[-1].instruction += kid.text
                elif open_fields and kid.local in _SHOWN:
                    top = open_fields[-1]
                    top.result = top.result or (run if top.separated else None)
        for one in open_fields:
            if field_switches.parse(one.instruction).kind == "MERGEFIELD":
                self.found.notes.append("跨段的合并域")
        outer = [one for one in edits if not any(o[0] <= one[0] and one[1] <= o[1] and o != one for o in edits)]
        self.found.edits += outer

    def _mark(self, kid: _Kid, run: _Run, open_fields: list[_Field], edits: list[Edit]) -> None:
        if kid.step == "begin":
            open_fields.append(_Field(run, kid))
        elif kid.step == "separate" and open_fields:
            open_fields[-1].separated = True
        elif kid.step == "end" and open_fields:
            done = open_fields.pop()
            instruction = field_switches.parse(done.instruction)
            in_instruction = bool(open_fields) and not open_fields[-1].separated
            if in_instruction:
                open_fields[-1].nested = True
            if instruction.kind == "MERGEFIELD" and (in_instruction or done.nested or done.run.parent != run.parent):
                self.found.notes.append("套在别的域或修订里的合并域")
                return
            start = done.run.start if done.run.kids[0] is done.kid else done.kid.start
            end = run.end if run.kids[-1] is kid else kid.end
            self._take(instruction, start, end, done.result or done.run, edits, opened=start != done.run.start,
                       left_open=end != run.end, rest=run)  # fmt: skip

    def _take(
        self,
        instruction: Instruction,
        start: int,
        end: int,
        look: _Run | None,
        edits: list[Edit],
        *,
        opened: bool = False,
        left_open: bool = False,
        rest: _Run | None = None,
    ) -> None:
        """Write one field as braces; `opened`: its first run has begun before, `left_open`: its last run goes on."""
        if instruction.kind in _FETCHING:
            raise UnusableDocument(
                f"这个文件里有会读取外部文件的域（{instruction.kind}），已拒绝使用。",
                next_step="请在 Word 里选中它按 Ctrl+Shift+F9 变成普通文字，另存后再试。",
            )
        if instruction.kind in _MERGE_LOGIC:
            self.found.notes.append(f"Word 的 {instruction.kind} 域（照文件里原有的结果印）")
        if instruction.kind != "MERGEFIELD" or not instruction.argument:
            return
        self.found.notes += [f"合并域的开关 {one}（照原文印）" for one in instruction.unknown]
        tag = _PREFIX.match(self._data, start)
        prefix = tag[1] if tag else b""
        new = b"<%br>%b<%bt xml:space=\"preserve\">{{%b}}</%bt></%br>" % (
            prefix, self._format(look), prefix, _escaped(self._name_of(instruction)), prefix, prefix,
        )  # fmt: skip
        if opened:
            new = b"</%br>" % prefix + new
        if left_open:
            new += b"<%br>%b" % (prefix, self._format(rest))
        edits.append((start, end, new))

    def _format(self, run: _Run | None) -> bytes:
        return self._data[run.format[0] : run.format[1]] if run is not None and run.format else b""


def _escaped(name: str) -> bytes:
    return name.replace("&", "&amp;").replace("<", "&lt;").encode()
