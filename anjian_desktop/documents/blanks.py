"""Blanks a clerk would fill by pen (××公司, ____, 〔 〕): found, and a field proposed from the words around each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from anjian_desktop.documents import placeholders
from anjian_desktop.documents.word_scan import Stretch

_UNIT: Final = r"(?:有限责任公司|有限公司|股份公司|公司|企业|单位|厂)"
_BLANK: Final = re.compile(
    rf"(?P<unit>[×Xx＊*]{{2,}}{_UNIT})"
    r"|(?P<number>[\u4e00-\u9fff]{0,6}[〔\[［][ \u3000×_＿]*[〕\]］][ \u3000×_＿]*号)"
    r"|(?P<year>[〔［][ \u3000×_＿]*[〕］])"
    r"|(?P<village>[×＊]{2,}(?:村|社区))"
    r"|(?P<plain>_{2,}|＿{2,}|×{2,}|Ｘ{2,}|(?:\.{6,}|…{2,}))"
)
_SPACES: Final = re.compile(r"[ \u3000]{2,}")
_UNDERLINED: Final = re.compile(rb"<(?:\w+:)?u\s[^>]*val=[\"'](?!none)")
_AFTER: Final = (
    (re.compile(rf"^\s*{_UNIT}"), "单位名称"),
    (re.compile(r"^\s*年度"), "年度"),
    (re.compile(r"^\s*(?:村|社区)"), "所属村"),
    (re.compile(r"^\s*号"), "编号"),
)
_BEFORE: Final = (
    (re.compile(r"(?:信用代码)[^，。；]{0,6}[:：]?\s*$"), "统一社会信用代码"),
    (re.compile(r"(?:联系电话|电\s*话|手\s*机|手机号)[^，。；]{0,4}[:：]?\s*$"), "联系电话"),
    (re.compile(r"(?:负责人|法定代表人|法人代表)[^，。；\u4e00-\u9fff]{0,6}[:：]?\s*$"), "乙方负责人"),
    (re.compile(r"地\s*址[^，。；\u4e00-\u9fff]{0,4}[:：]?\s*$"), "地址"),
    (re.compile(r"编\s*号\s*[:：]?\s*$"), "编号"),
    (re.compile(r"(?:所属村|村居)\s*[:：]?\s*$"), "所属村"),
    (re.compile(r"(?:甲\s*方)[^，。；]{0,8}[:：]\s*$"), "甲方"),
    (re.compile(r"(?:乙\s*方|单位名称|企业名称|责任单位)[^，。；]{0,8}[:：]?\s*$"), "单位名称"),
    (re.compile(r"一式\s*$"), "份数"),
)


@dataclass(frozen=True)
class Blank:
    """One blank: text[start:end] of its paragraph; `place` is its name (正文第3段第1处), `field` what is proposed."""

    part: str
    place: str
    text: str
    field: str


@dataclass(frozen=True)
class Spot:
    """A blank where it stands in a stretch; `before` and `after` are kept around what is filled in."""

    start: int
    end: int
    before: str
    after: str
    blank: Blank


def find_blanks(content: bytes, part: str, stretches: list[Stretch]) -> list[tuple[Stretch, list[Spot]]]:
    """The blanks of a part in reading order, those inside placeholders left out."""
    found: list[tuple[Stretch, list[Spot]]] = []
    counts: dict[tuple[str, bool], int] = {}
    side = ""
    for stretch in stretches:
        spots: list[Spot] = []
        taken = [(span.start, span.end) for span in placeholders.find(stretch.text)]
        side = _side(stretch.text) or side
        for start, end, kind in _candidates(content, stretch):
            if any(start < stop and end > begin for begin, stop in taken):
                continue
            taken.append((start, end))
            key = (stretch.place, stretch.repeated)
            counts[key] = counts.get(key, 0) + 1
            field = _proposed(stretch.text, start, end, kind, side)
            blank = Blank(part, f"{stretch.place}第{counts[key]}处", stretch.text[start:end].strip(), field)
            before, after = (stretch.text[start], stretch.text[end - 1]) if kind == "year" else ("", "")
            spots.append(Spot(start, end, before, after, blank))
        if spots:
            found.append((stretch, spots))
    return found


def _candidates(content: bytes, stretch: Stretch) -> Iterator[tuple[int, int, str]]:
    spans = [(m.start(), m.end(), str(m.lastgroup)) for m in _BLANK.finditer(stretch.text)]
    before = 0
    for piece in stretch.pieces:
        # A line to write on is often typed as underlined spaces.
        for found in _SPACES.finditer(piece.text):
            start, end = before + found.start(), before + found.end()
            if _underlined(content, piece.start) and not any(start < e and end > s for s, e, _ in spans):
                spans.append((start, end, "plain"))
        before += len(piece.text)
    yield from sorted(spans)


def _underlined(content: bytes, text_start: int) -> bool:
    run = max(content.rfind(b":r>", 0, text_start), content.rfind(b":r ", 0, text_start))
    return bool(_UNDERLINED.search(content[max(run, 0) : text_start]))


def _side(text: str) -> str:
    """甲方 or 乙方, whichever the paragraph speaks of last; a signature block asks for each one's leader in turn."""
    first, second = text.rfind("甲方"), text.rfind("乙方")
    return "" if first == second else "甲方" if first > second else "乙方"


def _proposed(text: str, start: int, end: int, kind: str, side: str) -> str:
    if kind in ("unit", "number", "year", "village"):
        return {"unit": "单位名称", "number": "编号", "year": "年度", "village": "所属村"}[kind]
    before, after = text[:start], text[end:]
    for pattern, field in _AFTER:
        if pattern.match(after):
            return field
    for pattern, field in _BEFORE:
        if pattern.search(before):
            said = _side(before) or side
            return {"乙方负责人": "甲方负责人"}.get(field, field) if said == "甲方" else field
    return ""
