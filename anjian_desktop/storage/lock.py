"""One window, restore or migration at a time: an operating system's lock, which a killed program cannot leave behind."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from anjian_desktop.errors import StoreError

LOCK_FILE = "lock"
_PLACE = 1 << 30
"""The locked byte lies far behind the text: Windows lets nobody read a locked byte."""
_SHARED_FIRST = (1 << 30) + 2
_SHARED_SIZE = 510


@dataclass(frozen=True)
class Holder:
    """Who holds the store, for what (`window` or `maintenance`), since when (local time)."""

    who: str
    purpose: str
    since: datetime


@contextmanager
def hold(folder: Path, who: str, *, purpose: str = "window") -> Iterator[None]:
    """Hold the store while the block runs. Raises StoreError (code `held`) that names the present holder.

    `purpose` is `window`, beside which the command line may read and write, or `maintenance`, beside which nobody may.
    """
    try:
        handle = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    except OSError as error:
        raise _not_writable(error) from error
    try:
        if not _try_lock(handle):
            raise held_by(_read(handle))
        try:
            text = {"who": who, "purpose": purpose, "since": datetime.now().isoformat(timespec="seconds")}
            try:
                os.ftruncate(handle, 0)
                os.lseek(handle, 0, os.SEEK_SET)
                os.write(handle, json.dumps(text, ensure_ascii=False).encode())
            except OSError as error:
                # A window on a full disk can still be looked at, and nobody's name is lost; a restore or migration
                # whose purpose nobody can read would be taken for a window.
                if purpose != "window":
                    raise _not_writable(error) from error
            yield
        finally:
            with suppress(OSError):
                os.ftruncate(handle, 0)
            _unlock(handle)
    finally:
        os.close(handle)


def holder(folder: Path) -> Holder | None:
    """Who holds the store now; None when nobody does (also after the holder was killed)."""
    try:
        handle = os.open(folder / LOCK_FILE, os.O_RDWR | getattr(os, "O_BINARY", 0))
    except OSError:
        return None
    try:
        if _try_lock(handle):
            _unlock(handle)
            return None
        return _read(handle)
    finally:
        os.close(handle)


def held_by(one: Holder) -> StoreError:
    """The refusal for a store that is held."""
    # Chinese letters inside a date format are refused by Windows' own C library.
    at = one.since
    since = f"，从{at:%m}月{at:%d}日 {at:%H:%M}起" if at != datetime.min else ""
    doing = "正在维护数据" if one.purpose == "maintenance" else "正在使用"
    return StoreError(
        f"数据{doing}（{one.who or '另一个程序'}{since}），这里没有打开，数据没有变化。",
        next_step="请等它完成，或先关闭那个窗口。",
        code="held",
    )


def refuse_in_use(database: Path) -> None:
    """Raise StoreError (code `held`) while another program, a command line beside the window, has the file open.

    Asked of the bytes that SQLite itself locks (www.sqlite.org/lockingv3.html: every open connection of a store with a
    write-ahead log shares 510 bytes from 1 GiB + 2 on). This process must have closed its own connections before.
    """
    try:
        handle = os.open(database, os.O_RDWR | getattr(os, "O_BINARY", 0))
    except OSError:
        return
    try:
        if not _try_bytes(handle, _SHARED_FIRST, _SHARED_SIZE):
            raise held_by(Holder("命令或另一个程序", "window", datetime.min))
    finally:
        os.close(handle)


def _not_writable(error: OSError) -> StoreError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StoreError("磁盘空间不足，没有打开，数据没有变化。", next_step="请清理磁盘后再试。", code="full")
    return StoreError(
        "数据文件夹不能写入，没有打开，数据没有变化。",
        next_step="请检查文件夹的权限，或U盘的写保护开关；也可以把整个文件夹拷到本机磁盘再打开。",
        code="readonly",
    )


def _read(handle: int) -> Holder:
    os.lseek(handle, 0, os.SEEK_SET)
    try:
        kept = json.loads(os.read(handle, 4096).decode())
        return Holder(str(kept["who"]), str(kept["purpose"]), datetime.fromisoformat(kept["since"]))
    except (ValueError, KeyError, TypeError):
        return Holder("", "window", datetime.min)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        os.lseek(handle, _PLACE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _try_bytes(handle: int, start: int, count: int) -> bool:
        os.lseek(handle, start, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, count)
            os.lseek(handle, start, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_UNLCK, count)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        os.lseek(handle, _PLACE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        # flock belongs to the open file, not the process: a second window of the same process is refused too.
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _try_bytes(handle: int, start: int, count: int) -> bool:
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, count, start, os.SEEK_SET)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
