"""Every record of a whole town printed the quick way as its filled Word file is laid out in full."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.offices import NEW_YEAR
from support.pages import seen

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import Typesetter, lay_out_docx
from anjian_desktop.documents.word import WordTemplate
from anjian_desktop.exchange.sample_town import make_sample_workbook
from anjian_desktop.services.agreements import DraftRequest, draft
from anjian_desktop.services.office import create_office
from anjian_desktop.services.print_files import Press
from anjian_desktop.services.print_jobs import Counter, made_jobs
from anjian_desktop.services.print_requests import PrintRequest, choose
from anjian_desktop.services.rosters import apply_roster, read_roster

TEMPLATES = Path(__file__).parents[2] / "resources" / "templates"


@pytest.mark.parametrize(
    ("kind", "sheet", "template", "least"),
    [("enterprise", "企业", "Z5", 1_100), ("village", "村居", "Z1", 40), ("department", "部门", "Z3", 30)],
)
def test_all_records_print_as_their_filled_word_files(
    tmp_path: Path, kind: str, sheet: str, template: str, least: int
) -> None:
    workbook = tmp_path / "名册.xlsx"
    make_sample_workbook(workbook)
    with create_office(tmp_path / "data", name="示例镇安监办", today=NEW_YEAR) as office:
        apply_roster(office, read_roster(office, workbook, kind=kind, sheet=sheet))
        draft(office, DraftRequest(2026, kind))
        request = PrintRequest(2026, tmp_path / "out", kind=kind)
        press = Press(office)
        with office.db.reading() as session:
            jobs, failed, _ = made_jobs(
                choose(session, request, office.today), Counter(session, office), press, request
            )
    assert len(jobs) >= least and failed == []
    data, fonts = (TEMPLATES / f"{template}.docx").read_bytes(), FontBook.bundled_only()
    quick, word = Typesetter(data, fonts), WordTemplate(data)
    for job in jobs:
        assert seen(quick.lay_out(job.values)) == seen(lay_out_docx(word.fill(job.values).data, fonts)), job.unit
