"""How long a person's standing stays as it is when nothing is entered: the days on which the rules would judge anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from anjian_desktop.domain.certificate_kinds import CertificateKind
from anjian_desktop.domain.certificate_rules import needs_re_examination, re_examination_due
from anjian_desktop.domain.training import MANAGERS
from anjian_desktop.domain.training_hours import HOUR_RULES, required_annual
from anjian_desktop.domain.training_rules import Person, exam_deadline

_DAY = timedelta(days=1)


def certificate_turns(
    kind: CertificateKind | None, *, begun: date | None, re_examined_on: date | None, ends_on: date | None
) -> list[date]:
    """The first days on which a certificate no longer counts: the day after its end (T4), a re-examination missed (T11)."""
    turns = [] if ends_on is None or ends_on == date.max else [ends_on + _DAY]
    if needs_re_examination(kind) and begun and re_examined_on is None and (due := re_examination_due(begun)):
        turns.append(due)
    return turns


def holds(person: Person, turns: Iterable[date], *, today: date) -> tuple[date, date]:
    """The first and the last day around `today` on which the person stands as today.

    `turns`: days on which their certificates or their leaving change something. Besides those count a new year (T13), the
    end of a manager's six months (T12) and the dated table of hours (T6).
    """
    days = set(turns)
    for rule in HOUR_RULES:
        days.add(rule.valid_from)
        if rule.valid_to is not None:
            days.add(rule.valid_to + _DAY)
    if required_annual(person.role, person.flags, on=today) is not None:
        days |= {date(today.year, 1, 1), date(today.year + 1, 1, 1)}
    if person.role in MANAGERS and person.hired_on:
        days.add(exam_deadline(person.hired_on) + _DAY)
    first = max((day for day in days if day <= today), default=date.min)
    last = min((day for day in days if day > today), default=None)
    return first, last - _DAY if last is not None else date.max
