"""Credit codes, identity numbers and phones, by the worked examples of the standards (E1–E10) and tables of slips."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_desktop.domain.identity import (
    CREDIT_CODE_ALPHABET,
    credit_code_check,
    credit_code_problem,
    credit_code_warning,
    identity_number_facts,
    identity_number_problem,
    is_mobile,
    mask_identity_number,
    mask_identity_numbers_in,
    mask_phone,
    organization_check,
    phone_problem,
    tidy_phone,
)
from anjian_desktop.domain.text import compact

TODAY = date(2026, 11, 23)
SOUND = (
    "91990001MA00000157",  # E1
    "92990001MA000H011J",  # E2
    "93990001MA000N0189",  # E3
    "12990001000000115Y",  # E4
    "54990001ME000001XL",  # E5, organisation check X
    "91990001MA00000232",
    "91990001MA00000X7A",
    "1199000100000022X3",
    "52990001MJ0000034P",
    "91990001MA00000B7P",
    "91350100M000100Y43",  # published example
)


@pytest.mark.parametrize("code", SOUND)
def test_a_sound_credit_code_passes(code: str) -> None:
    assert credit_code_problem(code) is None
    assert credit_code_warning(code) is None


def test_a_wrong_check_digit_tells_the_expected_one() -> None:
    assert credit_code_problem("91990001MA00000158") == "校验码应为7"  # E6


@pytest.mark.parametrize("first", "NYA")
def test_a_letter_in_first_place_is_right(first: str) -> None:
    body = f"{first}2990001MA0000015"
    assert credit_code_problem(body + credit_code_check(body)) is None


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("9199000IMA00000157", "第8位“I”不是信用代码用的字符，是否应为“1”？"),
        ("91990001MAO0000157", "第11位“O”不是信用代码用的字符，是否应为“0”？"),
        ("91990001MA0000015Z", "第18位“Z”不是信用代码用的字符，是否应为“2”？"),
        ("91990001MA000001-7", "第17位“-”不是信用代码用的字符"),
        ("91990001MA0000015", "统一社会信用代码应为18位，这里是17位"),
        ("990001000000157", "统一社会信用代码应为18位，这里是15位，像是旧的15位注册号"),
        ("91A90001MA00000157", "第3至8位（行政区划）应为数字"),
    ],
)
def test_a_wrong_credit_code_is_told_and_never_mended(code: str, problem: str) -> None:
    assert credit_code_problem(code) == problem


def test_a_wrong_organization_check_is_only_a_warning() -> None:
    body = "91990001MA0000019"
    code = body + credit_code_check(body)
    assert credit_code_problem(code) is None
    assert "第17位" in (credit_code_warning(code) or "")


@pytest.mark.parametrize(
    ("body", "check"), [("MA000001", "5"), ("MA000H01", "1"), ("MA000N01", "8"), ("ME000001", "X")]
)
def test_the_organization_check_follows_gb_11714(body: str, check: str) -> None:
    assert organization_check(body) == check


@given(st.text(CREDIT_CODE_ALPHABET, min_size=9, max_size=9), st.integers(0, 17), st.sampled_from(CREDIT_CODE_ALPHABET))
def test_any_single_changed_character_is_noticed(unit: str, place: int, other: str) -> None:
    body = f"91990001{unit}"
    code = body + credit_code_check(body)
    changed = code[:place] + other + code[place + 1 :]
    assert credit_code_problem(code) is None
    assert changed == code or credit_code_problem(changed) is not None


def test_a_pasted_code_is_compacted_before_it_is_checked() -> None:
    assert compact(" 91990001ma00000157 ") == "91990001MA00000157"
    assert compact("９１９９0001 MA00\u00a0000157\u200b") == "91990001MA00000157"
    assert compact("'91990001MA00000157") == "91990001MA00000157"


@pytest.mark.parametrize(
    "number",
    [
        "990001198503120015",  # E7
        "99000119880815008X",  # E8
        "990001199202290031",
        "990001198503120023",
        "990001197806301185",
        "990001196611230095",
        "990001200001010107",
        "990001199912319994",
        "990001200811230056",  # E10
        "990001200811240078",
        "11010519491231002X",  # published example
    ],
)
def test_a_sound_identity_number_passes(number: str) -> None:
    assert identity_number_problem(number, today=TODAY) is None


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("990001199002290037", "身份证号里的出生日期不存在"),  # E9: the check digit is right, the day is not
        ("990001198503120016", "身份证号校验位不对，请核对"),
        ("990001850312001", "是15位旧身份证号，请换成18位"),
        ("99000119850312001", "身份证号应为18位数字（末位可为X）"),
        ("990001202703120015", "身份证号里的出生日期不合理"),
    ],
)
def test_a_wrong_identity_number_is_told(number: str, problem: str) -> None:
    assert identity_number_problem(number, today=TODAY) == problem


def test_an_identity_number_tells_birthday_and_sex() -> None:
    assert identity_number_facts("990001198503120015") == (date(1985, 3, 12), "男")
    assert identity_number_facts("99000119880815008X") == (date(1988, 8, 15), "女")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("+86 139-0000-1234", "13900001234"),
        ("8613900001234"[2:], "13900001234"),
        ("0086 13900001234", "13900001234"),
        ("１３９００００１２３４", "13900001234"),
        ("139 0000 1234", "13900001234"),
        ("0999—8600123", "0999-8600123"),
    ],
)
def test_a_phone_number_is_tidied(typed: str, number: str) -> None:
    assert tidy_phone(typed) == number
    assert phone_problem(number) is None


@pytest.mark.parametrize(
    "number", ["13900001234", "19900001234", "8600123", "0999-8600123", "09998600123", "400-123-4567"]
)
def test_mobiles_landlines_and_service_numbers_are_right(number: str) -> None:
    assert phone_problem(number) is None


@pytest.mark.parametrize("number", ["12900001234", "1390000123", "139000012345", "1390000123O", "1.39E+10"])
def test_wrong_phone_numbers_are_told(number: str) -> None:
    assert phone_problem(tidy_phone(number)) is not None


def test_a_mobile_is_told_from_a_landline() -> None:
    assert is_mobile("13900001234")
    assert not is_mobile("12900001234")
    assert not is_mobile("0999-8600123")


def test_numbers_are_masked() -> None:
    assert mask_phone("13900001234") == "139****1234"
    assert mask_identity_number("990001198503120015") == "990001********0015"
    assert mask_identity_number("12345") == "*****"
    assert "860" not in mask_phone("8600123")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("T990001198503120015", "T990001********0015"),
        ("持证人99000119880815008x，已核", "持证人990001********008x，已核"),
        ("91990001MA00000157", "91990001MA00000157"),
        ("示安培〔2026〕0012号", "示安培〔2026〕0012号"),
        ("1990001198503120015", "1990001198503120015"),
    ],
)
def test_identity_numbers_inside_other_texts_are_masked(text: str, shown: str) -> None:
    assert mask_identity_numbers_in(text) == shown
