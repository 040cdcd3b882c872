"""Write files so that a killed program, a full disk or a curious virus scanner never leaves half of one."""

from __future__ import annotations

import errno
import os
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from anjian_desktop.errors import UserError

T = TypeVar("T")

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SHARING = {5, 32, 33}
"""Windows: access denied, in use, locked: for a moment after a file was closed, a scanner or indexer may hold it."""
_PATIENCE = 2.5
"""Seconds to wait for such a holder to let go."""


@contextmanager
def write_atomically(path: Path, *, durable: bool = True) -> Iterator[Path]:
    """Give a temporary path beside `path`; when the block ends well it is fsynced and put in `path`'s place.

    With `durable` off the file is whole but not yet safe from a power cut: for the many files of one batch, which
    `make_durable` settles at its end.

    When the block fails, or the disk is full, the temporary file goes and what stood at `path` is untouched.
    Raises UserError (code `full`, `readonly` or `in_use`) for what the disk refuses.
    """
    part = path.parent / f".{secrets.token_hex(6)}.part"
    try:
        with refusals_in_words(path):
            yield part
            if durable:
                fsync_file(part)
            replace(part, path)
            if durable:
                fsync_folder(path.parent)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def make_durable(paths: Iterable[Path]) -> None:
    """Bring a batch of files written with `durable` off safely to the disk, all at once where the system can."""
    if hasattr(os, "sync"):
        os.sync()
        return
    for path in paths:
        with refusals_in_words(path):
            fsync_file(path)


@contextmanager
def refusals_in_words(path: Path) -> Iterator[None]:
    """Turn the operating system's refusals into UserError; the file's name is said, never its folder."""
    try:
        yield
    except OSError as error:
        raise refusal(error, path) from error


def refusal(error: OSError, path: Path) -> UserError:
    """The UserError for what the operating system said about writing `path`."""
    name = path.name
    if error.errno in _FULL:
        return UserError(
            f"磁盘空间不足，“{name}”没有写成，原有文件未改动。", next_step="请清理磁盘后再试。", code="full"
        )
    if getattr(error, "winerror", None) in _SHARING:
        return UserError(
            f"“{name}”正被其他程序占用，没有写成，原有文件未改动。",
            next_step="请关闭正在打开它的程序（WPS、Excel、看图软件）后再试，或换个文件名。",
            code="in_use",
        )
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return UserError(
            f"没有权限在这个位置写“{name}”，原有文件未改动。", next_step="请换一个文件夹再试。", code="readonly"
        )
    if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.EISDIR}:
        return UserError(f"“{name}”所在的文件夹不存在，没有写成。", next_step="请检查位置后再试。", code="no_folder")
    if error.errno == errno.ENAMETOOLONG:
        return UserError("文件名太长，没有写成，原有文件未改动。", next_step="请缩短文件名再试。", code="long_name")
    return UserError(
        f"磁盘出错，“{name}”没有写成，原有文件未改动。", next_step="请换一个位置再试；若反复出现，请检查硬盘或U盘。",
        code="io",
    )  # fmt: skip


def replace(source: Path, target: Path) -> None:
    """Rename over `target`, waiting up to 2.5 s for a program that holds it."""
    patiently(lambda: source.replace(target))


def patiently(act: Callable[[], T]) -> T:
    """Do `act` again while Windows says that another program holds the file, for at most 2.5 s."""
    started, pause = time.monotonic(), 0.05
    while True:
        try:
            return act()
        except PermissionError as error:
            held = getattr(error, "winerror", None) in _SHARING
            if not held or time.monotonic() - started + pause > _PATIENCE:
                raise
            time.sleep(pause)
            pause = min(pause * 2, 1.0)


def fsync_file(path: Path) -> None:
    """Wait until the file's bytes are on the disk."""
    # Windows refuses to flush a file that was opened for reading only.
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def fsync_folder(folder: Path) -> None:
    """Wait until the folder's names are on the disk; Windows does this by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
