"""A sample of the windows in the largest letters on a screen of 1920×1080 at 150 %; tests/long looks at all of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.looking import look_over
from support.offices import enterprises, village

from anjian_desktop.services.agreements import DraftRequest, draft
from anjian_desktop.services.office import Office


@pytest.mark.parametrize(("scale", "font", "size"), [(1.5, "largest", "1280x720"), (1.0, "standard", "1366x768")])
def test_nothing_is_clipped_or_over_another(office: Office, tmp_path: Path, scale: float, font: str, size: str) -> None:
    village(office, "东河村")
    enterprises(office, 12, village="东河村")
    draft(office, DraftRequest(2026, "enterprise"))
    office.close()
    data = tmp_path / "镇"
    shutil.copytree(office.folder, data)
    told = look_over(data, scale, [size], [font], ["first_start", "pages", "ledgers", "hands"])
    assert told["faults"] == {}
    assert told["looked"] >= 20
