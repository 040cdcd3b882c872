"""Pictures of every page, dialog and state in both sizes, by one command: `python -m ui.screenshots --out DIR`."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

TODAY = date(2026, 3, 5)


@dataclass(frozen=True)
class Screen:
    """A screen: its size in device pixels and how many of them make one pixel of the window."""

    name: str
    width: int
    height: int
    scale: float


SCREENS = (Screen("1366x768-100", 1366, 768, 1.0), Screen("1920x1080-150", 1920, 1080, 1.5))


def main(argv: Sequence[str] | None = None) -> int:
    """Make the pictures; the exit code. Without --data the sample town is made first, in a temporary folder."""
    parser = argparse.ArgumentParser(prog="python -m ui.screenshots")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--only", default="", help="only scenes whose name contains this")
    parser.add_argument("--screen", choices=[screen.name for screen in SCREENS], help=argparse.SUPPRESS)
    given = parser.parse_args(argv)
    given.out.mkdir(parents=True, exist_ok=True)
    if given.screen:
        screen = next(one for one in SCREENS if one.name == given.screen)
        return _draw(given.data, given.out, screen, given.only)
    with tempfile.TemporaryDirectory() as scratch:
        data = given.data or _sample_town(Path(scratch))
        for screen in SCREENS:
            # A process of its own for each: Qt takes its scale once, when it starts.
            environment = {**os.environ, "QT_SCALE_FACTOR": str(screen.scale), "QT_QPA_PLATFORM": "offscreen"}
            command = [sys.executable, "-m", "ui.screenshots", "--out", str(given.out), "--data", str(data)]
            subprocess.run(
                [*command, "--screen", screen.name, "--only", given.only], env=environment, check=True, timeout=600
            )
    return 0


def _sample_town(folder: Path) -> Path:
    from anjian_desktop.services.demo import DemoSize, run_demo

    out = folder / "示例镇"
    return run_demo(out, out / "data", today=TODAY, size=DemoSize(300, 12, 16, 10)).data


def _draw(data: Path, out: Path, screen: Screen, only: str) -> int:
    # Qt reads its scale when it is imported: only in the process that draws.
    from PySide6.QtCore import QSize

    from ui import theme
    from ui.app import make_application
    from ui.screenshot_scenes import SCENES, Studio

    app = make_application()
    theme.apply_theme(app)
    size = QSize(round(screen.width / screen.scale), round(screen.height / screen.scale))
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "data"
        shutil.copytree(data, copy)
        studio = Studio(copy, Path(scratch), size, TODAY)
        for scene in (one for one in SCENES if only in one.__name__):
            for name, picture in scene(studio):
                picture.save(str(out / f"{name}-{screen.name}.png"))
        studio.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
