"""Reads the text of one paragraph: runs, fields, breaks, symbols, notes and objects, each with its format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from anjian_desktop.documents.layout.characters import INVISIBLE
from anjian_desktop.documents.layout.model import (
    COLUMN_BREAK,
    LINE_BREAK,
    OBJECT,
    PAGE_BREAK,
    PAGE_FIELD,
    PAGES_FIELD,
    SECTION_PAGES_FIELD,
    TAB,
    FloatBox,
    Piece,
    RunFormat,
    Tab,
)
from anjian_desktop.documents.layout.reading.formats import Name, run_format
from anjian_desktop.documents.layout.reading.package import MC, W
from anjian_desktop.documents.layout.reading.styles import Look, is_on, value
from anjian_desktop.documents.layout.symbols import plain_symbols

if TYPE_CHECKING:
    from lxml.etree import _Element

    from anjian_desktop.documents.layout.reading.document import Reader

_INSIDE = {
    W + name
    for name in ("hyperlink", "smartTag", "ins", "moveTo", "fldSimple", "sdtContent", "customXml", "dir", "bdo")
}
_RANGES = ("bookmark", "commentRange", "moveFromRange", "moveToRange", "customXmlInsRange", "customXmlDelRange",
           "customXmlMoveFromRange", "customXmlMoveToRange", "perm")  # fmt: skip
QUIET = {W + name for name in ("pPr", "rPr", "proofErr", "lastRenderedPageBreak", "commentReference", "sdtPr", "sdtEndPr",
          "separator", "continuationSeparator", "instrText", "fldChar", "annotationRef", "softHyphen", "tcPr", "smartTagPr",
          "customXmlPr", "fldData", "delInstrText")} | {W + name + end for name in _RANGES for end in ("Start", "End")}  # fmt: skip
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
NAMED = {
    W + "drawing": "图片或图形", W + "pict": "图片或文本框", W + "object": "嵌入对象",
    W + "ruby": "拼音指南（只印正文）",
    W + "del": "修订（删除的文字未印）", W + "moveFrom": "修订（移走的文字未印）", MC + "AlternateContent": "图形或文本框",
    _MATH + "oMath": "公式", _MATH + "oMathPara": "公式", W + "altChunk": "嵌入的网页或文档", W + "subDoc": "子文档",
    W + "contentPart": "手写或外部内容",
    **{W + name: "旧式日期域" for name in ("dayLong", "dayShort", "monthLong", "monthShort", "yearLong", "yearShort")},
}  # fmt: skip
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_NOTE_HEADS = {W + "footnoteRef", W + "endnoteRef"}
_OBJECTS = {W + "drawing", W + "pict", W + "object", MC + "AlternateContent"}
_TEXTS = {W + "tab": TAB, W + "cr": LINE_BREAK, W + "noBreakHyphen": "\u2011"}
_SMALL_CAPITALS = 0.8


class Pieces:
    """Collects the text of one paragraph, following fields from their beginning to their end."""

    def __init__(self, reader: Reader, base: Look, name: Name, place: str) -> None:
        self._reader, self._base, self._name, self._place = reader, base, name, place
        self.floats: list[FloatBox] = []
        self._pieces: list[Piece] = []
        self._fields: list[list[str]] = []  # of each open field: its instruction, then "shown" or "replaced"
        self._plain = reader.format(base, None, name)
        self._number, self._looks = "", [self._plain]
        """What stands for an open page number, and its formats: that of its field's mark, that of the number kept."""

    def read(self, element: _Element) -> tuple[Piece, ...]:
        self._walk(element)
        self._end_number()
        return tuple(self._pieces)

    def _walk(self, parent: _Element) -> None:
        for element in flat(parent):
            if element.tag == W + "r":
                self._run(element)
            elif element.tag == W + "fldSimple" and self._counter(value(element, "instr") or ""):
                run = element.find(W + "r")
                format_ = self._format(run) if run is not None else self._plain
                self._add(self._counter(value(element, "instr") or ""), format_)
            elif element.tag in _INSIDE:
                self._walk(element)
            elif element.tag not in QUIET:
                self._name(NAMED.get(element.tag, f"未识别的内容（{element.tag.rpartition('}')[2]}）"))

    def _run(self, run: _Element) -> None:
        properties = run.find(W + "rPr")
        look = self._reader.run_look(self._base, properties)
        if is_on(look.elements.get("vanish")):
            return
        capitals, small = (is_on(look.elements.get(name)) for name in ("caps", "smallCaps"))
        format_ = run_format(look, self._reader.styles, self._name)
        for element in run:
            tag = element.tag
            if tag == W + "fldChar":
                self._field(value(element, "fldCharType") or "", format_)
                if element.find(f"{W}ffData/{W}checkBox") is not None:
                    self._add(_tick(element), format_)
            elif tag == W + "instrText":
                if self._fields and len(self._fields[-1]) == 1:
                    self._fields[-1][0] += element.text or ""
            elif any(field[-1] == "replaced" or len(field) == 1 for field in self._fields):
                if tag == W + "t" and self._fields[-1][-1] == "replaced":
                    self._look_of_number(format_)
                continue  # the stored result of a page number, or an instruction
            elif tag == W + "t":
                text, known = plain_symbols(element.text or "", format_.latin)
                if not known:
                    self._name("符号字体的字符")
                if capitals or not small:
                    self._add(text.upper() if capitals else text, format_)
                else:
                    self._add_small_capitals(text, format_)
            elif tag == W + "br":
                self._break(value(element, "type") or "textWrapping", format_)
            elif tag in _TEXTS:
                self._add(_TEXTS[tag], format_)
            elif tag in _NOTES or tag in _NOTE_HEADS:
                self._foot(element, format_)
            elif tag in _OBJECTS:
                self._object(element, format_)
            elif tag == W + "sym":
                self._symbol(element, format_)
            elif tag == W + "pgNum" and self._reader.in_furniture:
                self._add(PAGE_FIELD, format_)
            elif tag == W + "ptab":
                self._add(TAB, replace(format_, stop=_absolute(element)))
            elif tag == W + "ruby":
                self._name(NAMED[tag])
                for base in element.iterfind(W + "rubyBase"):
                    self._walk(base)
            elif tag not in QUIET and isinstance(tag, str):
                self._name(NAMED.get(tag, f"未识别的内容（{tag.rpartition('}')[2]}）"))

    def _foot(self, element: _Element, format_: RunFormat) -> None:
        """A note's number where it is referred to, or at its head."""
        if element.tag in _NOTE_HEADS:
            self._add(self._reader.notes.label, format_)
            return
        kind = _NOTES[element.tag]
        label = self._reader.notes.refer(kind, value(element, "id") or "")
        if label is None:
            self._name("脚注" if kind == "footnote" else "尾注")
            return
        custom = value(element, "customMarkFollows") not in (None, "0", "false")
        if kind == "footnote":
            self._pieces.append(Piece("\u200a" if custom else label, replace(format_, note=label)))
        elif not custom:
            self._add(label, format_)

    def _object(self, element: _Element, format_: RunFormat) -> None:
        found = self._reader.objects(element, self._place)
        if found is None:
            self._name(NAMED[element.tag])
            return
        for one in found:
            if one.inline is not None:
                place = len(self.floats) if one.box is not None else -1
                self._pieces.append(Piece(OBJECT, replace(format_, picture=replace(one.inline, box=place))))
            if one.box is not None:
                self.floats.append(one.box)

    def _add_small_capitals(self, text: str, format_: RunFormat) -> None:
        for lower, part in groupby(text, str.islower):
            shown = "".join(part).upper()
            self._add(shown, replace(format_, size=format_.size * _SMALL_CAPITALS) if lower else format_)

    def _symbol(self, element: _Element, format_: RunFormat) -> None:
        try:
            character = chr(int(value(element, "char") or "", 16))
        except (ValueError, OverflowError):
            character = "\uf000"
        text, known = plain_symbols(character, value(element, "font") or "")
        if not known:
            self._name("符号字体的字符")
        self._add(text, replace(format_, prefer_east_asian=True, symbol=True))

    def _break(self, kind: str, format_: RunFormat) -> None:
        if kind == "column":
            self._add(COLUMN_BREAK, format_)
        else:
            self._add(PAGE_BREAK if kind == "page" else LINE_BREAK, format_)

    def _field(self, step: str, format_: RunFormat) -> None:
        if step == "begin":
            self._fields.append([""])
        elif self._fields and step == "separate" and len(self._fields[-1]) == 1:
            self._show(format_)
        elif self._fields and step == "end":
            if len(self._fields[-1]) == 1:
                self._show(format_)
            if self._fields.pop()[-1] == "replaced":
                self._end_number()

    def _show(self, format_: RunFormat) -> None:
        counter = self._counter(self._fields[-1][0])
        self._fields[-1].append("replaced" if counter else "shown")
        if counter:
            self._number, self._looks = counter, [format_]

    def _look_of_number(self, format_: RunFormat) -> None:
        """The number the file keeps says how a page number looks, as Word has it: the field's marks may be larger."""
        self._looks.append(format_)

    def _end_number(self) -> None:
        if self._number:
            self._add(self._number, self._looks[:2][-1])
        self._number = ""

    def _counter(self, instruction: str) -> str:
        """What stands for a page number in a header or footer; in the text the number the file keeps is shown."""
        if not self._reader.in_furniture:
            return ""
        word = (instruction.split() or [""])[0].upper()
        return {"PAGE": PAGE_FIELD, "NUMPAGES": PAGES_FIELD, "SECTIONPAGES": SECTION_PAGES_FIELD}.get(word, "")

    def _format(self, run: _Element) -> RunFormat:
        return self._reader.format(self._base, run.find(W + "rPr"), self._name)

    def _add(self, text: str, format_: RunFormat) -> None:
        if self._pieces and self._pieces[-1].format == format_:
            text = self._pieces.pop().text + text
        text = INVISIBLE.sub("", text)
        if text:
            self._pieces.append(Piece(text, format_))


def _absolute(element: _Element) -> Tab:
    """The stop an absolute tab leads to, at a share of the text's width (ECMA-376 part 1, 17.3.3.23)."""
    share = {"center": 0.5, "right": 1.0}.get(value(element, "alignment") or "", 0.0)
    leader = {"dot": "dot", "middleDot": "middleDot", "underscore": "underscore", "hyphen": "hyphen"}
    kind = {0.5: "center", 1.0: "right"}.get(share, "left")
    return Tab(share, kind, leader.get(value(element, "leader") or "", ""))


def _tick(field: _Element) -> str:
    """The box of a form's check box, filled where it is ticked."""
    box = field.find(f"{W}ffData/{W}checkBox")
    said = box.find(W + "checked") if box is not None else None
    if said is None and box is not None:
        said = box.find(W + "default")
    return "■" if is_on(said) else "□"


def flat(parent: Iterable[_Element]) -> Iterable[_Element]:
    """The children, those of content controls in place of the controls."""
    for element in parent:
        if element.tag == W + "sdt":
            yield from flat(element.iterfind(f"{W}sdtContent/*"))
        elif isinstance(element.tag, str):
            yield element
