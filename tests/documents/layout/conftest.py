"""The bundled fonts, opened once for all layout tests."""

from __future__ import annotations

import pytest

from anjian_desktop.documents.fonts import FontBook


@pytest.fixture(scope="session")
def fonts() -> FontBook:
    """The same fonts on every machine."""
    return FontBook.bundled_only()


class _AsRead(FontBook):
    """Fonts by which lines are as high as the fonts say, as for documents that are only converted."""

    true_heights = True


@pytest.fixture(scope="session")
def reading_fonts() -> FontBook:
    """The bundled fonts for documents that are laid out as other programs of a Linux desktop do."""
    return _AsRead.bundled_only()
