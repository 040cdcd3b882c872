"""What a file is, told by its content whatever it is called; each kind goes to its reader, the rest is refused in words."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.html_tables import looks_like_html, read_html_tables
from anjian_desktop.exchange.old_workbook import BARE, OLE, read_old_workbook
from anjian_desktop.exchange.sheet_events import SheetSink
from anjian_desktop.exchange.sheet_rows import SAVE_AS, choose
from anjian_desktop.exchange.text_tables import read_text_table
from anjian_desktop.exchange.xml_tables import looks_like_xml_table, read_xml_tables

_OTHERS = (b"%pdf", b"\x89png", b"\xff\xd8\xff", b"gif8", b"rar!", b"7z\xbc", b"{\\rtf", b"mz", b"sqlite format")
_CHOOSE = "请选择 Excel、WPS 表格或 .csv 文件。"


def read_file(data: bytes, name: str, title: str, wanted: str | None, sink: SheetSink) -> None:
    """Tell the sheets of a file's bytes; `title` names the sheet of a file that has no names for them.

    Raises UserError, in words: what the file is and how to get a workbook from it.
    """
    from lxml import etree  # in the child process only

    try:
        _read(data, name, title, wanted, sink)
    except (
        zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, etree.LxmlError, EOFError, LookupError,
        ValueError, ArithmeticError, AssertionError, AttributeError, TypeError, NotImplementedError, RuntimeError,
    ):  # fmt: skip
        raise UserError(
            f"文件“{name}”已损坏，没有导入任何内容。", next_step="请让对方重新发送，或" + SAVE_AS[1:]
        ) from None
    except MemoryError:
        raise UserError(
            f"文件“{name}”的内容太大，没有导入任何内容。", next_step="请分成几份导入。", code="oversized"
        ) from None


def _read(data: bytes, name: str, title: str, wanted: str | None, sink: SheetSink) -> None:
    head = data[:8192]
    if head.startswith(b"PK"):
        from anjian_desktop.exchange.spreadsheet_xml import read_sheets

        read_sheets(io.BytesIO(data), name, wanted, sink)
    elif head.startswith((OLE, *BARE)):
        read_old_workbook(data, name, wanted, sink)
    elif looks_like_html(head):
        read_html_tables(data, name, title, wanted, sink)
    elif looks_like_xml_table(head):
        read_xml_tables(data, name, wanted, sink)
    else:
        _refuse_others(head, name)
        choose([title], wanted)
        read_text_table(data, name, title, sink)


def _refuse_others(head: bytes, name: str) -> None:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(b"mime-version:") or b"content-type: multipart/related" in start[:2000]:
        raise UserError(f"“{name}”其实是网页格式（单个文件网页）。", next_step=SAVE_AS)
    if start.startswith(b"<"):
        raise UserError(f"“{name}”其实是 XML 格式，不是工作簿。", next_step=SAVE_AS)
    if start.startswith(_OTHERS):
        raise UserError(f"“{name}”不是表格文件。", next_step=_CHOOSE)
