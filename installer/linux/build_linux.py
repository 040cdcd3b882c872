"""Builds the .deb for Debian 12 and its relatives (统信 UOS, 银河麒麟): Python, Qt and all libraries inside, nothing fetched later.

./run build-linux [--out DIR]
"""

from __future__ import annotations

import argparse
import fnmatch
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from installer import icon, licences, locked
from installer.bytecode import FIXED_STAMP, compile_files, compile_in_place, fix_dates
from installer.program_files import copy_program, is_migration, print_sizes

HOME = locked.HOME
PACKAGE = "anjian-desktop"
PLACE = Path("opt") / PACKAGE
LIMIT = 95_000_000
"""Bytes of the package; a larger one fails the build."""
PLATFORM = (*(f"manylinux_2_{n}_x86_64" for n in (34, 31, 28, 27, 26, 24, 17)), "manylinux2014_x86_64")

_PYTHON_PACKAGES = ("python3.11-minimal", "libpython3.11-minimal", "libpython3.11-stdlib")
_LIBRARY_PACKAGES = (
    "libffi8", "libssl3", "libbz2-1.0", "liblzma5", "libuuid1",
    "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-render-util0", "libxcb-util1",
    "libxcb-xkb1", "libxcb-shape0", "libxcb-randr0", "libxcb-render0", "libxcb-shm0", "libxcb-sync1", "libxcb-xfixes0",
    "libxkbcommon0", "libxkbcommon-x11-0",
)  # fmt: skip
"""What Python and Qt want and a desktop may lack or have in another version; it is carried along."""
_NEEDED_LIBRARIES = (
    "libffi.so*",
    "libcrypto.so*",
    "libbz2.so*",
    "liblzma.so*",
    "libuuid.so*",
    "libxcb-*.so*",
    "libxkbcommon*.so*",
)
_DEPENDS = (
    "libc6 (>= 2.34), libexpat1, zlib1g, libgl1, libegl1, libfontconfig1, libfreetype6, libdbus-1-3, "
    "libgssapi-krb5-2, libglib2.0-0 | libglib2.0-0t64, libx11-6, libx11-xcb1, libxcb1, xkb-data"
)
"""What every desktop has and only the system itself can give (graphics drivers, fonts, the display)."""
_MODULES = (
    "_asyncio _bz2 _codecs_cn _codecs_iso2022 _codecs_jp _codecs_kr _codecs_tw _codecs_hk _contextvars _ctypes _decimal "
    "_hashlib _json _lzma _multibytecodec _multiprocessing _posixshmem _queue _typing _uuid _zoneinfo mmap resource termios"
)
_NO_LIBRARY = (
    "test/*", "idlelib/*", "lib2to3/*", "tkinter/*", "turtle*", "ensurepip/*", "distutils/*", "venv/*", "pydoc_data/*",
    "msilib/*", "curses/*", "dbm/*", "sqlite3/*", "wsgiref/*", "lib-dynload/*", "config-*", "dist-packages/*",
    "site-packages/*", "__pycache__/*", "*/__pycache__/*", "*/test/*", "*/tests/*", "sitecustomize.py",
)  # fmt: skip
_QT_KEPT = (
    "__init__.py", "_config.py", "_git_pyside_version.py", "libpyside6.abi3.so*",
    *(f"Qt{name}.abi3.so" for name in ("Core", "Gui", "Widgets", "Network", "PrintSupport", "Svg")),
    *(f"Qt/lib/libQt6{name}.so*" for name in ("Core", "Gui", "Widgets", "Network", "PrintSupport", "Svg", "DBus", "XcbQpa", "OpenGL")),
    "Qt/lib/libicu*",
    "Qt/plugins/platforms/libqxcb.so", "Qt/plugins/platforms/libqoffscreen.so", "Qt/plugins/iconengines/libqsvgicon.so",
    "Qt/plugins/platforminputcontexts/libcompose*.so", "Qt/plugins/platforminputcontexts/libibus*.so",
    "Qt/plugins/imageformats/libqjpeg.so", "Qt/plugins/imageformats/libqico.so", "Qt/plugins/imageformats/libqsvg.so",
    "Qt/plugins/xcbglintegrations/*", "Qt/translations/qtbase_zh_CN.qm",
)  # fmt: skip
_DROPPED = (
    "bin/*", "share/*", "*.pyi", "*/py.typed", "py.typed", "*.pxd", "*.pyx", "*.c", "*.h", "*.cpp", "*.hpp", "*/tests/*", "*/test/*",
    "lxml/includes/*", "lxml/isoschematron/resources/*", "PIL/_avif*", "PIL/_webp*", "PIL/_imagingtk*", "PIL/_imagingcms*",
    "PIL/_imagingft*", "pillow.libs/libavif*", "pillow.libs/libwebp*", "pillow.libs/libsharpyuv*", "sqlalchemy/testing/*",
    "alembic/templates/*", "alembic/testing/*", "mypyc/*",
)  # fmt: skip
_START = """import runpy
import sys

home = sys.path.pop(0)
sys.path += [home + "/app", home + "/site-packages"]
module = sys.argv.pop(1)
runpy.run_module(module, run_name="__main__", alter_sys=True)
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Build, print sizes and times, fail when the package is too large."""
    parser = argparse.ArgumentParser(prog="./run build-linux", description=__doc__)
    parser.add_argument("--out", type=Path, default=HOME / "dist", help="where the package goes")
    given = parser.parse_args(argv)
    if sys.version_info[:2] != (3, 11):
        raise SystemExit("The package carries Python 3.11: build with Python 3.11.")
    started = time.perf_counter()
    given.out.mkdir(parents=True, exist_ok=True)
    root = stage(given.out / "linux")
    print(f"staged in {time.perf_counter() - started:.0f} s")
    print_sizes(root / PLACE)
    package = given.out / f"{PACKAGE}_{locked.version()}_amd64.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(package)],
        check=True, stdout=subprocess.DEVNULL, env={**os.environ, "SOURCE_DATE_EPOCH": str(FIXED_STAMP)},
    )  # fmt: skip
    size = package.stat().st_size
    print(f"{package} {size / 1e6:.1f} MB (limit {LIMIT / 1e6:.0f} MB) in {time.perf_counter() - started:.0f} s")
    return 0 if size <= LIMIT else 1


def stage(work: Path) -> Path:
    """Lay out the package's tree, fresh. Returns it."""
    shutil.rmtree(work, ignore_errors=True)
    root, scratch = work / "package", work / "scratch"
    place = root / PLACE
    scratch.mkdir(parents=True)
    origin = _python(place, scratch)
    site_packages = place / "site-packages"
    _libraries(site_packages, scratch)
    copy_program(place / "app")
    texts = root / "usr" / "share" / "doc" / PACKAGE / "licences"
    parts = licences.write_texts(site_packages, texts, place, origin)
    for folder in site_packages.glob("*.dist-info"):
        for file in folder.rglob("*"):
            if file.is_file() and file.name not in ("METADATA", "entry_points.txt"):
                file.unlink()
    compile_in_place(site_packages, keep_source=lambda file: False)
    app = place / "app"
    compile_in_place(app, keep_source=lambda file: is_migration(file.relative_to(app)))
    _launchers(root, place)
    licences.write_sbom(parts, place, texts / "sbom.json")
    _control(root)
    _tidy(root)
    fix_dates(root)
    return root


def _python(place: Path, scratch: Path) -> str:
    """Debian's own interpreter and library, moved to the program's place; its libraries find each other there."""
    debs = scratch / "debs"
    debs.mkdir()
    subprocess.run(
        ["apt-get", "download", "-qq", "-o", "APT::Sandbox::User=root", *_PYTHON_PACKAGES, *_LIBRARY_PACKAGES],
        cwd=debs,
        check=True,
    )
    unpacked = scratch / "unpacked"
    for deb in sorted(debs.glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", str(deb), str(unpacked)], check=True)
    (place / "bin").mkdir(parents=True)
    shutil.copy2(unpacked / "usr" / "bin" / "python3.11", place / "bin" / "python3.11")
    library, source = place / "lib" / "python3.11", unpacked / "usr" / "lib" / "python3.11"
    names = [file.relative_to(source).as_posix() for file in sorted(source.rglob("*.py")) if file.is_file()]
    kept = [name for name in names if not any(fnmatch.fnmatchcase(name, one) for one in _NO_LIBRARY)]
    compile_files((source / name, library / (name + "c"), name) for name in kept)
    modules = library / "lib-dynload"
    modules.mkdir()
    for name in _MODULES.split():
        for file in (source / "lib-dynload").glob(f"{name}.cpython-311-*.so"):
            shutil.copy2(file, modules / file.name)
            _look_in("$ORIGIN/../..", modules / file.name)
    for pattern in _NEEDED_LIBRARIES:
        for file in sorted(unpacked.rglob(pattern)):
            if not file.is_symlink() or not (place / "lib" / file.name).exists():
                shutil.copy2(file.resolve(), place / "lib" / _soname(file.resolve()))
    for file in (place / "lib").glob("*.so*"):
        _look_in("$ORIGIN", file)
    version = sorted(debs.glob("python3.11-minimal_*.deb"))[0].name.split("_")[1]
    return f"3.11 (Debian {version})"


def _libraries(target: Path, scratch: Path) -> None:
    pins = locked.run_time_pins(locked.LINUX)
    locked.install(pins.values(), target, platform=PLATFORM, python="3.11", work=scratch)
    qt = target / "PySide6"
    for folder, patterns, keep in ((qt, _QT_KEPT, True), (target, _DROPPED, False)):
        for file in sorted(folder.rglob("*")):
            name = file.relative_to(folder).as_posix()
            if file.is_file() and any(fnmatch.fnmatchcase(name, one) for one in patterns) != keep:
                file.unlink()
    # Qt looks beside its own libraries; what the package carries for it lies with Python's.
    lib = "/" + (PLACE / "lib").as_posix()
    for file in [*(qt / "Qt" / "lib").glob("libQt6*.so*"), *(qt / "Qt" / "plugins").rglob("*.so")]:
        if not file.is_symlink():
            inside = "$ORIGIN" if file.parent.name == "lib" else "$ORIGIN/../../lib"
            _look_in(f"{inside}:{lib}", file)


def _look_in(places: str, file: Path) -> None:
    """Set where a shared library looks for those it needs."""
    subprocess.run(["patchelf", "--set-rpath", places, str(file)], check=True)


def _soname(file: Path) -> str:
    asked = subprocess.run(["patchelf", "--print-soname", str(file)], capture_output=True, text=True, check=True)
    return asked.stdout.strip()


def _launchers(root: Path, place: Path) -> None:
    (place / "start.py").write_text(_START, encoding="utf-8")
    commands = root / "usr" / "bin"
    commands.mkdir(parents=True)
    for name, module in ((PACKAGE, "ui.app"), ("anjian", "anjian_desktop")):
        script = place / "bin" / name
        # -I: neither the user's folders nor variables reach this Python; -S: no site module; -B: the folder is root's.
        script.write_text(
            f"#!/bin/sh\nexec /{PLACE}/bin/python3.11 -I -S -B -X utf8 -c "
            f'\'import sys; sys.path.insert(0, "/{PLACE}"); exec(open("/{PLACE}/start.py").read())\' {module} "$@"\n',
            encoding="utf-8",
        )
        script.chmod(0o755)
        (commands / name).symlink_to(f"/{PLACE}/bin/{name}")
    entries = root / "usr" / "share" / "applications"
    entries.mkdir(parents=True)
    shutil.copyfile(HOME / "installer" / "linux" / f"{PACKAGE}.desktop", entries / f"{PACKAGE}.desktop")
    drawing = HOME / "resources" / "icons" / "app.svg"
    icons = root / "usr" / "share" / "icons" / "hicolor"
    for size in (16, 24, 32, 48, 64, 128, 256):
        target = icons / f"{size}x{size}" / "apps" / f"{PACKAGE}.png"
        target.parent.mkdir(parents=True)
        target.write_bytes(icon.png(drawing, size))
    (icons / "scalable" / "apps").mkdir(parents=True)
    shutil.copyfile(drawing, icons / "scalable" / "apps" / f"{PACKAGE}.svg")


def _control(root: Path) -> None:
    control = root / "DEBIAN"
    control.mkdir()
    installed = sum(file.stat().st_size for file in root.rglob("*") if file.is_file() and not file.is_symlink()) // 1024
    (control / "control").write_text(
        f"Package: {PACKAGE}\nVersion: {locked.version()}\nArchitecture: amd64\nMaintainer: 安监桌面项目 <anjian-desktop@localhost>\n"
        f"Installed-Size: {installed}\nDepends: {_DEPENDS}\nRecommends: cups-client\nSection: office\nPriority: optional\n"
        "Description: 安监桌面：乡镇安监办的责任书与企业名册\n 程序自带运行环境，不联网；数据存放在用户自己的文件夹里，卸载后保留。\n",
        encoding="utf-8",
    )
    document = root / "usr" / "share" / "doc" / PACKAGE
    shutil.copyfile(HOME / "LICENSE", document / "copyright")


def _tidy(root: Path) -> None:
    """No empty folders; everything readable by all, writable by root alone."""
    for folder in sorted((path for path in root.rglob("*") if path.is_dir() and not path.is_symlink()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            executable = path.is_dir() or path.parent.name == "bin"
            path.chmod(0o755 if executable else 0o644)


if __name__ == "__main__":
    sys.exit(main())
