"""What the agreements page shows, read in one go off the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from anjian_desktop.domain.agreements import GROUPS, HAS_BEEN_ISSUED, HAS_BEEN_SIGNED, KINDS, State
from anjian_desktop.domain.rates import show_percent
from anjian_desktop.services import browse, standing
from anjian_desktop.services.browse import Condition, Query
from anjian_desktop.services.office import Office
from anjian_desktop.services.standing import KindStatus, UnitStanding

FIGURES: Mapping[str, str] = {
    "due": "应签",
    "drafted": "已起草",
    "issued": "已打印",
    "signed": "已签",
    "archived": "已归档",
    "on_time": "按期签订率",
    "cumulative": "累计签订率",
    "unsigned": "未签",
    "overdue": "逾期未签",
}
"""The figures over the list, in order."""

OF_UNITS = frozenset({"due", "unsigned", "overdue", "on_time"})
"""Figures whose rows are units: some have no agreement, or another one now."""

_STATES: Mapping[str, frozenset[State]] = {
    "issued": frozenset(HAS_BEEN_ISSUED),
    "signed": frozenset(HAS_BEEN_SIGNED),
    "archived": frozenset({State.ARCHIVED}),
}


@dataclass(frozen=True)
class PageData:
    """The figures of the chosen kind, the rows of the list, and what there is to act on."""

    figures: KindStatus
    ids: tuple[int, ...]
    units: tuple[UnitStanding, ...]
    """The rows behind a figure of units; empty for the others."""
    total_units: int
    """Units in the roster of the chosen kind, due or not."""
    all_rows: int
    """Agreements of the year and kind, whatever the search and the filters say."""
    years: tuple[int, ...]


def load(office: Office, year: int, kind: str, query: Query, figure: str) -> PageData:
    """Read the page. `kind` is a code or empty for all; `query` the list's own search, filters, order."""
    status = standing.status(office, year)
    one = next((each for each in status.kinds if each.kind == kind), None) if kind else status.total
    figures = one or _nothing(kind)
    parties = {KINDS[kind].party} if kind else set(GROUPS)
    fixed = fixed_conditions(year, kind)
    ids: list[int] = []
    units: tuple[UnitStanding, ...] = ()
    if figure in OF_UNITS:
        units = _matching(behind(figure, figures), query.text)
    else:
        ids = browse.ids(office, Query("agreement", query.text, (*fixed, *query.where), query.sort, query.marks))
        if figure:
            wanted = {unit.id for unit in behind(figure, figures)}
            ids = [one_id for one_id in ids if one_id in wanted]
    return PageData(
        figures=figures,
        ids=tuple(ids),
        units=units,
        total_units=sum(len(browse.ids(office, Query(party))) for party in parties),
        all_rows=len(browse.ids(office, Query("agreement", where=fixed))),
        years=tuple(sorted({*standing.years(office), year, office.today.year + 1}, reverse=True)),
    )


def fixed_conditions(year: int, kind: str) -> tuple[Condition, ...]:
    """What the page itself narrows by."""
    fixed = (Condition("year", "=", str(year)),)
    return (*fixed, Condition("kind", "=", kind)) if kind else fixed


def behind(figure: str, figures: KindStatus) -> tuple[UnitStanding, ...]:
    """The units a figure counts."""
    missing = {unit.organization_id for unit in figures.unsigned}
    choose: Callable[[UnitStanding], bool] = {
        "due": lambda unit: True,
        "drafted": lambda unit: unit.id is not None,
        "on_time": lambda unit: unit.on_time,
        "cumulative": lambda unit: unit.organization_id not in missing,
        "unsigned": lambda unit: unit.organization_id in missing,
        "overdue": lambda unit: unit.organization_id in missing and figures.overdue > 0,
    }.get(figure, lambda unit: unit.state in _STATES[figure])
    return tuple(unit for unit in figures.units if choose(unit))


def shown(figure: str, figures: KindStatus) -> str:
    """A figure as text: a count, or a rate with one decimal."""
    rates = {"on_time": figures.on_time_rate, "cumulative": figures.cumulative_rate}
    if figure in rates:
        return show_percent(rates[figure])
    counts = {
        "due": figures.due,
        "drafted": figures.drafted,
        "issued": figures.issued,
        "signed": figures.signed,
        "archived": figures.archived,
        "unsigned": len(figures.unsigned),
        "overdue": figures.overdue,
    }
    return f"{counts[figure]:,}"


def next_act(data: PageData) -> str:
    """What the year's situation asks for first: draft, print or sign."""
    figures = data.figures
    if figures.drafted < figures.due or not data.all_rows:
        return "draft"
    if figures.issued < figures.drafted:
        return "print"
    return "sign"


def _matching(units: tuple[UnitStanding, ...], text: str) -> tuple[UnitStanding, ...]:
    words = text.split()
    return tuple(unit for unit in units if all(any(word in part for part in _searched(unit)) for word in words))


def _searched(unit: UnitStanding) -> tuple[str, ...]:
    return (unit.name, unit.village, unit.principal, unit.phone, unit.number or "")


def _nothing(kind: str) -> KindStatus:
    """The figures of a kind that has no campaign in the year."""
    return KindStatus(kind, KINDS[kind].label, 0, 0, 0, 0, 0, 0, None, None, 0, 0, ())
