"""The kept summary as one reading sees it: how many stand how, who they are, and each one's standing in full."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.domain.training import Level
from anjian_desktop.domain.training_rules import Problem, Standing, Task, earliest_finish
from anjian_desktop.ledgers.training_summary import TrainingSummary
from anjian_desktop.services.office_profile import OfficeProfile, read_profile
from anjian_desktop.services.training_reckoning import Reckoned, WorkerStanding, in_order, reckon
from anjian_desktop.services.training_summary import Flag, is_kept, parts, row_of, stale
from anjian_desktop.storage.statements import statements_on

_ACTIVE, _SPECIAL, _CERTIFIED = (int(one) for one in (Flag.ACTIVE, Flag.SPECIAL, Flag.CERTIFIED))

_READ = """
SELECT s.worker_id, s.flags, s.told, w.name, e.id, e.name, v.name
FROM training_summary s JOIN worker w ON w.id = s.worker_id JOIN organization e ON e.id = w.enterprise_id
     JOIN enterprise f ON f.id = e.id LEFT JOIN organization v ON v.id = f.village_id
"""
"""In plain words to the store: objects and statements made anew would take three times as long."""
_ORDER = "SELECT id FROM organization WHERE kind = 'enterprise' ORDER BY name_order, id"


class Kept:
    """The summary within one reading; those whose row does not speak of today are worked out on the spot."""

    def __init__(self, session: Session, today: date) -> None:
        self.session = session
        self.today = today
        self.profile: OfficeProfile = read_profile(session)
        self._kept = is_kept(session, self.profile)

    @cached_property
    def fresh(self) -> dict[int, Reckoned]:
        """Those whom the calendar has turned; everybody when the summary is not kept yet."""
        ids = stale(self.session, self.today) if self._kept else in_order(self.session)
        return {one.worker_id: one for one in reckon(self.session, self.profile, ids, today=self.today)}

    def counted(self, units: Sequence[int] | None = None) -> dict[tuple[int, int], int]:
        """How many persons in service have these bits, by (enterprise, bits)."""
        found: dict[tuple[int, int], int] = {}
        for unit, flags, many in self._rows("enterprise_id, flags, count(*)", units, "GROUP BY enterprise_id, flags"):
            found[unit, flags] = many
        for unit, flags in self._replaced():
            if units is None or unit in units:
                found[unit, flags] = found.get((unit, flags), 0) - 1
        for one in self.fresh.values():
            if units is None or one.enterprise_id in units:
                place = (one.enterprise_id, row_of(one)[2])
                found[place] = found.get(place, 0) + 1
        return {place: many for place, many in found.items() if many and place[1] & _ACTIVE}

    def ids(self, flag: Flag = Flag.ACTIVE, units: Sequence[int] | None = None) -> list[int]:
        """Everybody in service with one of these bits, by enterprise and in roster order."""
        wanted = int(flag)
        by_unit: dict[int, list[int]] = {}
        rest = f"{'WHERE' if units is None else 'AND'} flags & {wanted} AND flags & {_ACTIVE} GROUP BY enterprise_id"
        # One text a unit: a row for each of a million persons would take three times as long.
        for unit, told in self._rows("enterprise_id, group_concat(worker_id)", units, rest):
            by_unit[unit] = list(map(int, told.split(",")))
        if self.fresh:
            by_unit = {unit: [one for one in found if one not in self.fresh] for unit, found in by_unit.items()}
        for one in self.fresh.values():
            if (units is None or one.enterprise_id in units) and row_of(one)[2] & wanted:
                by_unit.setdefault(one.enterprise_id, []).append(one.worker_id)
        if len(by_unit) < 2:
            return [row_id for found in by_unit.values() for row_id in sorted(found)]
        order = statements_on(self.session.connection())(_ORDER)
        return [row_id for (unit,) in order if unit in by_unit for row_id in sorted(by_unit[unit])]

    def standings(self, ids: Sequence[int]) -> list[WorkerStanding]:
        """How these persons stand, in the order given; those not in service are left out."""
        found: dict[int, WorkerStanding | None] = {}
        if self._kept:
            for part in parts(ids):
                found.update(self._read(part))
        anew = [row_id for row_id in ids if row_id not in found]
        found |= {one.worker_id: one.found for one in reckon(self.session, self.profile, anew, today=self.today)}
        return [one for row_id in ids if (one := found.get(row_id)) is not None]

    def _read(self, ids: Sequence[int]) -> Iterator[tuple[int, WorkerStanding | None]]:
        """Those of these persons whose row speaks of today."""
        day = self.today.toordinal()
        statement = f"{_READ} WHERE s.worker_id IN ({_told(ids)}) AND s.first_day <= ? AND s.last_day >= ?"
        for row_id, flags, told, name, unit, enterprise, village in statements_on(self.session.connection())(
            statement, (day, day)
        ):
            special, certified = bool(flags & _SPECIAL), bool(flags & _CERTIFIED)
            if flags & _ACTIVE:
                stands = self._standing(told)
                yield row_id, WorkerStanding(row_id, name, unit, enterprise, village or "", special, certified, stands)
            else:
                yield row_id, None

    def _rows(self, columns: str, units: Sequence[int] | None, rest: str) -> Iterable[Any]:
        """Rows read off the index alone; nothing while the summary is not kept."""
        if not self._kept:
            return ()
        execute = statements_on(self.session.connection())
        kept = "" if units is None else f"WHERE enterprise_id IN ({_told(units)})"
        statement = f"SELECT {columns} FROM training_summary INDEXED BY ix_training_summary_place {kept} {rest}"  # noqa: S608  numbers only
        return list(execute(statement))

    def _replaced(self) -> Iterator[tuple[int, int]]:
        """Enterprise and bits of the rows that `fresh` stands for."""
        for part in parts(list(self.fresh) if self._kept else []):
            wanted = select(TrainingSummary.enterprise_id, TrainingSummary.flags)
            for row in self.session.execute(wanted.where(TrainingSummary.worker_id.in_(part))):
                yield row[0], row[1]

    def _standing(self, told: str) -> Standing:
        missing, hours, by_level, required, fit, tasks, problems, finished, needs = json.loads(told)
        return Standing(
            tuple(Level(one) for one in missing), hours, {Level(one): many for one, many in by_level.items()}, required,
            bool(fit),
            earliest_finish(max(required - hours, 1), self.profile.day_cap * 2, start=self.today) if needs else None,
            tuple(Task(Level(level), rule) for level, rule in tasks),
            tuple(Problem(rule, severity, text, value) for rule, severity, text, value in problems),
            date.fromisoformat(finished) if finished else None,
        )  # fmt: skip


def _told(ids: Sequence[int]) -> str:
    """Row numbers as a statement lists them."""
    return ", ".join(map(str, map(int, ids))) or "-1"
