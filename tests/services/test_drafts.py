"""What is typed and not saved lies in a small file until it is saved or given up."""

from __future__ import annotations

import os
import stat
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.offices import enterprise

from anjian_desktop.errors import UserError
from anjian_desktop.services import drafts, reveal
from anjian_desktop.services.drafts import Draft
from anjian_desktop.storage.audit import verify

AT = datetime(2026, 1, 5, 9, 12, 30)


def test_a_draft_is_found_again_and_goes(office):
    kept = Draft("enterprise", 7, {"name": "东河化工厂", "principal_phone": "13900000001"}, 3, AT)
    drafts.keep(office, kept)
    assert drafts.find(office, "enterprise", 7) == kept
    assert drafts.find(office, "enterprise", None) is None
    drafts.drop(office, "enterprise", 7)
    drafts.drop(office, "enterprise", 7)
    assert drafts.find(office, "enterprise", 7) is None


def test_drafts_wait_with_the_newest_first_and_a_later_one_takes_the_earliers_place(office):
    drafts.keep(office, Draft("enterprise", None, {"name": "甲"}, at=AT))
    drafts.keep(office, Draft("village", 3, {"name": "乙"}, at=AT.replace(hour=10)))
    drafts.keep(office, Draft("enterprise", None, {"name": "丙"}, at=AT.replace(hour=11)))
    assert [(one.ledger, one.row_id, one.values["name"]) for one in drafts.waiting(office)] == [
        ("enterprise", None, "丙"),
        ("village", 3, "乙"),
    ]


def test_only_its_user_reads_a_draft_and_its_name_says_nothing(office):
    drafts.keep(office, Draft("enterprise", None, {"name": "东河化工厂", "principal_phone": "13900000001"}, at=AT))
    (file,) = (office.folder / "drafts").iterdir()
    assert file.name == "enterprise-new.json"
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | st.sampled_from([b"[]", b"{}", b'{"values": 3}', b'{"values": {"a": 1}, "at": "x"}']))
def test_an_unreadable_draft_is_no_draft(office, content):
    (office.folder / "drafts").mkdir(exist_ok=True)
    (office.folder / "drafts" / "enterprise-new.json").write_bytes(content)
    assert drafts.find(office, "enterprise", None) is None
    assert drafts.waiting(office) == []


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.text(min_size=1, max_size=8), st.text(st.characters(codec="utf-8"), max_size=30), min_size=1))
def test_whatever_was_typed_comes_back_as_it_was(office, values):
    drafts.keep(office, Draft("village", 1, values, 1, AT))
    assert drafts.find(office, "village", 1) == Draft("village", 1, values, 1, AT)


def test_a_disk_that_refuses_is_said(office):
    (office.folder / "drafts").write_text("a file stands where the folder should")
    with pytest.raises(UserError):
        drafts.keep(office, Draft("village", None, {"name": "甲"}, at=AT))


def test_a_look_at_personal_data_is_audited_without_the_data(office):
    unit = enterprise(office, 1)
    assert reveal.reveal(office, "enterprise", unit)["principal_phone"] == "13900000001"
    with office.db.statements() as execute:
        action, note = execute("SELECT action, note FROM audit_entry ORDER BY seq DESC LIMIT 1").fetchone()
    assert action == "查看完整信息"
    assert f"第{unit}号记录" in note and "139" not in note
    assert verify(office.db).ok
