"""What every test stands on: no screen, no settings or folders of whoever runs it, warnings as failures."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.calls import anjian, bare  # noqa: F401 - fixtures for every test
from support.offices import _empty_office, office  # noqa: F401 - fixtures for every test
from support.stores import _empty_store, clock, database, store_folder  # noqa: F401 - fixtures for every test


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--onscreen", action="store_true", help="show the windows of the tests on a real screen")
    parser.addoption("--long", action="store_true", help="also run tests/long: the full figures of a whole town")


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("--onscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """tests/long takes minutes: only when asked for by --long or by its path."""
    if collection_path.name == "long" and collection_path.parent == Path(__file__).parent:
        return not config.getoption("--long")
    return None


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test gets its own home: the data, settings and logs of whoever runs the tests stay untouched."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name, folder in (
        ("XDG_DATA_HOME", "share"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_CACHE_HOME", "cache"),
    ):
        monkeypatch.setenv(name, str(home / folder))
    monkeypatch.delenv("ANJIAN_DATA", raising=False)
    yield


@pytest.fixture(scope="session")
def qapp_cls() -> Callable[[list[str]], object]:
    """Whichever test needs Qt first, all get the program's own application."""
    from support.windows import program_application  # Qt: only where a test asks for it

    return program_application
