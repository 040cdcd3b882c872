"""Every page, dialog and state × 5 scales × 3 sizes of letters × 2 screens: nothing clipped, over another or outside."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from support.looking import look_over

from anjian_desktop.services.demo import DemoSize, run_demo


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("town") / "示例镇"
    return run_demo(out, out / "data", today=date(2026, 3, 5), size=DemoSize(60, 8, 12, 6)).data


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 1.75, 2.0])
def test_every_window_in_every_size(town: Path, scale: float) -> None:
    told = look_over(town, scale, ["1366x768", "1280x720"], ["standard", "large", "largest"])
    assert told["faults"] == {}
    assert told["looked"] >= 6 * 50
