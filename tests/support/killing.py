"""Run as a program: restore a store again and again, killed one step later each time; what is left must be old or new.

python killing.py FOLDER BACKUP SCRATCH [EVERY]    one line of JSON at the end: points, old, new, wrong
A step is every opening, renaming, making, removing and fsync of a file or folder within the data folder. In every
second round what was written and not fsynced is lost with the kill, as in a power cut; in every third one the start
after it is killed too.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import select

from anjian_desktop.ledgers.organization import Village
from anjian_desktop.storage import swap
from anjian_desktop.storage.engine import connect_to_copy
from anjian_desktop.storage.integrity import check
from anjian_desktop.storage.restore import replaced, restore
from anjian_desktop.storage.upgrade import open_store

EVENTS = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "fsync"})


class Steps:
    """Counts what this process does within `folder`, and kills it before step number `last`."""

    def __init__(self, folder: Path, last: int, *, power: bool) -> None:
        self.folder, self.last, self.power, self.done = str(folder), last, power, 0
        self.safe = {one.stat().st_ino for one in folder.rglob("*")}
        self.fsync = os.fsync
        os.fsync = self._on_fsync  # type: ignore[assignment]
        sys.addaudithook(self._on_event)

    def _on_fsync(self, handle: int) -> None:
        self._step("fsync")
        self.fsync(handle)
        self.safe.add(os.fstat(handle).st_ino)

    def _on_event(self, event: str, arguments: tuple[object, ...]) -> None:
        if event in EVENTS and str(arguments[0]).startswith(self.folder):
            self._step(event)

    def _step(self, event: str) -> None:
        self.done += 1
        if self.done == self.last:
            self.last = -1
            if self.power:
                for file in Path(self.folder).rglob("*"):
                    if file.is_file() and file.stat().st_ino not in self.safe:
                        os.truncate(file, file.stat().st_size // 2)
            os.kill(os.getpid(), signal.SIGKILL)


def forked(work: Callable[[], int]) -> int:
    """Run in a copy of this process; its exit code, or minus the signal that killed it."""
    child = os.fork()
    if not child:
        code = 70
        try:
            code = work()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def names(folder: Path) -> list[str]:
    database = open_store(folder)
    try:
        with database.reading() as session:
            return sorted(session.scalars(select(Village.name)))
    finally:
        database.close()


def state(folder: Path, old: list[str], new: list[str]) -> int:
    """0 the old store, 1 the new one, 2 anything else."""
    found = names(folder)
    tidy = not (folder / swap.INTENT).exists() and not (folder / swap.STAGING).exists()
    database = open_store(folder)
    sound = check(database, full=True).ok
    database.close()
    if not tidy or not sound:
        return 2
    if found == old and not replaced(folder):
        return 0
    if found == new and len(kept := replaced(folder)) == 1:
        with closing(connect_to_copy(kept[0].folder / "anjian.db")) as raw:
            aside = sorted(name for (name,) in raw.execute("SELECT name FROM organization WHERE kind = 'village'"))
        return 1 if aside == old else 2
    return 2


def main() -> None:
    original, file, scratch = map(Path, sys.argv[1:4])
    every = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    chosen, told = random.Random(990001), {"points": 0, "old": 0, "new": 0, "wrong": 0}
    wrong = []
    old = names(original)
    new = sorted(json.loads((scratch / "new.json").read_text("utf-8")))
    point, killed = 1, True
    while killed:
        folder = scratch / f"{point}"
        shutil.copytree(original, folder)

        def restored(folder: Path = folder, last: int = point) -> int:
            Steps(folder, last, power=told["points"] % 2 == 1)
            restore(folder, folder / file.relative_to(original))
            return 0

        killed = forked(restored) == -signal.SIGKILL
        if told["points"] % 3 == 2:

            def started(folder: Path = folder) -> int:
                Steps(folder, chosen.randrange(1, 30), power=False)
                names(folder)
                return 0

            forked(started)
        found = forked(lambda folder=folder: state(folder, old, new))  # type: ignore[misc]
        told["points"] += 1
        told[{0: "old", 1: "new"}.get(found, "wrong")] += 1
        if found not in (0, 1):
            wrong.append(point)
        shutil.rmtree(folder)
        point += every
    print(json.dumps({**told, "wrong_points": wrong}))


if __name__ == "__main__":
    main()
