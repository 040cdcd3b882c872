"""Disguised, hostile and damaged files: told in words, never expanded, never a traceback."""

from __future__ import annotations

import time
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.workbooks import rewritten, sheet_xml, workbook

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.sheet import read_workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"", "空文件"),
        ("a.xls", OLE + b"\0" * 600, "不是工作簿"),
        ("a.xls", OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "是 Word 文档"),
        ("a.xls", OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "已损坏"),
        ("a.xlsx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "有打开密码"),
        ("a.xls", b"<html><p>\xe7\x94\xb2</p></html>", "里面没有表格"),
        ("a.xls", b"\xef\xbb\xbf  <!DOCTYPE html><html></html>", "网页格式"),
        ("a.xls", b'<?xml version="1.0"?><Workbook/>', "XML 格式"),
        (
            "a.xls",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "没有工作表",
        ),
        ("a.csv", b"\xff\xff\xff\x81", "编码认不出来"),
        ("a.pdf", b"%PDF-1.7\n", "不是表格文件"),
        ("a.bin", bytes(range(256)) * 4, "不是表格文件"),
        ("a.xlsx", b"PK\x03\x04broken", "已损坏"),
    ],
)
def test_disguises_are_told_with_the_way_out(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UserError, match=words) as refused:
        read_workbook(path)
    assert refused.value.next_step


def test_a_zip_that_is_no_workbook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("读我.txt", "x")
    with pytest.raises(UserError, match=r"不是 [.]xlsx 工作簿"):
        read_workbook(path)


def test_missing_files_and_folders_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="找不到文件"):
        read_workbook(tmp_path / "没有.xlsx")
    with pytest.raises(UserError, match="读不了文件"):
        read_workbook(tmp_path)


def test_a_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    made = workbook(tmp_path / "b.xlsx", ["甲"])
    bomb = sheet_xml("<sheetData>" + "<row/>" * 8_000_000 + "</sheetData>")
    rewritten(made, path, **{"xl/worksheets/sheet1.xml": bomb})
    started = time.perf_counter()
    with pytest.raises(UserError, match="解压后过大"):
        read_workbook(path)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    "prologue",
    [
        '<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    ],
)
def test_entities_are_never_expanded(tmp_path: Path, prologue: str) -> None:
    made = workbook(tmp_path / "b.xlsx", ["甲"])
    body = sheet_xml('<sheetData><row r="1"><c r="A1" t="str"><v>&a;</v></c></row></sheetData>')
    hostile = body.replace(b"?>", b"?>" + prologue.encode(), 1)
    changed = rewritten(made, tmp_path / "a.xlsx", **{"xl/worksheets/sheet1.xml": hostile})
    with pytest.raises(UserError, match=r"内容异常|已损坏"):
        read_workbook(changed)


@pytest.fixture(scope="module")
def sound_workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = workbook(
        tmp_path_factory.mktemp("sound") / "a.xlsx",
        ["企业名称", "成立日期"],
        ["示例厂", date(2026, 3, 5)],
        merged=("A2:A3",),
    )
    return path.read_bytes()


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_in_words(
    sound_workbook: bytes, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    damaged = bytearray(sound_workbook)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        if data.draw(st.booleans()):
            damaged[place] = data.draw(st.integers(0, 255))
        else:
            del damaged[place : place + data.draw(st.integers(1, 2000))]
            damaged = damaged or bytearray(b"P")
    path = tmp_path_factory.mktemp("damaged") / "a.xlsx"
    path.write_bytes(damaged)
    try:
        read_workbook(path)
    except UserError as refused:
        assert refused.message


@settings(max_examples=50, deadline=None)
@given(inner=st.text("<>/crv=\"'t s12A9XFD&;\u4e00", max_size=60), attributes=st.sampled_from(["", 't="s"', 't="e"', 't="d"', 't="b"', 's="9"', 'r="A0"', 'r="ZZZZ1"']), value=st.text("0123456789.Ee+-#REF!nanT:/ \u4e00", max_size=20))  # fmt: skip
def test_any_cell_markup_is_read_or_refused_in_words(
    sound_workbook: bytes, tmp_path_factory: pytest.TempPathFactory, inner: str, attributes: str, value: str
) -> None:
    folder = tmp_path_factory.mktemp("markup")
    (folder / "a.xlsx").write_bytes(sound_workbook)
    cell = f"<sheetData><row><c {attributes}><v>{value}</v></c>{inner}</row></sheetData>"
    changed = rewritten(folder / "a.xlsx", folder / "b.xlsx", **{"xl/worksheets/sheet1.xml": sheet_xml(cell)})
    try:
        read_workbook(changed)
    except UserError as refused:
        assert refused.message
