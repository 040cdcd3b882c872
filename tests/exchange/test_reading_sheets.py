"""Files as they come: typed cells, merged ranges, phantom rows, disguises; every refusal in words."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from support.workbooks import rewritten, sheet_xml, workbook

from anjian_desktop.errors import UserError
from anjian_desktop.exchange import spreadsheet_xml, text_tables
from anjian_desktop.exchange.cells import CellProblem, shown
from anjian_desktop.exchange.file_kinds import read_file
from anjian_desktop.exchange.sheet import read_workbook
from anjian_desktop.exchange.sheet_events import SheetCollector
from anjian_desktop.exchange.spreadsheet_values import day_of


def test_cells_come_typed(tmp_path: Path) -> None:
    made = workbook(
        tmp_path / "a.xlsx", ["文字", 12, 1.5, True, date(2026, 3, 5), datetime(2026, 3, 5, 8, 30), None, "=1+1"]
    )
    cells = read_workbook(made).sheets[0].rows[0].cells
    assert cells[:7] == ["文字", 12, 1.5, True, date(2026, 3, 5), datetime(2026, 3, 5, 8, 30), None]
    assert isinstance(cells[7], CellProblem)
    assert "没有计算结果" in cells[7].message


def test_a_calculated_formula_gives_its_result_and_an_error_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("企业")
    sheet.write_formula(0, 0, "=1+1", None, 2)
    sheet.write_formula(0, 1, '="示例"', None, "示例")
    sheet.write_formula(0, 2, "=A9", None, "#REF!")
    sheet.write_string(0, 3, "=1+1")
    book.close()
    cells = read_workbook(path).sheets[0].rows[0].cells
    assert cells[:2] == [2, "示例"]
    assert cells[2] == CellProblem("#REF!", "单元格是错误值 #REF!，请改成正确内容")
    assert cells[3] == "=1+1"


def test_vertical_merges_fill_their_own_range_and_plain_blanks_stay_blank(tmp_path: Path) -> None:
    made = workbook(
        tmp_path / "a.xlsx",
        ["标题", None, None],
        ["村", "名称", "电话"],
        ["东河村", "甲", 1],
        [None, "乙", 2],
        [None, "丙", 3],
        merged=("A1:C1", "A3:A4"),
    )
    sheet = read_workbook(made).sheets[0]
    assert [row.cells[0] for row in sheet.rows] == ["标题", "村", "东河村", "东河村", None]
    assert sheet.rows[0].cells == ["标题"]
    assert sheet.filled_down == 1


def test_row_numbers_are_excels_own_and_blank_rows_do_not_appear(tmp_path: Path) -> None:
    made = workbook(tmp_path / "a.xlsx", ["甲"], [], [None], ["乙"])
    assert [row.number for row in read_workbook(made).sheets[0].rows] == [1, 4]


def test_phantom_rows_and_a_phantom_last_cell_cost_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("企业")
    border = book.add_format({"border": 1})
    sheet.write_row(0, 0, ["企业名称", "所属村"])
    sheet.write_row(1, 0, ["示例厂", "东河村"])
    for row in range(2, 1402):
        for column in range(20):
            sheet.write_blank(row, column, None, border)
    sheet.write_blank(1_048_575, 16_383, None, border)
    book.close()
    started = time.perf_counter()
    rows = read_workbook(path).sheets[0].rows
    assert [row.number for row in rows] == [1, 2]
    assert time.perf_counter() - started < 3


def test_a_hidden_sheet_is_named_but_read_only_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "企业"  # type: ignore[union-attr]
    book.active.append(["甲"])  # type: ignore[union-attr]
    secret = book.create_sheet("旧表")
    secret.append(["乙"])
    secret.sheet_state = "hidden"
    book.save(path)
    assert [(one.name, one.hidden, len(one.rows)) for one in read_workbook(path).sheets] == [
        ("企业", False, 1),
        ("旧表", True, 0),
    ]
    assert len(read_workbook(path, sheet="旧表").sheets[0].rows) == 1
    with pytest.raises(UserError, match="没有叫“没有的”的工作表"):
        read_workbook(path, sheet="没有的")


def test_a_book_counting_from_1904_gives_the_same_days(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append([date(2026, 3, 5)])  # type: ignore[union-attr]
    book.save(path)
    sheet = read_workbook(path).sheets[0]
    assert sheet.rows[0].cells == [date(2026, 3, 5)]
    assert sheet.starts_1904


@pytest.mark.parametrize(
    ("number", "starts_1904", "day"),
    [
        (46086, False, date(2026, 3, 5)),
        (44624, True, date(2026, 3, 5)),
        (59, False, date(1900, 2, 28)),
        (61, False, date(1900, 3, 1)),
        (46086.5, False, datetime(2026, 3, 5, 12)),
        (0.5, False, 0.5),
    ],
)
def test_day_numbers_become_days(number: float, starts_1904: bool, day: object) -> None:
    assert day_of(number, starts_1904=starts_1904) == day


@pytest.mark.parametrize("number", [0, 60, -1, 1e7, 2.99e6])
def test_days_that_never_were_are_problems(number: float) -> None:
    assert isinstance(day_of(number), CellProblem)


@pytest.mark.parametrize(
    ("code", "is_day"),
    [("yyyy-mm-dd", True), ('yyyy"年"m"月"d"日"', True), ("m月d日", True), ("[$-804]yyyy/m/d;@", True), ("yyyy\\.mm", True), ("0.00", False), ("h:mm", False), ("[h]:mm:ss", False), ("mm:ss", False), ('0"日"', False), ("General", False), ("[Red]0", False), ("@", False)],
)  # fmt: skip
def test_a_number_format_tells_days_from_figures(tmp_path: Path, code: str, is_day: bool) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet().write_number(0, 0, 46086, book.add_format({"num_format": code}))
    book.close()
    assert (read_workbook(path).sheets[0].rows[0].cells[0] == date(2026, 3, 5)) is is_day


def test_rich_text_phonetics_and_escapes_read_as_shown(tmp_path: Path) -> None:
    made = workbook(tmp_path / "a.xlsx", ["甲"])
    strings = (
        sheet_xml("")
        .replace(b"worksheet", b"sst")
        .replace(
            b"></sst>",
            "><si><r><t>示例</t></r><r><t>化工</t></r><rPh sb='0' eb='1'><t>shi</t></rPh></si>"
            "<si><t>一_x000D_二</t></si></sst>".encode(),
        )
    )
    rows = sheet_xml(
        '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c t="inlineStr"><is><t>丙</t></is></c><c t="str"><f>""</f><v></v></c></row></sheetData>'
    )
    changed = rewritten(
        made, tmp_path / "b.xlsx", **{"xl/sharedStrings.xml": strings, "xl/worksheets/sheet1.xml": rows}
    )
    assert read_workbook(changed).sheets[0].rows[0].cells == ["示例化工", "一\r二", "丙"]


def test_columns_beyond_the_limit_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("企业").write_row(0, 0, ["x"] * 305)
    book.close()
    sheet = read_workbook(path).sheets[0]
    assert len(sheet.rows[0].cells) == spreadsheet_xml.MAX_COLUMNS
    assert sheet.notes == ["工作表“企业”第 300 列以后的内容没有读取"]


def test_too_many_rows_are_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet_xml, "MAX_ROWS", 3)
    monkeypatch.setattr(text_tables, "MAX_ROWS", 3)
    long = workbook(tmp_path / "a.xlsx", ["a"], ["b"], ["c"], ["d"])
    for data in (long.read_bytes(), b"a\nb\nc\nd\n"):
        with pytest.raises(UserError, match="没有导入任何内容"):
            read_file(data, "a", "a", None, SheetCollector())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_is_read_with_any_usual_delimiter(tmp_path: Path, encoding: str, mark: str) -> None:
    path = tmp_path / "企业.csv"
    lines = [["企业名称", "所属村", "备注"], ["示例厂", "东河村", '"两\n行"'], [], ["示例店", "", ""]]
    path.write_bytes("\r\n".join(mark.join(line) for line in lines).encode(encoding))
    sheet = read_workbook(path).sheets[0]
    assert sheet.name == "企业"
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (1, ["企业名称", "所属村", "备注"]),
        (2, ["示例厂", "东河村", "两\n行"]),
        (4, ["示例店", None, None]),
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, ""), (3011.0, "3011"), (1.5, "1.5"), (True, "TRUE"), (919900010000001570, "9.1990001000000157E+17"), (date(2026, 3, 5), "2026-03-05"), (datetime(2026, 3, 5, 8, 30), "2026-03-05 08:30"), (CellProblem("#N/A", "x"), "#N/A")],
)  # fmt: skip
def test_a_cell_is_shown_as_the_clerk_sees_it(cell: object, text: str) -> None:
    assert shown(cell).startswith(text[:10])


def test_reading_does_not_depend_on_the_order_of_parts(tmp_path: Path) -> None:
    made = workbook(tmp_path / "a.xlsx", ["甲", "乙"])
    turned = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(turned, "w") as out:
        for name in reversed(source.namelist()):
            out.writestr(name, source.read(name))
    (tmp_path / "b.xlsx").write_bytes(turned.getvalue())
    assert read_workbook(tmp_path / "b.xlsx") == read_workbook(made)


written_cells = st.one_of(
    st.none(),
    st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=12),
    st.sampled_from(["a & b", "<三>", "_x0041_", " x ", "两\n行", "&amp;", "=1+1", "x\ty"]),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1900, 3, 1)),
    st.datetimes(datetime(1901, 1, 1)).map(lambda one: one.replace(microsecond=0)),
)


@settings(max_examples=25, deadline=None)
@given(lines=st.lists(st.lists(written_cells, max_size=6), max_size=6), constant=st.booleans())
def test_plain_and_unusual_markup_read_alike(
    tmp_path_factory: pytest.TempPathFactory, lines: list[list[object]], constant: bool
) -> None:
    folder = tmp_path_factory.mktemp("alike")
    book = xlsxwriter.Workbook(str(folder / "a.xlsx"), {"constant_memory": constant, "strings_to_formulas": False})
    sheet = book.add_worksheet("企业")
    day, moment = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    for row, line in enumerate(lines):
        for column, cell in enumerate(line):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell)
            elif isinstance(cell, date):
                sheet.write_datetime(row, column, cell, moment if isinstance(cell, datetime) else day)
            else:
                sheet.write(row, column, cell)
    book.close()
    unusual = {}
    with zipfile.ZipFile(folder / "a.xlsx") as parts:
        for name in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
            if name in parts.namelist():
                unusual[name] = parts.read(name) + b"<!-- the parser must read this -->"
    rewritten(folder / "a.xlsx", folder / "b.xlsx", **unusual)
    plainly = read_workbook(folder / "a.xlsx")
    assert plainly == read_workbook(folder / "b.xlsx")
    for row in plainly.sheets[0].rows:
        for cell, original in zip(row.cells, lines[row.number - 1], strict=False):
            if isinstance(original, int | date) and not isinstance(original, datetime):
                assert cell == original
            elif (
                isinstance(original, str)
                and "_x" not in original
                and "\ufffe" not in original
                and "\uffff" not in original
            ):
                assert (cell or "") == original


@pytest.mark.parametrize(
    "turn",
    [
        (b"<row ", b"<x:row ", b"</row>", b"</x:row>", b"<worksheet ", b'<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '),
        (b' r="A', b'  r="A', b"<zz", b"<zz", b"<zz", b"<zz"),
        (b"<v>0</v>", b"<v><![CDATA[0]]></v>", b"<zz", b"<zz", b"<zz", b"<zz"),
        (b"</sheetData>", b'</sheetData><rowBreaks count="1"><brk id="1"/></rowBreaks>', b"<zz", b"<zz", b"<zz", b"<zz"),
    ],
)  # fmt: skip
def test_other_ways_to_write_the_same_sheet_read_alike(tmp_path: Path, turn: tuple[bytes, ...]) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet("企业")
    sheet.merge_range(0, 0, 1, 0, "东河村")
    sheet.write_row(0, 1, ["甲", 1, 2.5])
    sheet.write_row(1, 1, ["乙", 3])
    book.close()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
        markup = parts.read("xl/worksheets/sheet1.xml")
    for old, new in zip(turn[::2], turn[1::2], strict=True):
        markup = markup.replace(old, new)
    rewritten(tmp_path / "a.xlsx", tmp_path / "b.xlsx", **{"xl/worksheets/sheet1.xml": markup})
    assert read_workbook(tmp_path / "b.xlsx") == read_workbook(tmp_path / "a.xlsx")
    assert [row.cells for row in read_workbook(tmp_path / "b.xlsx").sheets[0].rows] == [
        ["东河村", "甲", 1, 2.5],
        ["东河村", "乙", 3],
    ]
