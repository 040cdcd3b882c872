"""A setup file's life on a clerk's PC: installed, started, upgraded over data, refused where it must, removed."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

from installer import locked
from installer.windows import build_windows
from installer.windows.older import older_stage
from installer.windows.report import Report
from installer.windows.wine import Ran, Wine

_CHINESE_FOLDER = r"C:\安监程序\桌面版"
_UNINSTALL_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\AnjianDesktop"


def selftest_of_stage(wine: Wine, stage: Path, report: Report) -> None:
    """`anjian selftest` in the folder as staged, before any setup file."""
    _selftest(wine, stage, report, "the staged program")


def run_life(wine: Wine, stage: Path, work: Path, given: Path | None, report: Report) -> None:
    """From the first install to the removal; what must not work is tried too. `given` is a setup file already built."""
    setup = given or build_windows.pack(stage, work, fast=True)
    before, migration = older_stage(stage, work)
    older = build_windows.pack(before, work, fast=True, version=build_windows.OLDER)
    report.note(
        f"an older build, before migration {migration}" if migration else "no history: the older build is the same"
    )
    program, data = wine.local / "Programs" / "AnjianDesktop", wine.local / "AnjianDesktop" / "data"
    for left in (program, data.parent, wine.home / "示例 镇", wine.drive / "安监程序", wine.drive / "镇安监数据"):
        shutil.rmtree(left, ignore_errors=True)
    _refused_on_old_windows(wine, setup, report)
    _install(wine, older, report, "first install, of an older version")
    _installed_as_promised(wine, program, report)
    _selftest(wine, program, report, "the installed program")
    anjian = program / "anjian.exe"
    made = wine.run(
        anjian,
        "demo",
        "--no-window",
        "--json",
        "--data",
        wine.windows_path(data),
        "--out",
        wine.windows_path(wine.home / "示例 镇"),
        timeout=600,
    )
    figures = _json(made)
    report.check(
        made.code == 0 and figures.get("agreements") == 1170,
        f"demo: {figures.get('agreements')} agreements in {figures.get('seconds')} s",
        told=made.err,
    )
    _window(wine, program, report)
    _refused_while_running(wine, setup, program, report)
    report.check(_version(wine) == build_windows.OLDER, f"the version before the upgrade: {_version(wine)}")
    _upgrade(wine, setup, program, data, migration, report)
    _scaled_screens(wine, program, report)
    _uninstall(wine, program, data, report)
    _chinese_folder(wine, setup, data, report)


def _refused_on_old_windows(wine: Wine, setup: Path, report: Report) -> None:
    for version in ("win7", "win81"):
        wine.set_version(version)
        done = wine.run(setup, "/S")
        report.check(done.code == 3, f"refused on {version}", told=done)
    wine.set_version("win10")
    report.check(not (wine.local / "Programs" / "AnjianDesktop").exists(), "a refused setup leaves nothing behind")


def _install(wine: Wine, setup: Path, report: Report, what: str, *more: str) -> Ran:
    started = time.perf_counter()
    done = wine.run(setup, "/S", *more, timeout=300)
    report.check(
        done.code == 0,
        f"{what}: {setup.stat().st_size / 1e6:.1f} MB in {time.perf_counter() - started:.0f} s",
        told=done,
    )
    return done


def _installed_as_promised(wine: Wine, program: Path, report: Report) -> None:
    links = [
        wine.home / "Desktop" / "安监桌面.lnk",
        wine.home / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/安监桌面/安监桌面.lnk",
    ]
    for link in links:
        report.check(
            link.exists(), f"entry {link.name} in {link.parent.name}", told=sorted(map(str, wine.home.rglob("*.lnk")))
        )
    registered = wine.run("reg", "query", _UNINSTALL_KEY).out
    for name in ("DisplayName", "DisplayVersion", "QuietUninstallString", "EstimatedSize"):
        report.check(name in registered, f"registered: {name}", told=registered)
    elsewhere = [one.name for one in (wine.drive / "Program Files").glob("*njian*")]
    report.check((program / "anjian-desktop.exe").exists() and not elsewhere, "installed for this user alone")


def _selftest(wine: Wine, program: Path, report: Report, what: str) -> None:
    started = time.perf_counter()
    done = wine.run(program / "anjian.exe", "selftest", "--json", timeout=180)
    found = _json(done)
    report.check(
        done.code == 0 and bool(found.get("ok")) and found.get("window") == "windows",
        f"selftest of {what}: Python {found.get('python')}, Qt {found.get('qt')}, SQLite {found.get('sqlite')}, "
        f"{found.get('pages')} pages, printers {found.get('printers')}, {time.perf_counter() - started:.0f} s",
        told=done,
    )


def _window(wine: Wine, program: Path, report: Report) -> None:
    """The window with the sample town; a second start ends at once and leaves it open; closed by its own button."""
    window = wine.start(program / "anjian-desktop.exe")
    time.sleep(15)
    wine.screenshot(report.folder / "window.png")
    report.check(window.poll() is None, "the window is open: see window.png")
    started = time.perf_counter()
    second = wine.run(program / "anjian-desktop.exe", timeout=30)
    report.check(
        second.code == 0 and window.poll() is None,
        f"a second start raises the first window, {time.perf_counter() - started:.1f} s",
    )
    beside = wine.run(program / "anjian.exe", "list", "village", "--limit", "1", "--json")
    report.check(_json(beside).get("total") == 40, "the command line reads beside the window", told=beside)
    _end(window)


def _scaled_screens(wine: Wine, program: Path, report: Report) -> None:
    """The window where Windows draws everything larger: one picture each, to be looked at."""
    for per_cent in (125, 150, 200):
        _set_dots(wine, 96 * per_cent // 100)
        window = wine.start(program / "anjian-desktop.exe")
        time.sleep(12)
        wine.screenshot(report.folder / f"window-{per_cent}.png")
        report.check(window.poll() is None, f"the window is open at {per_cent} %: see window-{per_cent}.png")
        _end(window)
    _set_dots(wine, 96)


def _set_dots(wine: Wine, dots: int) -> None:
    wine.run("reg", "add", r"HKCU\Control Panel\Desktop", "/v", "LogPixels", "/t", "REG_DWORD", "/d", str(dots), "/f")
    wine.wait()


def _refused_while_running(wine: Wine, setup: Path, program: Path, report: Report) -> None:
    window = wine.start(program / "anjian-desktop.exe")
    time.sleep(10)
    done = wine.run(setup, "/S", timeout=120)
    report.check(done.code == 4, "setup refuses while the program runs", told=done)
    report.check((program / "runtime" / "python311.dll").exists(), "a refused upgrade leaves the old program whole")
    _end(window)


def _upgrade(wine: Wine, setup: Path, program: Path, data: Path, migration: str, report: Report) -> None:
    stale = program / "app" / "ui" / "left_over_from_an_older_version.pyc"
    stale.write_bytes(b"old")
    mine = program / "我的文件.txt"
    mine.write_text("clerk's own", encoding="utf-8")
    before, backups = _counts(wine, program), _backups(data)
    _install(wine, setup, report, "upgrade over data")
    report.check(_version(wine) == locked.version(), f"the version after the upgrade: {_version(wine)}")
    report.check(not stale.exists(), "old program files are gone")
    report.check(mine.exists(), "a file of the clerk's own in the program folder stays")
    mine.unlink()
    _selftest(wine, program, report, "the upgraded program")
    after = _counts(wine, program)
    report.check(
        before.items() <= after.items() and before.get("agreement") == 1170, f"data as before: {after}", told=before
    )
    if migration:
        made = sorted(_backups(data) - backups)
        report.check(bool(made), f"the first start backed the data up before migration {migration}: {made}")


def _uninstall(wine: Wine, program: Path, data: Path, report: Report) -> None:
    kept = {file.relative_to(data) for file in data.rglob("*") if file.is_file()}
    done = wine.run(program / "uninstall.exe", "/S", timeout=120)
    wine.wait()
    for _ in range(30):
        if not program.exists():
            break
        time.sleep(1)
    report.check(
        not program.exists(),
        "removed: nothing of the program is left",
        told=[done, list(program.rglob("*"))[:5] if program.exists() else ""],
    )
    report.check(
        kept <= {file.relative_to(data) for file in data.rglob("*")} and (data / "anjian.db").exists(),
        f"the data are kept: {len(kept)} files",
    )
    left = [str(link) for link in wine.home.rglob("*.lnk") if "安监" in link.name]
    report.check(not left, "no entry left in menu and desktop", told=left)
    report.check(wine.run("reg", "query", _UNINSTALL_KEY).code != 0, "no longer registered")


def _chinese_folder(wine: Wine, setup: Path, data: Path, report: Report) -> None:
    program = wine.drive / "安监程序" / "桌面版"
    _install(wine, setup, report, "install into a Chinese folder", f"/D={_CHINESE_FOLDER}")
    _selftest(wine, program, report, "the program in a Chinese folder")
    counts = _counts(wine, program)
    report.check(counts.get("agreement") == 1170, "a new install finds the data kept before")
    other = wine.drive / "镇安监数据"
    other.mkdir()
    (other / "anjian.db").write_bytes(b"somebody's data")
    refused = wine.run(setup, "/S", f"/D={wine.windows_path(other)}", timeout=120)
    left = sorted(one.name for one in other.iterdir())
    report.check(
        refused.code == 5 and left == ["anjian.db"], "never installed into a data folder", told=[refused, left]
    )
    done = wine.run(program / "uninstall.exe", "/S", timeout=120)
    wine.wait()
    time.sleep(2)
    report.check(not (program / "runtime").exists(), "removed again", told=done)


def _counts(wine: Wine, program: Path) -> dict[str, int]:
    found = _json(wine.run(program / "anjian.exe", "check", "--json", timeout=180))
    counts = found.get("counts")
    return counts if isinstance(counts, dict) and found.get("ok") else {}


def _backups(data: Path) -> set[str]:
    return {file.name for file in (data / "backups").glob("*.db")}


def _version(wine: Wine) -> str:
    """The version Windows lists among the installed programs."""
    asked = wine.run("reg", "query", _UNINSTALL_KEY, "/v", "DisplayVersion").out.split()
    return asked[-1] if asked else ""


def _json(ran: Ran) -> dict[str, Any]:
    try:
        found = json.loads(ran.out)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _end(window: subprocess.Popen[bytes]) -> None:
    """Kill a window as a power cut would: the next start must not mind."""
    window.kill()
    window.wait(10)
    time.sleep(2)
