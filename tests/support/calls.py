"""The command line as the tests call it: in this process, with what it printed and its exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from anjian_desktop.cli.main import run


@dataclass(frozen=True)
class Done:
    """One finished call."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object that is all of stdout."""
        return json.loads(self.out)


@dataclass(frozen=True)
class CommandLine:
    """Calls on one data folder on one day; `on` gives the same on another day."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    today: str = "2026-01-05"

    def __call__(self, *words: str | Path | int) -> Done:
        """Call with words as they are typed."""
        self.capsys.readouterr()
        code = run(["--data", str(self.folder), "--today", self.today, *map(str, words)])
        return Done(code, *self.capsys.readouterr())

    def json(self, *words: str | Path | int, code: int = 0) -> Any:
        """Call with --json; the object. The exit code must be `code`, and nothing else may stand on stdout."""
        done = self("--json", *words)
        assert done.code == code, done
        return done.json

    def on(self, today: str) -> CommandLine:
        """The same store on another day."""
        return CommandLine(self.folder, self.capsys, today)


Calling = Callable[..., Done]


@pytest.fixture
def bare(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """A folder without a store."""
    return CommandLine(tmp_path / "数据 文件夹&%", capsys)


@pytest.fixture
def anjian(bare: CommandLine, _empty_office: Path) -> CommandLine:
    """An empty office of 示例镇."""
    import shutil

    shutil.copytree(_empty_office, bare.folder)
    return bare
