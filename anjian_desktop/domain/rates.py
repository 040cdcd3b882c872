"""Percentages as reports print them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def percent(part: int, whole: int) -> float | None:
    """part ÷ whole in per cent, one decimal, half up; None when nothing is due (shown as —)."""
    if whole == 0:
        return None
    return float((Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def show_percent(rate: float | None) -> str:
    """95.0 %, or — when nothing is due."""
    return "—" if rate is None else f"{rate:.1f} %"
