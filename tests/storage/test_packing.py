"""One file holds all of a store: it goes to a new computer, is read back before it counts, and says what is missing."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from support.stores import FixedClock

from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.attachment import Attachment
from anjian_desktop.ledgers.organization import Village
from anjian_desktop.storage.attachments import add_file, open_path, place
from anjian_desktop.storage.database import Database
from anjian_desktop.storage.integrity import check
from anjian_desktop.storage.packing import pack
from anjian_desktop.storage.restore import preview, restore
from anjian_desktop.storage.upgrade import open_store


@pytest.fixture
def scans(database: Database, tmp_path: Path) -> list[str]:
    """A village and the SHA-256 of three scans of it."""
    found = []
    for n in range(3):
        file = tmp_path / f"扫描{n}.pdf"
        file.write_bytes(f"%PDF {n}".encode() * 1000)
        stored = add_file(database.folder, file)
        with database.transaction("归档") as tx:
            village = tx.add(Village, {"name": f"东河{n}村"})
            tx.session.add(
                Attachment(
                    sha256=stored.sha256, size=stored.size, name=file.name, ledger="village", row_id=village.id,
                    added_at=database.clock(),
                )
            )  # fmt: skip
        found.append(stored.sha256)
    return found


def test_a_package_makes_the_whole_office_on_a_new_computer(
    database: Database, scans: list[str], tmp_path: Path, clock: FixedClock
) -> None:
    made = pack(database, tmp_path / "示例镇")
    assert made.file == tmp_path / "示例镇.anjian" and made.attachments == 3 and made.missing == ()
    assert made.counts["village"] == 3
    assert made.sha256 == hashlib.sha256(made.file.read_bytes()).hexdigest()
    shown = preview(tmp_path / "新", made.file)
    assert (shown.contents.kind, shown.present, shown.missing) == ("package", None, ())
    assert not (tmp_path / "新").exists()
    done = restore(tmp_path / "新", made.file, clock=clock)
    assert done.kept is None and done.missing == ()
    opened = open_store(tmp_path / "新")
    assert opened.key == database.key
    assert check(opened, full=True).ok
    with opened.reading() as session:
        assert len(list(session.scalars(select(Village.id)))) == 3
    assert all(open_path(tmp_path / "新", sha256).stat().st_size == 6000 for sha256 in scans)
    opened.close()


def test_a_scan_that_is_gone_or_changed_is_said_and_the_rest_travels(
    database: Database, scans: list[str], tmp_path: Path
) -> None:
    place(database.folder, scans[0]).unlink()
    place(database.folder, scans[1]).write_bytes(b"changed")
    made = pack(database, tmp_path / "包.anjian")
    assert set(made.missing) == {scans[0], scans[1]} and made.attachments == 1
    assert set(preview(tmp_path / "新", made.file).missing) == {scans[0], scans[1]}
    assert set(restore(tmp_path / "新", made.file).missing) == {scans[0], scans[1]}


def test_places_for_a_package_that_would_do_harm_are_refused(database: Database, tmp_path: Path) -> None:
    (tmp_path / "重要.zip").write_bytes(b"PK the clerk's own")
    for target, code in (
        (database.folder / "包.anjian", "bad_target"),
        (tmp_path / "没有" / "包.anjian", "no_folder"),
        (tmp_path / "重要.zip", "bad_target"),
    ):
        with pytest.raises(UserError) as refused:
            pack(database, target)
        assert refused.value.code == code
    assert (tmp_path / "重要.zip").read_bytes() == b"PK the clerk's own"
    first = pack(database, tmp_path / "包.anjian")
    assert pack(database, first.file).file == first.file


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place_in=st.floats(0, 0.9999), value=st.integers(1, 255), cut=st.booleans())
def test_a_package_damaged_anywhere_is_refused_or_whole(
    database: Database, tmp_path: Path, place_in: float, value: int, cut: bool
) -> None:
    file = tmp_path / "包.anjian"
    if not file.exists():
        pack(database, file)
    content = bytearray(file.read_bytes())
    spot = int(len(content) * place_in)
    content[spot] ^= value
    bad = tmp_path / "坏.anjian"
    bad.write_bytes(bytes(content[:spot] if cut else content))
    try:
        shown = preview(tmp_path / "新", bad)
    except UserError as refused:
        assert refused.code in {"bad_backup", "foreign", "key"}, refused
        assert "没有作任何更改" in refused.message
    else:
        assert shown.contents.counts["village"] == 0


def test_an_archive_of_something_else_is_refused(tmp_path: Path) -> None:
    def archive(name: str, members: dict[str, str | bytes]) -> Path:
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as made:
            for member, content in members.items():
                made.writestr(member, content)
        return tmp_path / name

    said = {"key": "00" * 32, "made_at": "2026-01-01T00:00:00+00:00", "size": 10, "sha256": "0" * 64, "attachments": []}
    for file in (
        archive("a.zip", {"照片.jpg": b"JFIF"}),
        archive("b.zip", {"anjian.json": "[]", "anjian.db": b""}),
        archive("c.zip", {"anjian.json": json.dumps(said)}),
        archive("bomb.zip", {"anjian.json": json.dumps(said), "anjian.db": bytes(50 << 20)}),
        archive("scan.zip", {"anjian.json": json.dumps({**said, "attachments": [{"sha256": "../../x", "size": 1}]})}),
        archive("path.zip", {"anjian.json": json.dumps({**said, "size": "x"}), "../../anjian.db": b"x"}),
    ):
        with pytest.raises(UserError) as refused:
            restore(tmp_path / "新", file)
        assert refused.value.code == "bad_backup", file.name
        assert not (tmp_path / "新" / "anjian.db").exists()
