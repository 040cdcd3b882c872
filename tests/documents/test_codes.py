"""Page codes: twenty characters that are read back exactly or refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_desktop.documents.codes import (
    MODULES,
    PageCode,
    UnreadablePageCode,
    page_code,
    qr_modules,
    read_page_code,
)

TAGS = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=4, max_size=4)


@given(TAGS, st.integers(0, 36**6 - 1), st.integers(0, 1295), st.integers(1, 1295), st.integers(0, 1294))
def test_a_page_code_says_what_was_put_in(tag: str, agreement: int, version: int, page: int, more: int) -> None:
    pages = min(page + more, 1295)
    code = page_code(tag, agreement, version, page, pages)

    assert len(code) == 20 and code.isalnum() and code.isupper()
    assert read_page_code(code) == PageCode(tag, agreement, version, page, pages)


@given(st.integers(0, 19), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"), st.integers(0, 10**6))
def test_one_wrong_character_is_refused(place: int, wrong: str, agreement: int) -> None:
    code = page_code("K7Q2", agreement, 1, 2, 4)
    broken = code[:place] + wrong + code[place + 1 :]
    if broken != code:
        with pytest.raises(UnreadablePageCode):
            read_page_code(broken)


@given(st.integers(0, 15), st.integers(0, 10**6))
def test_two_swapped_characters_are_refused(place: int, agreement: int) -> None:
    code = page_code("K7Q2", agreement, 1, 2, 4)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code:
        with pytest.raises(UnreadablePageCode):
            read_page_code(swapped)


@pytest.mark.parametrize("text", ["", "A" * 20, "https://example.invalid/", "示安责〔2026〕1号", "A" + "0" * 19])
def test_foreign_codes_are_refused_in_words(text: str) -> None:
    with pytest.raises(UnreadablePageCode, match="页码标识"):
        read_page_code(text)


def test_values_that_do_not_fit_are_not_cut() -> None:
    for tag, agreement, page in (("TOOLONG", 1, 1), ("K7Q2", 36**6, 1), ("K7Q2", 1, 5), ("K7Q2", 1, 0)):
        with pytest.raises(ValueError, match=r"tag|fit|page"):
            page_code(tag, agreement, 1, page, 4)


def test_a_page_code_fits_the_smallest_qr_code() -> None:
    rows = qr_modules(page_code("K7Q2", 12345, 1, 1, 4))

    assert len(rows) == MODULES and {len(row) for row in rows} == {MODULES}
    assert all(rows[0][:7]) and not rows[1][1]  # the corner every reader looks for


def test_a_text_that_needs_a_larger_code_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        qr_modules("A" * 21)
