"""Certificates of the office's own classes, through the command line: numbers, frozen content, codes, ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdf
import pytest
from support.calls import CommandLine
from support.training import E7, E8, MACHINES, TRAINING, WORKERS, identity_number, listed, took, worker

NUMBERS = [E7, E8.upper(), identity_number(7)]


@pytest.fixture
def taught(anjian: CommandLine, tmp_path: Path) -> CommandLine:
    """A class of three of whom the last failed."""
    town = anjian.on("2026-11-23")
    town("add", "enterprise", f"企业名称={MACHINES}")
    people = [worker(f"{name}示例", number) for name, number in zip("甲乙丙", NUMBERS, strict=True)]
    town("import", "workers", listed(tmp_path / "人员.xlsx", WORKERS, *people))
    town("training", "session", "add", "培训名称=安全基础班", "培训级别=公司级", "开始日期=2026-11-02", "学时=8")
    marks = [{"身份证号": number, "成绩": mark} for number, mark in zip(NUMBERS, (90, 85, 79), strict=True)]
    told = town.json("training", "marks", "安全基础班", listed(tmp_path / "成绩.xlsx", ["身份证号", "成绩"], *marks))
    assert told["new"] == 3
    return town


def issued(town: CommandLine, code: int = 1) -> Any:
    return town.json("certificates", "issue", "--session", 1, code=code)


def test_those_who_passed_get_numbers_without_a_gap_and_only_once(taught: CommandLine) -> None:
    told = issued(taught)
    assert [one["number"] for one in told["issued"]] == ["安培证〔2026〕0001号", "安培证〔2026〕0002号"]
    assert [one["problem"] for one in told["refused"]] == ["考核不合格"]
    again = issued(taught)
    assert again["issued"] == [] and len(again["refused"]) == 3
    held = taught.json("list", "certificate")["rows"]
    assert {row["origin"] for row in held} == {"issued"}


def test_a_printed_certificate_is_verified_from_its_pdf_and_reprinted_as_such(
    taught: CommandLine, tmp_path: Path
) -> None:
    number = issued(taught)["issued"][0]["number"]
    told = taught.json("certificates", "print", number, "--out", tmp_path / "证")
    assert (told["printed"], told["reprinted"], told["pages"], told["failed"]) == (1, 0, 1, [])
    words = "".join(pypdf.PdfReader(told["files"][0]).pages[0].extract_text().split())
    assert number in words and "补发" not in words and E7 not in words
    found = taught.json("certificates", "verify", told["files"][0])
    assert (found["valid"], found["state"], found["number"]) == (True, "valid", number)
    again = taught.json("certificates", "print", number, "--out", tmp_path / "再")
    assert again["reprinted"] == 1
    assert f"{number}（补发）" in "".join(pypdf.PdfReader(again["files"][0]).pages[0].extract_text().split())


def test_cards_come_ten_to_a_sheet(taught: CommandLine, tmp_path: Path) -> None:
    issued(taught)
    told = taught.json("certificates", "print", "--session", 1, "--out", tmp_path / "卡", "--cards")
    assert (told["printed"], told["pages"]) == (2, 1)
    width, height = pypdf.PdfReader(told["files"][0]).pages[0].mediabox[2:]
    assert (round(float(width)), round(float(height))) == (595, 842)


def test_void_and_replaced_certificates_are_told(taught: CommandLine, tmp_path: Path) -> None:
    first, second = [one["number"] for one in issued(taught)["issued"]]
    assert taught("certificates", "void", first, "--reason", "发错了").code == 0
    assert taught.json("certificates", "verify", first, code=1)["state"] == "void"
    assert taught("certificates", "print", first, "--out", tmp_path).code == 1
    new = taught.json("certificates", "reissue", second, "--reason", "遗失")["issued"][0]["number"]
    assert new == "安培证〔2026〕0003号"
    assert taught.json("certificates", "verify", second, code=1)["state"] == "replaced"
    assert taught.json("certificates", "verify", new)["valid"]
    assert taught("certificates", "void", second, "--reason", "再作废").code == 1


def test_what_is_not_ours_is_told_apart(taught: CommandLine, tmp_path: Path) -> None:
    assert taught.json("certificates", "verify", "安培证〔2026〕9999号", code=1)["state"] == "unknown"
    assert taught.json("certificates", "verify", "AJ1:没有", code=1)["state"] == "unreadable"
    own = listed(tmp_path / "外.xlsx", TRAINING, took(E7, "外部", "2026-10-12", 8))
    taught("import", "training", own)
    told = taught.json("certificates", "issue", "--where", "培训级别=外部", code=1)
    assert "不是本办公室班次" in told["refused"][0]["problem"]


def test_an_end_that_was_given_is_kept_and_passes(taught: CommandLine) -> None:
    told = taught.json("certificates", "issue", "--session", 1, "--valid-to", "2027-11-22", code=1)
    number = told["issued"][0]["number"]
    assert taught.on("2027-11-22").json("certificates", "verify", number)["valid"]
    assert taught.on("2027-11-23").json("certificates", "verify", number, code=1)["state"] == "expired"


def test_the_register_shows_every_number_and_no_gap(taught: CommandLine) -> None:
    first, second = [one["number"] for one in issued(taught)["issued"]]
    taught("certificates", "void", first, "--reason", "发错了")
    taught.json("certificates", "reissue", second, "--reason", "遗失")
    told = taught.json("certificates", "register")
    assert [(one["n"], one["state"], one["reason"]) for one in told["rows"]] == [
        (1, "void", "发错了"), (2, "replaced", "遗失"), (3, "valid", ""),
    ]  # fmt: skip
    assert told["gaps"] == [] and "没有断号" in taught("certificates", "register").out


def test_cards_go_on_from_a_place_of_the_sheet_and_photos_are_missed(taught: CommandLine, tmp_path: Path) -> None:
    numbers = [one["number"] for one in issued(taught)["issued"]]
    told = taught.json("certificates", "print", "--out", tmp_path, "--cards", "--start", 10, "--no-crop-marks")
    assert (told["printed"], told["pages"], told["without_photo"]) == (2, 2, numbers)
    assert taught.json("certificates", "print", *numbers, "--out", tmp_path)["reprinted"] == 0
    assert taught("certificates", "print", "--out", tmp_path, "--cards", "--start", 11).code == 2


def test_a_scan_is_attached_to_a_held_certificate_only(taught: CommandLine, tmp_path: Path) -> None:
    from PIL import Image

    photo = tmp_path / "证.png"
    Image.new("RGB", (400, 300), "white").save(photo)
    values = ("姓名=甲示例", f"身份证号={E7}", "证书类别=特种作业操作证", "证书编号=T1", "有效期至=2029-01-01")
    held = taught.json("add", "certificate", *values)["id"]
    assert taught.json("certificates", "attach", held, photo)["scans"] == [
        {"name": "照片.png", "size": photo.stat().st_size}
    ]
    issued(taught)
    own = [row["id"] for row in taught.json("list", "certificate")["rows"] if row["origin"] == "issued"]
    assert taught("certificates", "attach", own[0], photo).code == 1


def test_commendations_are_drafted_printed_moved_voided_and_replaced(taught: CommandLine, tmp_path: Path) -> None:
    asked = ("commendations", "draft", "enterprise", "--where", f"企业名称={MACHINES}", "--award", "安全生产先进单位")
    (draft,) = taught.json(*asked, "--year", 2025, "--date", "2026-12-28")["ids"]
    assert taught.json(*asked, "--year", 2025, code=1)["refused"][0]["rule"] == "exists"
    told = taught.json("commendations", "print", "--out", tmp_path, "--right", 1.5, "--down", -0.8)
    assert (told["issued"], told["numbers"]) == (1, ["安奖〔2026〕001号"])
    words = "".join(pypdf.PdfReader(told["files"][0]).pages[0].extract_text().split())
    assert MACHINES in words and "2026年12月28日" in words and "2025年度" in words
    assert taught.json("list", "commendation")["rows"][0]["state"] == "valid"
    assert taught("edit", "commendation", draft, "获奖者=别人").code == 1
    assert taught.json("commendations", "reissue", "安奖〔2026〕001号", "--reason", "写错")["ids"]
    again = taught.json("commendations", "print", "--out", tmp_path)
    assert again["numbers"] == ["安奖〔2026〕002号"]
    assert taught("commendations", "void", "安奖〔2026〕002号", "--reason", "撤回").code == 0
    assert taught("commendations", "print", "--out", tmp_path, "--right", 30).code in (1, 2)


def test_a_layout_is_exported_added_used_and_taken_back(taught: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "卡片.docx"
    assert taught("template", "export", "C2", file).code == 0
    assert taught.json("template", "check", file, "--kind", "c2")["lacking"] == []
    assert taught.json("template", "check", file, "--kind", "C3", code=1)["lacking"] == [
        "没有“获奖者”，奖状（印在预印纸上）不能少"
    ]
    assert taught.json("template", "add", file, "--name", "镇卡", "--kind", "C2")["edition"] == 1
    assert taught("template", "use", "镇卡").code == 0
    current = [
        one["name"] for one in taught.json("template", "list")["templates"] if one["current"] and one["kind"] == "C2"
    ]
    assert current == ["镇卡"]
    assert taught("template", "use", "C2").code == 0 and taught("template", "use", "没有").code == 2
