"""The register of print runs says when, who, which and how many, and tells an unfinished run."""

from __future__ import annotations

from support.offices import enterprises

from anjian_desktop.errors import Cancelled
from anjian_desktop.services.agreements import DraftRequest, draft
from anjian_desktop.services.print_requests import PrintRequest
from anjian_desktop.services.print_runs import print_runs
from anjian_desktop.services.printing import print_agreements


def test_every_run_is_kept_the_latest_first(office, tmp_path):
    enterprises(office, 3)
    ids = draft(office, DraftRequest(2026, "enterprise")).ids
    print_agreements(office, PrintRequest(2026, tmp_path / "out", merge=True, copies=3, limit=2))
    print_agreements(office, PrintRequest(2026, tmp_path / "out", ids=ids[1:]))
    second, first = print_runs(office, 2026)
    assert (first.agreements, first.new, first.pages, first.copies, first.merged) == (ids[:2], 2, 8, 3, True)
    assert (first.first_number, first.last_number) == ("示安责〔2026〕1号", "示安责〔2026〕2号")
    assert (second.agreements, second.new, second.copies, second.merged) == (ids[1:], 1, None, False)
    assert first.actor == second.actor == "文员" and first.finished and len(first.sha256) == 64
    assert print_runs(office, 2027) == []


def test_a_run_repeated_prints_the_same_numbers(office, tmp_path):
    enterprises(office, 2)
    draft(office, DraftRequest(2026, "enterprise"))
    print_agreements(office, PrintRequest(2026, tmp_path / "out"))
    (run,) = print_runs(office, 2026)
    again = print_agreements(office, PrintRequest(2026, tmp_path / "again", ids=run.agreements))
    assert (again.issued, again.reprinted, again.first_number) == (0, 2, run.first_number)
    assert print_runs(office, 2026)[0].sha256 == run.sha256


def test_an_unfinished_run_says_so(office, tmp_path):
    enterprises(office, 2)
    draft(office, DraftRequest(2026, "enterprise"))

    def stop(done: int, total: int, name: str) -> None:
        if name.startswith("生成"):
            raise Cancelled

    assert print_agreements(office, PrintRequest(2026, tmp_path / "out"), step=stop).stopped
    (run,) = print_runs(office, 2026)
    assert not run.finished and run.sha256 == ""
