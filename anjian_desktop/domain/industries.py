"""GB/T 4754-2017 国民经济行业分类: how its codes are built; the classes themselves are data (ledgers/code.py)."""

from __future__ import annotations

import re

_SECTIONS = (
    ("A", 1, 5), ("B", 6, 12), ("C", 13, 43), ("D", 44, 46), ("E", 47, 50), ("F", 51, 52), ("G", 53, 60),
    ("H", 61, 62), ("I", 63, 65), ("J", 66, 69), ("K", 70, 70), ("L", 71, 72), ("M", 73, 75), ("N", 76, 79),
    ("O", 80, 82), ("P", 83, 83), ("Q", 84, 85), ("R", 86, 90), ("S", 91, 96), ("T", 97, 97),
)  # fmt: skip
"""门类, first and last 大类 of each."""


def section_of(division: str) -> str:
    """The 门类 (a letter) a 大类 of two digits belongs to; empty when there is no such 大类."""
    number = int(division)
    return next((letter for letter, first, last in _SECTIONS if first <= number <= last), "")


def levels(code: str) -> tuple[str, ...]:
    """A code and everything above it, from the 门类 down: `2651` or `C2651` → C, 26, 265, 2651. Empty for what is no code
    of this kind: another letter than the 大类 has, too many digits, none at all."""
    found = re.fullmatch(r"([A-Ta-t]?)([0-9]{0,4})", code.strip())
    if found is None or len(found[2]) == 1 or not code.strip():
        return ()
    letter, digits = found[1].upper(), found[2]
    if not digits:
        return (letter,)
    section = section_of(digits[:2])
    if not section or letter not in ("", section):
        return ()
    return (section, *(digits[:length] for length in range(2, len(digits) + 1)))
