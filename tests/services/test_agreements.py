"""Agreements from draft to void, superseded and renewed."""

from __future__ import annotations

from datetime import date

import pytest
from support.offices import enterprise, enterprises, on, village

from anjian_desktop.errors import UserError
from anjian_desktop.services import agreements, browse, records
from anjian_desktop.services.agreements import DraftRequest, draft
from anjian_desktop.services.office import Office
from anjian_desktop.services.print_requests import PrintRequest
from anjian_desktop.services.printing import print_agreements
from anjian_desktop.services.signatures import sign
from anjian_desktop.services.standing import register, status


def issue(office: Office, tmp_path, **request) -> tuple[int, ...]:
    return print_agreements(office, PrintRequest(2026, tmp_path / "out", **request)).ids


def state_of(office: Office, agreement_id: int) -> str:
    return str(browse.row(office, "agreement", agreement_id).values["state"])


def test_numbers_follow_each_other_and_a_void_one_is_never_used_again(office, tmp_path):
    enterprises(office, 3)
    draft(office, DraftRequest(2026, "enterprise"))
    first = issue(office, tmp_path)
    assert agreements.void(office, [first[1]], reason="负责人变更").done == (first[1],)
    assert draft(office, DraftRequest(2026, "enterprise")).drafted == 1
    issue(office, tmp_path)
    listed = register(office, 2026)
    assert [(row.number, row.state) for row in listed.rows] == [
        ("示安责〔2026〕1号", "issued"),
        ("示安责〔2026〕2号", "void"),
        ("示安责〔2026〕3号", "issued"),
        ("示安责〔2026〕4号", "issued"),
    ]
    assert listed.gaps == ()


def test_the_next_year_begins_with_number_one(office, tmp_path):
    enterprises(office, 1)
    draft(office, DraftRequest(2026, "enterprise"))
    issue(office, tmp_path)
    later = on(office, date(2027, 1, 1))
    draft(later, DraftRequest(2027, "enterprise"))
    assert print_agreements(later, PrintRequest(2027, tmp_path / "out")).first_number == "示安责〔2027〕1号"


def test_drafting_again_drafts_only_units_without_an_agreement(office):
    enterprises(office, 2)
    assert draft(office, DraftRequest(2026, "Z5")).drafted == 2
    enterprise(office, 3)
    again = draft(office, DraftRequest(2026, "enterprise"))
    assert (again.drafted, again.existing) == (1, 2)


def test_a_preview_of_drafting_gives_the_same_counts_and_writes_nothing(office):
    enterprises(office, 2)
    enterprise(office, 3, status="停产")
    preview = agreements.preview_draft(office, DraftRequest(2026, "enterprise"))
    assert preview.drafted == 2
    assert browse.ids(office, browse.Query("agreement")) == []
    done = draft(office, DraftRequest(2026, "enterprise"))
    assert (done.drafted, done.existing, done.left_out) == (preview.drafted, preview.existing, preview.left_out)


def test_units_out_of_operation_are_left_out_with_the_reason(office):
    enterprise(office, 1, status="注销")
    outcome = draft(office, DraftRequest(2026, "enterprise"))
    assert outcome.drafted == 0
    assert [(one.name, one.reason) for one in outcome.left_out] == [("示例1号机械有限公司", "经营状态为注销")]


def test_only_units_that_fit_the_conditions_are_drafted(office):
    village(office, "东河村")
    enterprise(office, 1, village="东河村")
    enterprise(office, 2)
    where = (browse.parse_condition("enterprise", "所属村=东河村"),)
    assert draft(office, DraftRequest(2026, "enterprise", where=where)).drafted == 1


def test_a_new_deadline_moves_the_drafts_that_are_not_on_paper_yet(office, tmp_path):
    enterprises(office, 1)
    draft(office, DraftRequest(2026, "enterprise"))
    issued = issue(office, tmp_path)
    enterprise(office, 2)
    draft(office, DraftRequest(2026, "enterprise", deadline=date(2026, 4, 30)))
    deadlines = {
        row.id: row.values["deadline"]
        for row in browse.page(office, "agreement", browse.ids(office, browse.Query("agreement")))
    }
    assert deadlines.pop(issued[0]) == date(2026, 3, 31)
    assert set(deadlines.values()) == {date(2026, 4, 30)}


@pytest.mark.parametrize(
    "request_",
    [
        DraftRequest(1826, "enterprise"),
        DraftRequest(2026, "Z99"),
        DraftRequest(2026, "Z5", copies=0),
        DraftRequest(2026, "Z5", template="没有"),
    ],
)
def test_an_unusable_request_is_refused_in_words(office, request_):
    with pytest.raises(UserError) as refused:
        draft(office, request_)
    assert refused.value.message


def test_a_changed_leader_is_signed_anew_and_the_unit_counts_once(office, tmp_path):
    unit = enterprise(office, 1)
    draft(office, DraftRequest(2026, "enterprise"))
    (old,) = issue(office, tmp_path)
    sign(office, [old], on=office.today)
    july = on(office, date(2026, 7, 20))
    outcome = agreements.supersede(july, old, on=date(2026, 7, 20), by="钱示例")
    (new,) = outcome.done
    before, after = browse.row(july, "agreement", old), browse.row(july, "agreement", new)
    assert (before.values["state"], before.values["ended_on"]) == ("superseded", date(2026, 7, 19))
    assert (after.values["period_from"], after.values["period_to"]) == (date(2026, 7, 20), date(2026, 12, 31))
    assert (date(2026, 7, 19) - date(2026, 1, 1)).days + 1 == 200
    assert browse.row(july, "enterprise", unit).values["principal"] == "钱示例"
    issue(july, tmp_path)
    sign(july, [new], on=july.today)
    figures = status(july, 2026).kinds[0]
    assert (figures.due, figures.drafted, figures.signed, figures.on_time) == (1, 1, 1, 1)


def test_a_superseded_agreement_prints_again_with_its_mark(office, tmp_path):
    enterprises(office, 1)
    draft(office, DraftRequest(2026, "enterprise"))
    (old,) = issue(office, tmp_path)
    agreements.supersede(on(office, date(2026, 7, 20)), old, on=date(2026, 7, 20))
    printed = print_agreements(office, PrintRequest(2026, tmp_path / "again", ids=(old,)))
    assert (printed.reprinted, printed.first_number) == (1, "示安责〔2026〕1号")


def test_a_draft_cannot_be_superseded_nor_terminated(office):
    enterprises(office, 1)
    (only,) = draft(office, DraftRequest(2026, "enterprise")).ids
    assert agreements.supersede(office, only, on=date(2026, 7, 1)).refused[0].problem.startswith("草稿")
    assert agreements.terminate(office, [only], on=date(2026, 7, 1), reason="关停").refused
    assert state_of(office, only) == "drafted"


def test_an_ended_agreement_cannot_be_ended_again(office, tmp_path):
    enterprises(office, 1)
    draft(office, DraftRequest(2026, "enterprise"))
    (only,) = issue(office, tmp_path)
    assert agreements.terminate(office, [only], on=date(2026, 6, 30), reason="关停").done == (only,)
    refused = agreements.void(office, [only], reason="写错").refused
    assert refused[0].item == "示安责〔2026〕1号"
    assert state_of(office, only) == "terminated"


def test_voiding_needs_a_reason(office):
    enterprises(office, 1)
    ids = draft(office, DraftRequest(2026, "enterprise")).ids
    with pytest.raises(UserError):
        agreements.void(office, ids, reason="  ")


def test_renewal_drafts_every_unit_in_operation_for_the_next_year(office, tmp_path):
    units = enterprises(office, 6)
    draft(office, DraftRequest(2026, "enterprise"))
    ids = issue(office, tmp_path)
    sign(office, ids, on=office.today)
    december = on(office, date(2026, 12, 31))
    for closed in units[:2]:
        records.edit(december, "enterprise", closed, {"status": "注销"})
    enterprise(december, 7)
    renewed = agreements.renew(december, from_year=2026)
    assert (renewed.year, renewed.drafted, len(renewed.left_out)) == (2027, 5, 2)
    fresh = browse.page(december, "agreement", renewed.ids)
    assert {(row.values["state"], row.values["signed_on"], row.values["number"]) for row in fresh} == {
        ("drafted", None, None)
    }
    assert len(register(december, 2026).rows) == 6


def test_unknown_numbers_are_named(office):
    with pytest.raises(UserError, match="示安责〔2026〕9号"):
        agreements.find_numbers(office, ["9"], year=2026)
