"""Scans are kept once, by content, and every loss or change of one is found."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.attachment import Attachment
from anjian_desktop.storage import attachments
from anjian_desktop.storage.database import Database


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "扫描件.pdf"
    path.write_bytes(b"%PDF signed paper")
    return path


def attach(database: Database, source: Path) -> str:
    stored = attachments.add_file(database.folder, source)
    with database.transaction("归档") as tx:
        tx.session.add(
            Attachment(
                sha256=stored.sha256, name=source.name, size=stored.size, ledger="agreement", row_id=1, added_at=tx.now
            )
        )
        tx.note("归档")
    return stored.sha256


def test_a_file_is_kept_under_its_hash(database: Database, scan: Path) -> None:
    stored = attachments.add_file(database.folder, scan)
    assert stored.sha256 == hashlib.sha256(scan.read_bytes()).hexdigest()
    assert stored.size == len(scan.read_bytes())
    path = database.folder / "attachments" / stored.sha256[:2] / stored.sha256
    assert path.read_bytes() == scan.read_bytes()
    assert attachments.open_path(database.folder, stored.sha256) == path


def test_the_same_content_is_kept_once(database: Database, scan: Path) -> None:
    again = scan.with_name("另一个名字.pdf")
    again.write_bytes(scan.read_bytes())
    assert attachments.add_file(database.folder, scan) == attachments.add_file(database.folder, again)
    assert len([path for path in (database.folder / "attachments").rglob("*") if path.is_file()]) == 1


def test_a_damaged_copy_is_mended_by_the_next_one(database: Database, scan: Path) -> None:
    stored = attachments.add_file(database.folder, scan)
    attachments.place(database.folder, stored.sha256).write_bytes(b"%PDF signed papes")
    attachments.add_file(database.folder, scan)
    assert attachments.open_path(database.folder, stored.sha256).read_bytes() == scan.read_bytes()


def test_missing_changed_and_unnamed_files_are_told_apart(database: Database, tmp_path: Path) -> None:
    hashes = []
    for n in range(4):
        source = tmp_path / f"{n}.pdf"
        source.write_bytes(f"scan {n}".encode())
        hashes.append(attach(database, source) if n < 3 else attachments.add_file(database.folder, source).sha256)
    attachments.place(database.folder, hashes[0]).unlink()
    attachments.place(database.folder, hashes[1]).write_bytes(b"scan X")
    report = attachments.verify(database)
    assert (report.missing, report.changed, report.orphans) == ((hashes[0],), (hashes[1],), (hashes[3],))
    with pytest.raises(UserError, match="找不到了"):
        attachments.open_path(database.folder, hashes[0])
    with pytest.raises(UserError, match="已被改动，与归档时不一致"):
        attachments.open_path(database.folder, hashes[1])


def test_an_unreadable_source_is_said_in_words_and_leaves_nothing(database: Database, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="读不出来"):
        attachments.add_file(database.folder, tmp_path / "没有.pdf")
    assert list((database.folder / "attachments").iterdir()) == []


def test_a_hash_never_leads_out_of_the_folder(database: Database) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        attachments.place(database.folder, "../../etc/passwd")
