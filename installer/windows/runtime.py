"""The Windows runtime of Python: taken from a signed copy inside a wheel, or from the official embeddable package."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path

from installer import locked
from installer.bytecode import zip_library
from installer.windows.pe import read_pe

COMPILER = "x86_64-w64-mingw32-gcc"
PLATFORM = ("win_amd64",)

_CXX = ("msvcp140.dll", "msvcp140_1.dll", "msvcp140_2.dll", "vcruntime140.dll", "vcruntime140_1.dll")
_EXTENSIONS = (
    "_asyncio", "_bz2", "_ctypes", "_decimal", "_elementtree", "_hashlib", "_lzma", "_multiprocessing", "_overlapped",
    "_queue", "_socket", "_uuid", "_zoneinfo", "pyexpat", "select", "unicodedata",
)  # fmt: skip
"""What the program needs of the compiled library. No ssl, for it never goes online; no sqlite3, for the one it ships is
too old to be trusted with data and must not be picked up by mistake: sqlcipher3 brings its own."""
_LIBRARIES = ("libffi-8.dll", "libcrypto-3.dll")
_NOT_NEEDED = re.compile(
    r"^(test|idlelib|lib2to3|tkinter|turtledemo|ensurepip|distutils|venv|pydoc_data|msilib|curses|dbm|sqlite3|wsgiref"
    r"|site-packages|dist-packages|lib-dynload|config-[^/]*|__phello__)/|^(turtle|_sysconfigdata\w*|_aix_support)\b"
    r"|/tests?/|/idle_test/"
)


@dataclass(frozen=True)
class Origin:
    """Which Python it is, and where its parts came from."""

    version: str
    told: str


def python_version() -> str:
    """`3.11`: the version this build runs, and whose bytecode it writes."""
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def version_digits() -> str:
    """`311` for Python 3.11, whose bytecode this build writes."""
    return f"{sys.version_info[0]}{sys.version_info[1]}"


def make_runtime(folder: Path, work: Path, *, given: Path | None) -> Origin:
    """Fill `folder` with the interpreter, its library and Microsoft's C++ runtime; says where it came from.

    Raises SystemExit when the build's own Python is not of the runtime's version: bytecode would not load.
    """
    libraries = folder / "DLLs"
    libraries.mkdir(parents=True)
    wheels = work / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    if given is None and version_digits() != "311":
        raise SystemExit(
            f"The locked Windows runtime is Python 3.11; this build runs {python_version()}. "
            "Build with Python 3.11, or give the official embeddable package of your version by --runtime."
        )
    locked.download(locked.HOME / "installer/windows/runtime.lock", wheels, platform=PLATFORM, python="3.11")
    _pick(next(wheels.glob("msvc_runtime-*.whl")), folder, _CXX, within="/Scripts/")
    if given is None:
        carrier = next(wheels.glob("panda3d-*.whl"))
        _pick(carrier, folder, ("python311.dll",), within="deploy_libs/")
        _pick(carrier, libraries, (*(f"{name}.pyd" for name in _EXTENSIONS), *_LIBRARIES), within="deploy_libs/")
        _forwarding_python3(folder, work)
        library = Path(sysconfig.get_path("stdlib"))
        zip_library(
            library,
            folder / "python311.zip",
            leave_out=lambda name: bool(_NOT_NEEDED.search(name)),
            work=work / "library",
        )
        origin = Origin("3.11.9", f"python311.dll from {carrier.name}, library of Python {sys.version.split()[0]}")
    else:
        origin = _from_embeddable(given, folder, libraries)
    (folder / f"python{version_digits()}._pth").write_text(
        f"python{version_digits()}.zip\nDLLs\nsite-packages\n..\\app\n", encoding="ascii"
    )
    return origin


def _pick(archive: Path, folder: Path, names: tuple[str, ...], *, within: str) -> None:
    """Take the named files out of an archive, whatever folder of it they lie in."""
    with zipfile.ZipFile(archive) as opened:
        inside = {entry.rpartition("/")[2].lower(): entry for entry in opened.namelist() if within in entry}
        for name in names:
            if name not in inside:
                raise SystemExit(f"{archive.name} has no {name}")
            (folder / name).write_bytes(opened.read(inside[name]))


def _from_embeddable(given: Path, folder: Path, libraries: Path) -> Origin:
    main, archive = f"python{version_digits()}.dll", f"python{version_digits()}.zip"
    with zipfile.ZipFile(given) as opened:
        names = set(opened.namelist())
        if main not in names or archive not in names:
            raise SystemExit(f"{given.name} is not the embeddable package of Python {python_version()}")
        for name in (main, archive, "python3.dll"):
            (folder / name).write_bytes(opened.read(name))
        for name in (*(f"{one}.pyd" for one in _EXTENSIONS), *_LIBRARIES):
            if name in names:
                (libraries / name).write_bytes(opened.read(name))
    named = re.search(r"python-(\d+\.\d+\.\d+)", given.name)
    return Origin(named[1] if named else python_version(), f"the embeddable package {given.name}")


def _forwarding_python3(folder: Path, work: Path) -> None:
    """python3.dll, which libraries built for any Python ask for: every name of it leads on to python311.dll."""
    names = [name for name in read_pe(folder / "python311.dll").exports if re.fullmatch(r"_?Py\w+", name)]
    definition, source = work / "python3.def", work / "python3.c"
    definition.write_text(
        "LIBRARY python3.dll\nEXPORTS\n" + "".join(f"{name}=python311.{name}\n" for name in names), encoding="ascii"
    )
    source.write_text(
        "int __stdcall DllMain(void *library, unsigned why, void *kept) { return 1; }\n", encoding="ascii"
    )
    subprocess.run(
        [COMPILER, "-s", "-nostdlib", "-shared", "-Wl,--entry=DllMain,--no-insert-timestamp,--disable-auto-image-base",
         "-o", str(folder / "python3.dll"), str(source), str(definition)],
        check=True,
    )  # fmt: skip
