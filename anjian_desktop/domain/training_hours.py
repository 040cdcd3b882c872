"""How many hours the law wants of whom (T6): a dated table with its sources, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from anjian_desktop.domain.kinds import HIGH_HAZARD_FLAGS
from anjian_desktop.domain.training import MANAGERS, Role


@dataclass(frozen=True)
class HourRule:
    """Hours (in halves) of some kinds of persons from a day on. Without `flags` every unit; else units with one of them.

    `annual` None: the nation sets no number.
    """

    roles: frozenset[Role]
    flags: frozenset[str]
    initial: int
    annual: int | None
    valid_from: date
    source: str
    valid_to: date | None = None

    def applies(self, role: Role, flags: frozenset[str], on: date) -> bool:
        """Whether the rule holds for such a person on that day."""
        in_force = self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
        return in_force and role in self.roles and (not self.flags or not self.flags.isdisjoint(flags))


_FIRST = date(2006, 3, 1)
_FIVE = frozenset(HIGH_HAZARD_FLAGS)
_WORKERS = frozenset({Role.WORKER, Role.SPECIAL})

HOUR_RULES = (
    HourRule(MANAGERS, frozenset(), 64, 24, _FIRST, "生产经营单位安全培训规定 第九条：初次不少于32学时，每年再培训不少于12学时"),
    HourRule(MANAGERS, _FIVE, 96, 32, _FIRST, "生产经营单位安全培训规定 第九条：五类单位初次不少于48学时，每年再培训不少于16学时"),
    HourRule(_WORKERS, frozenset(), 48, None, _FIRST, "生产经营单位安全培训规定 第十三条：岗前不少于24学时"),
    HourRule(_WORKERS, _FIVE, 144, 40, _FIRST, "生产经营单位安全培训规定 第十三条：五类单位岗前不少于72学时，每年再培训不少于20学时"),
)  # fmt: skip
"""The order says nothing: of several that apply, the largest number counts."""


def required_initial(role: Role, flags: frozenset[str], *, on: date) -> int:
    """Half hours before starting work (T6); several sector flags: the largest."""
    return max((one.initial for one in HOUR_RULES if one.applies(role, flags, on)), default=0)


def required_annual(role: Role, flags: frozenset[str], *, on: date) -> int | None:
    """Half hours each year (T6, T13); None where no national number stands."""
    return max((one.annual for one in HOUR_RULES if one.applies(role, flags, on) and one.annual), default=None)
