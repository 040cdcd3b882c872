"""What a reader sees of laid-out pages, to be compared."""

from __future__ import annotations

from anjian_desktop.documents.layout import LaidOut


def seen(document: LaidOut) -> list[tuple[list[tuple[object, ...]], list[tuple[float, ...]]]]:
    """Of each page every character with its place, size and thickness, and every rule; however the runs are cut."""
    pages = []
    for page in document.pages:
        glyphs: list[tuple[object, ...]] = []
        for run in page.runs():
            x = run.x
            for number, character in enumerate(run.text):
                code = run.codes[2 * number : 2 * number + 2]
                glyphs.append((character, round(x, 2), round(run.y, 2), run.size, run.scale, run.thicken, code))
                advance = run.face.advances[int.from_bytes(code)] * run.size / run.face.units_per_em
                x += (advance + run.spacing) * run.scale
        rules = [(round(r.x, 2), round(r.y, 2), round(r.width, 2), round(r.height, 2)) for r in page.rules()]
        pages.append((glyphs, rules))
    return pages
