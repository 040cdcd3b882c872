"""The quick way through a sheet as Excel, WPS and the usual libraries write it; anything unusual is left to the XML parser.

A roster's time goes into two million small elements. Written plainly (attributes r, s, t in this order, no prefix, no
comment, no CDATA) they can be cut with one regular expression, four times as fast as the parser. Every shortcut checks
itself by counting tags and gives up as soon as something does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import IO

_CHUNK = 1 << 20
_ROW = re.compile(r"<row(?=[ />])([^>]*?)(?:/>|>(.*?)</row>)", re.DOTALL)
_CELL = re.compile(
    r'<c r="([A-Z]+)[0-9]+"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?(?:/>|><v>([^<]*)</v></c>|>(.*?)</c>)', re.DOTALL
)
_NUMBER = re.compile(r'\sr="([0-9]+)"')
_INLINE = re.compile(r"<is><t(?: [^>]*)?>([^<]*)</t></is>")
_FORMULA = re.compile(r"<f(?: [^>]*)?(?:/>|>([^<]*)</f>)(?:<v>([^<]*)</v>|<v ?/>)?")
_STRING = re.compile(r"<si><t(?: [^>]*)?>([^<]*)</t></si>")
_MERGE = re.compile(r'<mergeCell ref="([^"]*)" ?/>')
_STRING_END = b"</si>"
_REFERENCE = re.compile(r"&(#x[0-9A-Fa-f]{1,6}|#[0-9]{1,7}|amp|lt|gt|quot|apos);")
_PREFIXED = (":row", ":c ", ":c>", ":sheetData", ":mergeCell")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}

Typed = Callable[[str | None, str | None, str | None, str | None], object]
"""The cell's value from its kind, text, formula and style."""


class Unusual(Exception):
    """The part is not written plainly: the XML parser must read it."""


def quick_strings(stream: IO[bytes]) -> list[str]:
    """The shared strings of a plainly written part. Raises Unusual."""
    found: list[str] = []
    for piece in _pieces(stream, _STRING_END):
        texts = _STRING.findall(piece)
        if len(texts) != piece.count("<si") or ":si>" in piece or ":si " in piece:
            raise Unusual
        found.extend(texts)
    return [_text(text) if "&" in text or "\r" in text else text for text in found]


def quick_rows(
    stream: IO[bytes],
    *,
    strings: Sequence[object],
    dates: Sequence[bool],
    typed: Typed,
    column: Callable[[str], int],
    width: int,
    merges: list[str],
) -> Iterator[tuple[int, bool, list[object], bool]]:
    """Each row's number, whether it is hidden, its values up to the last one, and whether some lay beyond `width`.

    `strings` are the shared strings, `dates` says of each cell style whether it shows a date, `column` counts a column's
    letters from 0. The references of merged ranges are added to `merges`. Raises Unusual.
    """
    number = 0
    piece = ""
    plain_styles = frozenset(str(position) for position, is_date in enumerate(dates) if not is_date) | {""}
    for piece in _pieces(stream, b"</row>"):
        rows = _ROW.findall(piece)
        if len(rows) != piece.count("<row") - piece.count("<rowBreaks") or any(mark in piece for mark in _PREFIXED):
            raise Unusual
        for attributes, inner in rows:
            given = _NUMBER.search(attributes)
            number = int(given[1]) if given else number + 1
            if not inner:
                continue
            found = _CELL.findall(inner)
            if len(found) != inner.count("<c"):
                raise Unusual
            cells: list[object] = []
            cut = False
            for letters, style, kind, text, rest in found:
                if text and kind == "s":
                    value = strings[int(text)] or None
                elif text and not kind and style in plain_styles and text.isdigit():
                    value = int(text)
                elif text:
                    value = typed(kind or None, _text(text), None, style or None)
                elif rest:
                    value = _other(kind, style, rest, typed)
                else:
                    continue
                if value is None:
                    continue
                gap = column(letters) - len(cells)
                if len(cells) + gap >= width:
                    cut = True
                    continue
                if gap > 0:
                    cells.extend([None] * gap)
                elif gap < 0:
                    raise Unusual
                cells.append(value)
            if cells or cut:
                yield number, 'hidden="1"' in attributes or 'hidden="true"' in attributes, cells, cut

    if "</sheetData>" not in piece and "<sheetData/>" not in piece:
        raise Unusual
    merges.extend(_MERGE.findall(piece))
    if len(merges) != piece.count("<mergeCell") - piece.count("<mergeCells"):
        raise Unusual


def _other(kind: str, style: str, inner: str, typed: Typed) -> object:
    """An inline text or a formula; empty content is no value."""
    if inline := _INLINE.fullmatch(inner):
        return typed("inlineStr", _text(inline[1]), None, None)
    if formula := _FORMULA.fullmatch(inner):
        return typed(kind or None, _text(formula[2] or ""), _text(formula[1] or "") or "…", style or None)
    if inner in ("<v/>", "<v />", "<v></v>"):
        return None
    raise Unusual


def _pieces(stream: IO[bytes], end: bytes) -> Iterator[str]:
    """The part in pieces that end with a whole element; the last is what stands behind it. Raises Unusual."""
    rest = b""
    first = True
    while chunk := stream.read(_CHUNK):
        rest += chunk
        if first:
            head = rest[:200].lower()
            if b"encoding=" in head and b'encoding="utf-8"' not in head.replace(b"'", b'"'):
                raise Unusual
            first = False
        cut = rest.rfind(end)
        if cut < 0:
            continue
        yield _checked(rest[: cut + len(end)])
        rest = rest[cut + len(end) :]
    yield _checked(rest)


def _checked(piece: bytes) -> str:
    if b"<!" in piece:
        raise Unusual
    try:
        return piece.decode("utf-8")
    except UnicodeDecodeError:
        raise Unusual from None


def _text(text: str) -> str:
    """Character references resolved, line ends as XML reads them."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" not in text:
        return text
    if text.count("&") != len(_REFERENCE.findall(text)):
        raise Unusual
    return _REFERENCE.sub(_resolved, text)


def _resolved(found: re.Match[str]) -> str:
    name = found[1]
    if name in _NAMED:
        return _NAMED[name]
    code = int(name[2:], 16) if name.startswith("#x") else int(name[1:])
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or (code < 32 and code not in (9, 10, 13)):
        raise Unusual
    return chr(code)
