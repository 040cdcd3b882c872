"""XML 表格 2003: values, gaps, merged ranges and hidden sheets are read; what is no table is refused in words."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.cells import CellProblem
from anjian_desktop.exchange.file_kinds import read_file
from anjian_desktop.exchange.sheet import read_workbook
from anjian_desktop.exchange.sheet_events import SheetCollector

HEAD = """<?xml version="1.0" encoding="{encoding}"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">"""
SHEET = """<Worksheet ss:Name="企业"><Table>
<Row><Cell ss:MergeAcross="3"><Data ss:Type="String">名册</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">企业名称</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">成立日期</Data></Cell></Row>
<Row ss:Hidden="1"><Cell ss:MergeDown="1"><ss:Data ss:Type="String"><html:B>示例</html:B>一厂</ss:Data></Cell>
<Cell><Data ss:Type="Number">12</Data></Cell><Cell><Data ss:Type="DateTime">2020-01-02T00:00:00.000</Data></Cell></Row>
<Row><Cell ss:Index="2" ss:Formula="=1/0"><Data ss:Type="Error">#DIV/0!</Data></Cell>
<Cell><Data ss:Type="DateTime">2020-01-02T10:30:00.000</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name="藏"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table>
<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb2312"])
@pytest.mark.parametrize("name", ["名册.xls", "名册.xml"])
def test_a_workbook_saved_as_xml_is_read(tmp_path: Path, name: str, encoding: str) -> None:
    path = tmp_path / name
    path.write_bytes((HEAD.format(encoding=encoding) + SHEET).encode(encoding))
    book = read_workbook(path)
    assert [(one.name, one.hidden, one.hidden_rows, one.filled_down) for one in book.sheets] == [
        ("企业", False, 1, 1),
        ("藏", True, 0, 0),
    ]
    rows = {row.number: row.cells for row in book.sheets[0].rows}
    assert rows[1] == ["名册"]
    assert rows[3] == ["企业名称", None, "成立日期"]
    assert rows[4] == ["示例一厂", 12, date(2020, 1, 2)]
    assert rows[5][0] == "示例一厂"
    assert isinstance(rows[5][1], CellProblem)
    assert rows[5][2:] == [datetime(2020, 1, 2, 10, 30), True]
    (hidden,) = read_workbook(path, sheet="藏").sheets
    assert [row.cells for row in hidden.rows] == [["x"]]


@pytest.mark.parametrize(
    "body",
    [
        '<Worksheet ss:Name="a"><Table><Row ss:Index="0"><Cell/></Row></Table></Worksheet></Workbook>',
        '<Worksheet ss:Name="a"><Table><Row><Cell ss:Index="x"/></Row></Table></Worksheet></Workbook>',
        '<Worksheet ss:Name="a"><Table><Row>',
    ],
)
def test_a_damaged_one_is_refused_in_words(tmp_path: Path, body: str) -> None:
    path = tmp_path / "名册.xls"
    path.write_bytes((HEAD.format(encoding="utf-8") + body).encode())
    with pytest.raises(UserError, match="已损坏"):
        read_workbook(path)


def test_one_with_entities_of_its_own_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "名册.xls"
    text = HEAD.format(encoding="utf-8").replace("<Workbook", '<!DOCTYPE a [<!ENTITY b "ccc">]><Workbook', 1)
    path.write_bytes((text + SHEET).encode())
    with pytest.raises(UserError, match="内容异常"):
        read_workbook(path)


@settings(max_examples=60)
@given(st.data())
def test_cut_and_altered_files_are_read_or_refused_in_words(data: st.DataObject) -> None:
    content = bytearray((HEAD.format(encoding="utf-8") + SHEET).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_file(bytes(content[: data.draw(st.integers(1, len(content)))]), "名册.xls", "名册", None, SheetCollector())
    except UserError as refused:
        assert refused.message
