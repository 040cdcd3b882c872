"""Registering who signed: one, many, with a scan, from Excel."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from support.offices import enterprises, on

from anjian_desktop.errors import UserError
from anjian_desktop.services import browse, maintenance
from anjian_desktop.services.agreements import DraftRequest, draft, void
from anjian_desktop.services.print_requests import PrintRequest
from anjian_desktop.services.printing import print_agreements
from anjian_desktop.services.signature_lists import import_signatures
from anjian_desktop.services.signatures import sign


@pytest.fixture
def issued(office, tmp_path) -> tuple[int, ...]:
    """Three agreements on paper since 5 January 2026."""
    enterprises(office, 3)
    draft(office, DraftRequest(2026, "enterprise"))
    return print_agreements(office, PrintRequest(2026, tmp_path / "out", merge=True)).ids


def row(office, agreement_id):
    return browse.row(office, "agreement", agreement_id).values


def test_a_signature_names_the_principal_of_the_paper_unless_told(office, issued):
    later = on(office, date(2026, 2, 1))
    assert len(sign(later, issued[:1], on=date(2026, 1, 20)).signed) == 1
    sign(later, issued[1:2], on=date(2026, 1, 20), by="孙示例")
    assert row(office, issued[0])["signed_by"] == "赵乙"
    assert row(office, issued[1])["signed_by"] == "孙示例"


@pytest.mark.parametrize(("day", "words"), [(date(2026, 1, 4), "早于打印日期"), (date(2026, 1, 6), "之后")])
def test_a_date_before_printing_or_after_today_is_refused(office, issued, day, words):
    outcome = sign(office, issued[:1], on=day)
    assert outcome.signed == ()
    assert words in outcome.refused[0].problem
    assert row(office, issued[0])["state"] == "issued"


def test_a_draft_a_signed_and_a_void_one_are_refused_and_the_rest_goes_through(office, issued):
    sign(office, issued[:1], on=office.today)
    void(office, issued[1:2], reason="写错")
    outcome = sign(office, issued, on=office.today)
    assert [one.id for one in outcome.signed] == [issued[2]]
    assert [one.item for one in outcome.refused] == ["示安责〔2026〕1号", "示安责〔2026〕2号"]


def test_a_scan_archives_the_agreement_and_is_kept_by_its_hash(office, issued, tmp_path):
    scan = tmp_path / "扫描 001.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    sign(office, issued[:1], on=office.today, scan=scan)
    assert (row(office, issued[0])["state"], row(office, issued[0])["archived_on"]) == ("archived", office.today)
    scan.unlink()
    assert maintenance.check(office, full=True).ok


def test_one_scan_cannot_be_filed_to_two_agreements(office, issued, tmp_path):
    scan = tmp_path / "a.pdf"
    scan.write_bytes(b"%PDF")
    with pytest.raises(UserError):
        sign(office, issued[:2], on=office.today, scan=scan)


def test_a_list_from_excel_registers_the_good_rows_and_tells_the_others(office, issued, tmp_path):
    later = on(office, date(2026, 3, 1))
    sign(later, issued[:1], on=date(2026, 2, 2))
    book = openpyxl.Workbook()
    book.active.append(["2026年责任书签订情况"])
    book.active.append(["序号", "编号", "签订日期", "签订人"])
    book.active.append([1, "示安责〔2026〕1号", "2026.2.2", ""])
    book.active.append([2, "示安责[2026]2号", date(2026, 2, 3), "李示例"])
    book.active.append([3, "2026-3", "2026年1月1日", ""])
    book.active.append([4, "2026-3", "", ""])
    book.active.append([5, "示安责〔2026〕99号", "2026-02-03", ""])
    book.active.append([6, "2026-2", "2026-02-04", ""])
    book.active.append(["合计", None, None, None])
    book.save(tmp_path / "签订.xlsx")
    dry = import_signatures(later, tmp_path / "签订.xlsx", dry_run=True)
    assert row(office, issued[1])["state"] == "issued"
    outcome = import_signatures(later, tmp_path / "签订.xlsx")
    assert (outcome.read, outcome.new, outcome.same, len(outcome.refused)) == (dry.read, 1, 1, 4) == (6, 1, 1, 4)
    assert [(one.row, one.problem[:4]) for one in outcome.refused] == [
        (5, "签订日期"),
        (6, "签订日期"),
        (7, "没有这个"),
        (8, "重复：第"),
    ]
    assert (row(office, issued[1])["signed_on"], row(office, issued[1])["signed_by"]) == (date(2026, 2, 3), "李示例")
    assert import_signatures(later, tmp_path / "签订.xlsx").new == 0


def test_a_list_without_its_headings_is_refused_in_words(office, issued, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["企业", "电话"])
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(UserError, match="标题行"):
        import_signatures(office, tmp_path / "x.xlsx")
