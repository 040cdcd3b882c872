"""Files that are no .xlsx: old workbooks, text in any encoding, web pages; and wrong suffixes."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.old_workbooks import ERRORS, OldSheet, compound_file, old_workbook
from support.workbooks import workbook

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.cells import CellProblem
from anjian_desktop.exchange.sheet import read_workbook

ROWS = [
    ["示例镇企业名册"],
    ["序号", "企业名称", "所属村", "成立日期", "从业人数"],
    [1, "示例一厂", "东河村", date(2020, 1, 2), 12],
    [2, "示例二厂", None, datetime(2020, 1, 2, 10, 30), 12.5],
    [3, "示例三厂", None, "#REF!", True],
]


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name", ["名册.xls", "名册.et", "名册.xlsx", "名册"])
def test_an_old_workbook_is_read_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    sheet = OldSheet(ROWS, merged=[(0, 0, 0, 4), (2, 4, 2, 2)], hidden_rows=frozenset({3}))
    hidden = OldSheet([["x"]], hidden=True)
    book = read_workbook(written(tmp_path / name, old_workbook({"企业": sheet, "藏": hidden})))
    assert [(one.name, one.hidden, one.filled_down, one.hidden_rows) for one in book.sheets] == [
        ("企业", False, 2, 1),
        ("藏", True, 0, 0),
    ]
    assert [(row.number, row.cells) for row in book.sheets[0].rows] == [
        (1, ["示例镇企业名册"]),
        (2, ["序号", "企业名称", "所属村", "成立日期", "从业人数"]),
        (3, [1, "示例一厂", "东河村", date(2020, 1, 2), 12]),
        (4, [2, "示例二厂", "东河村", datetime(2020, 1, 2, 10, 30), 12.5]),
        (5, [3, "示例三厂", "东河村", CellProblem("#REF!", "单元格是错误值 #REF!，请改成正确内容"), True]),
    ]
    assert read_workbook(tmp_path / name, sheet="藏").sheets[0].rows[0].cells == ["x"]


def test_the_epoch_of_1904_is_kept_in_old_workbooks(tmp_path: Path) -> None:
    book = old_workbook({"企业": OldSheet([[date(2020, 1, 2), 5]])}, starts_1904=True)
    sheet = read_workbook(written(tmp_path / "a.xls", book)).sheets[0]
    assert (sheet.starts_1904, sheet.rows[0].cells) == (True, [date(2020, 1, 2), 5])


@pytest.mark.parametrize("error", ERRORS)
def test_error_values_of_old_workbooks_are_never_dropped(tmp_path: Path, error: str) -> None:
    sheet = read_workbook(written(tmp_path / "a.xls", old_workbook({"企业": OldSheet([[error]])}))).sheets[0]
    assert isinstance(sheet.rows[0].cells[0], CellProblem)


def test_what_an_old_file_cannot_give_is_told(tmp_path: Path) -> None:
    book = {"企业": OldSheet(ROWS)}
    cases = {
        "有打开密码": old_workbook(book, password=True),
        "是 Word 文档": compound_file("WordDocument", b"x" * 5000),
        "已损坏": old_workbook(book)[:3000],
    }
    for words, content in cases.items():
        with pytest.raises(UserError, match=words):
            read_workbook(written(tmp_path / "a.xls", content))


def test_numbers_an_old_workbook_cannot_mean_are_told(tmp_path: Path) -> None:
    book = old_workbook({"企业": OldSheet([[float("inf"), float("nan"), 3.2e17, 1e14]])})
    cells = read_workbook(written(tmp_path / "a.xls", book)).sheets[0].rows[0].cells
    assert isinstance(cells[0], CellProblem)
    assert isinstance(cells[1], CellProblem)
    assert cells[2:] == [3.2e17, 10**14]


TABLE = "企业名称,所属村,备注\r\n示例一厂,东河村,甲、乙\r\n示例㙍厂,西岭村,\r\n"
READ = [["企业名称", "所属村", "备注"], ["示例一厂", "东河村", "甲、乙"], ["示例㙍厂", "西岭村", None]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("suffix", [".csv", ".txt", ".xls", ".xlsx"])
def test_text_is_read_in_the_encoding_it_is_in(tmp_path: Path, encoding: str, suffix: str) -> None:
    sheet = read_workbook(written(tmp_path / f"名册{suffix}", TABLE.encode(encoding))).sheets[0]
    assert (sheet.name, [row.cells for row in sheet.rows]) == ("名册", READ)


@pytest.mark.parametrize("mark", ["\t", ";", "|"])
def test_tabs_and_other_marks_divide_too(tmp_path: Path, mark: str) -> None:
    sheet = read_workbook(written(tmp_path / "a.xls", TABLE.replace(",", mark).encode("gbk", "ignore"))).sheets[0]
    assert sheet.rows[1].cells == ["示例一厂", "东河村", "甲、乙"]


def test_excels_own_hint_of_the_mark_is_no_row(tmp_path: Path) -> None:
    sheet = read_workbook(written(tmp_path / "a.csv", b"sep=;\r\na,1;b\r\n")).sheets[0]
    assert [(row.number, row.cells) for row in sheet.rows] == [(2, ["a,1", "b"])]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.text(st.characters(codec="gb18030", exclude_categories=["Cc", "Cs"]), max_size=12), min_size=1, max_size=5), min_size=1, max_size=6),
    st.sampled_from(["utf-8-sig", "utf-16", "gb18030"]),
)  # fmt: skip
def test_quoted_text_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, lines: list[list[str]], encoding: str
) -> None:
    head = ["企业名称", "所属村", "联系电话"]
    quoted = "\r\n".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in [head, head, *lines]
    )
    path = written(tmp_path_factory.mktemp("csv") / "a.csv", quoted.encode(encoding))
    rows = {row.number: row.cells for row in read_workbook(path).sheets[0].rows}
    for number, line in enumerate(lines, start=3):
        cells = [cell if cell and not cell.isspace() else None for cell in line]
        assert rows.get(number, [None] * len(cells)) == cells


HTML = """<html><head><meta charset="{charset}"><style>td {{mso-number-format:"\\@"}}</style></head><body>
<table border=1><caption>名册</caption>
<tr><td colspan=3>示例镇企业名册</td></tr>
<tr><th>企业<br>名称</th><th>所属村</th><th>联系电话</th></tr>
<tr><td>示例一厂</td><td rowspan="2">东河村</td><td>13900001234</td></tr>
<tr><td>示例&nbsp;二厂 &amp; 店</td><td></td></tr>
</table></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk"])
@pytest.mark.parametrize("begin", ["", "\n  ", "<!-- x -->", '<?xml version="1.0"?>\n'])
def test_a_web_page_that_calls_itself_xls_is_read(tmp_path: Path, charset: str, begin: str) -> None:
    page = begin + HTML.format(charset=charset)
    sheet = read_workbook(written(tmp_path / "名册.xls", page.encode(charset))).sheets[0]
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (1, ["示例镇企业名册"]),
        (2, ["企业\n名称", "所属村", "联系电话"]),
        (3, ["示例一厂", "东河村", "13900001234"]),
        (4, ["示例 二厂 & 店", "东河村"]),
    ]
    assert sheet.filled_down == 1


def test_several_tables_of_a_page_are_several_sheets(tmp_path: Path) -> None:
    page = "<table><tr><td>a<table><tr><td>in</td></tr></table></td></tr></table><table><tr><td>b</td></tr></table>"
    book = read_workbook(written(tmp_path / "a.xls", page.encode()))
    assert [(one.name, one.rows[0].cells) for one in book.sheets] == [("a（1）", ["ain"]), ("a（2）", ["b"])]


def test_a_workbook_with_a_wrong_suffix_is_read(tmp_path: Path) -> None:
    made = workbook(tmp_path / "a.xlsx", ["企业名称"], ["示例厂"])
    for name in ("a.xls", "a.csv", "a.et", "a"):
        shutil.copy(made, tmp_path / "b")
        (tmp_path / "b").rename(tmp_path / name) if not (tmp_path / name).exists() else None
        assert read_workbook(tmp_path / name).sheets[0].rows[1].cells == ["示例厂"]
