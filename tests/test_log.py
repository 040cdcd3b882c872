"""The log and the crash reports: useful to the developers, empty of anybody's data."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest

from anjian_desktop.log import LOGGER, crash_report, logging_to, scrub, write_crash_report

SECRETS = ("张三", "13900001234", "990001198503120015", "99000119880815008X", "91990001MA00000157")


def failing() -> None:
    try:
        int("张三 13900001234")
    except ValueError as first:
        raise KeyError("990001198503120015") from first


def caught() -> BaseException:
    try:
        failing()
    except KeyError as error:
        return error
    raise AssertionError


def test_names_codes_and_phones_do_not_reach_the_log(tmp_path: Path) -> None:
    with logging_to(tmp_path):
        for secret in SECRETS:
            LOGGER.warning("row %s saved", secret)
            LOGGER.warning(f"row {secret} saved")
        LOGGER.error("bug", exc_info=caught())
    written = (tmp_path / "anjian.log").read_text(encoding="utf-8")
    assert not any(secret in written for secret in SECRETS)
    assert written.count("row … saved") == 2 * len(SECRETS)
    assert "KeyError" in written and "tests/test_log.py" in written and "failing" in written


def test_a_crash_report_names_the_places_and_the_causes_without_the_values(tmp_path: Path) -> None:
    file = write_crash_report(caught(), tmp_path / "logs")
    assert file is not None
    told = file.read_text(encoding="utf-8")
    assert "builtins.KeyError" in told and "builtins.ValueError" in told and "failing" in told
    assert not any(secret in told for secret in SECRETS)
    assert str(Path.home()) not in told and sys.prefix not in told


def test_an_sql_errors_values_stay_out_of_the_report() -> None:
    from sqlalchemy.exc import IntegrityError

    error = IntegrityError(
        "INSERT INTO worker VALUES (?)", ("Zhang San",), ValueError("UNIQUE constraint failed: worker.name")
    )
    told = crash_report(error)
    assert "UNIQUE constraint failed" in told and "Zhang San" not in told and "INSERT" not in told


def test_a_folder_that_cannot_be_written_gives_no_log_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with logging_to(tmp_path / "file" / "logs"):
        LOGGER.warning("unseen")
    assert write_crash_report(caught(), tmp_path / "file" / "logs") is None


def test_the_log_goes_round_and_stays_small(tmp_path: Path) -> None:
    with logging_to(tmp_path):
        for _ in range(800):
            LOGGER.info("x" * 10_000)
    files = list(tmp_path.iterdir())
    assert 2 <= len(files) <= 6
    assert all(file.stat().st_size <= 1_050_000 for file in files)


def test_a_log_that_cannot_be_turned_round_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    def held(source: str, target: str) -> None:
        raise PermissionError("another process has the file open")

    with logging_to(tmp_path):
        monkeypatch.setattr(os, "replace", held)
        for _ in range(150):
            LOGGER.info("x" * 10_000)
        monkeypatch.undo()
        LOGGER.info("the last line")
    assert "the last line" in (tmp_path / "anjian.log").read_text(encoding="utf-8")


def test_outside_nothing_is_logged_and_nothing_printed(capsys: pytest.CaptureFixture[str]) -> None:
    LOGGER.error("bug", exc_info=caught())
    assert capsys.readouterr() == ("", "")
    assert all(isinstance(handler, logging.NullHandler) for handler in LOGGER.handlers)


def test_english_words_and_short_numbers_are_kept() -> None:
    assert scrub("agreements print exit 1 after 3.25 s") == "agreements print exit 1 after 3.25 s"
