"""Revision 0006: certificates printed before files were kept stay printed, and say so when the file is asked for."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from support.training import MACHINES, identity_number

from anjian_desktop.errors import UserError
from anjian_desktop.services import certificates, records, sessions
from anjian_desktop.services.certificate_prints import kept_page, print_certificates
from anjian_desktop.services.office import Office
from anjian_desktop.storage import upgrade
from anjian_desktop.storage.engine import make_engine


def run(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(upgrade.SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def test_rows_of_the_revision_before_keep_what_they_said(tmp_path: Path) -> None:
    (tmp_path / "older.db").touch()
    engine = make_engine(tmp_path / "older.db")
    said = "name, identity_number, certificate_kind, number, origin, state, pdf_sha256, version"
    with engine.begin() as connection:
        run(connection, "0005")
        for n, printed in ((1, "'a1'"), (2, "NULL")):
            values = f"'甲示例', 'x{n}', '培训合格证', '{n}号', 'issued', 'valid', {printed}, 1"
            connection.execute(text(f"INSERT INTO certificate ({said}) VALUES ({values})"))
        run(connection, "0006")
        found = connection.execute(
            text("SELECT pdf_sha256, pdf_page, card_sha256, layout_sha256 FROM certificate ORDER BY id")
        ).all()
        assert [tuple(row) for row in found] == [("a1", 0, None, None), (None, None, None, None)]
        assert connection.execute(text("SELECT count(*) FROM commendation")).scalar() == 0
    engine.dispose()


def test_one_printed_before_files_were_kept_is_a_reprint_and_has_no_archived_page(
    office: Office, tmp_path: Path
) -> None:
    records.add(office, "enterprise", {"name": MACHINES})
    person = {"name": "甲示例", "identity_number": identity_number(1), "enterprise": MACHINES}
    worker = records.add(office, "worker", person).id
    held = {"name": "安全基础班", "level": "公司级", "started_on": "2026-01-03", "class_hours": "8"}
    class_id = records.add(office, "training_session", held).id
    sessions.enrol(office, class_id, [worker])
    marks = {one.record_id: {"score": "90"} for one in sessions.participants(office, class_id)}
    sessions.set_marks(office, class_id, marks)
    (one,) = certificates.issue(office, session_id=class_id).issued
    with office.db.transaction("旧版本") as tx:
        from anjian_desktop.ledgers.certificate import Certificate

        older = {"pdf_sha256": "a" * 64, "pdf_page": 0, "layout_sha256": None, "card_layout_sha256": None}
        tx.change(tx.get(Certificate, one.id), older)
    with pytest.raises(UserError, match="旧版本打印的"):
        kept_page(office, one.id)
    made = print_certificates(office, [one.id], tmp_path)
    assert made.reprinted == 1
    assert f"{one.number}（补发）" in "".join(pypdf.PdfReader(made.files[0]).pages[0].extract_text().split())
