"""One command makes the pictures; here one scene in one size."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

from anjian_desktop.services.office import Office


def test_the_command_draws_a_scene(office: Office, tmp_path: Path) -> None:
    out = tmp_path / "图"
    command = [sys.executable, "-m", "ui.screenshots", "--out", str(out), "--data", str(office.folder)]
    root = Path(__file__).parents[2]
    drawn = [*command, "--only", "saying", "--screen", "1366x768-100"]
    done = subprocess.run(drawn, cwd=root, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    sizes = {file.name: QImage(str(file)).size().toTuple() for file in out.iterdir()}
    assert sizes == {"message-1366x768-100.png": (1366, 768), "toast-1366x768-100.png": (1366, 768)}
