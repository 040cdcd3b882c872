"""A bare Windows interpreter for tests: the shipped runtime, the test tools beside it, the sources in the place of the program."""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
import zipfile
from pathlib import Path

from installer import locked
from installer.windows import runtime
from installer.windows.wine import HERE, Wine

_TOOLS = ("pytest", "pytest-qt", "hypothesis", "colorama")
_QT_FOR_TESTS = ("QtTest.pyd", "Qt6Test.dll", "plugins/platforms/qoffscreen.dll")


def make_interpreter(stage: Path, wine: Wine) -> Path:
    """Lay out python.exe with all it needs under `wine.folder`, fresh. Returns it."""
    place = wine.folder / "interpreter"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(stage / "runtime", place / "runtime")
    tools = place / "tools"
    pins = locked.pins_for(_TOOLS, locked.WINDOWS)
    locked.install(pins.values(), tools, platform=runtime.PLATFORM, python="3.11", work=place)
    qt = place / "qt"
    pin = locked.run_time_pins(locked.WINDOWS)["pyside6-essentials"]
    locked.install([pin], qt, platform=runtime.PLATFORM, python="3.11", work=place)
    for name in _QT_FOR_TESTS:
        shutil.copyfile(qt / "PySide6" / name, place / "runtime" / "site-packages" / "PySide6" / name)
    shutil.rmtree(qt)
    _sqlite_for_tests(stage, place)
    # Qt's offscreen screen looks for fonts here and warns where there are none.
    fonts = place / "runtime" / "site-packages" / "PySide6" / "lib" / "fonts"
    shutil.copytree(locked.HOME / "resources" / "fonts", fonts, ignore=shutil.ignore_patterns("*.py", "*.md", "*.txt"))
    library = f"python{runtime.version_digits()}"
    lines = [
        f"{library}.zip",
        "DLLs",
        "site-packages",
        r"..\tools",
        wine.windows_path(locked.HOME),
        wine.windows_path(locked.HOME / "tests"),
    ]
    (place / "runtime" / f"{library}._pth").write_text("\n".join(lines) + "\n", encoding="utf-8")
    python = place / "python.exe"
    subprocess.run(
        [runtime.COMPILER, "-O2", "-s", "-municode", "-mconsole", "-DCONSOLE", "-DPLAIN", f'-DPYTHON_DLL=L"{library}.dll"',
         "-finput-charset=utf-8", "-o", str(python), str(HERE / "launcher.c"), "-lshell32"],
        check=True,
    )  # fmt: skip
    return python


def _sqlite_for_tests(stage: Path, place: Path) -> None:
    """The standard library's own SQLite, which is not shipped: some tests look into a store with it from outside."""
    carrier = next((stage.parent / "scratch" / "wheels").glob("panda3d-*.whl"))
    with zipfile.ZipFile(carrier) as opened:
        for name in ("_sqlite3.pyd", "sqlite3.dll"):
            (place / "runtime" / "DLLs" / name).write_bytes(opened.read(f"deploy_libs/{name}"))
    source = Path(sysconfig.get_path("stdlib")) / "sqlite3"
    shutil.copytree(source, place / "tools" / "sqlite3", ignore=shutil.ignore_patterns("__pycache__", "test"))
