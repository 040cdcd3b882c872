"""A whole town merged with one template and read back from the paper: every page of every unit."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
from support.towns import town_roster

from anjian_desktop.documents.code_reading import page_codes_in
from anjian_desktop.documents.rendering import PdfPages
from anjian_desktop.services import templates
from anjian_desktop.services.agreements import DraftRequest, draft
from anjian_desktop.services.office import Office
from anjian_desktop.services.print_requests import PrintRequest
from anjian_desktop.services.printing import print_agreements
from anjian_desktop.services.rosters import apply_roster, read_roster
from tests.support.merge_files import three_dialects

_UNIT = re.compile(r"示例\d+号机械有限公司")
_NUMBER = re.compile(r"示安责〔\d+〕\d+号")
_PAGE = re.compile(r"第(\d+)页")


def merge_a_town(office: Office, folder: Path, dialect: str, units: int, *, coded: int) -> int:
    """Print `units` enterprises with a template of that dialect and check every page; page codes of the first and the
    last `coded` pages are read from pictures. Gives the number of pages.
    """
    roster = read_roster(office, town_roster(folder / "名册.xlsx", enterprises=units), sheet="企业")
    apply_roster(office, roster)
    file = folder / f"{dialect}.docx"
    file.write_bytes(three_dialects()[dialect])
    saved = templates.add_template(office, file, name="县版", kind="Z5")
    blanks = {one.place: one.field or "单位名称" for one in saved.check.placeholders if one.dialect == "blank"}
    if blanks:
        assert templates.bind(office, "县版", blanks).check.unknown == ()
    ids = draft(office, DraftRequest(2026, "enterprise", template="县版")).ids
    outcome = print_agreements(office, PrintRequest(2026, folder / "out", merge=True, copies=1))
    assert (outcome.issued, outcome.failed, len(outcome.files)) == (units, (), 1)
    each = outcome.pages // units
    texts = _texts(outcome.files[0])
    assert len(texts) == outcome.pages == each * units
    named: set[str] = set()
    for place in range(0, len(texts), each):
        pages = [text for text in texts[place : place + each] if text]
        (unit,), (number,) = set(_UNIT.findall("".join(pages))), set(_NUMBER.findall("".join(pages)))
        assert number == f"示安责〔2026〕{place // each + 1}号"
        for page_number, text in enumerate(pages, 1):
            # Once in the header and once in the footer of every page, in the body of the first and the last.
            assert text.count(unit) == 2 + (page_number == 1) + (page_number == len(pages)), text
            assert text.count(number) == 2 + (page_number == 1), text
            assert _PAGE.findall(text) == [str(page_number)]
            assert "{{" not in text and "«" not in text
        named.add(unit)
    assert len(named) == units
    _read_codes(outcome.files[0], ids=set(ids), each=each, pages=len([t for t in texts[:each] if t]), coded=coded)
    return outcome.pages


def _texts(file: Path) -> list[str]:
    found = []
    with pypdfium2.PdfDocument(file) as document:
        for page in document:
            text_page = page.get_textpage()
            found.append("".join(text_page.get_text_bounded().split()))
            text_page.close()
            page.close()
    return found


def _read_codes(file: Path, *, ids: set[int], each: int, pages: int, coded: int) -> None:
    with PdfPages(file) as document:
        wanted = [n for n in range(document.count) if n < coded or n >= document.count - coded]
        for place in wanted:
            if place % each >= pages:
                continue
            (code,) = page_codes_in(document.picture(place, 150 / 72))
            assert (code.page, code.pages) == (place % each + 1, pages) and code.agreement_id in ids
