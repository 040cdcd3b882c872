"""The preview of a print is the print: the same pages, as many, in the same order, before any number is taken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support.offices import enterprise, enterprises, village
from support.pdf_files import drawn

from anjian_desktop.errors import UserError
from anjian_desktop.services.agreements import DraftRequest, draft
from anjian_desktop.services.office import Office
from anjian_desktop.services.print_preview import PrintPreview
from anjian_desktop.services.print_requests import PrintRequest
from anjian_desktop.services.printing import plan_print, print_agreements
from anjian_desktop.services.standing import register
from anjian_desktop.services.templates import add_template
from tests.support.word_files import paragraph, word_file


def settled(preview: PrintPreview) -> PrintPreview:
    more = True
    while more:
        more = preview.settle()
        preview.publish()
    return preview


def two_villages(office: Office) -> None:
    for n, name in enumerate(("东河村", "西河村")):
        village(office, name)
        for k in range(3):
            enterprise(office, n * 3 + k + 1, village=name)


@pytest.mark.parametrize(("merge", "separators", "copies"), [(True, False, 1), (True, True, 2), (False, False, 1)])
def test_the_preview_has_the_pages_that_are_printed(
    office: Office, tmp_path: Path, merge: bool, separators: bool, copies: int
) -> None:
    two_villages(office)
    draft(office, DraftRequest(2026, "enterprise"))
    request = PrintRequest(2026, tmp_path / "out", merge=merge, separators=separators, copies=copies)
    preview = settled(PrintPreview(office, request))
    plan = plan_print(office, request)
    seen = [drawn(preview.picture(page, 0.5)) for page in range(preview.count)]
    agreements = [(one.number, one.unit) for one in preview.agreements]
    preview.close()
    assert preview.exact and register(office, 2026).rows == ()

    outcome = print_agreements(office, request)

    assert preview.count == plan.pages == outcome.pages
    assert plan.sheets == outcome.sheets
    files = sorted(outcome.files, key=lambda file: int(file.name.partition("〕")[2].partition("号")[0] or 0))
    assert seen == [picture for file in files for picture in drawn_pages(file)]
    assert agreements == [(row.number, row.unit) for row in register(office, 2026).rows]


def drawn_pages(file: Path) -> list[object]:
    from anjian_desktop.documents.rendering import PdfPages

    with PdfPages(file) as pages:
        return [drawn(pages.picture(number, 0.5)) for number in range(pages.count)]


def test_the_first_page_is_there_before_the_others_are_known(office: Office, tmp_path: Path) -> None:
    enterprises(office, 30)
    draft(office, DraftRequest(2026, "enterprise"))
    preview = PrintPreview(office, PrintRequest(2026, tmp_path / "out", merge=True, copies=1))

    assert preview.picture(0, 0.2).pixels and not preview.exact
    assert len(preview.agreements) == 1 and preview.count == 120
    assert settled(preview).count == 120 and len(preview.agreements) == 30
    preview.close()


def test_agreements_of_different_length_move_the_pages_behind_them(office: Office, tmp_path: Path) -> None:
    enterprises(office, 25)
    enterprise(office, 26, address="示例路" * 30)
    file = tmp_path / "县版.docx"
    text = "乙方应当落实全员安全生产责任制，按期排查并消除事故隐患，如实记录并向从业人员通报。"
    lines = [paragraph(text) for _ in range(10)]
    file.write_bytes(word_file(paragraph("{{编号}}{{单位名称}}"), *lines, *[paragraph("{{地址}}")] * 8))
    add_template(office, file, name="县版", kind="Z5")
    draft(office, DraftRequest(2026, "enterprise", template="县版"))
    request = PrintRequest(2026, tmp_path / "out", copies=1)
    preview = PrintPreview(office, replace(request, merge=True))
    short = preview.count // 26

    moved = []
    more = True
    while more:
        more = preview.settle()
        moved.append(preview.publish())

    assert preview.count > short * 26
    assert preview.start(25) == short * 25 and preview.place(short * 25 + 1) == (25, 1)
    assert [page for page in moved if page is not None] == [short * 25]
    preview.close()


def test_an_agreement_is_found_by_number_or_name_round_and_round(office: Office, tmp_path: Path) -> None:
    enterprises(office, 12)
    draft(office, DraftRequest(2026, "enterprise"))
    preview = settled(PrintPreview(office, PrintRequest(2026, tmp_path / "out", merge=True, copies=1)))

    assert preview.find("2") == 1
    assert preview.find("示例11号") == 10
    assert (preview.find("示例1", 0), preview.find("示例1", 9), preview.find("示例1", 11)) == (9, 10, 0)
    assert preview.find("没有这家") is None and preview.find(" ") is None
    assert preview.start(10) == 40
    preview.close()


def test_what_cannot_be_printed_is_not_previewed(office: Office, tmp_path: Path) -> None:
    enterprise(office, 1, principal="赵\U00020089")
    enterprise(office, 2)
    draft(office, DraftRequest(2026, "enterprise"))
    preview = settled(PrintPreview(office, PrintRequest(2026, tmp_path / "out", merge=True, copies=1)))

    assert [one.unit for one in preview.agreements] == ["示例2号机械有限公司"] and preview.count == 4
    preview.close()


def test_an_empty_preview_is_refused_in_words(office: Office, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有可以预览的责任书"):
        PrintPreview(office, PrintRequest(2026, tmp_path / "out"))


def test_sheets_between_villages_belong_to_a_merged_file(office: Office, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="分隔页"):
        plan_print(office, PrintRequest(2026, tmp_path / "out", separators=True))
