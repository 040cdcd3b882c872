"""What both packages have in common: our own files, and the sizes of a staged tree."""

from __future__ import annotations

import shutil
from pathlib import Path

from installer import locked

PROGRAM_PACKAGES = ("anjian_desktop", "ui", "resources")
_NOT_SHIPPED = (
    "make_*.py",
    "styles_xml.py",
    "agreement_text.py",
    "text_z*.py",
    "project_characters.txt",
    "screenshot*.py",
    "__pycache__",
)
_MIGRATIONS = "anjian_desktop/storage/migrations/"


def copy_program(target: Path, *, home: Path = locked.HOME) -> None:
    """Our own packages, without what only makes or tests them."""
    for name in PROGRAM_PACKAGES:
        shutil.copytree(home / name, target / name, ignore=shutil.ignore_patterns(*_NOT_SHIPPED))


def is_migration(file: Path) -> bool:
    """Whether a file of the program must stay source: Alembic looks for its revisions as such."""
    return file.as_posix().startswith(_MIGRATIONS)


def print_sizes(stage: Path) -> None:
    """Megabytes by part, largest first."""
    parts: dict[str, int] = {}
    count = 0
    for file in stage.rglob("*"):
        if file.is_file() and not file.is_symlink():
            pieces = file.relative_to(stage).parts
            depth = 3 if "site-packages" in pieces[:2] and pieces[0] != "site-packages" else 2
            name = "/".join(pieces[:depth]) if len(pieces) > 1 else pieces[0]
            parts[name] = parts.get(name, 0) + file.stat().st_size
            count += 1
    whole = sum(parts.values())
    for name, size in sorted(parts.items(), key=lambda part: -part[1]):
        if size > whole / 200:
            print(f"  {size / 1e6:7.1f} MB  {name}")
    print(f"  {whole / 1e6:7.1f} MB  together, {count} files")
