"""Characters of Word's symbol fonts come out as the characters they show."""

from __future__ import annotations

import pytest

from anjian_desktop.documents.layout.symbols import plain_symbols


@pytest.mark.parametrize(
    ("font", "codes", "shown"),
    [
        ("Symbol", "\uf061\uf0b3\uf0d6\uf0ae", "α≥√→"),
        ("Symbol", "\uf053\uf0e5\uf0f2\uf07e", "Σ∑∫∼"),
        ("Symbol", "abg", "αβγ"),
        ("Wingdings", "\uf0fc\uf0a8\uf0fe\uf046", "✓□☑☞"),
        ("Wingdings 2", "\uf052\uf0a3\uf0f1", "☑□◆"),
        ("宋体", "安全", "安全"),
    ],
)
def test_symbols_are_shown_by_their_unicode_equals(font: str, codes: str, shown: str) -> None:
    assert plain_symbols(codes, font) == (shown, True)


@pytest.mark.parametrize(("font", "code"), [("Symbol", "\uf0f0"), ("Wingdings", "\uf0c5"), ("Wingdings 2", "\uf021")])
def test_an_unknown_symbol_is_a_box_and_is_told(font: str, code: str) -> None:
    assert plain_symbols(code, font) == ("□", False)
