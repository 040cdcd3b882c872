"""Numbers that identify units and persons: credit code, identity card, phone; checked, never guessed, masked."""

from __future__ import annotations

import re
from datetime import date
from operator import mul

from anjian_desktop.domain.text import compact

CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of GB 32100-2015: no I, O, S, V, Z."""

_CREDIT_WEIGHTS = [pow(3, i, 31) for i in range(17)]
_CREDIT_VALUES = {char: value for value, char in enumerate(CREDIT_CODE_ALPHABET)}
_BASE_36 = {char: value for value, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CARD_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LOOK_ALIKE = {"I": "1", "O": "0", "Z": "2", "S": "5", "V": "U"}


def credit_code_check(body: str) -> str:
    """The 18th character for the first 17 (GB 32100-2015): weights 3^i mod 31."""
    if len(body) != len(_CREDIT_WEIGHTS):
        raise ValueError(f"17 characters wanted, not {len(body)}")
    total = sum(map(mul, map(_CREDIT_VALUES.__getitem__, body), _CREDIT_WEIGHTS))
    return CREDIT_CODE_ALPHABET[(31 - total % 31) % 31]


def organization_check(body: str) -> str:
    """The check character of an eight-character organisation code (GB 11714-1997), position 17 of a credit code."""
    rest = 11 - sum(map(mul, map(_BASE_36.__getitem__, body), _ORG_WEIGHTS)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def credit_code_problem(code: str) -> str | None:
    """What is wrong with a 统一社会信用代码 (already compacted); None when it is sound.

    A letter in first place (N 农业, Y 其他, A 军委) is right. Look-alikes are proposed, never replaced.
    """
    if len(code) != 18:
        hint = "，像是旧的15位注册号" if len(code) == 15 and code.isdigit() else ""
        return f"统一社会信用代码应为18位，这里是{len(code)}位{hint}"
    if not _CREDIT_VALUES.keys() >= set(code):
        place, char = next((place, char) for place, char in enumerate(code, start=1) if char not in _CREDIT_VALUES)
        meant = _LOOK_ALIKE.get(char)
        return f"第{place}位“{char}”不是信用代码用的字符" + (f"，是否应为“{meant}”？" if meant else "")
    if not code[2:8].isdigit():
        return "第3至8位（行政区划）应为数字"
    expected = credit_code_check(code[:17])
    return None if code[17] == expected else f"校验码应为{expected}"


def credit_code_warning(code: str) -> str | None:
    """A sound code whose inner organisation check (position 17) is off: seen in old codes, so only told."""
    if organization_check(code[8:16]) == code[16]:
        return None
    return "信用代码有效，但第17位与组织机构代码校验不符，请与执照核对"


def identity_number_problem(number: str, *, today: date) -> str | None:
    """What is wrong with an 18-digit 公民身份号码 (GB 11643-1999, already compacted); None when it is sound."""
    if re.fullmatch(r"[0-9]{15}", number):
        return "是15位旧身份证号，请换成18位"
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return "身份证号应为18位数字（末位可为X）"
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return "身份证号里的出生日期不存在"
    if born > today or born.year < 1900:
        return "身份证号里的出生日期不合理"
    return None if number[17] == identity_number_check(number[:17]) else "身份证号校验位不对，请核对"


def identity_number_check(body: str) -> str:
    """The 18th character after 17 digits (ISO 7064 MOD 11-2, GB 11643-1999)."""
    return "10X98765432"[sum(int(c) * w for c, w in zip(body, _CARD_WEIGHTS, strict=False)) % 11]


def identity_number_facts(number: str) -> tuple[date, str]:
    """Birthday and sex (男/女) of a sound identity number."""
    born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    return born, "男" if int(number[16]) % 2 else "女"


def tidy_phone(text: str) -> str:
    """A phone number without blanks, dashes between groups of a mobile number, and +86."""
    number = re.sub(r"^(\+|00)86", "", compact(text))
    bare = re.sub(r"[-—－.]", "", number)
    return (
        bare
        if re.fullmatch(r"[0-9]{11}", bare) and bare.startswith("1")
        else number.replace("—", "-").replace("－", "-")
    )


def is_mobile(number: str) -> bool:
    """Eleven digits, 13… to 19…."""
    return _MOBILE.fullmatch(number) is not None


def phone_problem(number: str) -> str | None:
    """What is wrong with a contact number (already tidied): mobile, area code + landline, or 400/800 are right."""
    if (
        is_mobile(number)
        or re.fullmatch(r"(0[0-9]{2,3}-?[0-9]{7,8}|[2-9][0-9]{6,7})(-[0-9]{1,6})?", number)
        or re.fullmatch(r"[48]00-?[0-9]{3}-?[0-9]{4}", number)
    ):
        return None
    if re.fullmatch(r"1[0-9]*", number) and len(number) != 11:
        return f"手机号应为11位，这里是{len(number)}位"
    return "电话号码格式不正确"


def mask_phone(number: str) -> str:
    """139****1234; a landline keeps its last two digits hidden too."""
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 11 else re.sub(r"[0-9](?=[0-9]{2})", "*", number)


_INSIDE = re.compile(
    r"(?<!\d)(\d{6})(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(\d{3}[\dXx])(?!\d)", re.ASCII
)


def mask_identity_numbers_in(text: str) -> str:
    """A text with every identity number in it masked: T990001********0015."""
    return _INSIDE.sub(r"\1********\2", text) if len(text) >= 18 else text


def mask_identity_number(number: str) -> str:
    """990001********0015."""
    return f"{number[:6]}{'*' * 8}{number[-4:]}" if len(number) == 18 else "*" * len(number)
