"""A code of GB/T 4754 says by itself where it belongs."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_desktop.domain.industries import levels, section_of


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("2651", ("C", "26", "265", "2651")),
        ("C2651", ("C", "26", "265", "2651")),
        ("c26", ("C", "26")),
        (" 0111 ", ("A", "01", "011", "0111")),
        ("H", ("H",)),
        ("5267", ("F", "52", "526", "5267")),
        ("97", ("T", "97")),
    ],
)
def test_a_code_names_everything_above_it(code: str, expected: tuple[str, ...]) -> None:
    assert levels(code) == expected


@pytest.mark.parametrize("code", ["", "D2651", "00", "98", "2", "C2", "26511", "U", "化工", "26-51"])
def test_what_is_no_code_names_nothing(code: str) -> None:
    assert levels(code) == ()


@given(st.integers(1, 97))
def test_every_division_has_one_section(number: int) -> None:
    assert "A" <= section_of(f"{number:02}") <= "T"


@given(st.text(max_size=8))
def test_whatever_is_typed_each_level_begins_with_the_one_above(code: str) -> None:
    found = levels(code)
    assert all(below.startswith(above) for above, below in pairwise(found[1:]))
