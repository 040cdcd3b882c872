"""Small workbooks made on the spot, and the same ones with parts of their zip replaced."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl


def workbook(path: Path, *rows: list[object], merged: tuple[str, ...] = ()) -> Path:
    """One sheet with these rows and merged ranges."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for reference in merged:
        sheet.merge_cells(reference)
    book.save(path)
    return path


def rewritten(path: Path, target: Path, **changes: bytes) -> Path:
    """The same zip with some parts replaced or added: {name: content}."""
    parts = dict(changes)
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            out.writestr(name, parts.pop(name) if name in parts else source.read(name))
        for name, content in parts.items():
            out.writestr(name, content)
    return target


def sheet_xml(inner: str) -> bytes:
    """A worksheet part around `inner`."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{space}">{inner}</worksheet>'.encode()
