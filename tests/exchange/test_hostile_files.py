"""Damaged, odd and hostile files through the command line: no traceback, counts that add up, every refusal in words."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.calls import CommandLine
from support.hostile_imports import import_whatever


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_whatever_the_file_the_program_goes_on(
    anjian: CommandLine, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    import_whatever(anjian, tmp_path_factory.mktemp("hostile"), Random(seed))
