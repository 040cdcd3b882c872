"""Tracked changes as if accepted: a paragraph whose mark was deleted joins the next; deleted rows and cells are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SAID = (b":del ", b":del>", b":del/", b":moveFrom ", b":cellDel ")
_MARKS = tuple(f"{_W}pPr/{_W}rPr/{_W}{name}" for name in ("del", "moveFrom"))
_BLOCKS = {_W + name for name in ("p", "tbl", "sdt", "sectPr", "customXml")}


def tells_of_deletions(content: bytes) -> bool:
    """Whether a part may hold anything that was deleted."""
    return any(said in content for said in _SAID)


def accept(root: _Element) -> None:
    """Settles what was deleted beside text; deleted text itself stays in place, for its reader to leave out and name."""
    for kind, mark in (("tr", f"{_W}trPr/{_W}del"), ("tc", f"{_W}tcPr/{_W}cellDel")):
        for part in list(root.iter(_W + kind)):
            if part.find(mark) is not None:
                _leave_out(part)
    for paragraph in reversed(list(root.iter(_W + "p"))):  # the last first: none is moved twice
        if any(paragraph.find(mark) is not None for mark in _MARKS):
            _join(paragraph)


def _leave_out(part: _Element) -> None:
    """Takes a row or a cell out of its table, and the table with its last row; before the table stands what to name."""
    above = part.getparent()
    if above is None:
        return
    above.remove(part)
    table = above if above.tag == _W + "tbl" else above.getparent()
    if table is None or table.tag != _W + "tbl":
        return
    if above is not table and above.find(_W + "tc") is None:
        table.remove(above)
    table.addprevious(table.makeelement(_W + "del"))
    around = table.getparent()
    if table.find(_W + "tr") is None and around is not None:
        around.remove(table)


def _join(paragraph: _Element) -> None:
    """Puts what a paragraph says before the text of the next one, which keeps its own properties."""
    if paragraph.find(f"{_W}pPr/{_W}sectPr") is not None:
        return
    following = paragraph.getnext()
    while following is not None and following.tag not in _BLOCKS:
        following = following.getnext()
    above = paragraph.getparent()
    if following is None or above is None or following.tag != _W + "p":
        return
    properties = following.find(_W + "pPr")
    at = 0 if properties is None else following.index(properties) + 1
    following[at:at] = [child for child in paragraph if child.tag != _W + "pPr"]
    above.remove(paragraph)
