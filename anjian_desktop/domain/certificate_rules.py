"""How long a certificate holds and what is due for it (T2, T4, T11, T13, T20): pure functions of dates."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from anjian_desktop.domain.certificate_kinds import CertificateKind, Use
from anjian_desktop.domain.dates import add_months, add_years

RE_EXAMINATION_ENDED = date(2026, 6, 1)
"""应急管理部令第19号: a three-year re-examination falling due from this day on is no longer done."""
RE_EXAMINATION_YEARS = 3
BANDS = (30, 60, 90)
"""Days before the end that are 红, 橙, 黄 (T4, policy)."""


class ExpiryState(StrEnum):
    """How near a certificate's end is; told by colour and word."""

    EXPIRED = "expired"
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    VALID = "valid"


EXPIRY_LABELS = {
    ExpiryState.EXPIRED: "已过期",
    ExpiryState.RED: "红",
    ExpiryState.ORANGE: "橙",
    ExpiryState.YELLOW: "黄",
    ExpiryState.VALID: "有效",
}

LAPSED = "失效(需核实)"
"""A re-examination missed before it was abolished: whether the certificate still holds has to be asked."""


def printed_end(start: date, years: int) -> date:
    """The last day as certificates print it (T2): start + years − 1 day; from 29 February on to 28 February."""
    year = start.year + years
    if start.month == 2 and start.day == 29 and not calendar.isleap(year):
        return date(year, 2, 28)
    return add_years(start, years) - timedelta(days=1)


def expiry_state(end: date, *, today: date, bands: tuple[int, int, int] = BANDS) -> ExpiryState:
    """T4; the last day itself is still valid."""
    left = (end - today).days
    if left < 0:
        return ExpiryState.EXPIRED
    states = zip(bands, (ExpiryState.RED, ExpiryState.ORANGE, ExpiryState.YELLOW), strict=True)
    return next((state for band, state in states if left <= band), ExpiryState.VALID)


def re_examination_due(start: date) -> date | None:
    """When the old re-examination was due (T11); None when it falls on or after the day it was abolished."""
    due = add_years(start, RE_EXAMINATION_YEARS)
    return due if due < RE_EXAMINATION_ENDED else None


def is_lapsed(start: date, re_examined_on: date | None, *, today: date) -> bool:
    """Whether a re-examination due before 2026-06-01 was missed (T11): 失效, to be verified."""
    due = re_examination_due(start)
    return due is not None and due <= today and re_examined_on is None


@dataclass(frozen=True, slots=True)
class Lead:
    """How long before a certificate's end the next one is to be applied for (T20): months, or else days."""

    months: int = 0
    days: int = 0

    @property
    def is_any(self) -> bool:
        """Whether anything is said at all."""
        return bool(self.months or self.days)

    def before(self, end: date) -> date:
        """The last day to apply."""
        return add_months(end, -self.months) if self.months else end - timedelta(days=self.days)


_LEAD = re.compile(r"前\s*(\d{1,3})\s*(个?月|天|日)")


def lead_said(text: str) -> Lead | None:
    """The lead time a sentence names (期满前60天申请换证, 期满前3个月申请延期); None where it names none."""
    found = _LEAD.search(text)
    if found is None:
        return None
    count = int(found[1])
    lead = Lead(months=count) if found[2].endswith("月") else Lead(days=count)
    return lead if lead.is_any else None


def apply_by(end: date, kind: CertificateKind) -> date | None:
    """By when the next one is to be applied for (T20); None where the kind says nothing."""
    lead = Lead(kind.apply_months, kind.apply_days)
    return lead.before(end) if lead.is_any else None


@dataclass(frozen=True, slots=True)
class Term:
    """A certificate's last day: as typed, else as computed; `differs` when both stand and are not the same."""

    end: date | None
    computed: date | None

    @property
    def differs(self) -> bool:
        """The typed day wins; the computed one only warns (T2)."""
        return self.end is not None and self.computed is not None and self.end != self.computed


def term(kind: CertificateKind | None, *, start: date | None, typed_end: date | None) -> Term:
    """The last day of a certificate that began on `start`."""
    computed = printed_end(start, kind.years) if kind and kind.years and start else None
    return Term(typed_end or computed, computed)


def needs_re_examination(kind: CertificateKind | None) -> bool:
    """Only 特种作业操作证 of six years ever had the three-year re-examination."""
    return kind is not None and kind.use is Use.SPECIAL_WORK and kind.years == 6


@dataclass(frozen=True, slots=True)
class CertificateYear:
    """One year of a certificate's life and the training in it, in half hours."""

    number: int
    first: date
    last: date
    half_hours: int
    required: int

    @property
    def short(self) -> int:
        """Half hours that are missing."""
        return max(0, self.required - self.half_hours)


def certificate_years(
    start: date, end: date, trained: Iterable[tuple[date, int]], *, required: int
) -> list[CertificateYear]:
    """The years of a certificate, counted from its first day, with the half hours trained in each (T13).

    `trained` gives (day the training ended, half hours). A last year that is cut short counts as a year.
    """
    trained = list(trained)
    years = []
    first, number = start, 1
    while first <= end:
        last = min(add_years(start, number) - timedelta(days=1), end)
        had = sum(half_hours for day, half_hours in trained if first <= day <= last)
        years.append(CertificateYear(number, first, last, had, required))
        first, number = last + timedelta(days=1), number + 1
    return years
