"""Damaged, odd and hostile files for the import, drawn from a source of chance: the same chance gives the same file."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from xml.sax.saxutils import escape

import openpyxl
from support.old_workbooks import OldSheet, compound_file, old_workbook
from support.workbooks import sheet_xml

HEADINGS = ("企业名称", "统一社会信用代码", "所属村", "主要负责人", "联系电话", "从业人数", "成立日期", "备注")
CODES = ("91990001MA00000157", "92990001MA000H011J", "93990001MA000N0189", "91990001MA00000158", "9199O001MA00000157")
WORDS = (
    "示例一厂", "示例 二厂", "示例（三）厂", "东河村", "西岭社区", "合计", "小计：3家", "注：无", "填表人：甲", "13900001234",
    "1390000123O", "+86 139-0000-1234", "2026.3.5", "3月5日", "20260230", "#REF!", "#N/A", "=1+1", "=cmd|'/c calc'!A0",
    "'; DROP TABLE organization;--", "{{企业名称}}", "{{ ''.__class__ }}", "\u202e倒写", "零\u200b宽", "\ue000造字", "😀厂",
    "ｆｕｌｌ１２３", "a\tb", "行\n行", "NULL", "None", "nan", "1e999", "-0", "９９", "　", "x" * 300, "长" * 5000, "../../etc",
    "CON", "<b>&amp;</b>", '"', "\\", "%s%n", "\u2028", "é", "示例\u0301",
)  # fmt: skip
SHEET = '<sheet name="a" sheetId="1"/>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def hostile_file(random: Random) -> tuple[str, bytes]:
    """A file's name and bytes."""
    kind = random.choice(KINDS)
    name, data = kind(random)
    for _ in range(random.choice((0, 0, 0, 1, 2))):
        data = _damaged(random, data)
    if random.random() < 0.2:
        name = random.choice(("a.csv", "b.xls", "c.xlsx", "没有后缀", "名 册&%.et"))
    return name, data or b"\0"


def _cell(random: Random) -> object:
    pick = random.randrange(12)
    if pick < 5:
        return random.choice(WORDS)
    return (
        None, None, random.choice(CODES), random.randint(-(10**12), 10**19), random.uniform(-1e9, 1e9), random.random() < 0.5,
        date(1950, 1, 1) + timedelta(days=random.randint(0, 50_000)),
    )[pick - 5]  # fmt: skip


def _table(random: Random) -> list[list[object]]:
    """Title rows, a heading more or less whole, rows of anything."""
    rows: list[list[object]] = [[_cell(random)] for _ in range(random.randint(0, 3))]
    heading: list[object] = random.sample(HEADINGS, random.randint(1, len(HEADINGS)))
    if random.random() < 0.9 and "企业名称" not in heading:
        heading.append("企业名称")
    rows.append(heading)
    for n in range(random.randint(0, 12)):
        row = [_cell(random) for _ in range(random.randint(0, len(heading) + 2))]
        if random.random() < 0.5:
            for column, text in enumerate(heading[: len(row)]):
                sound = {
                    "企业名称": f"示例{n}号厂",
                    "所属村": "东河村",
                    "联系电话": "13900001234",
                    "统一社会信用代码": None,
                }
                row[column] = sound.get(str(text), row[column])
        rows.append(row)
    return rows


def _plain_xlsx(random: Random, rows: Sequence[Sequence[object]] | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows if rows is not None else _table(random):
        sheet.append([_writable(cell) for cell in row])
    for _ in range(random.choice((0, 0, 1, 3))):
        top, left = random.randint(1, 12), random.randint(1, 6)
        sheet.merge_cells(
            start_row=top, end_row=top + random.randint(0, 5), start_column=left, end_column=left + random.randint(0, 3)
        )
    for _ in range(random.choice((0, 0, 1, 2))):
        other = book.create_sheet(random.choice(("东河村", "说明", "Sheet", "a" * 28)))
        for row in _table(random):
            other.append([_writable(cell) for cell in row])
        other.sheet_state = random.choice(("visible", "hidden", "veryHidden"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _writable(cell: object) -> object:
    if isinstance(cell, str):
        return "".join(one for one in cell if one == "\n" or one >= " ")
    return cell


def _odd_xlsx(random: Random) -> tuple[str, bytes]:
    return "名册.xlsx", _plain_xlsx(random)


def _replaced_part(random: Random) -> tuple[str, bytes]:
    """A sound workbook with one of its parts replaced by something hostile."""
    part = random.choice(
        ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml",
         "[Content_Types].xml", "xl/_rels/workbook.xml.rels", "_rels/.rels")
    )  # fmt: skip
    return "名册.xlsx", _repacked(_plain_xlsx(random), {part: _hostile_xml(random)}, random)


def _repacked(data: bytes, changes: dict[str, bytes], random: Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if random.random() > 0.03:
                target.writestr(name, changes.pop(name) if name in changes else source.read(name))
        for name, content in changes.items():
            target.writestr(name, content)
    return out.getvalue()


def _hostile_xml(random: Random) -> bytes:
    cells = "".join(
        random.choice(
            (
                f'<c r="A{n}" t="s"><v>{random.choice((0, 1, 5, -1, 10**9))}</v></c>',
                f'<c r="{random.choice(("A", "XFD", "ZZZZ", "", "a", "A1:B2"))}{n}"><v>{random.choice(("1", "1e999", "nan", "--1", "٣"))}</v></c>',
                f'<c r="B{n}" t="inlineStr"><is><t>{random.choice(("企业名称", "东河村", "&#0;", "&#xD800;", "_xD800_", "&amp;", ""))}</t></is></c>',
                f'<c s="{random.choice((0, 1, 99, -1, 10**12))}" t="{random.choice("snbed")}"><v>{random.choice(("45000", "-5", "2958466", "1e300", "", "#REF!"))}</v></c>',
                f'<c r="C{n}"><f>A1</f></c>',
                "<c><c><c/></c></c>",
                "<!-- x --><?x?>",
                "<![CDATA[x]]>",
            )
        )
        for n in (random.randint(0, 2_000_000), 1, 2, 2, 3)
    )
    number = random.choice(
        ("", ' r="1"', ' r="0"', ' r="-5"', ' r="1048577"', ' r="99999999999999999999"', ' r="x"', ' hidden="1"')
    )
    merge = random.choice(
        (
            "",
            '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            "<mergeCells>" + '<mergeCell ref="A1:A9"/>' * 50 + "</mergeCells>",
        )
    )
    inside = f"<sheetData><row{number}>{cells}</row></sheetData>{merge}"
    doctype = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    return random.choice(
        (
            sheet_xml(inside),
            sheet_xml(inside),
            sheet_xml(inside),
            sheet_xml(inside).replace(b"?>", b"?>" + doctype.encode(), 1),
            sheet_xml("<a>" * 5000),
            sheet_xml(f'<dimension ref="A1:XFD1048576"/>{inside}'),
            f'<sst xmlns="{MAIN}" uniqueCount="4294967295">{"<si><t>x</t></si>" * 3}</sst>'.encode(),
            f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="99999"/><xf numFmtId="x"/></cellXfs></styleSheet>'.encode(),
            f'<workbook xmlns="{MAIN}"><sheets>{SHEET * 3}</sheets></workbook>'.encode(),
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
            b'Type="x/worksheet" Target="../../../../etc/passwd"/><Relationship Id="rId2" Type="x/worksheet" TargetMode="External" '
            b'Target="http://localhost/x"/></Relationships>',
            b"",
            b"\xff\xfe" + sheet_xml(inside).decode().encode("utf-16-le"),
            bytes(random.randrange(256) for _ in range(200)),
        )
    )


def _bomb(random: Random) -> tuple[str, bytes]:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        what = random.randrange(3)
        if what == 0:
            target.writestr("xl/worksheets/sheet1.xml", b"<row/>" * 5_000_000)
        elif what == 1:
            for number in range(6000):
                target.writestr(f"{number}", b"")
        else:
            target.writestr("inner.zip", _plain_xlsx(random))
    return "炸弹.xlsx", out.getvalue()


def _old(random: Random) -> tuple[str, bytes]:
    rows = [[cell if not isinstance(cell, int) or abs(cell) < 10**300 else 0 for cell in row] for row in _table(random)]
    merged = [
        (random.randint(0, 9), random.randint(0, 60_000), random.randint(0, 5), random.randint(0, 255))
        for _ in range(random.choice((0, 2)))
    ]
    book = {"企业": OldSheet(rows, merged=merged), "东河村": OldSheet(_table(random), hidden=random.random() < 0.3)}
    data = old_workbook(book, starts_1904=random.random() < 0.2, password=random.random() < 0.05)
    return random.choice(("名册.xls", "名册.et")), data


def _odd_records(random: Random) -> tuple[str, bytes]:
    """A compound file whose stream is made of records that lie about themselves."""
    stream = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 5, 0, 0, 0, 0)
    for _ in range(random.randint(1, 40)):
        kind = random.choice(
            (
                0x0085,
                0x00FC,
                0x0203,
                0x0204,
                0x00FD,
                0x00BD,
                0x00E5,
                0x0006,
                0x0031,
                0x041E,
                0x00E0,
                0x000A,
                0x0809,
                0x002F,
                0x003C,
            )
        )
        content = bytes(random.randrange(256) for _ in range(random.choice((0, 2, 8, 20, 60))))
        stream += struct.pack("<HH", kind, random.choice((len(content), 0, 8224, 65535))) + content
    return "记录.xls", compound_file(random.choice(("Workbook", "Book")), stream)


def _text(random: Random) -> tuple[str, bytes]:
    mark = random.choice((",", ",", "\t", ";", "|"))
    end = random.choice(("\r\n", "\n", "\r"))

    def shown(cell: object) -> str:
        text = "" if cell is None else str(cell)
        return '"' + text.replace('"', '""') + '"' if random.random() < 0.5 else text

    text = end.join(mark.join(shown(cell) for cell in row) for row in _table(random))
    if random.random() < 0.2:
        text += random.choice(('"', '"open' + end * 3, "\x00", mark * 20_000, "长" * 200_000))
    encoding = random.choice(("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "big5"))
    return "名册.csv", text.encode(encoding, "ignore")


def _web_page(random: Random) -> tuple[str, bytes]:
    spans = ("", ' colspan="2"', ' rowspan="3"', ' colspan="999999999"', ' rowspan="-1"', ' rowspan="99999"')
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td{random.choice(spans) if random.random() < 0.2 else ''}>{cell if cell is not None else ''}</td>"
            for cell in row
        )
        + random.choice(("</tr>", ""))
        for row in _table(random)
    )
    page = random.choice(
        ("<html><body><table>{}</table>", "<table>{}", "<!DOCTYPE html><table>" + "<div>" * 500 + "{}")
    )
    return "名册.xls", page.format(rows).encode(random.choice(("utf-8", "gbk")), "ignore")


def _xml_2003(random: Random) -> tuple[str, bytes]:
    """XML 表格 2003 with odd places, kinds, spans and texts."""
    places = tuple(f' ss:Index="{place}"' for place in ("3", "9", "0", "-1", "99999999999", "x"))
    spans = tuple(
        f' ss:Merge{way}="{count}"' for way in ("Down", "Across") for count in ("2", "999999", "999999999", "-1")
    )

    rows_odd = (*places, ' ss:Hidden="1"', ' ss:Span="5"')

    def odd(choices: tuple[str, ...]) -> str:
        return random.choice(choices) if random.random() < 0.1 else ""

    def cell(value: object) -> str:
        kind = random.choice(("String", "String", "Number", "DateTime", "Boolean", "Error", "Odd", ""))
        text = escape("".join(filter(str.isprintable, str(value))))
        return f'<Cell{odd(places)}{odd(spans)}><Data ss:Type="{kind}">{text}</Data></Cell>'

    rows = "".join(
        f"<Row{odd(rows_odd)}>{''.join(cell(one) for one in row if one is not None)}</Row>" for row in _table(random)
    )
    sheets = "".join(
        f'<Worksheet ss:Name="{name}"><Table>{rows}</Table></Worksheet>'
        for name in random.choice((["企业"], ["a", "a"], [""]))
    )
    entity = random.choice(("", "", "", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'))
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    text = f'<?xml version="1.0"?>{entity}<Workbook xmlns="{space}" xmlns:ss="{space}">{sheets}</Workbook>'
    return random.choice(("名册.xls", "名册.xml")), text.encode(random.choice(("utf-8", "utf-8", "utf-16")), "replace")


def _noise(random: Random) -> tuple[str, bytes]:
    start = random.choice(
        (
            b"",
            b"PK\x03\x04",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"%PDF-1.7",
            b"\xff\xfe",
            b"\x09\x08\x10\x00",
            b"<html>",
            b"<?xml?>",
            b"\x89PNG",
            b"\xef\xbb\xbf",
        )
    )
    return "什么.xlsx", start + bytes(random.randrange(256) for _ in range(random.choice((0, 1, 50, 3000))))


def _damaged(random: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 8))):
        if not changed:
            break
        place = random.randrange(len(changed))
        act = random.randrange(4)
        if act == 0:
            changed[place] = random.randrange(256)
        elif act == 1:
            del changed[place : place + random.choice((1, 10, 500, 5000))]
        elif act == 2:
            changed[place:place] = bytes(random.randrange(256) for _ in range(random.choice((1, 4, 100))))
        else:
            del changed[place:]
    return bytes(changed)


KINDS: tuple[Callable[[Random], tuple[str, bytes]], ...] = (
    _odd_xlsx, _odd_xlsx, _odd_xlsx, _replaced_part, _replaced_part, _old, _old, _odd_records, _text, _text, _web_page, _xml_2003, _noise, _bomb,
)  # fmt: skip
