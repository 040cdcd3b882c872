"""The sample town through the command line, at a sixtieth of its size."""

from __future__ import annotations

import functools
import sys
from pathlib import Path

import pypdf
import pytest
from support.calls import CommandLine

from anjian_desktop.cli import demo
from anjian_desktop.launching import window_command
from anjian_desktop.services.demo import DemoSize, run_demo


@pytest.fixture
def hamlet(bare: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CommandLine:
    """The demo with 20 enterprises; the working folder is a fresh one."""
    small = functools.partial(run_demo, size=DemoSize(enterprises=20, bad=25, villages=4, departments=3, trained=3))
    monkeypatch.setattr(demo, "run_demo", small)
    monkeypatch.chdir(tmp_path)
    return bare


def test_the_demo_tells_its_figures_and_what_it_refused_on_purpose_is_no_failure(
    hamlet: CommandLine, tmp_path: Path
) -> None:
    told = hamlet.json("demo", "--no-window", "--out", "OUT")
    assert {"organizations", "refused", "agreements", "pages", "files", "seconds"} <= set(told)
    assert (told["organizations"], told["refused"], told["agreements"]) == (27, 25, 27)
    files = [Path(one) for one in told["files"]]
    assert all((tmp_path / one).is_file() for one in files)
    assert sum(one.suffix == ".docx" for one in files) == 27
    merged = [one for one in files if one.suffix == ".pdf"]
    assert sum(len(pypdf.PdfReader(tmp_path / one).pages) for one in merged) == told["pages"]
    there = CommandLine(hamlet.folder, hamlet.capsys)
    assert there.json("agreements", "status", "--year", 2026)["total"]["due"] == 27
    assert there.json("check")["ok"] is True


def test_the_demo_trains_workers_and_issues_certificates(hamlet: CommandLine, tmp_path: Path) -> None:
    told = hamlet.json("demo", "--no-window", "--out", "OUT")
    assert (told["workers"], told["certificates_issued"]) == (45, 10)
    assert told["training_records"] > 60 and told["certificates"] > 5
    papers = {Path(one).name for one in told["papers"]}
    assert told["commendations"] == 3 and any(one.startswith("奖状") for one in papers)
    assert len([one for one in papers if one.endswith(".pdf")]) == 10 and "证书到期提醒单.pdf" in papers
    there = CommandLine(hamlet.folder, hamlet.capsys)
    assert there.json("list", "worker")["total"] == 45
    assert there.json("list", "certificate")["total"] == told["certificates"] + 10
    lacking = there.json("training", "status")["workers"]
    assert any(one["missing_levels"] for one in lacking)
    # One unit trained everybody in all levels on one day, each with 100: both frauds are told by their rule.
    feigned = [one for one in lacking if {"T7", "T16"} <= {problem["rule"] for problem in one["problems"]}]
    assert len(feigned) == 10
    held = there.json("list", "training_session")["rows"]
    assert {one["level"] for one in held} >= {"company", "workshop", "team"}


def test_without_data_its_store_lies_in_its_own_folder_never_in_the_offices(
    hamlet: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from anjian_desktop.cli.main import run

    monkeypatch.setenv("ANJIAN_DATA", str(hamlet.folder))
    assert run(["demo", "--no-window"]) == 0
    assert "秒" in capsys.readouterr().out
    assert (tmp_path / "示例镇" / "data" / "anjian.db").exists() and not hamlet.folder.exists()


def test_a_second_run_replaces_only_a_folder_of_its_own_and_only_when_told(hamlet: CommandLine, tmp_path: Path) -> None:
    assert hamlet("demo", "--no-window", "--out", "OUT").code == 0
    assert hamlet("demo", "--no-window", "--out", "OUT").code == 2
    assert hamlet("demo", "--no-window", "--out", "OUT", "--again").code == 0
    (tmp_path / "照片").mkdir()
    (tmp_path / "照片" / "重要.jpg").write_bytes(b"x")
    done = hamlet("demo", "--no-window", "--out", "照片", "--again")
    assert done.code == 2 and (tmp_path / "照片" / "重要.jpg").read_bytes() == b"x"


def test_an_office_of_its_own_is_never_the_demos(anjian: CommandLine, hamlet: CommandLine, tmp_path: Path) -> None:
    anjian("add", "village", "村名=东河村")
    assert anjian("demo", "--no-window", "--out", "OUT", "--again").code == 2
    assert anjian.json("list", "village")["total"] == 1


def test_where_a_screen_is_the_window_opens_on_the_samples_data(
    hamlet: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr("subprocess.Popen", lambda words, **_: started.append(words))
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":99")
    assert hamlet("demo", "--out", "OUT").code == 0
    assert started == [[*window_command(), "--data", str(hamlet.folder), "--today", "2026-01-05"]]
    monkeypatch.delenv("DISPLAY")
    assert hamlet("demo", "--out", "OUT", "--again").code == 0
    assert len(started) == (2 if sys.platform in ("win32", "darwin") else 1)
