"""How wide the columns of a table come out: by its grid, its cells, a share of the text, or nothing at all."""

from __future__ import annotations

import pytest
from faithfulness.building import A4, paragraph, row, word_file
from support.laid_out import place_of

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import lay_out_docx

LEFT, WIDTH = 90.0, (11906 - 3600) / 20
NAMES = ("甲", "乙", "丙")


def begins(fonts: FontBook, grid: str, width: str, cells: tuple[tuple[str, str], ...]) -> list[float]:
    """Where the text of each column begins, from that of the first (pt)."""
    inner = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="{kind}"/></w:tcPr>{paragraph(name)}</w:tc>'
        for name, (size, kind) in zip(NAMES, cells, strict=True)
    )
    body = f"<w:tbl><w:tblPr>{width}</w:tblPr>{grid}<w:tr>{inner}</w:tr></w:tbl>"
    page = lay_out_docx(word_file(body, section=A4), fonts).pages[0]
    first, *rest = [place_of(page, name)[0] for name in NAMES]
    return [x - first for x in rest]


def grid(*columns: int) -> str:
    return "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in columns) + "</w:tblGrid>"


AUTO = '<w:tblW w:w="0" w:type="auto"/>'
FULL = '<w:tblW w:w="5000" w:type="pct"/>'


def test_columns_are_as_wide_as_the_grid_says(fonts: FontBook) -> None:
    assert begins(fonts, grid(1000, 3000, 2000), AUTO, (("0", "auto"),) * 3) == pytest.approx([50, 200])


def test_a_table_of_a_share_keeps_the_proportions_of_its_columns(fonts: FontBook) -> None:
    found = begins(fonts, grid(500, 1500, 500), FULL, (("1000", "pct"), ("3000", "pct"), ("1000", "pct")))

    assert found == pytest.approx([WIDTH / 5, WIDTH * 4 / 5])


def test_a_table_of_a_width_stretches_its_columns_to_it(fonts: FontBook) -> None:
    found = begins(fonts, grid(1000, 3000, 2000), '<w:tblW w:w="7200" w:type="dxa"/>', (("0", "auto"),) * 3)

    assert found == pytest.approx([60, 240])


def test_without_a_grid_the_cells_tell(fonts: FontBook) -> None:
    found = begins(fonts, "", AUTO, (("1000", "dxa"), ("3000", "dxa"), ("2000", "dxa")))

    assert found == pytest.approx([50, 200])


def test_without_a_grid_shares_of_cells_are_shares_of_the_text(fonts: FontBook) -> None:
    found = begins(fonts, "", "", (("1000", "pct"), ("2000", "pct"), ("2000", "pct")))

    assert found == pytest.approx([WIDTH / 5, WIDTH * 3 / 5])


@pytest.mark.parametrize("said", ["", "<w:tblGrid/>", "<w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/></w:tblGrid>"])
def test_where_nothing_tells_the_columns_share_the_text_evenly(fonts: FontBook, said: str) -> None:
    assert begins(fonts, said, AUTO, (("0", "auto"),) * 3) == pytest.approx([WIDTH / 3, WIDTH * 2 / 3])


def test_a_merged_cell_counts_for_all_the_columns_it_covers(fonts: FontBook) -> None:
    wide = (
        '<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/><w:gridSpan w:val="2"/></w:tcPr>' + paragraph("上") + "</w:tc>"
    )
    body = f"<w:tbl><w:tblPr>{AUTO}</w:tblPr><w:tr>{wide}</w:tr>{row('下', '右')}</w:tbl>"
    page = lay_out_docx(word_file(body, section=A4), fonts).pages[0]

    assert place_of(page, "右")[0] - place_of(page, "下")[0] == pytest.approx(100)


def test_cells_left_out_at_a_rows_start_leave_their_place_blank(fonts: FontBook) -> None:
    skipping = row("后", "尾", properties='<w:gridBefore w:val="1"/>')
    body = f"<w:tbl><w:tblPr>{AUTO}</w:tblPr>{grid(1000, 3000, 2000)}{row('甲', '乙', '丙')}{skipping}</w:tbl>"
    page = lay_out_docx(word_file(body, section=A4), fonts).pages[0]

    assert place_of(page, "后")[0] == place_of(page, "乙")[0]


@pytest.mark.parametrize(
    ("said", "own", "moved"),
    [
        ('<w:tblInd w:w="720" w:type="dxa"/>', "", 36.0),
        ('<w:tblInd w:w="720" w:type="dxa"/>', '<w:tblInd w:w="200" w:type="dxa"/>', 10.0),
        ('<w:jc w:val="right"/>', "", WIDTH - 100),
    ],
)
def test_a_table_stands_where_its_style_says_unless_it_says_itself(
    fonts: FontBook, said: str, own: str, moved: float
) -> None:
    style = (
        '<w:style w:type="table" w:styleId="b"><w:name w:val="Base"/><w:tblPr>{}<w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="t"><w:name w:val="Own"/><w:basedOn w:val="b"/></w:style>'
    )
    places = []
    for inner, more in (("", ""), (said, own)):
        body = f'<w:tbl><w:tblPr><w:tblStyle w:val="t"/>{more}</w:tblPr>{grid(2000)}{row("甲")}</w:tbl>'
        page = lay_out_docx(word_file(body, section=A4, styles=style.format(inner)), fonts).pages[0]
        places.append(place_of(page, "甲")[0])

    assert places[1] - places[0] == pytest.approx(moved)
