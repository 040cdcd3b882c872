"""`anjian template`: check, add, bind, list, render as typed on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from anjian_desktop.cli.report import table
from tests.support.calls import CommandLine
from tests.support.merge_files import merge_field, three_dialects
from tests.support.word_files import paragraph, word_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "县 版.docx"
    found.write_bytes(word_file(paragraph("{{编号}}", merge_field("企业名"), "××公司")))
    return found


def test_a_check_needs_no_store_and_tells_every_place(bare: CommandLine, file: Path) -> None:
    told = bare.json("template", "check", file, code=1)
    keys = ("name", "dialect", "part", "place", "field")
    assert [tuple(one[key] for key in keys) for one in told["placeholders"]] == [
        ("编号", "brace", "word/document.xml", "正文第1段", "编号"),
        ("企业名", "mergefield", "word/document.xml", "正文第1段", ""),
        ("××公司", "blank", "word/document.xml", "正文第1段第1处", "单位名称"),
    ]
    assert told["unknown"] == [{"name": "企业名", "place": "正文第1段", "nearest": "企业名称"}]
    assert told["not_laid_out"] == [] and {"asked", "used"} == set(told["fonts"][0])
    assert "是不是“企业名称”" in bare("template", "check", file).out
    assert not bare.folder.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧格式"), (b"{\\rtf1 x}", "RTF"), (b"", "不是 Word 文件")],
)
def test_other_formats_are_refused_with_the_way_out(
    bare: CommandLine, tmp_path: Path, content: bytes, words: str
) -> None:
    old = tmp_path / "旧.doc"
    old.write_bytes(content)
    error = bare.json("template", "check", old, code=2)["error"]
    assert words in error["message"] and "另存为 .docx" in error["next"]


def test_a_template_is_added_bound_listed_and_drafted_with(anjian: CommandLine, file: Path, tmp_path: Path) -> None:
    added = anjian.json("template", "add", file, "--name", "县版", "--kind", "enterprise", code=1)
    assert (added["edition"], added["changed"]) == (1, ["template"])
    bound = anjian.json("template", "bind", "县版", "企业名=企业名称", "正文第1段第1处=单位名称")
    assert (bound["edition"], bound["unknown"]) == (2, [])
    (own,) = [one for one in anjian.json("template", "list")["templates"] if not one["shipped"]]
    assert (own["name"], own["kind"], own["edition"], own["shipped"]) == ("县版", "Z5", 2, False)
    anjian.json("add", "enterprise", "企业名称=示例厂", "主要负责人=赵甲")
    assert (
        anjian.json("agreements", "draft", "--year", 2026, "--kind", "enterprise", "--template", "县版")["drafted"] == 1
    )
    printed = anjian.json("agreements", "print", "--year", 2026, "--out", tmp_path / "out", "--format", "both")
    assert printed["issued"] == 1 and len(printed["files"]) == 2
    assert anjian("template", "bind", "县版", "没有这处=编号").code == 2


def test_a_file_is_rendered_from_json(bare: CommandLine, tmp_path: Path) -> None:
    source, data = tmp_path / "合并.docx", tmp_path / "row.json"
    source.write_bytes(three_dialects()["mergefield"])
    data.write_text(json.dumps([{"企业名称": "张三 & 李四〈有限〉公司", "编号": "1"}, {"编号": 2}]), "utf-8")
    told = bare.json("template", "render", source, "--data", data, "--out", tmp_path / "出.pdf")
    assert [Path(one).name for one in told["files"]] == ["出-1.pdf", "出-2.pdf"]
    assert told["missing"] == [{"file": "出-2.pdf", "names": ["企业名称"]}]
    assert bare("template", "render", source, "--data", data, "--out", tmp_path / "出.txt").code == 2


def test_a_table_cell_of_endless_text_is_cut_at_once(bare: CommandLine, tmp_path: Path) -> None:
    source = tmp_path / "横线.docx"
    source.write_bytes(word_file(paragraph("乙方：" + "_" * 200_000)))
    done = bare("template", "check", source)
    assert done.code == 0 and "_…" in done.out and len(done.out) < 2000


def test_a_text_is_cut_only_when_it_is_wider_than_its_column() -> None:
    (_, _, *lines) = table(("字段",), [("安" * 5,), ("安" * 6,), ("a" * 11,)], widest=10)
    assert lines == ["安" * 5, "安" * 4 + "…", "a" * 9 + "…"]
