"""Filing scanned paper by the codes on its pages: what is complete is archived, nothing is lost, nothing is guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from support.offices import enterprises, on
from support.scanned import DOTS, scanned

from anjian_desktop.errors import UserError
from anjian_desktop.services import browse, maintenance, records, scans, sessions, training_papers
from anjian_desktop.services.agreements import DraftRequest, draft, void
from anjian_desktop.services.office import create_office
from anjian_desktop.services.print_requests import PrintRequest
from anjian_desktop.services.printing import print_agreements
from anjian_desktop.services.scan_sets import filed, scan_pdf
from anjian_desktop.services.signatures import sign


@pytest.fixture
def paper(office, tmp_path) -> Path:
    """Three agreements, one copy each, in one PDF of twelve pages."""
    enterprises(office, 3)
    draft(office, DraftRequest(2026, "enterprise", copies=1))
    return print_agreements(office, PrintRequest(2026, tmp_path / "out", merge=True)).files[0]


def state(office, agreement_id):
    values = browse.row(office, "agreement", agreement_id).values
    return values["state"], values["signed_on"], values["archived_on"]


def sums(outcome):
    return outcome.filed + outcome.blank + outcome.foreign + outcome.duplicate + len(outcome.queue)


def test_a_complete_set_is_signed_and_archived_in_any_order_and_upside_down(office, paper, tmp_path):
    pile = scanned(paper, [2, 0, None, 3, 1], tmp_path / "签回.pdf", turn=180)
    outcome = scans.file_scans(office, [pile])
    assert (outcome.read, outcome.filed, outcome.blank, outcome.queue) == (5, 4, 1, ())
    (one,) = outcome.sets
    assert (one.state, one.pages, one.missing_pages, one.date_assumed) == ("archived", 4, (), True)
    assert state(office, one.id) == ("archived", office.today, office.today)
    assert len(pypdfium2.PdfDocument(scan_pdf(office, "agreement", one.id))) == 4
    assert maintenance.check(office, full=True).ok


def test_an_incomplete_set_changes_nothing_until_its_last_page_comes(office, paper, tmp_path):
    first = scans.file_scans(office, [scanned(paper, [4, 5, 6], tmp_path / "一.pdf")])
    assert first.sets[0].missing_pages == (4,)
    second = first.sets[0].id
    assert state(office, second) == ("issued", None, None)
    then = scans.file_scans(office, [scanned(paper, [7], tmp_path / "二.png")])
    assert (then.filed, then.sets[0].state, then.sets[0].missing_pages) == (1, "archived", ())
    assert len(pypdfium2.PdfDocument(scan_pdf(office, "agreement", second))) == 4


def test_a_registered_day_stays_and_an_assumed_one_can_be_set_right(office, paper, tmp_path):
    later = on(office, date(2026, 2, 1))
    sign(later, [1], on=date(2026, 1, 20))
    outcome = scans.file_scans(later, [scanned(paper, list(range(8)), tmp_path / "两份.tif")])
    assert [one.date_assumed for one in outcome.sets] == [False, True]
    assert state(later, 1) == ("archived", date(2026, 1, 20), date(2026, 2, 1))
    assert sign(later, [2], on=date(2026, 1, 25)).refused == ()
    assert state(later, 2) == ("archived", date(2026, 1, 25), date(2026, 2, 1))
    assert sign(later, [2], on=date(2026, 1, 26)).refused[0].problem == "已经登记过签订"


def test_the_same_pile_again_is_told_as_duplicates_and_changes_nothing(office, paper, tmp_path):
    pile = scanned(paper, [0, 1, 2, 3, 0], tmp_path / "a.pdf")
    first = scans.file_scans(office, [pile])
    assert (first.filed, first.duplicate) == (4, 1)
    before = maintenance.audit_verify(office).entries
    again = scans.file_scans(office, [pile])
    assert (again.filed, again.duplicate, again.sets[0].missing_pages) == (0, 5, ())
    assert maintenance.audit_verify(office).entries == before


def test_what_no_code_places_waits_with_its_reason_and_is_placed_by_hand(office, paper, tmp_path):
    void(office, [3], reason="写错")
    other = tmp_path / "invoice.png"
    written = Image.new("L", (1240, 1754), 255)
    written.paste(0, (300, 300, 900, 500))
    written.save(other, dpi=(DOTS, DOTS))
    outcome = scans.file_scans(office, [scanned(paper, [0, 1, 2, 8], tmp_path / "堆.pdf"), other])
    assert (outcome.read, outcome.filed, len(outcome.queue), sums(outcome)) == (5, 3, 2, 5)
    reasons = [(one.file, one.page, one.reason) for one in outcome.queue]
    assert reasons == [("堆.pdf", 4, "示安责〔2026〕3号已作废，不能归档"), ("invoice.png", 1, "没有读到页码标识")]
    waiting = scans.waiting(office)
    assert waiting == outcome.queue
    lost = next(one for one in waiting if one.file == "invoice.png")
    assert len(pypdfium2.PdfDocument(scans.waiting_pdf(office, lost.id))) == 1
    with pytest.raises(UserError, match="已经归档过"):
        scans.place_agreement_page(office, lost.id, 1, 2)
    with pytest.raises(UserError, match="没有第 9 页"):
        scans.place_agreement_page(office, lost.id, 1, 9)
    placed = scans.place_agreement_page(office, lost.id, 1, 4)
    assert (placed.sets[0].state, placed.sets[0].missing_pages) == ("archived", ())
    scans.dismiss(office, [one.id for one in scans.waiting(office)])
    assert scans.waiting(office) == ()


def test_pages_of_another_office_are_counted_and_left_alone(office, paper, tmp_path):
    with create_office(tmp_path / "另一镇", name="另一镇安监办", today=office.today) as other:
        outcome = scans.file_scans(other, [scanned(paper, [0, 1], tmp_path / "a.pdf")])
    assert (outcome.read, outcome.foreign, outcome.filed, outcome.queue) == (2, 2, 0, ())


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 nothing", b"PK\x03\x04", b"\x89PNG\r\n\x1a\nbroken"])
def test_a_file_that_cannot_be_read_files_nothing_of_the_others(office, paper, tmp_path, content):
    bad = tmp_path / "坏.pdf"
    bad.write_bytes(content)
    with pytest.raises(UserError, match="坏"):
        scans.file_scans(office, [scanned(paper, [0, 1, 2, 3], tmp_path / "a.pdf"), bad])
    assert state(office, 1)[0] == "issued"
    assert filed(office, "agreement", 1) is None


def test_a_scan_given_with_the_signature_is_shown_and_its_pages_are_duplicates(office, paper, tmp_path):
    pile = scanned(paper, [0, 1, 2, 3], tmp_path / "a.pdf")
    sign(office, [1], on=office.today, scan=pile)
    assert scan_pdf(office, "agreement", 1) == pile.read_bytes()
    assert scans.file_scans(office, [pile]).duplicate == 4


def test_sign_in_sheets_in_the_same_pile_go_to_their_class(office, paper, tmp_path):
    unit = browse.row(office, "enterprise", browse.ids(office, browse.Query("enterprise"))[0]).full["name"]
    workers = [
        records.add(
            office,
            "worker",
            {"name": f"钱{n}", "identity_kind": "其他", "identity_number": f"T{n:06d}", "enterprise": unit},
        ).id
        for n in range(30)
    ]
    held = records.add(
        office,
        "training_session",
        {"name": "春季班", "level": "公司级", "started_on": "2026-01-04", "class_hours": "8"},
    ).id
    sessions.enrol(office, held, workers)
    sheet = training_papers.print_sign_in(office, held, tmp_path / "签到").files[0]
    agreement = scanned(paper, [0, 1, 2, 3], tmp_path / "责任书.pdf")
    outcome = scans.file_scans(office, [scanned(sheet, [0], tmp_path / "签到一.pdf"), agreement])
    first, second = outcome.sets
    assert (first.ledger, first.id, first.name, first.missing_pages) == ("training_session", held, "春季班", (2,))
    assert (second.ledger, second.state) == ("agreement", "archived")
    scans.file_scans(office, [scanned(sheet, [1], tmp_path / "签到二.pdf")])
    assert filed(office, "training_session", held).missing_pages == ()
    assert len(pypdfium2.PdfDocument(scan_pdf(office, "training_session", held))) == 2


def test_a_number_alone_means_an_agreement_and_any_other_words_a_class(office, paper, tmp_path):
    held = records.add(
        office,
        "training_session",
        {"name": "2026-春", "level": "公司级", "started_on": "2026-01-04", "class_hours": "8"},
    ).id
    assert held == 1
    lost = tmp_path / "无码.png"
    written = Image.new("L", (1240, 1754), 255)
    written.paste(0, (300, 300, 900, 500))
    written.save(lost, dpi=(DOTS, DOTS))
    first, second = (scans.file_scans(office, [lost]).queue[0].id for _ in range(2))
    assert scans.place(office, first, "1", 1).sets[0].name == "示安责〔2026〕1号"
    for name, words in (("7", "7"), ("没有的班", "没有找到"), ("1-3", "只能归到一份")):
        with pytest.raises(UserError, match=words):
            scans.place(office, second, name, 1)
    outcome = scans.place(office, second, "2026-春", 1)
    assert (outcome.sets[0].ledger, outcome.sets[0].missing_pages) == ("training_session", ())
