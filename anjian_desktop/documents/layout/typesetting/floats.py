"""Places what floats on a page (pictures, shapes, text boxes, tables) by the page, its margins or the paragraph it hangs on."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from anjian_desktop.documents.layout.border_lines import dashes, ruled
from anjian_desktop.documents.layout.laid_out import Fragment, Placed, PlacedPicture, Rule, SetFloat, Stroke
from anjian_desktop.documents.layout.model import Border, FloatBox, Position
from anjian_desktop.documents.layout.outlines import Outline
from anjian_desktop.documents.layout.sections import Section
from anjian_desktop.documents.layout.typesetting.hanging import hanging_place

_TOUCHES = 0.01
"""pt between the ends of a line that is closed."""
_HEAD = 5.0
"""Length of an arrow head, in widths of its line and at least so many pt."""


def set_float(
    box: FloatBox,
    lines: Sequence[tuple[Fragment, float, float]],
    parts: Sequence[tuple[float, float, SetFloat]],
    size: tuple[float, float],
    *,
    lasting: bool,
) -> SetFloat:
    """A box of a size with its frame, its picture, its lines and the shapes grouped in it."""
    width, height = size
    rules: list[Rule] = []
    strokes: tuple[Stroke, ...] = ()
    if box.outline is not None:
        strokes = tuple(outlined(box.outline, width, height, box.line, box.fill))
    else:
        if box.fill is not None:
            rules.append(Rule(0.0, 0.0, width, height, box.fill))
        if box.line is not None:
            rules += [rule for edge in frame(0.0, 0.0, width, height, box.line) for rule in edge]
    pictures = (PlacedPicture(box.picture, 0.0, 0.0),) if box.picture is not None else ()
    placed: list[Placed] = [(Fragment((), tuple(rules), pictures, strokes=strokes, lasting=lasting), 0.0, 0.0)]
    for right, down, part in parts:
        placed += [(fragment, right + x, down + y) for fragment, x, y in part.placed]
    tall = max((bottom for _, _, bottom in lines), default=0.0)
    free = max(height - box.margins.top - box.margins.bottom - tall, 0.0)
    top = box.margins.top + {"center": free / 2, "bottom": free}.get(box.valign, 0.0)
    placed += [(fragment, box.margins.left, top + upper) for fragment, upper, _ in lines if fragment.shows]
    return SetFloat(box, tuple(placed), width, height)


def outlined(
    outline: Outline, width: float, height: float, line: Border | None, fill: tuple[float, float, float] | None
) -> list[Stroke]:
    """The strokes of an outline in a box of this size."""
    points = tuple((x * width, y * height) for x, y in outline.points)
    weight, colour = (line.width, line.colour) if line is not None else (0.0, (0.0, 0.0, 0.0))
    if not weight and fill is None:
        return []
    broken = dashes(line.kind, weight) if line is not None else ()
    found = [Stroke(points, weight, colour, outline.closed, fill, broken)]
    for inner in outline.more:
        line_points = tuple((x * width, y * height) for x, y in inner)
        ends = hypot(line_points[0][0] - line_points[-1][0], line_points[0][1] - line_points[-1][1]) < _TOUCHES
        whole = ends and outline.closed
        if weight or whole:
            found.append(Stroke(line_points, weight, colour, whole, fill if whole else None, broken))
    if outline.first_head:
        found.append(_head(points[1], points[0], weight, colour))
    if outline.last_head:
        found.append(_head(points[-2], points[-1], weight, colour))
    return found


def _head(
    begin: tuple[float, float], end: tuple[float, float], weight: float, colour: tuple[float, float, float]
) -> Stroke:
    """The filled triangle at the end of an arrow."""
    x, y = end[0] - begin[0], end[1] - begin[1]
    length = hypot(x, y) or 1.0
    size = _HEAD * max(weight, 1.0)
    x, y = size * x / length, size * y / length
    foot = end[0] - x, end[1] - y
    points = (end, (foot[0] - y / 2, foot[1] + x / 2), (foot[0] + y / 2, foot[1] - x / 2))
    return Stroke(points, 0.0, colour, True, colour)


def frame(x: float, y: float, width: float, height: float, line: Border) -> list[list[Rule]]:
    """The lines at the top, foot, left and right of a rectangle, their middles on its edges."""
    half, weight = line.width / 2, line.width
    edges = [
        Rule(x - half, y - half, width + weight, weight, line.colour),
        Rule(x - half, y + height - half, width + weight, weight, line.colour),
        Rule(x - half, y - half, weight, height + weight, line.colour),
        Rule(x + width - half, y - half, weight, height + weight, line.colour),
    ]
    return [ruled(edge, line) for edge in edges]


def with_floats(placed: Sequence[Placed], section: Section, top: float, bottom: float) -> list[Placed]:
    """What stands on a page, the boxes that hang on it included; `top`, `bottom`: the type area's edges (pt from above)."""
    behind: list[Placed] = []
    before: list[Placed] = []
    for fragment, x, y in placed:
        for found, right, down in fragment.floats:
            left, upper = corner(found, section, x + right, y + down, top, bottom)
            target = behind if found.box.behind else before
            inner = [(one, left + dx, upper + dy) for one, dx, dy in found.placed]
            target += with_floats(inner, section, top, bottom)  # boxes hang on the text of boxes too
    return [*behind, *placed, *before] if behind or before else list(placed)


def corner(
    found: SetFloat, section: Section, column: float, paragraph: float, top: float, bottom: float
) -> tuple[float, float]:
    """The place of a box's top left corner (pt), its paragraph's text beginning at (`column`, `paragraph`)."""
    return _across(found, section, column), _down(found, section, paragraph, top, bottom)


def corner_within(found: SetFloat, width: float, x: float, y: float) -> tuple[float, float]:
    """The place of a box's corner in a cell, a header or another box of this width, by its paragraph's place (pt)."""
    across = found.box.across
    return _aligned(across, x, x + width, found.width), hanging_place(found.box.down, y, 0.0)


def _across(found: SetFloat, section: Section, column: float) -> float:
    across, width = found.box.across, found.width
    relative = across.relative
    if relative == "inline":
        return column + across.offset
    if relative == "page":
        return _aligned(across, 0.0, section.width, width)
    if relative == "margin":
        return _aligned(across, section.left, section.width - section.right, width)
    if relative in ("leftMargin", "insideMargin"):
        return _aligned(across, 0.0, section.left, width)
    if relative in ("rightMargin", "outsideMargin"):
        return _aligned(across, section.width - section.right, section.width, width)
    return _aligned(across, column, column + section.column_width, width)


def _down(found: SetFloat, section: Section, paragraph: float, top: float, bottom: float) -> float:
    down, height = found.box.down, found.height
    relative = down.relative
    if relative == "page":
        return _aligned(down, 0.0, section.height, height)
    if relative == "margin":
        return _aligned(down, top, bottom, height)
    if relative == "topMargin":
        return _aligned(down, 0.0, top, height)
    if relative == "bottomMargin":
        return _aligned(down, bottom, section.height, height)
    place = hanging_place(down, paragraph, top)
    return min(place, max(section.height - height, 0.0)) if stays_on_paper(found.box) else place


def stays_on_paper(box: FloatBox) -> bool:
    """Whether a box that hangs on a paragraph near a page's foot is raised until all of it is on the paper."""
    return box.wrap == "topAndBottom" and box.picture is not None and box.down.relative == "paragraph"


def _aligned(position: Position, begin: float, end: float, size: float) -> float:
    if position.align == "center":
        return begin + (end - begin - size) / 2
    if position.align == "end":
        return end - size
    return begin if position.align == "start" else begin + position.offset
