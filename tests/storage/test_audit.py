"""The audit cannot be changed unnoticed: not edited, cut, reordered or shortened, nor a row changed behind it."""

from __future__ import annotations

import hmac
import random
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlcipher3 import dbapi2

from anjian_desktop.ledgers.organization import Enterprise, Village
from anjian_desktop.storage import audit
from anjian_desktop.storage.audit import AuditReport
from anjian_desktop.storage.database import Database
from anjian_desktop.storage.engine import connect
from anjian_desktop.storage.integrity import check
from anjian_desktop.storage.seals import changed_outside
from anjian_desktop.storage.upgrade import open_store

ENTRIES = 12


@pytest.fixture
def audited(database: Database) -> Path:
    """A closed store with twelve entries of one to three changes each."""
    for number in range(ENTRIES):
        with database.transaction(f"新增{number}", actor="文员甲") as tx:
            for part in range(number % 3 + 1):
                tx.add(Village, {"name": f"{number}号{part}村", "principal": "张三", "principal_phone": "13900000001"})
    database.close()
    return database.folder


def verified(folder: Path) -> AuditReport:
    opened = Database(folder)
    try:
        return audit.verify(opened)
    finally:
        opened.close()


def tamper(folder: Path, *statements: str) -> None:
    """What a person with a database tool can do: the triggers are no hindrance to them."""
    with closing(connect(folder / "anjian.db")) as raw:
        raw.execute("PRAGMA foreign_keys=OFF")
        for table in ("audit_entry", "audit_change"):
            for act in ("update", "delete"):
                raw.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}")
        for statement in statements:
            assert raw.execute(statement).rowcount != 0, statement
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def test_an_untouched_audit_verifies(audited: Path) -> None:
    report = verified(audited)
    assert (report.ok, report.entries, report.first_bad) == (True, ENTRIES, None)
    assert len(report.head) == 64


def test_an_empty_audit_verifies(database: Database) -> None:
    assert audit.verify(database) == AuditReport(True, 0, None, "0" * 64)


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET actor='x'", "DELETE FROM audit_change"])
def test_the_store_itself_refuses_to_change_the_audit(database: Database, statement: str) -> None:
    with database.transaction("新增") as tx:
        tx.add(Village, {"name": "东河村"})
    with pytest.raises(SQLAlchemyError, match="append only"), database.transaction("篡改") as tx:
        tx.session.execute(text(statement))


@pytest.mark.parametrize(
    ("statements", "first_bad"),
    [
        (["UPDATE audit_entry SET actor='文员乙' WHERE seq=4"], 4),
        (["UPDATE audit_entry SET at='2020-01-01 00:00:00.000000' WHERE seq=1"], 1),
        (["UPDATE audit_entry SET note='x' WHERE seq=12"], 12),
        (["UPDATE audit_change SET fields='{}' WHERE seq=5"], 5),
        (["UPDATE audit_change SET row_id=row_id+1 WHERE seq=5"], 5),
        (["DELETE FROM audit_change WHERE seq=6"], 6),
        (["INSERT INTO audit_change (seq,ledger,row_id,act,fields) VALUES (7,'village',1,'edit','{}')"], 7),
        (["DELETE FROM audit_entry WHERE seq=3"], 3),
        (["DELETE FROM audit_entry WHERE seq=3", "DELETE FROM audit_change WHERE seq=3"], 3),
        (["DELETE FROM audit_change WHERE seq=12", "DELETE FROM audit_entry WHERE seq=12"], 12),
        (["DELETE FROM audit_change WHERE seq>4", "DELETE FROM audit_entry WHERE seq>4"], 5),
        (["DELETE FROM audit_change", "DELETE FROM audit_entry"], 1),
        (["UPDATE audit_entry SET seq=99 WHERE seq=2", "UPDATE audit_entry SET seq=2 WHERE seq=3", "UPDATE audit_entry SET seq=3 WHERE seq=99"], 2),
        (["UPDATE audit_entry SET seq=seq+1 WHERE seq=12"], 12),
        (["INSERT INTO audit_entry SELECT 13, at, actor, action, note, changes_digest, mac, mac FROM audit_entry WHERE seq=12"], 13),
    ],
)  # fmt: skip
def test_every_kind_of_tampering_is_found_where_it_is(audited: Path, statements: list[str], first_bad: int) -> None:
    tamper(audited, *statements)
    report = verified(audited)
    assert (report.ok, report.first_bad) == (False, first_bad)
    assert report.problem


def test_an_older_copy_put_in_place_is_found(audited: Path, tmp_path: Path) -> None:
    shutil.copy(audited / "anjian.db", tmp_path / "older.db")
    opened = open_store(audited)
    with opened.transaction("新增") as tx:
        tx.add(Village, {"name": "新村"})
    opened.close()
    shutil.copy(tmp_path / "older.db", audited / "anjian.db")
    report = verified(audited)
    assert (report.ok, report.first_bad) == (False, ENTRIES + 1)


def test_a_deleted_log_of_a_killed_program_is_found(audited: Path, tmp_path: Path) -> None:
    opened = Database(audited)
    with opened.transaction("新增") as tx:
        tx.add(Village, {"name": "新村"})
    killed = tmp_path / "killed"
    shutil.copytree(audited, killed)
    opened.close()
    (killed / "anjian.db-wal").unlink()
    (killed / "anjian.db-shm").unlink()
    report = verified(killed)
    assert (report.ok, report.first_bad) == (False, ENTRIES + 1)
    assert "不见了" in report.problem


def test_a_torn_or_missing_side_file_is_no_tampering(audited: Path) -> None:
    head = audited / "audit.head"
    head.write_bytes(head.read_bytes()[:-30])
    assert verified(audited).ok
    head.write_bytes(b"\xff\xfe 12\n\n99 short\n")
    assert verified(audited).ok
    head.unlink()
    assert verified(audited).ok


CHAIN = ("at", "actor", "action", "note", "changes_digest", "previous", "mac")
CHANGE = ("ledger", "row_id", "act", "fields")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_edit_deletion_or_swap_goes_unnoticed(audited: Path, data: st.DataObject) -> None:
    untouched = (audited / "anjian.db").read_bytes()
    try:
        table, key, columns = data.draw(
            st.sampled_from([("audit_entry", "seq", CHAIN), ("audit_change", "id", CHANGE)])
        )
        with closing(connect(audited / "anjian.db")) as raw:
            rows = raw.execute(f"SELECT {key}, {', '.join(columns)} FROM {table}").fetchall()
        one, other = data.draw(st.lists(st.sampled_from(rows), min_size=2, max_size=2, unique=True))
        act = data.draw(st.sampled_from(["edit", "delete", "swap"]))
        if act == "edit":
            value = data.draw(st.text("abc123中", min_size=1)) + "z"
            tamper(audited, f"UPDATE {table} SET {data.draw(st.sampled_from(columns))}='{value}' WHERE {key}={one[0]}")
        elif act == "delete":
            tamper(audited, f"DELETE FROM {table} WHERE {key}={one[0]}")
        else:
            for place, row in ((one[0], other), (other[0], one)):
                values = ", ".join(f"{name}='{value}'" for name, value in zip(columns, row[1:], strict=True))
                tamper(audited, f"UPDATE {table} SET {values} WHERE {key}={place}")
        assert not verified(audited).ok
    finally:
        for end in ("-wal", "-shm"):
            (audited / f"anjian.db{end}").unlink(missing_ok=True)
        (audited / "anjian.db").write_bytes(untouched)


def test_rows_changed_with_another_tool_are_found(database: Database) -> None:
    with database.transaction("新增") as tx:
        ids = tx.add_many(Enterprise, [{"name": f"{n}厂", "worker_count": n} for n in range(6)])
    with database.transaction("修改") as tx:
        tx.change(tx.get(Enterprise, ids[0]), {"address": "1号"})
        tx.change_many(Enterprise, [(ids[1], {"address": "2号"})])
        tx.retire(tx.get(Enterprise, ids[2]))
    assert changed_outside(database) == []
    with closing(connect(database.path)) as raw:
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("UPDATE organization SET name='改了' WHERE id=?", (ids[0],))
        raw.execute("UPDATE enterprise SET worker_count=0 WHERE id=?", (ids[1],))
        raw.execute("UPDATE organization SET retired_at=NULL WHERE id=?", (ids[2],))
        raw.execute("DELETE FROM enterprise WHERE id=?", (ids[3],))
        raw.execute(
            "INSERT INTO organization (id,kind,name,name_key,name_order,version) VALUES (900,'village','假村','假村','',1)"
        )
        raw.execute("INSERT INTO village (id) VALUES (900)")
    found = set(changed_outside(database))
    assert found == {("enterprise", ids[n]) for n in range(4)} | {("village", 900)}


def test_byte_flips_that_change_a_row_are_found(database: Database) -> None:
    """A structural check lets one flip in five through; seals and chain let none (quality of disks, not of people)."""

    def shown() -> object:
        try:
            with closing(connect(database.path)) as raw:
                raw.text_factory = bytes
                return [
                    raw.execute(f"SELECT * FROM {table}").fetchall()
                    for table in ("organization", "enterprise", "audit_entry", "audit_change")
                ]
        except (dbapi2.Error, UnicodeDecodeError):
            return None

    with database.transaction("新增") as tx:
        tx.add_many(Enterprise, [{"name": f"{n}号加工厂", "address": f"东河村{n}号"} for n in range(150)])
    database.close()
    path, whole, before = database.path, database.path.read_bytes(), shown()
    chosen, harmful = random.Random(7), 0
    for _ in range(700):
        place = chosen.randrange(200, len(whole))
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << chosen.randrange(8)]) + whole[place + 1 :])
        after = shown()
        if after is None or after == before:
            continue
        harmful += 1
        opened = Database(database.folder)
        assert not check(opened).ok, place
        opened.close()
    assert harmful > 10
    path.write_bytes(whole)


@given(st.binary(min_size=1, max_size=100), st.lists(st.one_of(st.text(), st.integers()), max_size=8))
def test_an_entrys_digest_is_the_standards_hmac(key: bytes, entry: list[object]) -> None:
    text = "".join(f"{len(str(one))}:{one}" for one in entry).encode("utf-8", "surrogatepass")
    assert audit.keyed_digest(key)(entry) == hmac.digest(key, text, "sha256").hex()
