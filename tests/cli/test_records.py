"""Rows of any ledger through the command line."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from support.calls import CommandLine
from support.offices import credit_code

from anjian_desktop.services import browse

UNITS = ("enterprise", "village", "department")


@pytest.fixture
def town(anjian: CommandLine) -> CommandLine:
    """Two villages, a department, three enterprises."""
    for name in ("东河村", "西山村"):
        anjian("add", "village", f"村名={name}", "管区=东管区", "负责人=王示例", "联系电话=13900000001")
    anjian("add", "department", "部门名称=示例镇中心小学")
    anjian(
        "add",
        "enterprise",
        "企业名称=示例化工有限公司",
        f"credit_code={credit_code(1)}",
        "所属村=东河村",
        "从业人数=80",
        "行业领域=危险化学品、加油站",
    )
    anjian(
        "add",
        "enterprise",
        "企业名称=示例机械厂",
        "所属村=西山村",
        "从业人数=12",
        "主要负责人=单示例",
        "联系电话=13900001234",
    )
    anjian("add", "enterprise", "企业名称=示例饭店", "从业人数=5", "成立日期=2020.3.5")
    return anjian


def names(town: CommandLine, *words: str) -> list[str]:
    return [row["name"] for row in town.json("list", "enterprise", *words)["rows"]]


@pytest.mark.parametrize("ledger", [*UNITS, "agreement"])
def test_a_list_gives_every_declared_key_of_every_row(town: CommandLine, tmp_path: Path, ledger: str) -> None:
    if ledger == "agreement":
        town("agreements", "draft", "--year", "2026", "--kind", "enterprise")
    listed = town.json("list", ledger)
    assert (listed["ledger"], listed["returned"]) == (ledger, len(listed["rows"])) and listed["total"] >= 1
    for row in listed["rows"]:
        assert {"id", *(one.key for one in browse.fields(ledger))} <= set(row)


def test_a_list_is_cut_at_a_hundred_unless_asked(anjian: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "村.csv"
    file.write_text("村名\n" + "".join(f"示例{n}村\n" for n in range(103)), encoding="utf-8")
    assert anjian("import", "organizations", file, "--kind", "village").code == 0
    assert [
        anjian.json("list", "village", *words)["returned"] for words in ((), ("--limit", "7"), ("--limit", "0"))
    ] == [100, 7, 103]
    assert "--limit 0" in anjian("list", "village").out


def test_values_are_plain_dates_iso_links_with_their_id(town: CommandLine) -> None:
    rows = {row["name"]: row for row in town.json("list", "enterprise")["rows"]}
    chemical, restaurant = rows["示例化工有限公司"], rows["示例饭店"]
    assert chemical["village"] == {"id": town.json("list", "village")["rows"][0]["id"], "name": "东河村"}
    assert chemical["flags"] == ["危险化学品", "加油站"] and chemical["worker_count"] == 80
    assert (
        restaurant["established_on"] == "2020-03-05"
        and restaurant["village"] is None
        and restaurant["status"] == "在营"
    )


def test_phones_are_masked_until_asked_for(town: CommandLine) -> None:
    def phone(*words: str) -> str:
        return str(
            town.json("list", "enterprise", "--where", "企业名称=示例机械厂", *words)["rows"][0]["principal_phone"]
        )

    assert (phone(), phone("--full-ids")) == ("139****1234", "13900001234")
    assert "13900001234" not in town("list", "enterprise").out
    assert "13900001234" in town("list", "enterprise", "--full-ids").out


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (["所属村=东河村"], ["示例化工有限公司"]),
        (["village!=东河村"], ["示例机械厂", "示例饭店"]),
        (["所属村="], ["示例饭店"]),
        (["所属村!="], ["示例化工有限公司", "示例机械厂"]),
        (["企业名称~机械"], ["示例机械厂"]),
        (["从业人数>=12"], ["示例化工有限公司", "示例机械厂"]),
        (["worker_count<=12"], ["示例机械厂", "示例饭店"]),
        (["行业领域=加油站"], ["示例化工有限公司"]),
        (["成立日期>=2020-01-01"], ["示例饭店"]),
        (["从业人数>=10", "所属村=西山村"], ["示例机械厂"]),
        (["从业人数>=10", "从业人数<=20"], ["示例机械厂"]),
        (["企业名称~示例", "企业名称~厂"], ["示例机械厂"]),
        (["行业领域=加油站", "行业领域=危险化学品"], ["示例化工有限公司"]),
        (["所属村=东河村", "所属村=西山村"], []),
        (["联系电话=13900001234"], ["示例机械厂"]),
    ],
)
def test_every_condition_must_hold(town: CommandLine, where: list[str], found: list[str]) -> None:
    words = [word for one in where for word in ("--where", one)]
    assert sorted(names(town, *words)) == sorted(found)


def test_a_row_is_added_and_says_its_id_and_what_changed(anjian: CommandLine) -> None:
    made = anjian.json("add", "enterprise", "name=示例厂", "规模=巨型")
    assert made["changed"] == ["enterprise"] and made["id"] == anjian.json("list", "enterprise")["rows"][0]["id"]
    assert list(made["warnings"]) == ["size"]


def test_wrong_values_are_told_by_field_and_nothing_is_added(anjian: CommandLine) -> None:
    refused = anjian.json(
        "add",
        "enterprise",
        "企业名称=示例厂",
        "统一社会信用代码=91990001MA00000158",
        "成立日期=2026-02-30",
        "所属村=没有村",
        code=1,
    )["refused"]
    told = {one["rule"]: one["problem"] for one in refused}
    assert set(told) == {"credit_code", "established_on", "village"}
    assert told["credit_code"] == "校验码应为7"
    done = anjian("add", "enterprise", "统一社会信用代码=91990001MA00000157")
    assert done.code == 1 and "企业名称" in done.out
    assert anjian.json("list", "enterprise")["total"] == 0


def test_a_credit_code_in_use_is_refused_with_the_units_name(town: CommandLine) -> None:
    done = town("add", "enterprise", "企业名称=别的厂", f"统一社会信用代码= {credit_code(1).lower()} ")
    assert done.code == 1 and "示例化工有限公司" in done.out


def test_an_edit_changes_what_is_named_and_nothing_else(town: CommandLine) -> None:
    before = town.json("list", "enterprise", "--where", "企业名称=示例机械厂", "--full-ids")["rows"][0]
    edited = town.json("edit", "enterprise", before["id"], "从业人数=13", "所属村=")
    assert (edited["id"], edited["changed"]) == (before["id"], ["enterprise"])
    after = town.json("list", "enterprise", "--where", "企业名称=示例机械厂", "--full-ids")["rows"][0]
    assert after == {**before, "worker_count": 13, "village": None}


def test_a_row_that_is_not_there_is_told(town: CommandLine) -> None:
    for words in (
        ["edit", "enterprise", "999", "从业人数=1"],
        ["retire", "enterprise", "999"],
        ["restore-row", "enterprise", "999"],
    ):
        assert town(*words).code in (1, 2), words


def test_rows_go_to_the_bin_and_come_back_with_their_ids(town: CommandLine) -> None:
    rows = [row["id"] for row in town.json("list", "enterprise")["rows"]][:2]
    gone = town.json("retire", "enterprise", *rows)
    assert (gone["ids"], gone["changed"]) == (rows, ["enterprise"])
    assert town.json("list", "enterprise")["total"] == 1
    assert all(one["id"] not in rows for one in town.json("search", "示例")["rows"] if one["ledger"] == "enterprise")
    back = town.json("restore-row", "enterprise", *rows)
    assert back["ids"] == rows and town.json("list", "enterprise")["total"] == 3


def test_a_village_with_enterprises_stays_and_the_rule_is_named(town: CommandLine) -> None:
    village = town.json("list", "village", "--where", "村名=东河村")["rows"][0]["id"]
    told = town.json("retire", "village", village, code=1)
    assert told["changed"] == [] and told["refused"][0]["item"] == "东河村" and told["refused"][0]["rule"]
    assert "示例化工有限公司" in told["refused"][0]["problem"]
    assert town.json("list", "village")["total"] == 2


def test_agreements_are_not_typed_in(town: CommandLine) -> None:
    assert town("add", "agreement", "年度=2026").code == 2


def test_an_export_holds_the_rows_of_the_conditions_masked(town: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "导出 1.xlsx"
    told = town.json("export", "enterprise", file, "--where", "从业人数<=12")
    assert (told["rows"], told["file"]) == (2, str(file))
    cells = [str(cell.value) for row in openpyxl.load_workbook(file).active.iter_rows() for cell in row]
    assert "示例机械厂" in cells and "示例化工有限公司" not in cells
    assert "139****1234" in cells and "13900001234" not in cells
    town("export", "enterprise", tmp_path / "全.xlsx", "--full-ids")
    full = [str(cell.value) for row in openpyxl.load_workbook(tmp_path / "全.xlsx").active.iter_rows() for cell in row]
    assert "13900001234" in full


def test_an_export_comes_back_in_as_the_same(town: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "名册.xlsx"
    town("export", "enterprise", file, "--full-ids")
    told = town.json("import", "organizations", file)
    assert (told["read"], told["same"], told["refused"]) == (3, 3, 0)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("化工", "示例化工有限公司"),
        ("化", "示例化工有限公司"),
        ("hg", "示例化工有限公司"),
        ("huagong", "示例化工有限公司"),
        ("示例 机械", "示例机械厂"),
        ("ssl", "示例机械厂"),
        ("1234", "示例机械厂"),
        (credit_code(1)[-6:], "示例化工有限公司"),
    ],
)
def test_search_finds_names_initials_surnames_codes_and_phones(town: CommandLine, text: str, found: str) -> None:
    told = town.json("search", text)
    assert told["query"] == text and told["total"] >= len(told["rows"]) > 0
    assert set(told["rows"][0]) == {"ledger", "id", "title", "subtitle", "matched"}
    assert found in [row["title"] for row in told["rows"]]


def test_search_tells_nothing_found_without_alarm(town: CommandLine) -> None:
    assert town.json("search", "没有这个") == {"query": "没有这个", "total": 0, "rows": []}
    assert town("search", "%").code == 0
    assert town.json("search", "示例", "--limit", "2")["total"] > 2
