"""The look over every scene, in a process of its own: Qt takes its scale once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def look_over(
    data: Path, scale: float, sizes: Sequence[str], fonts: Sequence[str], scenes: Sequence[str] = ()
) -> dict[str, Any]:
    """What `look_over.py` found: {"looked": pictures, "faults": {"font size scene": [what, …]}}."""
    done = subprocess.run(
        [
            sys.executable,
            str(Path(__file__).with_name("look_over.py")),
            str(data),
            ",".join(sizes),
            ",".join(fonts),
            *scenes,
        ],
        env={**os.environ, "QT_SCALE_FACTOR": str(scale), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=1800,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told
