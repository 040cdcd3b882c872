"""Put a staged store into the present one's place: killed at any point, the next start ends it or leaves all as it was."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from pathlib import Path

from anjian_desktop.errors import StoreError
from anjian_desktop.storage import lock
from anjian_desktop.storage.attachments import FOLDER as ATTACHMENTS
from anjian_desktop.storage.attachments import file_sha256, place
from anjian_desktop.storage.audit import HEAD_FILE
from anjian_desktop.storage.backup import FOLDER as BACKUPS
from anjian_desktop.storage.database import DATABASE_FILE
from anjian_desktop.storage.files import (
    fsync_file,
    fsync_folder,
    patiently,
    refusal,
    replace,
    write_atomically,
)
from anjian_desktop.storage.keyring import KEY_FILE

STAGING = "restoring"
"""Folder beside the store in which the new one is made ready."""
INTENT = "restore.intent"
"""Once this file lies beside the store, the staged one shall stand in its place: the moment that decides."""
REPLACED = "replaced-"
"""How the folders in `backups` begin that keep a store which was replaced."""
NOTE = "replaced.json"
"""Says in such a folder when and for what the files were put aside."""

_JOURNALS = tuple(f"{DATABASE_FILE}{end}" for end in ("-wal", "-shm", "-journal"))
_COMPANIONS = (KEY_FILE, HEAD_FILE)
STORE_FILES = (DATABASE_FILE, *_JOURNALS, *_COMPANIONS)
"""What makes up a store beside its attachments. The database goes first and comes last: without it nobody opens."""


def commit(folder: Path, aside: Path) -> None:
    """Put the store staged in `folder` in place; the present files go into `aside`, a folder within `backups` of
    which only the note may be there yet.

    The caller holds the store. Raises StoreError; a swap that was decided on and then hindered (code `restoring`) is
    ended by the next start.
    """
    staged = folder / STAGING
    try:
        for file in staged.rglob("*"):
            fsync_file(file) if file.is_file() else fsync_folder(file)
        fsync_folder(staged)
        if aside.is_dir():
            fsync_folder(aside)
            fsync_folder(aside.parent)
        with write_atomically(folder / INTENT) as part:
            part.write_text(
                json.dumps({"aside": aside.name, "sha256": file_sha256(staged / DATABASE_FILE)}), encoding="utf-8"
            )
    except OSError as error:
        refused = refusal(error, Path("恢复中的数据"))
        raise StoreError(refused.message, next_step=refused.next_step, code=refused.code) from error
    _finish_in_words(folder)


def settle(folder: Path) -> None:
    """At each opening: end a swap that was decided on, drop the leavings of one that was not.

    Raises StoreError (`held`, or what hinders the ending).
    """
    if not (folder / INTENT).exists() and not (folder / STAGING).exists():
        return
    present = lock.holder(folder)
    if present is not None:
        if present.purpose == "maintenance" or (folder / INTENT).exists():
            raise lock.held_by(present)
        return
    with lock.hold(folder, "恢复数据", purpose="maintenance"):
        if (folder / INTENT).exists():
            _finish_in_words(folder)
        else:
            drop_staging(folder)


def drop_staging(folder: Path) -> None:
    """Remove what was staged and not decided on."""
    shutil.rmtree(folder / STAGING, ignore_errors=True)


def _finish_in_words(folder: Path) -> None:
    try:
        _finish(folder)
    except OSError as error:
        raise StoreError(
            "恢复数据做到一半停下了：新旧数据都完整地在数据文件夹里，没有丢失。",
            next_step="请关闭正在打开数据文件夹的程序，检查磁盘空间和文件夹权限，再重新打开；程序会自动做完。",
            code="restoring",
        ) from error


def _finish(folder: Path) -> None:
    """Every step can be done again: what stands in the staging folder is not yet in place, whatever lies there."""
    staged, aside, wanted = folder / STAGING, *_read(folder)
    new = staged / DATABASE_FILE
    if new.exists() and wanted and file_sha256(new) != wanted:
        _roll_back(folder, aside)
    elif new.exists() and (wanted or not (folder / DATABASE_FILE).exists()):
        _put_aside(folder, aside)
        _place_attachments(folder)
        for name in (*_COMPANIONS, DATABASE_FILE):
            if (staged / name).exists():
                replace(staged / name, folder / name)
        fsync_folder(staged)
        fsync_folder(folder)
    elif not new.exists() and not (folder / DATABASE_FILE).exists():
        _roll_back(folder, aside)
    # Gone before the intent: leavings without it are dropped, an intent without them has nothing to do.
    if staged.exists():
        shutil.rmtree(staged)
    if (folder / INTENT).is_dir():
        shutil.rmtree(folder / INTENT)
    patiently(lambda: (folder / INTENT).unlink(missing_ok=True))
    fsync_folder(folder)


def _put_aside(folder: Path, aside: Path) -> None:
    # A key or head that is no longer staged is the new one in place already.
    old = [name for name in STORE_FILES if name not in _COMPANIONS or (folder / STAGING / name).exists()]
    for name in old:
        if (folder / name).exists():
            aside.mkdir(parents=True, exist_ok=True, mode=0o700)
            replace(folder / name, _free_name(aside / name))
    if aside.is_dir():
        fsync_folder(aside)
    fsync_folder(folder)


def _place_attachments(folder: Path) -> None:
    """Files named by their content: beside those of the store that was replaced, which may come back."""
    for file in sorted((folder / STAGING / ATTACHMENTS).glob("??/*")):
        target = place(folder, file.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        replace(file, target)
        fsync_folder(target.parent)


def _free_name(path: Path) -> Path:
    """That path, or with a number behind it: what lies aside already is never overwritten."""
    n, free = 1, path
    while free.exists():
        n += 1
        free = path.with_name(f"{path.name}.{n}")
    return free


def _roll_back(folder: Path, aside: Path) -> None:
    """The staged store is gone or torn: what was put aside comes back."""
    for name in _COMPANIONS:
        if not (folder / STAGING / name).exists() and not (aside / name).exists() and (aside / DATABASE_FILE).exists():
            (folder / name).unlink(missing_ok=True)
    for name in (*_JOURNALS, *_COMPANIONS, DATABASE_FILE):
        if (aside / name).exists():
            replace(aside / name, folder / name)
    if aside.is_dir():
        fsync_folder(aside)
    with suppress(OSError):
        # Only its note is left.
        (aside / NOTE).unlink(missing_ok=True)
        aside.rmdir()
    fsync_folder(folder)


def _read(folder: Path) -> tuple[Path, str]:
    """(where the old files go, SHA-256 of the staged database); a torn intent is answered from the folders' state."""
    home = folder / BACKUPS
    try:
        kept = json.loads((folder / INTENT).read_text("utf-8"))
        name, wanted = str(kept["aside"]), str(kept["sha256"])
        if name.startswith(REPLACED) and Path(name).name == name and len(wanted) == 64:
            return home / name, wanted
    except (OSError, ValueError, KeyError, TypeError):
        pass
    begun = sorted(one.name for one in home.glob(f"{REPLACED}*") if one.is_dir()) if home.is_dir() else []
    return home / (begun[-1] if begun else f"{REPLACED}unknown"), ""
