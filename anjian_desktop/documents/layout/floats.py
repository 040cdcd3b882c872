"""Places what floats on a page (anchored pictures, text boxes) by the page, its margins or the paragraph it hangs on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from anjian_desktop.documents.layout.laid_out import Fragment, Placed, PlacedPicture, Rule
from anjian_desktop.documents.layout.model import Border, FloatBox, Position, Section


@dataclass(frozen=True, slots=True)
class SetFloat:
    """A box ready for pages: what stands in it, from its own top left corner (pt)."""

    box: FloatBox
    placed: tuple[Placed, ...]


def set_float(box: FloatBox, lines: Sequence[tuple[Fragment, float, float]], *, lasting: bool) -> SetFloat:
    """A box with its frame, its picture and its lines."""
    rules: list[Rule] = []
    if box.fill is not None:
        rules.append(Rule(0.0, 0.0, box.width, box.height, box.fill))
    if box.line is not None:
        rules += frame(0.0, 0.0, box.width, box.height, box.line)
    pictures = (PlacedPicture(box.picture, 0.0, 0.0),) if box.picture is not None else ()
    placed: list[Placed] = [(Fragment((), tuple(rules), pictures, lasting=lasting), 0.0, 0.0)]
    placed += [(fragment, box.margins.left, box.margins.top + top) for fragment, top, _ in lines if fragment.shows]
    return SetFloat(box, tuple(placed))


def frame(x: float, y: float, width: float, height: float, line: Border) -> list[Rule]:
    """Four lines around a rectangle, their middles on its edges."""
    half, weight = line.width / 2, line.width
    return [
        Rule(x - half, y - half, width + weight, weight, line.colour),
        Rule(x - half, y + height - half, width + weight, weight, line.colour),
        Rule(x - half, y - half, weight, height + weight, line.colour),
        Rule(x + width - half, y - half, weight, height + weight, line.colour),
    ]


def with_floats(placed: Sequence[Placed], section: Section, top: float, bottom: float) -> list[Placed]:
    """What stands on a page, the boxes that hang on it included; `top`, `bottom`: the type area's edges (pt from above)."""
    behind: list[Placed] = []
    before: list[Placed] = []
    for fragment, x, y in placed:
        for found, right, down in fragment.floats:
            box = found.box
            left = _across(box, section, x + right)
            upper = _down(box, section, y + down, top, bottom)
            target = behind if box.behind else before
            target += [(inner, left + dx, upper + dy) for inner, dx, dy in found.placed]
    return [*behind, *placed, *before] if behind or before else list(placed)


def _across(box: FloatBox, section: Section, column: float) -> float:
    relative = box.across.relative
    if relative == "page":
        return _aligned(box.across, 0.0, section.width, box.width)
    if relative in ("margin", "insideMargin", "outsideMargin"):
        return _aligned(box.across, section.left, section.width - section.right, box.width)
    if relative == "leftMargin":
        return _aligned(box.across, 0.0, section.left, box.width)
    if relative == "rightMargin":
        return _aligned(box.across, section.width - section.right, section.width, box.width)
    return _aligned(box.across, column, column + section.text_width, box.width)


def _down(box: FloatBox, section: Section, paragraph: float, top: float, bottom: float) -> float:
    relative = box.down.relative
    if relative == "page":
        return _aligned(box.down, 0.0, section.height, box.height)
    if relative == "margin":
        return _aligned(box.down, top, bottom, box.height)
    if relative == "topMargin":
        return _aligned(box.down, 0.0, top, box.height)
    if relative == "bottomMargin":
        return _aligned(box.down, bottom, section.height, box.height)
    return paragraph + box.down.offset


def _aligned(position: Position, begin: float, end: float, size: float) -> float:
    if position.align == "center":
        return begin + (end - begin - size) / 2
    if position.align == "end":
        return end - size
    return begin if position.align == "start" else begin + position.offset
