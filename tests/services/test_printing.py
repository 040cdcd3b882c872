"""Printing: numbers, files, reprints, the unfinished run, what must not be printed."""

from __future__ import annotations

import zipfile
from datetime import date

import pytest
from support.offices import enterprise, enterprises, on, village
from support.pdf_files import texts

from anjian_desktop.errors import Cancelled, UserError
from anjian_desktop.services import browse, records
from anjian_desktop.services.agreements import DraftRequest, draft, void
from anjian_desktop.services.print_files import safe_name
from anjian_desktop.services.print_requests import PrintRequest, parse_print_condition
from anjian_desktop.services.printing import issued_pdf, plan_print, preview_pdf, print_agreements
from anjian_desktop.services.signatures import sign
from anjian_desktop.services.standing import register


def drafted(office, count: int) -> tuple[int, ...]:
    enterprises(office, count)
    return draft(office, DraftRequest(2026, "enterprise")).ids


def test_one_pdf_holds_every_agreement_with_its_copies(office, tmp_path):
    drafted(office, 3)
    outcome = print_agreements(office, PrintRequest(2026, tmp_path / "out", merge=True, copies=3))
    (file,) = outcome.files
    assert file.name == "企业安全生产责任书 2026 第1-3号.pdf"
    pages = texts(file)
    assert len(pages) == outcome.pages == 3 * 3 * 4
    assert outcome.sheets == 18
    for n in (1, 2, 3):
        assert sum(f"示安责〔2026〕{n}号" in text.replace(" ", "") for text in pages) == 3
    assert not any("{{" in text for text in pages)


def test_each_unit_gets_a_file_in_its_village(office, tmp_path):
    village(office, "东河村")
    enterprise(office, 1, village="东河村")
    enterprise(office, 2)
    draft(office, DraftRequest(2026, "enterprise"))
    outcome = print_agreements(office, PrintRequest(2026, tmp_path / "out", format="both"))
    names = {file.relative_to(tmp_path / "out").as_posix() for file in outcome.files}
    assert names == {
        "东河村/示安责〔2026〕1号 示例1号机械有限公司.pdf",
        "东河村/示安责〔2026〕1号 示例1号机械有限公司.docx",
        "未分村/示安责〔2026〕2号 示例2号机械有限公司.pdf",
        "未分村/示安责〔2026〕2号 示例2号机械有限公司.docx",
    }
    for file in outcome.files:
        if file.suffix == ".docx":
            with zipfile.ZipFile(file) as archive:
                assert b"{{" not in archive.read("word/document.xml")


def test_a_dry_run_counts_and_takes_no_number(office, tmp_path):
    drafted(office, 2)
    plan = plan_print(office, PrintRequest(2026, tmp_path / "out", merge=True))
    assert (plan.new, plan.again, plan.pages, plan.sheets) == (2, 0, 16, 8)
    assert (plan.first_number, plan.last_number) == ("示安责〔2026〕1号", "示安责〔2026〕2号")
    assert not (tmp_path / "out").exists()
    assert register(office, 2026).rows == ()


def test_numbers_go_by_village_then_by_roster(office, tmp_path):
    village(office, "西河村")
    village(office, "东河村")
    enterprise(office, 1, village="东河村")
    enterprise(office, 2, village="西河村")
    enterprise(office, 3)
    enterprise(office, 4, village="西河村")
    draft(office, DraftRequest(2026, "enterprise"))
    print_agreements(office, PrintRequest(2026, tmp_path / "out", merge=True))
    assert [row.unit[2] for row in register(office, 2026).rows] == ["2", "4", "1", "3"]


def test_what_was_issued_keeps_its_text_when_the_roster_changes(office, tmp_path):
    (only,) = drafted(office, 1)
    print_agreements(office, PrintRequest(2026, tmp_path / "out"))
    unit = browse.row(office, "agreement", only).values["organization"][0]
    records.edit(office, "enterprise", unit, {"principal": "钱示例"})
    again = print_agreements(office, PrintRequest(2026, tmp_path / "again", ids=(only,)))
    assert (again.issued, again.reprinted) == (0, 1)
    assert "赵乙" in texts(again.files[0])[0]
    assert browse.row(office, "enterprise", unit).marks == {"re_sign"}


def test_the_same_print_gives_the_same_bytes(office, tmp_path):
    ids = drafted(office, 2)
    print_agreements(office, PrintRequest(2026, tmp_path / "out"))
    first = [file.read_bytes() for file in print_agreements(office, PrintRequest(2026, tmp_path / "a", ids=ids)).files]
    second = [file.read_bytes() for file in print_agreements(office, PrintRequest(2026, tmp_path / "b", ids=ids)).files]
    assert first == second


def test_a_run_that_was_stopped_is_finished_by_the_same_request_with_the_same_numbers(office, tmp_path):
    drafted(office, 3)
    request = PrintRequest(2026, tmp_path / "out")

    def stop_at_the_second(done, total, name):
        if name.startswith("生成") and done == 1:
            raise Cancelled

    stopped = print_agreements(office, request, step=stop_at_the_second)
    assert stopped.stopped
    assert len(list((tmp_path / "out").rglob("*.pdf"))) == 1
    finished = print_agreements(office, request)
    assert (finished.run_id, finished.issued, len(finished.files)) == (stopped.run_id, 3, 3)
    assert [row.n for row in register(office, 2026).rows] == [1, 2, 3]


def test_after_a_jam_printing_goes_on_from_a_number_without_new_ones(office, tmp_path):
    drafted(office, 5)
    print_agreements(office, PrintRequest(2026, tmp_path / "out", merge=True))
    enterprise(office, 6)
    draft(office, DraftRequest(2026, "enterprise"))
    rest = print_agreements(office, PrintRequest(2026, tmp_path / "rest", merge=True, start="示安责〔2026〕4号"))
    assert (rest.issued, rest.reprinted, rest.pages) == (0, 2, 2 * 2 * 4)
    assert len(register(office, 2026).rows) == 5


def test_again_adds_what_was_issued_but_not_signed(office, tmp_path):
    ids = drafted(office, 3)
    print_agreements(office, PrintRequest(2026, tmp_path / "out", limit=2))
    sign(office, ids[:1], on=office.today)
    outcome = print_agreements(office, PrintRequest(2026, tmp_path / "again", again=True))
    assert (outcome.issued, outcome.reprinted) == (1, 1)


def test_a_void_agreement_does_not_print(office, tmp_path):
    (only,) = drafted(office, 1)
    print_agreements(office, PrintRequest(2026, tmp_path / "out"))
    void(office, [only], reason="写错")
    outcome = print_agreements(office, PrintRequest(2026, tmp_path / "again", ids=(only,)))
    assert outcome.files == ()
    assert "已作废" in outcome.failed[0].problem


def test_a_character_no_font_has_is_found_before_printing_and_takes_no_number(office, tmp_path):
    enterprise(office, 1, principal="赵\U00020089")
    enterprise(office, 2)
    draft(office, DraftRequest(2026, "enterprise"))
    outcome = print_agreements(office, PrintRequest(2026, tmp_path / "out", merge=True))
    assert outcome.issued == 1
    assert "U+20089" in outcome.failed[0].problem
    assert [row.unit for row in register(office, 2026).rows] == ["示例2号机械有限公司"]


def test_facts_that_are_not_known_print_as_gaps_and_are_listed(office, tmp_path):
    enterprise(office, 1, principal="", principal_phone="")
    draft(office, DraftRequest(2026, "enterprise"))
    outcome = print_agreements(office, PrintRequest(2026, tmp_path / "out"))
    assert outcome.gaps == (("示例1号机械有限公司", ("乙方负责人", "联系电话")),)


def test_a_preview_takes_no_number_and_carries_no_page_code(office):
    (only,) = drafted(office, 1)
    pages = texts(preview_pdf(office, only))
    assert len(pages) == 4
    assert register(office, 2026).rows == ()


def test_only_issued_agreements_go_to_a_printer(office, tmp_path):
    ids = drafted(office, 2)
    with pytest.raises(UserError):
        issued_pdf(office, ids)
    print_agreements(office, PrintRequest(2026, tmp_path / "out"))
    assert len(texts(issued_pdf(office, ids, copies=1))) == 8


def test_conditions_of_the_unit_choose_what_prints(office, tmp_path):
    enterprise(office, 1, flags="危险化学品")
    enterprise(office, 2)
    draft(office, DraftRequest(2026, "enterprise"))
    where = (parse_print_condition("行业领域=危险化学品"),)
    assert print_agreements(office, PrintRequest(2026, tmp_path / "out", where=where)).issued == 1


def test_a_file_in_the_place_of_the_folder_is_refused(office, tmp_path):
    drafted(office, 1)
    (tmp_path / "out").write_text("")
    with pytest.raises(UserError):
        print_agreements(office, PrintRequest(2026, tmp_path / "out"))
    assert register(office, 2026).rows == ()


@pytest.mark.parametrize(
    ("text", "name"), [("a/b:c", "a／b：c"), ("CON", "_CON"), ("名. ", "名"), ("", "_"), ("长" * 99, "长" * 60)]
)
def test_file_names_are_safe_on_windows(text, name):
    assert safe_name(text) == name


def test_a_unit_moved_to_the_recycle_bin_prints_no_draft(office, tmp_path):
    unit = enterprise(office, 1)
    draft(office, DraftRequest(2026, "enterprise"))
    records.retire(office, "enterprise", [unit])
    assert print_agreements(office, PrintRequest(2026, tmp_path / "out")).files == ()


def test_numbers_carry_the_year_of_issue(office, tmp_path):
    december = on(office, date(2026, 12, 28))
    enterprises(december, 1)
    draft(december, DraftRequest(2027, "enterprise"))
    assert print_agreements(december, PrintRequest(2027, tmp_path / "out")).first_number == "示安责〔2026〕1号"


def test_a_sheet_parts_the_villages_of_a_pile(office, tmp_path):
    for n, name in enumerate(("东河村", "西河村"), 1):
        village(office, name)
        enterprise(office, n * 2, village=name)
        enterprise(office, n * 2 + 1, village=name)
    draft(office, DraftRequest(2026, "enterprise"))
    outcome = print_agreements(office, PrintRequest(2026, tmp_path / "out", merge=True, copies=1, separators=True))
    pages = [text.replace("\r\n", "").replace(" ", "") for text in texts(outcome.files[0])]
    assert len(pages) == outcome.pages == 20 and outcome.sheets == 10
    assert pages[0] == "东河村2份示安责〔2026〕1号至示安责〔2026〕2号" and pages[1] == ""
    assert pages[10] == "西河村2份示安责〔2026〕3号至示安责〔2026〕4号"
