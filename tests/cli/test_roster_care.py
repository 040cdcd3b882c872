"""Duplicates, network, tenures, recycle bin, lists and cards on paper from the command line."""

from __future__ import annotations

from pathlib import Path

from support.calls import CommandLine
from support.offices import credit_code


def add(anjian: CommandLine, ledger: str, *values: str) -> int:
    made = anjian.json("add", ledger, *values)
    return int(made["id"])


def test_duplicates_are_listed_merged_and_parted(anjian: CommandLine) -> None:
    good = add(anjian, "enterprise", "企业名称=示例机械有限公司", f"信用代码={credit_code(1)}", "主要负责人=赵甲")
    other = add(anjian, "enterprise", "企业名称=示例机械有限责任公司", "主要负责人=钱乙", "从业人数=30")
    (group,) = anjian.json("duplicates", "list")["groups"]
    assert group["reason"] == "name" and [one["id"] for one in group["units"]] == [good, other]
    seen = anjian.json("duplicates", "merge", good, other, "--dry-run")["preview"]
    assert ["从业人数", "30"] in seen["fills"]
    done = anjian.json("duplicates", "merge", good, other, "--take", "主要负责人")
    assert done["retired"] == other and "enterprise" in done["changed"]
    row = anjian.json("list", "enterprise")["rows"][0]
    assert (row["principal"], row["worker_count"]) == ("钱乙", 30)
    assert anjian.json("recycle-bin")["rows"][0]["merged_into"] == "示例机械有限公司"
    assert anjian.json("duplicates", "undo")["stayed"] == []
    assert anjian.json("list", "enterprise")["total"] == 2
    assert anjian("duplicates", "undo").code == 2
    assert "同类" in anjian("duplicates", "merge", good, add(anjian, "village", "村名=东河村")).err


def test_units_that_are_not_the_same_are_no_longer_listed(anjian: CommandLine) -> None:
    pair = [add(anjian, "enterprise", f"企业名称={name}") for name in ("示例商店", "示例商店　")]
    assert len(anjian.json("duplicates", "list")["groups"]) == 1
    anjian.json("duplicates", "apart", *pair)
    assert anjian.json("duplicates", "list")["groups"] == []
    (told,) = anjian.json("duplicates", "apart")["pairs"]
    assert told["first"] == told["second"] == "示例商店"
    assert "标为" not in anjian("duplicates", "apart", *pair, "--again").out
    assert len(anjian.json("duplicates", "list")["groups"]) == 1
    assert anjian("duplicates", "apart", pair[0]).code == 2


def test_the_network_says_who_is_missing(anjian: CommandLine, tmp_path: Path) -> None:
    add(anjian, "village", "村名=东河村", "管区=东片", "负责人=王一")
    found = anjian.json("network", "--out", tmp_path / "网.pdf")
    assert {gap["name"]: gap["missing"] for gap in found["gaps"]} == {
        "示例镇安监办": "没有负责人、没有电话",
        "东片": "没有负责人、没有电话",
        "东河村": "没有电话",
    }
    assert (tmp_path / "网.pdf").read_bytes().startswith(b"%PDF")
    assert "东片" in anjian("network", "--gaps-only").out
    assert anjian("network", "--out", tmp_path / "网.doc").code == 2


def test_who_was_principal_on_a_day(anjian: CommandLine) -> None:
    unit = add(anjian, "enterprise", "企业名称=示例厂", "主要负责人=赵甲")
    anjian.on("2026-07-20").json("edit", "enterprise", unit, "主要负责人=钱乙")
    assert [one["name"] for one in anjian.json("tenures", unit)["rows"]] == ["钱乙", "赵甲"]
    assert anjian.json("tenures", unit, "--on", "2026-07-19")["rows"][0]["name"] == "赵甲"
    assert "2026-07-20 起" in anjian("tenures", unit).out


def test_a_unit_is_renamed_and_its_papers_are_kept(anjian: CommandLine, tmp_path: Path) -> None:
    unit = add(anjian, "enterprise", "企业名称=示例机械厂")
    done = anjian.on("2026-07-20").json("rename", unit, "示例重工有限公司", "--on", "2026-07-01")
    assert [(one["name"], one["to"]) for one in done["former_names"]] == [("示例机械厂", "2026-06-30")]
    assert anjian.json("list", "enterprise")["rows"][0]["name"] == "示例重工有限公司"
    assert "一样" in anjian("rename", unit, "示例重工有限公司").out
    paper, empty = tmp_path / "执照.pdf", tmp_path / "空.jpg"
    paper.write_bytes(b"%PDF-1.4 x")
    empty.touch()
    kept = anjian("--json", "files", "add", unit, paper, empty, "--kind", "营业执照", "--dated", "2024-05-01")
    assert kept.code == 1
    (row,) = anjian.json("files", "list", unit)["rows"]
    assert (row["name"], row["kind"], row["dated_on"]) == ("执照.pdf", "营业执照", "2024-05-01")
    anjian.json("files", "save", row["id"], tmp_path / "出.pdf")
    assert (tmp_path / "出.pdf").read_bytes() == paper.read_bytes()


def test_lists_and_cards_are_printed(anjian: CommandLine, tmp_path: Path) -> None:
    unit = add(anjian, "enterprise", "企业名称=示例厂", "主要负责人=赵甲", "联系电话=13900001234")
    made = anjian.json(
        "print-list", "enterprise", tmp_path / "名册.pdf", "--where", "企业名称~示例", "--column", "企业名称"
    )
    assert (made["rows"], made["pages"], made["missing"]) == (1, 1, [])
    assert (tmp_path / "名册.pdf").read_bytes().startswith(b"%PDF")
    card = anjian.json("card", unit, tmp_path / "表.pdf")
    assert card["pages"] == 1
    assert anjian("print-list", "enterprise", tmp_path / "名册.xlsx").code == 2
    assert anjian("print-list", "enterprise", tmp_path / "甲.pdf", "--column", "没有").code == 2
    assert anjian("card", 999, tmp_path / "乙.pdf").code == 2
