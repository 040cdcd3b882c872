"""The year's figures: due on the reference day, two rates, the unsigned."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.offices import enterprise, enterprises, on, village

from anjian_desktop.domain.agreements import is_due
from anjian_desktop.services import browse, records
from anjian_desktop.services.agreements import DraftRequest, draft, void
from anjian_desktop.services.office_profile import set_profile
from anjian_desktop.services.print_requests import PrintRequest
from anjian_desktop.services.printing import print_agreements
from anjian_desktop.services.reminders import home
from anjian_desktop.services.signatures import sign
from anjian_desktop.services.standing import status


def signing(office, tmp_path, count):
    enterprises(office, count)
    draft(office, DraftRequest(2026, "enterprise"))
    return print_agreements(office, PrintRequest(2026, tmp_path / "out", merge=True)).ids


def test_two_rates_part_after_the_deadline(office, tmp_path):
    ids = signing(office, tmp_path, 20)
    sign(on(office, date(2026, 3, 20)), ids[:19], on=date(2026, 3, 20))
    april = on(office, date(2026, 4, 1))
    figures = status(april, 2026).kinds[0]
    assert (figures.due, figures.signed, figures.on_time_rate, figures.overdue) == (20, 19, 95.0, 1)
    assert [one.number for one in figures.unsigned] == ["示安责〔2026〕20号"]
    sign(on(office, date(2026, 4, 20)), ids[19:], on=date(2026, 4, 20))
    figures = status(on(office, date(2026, 4, 20)), 2026).total
    assert (figures.on_time_rate, figures.cumulative_rate, figures.overdue) == (95.0, 100.0, 0)


def test_a_unit_counts_by_its_state_on_the_reference_day(office, tmp_path):
    signing(office, tmp_path, 3)
    closing = browse.ids(office, browse.Query("enterprise"))
    records.edit(on(office, date(2026, 2, 1)), "enterprise", closing[0], {"status": "注销"})
    records.edit(on(office, date(2026, 6, 1)), "enterprise", closing[1], {"status": "停产"})
    assert status(on(office, date(2026, 1, 31)), 2026).total.due == 3
    assert status(on(office, date(2026, 7, 1)), 2026).total.due == 2
    enterprise(office, 9, established_on="2026-05-01")
    assert status(on(office, date(2026, 7, 1)), 2026).total.due == 2


def test_after_void_a_unit_is_unsigned_again(office, tmp_path):
    ids = signing(office, tmp_path, 2)
    sign(office, ids, on=office.today)
    void(office, ids[:1], reason="写错")
    figures = status(office, 2026).total
    assert (figures.drafted, figures.signed, figures.cumulative_rate, len(figures.unsigned)) == (1, 1, 50.0, 1)
    assert figures.unsigned[0].state is None


def test_the_office_may_count_only_what_is_archived(office, tmp_path):
    ids = signing(office, tmp_path, 2)
    scan = tmp_path / "a.pdf"
    scan.write_bytes(b"%PDF")
    sign(office, ids[:1], on=office.today, scan=scan)
    sign(office, ids[1:], on=office.today)
    assert status(office, 2026).total.cumulative_rate == 100.0
    set_profile(office, {"归档才计入": "是"})
    figures = status(office, 2026).total
    assert (figures.cumulative_rate, figures.signed, figures.archived) == (50.0, 2, 1)


def test_nothing_due_has_no_rate(office):
    draft(office, DraftRequest(2026, "village"))
    assert status(office, 2026).total.on_time_rate is None


def test_every_figure_of_the_home_page_opens_as_many_rows(office, tmp_path):
    village(office, "东河村")
    ids = signing(office, tmp_path, 4)
    sign(office, ids[:1], on=office.today)
    enterprise(office, 8)
    draft(office, DraftRequest(2026, "enterprise"))
    records.edit(office, "enterprise", browse.ids(office, browse.Query("enterprise"))[0], {"principal": "周示例"})
    shown = {todo.kind: todo for todo in home(office).todos}
    assert {"print", "chase", "re_sign", "no_village", "backup"} <= set(shown)
    for todo in shown.values():
        if todo.query is not None:
            assert todo.count == len(browse.ids(office, todo.query)) > 0


days = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(day=days, changed=days, founded=st.none() | days)
def test_leaving_and_entering_operation_are_opposites(day, changed, founded):
    entered = is_due(status="在营", status_changed_on=changed, established_on=founded, day=day)
    left = is_due(status="注销", status_changed_on=changed, established_on=founded, day=day)
    existed = founded is None or founded <= day
    assert (entered, left) == ((changed <= day and existed), (changed > day and existed))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from(["print", "sign", "void", "draft"]), st.integers(0, 4)), max_size=8))
def test_counts_stay_cumulative_whatever_is_done(office, tmp_path, acts):
    if not browse.ids(office, browse.Query("enterprise")):
        enterprises(office, 5)
    for act, n in acts:
        ids = browse.ids(office, browse.Query("agreement"))
        chosen = ids[n : n + 2]
        if act == "draft":
            draft(office, DraftRequest(2026, "enterprise"))
        elif act == "print" and ids:
            print_agreements(office, PrintRequest(2026, tmp_path / "out", ids=tuple(chosen), format="docx"))
        elif act == "sign":
            sign(office, chosen, on=office.today)
        elif act == "void" and chosen:
            void(office, chosen, reason="试")
    figures = status(office, 2026).total
    assert figures.archived <= figures.signed <= figures.issued <= figures.drafted <= 5
    if figures.due:
        assert figures.due - figures.signed == len(figures.unsigned)


def test_the_deadline_day_itself_is_on_time(office, tmp_path):
    ids = signing(office, tmp_path, 1)
    last = date(2026, 3, 31)
    sign(on(office, last), ids, on=last)
    assert status(on(office, last + timedelta(days=1)), 2026).total.on_time_rate == 100.0
