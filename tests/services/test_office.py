"""Opening, making and describing an office; its reminders' backup; the demo."""

from __future__ import annotations

from datetime import date

import pytest
from support.offices import NEW_YEAR, enterprises

from anjian_desktop.errors import NoStore, StoreError, UserError
from anjian_desktop.services import maintenance
from anjian_desktop.services.agreements import DraftRequest, draft
from anjian_desktop.services.demo import MARK, DemoSize, run_demo
from anjian_desktop.services.office import create_office, hold_window, open_office
from anjian_desktop.services.office_profile import PROFILE_FIELDS, set_profile, show_profile
from anjian_desktop.services.print_requests import PrintRequest
from anjian_desktop.services.printing import print_agreements


def test_an_office_is_made_once(tmp_path):
    create_office(tmp_path / "数 据", name="示例镇安监办", prefix="示应急", today=NEW_YEAR).close()
    with pytest.raises(UserError):
        create_office(tmp_path / "数 据", name="别的办公室")
    with open_office(tmp_path / "数 据") as office:
        assert (office.profile.prefix, office.profile.party_a) == ("示应急", "示例镇安监办")


@pytest.mark.parametrize(
    "facts",
    [
        {"name": ""},
        {"name": "示例镇安监办", "prefix": "示〔安"},
        {"name": "示例镇安监办", "province": "月球"},
        {"name": "示例镇安监办", "next_number": 0},
    ],
)
def test_a_wrong_fact_makes_no_office(tmp_path, facts):
    with pytest.raises(UserError):
        create_office(tmp_path / "data", **facts)
    assert not (tmp_path / "data").exists()
    with pytest.raises(NoStore):
        open_office(tmp_path / "data")


def test_numbers_given_by_hand_are_continued(tmp_path):
    with create_office(tmp_path / "data", name="示例镇安监办", next_number=41, today=NEW_YEAR) as office:
        enterprises(office, 1)
        draft(office, DraftRequest(2026, "enterprise"))
        assert print_agreements(office, PrintRequest(2026, tmp_path / "out")).first_number == "示安责〔2026〕41号"


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        ("deadline", "4月15日", "04-15"),
        ("签订截止日", "2026-4-1", "04-01"),
        ("copies", "３", "3"),
        ("phone", "0530 9900001", "05309900001"),
        ("leader", " 安示例 ", "安示例"),
    ],
)
def test_facts_of_the_office_are_tidied(office, key, typed, kept):
    set_profile(office, {key: typed})
    field = next(one for one in PROFILE_FIELDS if key in (one.key, one.label))
    assert show_profile(office)[field.key] == kept


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("deadline", "02-31"),
        ("copies", "0"),
        ("province", "法国"),
        ("office", ""),
        ("没有", "1"),
        ("phone", "12"),
        ("prefix", "安责2"),
    ],
)
def test_a_wrong_fact_is_refused_and_none_of_the_others_is_kept(office, key, typed):
    before = show_profile(office)
    with pytest.raises(UserError):
        set_profile(office, {"leader": "李示例", key: typed})
    assert show_profile(office) == before


def test_a_deadline_on_the_last_of_february_holds_in_every_year(office):
    set_profile(office, {"deadline": "02-29"})
    assert office.profile.deadline_in(2028) == date(2028, 2, 29)
    assert office.profile.deadline_in(2027) == date(2027, 2, 28)


def test_a_second_window_is_turned_away_while_the_command_line_works(office):
    with hold_window(office):
        with open_office(office.folder) as beside:
            enterprises(beside, 1)
        with pytest.raises(StoreError) as held, hold_window(office):
            pass
        assert held.value.code == "held"


def test_a_backup_turns_the_light_green(office, tmp_path):
    assert maintenance.backup_state(office).tone == "late"
    result = maintenance.backup(office)
    assert result.verified
    assert maintenance.backup_state(office).tone == "ok"


def test_check_and_audit_are_clean_after_a_whole_job(tmp_path):
    outcome = run_demo(tmp_path / "示例", tmp_path / "示例" / "data", today=NEW_YEAR, size=DemoSize(60, 5, 6, 4))
    assert (outcome.organizations, outcome.agreements) == (70, 70)
    assert outcome.refused == 5
    assert all(file.exists() for file in outcome.files)
    with open_office(outcome.data, today=NEW_YEAR) as office:
        report = maintenance.check(office, full=True)
        assert report.ok, report
        assert maintenance.audit_verify(office).ok


def test_a_demo_replaces_only_its_own_folder(tmp_path):
    small = DemoSize(3, 0, 2, 1)
    out = tmp_path / "示例"
    run_demo(out, out / "data", today=NEW_YEAR, size=small)
    with pytest.raises(UserError, match="again"):
        run_demo(out, out / "data", size=small)
    run_demo(out, out / "data", again=True, today=NEW_YEAR, size=small)
    (out / MARK).unlink()
    (out / "data" / MARK).unlink()
    with pytest.raises(UserError):
        run_demo(out, out / "data", again=True, size=small)
    assert (out / "data" / "anjian.db").exists()
