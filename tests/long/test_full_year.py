"""The figures of a whole town: 1,100 enterprises printed, 1,060 due, the demo at full size. Minutes, not seconds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pypdf
import pytest
from support.calls import CommandLine
from support.towns import town_roster


@pytest.fixture
def printed(anjian: CommandLine, tmp_path: Path) -> CommandLine:
    """1,100 enterprises imported and drafted."""
    file = town_roster(tmp_path / "名册.xlsx", enterprises=1100, villages=40)
    assert anjian.json("import", "organizations", file, "--sheet", "企业")["new"] == 1100
    assert anjian.json("agreements", "draft", "--year", 2026, "--kind", "enterprise")["drafted"] == 1100
    return anjian


def test_scenario_2_in_full(printed: CommandLine, tmp_path: Path) -> None:
    three = printed.json(
        "agreements", "print", "--year", 2026, "--merge", "--copies", 3, "--out", tmp_path / "3", "--dry-run"
    )
    assert (three["pages"], three["sheets"]) == (13_200, 6_600)
    told = printed.json("agreements", "print", "--year", 2026, "--merge", "--out", tmp_path / "out")
    assert (told["issued"], told["pages"], told["sheets"], told["failed"]) == (1_100, 8_800, 4_400, [])
    rows = printed.json("agreements", "register", "--year", 2026)["rows"]
    assert [row["n"] for row in rows] == list(range(1, 1_101))
    reader = pypdf.PdfReader(told["files"][0])
    assert len(reader.pages) == 8_800
    for n in (0, 1, 549, 1_098, 1_099):
        first = "".join(reader.pages[n * 8].extract_text().split())
        assert rows[n]["number"] in first and rows[n]["unit"] in first and "{{" not in first
    rest = printed.json("agreements", "print", "--year", 2026, "--merge", "--from", "701", "--out", tmp_path / "rest")
    assert (rest["issued"], rest["reprinted"], rest["pages"]) == (0, 400, 3_200)
    assert printed.json("agreements", "register", "--year", 2026)["rows"] == rows


def test_scenario_3_in_full(anjian: CommandLine, tmp_path: Path) -> None:
    file = town_roster(tmp_path / "名册.xlsx", enterprises=1060, villages=40)
    anjian("import", "organizations", file, "--sheet", "企业")
    anjian("agreements", "draft", "--year", 2026, "--kind", "enterprise")
    anjian("agreements", "print", "--year", 2026, "--merge", "--copies", 1, "--out", tmp_path / "out")
    scan = tmp_path / "扫描.pdf"

    def archive(day: CommandLine, numbers: range) -> None:
        for n in numbers:
            scan.write_bytes(f"%PDF-1.4 {n}".encode())
            assert day("agreements", "sign", n, "--year", 2026, "--on", day.today, "--scan", scan).code == 0

    deadline_day = anjian.on("2026-03-31")
    archive(deadline_day, range(1, 1_008))
    told = deadline_day.json("agreements", "status", "--year", 2026)["total"]
    assert (told["due"], told["archived"], told["cumulative_rate"], told["overdue"]) == (1_060, 1_007, 95.0, 0)
    late = anjian.on("2026-04-01").json("agreements", "status", "--year", 2026)["total"]
    assert late["overdue"] == len(late["unsigned"]) == 53
    april = anjian.on("2026-04-20")
    archive(april, range(1_008, 1_061))
    told = april.json("agreements", "status", "--year", 2026)["total"]
    assert (told["cumulative_rate"], told["on_time_rate"], told["archived"]) == (100.0, 95.0, 1_060)
    assert april.json("check", "--full")["ok"] is True


def test_the_demo_at_full_size_in_a_process_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import json

    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "anjian_desktop", "demo", "--no-window", "--json", "--out", "OUT"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8")
    told = json.loads(done.stdout)
    assert (told["organizations"], told["refused"], told["agreements"]) == (1_170, 25, 1_170)
    files = [tmp_path / one for one in told["files"]]
    assert sum(one.suffix == ".docx" for one in files) == 1_170
    merged = [one for one in files if one.suffix == ".pdf"]
    assert sum(len(pypdf.PdfReader(one).pages) for one in merged) == told["pages"]
    refused = next(one for one in files if "未导入" in one.name)
    rows = [row for row in openpyxl.load_workbook(refused).active.iter_rows(values_only=True) if any(row)]
    assert len(rows) >= 26
    there = CommandLine(tmp_path / "OUT" / "data", capsys)
    assert there.json("check", "--full")["ok"] is True
    assert there.json("agreements", "register", "--year", 2026)["gaps"] == []
    print(told["seconds"], told["stages"])
