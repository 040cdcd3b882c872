"""A Windows of its own under Wine for tests: Chinese, with a user called 张 三, on a screen that nobody sees."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from installer.windows.runtime import COMPILER

HERE = Path(__file__).resolve().parent
USER = "张 三"
_STUBS = {"bcryptprimitives": ["-ladvapi32"], "mscms": [], "icuuc": []}
_NSS_WRAPPER = "libnss_wrapper.so"


@dataclass(frozen=True)
class Ran:
    """What a program said and how it ended."""

    code: int
    out: str
    err: str


class Wine:
    """A Wine prefix in `folder`, made once; a context manager that keeps the screen and ends everything at its end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.prefix = folder / "prefix"
        self.environment = {
            **{
                key: value
                for key, value in os.environ.items()
                if not key.startswith(("LC_", "QT_", "PYTHON", "ANJIAN_"))
            },
            "WINEPREFIX": str(self.prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree=;mshtml=;mscms=n;icuuc=n",
            # Wine takes the ANSI code page from the locale: 936, as on a Chinese PC.
            "LC_ALL": "zh_CN.UTF-8",
            "DISPLAY": f":{_free_display()}",
            "LD_PRELOAD": _NSS_WRAPPER,
            "NSS_WRAPPER_PASSWD": str(folder / "passwd"),
            "NSS_WRAPPER_GROUP": "/etc/group",
        }
        self._screen: subprocess.Popen[bytes] | None = None

    @property
    def drive(self) -> Path:
        """Drive C:."""
        return self.prefix / "drive_c"

    @property
    def home(self) -> Path:
        """The user's own folder."""
        return self.drive / "users" / USER

    @property
    def local(self) -> Path:
        """%LOCALAPPDATA%."""
        return self.home / "AppData" / "Local"

    def __enter__(self) -> Wine:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._name_user()
        self._screen = subprocess.Popen(
            ["Xvfb", self.environment["DISPLAY"], "-screen", "0", "1920x1200x24", "-nolisten", "tcp",
             "-fbdir", str(self.folder)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(1)
        try:
            if self._screen.poll() is not None:
                raise SystemExit(f"Xvfb {self.environment['DISPLAY']} does not start: another one has this screen")
            if not (self.folder / "made").exists():
                self._make()
        except BaseException:
            # A screen left behind would be taken for the next run's.
            self._screen.terminate()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        subprocess.run(["wineserver", "-k"], env=self.environment, timeout=30, check=False)
        if self._screen is not None:
            self._screen.terminate()
            self._screen.wait(10)

    def run(
        self,
        *command: str | Path,
        timeout: float = 120,
        extra: Mapping[str, str] | None = None,
        given: str = "",
        cwd: Path | None = None,
    ) -> Ran:
        """Run a Windows program to its end. Its words come through pipes: Wine gives programs no usable plain files."""
        try:
            done = subprocess.run(
                ["wine", *map(str, command)], env={**self.environment, **(extra or {})}, timeout=timeout, cwd=cwd,
                input=given.encode(), capture_output=True, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as late:
            return Ran(-1, _text(late.stdout), _text(late.stderr) + f"\nnot done after {timeout} s")
        return Ran(done.returncode, _text(done.stdout), _text(done.stderr))

    def start(self, *command: str | Path, extra: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Start a Windows program and let it run."""
        return subprocess.Popen(
            ["wine", *map(str, command)], env={**self.environment, **(extra or {})},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def wait(self) -> None:
        """Until every Windows program has ended."""
        subprocess.run(["wineserver", "-w"], env=self.environment, timeout=120, check=False)

    def windows_path(self, path: Path) -> str:
        """The path as Windows programs name it: drive C: when on it, else Z:."""
        if path.is_relative_to(self.drive):
            return "C:\\" + str(path.relative_to(self.drive)).replace("/", "\\")
        return "Z:" + str(path.absolute()).replace("/", "\\")

    def screenshot(self, target: Path) -> None:
        """The whole screen as a picture, read from the virtual screen's own memory (X Window dump format)."""
        from PySide6.QtGui import QImage

        data = (self.folder / "Xvfb_screen0").read_bytes()
        head = struct.unpack_from(">25I", data)
        size, width, height, stride, colours = head[0], head[4], head[5], head[12], head[19]
        pixels = data[size + 12 * colours :][: stride * height]
        QImage(pixels, width, height, stride, QImage.Format.Format_RGB32).save(str(target))

    def _name_user(self) -> None:
        shown = f"{USER}:x:{os.getuid()}:{os.getgid()}:{USER}:{Path.home()}:/bin/sh\n"
        (self.folder / "passwd").write_text(shown, encoding="utf-8")

    def _make(self) -> None:
        made = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout
        if "zh_CN.utf8" not in made:
            subprocess.run(["localedef", "-i", "zh_CN", "-f", "UTF-8", "zh_CN.UTF-8"], check=True)
        shutil.rmtree(self.prefix, ignore_errors=True)
        for command in (["wineboot", "-i"], ["wineserver", "-w"]):
            subprocess.run(command, env=self.environment, timeout=180, check=False, capture_output=True)
        system = self.drive / "windows" / "system32"
        for name, libraries in _STUBS.items():
            (system / f"{name}.dll").unlink(missing_ok=True)
            source = HERE / "wine_stubs" / f"{name}.c"
            subprocess.run(
                [COMPILER, "-O2", "-s", "-shared", "-o", str(system / f"{name}.dll"), str(source), *libraries],
                check=True,
            )
        self.set_version("win10")
        # A crash must end the program, not wait for a debugger.
        self.run(
            "reg", "add", r"HKLM\Software\Microsoft\Windows NT\CurrentVersion\AeDebug", "/v", "Auto", "/d", "0", "/f"
        )
        if not self.home.is_dir():
            raise SystemExit(
                f"Wine did not take {USER} for its user: {sorted(one.name for one in self.home.parent.iterdir())}"
            )
        (self.folder / "made").touch()

    def set_version(self, version: str) -> None:
        """Be another Windows: win10, win7 ..."""
        self.run("winecfg", "-v", version)


def _free_display() -> int:
    return next(number for number in range(90, 200) if not Path(f"/tmp/.X11-unix/X{number}").exists())


def _text(given: bytes | None) -> str:
    return (given or b"").decode("utf-8", "backslashreplace")
