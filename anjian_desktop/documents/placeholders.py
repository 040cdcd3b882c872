"""What may stand in braces in a Word template: `{{企业名称}}`, looked up by its trimmed text, never evaluated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from anjian_desktop.errors import UserError

GAP = "＿＿＿＿"
"""What a placeholder without a value prints: a visible gap to be filled by hand."""

_BRACES = re.compile(r"\{\{([^{}]{1,80})\}\}")


@dataclass(frozen=True)
class Span:
    """One placeholder in a text: text[start:end] is the whole `{{…}}`, `name` what stands inside, trimmed."""

    start: int
    end: int
    name: str


def find(text: str) -> list[Span]:
    """The placeholders of a text in reading order."""
    return [Span(m.start(), m.end(), m.group(1).strip()) for m in _BRACES.finditer(text) if m.group(1).strip()]


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class UnprintableValue(UserError):
    """A value holds a control character or half a character: no document can show it."""

    code = "unprintable_value"


def text_for(name: str, values: Mapping[str, str]) -> str | None:
    """What is printed in place of `{{name}}`, its line ends as "\\n"; None when there is nothing: then GAP is printed.

    Raises UnprintableValue, naming the field, for control characters, lone surrogates and non-characters.
    """
    text = values.get(name)
    if not text:
        return None
    if found := _UNPRINTABLE.search(text):
        raise UnprintableValue(
            f"「{name}」的第 {found.start() + 1} 个字是看不见的控制字符或残缺的字，打印不出来，没有生成文件。",
            next_step=f"请把「{name}」重新输入一遍。",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
