"""Proves the .deb in a bare Debian: installed with only what it declares, started, used, upgraded and removed.

./run test-linux [--deb FILE] [--work DIR]     (as root: it makes a chroot)
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from installer import locked
from installer.linux import build_linux
from installer.windows.report import Report

SUITE = "bookworm"
_USER = "clerk"


class Chroot:
    """A bare Debian 12 in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self) -> None:
        """Debian's smallest system, fresh."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["debootstrap", "--variant=minbase", SUITE, str(self.folder)], check=True, stdout=subprocess.DEVNULL
        )
        shutil.copyfile("/etc/resolv.conf", self.folder / "etc" / "resolv.conf")
        for file in Path("/etc/apt/apt.conf.d").glob("*proxy*"):
            shutil.copyfile(file, self.folder / "etc" / "apt" / "apt.conf.d" / file.name)

    def run(self, command: str, *, user: str = "root", timeout: float = 300) -> subprocess.CompletedProcess[str]:
        """Run a shell command inside."""
        return subprocess.run(
            ["chroot", f"--userspec={user}", str(self.folder), "/bin/sh", "-c", command],
            capture_output=True, text=True, timeout=timeout, check=False,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": f"/home/{user}", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"},
        )  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Every step in turn; 0 when every check held."""
    parser = argparse.ArgumentParser(prog="./run test-linux", description=__doc__)
    parser.add_argument("--deb", type=Path, help="a package already built")
    parser.add_argument("--work", type=Path, default=locked.HOME / "build" / "test-linux")
    given = parser.parse_args(argv)
    report = Report(given.work / "report")
    deb = given.deb
    if deb is None:
        build_linux.main(["--out", str(given.work)])
        deb = given.work / f"{build_linux.PACKAGE}_{locked.version()}_amd64.deb"
    # A plain path: debootstrap takes no blank in it.
    with tempfile.TemporaryDirectory(prefix="anjian-chroot-") as place:
        Path(place).chmod(0o755)
        inside = Chroot(Path(place) / "root")
        report.begin("a bare Debian")
        inside.make()
        inside.run(f"useradd -m {_USER}")
        shutil.copyfile(deb, inside.folder / deb.name)
        _install(inside, deb, report)
        _use(inside, report)
        _window(inside, report)
        _remove(inside, deb, report)
    return report.end()


def _install(inside: Chroot, deb: Path, report: Report) -> None:
    report.begin(f"install, {deb.stat().st_size / 1e6:.1f} MB")
    done = inside.run("apt-get update -qq && apt-get install -y -qq --no-install-recommends /" + deb.name, timeout=600)
    report.check(
        done.returncode == 0, "installed with what it depends on and nothing else", told=done.stdout + done.stderr
    )
    python = inside.run("command -v python3")
    report.check(python.returncode != 0, "there is no other Python in this system", told=python.stdout)
    lacking = inside.run(
        f"find /{build_linux.PLACE} -name '*.so*' -type f | xargs ldd 2>/dev/null | grep 'not found' | sort -u"
    )
    report.check(not lacking.stdout, "every library finds those it needs", told=lacking.stdout)


def _use(inside: Chroot, report: Report) -> None:
    report.begin("use, as an ordinary user")
    done = inside.run("anjian selftest --json", user=_USER)
    found = _json(done.stdout)
    report.check(
        done.returncode == 0 and found.get("ok") is True,
        f"selftest: Python {found.get('python')}, Qt {found.get('qt')}",
        told=done,
    )
    done = inside.run(
        f"cd && anjian demo --no-window --json --data /home/{_USER}/.local/share/AnjianDesktop/data",
        user=_USER,
        timeout=600,
    )
    made = _json(done.stdout)
    report.check(
        done.returncode == 0 and made.get("agreements") == 1170,
        f"demo: {made.get('agreements')} agreements in {made.get('seconds')} s",
        told=done.stderr,
    )
    written = inside.run(
        f"find /{build_linux.PLACE} -newer /{build_linux.PLACE}/start.py -type f | head; find /{build_linux.PLACE} ! -user root | head"
    )
    report.check(not written.stdout, "nothing was written into the program's folder", told=written.stdout)


def _window(inside: Chroot, report: Report) -> None:
    report.begin("the window")
    inside.run("apt-get install -y -qq --no-install-recommends xvfb", timeout=600)
    started = inside.run(
        "Xvfb :7 -screen 0 1366x768x24 -fbdir /tmp >/dev/null 2>&1 & screen=$!; sleep 2; "
        f"su {_USER} -c 'DISPLAY=:7 anjian-desktop & window=$!; sleep 8; kill -0 $window && echo open; kill $window'; "
        "cp /tmp/Xvfb_screen0 /tmp/seen; kill $screen",
        timeout=60,
    )
    report.check("open" in started.stdout, "the window opened under a virtual screen", told=started)


def _remove(inside: Chroot, deb: Path, report: Report) -> None:
    report.begin("upgrade and removal")
    again = inside.run(f"apt-get install -y -qq --reinstall /{deb.name}")
    report.check(again.returncode == 0, "installed over itself", told=again.stderr)
    done = inside.run(f"apt-get remove -y -qq {build_linux.PACKAGE}")
    left = inside.run(f"ls -d /{build_linux.PLACE} /usr/bin/anjian 2>/dev/null")
    report.check(done.returncode == 0 and not left.stdout, "removed whole", told=left.stdout)
    kept = inside.folder / "home" / _USER / ".local" / "share" / "AnjianDesktop" / "data" / "anjian.db"
    report.check(kept.exists(), "the user's data are kept")


def _json(text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


if __name__ == "__main__":
    sys.exit(main())
