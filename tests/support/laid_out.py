"""Reads from laid out pages what an eye would: which text stands where, which lines and pictures are drawn."""

from __future__ import annotations

from anjian_desktop.documents.layout import Page
from anjian_desktop.documents.layout.laid_out import PlacedPicture, Stroke

Place = tuple[float, float]
"""Where something begins, in pt from the page's left and top edge."""


def place_of(page: Page, text: str) -> Place:
    """Where the run that begins with a text stands: its left end and its baseline."""
    return next((run.x, run.y) for run in page.runs() if run.text.startswith(text))


def reading(page: Page) -> list[str]:
    """The page's lines from top to bottom, the pieces of one line from left to right."""
    rows: dict[float, list[tuple[float, str]]] = {}
    for run in page.runs():
        rows.setdefault(round(run.y), []).append((run.x, run.text))
    return ["".join(text for _, text in sorted(rows[y])) for y in sorted(rows)]


def pictures(page: Page) -> list[tuple[float, float, PlacedPicture]]:
    """The pictures with the places of their top left corners."""
    return [(x + one.x, y + one.y, one) for fragment, x, y in page.placed for one in fragment.pictures]


def strokes(page: Page) -> list[tuple[list[Place], Stroke]]:
    """The drawn paths, each with its points on the page."""
    return [
        ([(x + right, y + down) for right, down in one.points], one)
        for fragment, x, y in page.placed
        for one in fragment.strokes
    ]


def lines_across(page: Page) -> list[tuple[float, float, float]]:
    """The horizontal lines: height on the page, left and right end."""
    return sorted(
        (rule.y + rule.height / 2, rule.x, rule.x + rule.width) for rule in page.rules() if rule.height < 3 < rule.width
    )
