"""Paper as a scanner gives it back: pictures of printed pages, empty sheets among them."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from anjian_desktop.documents.rendering import PdfPages

DOTS = 150
"""Dots to the inch."""


def scanned(paper: Path, pages: list[int | None], to: Path, *, turn: int = 0) -> Path:
    """A scan of these pages (from 0; None is an empty sheet) as a PDF of pictures, as a scanner writes it."""
    pictures = []
    with PdfPages(paper) as opened:
        for page in pages:
            if page is None:
                pictures.append(Image.new("L", (1240, 1754), 250))
                continue
            drawn = opened.picture(page, DOTS / 72)
            image = Image.frombuffer("RGBX", (drawn.width, drawn.height), drawn.pixels, "raw", "BGRX", drawn.stride, 1)
            pictures.append(image.convert("L").rotate(turn, expand=True, fillcolor=255))
    several = {} if to.suffix == ".png" else {"save_all": True, "append_images": pictures[1:]}
    told = {"resolution": DOTS} if to.suffix == ".pdf" else {"dpi": (DOTS, DOTS)}
    pictures[0].save(to, **several, **told)
    return to
