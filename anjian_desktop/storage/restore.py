"""Bring a store back: staged and verified beside the present one, which is kept aside; list what can be brought back."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from anjian_desktop.errors import StoreError, UserError
from anjian_desktop.storage import attachments, audit, lock, sources, swap, upgrade
from anjian_desktop.storage.attachments import FOLDER as ATTACHMENTS
from anjian_desktop.storage.backup import FOLDER as BACKUPS
from anjian_desktop.storage.backup import counts_of
from anjian_desktop.storage.database import DATABASE_FILE, utc_now
from anjian_desktop.storage.engine import check_runtime, connect
from anjian_desktop.storage.failures import engine_errors_in_words
from anjian_desktop.storage.files import fsync_file, fsync_folder, refusal, refusals_in_words
from anjian_desktop.storage.keyring import read_key
from anjian_desktop.storage.sources import Contents, Source
from anjian_desktop.storage.statements import plain
from anjian_desktop.storage.swap import NOTE, REPLACED, STAGING, STORE_FILES

_BLOCK = 1 << 20
_SPARE = 4 << 20


@dataclass(frozen=True)
class Present:
    """The store that is in the folder now, as far as it can be read."""

    office: str
    tag: str
    counts: dict[str, int]
    entries: int
    numbers: dict[tuple[str, int], int]
    """Next number by prefix and year."""


@dataclass(frozen=True)
class Preview:
    """What restoring would do: the source's contents beside the present; `present` is None when it cannot be read."""

    contents: Contents
    present: Present | None
    missing: tuple[str, ...]
    """Attachments that the source's rows name and that lie neither in it nor in the folder."""

    @property
    def other_office(self) -> bool:
        """Whether the source is another office's store."""
        return self.present is not None and self.present.tag != self.contents.tag


@dataclass(frozen=True)
class Restored:
    """What was done: the source's contents, where the former store is kept (None when there was none)."""

    contents: Contents
    kept: Path | None
    missing: tuple[str, ...]
    numbers: dict[str, int]
    """Prefix and year whose next number was kept at the former store's, because paper with the lower ones is out."""


@dataclass(frozen=True)
class Replaced:
    """A store that was put aside by a restore; it can be restored like a backup when it can be read."""

    folder: Path
    made_at: datetime
    office: str
    counts: dict[str, int] | None
    restored_from: str
    size: int


def preview(folder: Path, file: Path) -> Preview:
    """Verify a source wholly and compare it with what is in `folder`; changes nothing. Raises UserError, StoreError."""
    with (
        tempfile.TemporaryDirectory(prefix="anjian-") as scratch,
        sources.opened(file, present_key=_key(folder)) as one,
    ):
        contents = one.copy_out(Path(scratch))
        _refuse_newer(contents)
        missing = [
            sha256
            for sha256 in contents.attachments
            if not attachments.place(folder, sha256).is_file() and not _travels(one, sha256)
        ]
        return Preview(contents, present(folder), tuple(sorted(missing)))


def restore(folder: Path, file: Path, *, actor: str = "", clock: Callable[[], datetime] = utc_now) -> Restored:
    """Put the store kept in `file` in the place of the one in `folder`; the next `open_store` finds it.

    `file` is a backup with its manifest, a package, or a copied data folder (also one that an earlier restore put
    aside). It is copied beside the present store, verified there and brought up to date; then the present database,
    log, key and head move into `backups/replaced-…` and the new ones into their place. Attachments are only added.
    Numbers never go back: where the present store can be read, its counters stay.

    Raises UserError for an unusable file, StoreError (`held`, `full`, `readonly`, `restoring`); the present store is
    untouched then, save for `restoring`, which the next opening ends.
    """
    if file.absolute() in {folder.absolute(), (folder / DATABASE_FILE).absolute()}:
        raise UserError("这就是正在用的数据，没有恢复。", next_step="请选择备份文件。", code="bad_target")
    check_runtime()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        refused = refusal(error, folder)
        raise StoreError(refused.message, next_step=refused.next_step, code=refused.code) from error
    swap.settle(folder)
    with lock.hold(folder, "恢复数据", purpose="maintenance"):
        lock.refuse_in_use(folder / DATABASE_FILE)
        swap.drop_staging(folder)
        staged = folder / STAGING
        now, kept = clock().replace(tzinfo=UTC).astimezone(), None
        try:
            was = present(folder)
            with sources.opened(file, present_key=_key(folder)) as source:
                _enough_room(folder, source)
                staged.mkdir(mode=0o700)
                contents = source.copy_out(staged)
                _refuse_newer(contents)
                missing = _bring_attachments(folder, source, contents)
            numbers = was.numbers if was is not None and was.tag == contents.tag else {}
            raised = _make_ready(staged, contents, numbers, clock(), actor)
            kept = _note_what_goes(folder, was, contents, now)
            swap.commit(folder, kept or folder / BACKUPS / f"{REPLACED}nothing")
        except OSError as error:
            refused = refusal(error, Path("恢复中的数据"))
            raise StoreError(refused.message, next_step=refused.next_step, code=refused.code) from error
        finally:
            if not (folder / swap.INTENT).exists():
                swap.drop_staging(folder)
                if kept is not None and not _holds_store(kept):
                    shutil.rmtree(kept, ignore_errors=True)
    return Restored(contents, kept, missing, raised)


def present(folder: Path) -> Present | None:
    """What is in the folder's store; None when there is none or it cannot be read."""
    path = folder / DATABASE_FILE
    try:
        upgrade.look_at_file(path)
        upgrade.look_inside(path)
        with engine_errors_in_words(), closing(connect(path, read_only=True)) as raw:
            execute = plain(raw)
            facts = dict(execute("SELECT key, value FROM store_fact"))
            office = next(iter(execute("SELECT value FROM office_setting WHERE key = 'office'")), ("",))[0]
            numbers = {
                (prefix, year): n for prefix, year, n in execute("SELECT prefix, year, next_n FROM number_counter")
            }
            return Present(office, facts.get("tag", ""), counts_of(execute), audit.head(execute)[0], numbers)
    except (UserError, dbapi2.Error, UnicodeDecodeError):
        return None


def replaced(folder: Path) -> list[Replaced]:
    """The stores that restores put aside, newest first."""
    found = []
    for note in (folder / BACKUPS).glob(f"{REPLACED}*/{NOTE}"):
        try:
            kept = json.loads(note.read_text("utf-8"))
            size = sum(file.stat().st_size for file in note.parent.iterdir() if file.is_file())
            made_at = datetime.fromisoformat(kept["made_at"]).astimezone()
            counts = None if kept["counts"] is None else dict(kept["counts"])
            one = Replaced(note.parent, made_at, str(kept["office"]), counts, str(kept["restored_from"]), size)
            if _holds_store(note.parent):
                found.append(one)
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return sorted(found, key=lambda one: (one.made_at, one.folder.name), reverse=True)


def save_aside(folder: Path, target: Path) -> Path:
    """Copy database, log, key and head as they are into a new folder within `target`; gives it.

    Raises UserError (`full`, `readonly`, …); what was copied so far is removed then.
    """
    n, home = 1, target / "安监数据-原样另存"
    while home.exists():
        n += 1
        home = target / f"安监数据-原样另存-{n}"
    with refusals_in_words(home):
        try:
            home.mkdir(mode=0o700)
            for name in STORE_FILES:
                if (folder / name).is_file():
                    shutil.copyfile(folder / name, home / name)
                    fsync_file(home / name)
            fsync_folder(home)
        except OSError:
            shutil.rmtree(home, ignore_errors=True)
            raise
    return home


def _holds_store(folder: Path) -> bool:
    return any((folder / name).exists() for name in STORE_FILES)


def _key(folder: Path) -> bytes | None:
    with suppress(StoreError):
        return read_key(folder)
    return None


def _refuse_newer(contents: Contents) -> None:
    if contents.revision not in upgrade.revisions():
        raise UserError(
            f"“{contents.name}”由更新的版本生成，本程序不能使用它，没有作任何更改。",
            next_step="请先升级程序。",
            code="newer",
        )


def _enough_room(folder: Path, source: Source) -> None:
    needed = source.file.stat().st_size * 2 + _SPARE
    if source.kind == "package":
        scans = sum(one["size"] for one in source.manifest["attachments"])
        needed = int(source.manifest["size"]) * 2 + scans + _SPARE
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise StoreError(
            f"恢复需要约 {needed / 1e6:.0f} MB，磁盘只剩 {free / 1e6:.0f} MB。没有恢复，现有数据没有变化。",
            next_step="请清理磁盘后再试。",
            code="full",
        )


def _travels(source: Source, sha256: str) -> bool:
    stream = source.attachment(sha256)
    if stream is None:
        return False
    stream.close()
    return True


def _bring_attachments(folder: Path, source: Source, contents: Contents) -> tuple[str, ...]:
    """Stage the attachments that travel with the source and are not here yet; gives those that are nowhere."""
    missing = []
    for sha256, size in sorted(contents.attachments.items()):
        here = attachments.place(folder, sha256)
        if here.is_file() and here.stat().st_size == size:
            continue
        stream = source.attachment(sha256)
        target = folder / STAGING / ATTACHMENTS / sha256[:2] / sha256
        if stream is None:
            missing.append(sha256)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        digest, left = hashlib.sha256(), size
        with stream, target.open("wb") as writing, suppress(*sources.TORN_ARCHIVE):
            while left > 0 and (block := stream.read(min(_BLOCK, left))):
                digest.update(block)
                writing.write(block)
                left -= len(block)
        target.chmod(0o600)
        if digest.hexdigest() != sha256:
            target.unlink()
            missing.append(sha256)
    return tuple(missing)


def _make_ready(
    staged: Path, contents: Contents, numbers: dict[tuple[str, int], int], now: datetime, actor: str
) -> dict[str, int]:
    """Bring the staged store up to date, keep the counters, note the restore in its audit; gives the counters raised."""
    path, raised = staged / DATABASE_FILE, {}
    newest = upgrade.revisions()[-1]
    if contents.revision != newest:
        upgrade.migrate(path, key=contents.key, now=now, action=f"数据升级 {contents.revision} → {newest}")
    with engine_errors_in_words(), closing(connect(path, log=False)) as raw:
        raw.execute("PRAGMA journal_mode=DELETE").close()
        execute = plain(raw)
        execute("BEGIN IMMEDIATE")
        own = {(prefix, year): n for prefix, year, n in execute("SELECT prefix, year, next_n FROM number_counter")}
        for (prefix, year), n in sorted(numbers.items()):
            if n > own.get((prefix, year), 1):
                execute(
                    "INSERT OR REPLACE INTO number_counter (prefix, year, next_n) VALUES (?,?,?)", (prefix, year, n)
                )
                raised[f"{prefix}〔{year}〕"] = n
        note = f"来源：{contents.name}" + "".join(f"；{one}从{n}号接着编" for one, n in raised.items())
        head = audit.append(execute, contents.key, at=now, actor=actor, action="恢复备份", note=note, changes=())
        execute("COMMIT")
    (staged / audit.HEAD_FILE).unlink(missing_ok=True)
    audit.remember_head(staged, *head)
    return raised


def _note_what_goes(folder: Path, was: Present | None, contents: Contents, now: datetime) -> Path | None:
    """The folder for what is in place now, with a note of it; None when nothing is."""
    if not _holds_store(folder):
        return None
    name = f"{REPLACED}{now:%Y%m%d-%H%M%S}"
    aside, n = folder / BACKUPS / name, 1
    while aside.exists():
        n += 1
        aside = folder / BACKUPS / f"{name}-{n}"
    aside.mkdir(parents=True, mode=0o700)
    note = {
        "made_at": now.isoformat(timespec="seconds"),
        "office": was.office if was else "",
        "counts": was.counts if was else None,
        "restored_from": contents.name,
    }
    with (aside / NOTE).open("w", encoding="utf-8", newline="\n") as file:
        json.dump(note, file, ensure_ascii=False, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    return aside
