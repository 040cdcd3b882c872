"""Tables with nothing between them."""

from __future__ import annotations

from anjian_desktop.documents.layout.model import Table
from anjian_desktop.documents.layout.reading.document import read_document
from tests.faithfulness.building import cell, paragraph, row, table, word_file


def _table(name: str, *columns: int, style: str = "a3") -> str:
    rows = [row(*[cell(f"{name}{n}{at}", width=width) for at, width in enumerate(columns)]) for n in range(2)]
    return table(*rows, columns=columns, style=style)


def _read(*blocks: str) -> list[Table]:
    found = read_document(word_file(*blocks, paragraph("完"))).sections[0].blocks
    return [block for block in found if isinstance(block, Table)]


def _texts(found: Table) -> list[str]:
    return ["".join(block.text for one in row.cells for block in one.blocks) for row in found.rows]  # type: ignore[union-attr]


def test_two_tables_of_one_style_with_nothing_between_them_are_one() -> None:
    [found] = _read(_table("甲", 2000, 2000), _table("乙", 2000, 2000))
    assert _texts(found) == ["甲00甲01", "甲10甲11", "乙00乙01", "乙10乙11"]
    assert found.rows[2].above == found.rows[1].above


def test_a_place_marked_between_two_tables_keeps_them_no_further_apart() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="b"/><w:bookmarkEnd w:id="1"/>'
    assert len(_read(_table("甲", 2000, 2000), mark, _table("乙", 2000, 2000))) == 1


def test_rows_of_joined_tables_keep_their_own_columns() -> None:
    [found] = _read(_table("甲", 2000, 2000), _table("乙", 1000, 3000), _table("丙", 1000, 1000, 2000))
    widths = [[round(one.width) for one in row.cells] for row in found.rows]
    assert widths == [[100, 100]] * 2 + [[50, 150]] * 2 + [[50, 50, 100]] * 2
    assert [one.column for one in found.rows[2].cells] == [0, 1]
    assert [one.column for one in found.rows[0].cells] == [0, 2]


def test_only_the_first_row_of_joined_tables_has_the_style_of_a_first_row() -> None:
    [found] = _read(_table("甲", 2000, 2000, style="a4"), _table("乙", 2000, 2000, style="a4"))
    fills = [row.cells[0].fill for row in found.rows]
    assert fills[0] not in fills[1:]


def test_a_paragraph_another_style_or_another_width_keeps_tables_apart() -> None:
    one = _table("甲", 2000, 2000)
    assert len(_read(one, paragraph(""), one)) == 2
    assert len(_read(one, _table("乙", 2000, 2000, style="a4"))) == 2
    assert len(_read(one, _table("乙", 3000, 3000))) == 2


def test_tables_in_a_cell_are_joined_too() -> None:
    [found] = _read(table(row(cell(_table("甲", 900, 900), _table("乙", 900, 900), paragraph(""))), columns=(4000,)))
    inner = [block for block in found.rows[0].cells[0].blocks if isinstance(block, Table)]
    assert [len(one.rows) for one in inner] == [4]


def test_tables_whose_columns_would_be_more_together_than_one_may_have_stay_apart() -> None:
    many = [_table(f"{at}", 400 + 40 * at, 8000 - 40 * at) for at in range(150)]
    found = _read(*many)
    assert [text for one in found for text in _texts(one)] == [
        f"{at}{n}0{at}{n}1" for at in range(150) for n in range(2)
    ]
    assert len(found) > 1
    assert max(sum(one.span for one in row.cells) for table_ in found for row in table_.rows) <= 63
