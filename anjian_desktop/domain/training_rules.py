"""Who lacks which training and why (T5, T6, T8–T10, T12, T13): one person's records against the law, a pure function."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from anjian_desktop.domain.dates import add_months, weekdays_from
from anjian_desktop.domain.kinds import HIGH_HAZARD_FLAGS
from anjian_desktop.domain.province_profiles import NATIONAL, ProvinceProfile
from anjian_desktop.domain.training import LEVEL_LABELS, MANAGERS, THREE_LEVELS, Level, Role, hours_text
from anjian_desktop.domain.training_hours import required_annual, required_initial
from anjian_desktop.domain.training_plausibility import Stretch, day_excess, training_days

EXAM_MONTHS = 6
"""Managers of the five sectors pass the authority's exam so soon after taking the post (第二十四条)."""
APPRENTICE_MONTHS = 2
"""New hands of high-hazard units work beside a master so long (安全生产培训管理办法)."""

TRANSFER_AHEAD = timedelta(days=31)
"""Training for a new post may be given so long before the change (policy)."""

_MERGED = frozenset({Level.WORKSHOP, Level.TEAM})
_FIVE = frozenset(HIGH_HAZARD_FLAGS)

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Attended:
    """One training a person took part in; `passed` None: not examined yet. `unit` is where they worked then."""

    level: Level
    started_on: date
    ended_on: date
    half_hours: int
    passed: bool | None = True
    unit: int | None = None
    post_on: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """What the rules ask about a person; `flags` are the sector flags of the unit they work for."""

    role: Role = Role.WORKER
    special_work: bool = False
    flags: frozenset[str] = frozenset()
    unit: int | None = None
    hired_on: date | None = None
    last_work_day: date | None = None
    returned_on: date | None = None
    transferred_on: date | None = None
    certified: bool = False
    """Holds a valid certificate for the special work."""
    manager_certified: bool = False
    """Holds a valid 安全生产知识和管理能力考核合格证."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What an office may set: half hours a day, the province, whether workshop and team level are given as one."""

    profile: ProvinceProfile = NATIONAL
    day_cap: int = 16
    levels_merged: bool = False
    by_certificate_year: bool = False
    """Managers' yearly hours are counted on their certificate's own years, not on calendar years (T13)."""


@dataclass(frozen=True, slots=True)
class Task:
    """A training that is due, by which rule."""

    level: Level
    rule: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong or odd, by which rule; `value` is the figure it turns on (half hours, or days), if any."""

    rule: str
    severity: Severity
    text: str
    half_hours: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands: what is missing, hours (in halves) of the initial training, what to do next."""

    missing_levels: tuple[Level, ...]
    half_hours: int
    half_hours_by_level: dict[Level, int] = field(compare=False)
    required: int
    fit: bool
    earliest_finish: date | None
    tasks: tuple[Task, ...]
    problems: tuple[Problem, ...]
    finished_on: date | None = None
    """When the initial training was completed."""

    @property
    def is_complete(self) -> bool:
        """Has every training that is due (T18 counts these)."""
        return not self.missing_levels and self.half_hours >= self.required

    @property
    def lacks(self) -> bool:
        """Something is missing or wrong: belongs on the list of those to be chased."""
        return not (self.is_complete and self.fit) or any(one.severity == "error" for one in self.problems)


def standing(person: Person, attended: Iterable[Attended], rules: Rules, *, today: date) -> Standing:
    """One person against the rules; the order of the records does not matter."""
    records = sorted(attended, key=lambda one: (one.ended_on, one.started_on, one.level, one.half_hours))
    own = [one for one in records if one.unit is None or person.unit is None or one.unit == person.unit]
    manager = person.role in MANAGERS
    counted = [one for one in own if _is_initial(one, manager)]
    by_level: dict[Level, int] = dict.fromkeys(THREE_LEVELS, 0)
    for one in own:
        by_level[one.level] = by_level.get(one.level, 0) + one.half_hours
    hours = sum(one.half_hours for one in counted)
    required = required_initial(person.role, person.flags, on=today)
    problems: list[Problem] = []
    chain = _in_order(own, rules)
    missing = [] if manager else _missing_levels(own, rules)
    if hours < required:
        told = f"学时不足：已有{hours_text(hours)}，应有{hours_text(required)}，差{hours_text(required - hours)}"
        problems.append(Problem("T5", "error", told, required - hours))
    if not manager and not missing and chain is None:
        problems.append(
            Problem("T9", "error", "三级教育先后不对：应先公司级、再车间级、后班组级（同一天可以），不得上岗")
        )
    finished = _finished_on(counted, chain, manager, hours >= required and not missing)
    problems.extend(_post_problems(own, finished))
    if excess := day_excess(
        [Stretch(one.started_on, one.ended_on, one.half_hours) for one in records], day_cap=rules.day_cap
    ):
        when = f"{excess.first}" if excess.first == excess.last else f"{excess.first}至{excess.last}"
        told = f"{when}计{hours_text(excess.half_hours)}学时，超过每日上限{hours_text(excess.over)}学时"
        problems.append(Problem("T7", "error", told, excess.over))
    tasks = _again(person, own, rules)
    missing.extend(one.level for one in tasks if one.level not in missing)
    problems.extend(_certificate_problems(person, today))
    errors = any(one.severity == "error" for one in problems)
    complete = not missing and hours >= required
    annual = None if manager and rules.by_certificate_year else _annual_shortage(person, own, finished, today)
    if annual is not None:
        missing.append(Level.RETRAINING)
        problems.append(annual)
    return Standing(
        tuple(missing), hours, by_level, required, complete and not errors,
        None if complete else earliest_finish(max(required - hours, 1), rules.day_cap, start=today),
        tuple(tasks), tuple(problems), finished,
    )  # fmt: skip


def earliest_finish(half_hours: int, day_cap: int, *, start: date) -> date:
    """The day so many half hours can be over, beginning on `start`, on weekdays, at most `day_cap` a day (T8)."""
    return weekdays_from(start, training_days(half_hours, day_cap=day_cap))


def exam_deadline(appointed_on: date) -> date:
    """Until when a manager of the five sectors passes the exam (T12; 生产经营单位安全培训规定 第二十四条)."""
    return add_months(appointed_on, EXAM_MONTHS)


def apprenticeship_end(start: date) -> date:
    """Until when a new hand works beside a master (T14)."""
    return add_months(start, APPRENTICE_MONTHS)


def was_off_too_long(last_work_day: date, returned_on: date, profile: ProvinceProfile) -> bool:
    """Whether workshop and team level are due again (T10): the day itself counts (民法典 第一千二百五十九条)."""
    return returned_on >= add_months(last_work_day, profile.off_post_months)


# -- the parts -----------------------------------------------------------------------------------------------------


def _is_initial(one: Attended, manager: bool) -> bool:
    return one.level is not Level.RETRAINING if manager else one.level in THREE_LEVELS


def _missing_levels(own: Sequence[Attended], rules: Rules) -> list[Level]:
    passed = {one.level for one in own if one.passed}
    if rules.levels_merged and passed & _MERGED:
        passed |= _MERGED
    return [level for level in THREE_LEVELS if level not in passed]


def _in_order(own: Sequence[Attended], rules: Rules) -> list[Attended] | None:
    """A passed training of each level, each beginning when the one before is over (T9); None when there is no such row.

    Of each level the earliest that fits is taken: if that leads nowhere, no other does.
    """
    passed = {one.level for one in own if one.passed}
    chain: list[Attended] = []
    for level in THREE_LEVELS:
        if rules.levels_merged and level in _MERGED and level not in passed and passed & _MERGED:
            continue
        found = next(
            (
                one
                for one in own
                if one.level is level and one.passed and (not chain or one.started_on >= chain[-1].ended_on)
            ),
            None,
        )
        if found is None:
            return None
        chain.append(found)
    return chain


def _finished_on(
    counted: Sequence[Attended], chain: Sequence[Attended] | None, manager: bool, done: bool
) -> date | None:
    if not done or not counted or (chain is None and not manager):
        return None
    return chain[-1].ended_on if chain else counted[-1].ended_on


def _post_problems(own: Sequence[Attended], finished: date | None) -> list[Problem]:
    posted = min((one.post_on for one in own if one.post_on), default=None)
    if posted is None or (finished is not None and posted >= finished):
        return []
    why = "还没有完成三级教育" if finished is None else f"三级教育{finished}才合格"
    return [Problem("T9", "error", f"上岗日期{posted}不对：{why}，不得上岗")]


def _again(person: Person, own: Sequence[Attended], rules: Rules) -> list[Task]:
    """Workshop and team level anew after a long absence or a change of post (T10)."""
    causes: list[tuple[date, Level]] = []
    if (
        person.last_work_day
        and person.returned_on
        and was_off_too_long(person.last_work_day, person.returned_on, rules.profile)
    ):
        causes.append((person.last_work_day, Level.RETURN))
    if person.transferred_on:
        causes.append((person.transferred_on - TRANSFER_AHEAD, Level.TRANSFER))
    tasks: dict[Level, Task] = {}
    for since, instead in causes:
        for level in (Level.WORKSHOP, Level.TEAM):
            if not any(one.passed and one.level in (level, instead) and one.started_on > since for one in own):
                tasks[level] = Task(level, "T10")
    return list(tasks.values())


def _certificate_problems(person: Person, today: date) -> list[Problem]:
    found = []
    if (person.special_work or person.role is Role.SPECIAL) and not person.certified:
        found.append(
            Problem(
                "T15",
                "error",
                "从事特种作业，没有有效的特种作业证；工贸企业可能构成重大事故隐患（令第10号第三条第二项），请核实",
            )
        )
    manages = person.role in MANAGERS and not _FIVE.isdisjoint(person.flags)
    if manages and person.hired_on and not person.manager_certified:
        deadline = exam_deadline(person.hired_on)
        told = f"应在{deadline}前考核合格"
        found.append(Problem("T12", "error" if today > deadline else "warning", told))
    return found


def _annual_shortage(person: Person, own: Sequence[Attended], finished: date | None, today: date) -> Problem | None:
    """Hours missing in the calendar year (T13); due from the year after the first training or the hiring on."""
    needed = required_annual(person.role, person.flags, on=today)
    since = finished or (person.hired_on if person.role in MANAGERS else None)
    if needed is None or since is None or since.year >= today.year:
        return None
    had = sum(
        one.half_hours
        for one in own
        if one.ended_on.year == today.year and one.passed is not False and (one.level not in THREE_LEVELS)
    )
    if had >= needed:
        return None
    told = f"{today.year}年{LEVEL_LABELS[Level.RETRAINING]}{hours_text(had)}学时，应有{hours_text(needed)}，差{hours_text(needed - had)}"
    return Problem("T13", "warning", told, needed - had)
