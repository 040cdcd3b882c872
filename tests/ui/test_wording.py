"""One word for one thing, Chinese for everything, and every character in the fonts that come with the program."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from random import Random

from fontTools.ttLib import TTFont

from anjian_desktop.exchange.sample_names import firm, person

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted([*ROOT.glob("ui/**/*.py"), *ROOT.glob("anjian_desktop/**/*.py")])
CHINESE = re.compile(r"[\u4e00-\u9fff]")

BANNED = {
    "删除": "移到回收站（记录）、去掉（条件、视图）",
    "移除": "移到回收站、去掉",
    "员工": "人员",
    "操作失败": "说明哪件事没有做成、为什么、下一步",
    "请联系管理员": "说明下一步",
    "非法": "说明哪里不对",
    "登录": "还没有这件事",
    "确定要": "用动词问：作废／不作废",
}
"""Words the window and the command line never say, and what they say instead."""
FILES_AND_WORD = (
    "anjian_desktop/documents/",
    "anjian_desktop/cli/store.py",
    "anjian_desktop/exchange/heading_words.py",
    "ui/safekeeping.py",
    "ui/screenshot",
    "anjian_desktop/services/demo.py",
    "anjian_desktop/services/list_imports.py",
    "anjian_desktop/services/maintenance.py",
    "anjian_desktop/storage/",
)
"""These speak of files outside the program, of what Word itself calls 删除线, or know headings that others write."""


def literals(file: Path) -> Iterator[tuple[int, str]]:
    """Every Chinese text a module says (not its docstrings), with its line."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    said_of_code = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    } | {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in said_of_code:
            continue
        if CHINESE.search(node.value):
            yield node.lineno, node.value


def test_one_word_for_one_thing() -> None:
    found = [
        f"{file.relative_to(ROOT).as_posix()}:{line}: “{word}” -> {better}"
        for file in SOURCES
        if not file.relative_to(ROOT).as_posix().startswith(FILES_AND_WORD)
        for line, text in literals(file)
        for word, better in BANNED.items()
        if word in text and not file.is_relative_to(ROOT / "anjian_desktop/ledgers")
    ]
    assert found == []


def test_punctuation_between_chinese_words_is_chinese() -> None:
    found = [
        f"{file.relative_to(ROOT).as_posix()}:{line}: {text[:40]}"
        for file in SOURCES
        if file.is_relative_to(ROOT / "ui") and not file.name.startswith("screenshot")
        for line, text in literals(file)
        if re.search(r"[\u4e00-\u9fff][,;!?](?:\s|[\u4e00-\u9fff]|$)", text)
    ]
    assert found == []


def test_every_character_said_has_a_glyph() -> None:
    glyphs = glyphs_of("NotoSansSC-subset.ttf") | glyphs_of("NotoSerifSC-subset.ttf")
    said = [file for file in SOURCES if file.is_relative_to(ROOT / "ui") or "services" in file.parts]
    missing = {
        character
        for file in said
        for _, text in literals(file)
        for character in text
        if character.isprintable() and ord(character) not in glyphs
    }
    assert missing == set()


def test_two_thousand_names_have_their_glyphs() -> None:
    chosen = Random(990001)
    names = [person(chosen) for _ in range(1000)] + [firm(chosen, n, "东河村")[0] for n in range(1000)]
    assert {one for name in names for one in name} <= {chr(one) for one in glyphs_of("NotoSerifSC-subset.ttf")}


def glyphs_of(font: str) -> set[int]:
    data = files("resources").joinpath("fonts", font).read_bytes()
    return set(TTFont(BytesIO(data)).getBestCmap())
