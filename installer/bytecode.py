"""Compiles Python sources to bytecode that depends on nothing but the sources: same tree, same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

FIXED_DATE = (2026, 1, 1, 0, 0, 0)
"""The date of every file in a package: the build's own would make each build different."""
FIXED_STAMP = 1767225600

_COMPILE = """
import json, py_compile, sys
for source, target, shown in json.load(sys.stdin):
    py_compile.compile(source, target, shown, doraise=True, optimize=0, quiet=1,
                       invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
"""


def compile_files(jobs: Iterable[tuple[Path, Path, str]]) -> None:
    """Compile (source, target, name shown in tracebacks) each. Bytecode is never checked against a source again.

    One fresh interpreter without hash randomisation does them all: sets in constants keep their order.
    """
    import json

    listed = [(str(source), str(target), shown) for source, target, shown in jobs]
    for _, target, _ in listed:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    environment.pop("SOURCE_DATE_EPOCH", None)
    subprocess.run(
        [sys.executable, "-I", "-c", _COMPILE], input=json.dumps(listed), text=True, check=True, env=environment
    )


def compile_in_place(folder: Path, *, keep_source: Callable[[Path], bool]) -> None:
    """Put `name.pyc` in the place of every `name.py`; those to be kept as source stay as they are."""
    sources = [file for file in sorted(folder.rglob("*.py")) if not keep_source(file)]
    compile_files((file, file.with_suffix(".pyc"), file.relative_to(folder).as_posix()) for file in sources)
    for file in sources:
        file.unlink()


def zip_library(library: Path, target: Path, *, leave_out: Callable[[str], bool], work: Path) -> None:
    """The pure Python standard library as one uncompressed archive of bytecode (the setup file compresses it better).

    `leave_out` is asked with each path inside the library.
    """
    names = sorted(file.relative_to(library).as_posix() for file in library.rglob("*.py"))
    kept = [name for name in names if not leave_out(name)]
    compile_files((library / name, work / (name + "c"), name) for name in kept)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in kept:
            entry = zipfile.ZipInfo(name + "c", FIXED_DATE)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, (work / (name + "c")).read_bytes())


def fix_dates(folder: Path) -> None:
    """Give every file and folder the fixed date."""
    for path in (*folder.rglob("*"), folder):
        os.utime(path, (FIXED_STAMP, FIXED_STAMP), follow_symlinks=False)
