"""At least 95 of 100 invented rosters, and lists headed as others head them, are read with the right heading row, columns and rows."""

from __future__ import annotations

from random import Random

from headings.corpus import roster_file
from headings.found import found_files
from headings.judging import wrongs_of


def test_at_least_95_of_100_rosters_are_read_right() -> None:
    wrong = {seed: told for seed in range(160) if (told := wrongs_of(roster_file(Random(seed))))}
    assert len(wrong) <= 8, wrong


def test_lists_headed_as_elsewhere_are_read_in_every_dress() -> None:
    wrong = [told for place, one in enumerate(found_files()) if place % 4 == 0 and (told := wrongs_of(one))]
    assert not wrong
