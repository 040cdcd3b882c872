"""An empty office for the import wizard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from anjian_desktop.services.office import Office, create_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An empty office on 5 March 2026."""
    made = create_office(tmp_path / "数据", name="示例镇安监办", today=date(2026, 3, 5))
    yield made
    made.close()
