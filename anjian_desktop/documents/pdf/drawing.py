"""Turns placed fragments, page codes and marks into page content operators (ISO 32000-1, 8 and 9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from anjian_desktop.documents.codes import DARK, MODULES, qr_bits, qr_squares
from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout.laid_out import BLACK, Colour, Fragment, GlyphRun, Placed, PlacedCode, Rule, Stroke
from anjian_desktop.documents.layout.model import RunFormat
from anjian_desktop.documents.layout.typesetting.type_styles import TypeStyle

MM = 72 / 25.4
CODE_SIDE = 12 * MM
"""Side of a page code with its quiet zone of four squares: what bad scans at 150 dpi still read."""

CODE_FROM_EDGE = 10 * MM
"""From the right and the top edge of the paper: in the margin's corner, beside and above the type area."""

_QUIET = 4
_CHUNK = 7
_GREY: Colour = (0.45, 0.45, 0.45)
_BOX = b"\0\0"
"""The code of the box that stands for a character no font has."""

_LEAN = 0.25
"""How far leaning text leans: right by height."""

_OUTLINE = 0.03
"""Width of the outline that stands in for a missing bold, in em."""


def draw(placed: Iterable[Placed], height: float) -> bytes:
    """The operators that show fragments on a page of this height (pt)."""
    return b"".join([_fragment(fragment, x, height - y) for fragment, x, y in placed])


def _fragment(fragment: Fragment, x: float, top: float) -> bytes:
    """A fragment's operators with its top left corner at (x, top), counted from the page's lower left corner.

    Those of a lasting fragment are kept with it: it comes back at the same place on the next document's pages.
    """
    if not fragment.lasting:
        return _operators(fragment, x, top)
    found = fragment.ink.get((x, top))
    if found is None:
        found = fragment.ink[(x, top)] = _operators(fragment, x, top)
    return found


def _operators(fragment: Fragment, x: float, top: float) -> bytes:
    parts = []
    for rule in fragment.rules:
        if rule.dashes:
            parts.append(_path(_broken(rule), x, top))
            continue
        box = f"{x + rule.x:.2f} {top - rule.y - rule.height:.2f} {rule.width:.2f} {rule.height:.2f} re f\n"
        parts.append(_coloured(box.encode(), rule.colour))
    for stroke in fragment.strokes:
        parts.append(_path(stroke, x, top))
    for drawn in fragment.pictures:
        picture = drawn.picture
        if picture.data or picture.drawing:
            box = f"q {picture.width:.2f} 0 0 {picture.height:.2f} {x + drawn.x:.2f} {top - drawn.y - picture.height:.2f} cm"
            parts.append(f"{box} /I{picture.name} Do Q\n".encode())
    if fragment.runs:
        parts.append(b"BT\n")
        for line in _lines(fragment.runs):
            parts.append(_line(line, x, top))
        parts.append(b"ET\n")
    return b"".join(parts)


def _broken(rule: Rule) -> Stroke:
    """A broken rule as the path along its middle."""
    x, y = rule.x, rule.y
    if rule.width >= rule.height:
        points = ((x, y + rule.height / 2), (x + rule.width, y + rule.height / 2))
    else:
        points = ((x + rule.width / 2, y), (x + rule.width / 2, y + rule.height))
    return Stroke(points, min(rule.width, rule.height), rule.colour, dashes=rule.dashes)


def _path(stroke: Stroke, x: float, top: float) -> bytes:
    """A drawn path (ISO 32000-1, 8.5)."""
    places = [b"%.2f %.2f" % (x + right, top - down) for right, down in stroke.points]
    path = b" m ".join(places[:1]) + b" m " + b"".join(place + b" l " for place in places[1:])
    path += b"h " if stroke.closed else b""
    look = b"%b RG %.2f w " % (b" ".join(b"%.3f" % part for part in stroke.colour), stroke.width)
    if stroke.fill is not None:
        look += b"%b rg " % b" ".join(b"%.3f" % part for part in stroke.fill)
    if stroke.dashes:
        look += b"[%b] 0 d " % b" ".join(b"%.2f" % part for part in stroke.dashes)
    paint = b"B" if stroke.fill is not None and stroke.width else b"f" if stroke.fill is not None else b"S"
    return b"q " + look + path + paint + b" Q\n"


def _lines(runs: tuple[GlyphRun, ...]) -> Iterator[tuple[GlyphRun, ...]]:
    """The runs of a fragment parted where their text is parted."""
    start = 0
    for at in range(1, len(runs)):
        if not runs[at].follows:
            yield runs[start:at]
            start = at
    yield runs[start:]


def _line(runs: tuple[GlyphRun, ...], x: float, top: float) -> bytes:
    """Runs that read as one text. Readers are told it: they would take the blank between Han and digits for a space, and
    could not tell which character the box of a missing one stands for.
    """
    parts = []
    font = spacing = ""
    for run in runs:
        setting = f"/F{run.face.number} {run.size:g} Tf "
        between = f"{run.spacing:.4f} Tc "
        head = ("" if setting == font else setting) + ("" if between == spacing else between)
        font, spacing = setting, between
        parts.append(f"{head}{_matrix(run)} {x + run.x:.2f} {top - run.y:.2f} Tm ".encode() + _shown(run))
    if len(runs) == 1 and not runs[0].codes.startswith(_BOX):
        return parts[0]
    text = "".join([run.text for run in runs]).encode("utf-16-be").hex().encode()
    return b"/Span<</ActualText<FEFF%b>>>BDC\n%bEMC\n" % (text, b"".join(parts))


def _matrix(run: GlyphRun) -> str:
    """How a run leans and is turned (ISO 32000-1, 9.4.2)."""
    lean = _LEAN if run.slant else 0
    if not run.turn:
        return f"1 0 {lean} 1"
    return f"0 -1 1 {-lean}" if run.turn > 0 else f"0 1 -1 {lean}"


def _shown(run: GlyphRun) -> bytes:
    codes = run.codes.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").replace(b"\r", b"\\r")
    shown = b"(" + codes + b")Tj\n"
    if run.thicken:
        stroke = b" ".join(b"%.3f" % part for part in run.colour)
        shown = b"2 Tr %.3f w %b RG " % (_OUTLINE * run.size, stroke) + shown + b"0 Tr\n"
    if run.scale != 1.0:
        shown = b"%.1f Tz " % (100 * run.scale) + shown + b"100 Tz\n"
    if run.colour != BLACK:
        shown = b"%b rg " % b" ".join(b"%.3f" % part for part in run.colour) + shown + b"0 g\n"
    return shown


def _coloured(operators: bytes, colour: Colour) -> bytes:
    if colour == BLACK:
        return operators
    return b"%b rg %b0 g\n" % (b" ".join(b"%.3f" % part for part in colour), operators)


def draw_code(text: str, width: float, height: float) -> bytes:
    """A page code as black squares in the top right corner of a page of this size (pt), outside the type area."""
    module = CODE_SIDE / (MODULES + 2 * _QUIET)
    left = width - CODE_FROM_EDGE - CODE_SIDE + _QUIET * module
    top = height - CODE_FROM_EDGE - _QUIET * module
    squares = qr_squares(text)
    dark = b"".join([_stretch(squares[at : at + _CHUNK], at) for at in range(0, len(squares), _CHUNK)])
    return b"q %.4f 0 0 %.4f %.3f %.3f cm\n%bf Q\n" % (module, module, left, top - MODULES * module, dark)


def draw_placed_code(code: PlacedCode, height: float) -> bytes:
    """A code of any size as a picture of one bit a square, on a page of this height (pt)."""
    squares, bits = qr_bits(code.text)
    module = code.side / (squares + 2 * _QUIET)
    side, quiet = squares * module, _QUIET * module
    place = f"q {side:.3f} 0 0 {side:.3f} {code.x + quiet:.3f} {height - code.y - quiet - side:.3f} cm\n".encode()
    return place + b"BI /W %d /H %d /BPC 1 /IM true /D [1 0] /F /AHx ID\n%b>\nEI Q\n" % (
        squares,
        squares,
        bits.hex().encode(),
    )


@lru_cache(maxsize=3 * 128 * MODULES)
def _stretch(squares: bytes, place: int) -> bytes:
    """The dark stretches of a third of a row as rectangles, a square being one unit; `place` is its first square's.

    Thirds, because there are only 128 of them: all a batch needs are soon known. Rectangles that touch belong to one
    path, so no seam shows.
    """
    row, column = divmod(place, MODULES)
    parts = []
    start = None
    for at, square in enumerate((*squares, not DARK)):
        if square == DARK and start is None:
            start = at
        elif square != DARK and start is not None:
            parts.append(b"%d %d %d 1 re\n" % (column + start, MODULES - 1 - row, at - start))
            start = None
    return b"".join(parts)


def draw_mark(mark: str, fonts: FontBook) -> Placed:
    """A word in grey for the top left corner of a page, on the height of the page code."""
    style = TypeStyle(RunFormat(east_asian="黑体", latin="黑体", size=12.0), 0.0, fonts, either=True)
    sorts = [style.sorts[character] for character in mark if style.sorts[character].known]
    face = sorts[0].face if sorts else fonts.chain("黑体").faces[0]
    shown = "".join(
        character for character in mark if style.sorts[character].known and style.sorts[character].face is face
    )
    codes = b"".join(style.sorts[character].code for character in shown)
    run = GlyphRun(face, 12.0, 0.0, 12.0, shown, codes, colour=_GREY)
    return Fragment((run,)), CODE_FROM_EDGE * 2, CODE_FROM_EDGE
