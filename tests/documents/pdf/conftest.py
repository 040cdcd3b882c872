"""The bundled fonts, opened once for all PDF tests."""

from __future__ import annotations

import pytest

from anjian_desktop.documents.fonts import FontBook


@pytest.fixture(scope="session")
def fonts() -> FontBook:
    """The same fonts on every machine."""
    return FontBook.bundled_only()
