"""What stands in a PDF: its text page by page, and its pages as pixels to compare."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pypdfium2

from anjian_desktop.documents.rendering import Picture


def texts(source: Path | bytes) -> list[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(source) as document:
        found = []
        for page in document:
            text_page = page.get_textpage()
            found.append(text_page.get_text_bounded())
            text_page.close()
            page.close()
        return found


def drawn(picture: Picture) -> tuple[int, int, str]:
    """A picture's size and a hash of its pixels."""
    return picture.width, picture.height, hashlib.sha256(picture.pixels).hexdigest()


def placed_characters(source: Path | bytes) -> list[list[tuple[str, float, float]]]:
    """Of each page the characters with their left and lower edge (pt)."""
    found = []
    with pypdfium2.PdfDocument(source) as document:
        for page in document:
            text_page = page.get_textpage()
            characters = []
            for number in range(text_page.count_chars()):
                character = text_page.get_text_range(number, 1)
                if character.strip():
                    left, bottom, _, _ = text_page.get_charbox(number)
                    characters.append((character, left, bottom))
            found.append(characters)
            text_page.close()
            page.close()
    return found
