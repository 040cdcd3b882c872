"""Files with tracked changes print as if the changes were accepted; what was deleted is named."""

from __future__ import annotations

from support.word_files import paragraph, run, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import LaidOut, lay_out_docx

DELETED = "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
MARK_DELETED = "<w:rPr><w:del/></w:rPr>"
NAMED = ["修订（删除的文字未印）"]


def lines(document: LaidOut) -> list[str]:
    return [line for line in document.pages[0].text.splitlines() if line]


def features(document: LaidOut) -> list[str]:
    return [one.feature for one in document.not_laid_out]


def heights(document: LaidOut) -> list[float]:
    return [fragment.moved(x, y)[0][0].y for fragment, x, y in document.pages[0].placed if fragment.runs]


def test_paragraphs_that_were_deleted_leave_no_gap(fonts: FontBook) -> None:
    gone = [paragraph(DELETED, properties=MARK_DELETED) for _ in range(5)]
    document = lay_out_docx(word_file(paragraph("甲"), *gone, paragraph("乙")), fonts)

    assert heights(document) == heights(lay_out_docx(word_file(paragraph("甲"), paragraph("乙")), fonts))
    assert features(document) == NAMED


def test_a_paragraph_whose_mark_was_deleted_runs_on_in_the_next_as_that_is_set(fonts: FontBook) -> None:
    body = [
        paragraph("甲", properties='<w:jc w:val="right"/>' + MARK_DELETED),
        paragraph("乙", properties=MARK_DELETED),
        paragraph("丙", properties='<w:jc w:val="center"/>'),
    ]
    document = lay_out_docx(word_file(*body), fonts)
    same = lay_out_docx(word_file(paragraph(run("甲乙丙"), properties='<w:jc w:val="center"/>')), fonts)

    assert lines(document) == ["甲乙丙"]
    assert document.pages[0].placed[0][1] == same.pages[0].placed[0][1]


def test_a_number_of_a_deleted_paragraph_is_not_counted(fonts: FontBook) -> None:
    numbers = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:suff w:val="nothing"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = [
        paragraph("甲", properties=numbered),
        paragraph(DELETED, properties=numbered + MARK_DELETED),
        paragraph("乙", properties=numbered),
    ]
    assert lines(lay_out_docx(word_file(*body, notes={"numbering": numbers}), fonts)) == ["1.甲", "2.乙"]


def _table(*rows: str) -> str:
    return f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid>{"".join(rows)}</w:tbl>'


def test_rows_cells_and_tables_that_were_deleted_are_gone_and_named(fonts: FontBook) -> None:
    kept = f"<w:tr><w:tc><w:tcPr/>{paragraph('留')}</w:tc></w:tr>"
    row = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:tcPr/>{paragraph(DELETED)}</w:tc></w:tr>"
    cell = f"<w:tr><w:tc><w:tcPr><w:cellDel/></w:tcPr>{paragraph('去')}</w:tc></w:tr>"
    document = lay_out_docx(word_file(_table(kept, row, cell), paragraph("间"), _table(row), paragraph("尾")), fonts)

    assert lines(document) == ["留", "间", "尾"]
    assert set(features(document)) == set(NAMED)


def test_the_last_paragraph_of_a_cell_stays_when_its_mark_was_deleted(fonts: FontBook) -> None:
    row = f"<w:tr><w:tc><w:tcPr/>{paragraph('甲', properties=MARK_DELETED)}</w:tc></w:tr>"
    assert lines(lay_out_docx(word_file(_table(row), paragraph("尾")), fonts)) == ["甲", "尾"]
