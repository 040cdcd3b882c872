"""The year of a town of sixty through the command line, with the figures the law's arithmetic gives."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from support.calls import CommandLine
from support.towns import town_roster


@pytest.fixture
def town(anjian: CommandLine, tmp_path: Path) -> CommandLine:
    """Sixty enterprises in four villages, imported and drafted."""
    assert anjian("import", "organizations", town_roster(tmp_path / "名册.xlsx"), "--sheet", "企业").code == 0
    assert anjian.json("agreements", "draft", "--year", 2026, "--kind", "enterprise")["drafted"] == 60
    return anjian


def test_scenario_1_numbers_run_without_zeros_or_gaps_and_start_anew_each_year(
    town: CommandLine, tmp_path: Path
) -> None:
    for n in (1, 2, 3):
        told = town.json("agreements", "print", "--year", 2026, "--limit", 1, "--out", tmp_path / "out")
        assert told["first_number"] == told["last_number"] == f"示安责〔2026〕{n}号"
    town("agreements", "void", "示安责〔2026〕2号", "--reason", "负责人变更")
    town("agreements", "print", "--year", 2026, "--limit", 1, "--out", tmp_path / "out")
    register = town.json("agreements", "register", "--year", 2026)
    assert [(row["n"], row["number"], row["state"]) for row in register["rows"]] == [
        (1, "示安责〔2026〕1号", "issued"),
        (2, "示安责〔2026〕2号", "void"),
        (3, "示安责〔2026〕3号", "issued"),
        (4, "示安责〔2026〕4号", "issued"),
    ]
    assert register["rows"][1]["reason"] == "负责人变更" and register["gaps"] == []
    assert [hex(ord(register["rows"][0]["number"][n])) for n in (3, 8)] == ["0x3014", "0x3015"]
    new_year = town.on("2027-01-01")
    new_year("agreements", "draft", "--year", 2027, "--kind", "enterprise")
    told = new_year.json("agreements", "print", "--year", 2027, "--limit", 1, "--out", tmp_path / "out")
    assert told["first_number"] == "示安责〔2027〕1号"


def test_scenario_2_a_batch_takes_distinct_numbers_and_goes_on_after_a_jam(town: CommandLine, tmp_path: Path) -> None:
    three = town.json(
        "agreements", "print", "--year", 2026, "--merge", "--copies", 3, "--out", tmp_path / "3", "--dry-run"
    )
    assert (three["pages"], three["sheets"]) == (720, 360)
    told = town.json("agreements", "print", "--year", 2026, "--merge", "--out", tmp_path / "out")
    assert (told["issued"], told["pages"], told["sheets"], told["failed"]) == (60, 480, 240, [])
    reader = pypdf.PdfReader(told["files"][0])
    assert len(reader.pages) == 480
    firsts = ["".join(reader.pages[n].extract_text().split()) for n in range(0, 480, 8)]
    rows = town.json("agreements", "register", "--year", 2026)["rows"]
    assert [row["n"] for row in rows] == list(range(1, 61)) and len({row["unit"] for row in rows}) == 60
    for row, first in zip(rows, firsts, strict=True):
        assert row["number"] in first and row["unit"] in first and "{{" not in first
    rest = town.json("agreements", "print", "--year", 2026, "--merge", "--from", "41", "--out", tmp_path / "rest")
    assert (rest["issued"], rest["reprinted"], rest["pages"], rest["first_number"]) == (
        0,
        20,
        160,
        "示安责〔2026〕41号",
    )
    assert town.json("agreements", "register", "--year", 2026)["rows"] == rows


def test_scenario_3_two_rates_on_time_and_cumulative(town: CommandLine, tmp_path: Path) -> None:
    town("agreements", "print", "--year", 2026, "--out", tmp_path / "out", "--merge", "--copies", 1)
    scan = tmp_path / "扫描.pdf"
    deadline_day = town.on("2026-03-31")
    assert deadline_day("agreements", "sign", "1-55", "--year", 2026, "--on", "2026-03-20").code == 0
    for number in (56, 57):
        scan.write_bytes(f"%PDF-1.4 {number}".encode())
        assert (
            deadline_day("agreements", "sign", number, "--year", 2026, "--on", "2026-03-31", "--scan", scan).code == 0
        )
    told = deadline_day.json("agreements", "status", "--year", 2026)["total"]
    assert (told["due"], told["signed"], told["archived"], told["cumulative_rate"], told["overdue"]) == (
        60,
        57,
        2,
        95.0,
        0,
    )
    late = town.on("2026-04-01").json("agreements", "status", "--year", 2026)
    assert late["total"]["overdue"] == len(late["kinds"][0]["unsigned"]) == 3
    assert {one["state"] for one in late["kinds"][0]["unsigned"]} == {"issued"}
    april = town.on("2026-04-20")
    assert april("agreements", "sign", "58-60", "--year", 2026, "--on", "2026-04-20").code == 0
    told = april.json("agreements", "status", "--year", 2026)["total"]
    assert (told["cumulative_rate"], told["on_time_rate"], told["unsigned"]) == (100.0, 95.0, [])
