"""`anjian selftest` tries the machine, tells every part in JSON, and names what fails without touching data."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from support.calls import CommandLine

from anjian_desktop import launching
from anjian_desktop.services import selftest


@pytest.fixture
def quick_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A window process that answers at once."""
    told = json.dumps({"qt": "6.11.3", "window": "offscreen", "printers": ["办公室"]}, ensure_ascii=False)
    answer = f"import sys; open(sys.argv[2], 'wb').write({told!r}.encode())"
    monkeypatch.setattr(selftest, "window_command", lambda: [sys.executable, "-c", answer])


def test_a_sound_machine_passes(bare: CommandLine) -> None:
    found = bare.json("selftest")
    assert found["ok"] and found["problems"] == []
    assert found["store"] and found["template"] and found["code"] and found["writable"]
    assert found["pages"] >= 1
    assert found["python"].startswith("3.") and found["qt"].startswith("6.")
    assert tuple(map(int, found["sqlite"].split("."))) >= (3, 51, 3)
    assert {font["asked"] for font in found["fonts"]} >= {"仿宋_GB2312", "黑体"}
    assert isinstance(found["printers"], list)


def test_it_leaves_no_trace(bare: CommandLine, quick_window: None) -> None:
    assert bare("selftest").code == 0
    assert not bare.folder.exists()
    assert list(bare.folder.parent.iterdir()) == []


def test_it_tells_people_in_sentences(bare: CommandLine, quick_window: None) -> None:
    done = bare("selftest")
    assert "打印机：办公室" in done.out and "一切正常" in done.out


def test_a_window_that_does_not_open_is_named_and_the_rest_still_tried(
    bare: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selftest, "window_command", lambda: [sys.executable, "-c", "import sys; sys.exit(3)"])
    found = bare.json("selftest", code=1)
    assert not found["ok"] and found["store"] and found["code"]
    assert [problem.split("：")[0] for problem in found["problems"]] == ["窗口"]


def test_a_bug_in_one_part_does_not_stop_the_others(
    bare: CommandLine, quick_window: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(found: selftest.SelfTest) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(selftest._TRIALS, "字体", broken)
    found = bare.json("selftest", code=1)
    assert found["problems"] == ["字体：ZeroDivisionError"] and found["code"]


def test_an_installed_program_starts_its_window_by_the_launcher(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    launcher = tmp_path / ("anjian-desktop.exe" if sys.platform == "win32" else "anjian-desktop")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python3.11"))
    assert launching.window_command()[0] == sys.executable
    launcher.touch()
    assert launching.window_command() == [str(launcher)]
