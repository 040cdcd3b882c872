"""Data folders as disks, people and other programs leave them: made by a numbered, repeatable choice."""

from __future__ import annotations

import io
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from anjian_desktop.cli.main import run
from anjian_desktop.errors import NoStore, StoreError
from anjian_desktop.ledgers.attachment import Attachment
from anjian_desktop.ledgers.organization import Village
from anjian_desktop.storage import integrity
from anjian_desktop.storage.attachments import add_file
from anjian_desktop.storage.backup import backup, list_backups
from anjian_desktop.storage.engine import connect
from anjian_desktop.storage.restore import preview, restore
from anjian_desktop.storage.upgrade import create_store, open_store

VILLAGES = 150
"""Rows of the sound store; the last thirty are only in its write-ahead log, as a killed program leaves it."""


@dataclass
class Sound:
    """A sound data folder with backups, a log and scans, to be copied and damaged."""

    folder: Path
    names: list[str]
    backed_up: list[str]


@dataclass
class Figures:
    """How the damaged states ended, and every one that did not end as it should."""

    ends: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)


def sound_store(home: Path) -> Sound:
    """A store closed twice, backed up twice, and killed at last."""
    folder = home / "closed"
    database = create_store(folder)
    scan = home / "scan.pdf"
    scan.write_bytes(b"%PDF" + bytes(20_000))
    stored = add_file(folder, scan)
    for start in (0, 60):
        with database.transaction("新增") as tx:
            ids = tx.add_many(Village, [{"name": f"示例{n}村", "note": "备注" * 60} for n in range(start, start + 60)])
            tx.session.add(
                Attachment(
                    sha256=stored.sha256, size=stored.size, name="scan.pdf", ledger="village", row_id=ids[0],
                    added_at=tx.now,
                )
            )  # fmt: skip
        backup(database)
    backed_up = _names(database)
    for n in range(120, VILLAGES):
        with database.transaction("新增") as tx:
            tx.add(Village, {"name": f"示例{n}村"})
    killed = home / "killed"
    shutil.copytree(folder, killed)
    names = _names(database)
    database.close()
    assert (killed / "anjian.db-wal").stat().st_size > 0
    return Sound(killed, names, backed_up)


# -- doing harm ------------------------------------------------------------------------------------------------

Harm = Callable[[Path, random.Random], str]


def _cut(file: Path, chosen: random.Random) -> str:
    size = chosen.choice([0, 1, 60, 100, 511, 4096, chosen.randrange(file.stat().st_size or 1)])
    os.truncate(file, min(size, file.stat().st_size))
    return f"cut to {size}"


def _flip(file: Path, chosen: random.Random) -> str:
    content = bytearray(file.read_bytes())
    if content:
        content[chosen.randrange(len(content))] ^= 1 << chosen.randrange(8)
        file.write_bytes(bytes(content))
    return "one bit"


def _garble(file: Path, chosen: random.Random) -> str:
    content = bytearray(file.read_bytes())
    length = chosen.choice([16, 512, 4096, 65536])
    start = chosen.randrange(max(1, len(content) - length + 1))
    content[start : start + length] = chosen.choice([chosen.randbytes(length), bytes(length), b"\xff" * length])[
        : max(0, len(content) - start)
    ]
    file.write_bytes(bytes(content))
    return f"{length} bytes at {start}"


def _gone(file: Path, chosen: random.Random) -> str:
    file.unlink()
    return "gone"


def _folder_instead(file: Path, chosen: random.Random) -> str:
    file.unlink()
    file.mkdir()
    return "a folder in its place"


def _picture_instead(file: Path, chosen: random.Random) -> str:
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + chosen.randbytes(3000))
    return "a picture in its place"


def _longer(file: Path, chosen: random.Random) -> str:
    with file.open("ab") as writing:
        writing.write(chosen.randbytes(chosen.choice([1, 100, 4096])))
    return "longer"


def _half_renamed(file: Path, chosen: random.Random) -> str:
    end = chosen.choice([".part", ".bak", " - 副本", ".tmp"])
    file.rename(file.with_name(file.name + end))
    return f"renamed to {end}"


HARMS: tuple[Harm, ...] = (
    _cut, _flip, _garble, _gone, _folder_instead, _picture_instead, _longer, _half_renamed, _cut, _garble,
)  # fmt: skip


def _old_log(folder: Path, chosen: random.Random) -> str:
    """The log of another store."""
    backups = sorted((folder / "backups").glob("*.db"))
    other = folder.parent / f"{folder.name}-other"
    other.mkdir()
    shutil.copy(backups[0], other / "anjian.db")
    with closing(connect(other / "anjian.db")) as raw:
        raw.execute("UPDATE organization SET note = '别的' ")
        shutil.copy(other / "anjian.db-wal", folder / "anjian.db-wal")
    shutil.rmtree(other)
    (folder / "anjian.db-shm").unlink(missing_ok=True)
    return "another store's log"


def _copied_over(folder: Path, chosen: random.Random) -> str:
    """The clerk copies a backup over the store, beside its log."""
    shutil.copy(sorted((folder / "backups").glob("*.db"))[chosen.randrange(2)], folder / "anjian.db")
    return "a backup copied over it"


def _database_and_key_gone(folder: Path, chosen: random.Random) -> str:
    for name in ("anjian.db", "anjian.key", "anjian.db-wal"):
        (folder / name).unlink(missing_ok=True)
    return "database, log and key gone"


def _restore_leavings(folder: Path, chosen: random.Random) -> str:
    (folder / "restoring").mkdir()
    (folder / "restoring" / "anjian.db").write_bytes(chosen.randbytes(5000))
    if chosen.random() < 0.7:
        (folder / "restore.intent").write_bytes(
            chosen.choice([b"", b"{", b'{"aside": "replaced-1", "sha256": "' + b"0" * 64 + b'"}', b"\xff\xfe"])
        )
    return "leavings of a restore"


def _intent_without_staging(folder: Path, chosen: random.Random) -> str:
    (folder / "restore.intent").write_bytes(b'{"aside": "replaced-2", "sha256": "' + b"0" * 64 + b'"}')
    return "an intent and nothing staged"


def _scans_gone(folder: Path, chosen: random.Random) -> str:
    shutil.rmtree(folder / "attachments")
    return "scans gone"


FOLDER_HARMS: tuple[Harm, ...] = (
    _old_log, _copied_over, _database_and_key_gone, _restore_leavings, _intent_without_staging, _scans_gone,
)  # fmt: skip
_TARGETS = ("anjian.db",) * 5 + ("anjian.db-wal",) * 3 + ("anjian.key", "audit.head", "lock", "anjian.db-shm")


def harm(folder: Path, number: int) -> str:
    """Do the harm of that number to the folder; what was done, for the report."""
    chosen = random.Random(990001 + number)
    if number % 4 == 3:
        return FOLDER_HARMS[number // 4 % len(FOLDER_HARMS)](folder, chosen)
    told = []
    for _ in range(chosen.choice([1, 1, 1, 2])):
        file = folder / chosen.choice(_TARGETS)
        if file.is_file():
            told.append(f"{file.name}: {chosen.choice(HARMS)(file, chosen)}")
    if chosen.random() < 0.25:
        file = chosen.choice(sorted((folder / "backups").glob("*.db*")))
        told.append(f"{file.name}: {chosen.choice([_cut, _flip, _gone])(file, chosen)}")
    return ", ".join(told) or "nothing"


# -- looking at the end ----------------------------------------------------------------------------------------


def _names(database: object) -> list[str]:
    with database.reading() as session:  # type: ignore[attr-defined]
        return sorted(session.scalars(select(Village.name)))


def _kept(folder: Path) -> dict[str, bytes]:
    """What must never become less: the store's own files and its backups."""
    names = [folder / "anjian.db", *sorted((folder / "backups").glob("*"))]
    return {str(file.relative_to(folder)): file.read_bytes() for file in names if file.is_file()}


def journey(sound: Sound, folder: Path, number: int, figures: Figures) -> None:
    """Damage a copy of the sound store, open it as the program does, and go the way that is offered."""
    shutil.copytree(sound.folder, folder)
    told = f"{number} ({harm(folder, number)})"
    before = _kept(folder)
    code, out, err = _called(folder)

    def wrong(what: str) -> None:
        figures.violations.append(f"{told}: {what}")

    if code not in (0, 3) or "Traceback" in out + err or (code == 3 and len(err.splitlines()) < 2):
        wrong(f"the command line ended with {code}: {err}")
    try:
        database = open_store(folder)
    except StoreError as refused:
        if code != 3:
            wrong("the command line opened what the window refuses")
        figures.ends[f"recovery page: {refused.code}"] += 1
        if not refused.message or not refused.next_step:
            wrong("no words")
        if refused.code not in {"damaged", "foreign", "lost", "key", "newer", "held", "io", "readonly", "restoring"}:
            wrong(f"code {refused.code}")
    except NoStore:
        wrong("taken for an office that does not exist yet")
        return
    else:
        found, report = _names_or_damage(database), None
        if found is not None:
            report = integrity.check(database)
        whole = found == sound.names and report is not None and report.integrity == "ok"
        noticed = database.lost_entries > 0 or found is None or (report is not None and not report.ok)
        database.close()
        if whole:
            figures.ends["opened with every committed row" + (", fault reported" if noticed else "")] += 1
            return
        if not noticed:
            wrong(f"opened with {len(found or [])} rows and nothing said")
            return
        figures.ends["opened, loss or damage said, backups offered"] += 1
    after = _kept(folder)
    if any(name.startswith("backups") and after.get(name) != content for name, content in before.items()):
        wrong("a backup changed")
    if "anjian.db" in before and "anjian.db" not in after:
        wrong("the damaged database is gone")
    _recover(sound, folder, figures, wrong)


def _called(folder: Path) -> tuple[int, str, str]:
    """`anjian list village` on the folder: exit code and what it said."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(["--data", str(folder), "list", "village", "--limit", "0"])
    return code, out.getvalue(), err.getvalue()


def _names_or_damage(database: object) -> list[str] | None:
    try:
        return _names(database)
    except StoreError:
        return None


def _recover(sound: Sound, folder: Path, figures: Figures, wrong: Callable[[str], None]) -> None:
    """Restore the newest backup that is whole, and take what it held."""
    for offered in list_backups(folder):
        try:
            shown = preview(folder, offered.file)
        except StoreError as error:
            wrong(f"preview: {error.code}")
            return
        except Exception as error:  # noqa: BLE001 - a damaged backup is refused; the next one is tried
            figures.ends[f"  a backup refused: {getattr(error, 'code', type(error).__name__)}"] += 1
            continue
        held = (folder / "anjian.db").exists()
        done = restore(folder, offered.file)
        if held and (done.kept is None or not (done.kept / "anjian.db").exists()):
            wrong("the former store was not kept")
        database = open_store(folder)
        found = _names(database)
        if len(found) != shown.contents.counts["village"] or not set(found) <= set(sound.names):
            wrong(f"restored {len(found)} rows")
        if integrity.check(database, full=True).integrity != "ok" or database.lost_entries:
            wrong("the restored store is not sound")
        database.close()
        figures.ends["  restored from a backup"] += 1
        return
    wrong("no backup could be restored")
