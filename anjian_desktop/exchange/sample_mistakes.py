"""A firm of the sample workbook and the mistakes it may have: one for each bad row, with the words in which an import must refuse it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from anjian_desktop.domain.identity import CREDIT_CODE_ALPHABET

_NAME, _CODE, _PHONE, _WORKERS, _STATUS, _FOUNDED = 1, 2, 7, 10, 14, 15
"""Columns of the sheet 企业."""


@dataclass
class Firm:
    """One row of the sheet 企业 as it is written; `broken` is the field that must be refused and why."""

    cells: list[Any]
    code: str | None
    broken: tuple[str, str] | None = None
    repeats: Firm | None = None
    """The good row whose code this one repeats; the message needs its row number."""
    row: int = field(default=0)


@dataclass(frozen=True)
class Formula:
    """A formula with the result it was saved with."""

    text: str
    shown: str


def spoil(firm: Firm, number: int, earlier: Firm | None) -> None:
    """Give a firm the mistake of that number (they take turns); `earlier` is a good row of the same village."""
    mistake = _MISTAKES[number % len(_MISTAKES)]
    if mistake is _repeated_code and earlier is None:
        mistake = _wrong_check_digit
    mistake(firm, earlier)


def _set(firm: Firm, column: int, value: Any, key: str, problem: str) -> None:
    firm.cells[column] = value
    firm.broken = (key, problem)


def _code(firm: Firm) -> str:
    return firm.code or "92990001MA000H011J"


def _wrong_check_digit(firm: Firm, earlier: Firm | None) -> None:
    code = _code(firm)
    wrong = CREDIT_CODE_ALPHABET[(CREDIT_CODE_ALPHABET.index(code[17]) + 1) % 31]
    _set(firm, _CODE, code[:17] + wrong, "credit_code", f"校验码应为{code[17]}")


def _repeated_code(firm: Firm, earlier: Firm | None) -> None:
    assert earlier is not None and earlier.code is not None
    firm.repeats = earlier
    _set(firm, _CODE, earlier.code, "credit_code", "重复：第{n}行")


def _code_as_number(firm: Firm, earlier: Firm | None) -> None:
    text = "统一社会信用代码被存成了数字，后几位可能已丢失，请把单元格改成文本后重新填写"
    _set(firm, _CODE, 919900010000001570, "credit_code", text)


def _impossible_date(firm: Firm, earlier: Firm | None) -> None:
    _set(firm, _FOUNDED, "2023.2.30", "established_on", "日期 2023-2-30 不存在")


def _no_name(firm: Firm, earlier: Firm | None) -> None:
    _set(firm, _NAME, None, "name", "企业名称必填")


def _short_phone(firm: Firm, earlier: Firm | None) -> None:
    _set(firm, _PHONE, "1390000123", "principal_phone", "手机号应为11位，这里是10位")


def _unknown_status(firm: Firm, earlier: Firm | None) -> None:
    text = "“开门”不是经营状态的可选值，可填：在营、停产、停业、筹建、注销、迁出"
    _set(firm, _STATUS, "开门", "status", text)


def _letter_in_count(firm: Firm, earlier: Firm | None) -> None:
    _set(firm, _WORKERS, "1O", "worker_count", "不是整数")


def _short_code(firm: Firm, earlier: Firm | None) -> None:
    _set(firm, _CODE, _code(firm)[:17], "credit_code", "统一社会信用代码应为18位，这里是17位")


def _letter_o_in_code(firm: Firm, earlier: Firm | None) -> None:
    code = _code(firm)
    _set(firm, _CODE, f"{code[:4]}O{code[5:]}", "credit_code", "第5位“O”不是信用代码用的字符，是否应为“0”？")


def _date_without_year(firm: Firm, earlier: Firm | None) -> None:
    _set(firm, _FOUNDED, "3月5日", "established_on", "“3月5日”缺少年份")


def _letter_in_phone(firm: Firm, earlier: Firm | None) -> None:
    _set(firm, _PHONE, "1390000123O", "principal_phone", "电话号码格式不正确")


def _broken_reference(firm: Firm, earlier: Firm | None) -> None:
    text = "单元格是错误值 #REF!，请改成正确内容"
    _set(firm, _WORKERS, Formula("=#REF!+1", "#REF!"), "worker_count", text)


def _old_number(firm: Firm, earlier: Firm | None) -> None:
    text = "统一社会信用代码应为18位，这里是15位，像是旧的15位注册号"
    _set(firm, _CODE, "990001000000157", "credit_code", text)


def _endless_name(firm: Firm, earlier: Firm | None) -> None:
    name = "示例" + "无限延长的企业名称" * 7
    _set(firm, _NAME, name, "name", f"企业名称最多60个字，这里是{len(name)}个")


_MISTAKES: tuple[Callable[[Firm, Firm | None], None], ...] = (
    _wrong_check_digit,
    _repeated_code,
    _code_as_number,
    _impossible_date,
    _no_name,
    _short_phone,
    _unknown_status,
    _letter_in_count,
    _short_code,
    _letter_o_in_code,
    _date_without_year,
    _letter_in_phone,
    _broken_reference,
    _old_number,
    _endless_name,
)
