"""Word files through the command line, without a store."""

from __future__ import annotations

import importlib.resources
from pathlib import Path

import docx
import pypdf
import pytest
from docx.shared import Pt
from support.calls import CommandLine


def word_file(file: Path, text: str = "安全生产责任书") -> Path:
    document = docx.Document()
    run = document.add_paragraph().add_run(text)
    run.font.size = Pt(16)
    document.save(str(file))
    return file


def test_the_templates_are_listed_with_their_placeholders(bare: CommandLine) -> None:
    told = bare.json("template", "list")["templates"]
    assert [one["name"] for one in told] == ["Z1", "Z3", "Z5", "C1", "C2", "C3", "T1", "T2", "T3", "T4"]
    assert all({"编号", "年度", "期限止"} <= set(one["placeholders"]) for one in told if one["kind"][0] == "Z")
    assert "企业安全生产责任书" in bare("template", "list").out


def test_a_word_file_becomes_pages(bare: CommandLine, tmp_path: Path) -> None:
    source = word_file(tmp_path / "说 明.docx")
    done = bare("--json", "convert", source, tmp_path / "说 明.pdf")
    told = done.json
    assert told["pages"] == 1 and done.code == (1 if told["not_laid_out"] else 0)
    assert all(set(one) == {"asked", "used"} for one in told["fonts"])
    assert "安全生产责任书" in pypdf.PdfReader(tmp_path / "说 明.pdf").pages[0].extract_text()
    assert not bare.folder.exists()


def test_a_shipped_template_is_laid_out_whole(bare: CommandLine, tmp_path: Path) -> None:
    for name in ("Z1", "Z3", "Z5"):
        source = tmp_path / f"{name}.docx"
        source.write_bytes((importlib.resources.files("resources") / "templates" / f"{name}.docx").read_bytes())
        told = bare.json("convert", source, tmp_path / f"{name}.pdf")
        assert told["not_laid_out"] == [] and 3 <= told["pages"] <= 5


def test_the_same_document_gives_the_same_bytes(bare: CommandLine, tmp_path: Path) -> None:
    source = word_file(tmp_path / "甲.docx")
    for name in ("1.pdf", "2.pdf"):
        bare("convert", source, tmp_path / name)
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"{\\rtf1}"])
def test_a_file_that_is_no_word_document_is_told_and_nothing_written(
    bare: CommandLine, tmp_path: Path, content: bytes
) -> None:
    source = tmp_path / "坏.docx"
    source.write_bytes(content)
    assert bare("convert", source, tmp_path / "坏.pdf").code == 2
    assert bare("convert", tmp_path / "没有.docx", tmp_path / "坏.pdf").code == 2
    assert bare("convert", tmp_path / "名册.doc", tmp_path / "坏.pdf").code == 2
    assert not (tmp_path / "坏.pdf").exists()


def test_a_character_no_font_has_prints_as_a_box_and_is_named(bare: CommandLine, tmp_path: Path) -> None:
    source = word_file(tmp_path / "生僻.docx", "某某\U0002ebe0厂")
    done = bare("--json", "convert", source, tmp_path / "生僻.pdf")
    assert done.code == 1 and "\U0002ebe0" in done.out
    assert (tmp_path / "生僻.pdf").exists()
