"""The packages carry what the program needs on their system, and nothing that only tests it."""

from __future__ import annotations

from installer import locked


def test_the_windows_package_has_what_the_program_needs() -> None:
    pins = locked.run_time_pins(locked.WINDOWS)
    assert {"pyside6-essentials", "shiboken6", "sqlcipher3", "sqlalchemy", "pypdfium2"} <= set(pins)


def test_no_test_tool_is_shipped() -> None:
    for system in (locked.WINDOWS, locked.LINUX):
        assert not {"pytest", "pytest-qt", "hypothesis", "mypy", "ruff", "import-linter"} & set(
            locked.run_time_pins(system)
        )


def test_every_shipped_package_is_pinned_by_hash_and_its_marker_is_settled() -> None:
    for pin in locked.run_time_pins(locked.WINDOWS).values():
        assert "--hash=sha256:" in pin
        assert ";" not in pin
