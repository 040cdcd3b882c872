"""Who lacks which training: every active person's standing by the rules, and the rates of units, villages, the town."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.domain.rates import percent
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.organization import Enterprise, Organization
from anjian_desktop.services.kept_standings import Kept
from anjian_desktop.services.office import Office
from anjian_desktop.services.training_reckoning import WorkerStanding
from anjian_desktop.services.training_summary import Flag, catch_up, is_behind
from anjian_desktop.storage.statements import statements_on

__all__ = [
    "FIGURES", "NO_VILLAGE", "Coverage", "Overview", "TrainingStatus", "UnitCoverage", "WorkerStanding", "bring_up_to_date",
    "overview", "page", "people", "status", "units_of",
]  # fmt: skip

NO_VILLAGE = "未分村"

FIGURES = {"lacks": Flag.LACKS, "errors": Flag.ODD, "uncertified": Flag.UNCERTIFIED, "everyone": Flag.ACTIVE}
"""What the town is counted by: who lacks something, whose entries cannot be true, special work without a certificate."""

_FIGURE_BITS = {key: int(bit) for key, bit in FIGURES.items()}
_COMPLETE, _SPECIAL, _CERTIFIED, _LACKS = (
    int(one) for one in (Flag.COMPLETE, Flag.SPECIAL, Flag.CERTIFIED, Flag.LACKS)
)
"""As plain numbers: arithmetic on flags costs ten times as much."""

_PLACES = """
SELECT e.id, e.name, v.id, v.name
FROM enterprise f JOIN organization e ON e.id = f.id LEFT JOIN organization v ON v.id = f.village_id
"""


class Coverage(NamedTuple):
    """Counts of active persons, and the two rates; a rate is None (—) when nobody is counted (T18, T19)."""

    active: int
    complete: int
    special: int
    certified: int

    @property
    def full_coverage(self) -> float | None:
        """全员培训率: persons with every training that is due ÷ active persons (T18)."""
        return percent(self.complete, self.active)

    @property
    def certified_rate(self) -> float | None:
        """持证率: special workers with a valid certificate ÷ persons holding a special post (T19)."""
        return percent(self.certified, self.special)


@dataclass(frozen=True)
class TrainingStatus:
    """Who lacks what on a day; `workers` holds those who lack something, or everybody when asked for."""

    as_of: date
    profile: str
    workers: tuple[WorkerStanding, ...]
    total: Coverage
    lacking: int


class UnitCoverage(NamedTuple):
    """The rates of one enterprise or village; `id` is None for those in no village."""

    id: int | None
    name: str
    village: str
    coverage: Coverage


@dataclass(frozen=True)
class Overview:
    """The town in figures: how many persons by figure, the rates of all and of every unit, the lowest first."""

    as_of: date
    profile: str
    figures: Mapping[str, int]
    total: Coverage
    enterprises: tuple[UnitCoverage, ...]
    villages: tuple[UnitCoverage, ...]


def status(
    office: Office, *, organization: int | None = None, worker: int | None = None, everyone: bool = False
) -> TrainingStatus:
    """The standing of the persons of an enterprise, a village or the whole town; of one person with `worker`.

    Raises UserError for an unknown unit, or a person who is not in service.
    """
    with office.db.reading() as session:
        kept = Kept(session, office.today)
        units = None if organization is None else units_of(session, organization)
        if worker is not None:
            found = kept.standings([worker])
            if not found:
                raise UserError(f"没有编号为 {worker} 的在职人员。", next_step="请核对，离职的人员不再统计。")
            total = _one(found[0])
            return TrainingStatus(office.today, kept.profile.province, tuple(found), total, found[0].standing.lacks)
        counted = kept.counted(units)
        found = kept.standings(kept.ids(Flag.ACTIVE if everyone else Flag.LACKS, units))
    lacking = sum(many for (_, flags), many in counted.items() if flags & _LACKS)
    return TrainingStatus(office.today, kept.profile.province, tuple(found), _coverage(counted), lacking)


def overview(office: Office) -> Overview:
    """The whole town in figures, without a person's name."""
    with office.db.reading() as session:
        kept = Kept(session, office.today)
        counted = kept.counted()
        named = statements_on(session.connection())(_PLACES)
        places = {unit: (name, village_id, village or "") for unit, name, village_id, village in named}
    by_enterprise: dict[int, list[int]] = {}
    by_village: dict[tuple[int | None, str], list[int]] = {}
    for (unit, flags), many in counted.items():
        _add(by_enterprise.setdefault(unit, [0, 0, 0, 0]), flags, many)
        _add(by_village.setdefault(places[unit][1:], [0, 0, 0, 0]), flags, many)
    return Overview(
        office.today,
        kept.profile.province,
        {key: sum(many for (_, flags), many in counted.items() if flags & bit) for key, bit in _FIGURE_BITS.items()},
        _coverage(counted),
        _lowest_first(
            UnitCoverage(unit, places[unit][0], places[unit][2], Coverage(*own)) for unit, own in by_enterprise.items()
        ),
        _lowest_first(
            UnitCoverage(village, name or NO_VILLAGE, "", Coverage(*own)) for (village, name), own in by_village.items()
        ),
    )


def people(office: Office, figure: str = "everyone", *, enterprises: Sequence[int] | None = None) -> list[int]:
    """Ids of the persons behind a figure, by enterprise and in roster order; of these enterprises only when given."""
    with office.db.reading() as session:
        return Kept(session, office.today).ids(FIGURES[figure], enterprises)


def page(office: Office, worker_ids: Sequence[int]) -> list[WorkerStanding]:
    """How these persons stand, in their order; who is no longer in service is left out."""
    with office.db.reading() as session:
        return Kept(session, office.today).standings(worker_ids)


def bring_up_to_date(office: Office) -> int:
    """Work out those whom the calendar or a new version has changed, so that reading need not; how many. Raises StoreError."""
    with office.db.reading() as session:
        if office.db.read_only or not is_behind(session, today=office.today):
            return 0
    with office.db.transaction("更新培训汇总", actor=office.actor) as tx:
        return catch_up(tx, today=office.today)


def units_of(session: Session, organization: int) -> list[int]:
    """The enterprise itself, or those of a village."""
    kept = select(Organization.id, Organization.kind, Organization.retired_at).where(Organization.id == organization)
    row = session.execute(kept).one_or_none()
    if row is None or row.retired_at is not None or row.kind == "department":
        raise UserError(f"没有编号为 {organization} 的企业或村居。", next_step="请用 list enterprise 查看编号。")
    if row.kind == "enterprise":
        return [row.id]
    found = select(Enterprise.id).where(Enterprise.village_id == row.id, Enterprise.retired_at.is_(None))
    return list(session.scalars(found))


def _coverage(counted: Mapping[tuple[int, int], int]) -> Coverage:
    sums = [0, 0, 0, 0]
    for (_, flags), many in counted.items():
        _add(sums, flags, many)
    return Coverage(*sums)


def _add(sums: list[int], flags: int, many: int) -> None:
    """Count so many persons with these bits: active, complete, special, certified special."""
    sums[0] += many
    if flags & _COMPLETE:
        sums[1] += many
    if flags & _SPECIAL:
        sums[2] += many
        if flags & _CERTIFIED:
            sums[3] += many


def _one(found: WorkerStanding) -> Coverage:
    special = int(found.holds_special_post)
    return Coverage(1, int(found.standing.is_complete), special, int(found.certified) * special)


def _lowest_first(units: Iterable[UnitCoverage]) -> tuple[UnitCoverage, ...]:
    return tuple(sorted(units, key=lambda one: (one.coverage.complete / one.coverage.active, one.name)))
