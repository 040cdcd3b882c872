"""Measures one Word file: laid out by our rules, and by LibreOffice's where they are listed, beside LibreOffice's pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from unittest.mock import patch

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import LaidOut, lay_out_docx
from anjian_desktop.documents.matched_fonts import fonts_for_documents
from anjian_desktop.documents.pdf import PdfWriter, drawing
from anjian_desktop.errors import UserError
from tests.faithfulness.comparing import Agreement, compare
from tests.faithfulness.their_fields import printed_on
from tests.faithfulness.their_habits import HABITS, their_habits

_TOLD_APART = 20
"""In files of more pages nobody looks which of the rules it is that shows: each look sets the whole file again."""
_SEVERAL = "rules of those below, not told apart in a file of so many pages"

_UNTOLD = patch.object(drawing, "_lines", lambda runs: ((run,) for run in runs))
"""Our measured files do not tell readers how a line reads: PDFium would give all characters of it one place."""


@dataclass
class Measured:
    """What one file's pages have in common with LibreOffice's, by Word's rules and by LibreOffice's own."""

    name: str
    trouble: str = ""
    """Why there is nothing to compare."""
    pages: int = 0
    own: Agreement = field(default_factory=Agreement)
    ruled: Agreement = field(default_factory=Agreement)
    """As `own`, but with LibreOffice's rule where one is listed."""
    shown: list[str] = field(default_factory=list)
    """Which of the listed rules change its pages."""
    left_out: str = ""
    """What our layout names as not laid out."""

    def __str__(self) -> str:
        own = self.own
        shift = sorted(own.shifts, key=lambda pair: -abs(pair[1]))[:1]
        far = f"{shift[0][0]:6.1f} {shift[0][1]:6.1f}" if shift else ""
        return (
            f"{self.name:28} pages {self.pages}/{own.pages} alike {own.pages_alike}  lines {own.lines_alike}/{own.lines}"
            f"  within 1 mm {own.places_alike}  far {far}  {self.left_out}"
        )


def measured(work: Path, name: str) -> Measured:
    """Compares one file of a work folder; the processes that share the work each find the fonts once."""
    found = Measured(name)
    theirs = work / "theirs" / f"{name}.pdf"
    if not theirs.exists():
        found.trouble = "LibreOffice gave no PDF"
        return found
    try:
        laid_out = _lay_out(work, name, "ours")
    except UserError as error:
        found.trouble = f"refused: {error.message}"
        return found
    found.pages = laid_out.page_count
    found.left_out = "、".join(dict.fromkeys(item.feature for item in laid_out.not_laid_out))
    found.own = found.ruled = compare(work / "ours" / f"{name}.pdf", theirs)
    with their_habits():
        _lay_out(work, name, "ruled")
    if _differ(work, name):
        found.ruled = compare(work / "ruled" / f"{name}.pdf", theirs)
        found.shown = _shown(work, name, list(HABITS)) if found.pages <= _TOLD_APART else [_SEVERAL]
    return found


def _shown(work: Path, name: str, habits: list[str]) -> list[str]:
    """Which of some rules change a file's pages: tried together, and by halves where they do."""
    with their_habits(*habits):
        _lay_out(work, name, "ruled")
    if not _differ(work, name):
        return []
    half = len(habits) // 2
    return [one for part in (habits[:half], habits[half:]) for one in _shown(work, name, part)] if half else habits


def _differ(work: Path, name: str) -> bool:
    return (work / "ruled" / f"{name}.pdf").read_bytes() != (work / "ours" / f"{name}.pdf").read_bytes()


@cache
def _fonts() -> FontBook:
    return fonts_for_documents()


def _lay_out(work: Path, name: str, folder: str) -> LaidOut:
    """Lays a file out and writes its PDF to a folder beside the other program's."""
    with printed_on(work / "theirs" / f"{name}.pdf"):
        laid_out = lay_out_docx((work / "docx" / f"{name}.docx").read_bytes(), _fonts(), boxes=True)
    out = work / folder / f"{name}.pdf"
    with _UNTOLD, out.open("wb") as file, PdfWriter(file, _fonts(), title=name) as writer:
        writer.add(laid_out)
    return laid_out
