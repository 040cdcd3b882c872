"""What may stand in braces in a Word template: `{{企业名称}}`, looked up by its trimmed text, never evaluated."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
