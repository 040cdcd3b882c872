"""The same for a town of 1,170 units, every page code read."""

from __future__ import annotations

from pathlib import Path

import pytest

from anjian_desktop.services.office import Office
from tests.support.merged_towns import merge_a_town


@pytest.mark.parametrize("dialect", ["mergefield", "brace", "blank"])
def test_every_page_of_a_whole_town_is_its_own_units(office: Office, tmp_path: Path, dialect: str) -> None:
    assert merge_a_town(office, tmp_path, dialect, 1170, coded=10_000) >= 2340
