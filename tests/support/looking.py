"""The look over every scene, in a process of its own: Qt takes its scale once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def look_over(
    data: Path, scale: float, sizes: Sequence[str], fonts: Sequence[str], scenes: Sequence[str] = ()
) -> dict[str, Any]:
    """What `look_over.py` found: {"looked": pictures, "faults": {"font size scene": [what, …]}}."""
    looked, faults = 0, {}
    for size in sizes:
        told = _look(data, scale, size, fonts, scenes)
        looked += told["looked"]
        faults |= told["faults"]
    return {"looked": looked, "faults": faults}


def _look(data: Path, scale: float, size: str, fonts: Sequence[str], scenes: Sequence[str]) -> dict[str, Any]:
    width, height = (round(int(one) * scale) for one in size.split("x"))
    with tempfile.TemporaryDirectory() as scratch:
        # Without it the screen is a square of 800, and Qt never makes a dialog larger than two thirds of its screen.
        screen = Path(scratch) / "screen.json"
        screen.write_text(
            json.dumps({"screens": [{"name": "one", "x": 0, "y": 0, "width": width, "height": height}]}),
            encoding="utf-8",
        )
        done = subprocess.run(
            [
                sys.executable,
                str(Path(__file__).with_name("look_over.py")),
                str(data),
                size,
                ",".join(fonts),
                *scenes,
            ],
            env={
                **os.environ,
                "QT_SCALE_FACTOR": str(scale),
                "QT_QPA_PLATFORM": f"offscreen:configfile={screen.as_posix()}",
            },
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=1800,
        )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told
