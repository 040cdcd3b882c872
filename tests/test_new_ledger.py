"""The README's promise to a newcomer: one file and its migration make a ledger, everywhere. The README's own text is tried."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

ROOT = Path(__file__).resolve().parent.parent

JOB = """
import io, json, sys, time
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path

from anjian_desktop.cli.main import run

data, files = sys.argv[1], Path(sys.argv[2])

def anjian(*words):
    with redirect_stdout(io.StringIO()) as told:
        code = run(["--data", data, "--today", "2026-01-05", "--json", *map(str, words)])
    return {**json.loads(told.getvalue()), "code": code}

anjian("init", "--office", "示例镇安监办")
anjian("add", "enterprise", "企业名称=示例厂")
found = {"import": anjian("import", "organizations", files / "安全员.csv", "--kind", "safety_officer")}
found["list"] = anjian("list", "safety_officer")
found["search"] = [anjian("search", text)["rows"] for text in ("单示例", "ssl", "1234")]
anjian("edit", "safety_officer", found["list"]["rows"][0]["id"], "职务=兼职")
anjian("export", "safety_officer", files / "安全员.xlsx")
found["check"] = anjian("check")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui.app import make_application
from ui.main_window import MainWindow
from ui.memory import WindowMemory

app = make_application()
window = MainWindow(Path(data), WindowMemory(files / "settings.json"), today=date(2026, 1, 5))
window.show()
until = time.monotonic() + 60
while window.current_page() is None and time.monotonic() < until:
    QTest.qWait(20)
window.open_page("safety_officer")
page = window.page("safety_officer")
model = page.table.model()
while model.rowCount() == 0 and time.monotonic() < until:
    QTest.qWait(20)
headings = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
found["window"] = {"title": page.title, "rows": model.rowCount(), "headings": headings}
window.close()
print(json.dumps(found))
"""
"""What a clerk would do with the new ledger, in one process of the scratch copy."""


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with the README's two files added."""
    copy = tmp_path_factory.mktemp("scratch")
    for name in ("anjian_desktop", "ui", "resources"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    told = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^`(anjian_desktop/\S+\.py)`\n\n```python\n(.*?)^```$", told, re.DOTALL | re.MULTILINE)
    assert len(blocks) == 2
    versions = copy / "anjian_desktop/storage/migrations/versions"
    last = max(file.name[:4] for file in versions.glob("0*.py"))
    following = f"{int(last) + 1:04}"
    for name, text in blocks:
        numbered = re.sub(r'^revision = "[0-9]{4}"', f'revision = "{following}"', text, flags=re.MULTILINE)
        numbered = re.sub(r'^down_revision = "[0-9]{4}"', f'down_revision = "{last}"', numbered, flags=re.MULTILINE)
        (copy / re.sub(r"/[0-9]{4}_", f"/{following}_", name)).write_text(numbered, encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def found(scratch: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What came of the job."""
    files = tmp_path_factory.mktemp("files")
    roster = "姓名,手机号,单位,职务,任命日期\n单示例,13900001234,示例厂,专职,2026.1.5\n孙示例,139,示例厂,兼职,\n"
    (files / "安全员.csv").write_text(roster, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-P", "-c", JOB, str(files / "data"), str(files)],
        cwd=scratch,
        env={**os.environ, "PYTHONPATH": str(scratch), "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8")
    return {**json.loads(done.stdout), "exported": files / "安全员.xlsx"}


def test_a_roster_of_it_is_imported_with_its_bad_row_told(found: Any) -> None:
    told = found["import"]
    assert (told["code"], told["new"], told["refused"], told["changed"]) == (1, 1, 1, ["safety_officer"])


def test_it_is_listed_masked_and_linked(found: Any) -> None:
    (row,) = found["list"]["rows"]
    assert (row["name"], row["phone"], row["organization"]["name"]) == ("单示例", "139****1234", "示例厂")
    assert row["appointed_on"] == "2026-01-05"


def test_it_is_searched_by_name_initials_and_phone(found: Any) -> None:
    assert [rows[0]["ledger"] for rows in found["search"]] == ["safety_officer"] * 3


def test_it_is_exported_as_edited_and_counted_by_the_check(found: Any) -> None:
    cells = [cell.value for row in openpyxl.load_workbook(found["exported"]).active.iter_rows() for cell in row]
    assert {"姓名", "单示例", "兼职"} <= set(cells)
    assert found["check"]["ok"] is True and found["check"]["counts"]["safety_officer"] == 1


def test_it_has_its_page_in_the_window(found: Any) -> None:
    assert (found["window"]["title"], found["window"]["rows"]) == ("安全员名册", 1)
    assert {"姓名", "手机号", "所在单位", "职务", "任命日期"} <= set(found["window"]["headings"])
