"""The audit chain: one entry a transaction, each keyed to the one before, and a side file that remembers the last."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anjian_desktop.storage.statements import Execute

if TYPE_CHECKING:
    from anjian_desktop.storage.database import Database

HEAD_FILE = "audit.head"
"""Each commit appends `sequence mac` here. A store whose chain ends before the last line has lost its tail: entries
were cut off, an older copy was put in its place, or its `-wal` file was deleted after a crash."""
GENESIS = "0" * 64
_PART = 5000
_TAIL = 4096
"""Bytes of the side file that are looked at; two programs may have appended in either order."""


@dataclass(frozen=True)
class ChangeRow:
    """One changed row of a ledger as it is kept: `fields` is JSON text {key: [before, after]}."""

    ledger: str
    row_id: int
    act: str
    fields: str


@dataclass(frozen=True)
class AuditReport:
    """What verifying found: `first_bad` is the sequence number of the first entry that does not hold, `head` the last
    entry's digest."""

    ok: bool
    entries: int
    first_bad: int | None
    head: str
    problem: str = ""


class AuditWriter:
    """Writes the next entry of the chain: its changes first, for only after the last of them its digest is known.

    The caller holds the write lock (BEGIN IMMEDIATE), so no other entry can take the same place.
    """

    def __init__(self, execute: Execute) -> None:
        self._execute = execute
        last, self._previous = head(execute)
        self._seq = last + 1
        self._digest = hashlib.sha256()
        self._kept: list[tuple[ChangeRow, Sequence[int], bytes]] = []
        self.watch: Callable[[], None] = lambda: None
        """Called between two parts of what was kept; what it raises stops the writing."""

    def keep(self, ledger: str, act: str, ids: Sequence[int], fields: Sequence[str]) -> None:
        """Take in one act on many rows and write it later: a change whose entry is not there yet makes SQLite look
        through whole tables at every row that is inserted elsewhere. Waiting, it is packed to a tenth."""
        like = ChangeRow(ledger, 0, act, "")
        said = [_change_said(ledger, row_id, act, text) for row_id, text in zip(ids, fields, strict=True)]
        self._digest.update(_encoded(said))
        self._kept.append((like, ids, zlib.compress("\0".join(fields).encode("utf-8"), 1)))

    def add(self, changes: Iterable[ChangeRow]) -> None:
        """Write changes, a part at a time, after those that were kept; nothing else is to be inserted from now on."""
        self._execute("PRAGMA defer_foreign_keys=ON")
        for like, ids, packed in self._kept:
            self.watch()
            texts = zlib.decompress(packed).decode("utf-8").split("\0")
            self._write([ChangeRow(like.ledger, one, like.act, text) for one, text in zip(ids, texts, strict=True)])
        self._kept = []
        waiting = iter(changes)
        while part := list(islice(waiting, _PART)):
            said = [_change_said(one.ledger, one.row_id, one.act, one.fields) for one in part]
            self._digest.update(_encoded(said))
            self._write(part)

    def _write(self, part: Sequence[ChangeRow]) -> None:
        self._execute(
            "INSERT INTO audit_change (seq, ledger, row_id, act, fields) VALUES (?,?,?,?,?)",
            [(self._seq, one.ledger, one.row_id, one.act, one.fields) for one in part],
        )

    def finish(self, key: bytes, *, at: datetime, actor: str, action: str, note: str) -> tuple[int, str]:
        """Write the entry itself; its sequence number and digest."""
        moment = at.isoformat(" ", "microseconds")
        entry = (self._seq, moment, actor[:60], action[:60], note[:300], self._digest.hexdigest(), self._previous)
        mac = keyed_digest(key)(entry)
        self._execute(
            "INSERT INTO audit_entry (seq, at, actor, action, note, changes_digest, previous, mac)"
            " VALUES (?,?,?,?,?,?,?,?)",
            (*entry, mac),
        )
        return self._seq, mac


def append(
    execute: Execute, key: bytes, *, at: datetime, actor: str, action: str, note: str, changes: Iterable[ChangeRow]
) -> tuple[int, str]:
    """Write a whole entry and its changes; its sequence number and digest."""
    writer = AuditWriter(execute)
    writer.add(changes)
    return writer.finish(key, at=at, actor=actor, action=action, note=note)


def verify(db: Database) -> AuditReport:
    """Recompute the chain of an open store from its first entry."""
    with db.statements() as execute:
        return verify_chain(execute, db.key, db.folder)


def head(execute: Execute) -> tuple[int, str]:
    """Number and digest of the last entry; (0, GENESIS) when there is none."""
    last = next(iter(execute("SELECT seq, mac FROM audit_entry ORDER BY seq DESC LIMIT 1")), None)
    return (last[0], last[1]) if last else (0, GENESIS)


def verify_chain(execute: Execute, key: bytes, folder: Path | None) -> AuditReport:
    """Check every entry, every change and the end of the chain against the side file in `folder` (None: without it).

    `execute` reads within one transaction. Finds edited, deleted, added and reordered rows of both tables, an entry
    written without the key, and a tail that was cut off.
    """
    changes = _change_digests(execute("SELECT seq, ledger, row_id, act, fields FROM audit_change ORDER BY seq, id"))
    waiting = next(changes, None)
    nothing = hashlib.sha256().hexdigest()
    count, previous, keyed = 0, GENESIS, keyed_digest(key)
    remembered = head_remembered(folder) if folder is not None else None
    entries = execute(
        "SELECT seq, at, actor, action, note, changes_digest, previous, mac FROM audit_entry ORDER BY seq"
    )
    for *entry, mac in entries:
        count += 1
        seq, digest = entry[0], nothing
        if waiting is not None and waiting[0] == seq:
            digest = waiting[1]
            waiting = next(changes, None)
        if seq != count or entry[6] != previous:
            return AuditReport(False, count, count, previous, "操作记录缺了一条，或顺序被改动")
        if digest != entry[5] or keyed(entry) != mac:
            return AuditReport(False, count, count, previous, "操作记录被改动过")
        if waiting is not None and waiting[0] <= seq:
            return AuditReport(False, count, count, previous, "操作记录被改动过")
        if remembered is not None and remembered[0] == seq and remembered[1] != mac:
            return AuditReport(False, count, count, previous, "操作记录与旁边记下的不一致")
        previous = mac
    if waiting is not None:
        return AuditReport(False, count, count + 1, previous, "操作记录缺了一条")
    if remembered is not None and remembered[0] > count:
        return AuditReport(False, count, count + 1, previous, "最近的操作记录不见了")
    return AuditReport(True, count, None, previous)


def remember_head(folder: Path, seq: int, mac: str) -> None:
    """Append the committed entry to the side file.

    Not fsynced: after a power cut the side file may end before the chain, which is no fault; the other way round is.
    """
    handle = os.open(folder / HEAD_FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
    try:
        os.write(handle, f"{seq} {mac}\n".encode("ascii"))
    finally:
        os.close(handle)


def head_remembered(folder: Path) -> tuple[int, str] | None:
    """The highest entry the side file names; a line torn by a power cut is passed over. None without a readable file."""
    try:
        with (folder / HEAD_FILE).open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - _TAIL))
            lines = file.read().split(b"\n")
    except OSError:
        return None
    found = []
    for line in lines:
        seq, _, mac = line.partition(b" ")
        if seq.isdigit() and len(mac) == 64:
            found.append((int(seq), mac.decode("ascii", "replace")))
    return max(found, default=None)


def _change_digests(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[int, str]]:
    """(sequence number, digest) of each run of change rows of one entry."""
    for seq, run in groupby(rows, itemgetter(0)):
        digest = hashlib.sha256()
        while part := list(islice(run, _PART)):
            digest.update(_encoded([_change_said(*change) for _, *change in part]))
        yield seq, digest.hexdigest()


def keyed_digest(key: bytes) -> Callable[[Iterable[Any]], str]:
    """What gives an entry's HMAC-SHA256 (RFC 2104) in hex; both hashes begun with the key once, at half the cost."""
    block = (key if len(key) <= 64 else hashlib.sha256(key).digest()).ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block))
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))

    def mac(entry: Iterable[Any]) -> str:
        first, second = inner.copy(), outer.copy()
        first.update(_encoded([f"{len(text)}:{text}" for text in map(str, entry)]))
        second.update(first.digest())
        return second.hexdigest()

    return mac


def _change_said(ledger: str, row_id: int, act: str, fields: str) -> str:
    """Each value with its length before it, so that no two changes read the same; a third of JSON's time."""
    number = str(row_id)
    return f"{len(ledger)}:{ledger}{len(number)}:{number}{len(act)}:{act}{len(fields)}:{fields}"


def _encoded(said: Sequence[str]) -> bytes:
    return "".join(said).encode("utf-8", "surrogatepass")
