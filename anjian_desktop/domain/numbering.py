"""The numbers of agreements: 示安责〔2026〕12号, one counter per prefix and year (GB/T 9704-2012, 7.2.5)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from anjian_desktop.domain.text import half_width, tidy
from anjian_desktop.errors import UserError


def agreement_number(prefix: str, year: int, n: int) -> str:
    """Six-angle brackets U+3014/U+3015, full year, no padding."""
    return f"{prefix}〔{year}〕{n}号"


_SERIAL = re.compile(r"\{序号([1-9]?)\}")


def serial_pattern_problem(pattern: str) -> str | None:
    """What is wrong with a pattern for certificate numbers; None when each year's numbers differ from every other's."""
    if pattern.count("{年}") != 1 or len(_SERIAL.findall(pattern)) != 1:
        return "要有一个 {年} 和一个 {序号}（或 {序号4} 这样补零）"
    rest = _SERIAL.sub("", pattern.replace("{年}", ""))
    if "{" in rest or "}" in rest or re.search(r"\{年\}\{序号\d?\}|\{序号\d?\}\{年\}|\d\{序号|\{序号\d?\}\d", pattern):
        return "年份、序号和别的数字之间要有文字或符号隔开，不能有别的大括号"
    return None if len(pattern) <= 40 else "最多40个字"


def serial_number(pattern: str, year: int, n: int) -> str:
    """安培证〔2026〕0012号 of 安培证〔{年}〕{序号4}号; the serial is padded to the digits the pattern names."""
    return _SERIAL.sub(lambda found: str(n).zfill(int(found[1] or 1)), pattern).replace("{年}", str(year))


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
