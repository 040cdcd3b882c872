"""Kinds of border lines: how wide each comes out, of which strokes it is made, how those are broken (ECMA-376 part 1, 17.18.2)."""

from __future__ import annotations

from collections.abc import Iterator

from anjian_desktop.documents.layout.laid_out import Colour, Rule
from anjian_desktop.documents.layout.model import Border

_THIN = 0.75
"""pt: the thin line, and the gap beside it, of lines made of a thin and a thick one."""
_LARGE_GAP = 1.5
_LEAST_DASHED = 1.0
"""pt: a finely dashed line is never drawn finer."""
_TIMES = {
    "thick": 2.0, "double": 3.0, "triple": 3.0, "doubleWave": 3.0, "dashDotStroked": 3.0, "thinThickMediumGap": 2.0,
    "thickThinMediumGap": 2.0, "thinThickThinMediumGap": 2.0, "threeDEmboss": 2.0, "threeDEngrave": 2.0, "outset": 2.0,
    "inset": 2.0,
}  # fmt: skip
_WAVED = {"wave", "doubleWave"}
_PLAIN = {"single", "thick", "wave", "dotted", "dashed", "dashSmallGap", "dotDash", "dotDotDash"}
_BESIDE = {"SmallGap": 2 * _THIN, "LargeGap": _THIN + _LARGE_GAP}
_DASHES = {
    "dotted": (1.0, 1.0), "dashed": (4.0, 3.0), "dashSmallGap": (4.0, 1.0), "dotDash": (4.0, 2.0, 1.0, 2.0),
    "dotDotDash": (4.0, 2.0, 1.0, 2.0, 1.0, 2.0), "dashDotStroked": (4.0, 1.5, 1.0, 1.5),
}  # fmt: skip
"""Lengths of dashes and gaps, in widths of their line."""
_LEAST_DOT = 0.5
"""pt: what a line's width counts as at least, for its dashes to be told apart."""
_SHARES = {
    "double": ((0.0, 1 / 3), (2 / 3, 1 / 3)),
    "triple": ((0.0, 0.2), (0.4, 0.2), (0.8, 0.2)),
    "doubleWave": ((0.0, 1 / 3), (2 / 3, 1 / 3)),
    "thinThickMediumGap": ((0.0, 0.25), (0.5, 0.5)),
    "thickThinMediumGap": ((0.0, 0.5), (0.75, 0.25)),
    "thinThickThinMediumGap": ((0.0, 0.125), (0.25, 0.5), (0.875, 0.125)),
}
"""Where the strokes of a line begin and how wide they are, in parts of the whole from the top or the left."""
_SHADED = {"threeDEmboss": (0.6, 0.0), "outset": (0.6, 0.0), "threeDEngrave": (0.0, 0.6), "inset": (0.0, 0.6)}
"""How far the upper and the lower half of a line that looks raised or sunk are paler than its colour."""
_WAVE = (0.0, 0.7, 1.4, 0.7)


def is_known(kind: str) -> bool:
    """Whether a border line of the file is drawn as it is meant; the rest are rows of little pictures."""
    return kind in _PLAIN or kind in _TIMES or kind.endswith(tuple(_BESIDE))


def whole_width(kind: str, width: float) -> float:
    """The width a line takes (pt) whose file gives this width of its thickest stroke."""
    if kind.startswith("thi") and kind.endswith(tuple(_BESIDE)):
        return width + _BESIDE[kind[-8:]]
    return max(width * _TIMES.get(kind, 1.0), _LEAST_DASHED if kind == "dashSmallGap" else 0.0)


def dashes(kind: str, width: float) -> tuple[float, ...]:
    """The lengths (pt) of the dashes and gaps of a line of this width; empty for one that is not broken."""
    return tuple(round(part * max(width, _LEAST_DOT), 2) for part in _DASHES.get(kind, ()))


def ruled(rule: Rule, line: Border) -> list[Rule]:
    """What is drawn for a border line that fills this rectangle."""
    if line.kind == "single":
        return [rule]
    level = rule.width >= rule.height
    found = []
    for begin, width, colour in _strokes(line):
        x, y = (rule.x, rule.y + begin) if level else (rule.x + begin, rule.y)
        size = (rule.width, width) if level else (width, rule.height)
        if line.kind in _WAVED:
            found += _waved(Rule(x, y, *size, colour), level=level)
        else:
            found.append(Rule(x, y, *size, colour, dashes(line.kind, width)))
    return found


def _strokes(line: Border) -> Iterator[tuple[float, float, Colour]]:
    """The strokes of a line: where each begins across it, its width (pt), its colour."""
    kind, width = line.kind, line.width
    if kind in _SHADED:
        for half, paler in enumerate(_SHADED[kind]):
            red, green, blue = (round(part + (1 - part) * paler, 3) for part in line.colour)
            yield half * width / 2, width / 2, (red, green, blue)
        return
    gap = _LARGE_GAP if kind.endswith("LargeGap") else _THIN
    if kind.startswith("thinThickThin") and not kind.endswith("MediumGap"):
        thin = _THIN / 2
        inside = (_BESIDE[kind[-8:]] - 2 * thin) / 2
        parts = [(0.0, thin), (thin + inside, width - 2 * (thin + inside)), (width - thin, thin)]
    elif kind.startswith("thinThick") and not kind.endswith("MediumGap"):
        parts = [(0.0, _THIN), (_THIN + gap, width - _THIN - gap)]
    elif kind.startswith("thickThin") and not kind.endswith("MediumGap"):
        parts = [(0.0, width - _THIN - gap), (width - _THIN, _THIN)]
    else:
        parts = [(begin * width, part * width) for begin, part in _SHARES.get(kind, ((0.0, 1.0),))]
    for begin, part in parts:
        yield begin, part, line.colour


def _waved(rule: Rule, *, level: bool) -> list[Rule]:
    """A line going to and fro, in little steps."""
    thick = rule.height if level else rule.width
    step = 1.5 * thick
    count = int((rule.width if level else rule.height) / step)
    if level:
        return [Rule(rule.x + step * n, rule.y + thick * _WAVE[n % 4], step, thick, rule.colour) for n in range(count)]
    return [Rule(rule.x + thick * _WAVE[n % 4], rule.y + step * n, thick, step, rule.colour) for n in range(count)]
