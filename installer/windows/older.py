"""An older version of the program to upgrade from: the newest one in the history whose data still wanted a migration."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from pathlib import Path

from installer import locked
from installer.bytecode import compile_in_place, fix_dates
from installer.program_files import PROGRAM_PACKAGES, copy_program, is_migration

_REVISIONS = "anjian_desktop/storage/migrations/versions"


def older_stage(stage: Path, work: Path) -> tuple[Path, str]:
    """A copy of `stage` with the sources of before the last migration, and that migration's name.

    Without the history (a copy of the sources alone) it is the same program, and the name is empty.
    """
    older = work / "older" / "program"
    shutil.rmtree(older.parent, ignore_errors=True)
    shutil.copytree(stage, older)
    (older.parent / "scratch").mkdir()
    shutil.copyfile(stage.parent / "scratch" / "app.ico", older.parent / "scratch" / "app.ico")
    last = sorted((locked.HOME / _REVISIONS).glob("[0-9]*.py"))[-1]
    added = _git("log", "--diff-filter=A", "--format=%H", "-n1", "--", f"{_REVISIONS}/{last.name}").decode().strip()
    archive = _git("archive", f"{added}^", *PROGRAM_PACKAGES) if added and not last.name.startswith("0001") else b""
    if not archive:
        return older, ""
    sources = work / "older" / "sources"
    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
        # Debian's Python 3.11.2 has no filters yet; the archive is this repository's own.
        opened.extractall(sources, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
    app = older / "app"
    shutil.rmtree(app)
    copy_program(app, home=sources)
    compile_in_place(app, keep_source=lambda file: is_migration(file.relative_to(app)))
    fix_dates(older)
    return older, last.stem


def _git(*arguments: str) -> bytes:
    if shutil.which("git") is None:
        return b""
    done = subprocess.run(["git", *arguments], cwd=locked.HOME, capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else b""
