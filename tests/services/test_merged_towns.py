"""Templates of all three dialects for a small town: nothing of one unit ever stands on another's page."""

from __future__ import annotations

from pathlib import Path

import pytest

from anjian_desktop.services.office import Office
from tests.support.merged_towns import merge_a_town


@pytest.mark.parametrize("dialect", ["mergefield", "brace", "blank"])
def test_every_page_carries_its_own_units_name_and_number(office: Office, tmp_path: Path, dialect: str) -> None:
    assert merge_a_town(office, tmp_path, dialect, 60, coded=8) >= 120
