"""The numbers of agreements: 示安责〔2026〕12号, one counter per prefix and year (GB/T 9704-2012, 7.2.5)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from anjian_desktop.domain.text import half_width, tidy
from anjian_desktop.errors import UserError


def agreement_number(prefix: str, year: int, n: int) -> str:
    """Six-angle brackets U+3014/U+3015, full year, no padding."""
    return f"{prefix}〔{year}〕{n}号"


def parse_numbers(texts: Sequence[str], *, year: int | None) -> list[tuple[str | None, int, int]]:
    """Numbers as typed: `示安责〔2026〕12号`, `2026-12`, `12` or `1-40` (with `year`).

    Gives (prefix or None, year, n), in the order typed, each once. Raises UserError.
    """
    found: dict[tuple[str | None, int, int], None] = {}
    for text in texts:
        for number in _expand(half_width(tidy(text)).replace(" ", ""), year):
            found[number] = None
    return list(found)


def _expand(text: str, year: int | None) -> list[tuple[str | None, int, int]]:
    if full := re.fullmatch(r"(.{1,20}?)[〔\[(【](\d{4})[〕\])】](\d{1,6})号?", text):
        return [(full[1], int(full[2]), int(full[3]))]
    if dated := re.fullmatch(r"((?:19|20|21)\d{2})-(\d{1,6})", text):
        return [(None, int(dated[1]), int(dated[2]))]
    if span := re.fullmatch(r"(\d{1,6})(?:[-~至到](\d{1,6}))?号?", text):
        if year is None:
            raise UserError(f"编号“{text}”没有年度。", next_step="请写成 2026-12，或加 --year 2026。")
        first, last = int(span[1]), int(span[2] or span[1])
        if last < first or last - first > 100_000:
            raise UserError(f"编号范围“{text}”不对。", next_step="请从小到大写，例如 1-40。")
        return [(None, year, n) for n in range(first, last + 1)]
    raise UserError(f"看不懂编号“{text}”。", next_step="请写成 示安责〔2026〕12号、2026-12 或 12。")
