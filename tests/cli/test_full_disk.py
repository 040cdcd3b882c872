"""On a disk that is full every command says so, leaves nothing half done, and works again once there is room."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.calls import CommandLine
from support.offices import credit_code
from support.workbooks import workbook

pytestmark = pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() != 0, reason="a small disk of its own needs root"
)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Mounts disks of so many KiB."""
    libc, mounted = ctypes.CDLL(None, use_errno=True), list[Path]()

    def mount(kibibytes: int) -> Path:
        place = tmp_path / f"小盘{len(mounted)}"
        place.mkdir()
        options = f"size={kibibytes}k".encode()
        if libc.mount(b"tmpfs", os.fsencode(place), b"tmpfs", 0, options) != 0:
            pytest.skip("this machine lets nobody mount a disk")
        mounted.append(place)
        return place

    yield mount
    for place in mounted:
        libc.umount2(os.fsencode(place), 2)


def fill(disk: Path, *, leave: int = 0) -> Path:
    """Fill a disk up to `leave` bytes."""
    filler = disk / f"占位{len(list(disk.glob('占位*')))}"
    free = shutil.disk_usage(disk).free - leave
    filler.write_bytes(bytes(max(free, 0)))
    return filler


def files(folder: Path) -> dict[str, int]:
    return {
        str(file.relative_to(folder)): file.stat().st_size
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        and not file.name.endswith(("-wal", "-shm", ".log"))
        and file.name != "lock"
        and not file.name.startswith("占位")
    }


def said_full(anjian: CommandLine, *words: str | Path | int) -> None:
    done = anjian(*words)
    assert done.code in (2, 3), (words, done)
    assert "磁盘" in done.err and "Traceback" not in done.err and "Error" not in done.err, (words, done)


def test_targets_on_a_full_disk_stay_as_they_were(
    anjian: CommandLine, tmp_path: Path, small_disk: Callable[[int], Path]
) -> None:
    for n in range(1, 4):
        anjian("add", "village", f"村名=示例{n}村", "负责人=王示例")
    anjian("agreements", "draft", "--year", "2026", "--kind", "village")
    stick = small_disk(400)
    (stick / "名单.xlsx").write_bytes(b"PK the clerk's earlier list")
    filler = fill(stick, leave=3000)
    before = files(stick)
    for words in (
        ["backup", stick / "备份.db"],
        ["pack", stick / "包.anjian"],
        ["export", "village", stick / "名单.xlsx"],
        ["export", "village", stick / "新名单.xlsx"],
    ):
        said_full(anjian, *words)
        assert files(stick) == before, words
    printed = anjian("agreements", "print", "--year", "2026", "--out", stick / "打印")
    assert printed.code in (1, 2, 3) and "Traceback" not in printed.err
    assert all(size > 0 for size in files(stick).values())
    filler.unlink()
    (stick / "名单.xlsx").unlink()
    assert anjian("export", "village", stick / "名单.xlsx").code == 0


def test_a_store_on_a_full_disk_keeps_every_row_and_goes_on_when_there_is_room(
    anjian: CommandLine, tmp_path: Path, small_disk: Callable[[int], Path]
) -> None:
    anjian("add", "village", "村名=东河村")
    disk = small_disk(14_000)
    shutil.copytree(anjian.folder, disk / "数据")
    there = CommandLine(disk / "数据", anjian.capsys)
    backup = there.json("backup")["file"]
    book = tmp_path / "名册.xlsx"
    rows = [[f"示例{n}号机械有限公司", credit_code(n), "东河村", "备注" * 200] for n in range(1, 1500)]
    workbook(book, ["企业名称", "统一社会信用代码", "所属村", "备注"], *rows)
    fill(disk, leave=600_000)
    before = set(files(disk / "数据"))
    for words in (["import", "organizations", book], ["restore", backup], ["pack", disk / "包.anjian"]):
        said_full(there, *words)
        assert set(files(disk / "数据")) == before, words
    fill(disk)
    for words in (["backup"], ["add", "village", f"村名=西山村{'很长的备注' * 4}", f"备注={'长' * 60}"]):
        done = there(*words)
        assert done.code in (0, 3) and "Traceback" not in done.err, (words, done)
        assert done.code == 0 or ("磁盘" in done.err and "损坏" not in done.err), (words, done)
    for filler in disk.glob("占位*"):
        filler.unlink()
    assert there.json("list", "village")["total"] >= 1
    assert there("restore", backup).code == 0
    assert there.json("list", "village")["total"] == 1
    assert there.json("check", "--full")["ok"] is True


@pytest.fixture
def read_only_disk(tmp_path: Path) -> Iterator[Callable[[Path], Path]]:
    """Puts a copy of a folder on a disk of its own that cannot be written to (a locked stick, a share without rights)."""
    libc, mounted = ctypes.CDLL(None, use_errno=True), list[Path]()

    def mount(content: Path) -> Path:
        place = tmp_path / f"只读盘{len(mounted)}"
        place.mkdir()
        if libc.mount(b"tmpfs", os.fsencode(place), b"tmpfs", 0, b"size=64m") != 0:
            pytest.skip("this machine lets nobody mount a disk")
        mounted.append(place)
        shutil.copytree(content, place / "数据")
        remount_read_only = 32 | 1
        assert libc.mount(b"tmpfs", os.fsencode(place), b"tmpfs", remount_read_only, b"size=64m") == 0
        return place

    yield mount
    for place in mounted:
        libc.umount2(os.fsencode(place), 2)


def test_a_store_on_a_read_only_disk_says_so_and_is_not_touched(
    anjian: CommandLine, tmp_path: Path, read_only_disk: Callable[[Path], Path]
) -> None:
    anjian("add", "village", "村名=东河村")
    anjian("backup")
    book = tmp_path / "名册.xlsx"
    workbook(book, ["企业名称", "所属村"], ["示例一厂", "东河村"])
    disk = read_only_disk(anjian.folder)
    there = CommandLine(disk / "数据", anjian.capsys)
    before = files(disk)
    saved = next(iter((disk / "数据" / "backups").glob("*.db")))
    for words in (
        ["add", "village", "村名=西河村"],
        ["import", "organizations", book],
        ["backup"],
        ["restore", saved],
        ["agreements", "draft", "--year", "2026", "--kind", "village"],
    ):
        done = there(*words)
        assert done.code in (2, 3) and "Traceback" not in done.err and "Error" not in done.err, (words, done)
        assert any(word in done.err for word in ("只读", "写", "权限", "磁盘")), (words, done)
        assert files(disk) == before, words


def test_targets_on_a_read_only_disk_are_refused_in_words(
    anjian: CommandLine, tmp_path: Path, read_only_disk: Callable[[Path], Path]
) -> None:
    anjian("add", "village", "村名=东河村", "负责人=王示例")
    anjian("agreements", "draft", "--year", "2026", "--kind", "village")
    book = tmp_path / "名册.xlsx"
    workbook(book, ["企业名称", "统一社会信用代码"], ["示例一厂", "1234"])
    (tmp_path / "空").mkdir()
    stick = read_only_disk(tmp_path / "空")
    for words in (
        ["backup", stick / "备份.db"],
        ["pack", stick / "包.anjian"],
        ["export", "village", stick / "名单.xlsx"],
        ["blank", "enterprise", stick / "空白.xlsx"],
        ["import", "organizations", book, "--report", stick / "拒收.xlsx"],
        ["agreements", "print", "--year", "2026", "--out", stick / "打印"],
    ):
        done = anjian(*words)
        assert done.code in (1, 2, 3) and "Traceback" not in done.err and "Error" not in done.err, (words, done)
        assert any(word in done.err + done.out for word in ("只读", "写", "权限", "磁盘")), (words, done)
    assert anjian.json("list", "village")["total"] == 1
    assert anjian.json("check", "--full")["ok"] is True
