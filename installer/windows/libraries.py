"""The libraries the Windows program carries: unpacked from hash-checked wheels, only the used part of Qt kept."""

from __future__ import annotations

import fnmatch
import shutil
from pathlib import Path

from installer import locked
from installer.windows.pe import read_pe
from installer.windows.runtime import PLATFORM

QT_KEPT = (
    "__init__.py", "_config.py", "_git_pyside_version.py", "pyside6.abi3.dll",
    *(f"Qt{name}.pyd" for name in ("Core", "Gui", "Widgets", "Network", "PrintSupport", "Svg")),
    *(f"Qt6{name}.dll" for name in ("Core", "Gui", "Widgets", "Network", "PrintSupport", "Svg")),
    "plugins/platforms/qwindows.dll", "plugins/styles/*.dll", "plugins/iconengines/qsvgicon.dll",
    "plugins/imageformats/qjpeg.dll", "plugins/imageformats/qico.dll", "plugins/imageformats/qsvg.dll",
    "translations/qtbase_zh_CN.qm",
)  # fmt: skip
"""All of PySide6 that is shipped. What a kept file asks for and is not here fails the build (`unmet`)."""

_DROPPED = (
    "bin/*", "Scripts/*", "share/*", "*.pyi", "*/py.typed", "py.typed", "*.pxd", "*.pyx", "*.c", "*.h", "*.cpp", "*.hpp",
    "*.lib", "*.exe", "*/tests/*", "*/test/*", "lxml/includes/*", "lxml/isoschematron/resources/*",
    "PIL/_avif*", "PIL/_webp*", "PIL/_imagingtk*", "PIL/_imagingcms*", "PIL/_imagingft*", "PIL/_tkinter_finder*",
    "shiboken6/msvcp140*", "shiboken6/vcruntime140*", "shiboken6/concrt140*", "shiboken6/vc*140.dll", "shiboken6/include/*",
    "sqlalchemy/testing/*", "alembic/templates/*", "alembic/testing/*", "mypyc/*",
)  # fmt: skip
_KEPT_OF_INFORMATION = ("METADATA", "entry_points.txt")

_SYSTEM_NAMES = """
advapi32 authz bcrypt bcryptprimitives comdlg32 crypt32 d3d11 d3d12 d3d9 dnsapi dwmapi dwrite dxgi gdi32 icuuc imm32
iphlpapi kernel32 mpr msvcrt netapi32 ntdll ole32 oleaut32 rpcrt4 secur32 setupapi shell32 shlwapi
uiautomationcore user32 userenv uxtheme version winhttp winmm winspool.drv ws2_32 wtsapi32
"""
_SYSTEM = frozenset(name if "." in name else f"{name}.dll" for name in _SYSTEM_NAMES.split())
"""What the program asks of Windows itself: libraries every Windows 10 1809 has (icuuc since 1703)."""


def install(target: Path, work: Path) -> None:
    """Unpack the locked wheels for Windows into `target` and drop what the program does not use."""
    pins = locked.run_time_pins(locked.WINDOWS)
    locked.install(pins.values(), target, platform=PLATFORM, python="3.11", work=work)
    qt = target / "PySide6"
    for file in sorted(qt.rglob("*")):
        name = file.relative_to(qt).as_posix()
        if file.is_file() and not any(fnmatch.fnmatchcase(name, kept) for kept in QT_KEPT):
            file.unlink()
    for file in sorted(target.rglob("*")):
        name = file.relative_to(target).as_posix()
        if file.is_file() and any(fnmatch.fnmatchcase(name, dropped) for dropped in _DROPPED):
            file.unlink()


def drop_information(target: Path) -> None:
    """Leave of every .dist-info what the program reads at run time: its name and version."""
    for folder in target.glob("*.dist-info"):
        for file in folder.rglob("*"):
            if file.is_file() and file.name not in _KEPT_OF_INFORMATION:
                file.unlink()


def drop_empty_folders(target: Path) -> None:
    """Remove folders that nothing is left in."""
    for folder in sorted((path for path in target.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            shutil.rmtree(folder)


def unmet(program: Path) -> dict[str, set[str]]:
    """Program file -> libraries it asks for that neither the package nor Windows has; empty when all is there."""
    files = [file for file in program.rglob("*") if file.suffix.lower() in {".dll", ".pyd", ".exe"}]
    present = {file.name.lower() for file in files}
    lacking = {}
    for file in files:
        asked = {name for name in read_pe(file).imports if not name.startswith(("api-ms-win-", "ext-ms-"))}
        if missing := asked - present - _SYSTEM:
            lacking[file.relative_to(program).as_posix()] = missing
    return lacking
