"""Names for comparing, agreement numbers as typed, percentages as printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_desktop.domain.numbering import agreement_number, parse_numbers
from anjian_desktop.domain.rates import percent, show_percent
from anjian_desktop.domain.text import compact, half_width, name_key, name_order, tidy, tidy_lines, tidy_name
from anjian_desktop.errors import UserError


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("示例(东河)化工有限公司", "示例（东河）化工有限公司"),
        ("示例化工有限公司 ", "\u3000示例 化工\u00a0有限公司"),
        ("ＡＢＣ机械厂", "abc机械厂"),
        ("阿依·古丽商店", "阿依•古丽商店"),
        ("示例\u200b化工", "示例化工"),
    ],
)
def test_two_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_different_names_keep_different_keys() -> None:
    assert name_key("示例一厂") != name_key("示例二厂")


def test_a_name_is_tidied_but_not_shortened() -> None:
    assert tidy_name(" 示例 (东河) ABC Food 有限公司 ") == "示例（东河）ABC Food有限公司"


def test_notes_keep_their_lines() -> None:
    assert tidy_lines(" 第一行 \r\n\r\n第 二行\u3000") == "第一行\n\n第 二行"


@given(st.text())
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    for clean in (tidy, tidy_lines, half_width, compact, tidy_name, name_key):
        once = clean(text)
        assert clean(once) == once


@given(st.text())
def test_tidied_text_has_no_control_or_invisible_character(text: str) -> None:
    assert not any(ord(c) < 32 or 0xD800 <= ord(c) <= 0xDFFF or c in "\u200b\ufeff\u00a0\u3000" for c in tidy(text))


def test_a_number_has_six_angle_brackets_and_no_zeros() -> None:
    assert agreement_number("示安责", 2026, 1) == "示安责\u30142026\u30151号"


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["示安责〔2026〕12号"], [("示安责", 2026, 12)]),
        (["示安责[2026]12号"], [("示安责", 2026, 12)]),
        (["示安责（2026）12"], [("示安责", 2026, 12)]),
        (["2026-12"], [(None, 2026, 12)]),
        (["12"], [(None, 2027, 12)]),
        (["1-3", "2", "５"], [(None, 2027, 1), (None, 2027, 2), (None, 2027, 3), (None, 2027, 5)]),
    ],
)
def test_numbers_are_read_as_typed_each_once(texts: list[str], found: list[tuple[str | None, int, int]]) -> None:
    assert parse_numbers(texts, year=2027) == found


@pytest.mark.parametrize("text", ["12号厂", "3-1", "一号", "", "1-99999999"])
def test_what_is_no_number_is_refused_in_words(text: str) -> None:
    with pytest.raises(UserError):
        parse_numbers([text], year=2026)


def test_a_bare_number_needs_a_year() -> None:
    with pytest.raises(UserError, match="没有年度"):
        parse_numbers(["12"], year=None)


@pytest.mark.parametrize(
    ("part", "whole", "rate"),
    [(1007, 1060, 95.0), (3200, 3500, 91.4), (1, 8, 12.5), (1, 16, 6.3), (0, 5, 0.0), (5, 5, 100.0)],
)
def test_rates_have_one_decimal_half_up(part: int, whole: int, rate: float) -> None:
    assert percent(part, whole) == rate


def test_nothing_due_has_no_rate() -> None:
    assert percent(0, 0) is None
    assert show_percent(None) == "—"
    assert show_percent(95.0) == "95.0 %"


def test_names_sort_by_pinyin_and_numbers_by_value() -> None:
    names = ["中村", "安居社区", "示例10号厂", "北塘村", "示例2号厂", "东河村"]
    assert sorted(names, key=name_order) == ["安居社区", "北塘村", "东河村", "示例2号厂", "示例10号厂", "中村"]
