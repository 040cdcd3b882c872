"""A ledger's field, declared once: label, kind, check, other headings, width, privacy. Everything else reads it here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Date, ForeignKey, Integer, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import MappedColumn, column_property, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from anjian_desktop.domain.dates import DateProblem, parse_date, parse_file_date
from anjian_desktop.domain.identity import (
    credit_code_problem,
    credit_code_warning,
    is_mobile,
    mask_identity_number,
    mask_identity_numbers_in,
    mask_phone,
    phone_problem,
    tidy_phone,
)
from anjian_desktop.domain.text import compact, half_width, name_key, tidy, tidy_lines, tidy_name

SEPARATOR = "、"
NAMES = "names:"
"""Begins a `code_table` that is no table but the rows of a ledger."""


class Kind(StrEnum):
    """What a field holds; decides how it is typed, checked, stored, shown and edited."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NAME = "name"
    """A unit's name: brackets full-width, no stray blanks."""
    INTEGER = "integer"
    DECIMAL = "decimal"
    """A figure with up to `decimals` places (area in m², amount in 万元); exact, never a float."""
    DATE = "date"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    CREDIT_CODE = "credit_code"
    IDENTITY = "identity"
    """The number of a person's identity document; which rules it keeps depends on the document (ledgers/worker.py)."""
    PHONE = "phone"
    LINK = "link"
    """A row of another ledger; typed and shown by its name."""
    YES_NO = "yes_no"


class FieldProblem(ValueError):
    """A value that the field refuses; the message says why in Chinese, without the value."""


class MemberList(TypeDecorator[tuple[str, ...]]):
    """Several words in one column as 、甲、乙、 so that one member is found exactly by LIKE."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return SEPARATOR + SEPARATOR.join(value) + SEPARATOR if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...]:
        return tuple(part for part in value.split(SEPARATOR) if part) if value else ()


class Scaled(TypeDecorator[Decimal]):
    """A decimal figure kept as a whole number of its last place, so that it compares and sorts exactly."""

    impl = Integer
    cache_ok = True

    def __init__(self, places: int) -> None:
        super().__init__()
        self.places = places

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        return None if value is None else int(Decimal(value).scaleb(self.places))

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-self.places)


class Parsed(NamedTuple):
    """A value as it is stored, and what the clerk should know about it."""

    value: object
    warning: str | None = None


@dataclass(frozen=True)
class Field:
    """One declared field. `key` is its name for programs, `column` the model's attribute (a link's ends in _id).

    `width` is in Chinese characters. `personal` fields are masked in lists and exports. `computed` ones are read-only.
    """

    key: str
    label: str
    kind: Kind
    column: str = ""
    required: bool = False
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    choice_labels: Mapping[str, str] = field(default_factory=dict)
    other_words: Mapping[str, str] = field(default_factory=dict)
    """Other words (half-width) for choices: {"存续": "在营"}."""
    open_choices: bool = False
    """Words outside `choices` are kept, with a warning (without one where there are no `choices`)."""
    code_table: str = ""
    """The code table (ledgers/code.py) whose words in force take the place of `choices`; `NAMES` with a ledger's key: the
    names of its rows."""
    decimals: int = 2
    default: object = None
    unique: bool = False
    minimum: int = 0
    maximum: int = 10_000_000
    max_length: int = 200
    min_length: int = 0
    link: str = ""
    """The key of the ledger a LINK points to."""
    personal: bool = False
    searched: bool = False
    in_grid: bool = True
    in_form: bool = True
    computed: bool = False
    group: str = "基本信息"
    rare: bool = False
    """Shown in a form only when it is filled or asked for."""
    width: int = 8
    hint: str = ""

    # -- reading what was typed or found in a cell --------------------------------------------------------------

    def parse(self, raw: object, *, today: date, from_file: bool = False) -> Parsed:
        """The stored value for a typed text or a cell; empty gives the default or None.

        `from_file` refuses what only a person at the keyboard may write (今, a date without its year).
        Raises FieldProblem. A LINK is parsed to the tidied name; the caller finds the row.
        """
        if raw is None or (isinstance(raw, str) and not raw[:1].isalnum() and not tidy(raw)):
            if self.required:
                raise FieldProblem(f"{self.label}必填")
            return Parsed(
                self.default if self.default is not None else (() if self.kind is Kind.MULTI_CHOICE else None)
            )
        parser = getattr(self, "_parse_" + self.kind)
        parsed: Parsed = parser(raw, today, from_file)
        if self.required and parsed.value in (None, "", ()):
            raise FieldProblem(f"{self.label}必填")
        return parsed

    def problem(self, raw: object, *, today: date) -> str | None:
        """What is wrong with a typed value, in Chinese; None when it is fit to save."""
        try:
            self.parse(raw, today=today)
        except FieldProblem as problem:
            return str(problem)
        return None

    def _parse_text(self, raw: object, today: date, from_file: bool) -> Parsed:
        return Parsed(self._measured(tidy(_as_text(raw))))

    def _parse_long_text(self, raw: object, today: date, from_file: bool) -> Parsed:
        return Parsed(self._measured(tidy_lines(_as_text(raw))))

    def _parse_name(self, raw: object, today: date, from_file: bool) -> Parsed:
        return Parsed(self._measured(tidy_name(_as_text(raw))))

    def _measured(self, text: str) -> str | None:
        if len(text) > self.max_length:
            raise FieldProblem(f"{self.label}最多{self.max_length}个字，这里是{len(text)}个")
        if text and len(text) < self.min_length:
            raise FieldProblem(f"{self.label}至少{self.min_length}个字")
        return text or None

    def _parse_integer(self, raw: object, today: date, from_file: bool) -> Parsed:
        if isinstance(raw, bool | date):
            raise FieldProblem("不是整数")
        if isinstance(raw, int | float):
            number = float(raw)
        else:
            text = re.sub(r"(人|名|个|家|户|份|左右)$", "", compact(_as_text(raw))).replace(",", "").replace("，", "")
            if not re.fullmatch(r"[+-]?[0-9]+(\.0+)?", text):
                raise FieldProblem("不是整数")
            number = float(text)
        if not self.minimum <= number <= self.maximum:
            raise FieldProblem(f"应在{self.minimum}到{self.maximum}之间")
        if number != int(number):
            raise FieldProblem("不是整数")
        return Parsed(int(number))

    def _parse_decimal(self, raw: object, today: date, from_file: bool) -> Parsed:
        if isinstance(raw, bool | date):
            raise FieldProblem("不是数字")
        text = re.sub(r"(平方米|㎡|万元|元|%)$", "", compact(_as_text(raw))).replace(",", "").replace("，", "")
        if not re.fullmatch(r"[+-]?[0-9]{1,12}(\.[0-9]{1,20})?", text):
            raise FieldProblem("不是数字")
        number = Decimal(text)
        if not self.minimum <= number <= self.maximum:
            raise FieldProblem(f"应在{self.minimum}到{self.maximum}之间")
        kept = round(number, self.decimals)
        if kept != number and not (from_file and isinstance(raw, float)):
            raise FieldProblem(f"最多{self.decimals}位小数")
        return Parsed(kept)

    def _parse_date(self, raw: object, today: date, from_file: bool) -> Parsed:
        try:
            return Parsed((parse_file_date if from_file else parse_date)(raw, today=today))
        except DateProblem as problem:
            raise FieldProblem(str(problem)) from None

    def _parse_choice(self, raw: object, today: date, from_file: bool) -> Parsed:
        text = tidy(half_width(_as_text(raw)))
        # Brackets are compared without their width: 小学校（幼儿园） is also a choice.
        by_label = {half_width(label): code for code, label in self.choice_labels.items()}
        by_label.update({half_width(code): code for code in self.choices})
        if text in by_label:
            return Parsed(by_label[text])
        if (meant_by := self.other_words.get(text)) in self.choices:
            return Parsed(meant_by)
        shown = [self.choice_labels.get(c, c) for c in self.choices]
        started = [code for code in self.choices if text and self.choice_labels.get(code, code).startswith(text)]
        if len(started) == 1:
            return Parsed(started[0])
        near = get_close_matches(text, shown, n=1, cutoff=0.3)
        if self.open_choices:
            self._measured(text)
            return Parsed(text, f"“{text}”不在{self.label}的常用值里，已按原样保留" if self.choices else None)
        meant = f"，是否应为“{near[0]}”？" if near else f"，可填：{SEPARATOR.join(shown)}"
        raise FieldProblem(f"“{text[:20]}”不是{self.label}的可选值{meant}")

    def _parse_multi_choice(self, raw: object, today: date, from_file: bool) -> Parsed:
        text = SEPARATOR.join(raw) if isinstance(raw, list | tuple) else _as_text(raw)
        words = [tidy(word) for word in re.split(r"[、,，;；/\n|]", text) if tidy(word)]
        members = tuple(dict.fromkeys(words))
        unknown = [word for word in members if word not in self.choices]
        if any(len(word) > 40 for word in members) or len(SEPARATOR.join(members)) > 400:
            raise FieldProblem(f"{self.label}太长，请用“、”分隔")
        if unknown and not self.open_choices:
            raise FieldProblem(f"“{unknown[0]}”不是{self.label}的可选值")
        ordered = tuple(
            sorted(members, key=lambda w: (self.choices.index(w) if w in self.choices else 999, members.index(w)))
        )
        told = f"“{SEPARATOR.join(unknown)}”不在{self.label}的常用值里，已按原样保留"
        return Parsed(ordered, told if unknown and self.choices else None)

    def _parse_credit_code(self, raw: object, today: date, from_file: bool) -> Parsed:
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            raise FieldProblem(f"{self.label}被存成了数字，后几位可能已丢失，请把单元格改成文本后重新填写")
        code = compact(_as_text(raw))
        if "E" in code and re.fullmatch(r"[0-9](\.[0-9]+)?E\+?[0-9]+", code):
            raise FieldProblem(f"{self.label}被存成了数字（{code[:20]}），后几位已丢失，请重新填写")
        if problem := credit_code_problem(code):
            raise FieldProblem(problem)
        return Parsed(code, credit_code_warning(code))

    def _parse_identity(self, raw: object, today: date, from_file: bool) -> Parsed:
        if isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) >= 10**15:
            raise FieldProblem(f"{self.label}被存成了数字，后几位已丢失，请把单元格改成文本后重新填写")
        number = compact(_as_text(raw))
        if re.fullmatch(r"[0-9](\.[0-9]+)?E\+?[0-9]+", number):
            raise FieldProblem(f"{self.label}被存成了数字，后几位已丢失，请重新填写")
        if not re.fullmatch(r"[0-9A-Z()/-]{5,30}", number):
            raise FieldProblem(f"{self.label}应为5到30位的字母、数字")
        return Parsed(number)

    def _parse_phone(self, raw: object, today: date, from_file: bool) -> Parsed:
        if isinstance(raw, str) and is_mobile(raw):
            return Parsed(raw)
        numbers = [tidy_phone(part) for part in re.split(r"[、,，;；/\n]|\s{2,}", _as_text(raw)) if tidy(part)]
        for number in numbers:
            if problem := phone_problem(number):
                raise FieldProblem(problem)
        if len(numbers) > 3:
            raise FieldProblem("最多填三个电话")
        return Parsed(SEPARATOR.join(numbers) or None)

    def _parse_link(self, raw: object, today: date, from_file: bool) -> Parsed:
        return Parsed(self._measured(tidy_name(_as_text(raw))))

    def _parse_yes_no(self, raw: object, today: date, from_file: bool) -> Parsed:
        if isinstance(raw, bool):
            return Parsed(raw)
        word = compact(_as_text(raw))
        if word in {"是", "有", "Y", "YES", "1", "√", "✓", "TRUE"}:
            return Parsed(True)
        if word in {"否", "无", "N", "NO", "0", "×", "✕", "FALSE"}:
            return Parsed(False)
        raise FieldProblem("请填“是”或“否”")

    # -- showing -----------------------------------------------------------------------------------------------

    def show(self, value: object) -> str:
        """The value as a person reads it; empty for None. A link's value is its row's name."""
        if value is None or value == ():
            return ""
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, datetime):
            return value.strftime("%Y-%m-%d %H:%M")
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, Decimal):
            return f"{value.normalize():f}"
        if isinstance(value, tuple | list):
            return SEPARATOR.join(str(part) for part in value)
        return self.choice_labels.get(str(value), str(value))

    def masked(self, value: object) -> str:
        """As `show`, personal data masked."""
        shown = self.show(value)
        if not shown:
            return shown
        if not self.personal:
            # A certificate's number is often T and the holder's identity number; notes quote them too.
            return mask_identity_numbers_in(shown) if self.kind in (Kind.TEXT, Kind.LONG_TEXT) else shown
        if self.kind is Kind.PHONE:
            return SEPARATOR.join(mask_phone(number) for number in shown.split(SEPARATOR))
        if self.kind is Kind.IDENTITY:
            return mask_identity_number(shown)
        if self.kind is Kind.DATE:
            return shown[:4] + "-**-**"
        return shown[0] + "*" * (len(shown) - 1)

    def headings(self) -> frozenset[str]:
        """Every heading that means this field, as `heading_key`s."""
        return frozenset(heading_key(text) for text in (self.label, *self.aliases, self.key))

    def relabelled(self, **changes: Any) -> Field:
        """The same field with another label, aliases or group (a ledger that inherits it)."""
        return replace(self, **changes)

    def column_type(self) -> TypeEngine[Any]:
        """How the value is kept in the store."""
        if self.kind is Kind.INTEGER:
            return Integer()
        if self.kind is Kind.DECIMAL:
            return Scaled(self.decimals)
        if self.kind is Kind.DATE:
            return Date()
        if self.kind is Kind.YES_NO:
            return Boolean()
        if self.kind is Kind.MULTI_CHOICE:
            return MemberList(500)
        return Text() if self.kind is Kind.LONG_TEXT else String(max(self.max_length, 40))


def heading_key(text: str) -> str:
    """Headings are compared without blanks, brackets' width, marks of obligation: 身份证号码（必填） = 身份证号码."""
    return re.sub(r"[（(](必填|选填|\*|手机|文本)[)）]|[*＊:：\s]", "", name_key(text))


def _as_text(raw: object) -> str:
    """A cell as text: 3011.0 is 3011, a date its ISO form, a line break stays."""
    if isinstance(raw, float) and raw == int(raw) and abs(raw) < 1e15:
        return str(int(raw))
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    return str(raw)


def declare(label: str, kind: Kind = Kind.TEXT, **options: Any) -> MappedColumn[Any]:
    """A stored field: `name: Mapped[str] = declare("企业名称", Kind.NAME, required=True)`; options are those of Field."""
    declared = Field(key="", label=label, kind=kind, **options)
    return mapped_column(declared.column_type(), nullable=not declared.required, info={"field": declared})


def link(label: str, to: str, target: str, **options: Any) -> MappedColumn[Any]:
    """A field that names a row of ledger `to`; `target` is the column it references, e.g. village.id."""
    declared = Field(key="", label=label, kind=Kind.LINK, link=to, **options)
    return mapped_column(ForeignKey(target), nullable=not declared.required, index=True, info={"field": declared})


def computed(label: str, expression: Any, kind: Kind = Kind.TEXT, **options: Any) -> Any:
    """A read-only field looked up from another table by a scalar subquery."""
    declared = Field(key="", label=label, kind=kind, computed=True, in_form=False, **options)
    return column_property(expression, info={"field": declared})
