"""Hostile and damaged Word files: each is taken as it is or refused in Chinese, at once; nothing runs, nothing falls."""

from __future__ import annotations

import os
import random
import re
import time
from pathlib import Path

import pytest

from anjian_desktop.documents.docx_package import MAX_FILE, UnusableDocument, read_document_file
from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import lay_out_docx
from anjian_desktop.documents.merging import MergeTemplate
from anjian_desktop.errors import UserError
from tests.support.hostile_documents import CRAFTED, damaged, padded
from tests.support.merge_files import three_dialects

COUNT = int(os.environ.get("ANJIAN_HOSTILE", "60"))
"""How many damaged files are tried; 2,000 outside the default run."""


def tried(data: bytes, fonts: FontBook) -> str:
    """What became of a file: "" when it was merged and laid out, else the words of the refusal."""
    started = time.process_time()
    try:
        template = MergeTemplate(data)
        filled = template.fill({"企业名称": "示例厂", "编号": "1"})
        lay_out_docx(filled.data, fonts)
        told = ""
    except UserError as refusal:
        told = str(refusal)
        assert re.search(r"[\u4e00-\u9fff]{4}", told) and refusal.next_step, told
    assert time.process_time() - started < 20
    return told


@pytest.fixture(scope="module")
def fonts() -> FontBook:
    return FontBook.bundled_only()


@pytest.mark.parametrize("name", CRAFTED)
def test_a_hostile_file_is_refused_or_harmless(name: str, fonts: FontBook) -> None:
    told = tried(CRAFTED[name](), fonts)
    assert "root:" not in told
    harmless = {"styles in a circle", "open fields", "endings alone", "braces", "blanks", "huge numbers"}
    assert bool(told) == (name not in harmless), told


@pytest.mark.parametrize("dialect", ["mergefield", "brace", "blank"])
def test_damaged_files_never_fall(dialect: str, fonts: FontBook) -> None:
    sound = three_dialects()[dialect]
    chance = random.Random(dialect)
    refused = 0
    for number in range(COUNT // 3):
        refused += bool(tried(damaged(sound, chance, number), fonts))
    assert refused > COUNT // 12


@pytest.mark.parametrize(
    "inner",
    [
        "<w:p/>" * 3_000_000,
        "<w:p><w:r><w:t>" + "安" * 12_000_000 + "</w:t></w:r></w:p>",
        "<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 400_000 + "</w:tr></w:tbl>",
    ],
    ids=["paragraphs", "letters", "cells"],
)
def test_a_small_file_that_unpacks_to_thousands_of_pages_is_refused_at_once(inner: str, fonts: FontBook) -> None:
    data = padded(inner)
    started = time.process_time()
    assert len(data) < 4_000_000 and "内容太多" in tried(data, fonts)
    assert time.process_time() - started < 5


def test_a_file_larger_than_any_document_is_not_even_read(tmp_path: Path) -> None:
    file = tmp_path / "大.docx"
    with file.open("wb") as stream:
        stream.truncate(MAX_FILE + 1)
    with pytest.raises(UnusableDocument, match="超过 50 MB"):
        read_document_file(file)
