"""Builds the Windows setup file on Linux: stages the program's folder, then packs it with NSIS.

./run build-windows [--fast] [--runtime FILE] [--sign COMMAND] [--out DIR] [--stage-only]
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from installer import icon, licences, locked
from installer.bytecode import FIXED_STAMP, compile_in_place, fix_dates
from installer.program_files import copy_program, is_migration, print_sizes
from installer.windows import libraries, runtime

HOME = locked.HOME
HERE = HOME / "installer" / "windows"
LIMIT = 75_000_000
"""Bytes of the setup file; a larger one fails the build."""
OLDER = "0.0.9"
"""The version an upgrade starts from in the tests."""
LAUNCHERS = (
    ("anjian-desktop.exe", "ui.app", "安监桌面", False),
    ("anjian.exe", "anjian_desktop", "安监桌面 命令行", True),
)
"""File, module it runs, description, with a console."""


def main(argv: Sequence[str] | None = None) -> int:
    """Build, print sizes and times, fail when the setup file is too large."""
    given = _parser().parse_args(argv)
    started = time.perf_counter()
    given.out.mkdir(parents=True, exist_ok=True)
    stage = make_stage(given.out / "windows", runtime_file=given.runtime)
    print(f"staged in {time.perf_counter() - started:.0f} s: {stage}")
    print_sizes(stage)
    if given.sign:
        for name, *_ in LAUNCHERS:
            sign(given.sign, stage / name)
    if given.stage_only:
        return 0
    packed = time.perf_counter()
    setup = pack(stage, given.out, fast=given.fast, sign_command=given.sign)
    size = setup.stat().st_size
    print(f"packed in {time.perf_counter() - packed:.0f} s: {setup} {size / 1e6:.1f} MB (limit {LIMIT / 1e6:.1f} MB)")
    if size > LIMIT:
        print("the setup file is larger than the limit", file=sys.stderr)
        return 1
    return 0


def make_stage(work: Path, *, runtime_file: Path | None = None) -> Path:
    """Lay out the folder that will be installed, fresh. Returns it."""
    shutil.rmtree(work, ignore_errors=True)
    stage, scratch = work / "program", work / "scratch"
    scratch.mkdir(parents=True)
    origin = runtime.make_runtime(stage / "runtime", scratch, given=runtime_file)
    print(f"runtime: Python {origin.version}, {origin.told}")
    site_packages = stage / "runtime" / "site-packages"
    libraries.install(site_packages, scratch)
    copy_program(stage / "app")
    parts = licences.write_texts(site_packages, stage / "licences", stage, origin.version, fixed=("openssl", "msvc"))
    libraries.drop_information(site_packages)
    compile_in_place(site_packages, keep_source=lambda file: False)
    app = stage / "app"
    compile_in_place(app, keep_source=lambda file: is_migration(file.relative_to(app)))
    _launchers(stage, scratch)
    libraries.drop_empty_folders(stage)
    if lacking := libraries.unmet(stage):
        raise SystemExit(f"libraries that neither the package nor Windows has: {lacking}")
    licences.write_sbom(parts, stage, stage / "licences" / "sbom.json")
    fix_dates(stage)
    return stage


def _launchers(stage: Path, scratch: Path) -> None:
    icon.write_ico(HOME / "resources" / "icons" / "app.svg", scratch / "app.ico")
    for name in ("launcher.rc", "launcher.manifest"):
        shutil.copyfile(HERE / name, scratch / name)
    numbers = ",".join([*locked.version().split(".")[:3], "0"])
    for file, module, description, console in LAUNCHERS:
        texts = {"VERSION_TEXT": locked.version(), "DESCRIPTION": description, "FILE_NAME": file}
        defined = [f'-D{key}="{text}"' for key, text in texts.items()]
        resource = scratch / f"{file}.o"
        subprocess.run(
            ["x86_64-w64-mingw32-windres", "--codepage=65001", f"-DVERSION_NUMBERS={numbers}",
             *(one.replace('"', '\\"') for one in defined), "launcher.rc", "-O", "coff", "-o", str(resource)],
            check=True, cwd=scratch,
        )  # fmt: skip
        subprocess.run(
            [runtime.COMPILER, "-O2", "-s", "-municode", "-Wall", "-Wl,--no-insert-timestamp,--dynamicbase,--nxcompat,--high-entropy-va",
             "-mconsole" if console else "-mwindows", *(["-DCONSOLE"] if console else []),
             f'-DMODULE=L"{module}"', f'-DPYTHON_DLL=L"python{runtime.version_digits()}.dll"',
             "-finput-charset=utf-8", "-o", str(stage / file), str(HERE / "launcher.c"), str(resource), "-lshell32"],
            check=True,
        )  # fmt: skip


def pack(stage: Path, out: Path, *, fast: bool, sign_command: str | None = None, version: str = "") -> Path:
    """Make the setup file with NSIS; `fast` compresses less, for trying things out. `version` is the program's own."""
    version = version or locked.version()
    setup = out / f"AnjianDesktop-{version}-setup{'-fast' if fast else ''}.exe"
    installed = sum(file.stat().st_size for file in stage.rglob("*") if file.is_file()) // 1024
    definitions = {
        "VERSION": version, "STAGE": str(stage), "OUT": str(setup), "INSTALLED_KB": str(installed),
        "ICON": str(stage.parent / "scratch" / "app.ico"),
        **({"FAST": "1"} if fast else {}), **({"SIGN": sign_command} if sign_command else {}),
    }  # fmt: skip
    command = ["makensis", "-V2", "-INPUTCHARSET", "UTF8", *(f"-D{key}={value}" for key, value in definitions.items())]
    subprocess.run(
        [*command, str(HERE / "setup.nsi")], check=True, env={**os.environ, "SOURCE_DATE_EPOCH": str(FIXED_STAMP)}
    )
    return setup


def sign(command: str, file: Path) -> None:
    """Let the office's own command sign a file; its failure fails the build."""
    subprocess.run(f'{command} "{file}"', shell=True, check=True)  # the builder's own command line, given by --sign


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run build-windows", description=__doc__)
    parser.add_argument("--out", type=Path, default=HOME / "dist", help="where the setup file goes")
    parser.add_argument("--runtime", type=Path, help="python-3.x.y-embed-amd64.zip instead of the locked runtime")
    parser.add_argument("--sign", metavar="COMMAND", help="signs a file: called with its path")
    parser.add_argument("--fast", action="store_true", help="compress quickly, for trying things out")
    parser.add_argument("--stage-only", action="store_true", help="make the folder, no setup file")
    return parser


if __name__ == "__main__":
    sys.exit(main())
