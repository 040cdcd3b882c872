"""1,200 damaged, odd and hostile files, one after the other into one store, which is whole afterwards."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.calls import CommandLine
from support.hostile_imports import import_whatever


def test_twelve_hundred_files_leave_the_store_whole(anjian: CommandLine, tmp_path: Path) -> None:
    became: Counter[str] = Counter()

    @settings(max_examples=1200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(seed=st.integers(0, 2**32))
    def bring(seed: int) -> None:
        became[import_whatever(anjian, tmp_path, Random(seed))] += 1

    bring()
    print(dict(became))
    assert became["read"] > 300 and became["refused"] > 300
    checked = anjian.json("check", "--full")
    assert checked["ok"], checked
