"""Rounds of a killed restore, run by a program of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from anjian_desktop.ledgers.organization import Village
from anjian_desktop.storage.backup import backup
from anjian_desktop.storage.upgrade import open_store


def killed_restores(store_folder: Path, tmp_path: Path, *, every: int) -> dict[str, int]:
    """Restore to one village instead of two, killed before every so many-th step; how the rounds ended."""
    database = open_store(store_folder)
    with database.transaction("新增") as tx:
        tx.add(Village, {"name": "东河村"})
    file = backup(database).file
    with database.transaction("新增") as tx:
        tx.add(Village, {"name": "西山村"})
    database.close()
    scratch = tmp_path / "rounds"
    scratch.mkdir()
    (scratch / "new.json").write_text(json.dumps(["东河村"]), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("killing.py"), store_folder, file, scratch, str(every)],
        capture_output=True, text=True, encoding="utf-8", timeout=300, check=True,
    )  # fmt: skip
    told: dict[str, int] = json.loads(done.stdout)
    return told
