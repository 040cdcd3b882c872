"""The house rules that a machine can check: who imports whom, file lengths, no addresses in the lock."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = sorted([*ROOT.glob("anjian_desktop/**/*.py"), *ROOT.glob("ui/**/*.py")])


def test_imports_run_one_way() -> None:
    checked = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_file_stays_short_enough_to_read() -> None:
    lengths = {_name(file): len(file.read_text(encoding="utf-8").splitlines()) for file in PROGRAM}
    assert {name: length for name, length in lengths.items() if length >= 400} == {}


def test_every_module_opens_with_what_it_is_responsible_for() -> None:
    opened = {_name(file): file.read_text(encoding="utf-8").lstrip()[:3] for file in PROGRAM if file.stat().st_size}
    assert {name for name, start in opened.items() if start != '"""'} == set()


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_what_benches_and_measures_take_from_the_program_is_there() -> None:
    """They are not in the default run: a name moved away would show only when somebody measures again."""
    missing = []
    for file in sorted(
        [*ROOT.glob("tests/bench/*.py"), *ROOT.glob("tests/faithfulness/*.py"), *ROOT.glob("tests/long/*.py")]
    ):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("anjian_desktop"):
                module = importlib.import_module(node.module or "")
                held = {*dir(module), *(one.name for one in pkgutil.iter_modules(getattr(module, "__path__", ())))}
                missing += [(_name(file), node.module, one.name) for one in node.names if one.name not in held]
    assert missing == []


def test_the_lock_pins_by_hash_and_names_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock and "--index" not in lock and "--find-links" not in lock
    pins = re.split(r"\n(?=\S)", lock.strip())
    assert all("--hash=sha256:" in pin for pin in pins)


def test_the_lock_holds_every_dependency_of_the_project() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    names = {re.match(r"[A-Za-z0-9_-]+", one)[0].lower().replace("_", "-") for one in wanted}  # type: ignore[index]
    locked = {
        line.split("==")[0]
        for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
        if "==" in line
    }
    assert names <= locked
