"""Real stores in temporary folders, with a clock that ticks when told to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from anjian_desktop.storage.database import Database
from anjian_desktop.storage.upgrade import create_store

TODAY = datetime(2026, 3, 5, 1, 30)
"""The moment (UTC) at which every test's store is made."""


class FixedClock:
    """Stands still until `advance`."""

    def __init__(self, now: datetime = TODAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **amount: int) -> None:
        """Let time pass: `advance(days=1)`."""
        self.now += timedelta(**amount)


@pytest.fixture
def clock() -> FixedClock:
    """The store's clock."""
    return FixedClock()


@pytest.fixture(scope="session")
def _empty_store(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a store just made: half a second of migrations, paid once for all tests."""
    folder = tmp_path_factory.mktemp("empty") / "data"
    create_store(folder, clock=FixedClock()).close()
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture
def store_folder(tmp_path: Path, _empty_store: dict[str, bytes]) -> Path:
    """A folder with an empty store that nobody has opened yet."""
    folder = tmp_path / "安监 数据"
    folder.mkdir()
    for name, content in _empty_store.items():
        (folder / name).write_bytes(content)
    for name in ("backups", "attachments"):
        (folder / name).mkdir()
    return folder


@pytest.fixture
def database(store_folder: Path, clock: FixedClock) -> Iterator[Database]:
    """An open, empty store; closed after the test, and no transaction may then be open."""
    opened = Database(store_folder, clock=clock)
    yield opened
    assert not opened.is_writing, "the test left a transaction open"
    opened.close()
