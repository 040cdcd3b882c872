"""Backups are thinned by count: 7 days, 4 weeks, 12 months, and nothing goes because a clock was wrong."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.stores import FixedClock

from anjian_desktop.ledgers.organization import Village
from anjian_desktop.storage.backup import backup, list_backups
from anjian_desktop.storage.database import Database
from anjian_desktop.storage.retention import BEFORE_ACTS, LATEST, Made, kept, thin

FIRST = datetime(2026, 1, 1, 8, tzinfo=UTC)


def year(jumps: dict[int, timedelta]) -> list[Made]:
    """A backup a day for a year, thinned each day; `jumps` is what the clock was wrong by on a day."""
    stay: list[Made] = []
    for day in range(365):
        stay.append(Made(day, FIRST + timedelta(days=day) + jumps.get(day, timedelta())))
        orders = kept(stay)
        stay = [one for one in stay if one.order in orders]
    return stay


def test_a_year_of_backups_becomes_seven_days_four_weeks_twelve_months() -> None:
    stay = year({})
    days = [one.at.date() for one in stay]
    newest = FIRST.date() + timedelta(days=364)
    assert days[-7:] == [newest - timedelta(days=n) for n in range(6, -1, -1)]
    assert len({day.isocalendar()[:2] for day in days}) >= 4
    assert {day.month for day in days} == set(range(1, 13))
    assert len(days) <= 7 + 4 + 12
    assert set(Counter(days).values()) == {1}


@pytest.mark.parametrize("wrong", [-4000, -1, 1, 400, 4000])
def test_a_clock_that_was_wrong_for_some_days_deletes_nothing_that_would_have_stayed(wrong: int) -> None:
    jumps = {day: timedelta(days=wrong) for day in range(300, 303)}
    right, off = {one.order for one in year({})}, {one.order for one in year(jumps)}
    assert not right - off - set(jumps)


def test_a_clock_that_stands_still_leaves_the_last_seven() -> None:
    stay = year({day: timedelta(days=-day) for day in range(365)})
    assert {one.order for one in stay} >= set(range(365 - LATEST, 365))


@given(st.lists(st.tuples(st.integers(-3000, 3000), st.booleans()), min_size=1, max_size=60))
def test_the_last_ones_always_stay_and_what_stays_is_bounded_when_dates_rise(days: list[tuple[int, bool]]) -> None:
    made = [Made(n, FIRST + timedelta(days=day), act) for n, (day, act) in enumerate(days)]
    assert kept(made) >= {one.order for one in made[-LATEST:]}
    rising = [Made(n, FIRST + timedelta(days=day), act) for n, (day, act) in enumerate(sorted(days))]
    assert len(kept(rising)) <= 7 + 4 + 12 + LATEST + BEFORE_ACTS
    assert kept([one for one in rising if one.order in kept(rising)]) <= kept(rising)


def test_only_the_programs_own_files_are_thinned(database: Database, clock: FixedClock) -> None:
    home = database.folder / "backups"
    with database.transaction("新增") as tx:
        tx.add(Village, {"name": "东河村"})
    backup(database, home / "年底留存.db")
    made = []
    for _ in range(12):
        clock.advance(hours=1)
        made.append(backup(database).file.name)
    made.append(backup(database, label="before-import").file.name)
    (home / "重要.xlsx").write_bytes(b"the clerk's own")
    (home / "anjian-20200101-000000.db.json").write_text("{}")
    gone = thin(database.folder)
    assert gone == made[: len(gone)] and len(gone) == 13 - LATEST
    left = {path.name for path in home.iterdir()}
    assert {"重要.xlsx", "年底留存.db", "年底留存.db.json", made[-1], made[-2]} <= left
    assert "anjian-20200101-000000.db.json" not in left
    assert len(list_backups(database.folder)) == 1 + LATEST
    assert thin(database.folder) == []


def test_the_order_of_making_is_kept_when_the_clock_goes_back(database: Database, clock: FixedClock) -> None:
    chosen = random.Random(990001)
    files = []
    for _ in range(6):
        clock.now = datetime(2026, 1, 1) + timedelta(days=chosen.randrange(-900, 900))
        files.append(backup(database).file)
    orders = {one.file: one.order for one in list_backups(database.folder)}
    assert [orders[file] for file in files] == [1, 2, 3, 4, 5, 6]


def test_a_manifest_without_its_place_is_ordered_by_date(database: Database, clock: FixedClock, tmp_path: Path) -> None:
    import json

    file = backup(database).file
    manifest = file.with_name(file.name + ".json")
    said = json.loads(manifest.read_text("utf-8"))
    del said["order"]
    manifest.write_text(json.dumps(said), encoding="utf-8")
    assert [one.order for one in list_backups(database.folder)] == [0]
    assert thin(database.folder) == []
