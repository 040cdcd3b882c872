"""Which of the locked packages the program itself needs on a system: the closure of its dependencies, tests left out."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOME = Path(__file__).resolve().parent.parent

WINDOWS = {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows", "platform_machine": "AMD64"}
LINUX = {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux", "platform_machine": "x86_64"}


def version() -> str:
    """The program's version, from pyproject.toml."""
    return str(_project()["version"])


def run_time_pins(system: Mapping[str, str]) -> dict[str, str]:
    """Package name -> its lock entry (`name==version` and hashes) for running the program on `system`."""
    return pins_for(_dependencies(), system)


def pins_for(roots: Iterable[str], system: Mapping[str, str]) -> dict[str, str]:
    """The lock entries of the named packages and of all they need on `system`.

    Markers are settled here, for pip settles them for the machine it runs on, whatever platform it downloads for.
    """
    locked = {canonicalize_name(pin.partition("==")[0]): pin for pin in _pins()}
    environment = {**default_environment(), **system, "extra": ""}
    wanted: dict[str, str] = {}
    waiting = [Requirement(one) for one in roots]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in wanted or (requirement.marker and not requirement.marker.evaluate(environment)):
            continue
        if name not in locked:
            raise SystemExit(f"{name} is needed but not in requirements.lock")
        wanted[name] = _without_marker(locked[name])
        waiting += [Requirement(one) for one in _requires(name)]
    return dict(sorted(wanted.items()))


def install(pins: Iterable[str], target: Path, *, platform: Iterable[str], python: str, work: Path) -> None:
    """Unpack the pinned wheels of another platform into `target`; every hash is checked by pip."""
    chosen = work / "requirements-run.txt"
    chosen.write_text("\n".join(pins) + "\n", encoding="utf-8")
    pip(
        "install", "--no-deps", "--no-compile", "--require-hashes", "--target", str(target), "--upgrade",
        *_for(platform, python), "-r", str(chosen),
    )  # fmt: skip


def download(lock: Path, target: Path, *, platform: Iterable[str], python: str) -> None:
    """Fetch the wheels of a lock into `target` without unpacking them."""
    pip("download", "--no-deps", "--require-hashes", "-d", str(target), *_for(platform, python), "-r", str(lock))


def pip(*arguments: str) -> None:
    """Run pip quietly; its own words and a failed build when it fails."""
    command = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(done.stdout + done.stderr)


def _for(platform: Iterable[str], python: str) -> list[str]:
    tags = [f"--platform={one}" for one in platform]
    return ["--only-binary=:all:", "--python-version", python, "--implementation", "cp", *tags]


def _requires(name: str) -> list[str]:
    try:
        return requires(name) or []
    except PackageNotFoundError:
        # Only on the other system and so not installed here: colorama, which needs nothing.
        return []


def _pins() -> list[str]:
    text = (HOME / "requirements.lock").read_text(encoding="utf-8")
    return [pin for pin in re.split(r"\n(?=\S)", text.strip()) if not pin.startswith("#")]


def _without_marker(pin: str) -> str:
    return re.sub(r" *;[^\\\n]*", " ", pin, count=1)


def _dependencies() -> list[str]:
    found = _project()["dependencies"]
    assert isinstance(found, list)
    return [str(one) for one in found]


def _project() -> dict[str, object]:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert isinstance(project, dict)
    return project
