"""Rosters and lists of signatures through the command line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from support.calls import CommandLine
from support.offices import credit_code
from support.towns import town_roster

WORKED_EXAMPLES = (
    "91990001MA00000157",
    "92990001MA000H011J",
    "93990001MA000N0189",
    "12990001000000115Y",
    "54990001ME000001XL",
)
"""Sound codes of five registration departments, worked by hand."""


def workbook(file: Path, rows: Sequence[Sequence[object]], title: str = "企业") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(file)
    return file


def twelve_rows(file: Path) -> Path:
    """Ten sound rows, one wrong check digit, one repetition in another spelling; below two title rows, above a total."""
    rows: list[list[object]] = [
        ["示例镇企业名册"],
        ["填报单位：示例镇安监办"],
        ["序号", "企业名称", "统一社会信用代码", "所属村", "联系电话"],
    ]
    codes = [*WORKED_EXAMPLES, *(credit_code(n) for n in range(11, 16))]
    rows += [[n, f"示例{n}号厂", code, "东河村", "13900001234"] for n, code in enumerate(codes, 1)]
    rows.append([11, "示例错码厂", "91990001MA00000158", "东河村", "13900001234"])
    rows.append([12, "示例重复厂", " 91990001ma00000157 ", "东河村", "13900001234"])
    rows.append(["合计", None, 12])
    return workbook(file, rows)


def test_scenario_7_ten_of_twelve_rows_go_in_and_two_are_told(anjian: CommandLine, tmp_path: Path) -> None:
    told = anjian.json("import", "organizations", twelve_rows(tmp_path / "名册.xlsx"), code=1)
    assert {key: told[key] for key in ("read", "new", "updated", "same", "refused")} == {
        "read": 12,
        "new": 10,
        "updated": 0,
        "same": 0,
        "refused": 2,
    }
    wrong, twice = told["rows"]
    assert (wrong["verdict"], wrong["sheet"], wrong["row"], wrong["column"]) == (
        "refused",
        "企业",
        14,
        "C 统一社会信用代码",
    )
    assert wrong["value"] == "91990001MA00000158" and "校验码应为7" in wrong["problem"]
    assert twice["row"] == 15 and "重复：第4行" in twice["problem"]
    assert told["created"] == {"village": 1} and told["missing"] == 0
    assert told["sheets"][0]["heading_row"] == 3
    assert told["sheets"][0]["columns"]["统一社会信用代码"] == "credit_code"
    assert {row["row"] for row in told["skipped"]} == {1, 2, 16}
    assert anjian.json("list", "enterprise")["total"] == 10
    assert anjian.json("list", "village")["rows"][0]["note"].startswith("待核对")
    assert {"enterprise", "village"} <= set(told["changed"])


def test_the_same_file_again_changes_nothing(anjian: CommandLine, tmp_path: Path) -> None:
    file = twelve_rows(tmp_path / "名册.xlsx")
    anjian("import", "organizations", file)
    again = anjian.json("import", "organizations", file, code=1)
    assert (again["new"], again["updated"], again["same"], again["refused"]) == (0, 0, 10, 2)
    assert again["import_id"] is None and again["changed"] == []


def test_a_dry_run_tells_the_same_and_writes_nothing(anjian: CommandLine, tmp_path: Path) -> None:
    file = twelve_rows(tmp_path / "名册.xlsx")
    dry = anjian.json("import", "organizations", file, "--dry-run", code=1)
    assert anjian.json("list", "enterprise")["total"] == anjian.json("list", "village")["total"] == 0
    done = anjian.json("import", "organizations", file, code=1)
    same = ("read", "new", "updated", "same", "refused", "created", "missing", "sheets", "rows", "skipped")
    assert {key: dry[key] for key in same} == {key: done[key] for key in same}
    assert dry["import_id"] is None and done["import_id"] == 1


def test_all_or_nothing_keeps_everything_out_for_one_bad_row(anjian: CommandLine, tmp_path: Path) -> None:
    told = anjian.json("import", "organizations", twelve_rows(tmp_path / "名册.xlsx"), "--all-or-nothing", code=1)
    assert told["import_id"] is None and told["applied"] is False
    assert anjian.json("list", "enterprise")["total"] == anjian.json("list", "village")["total"] == 0
    good = workbook(tmp_path / "好.xlsx", [["企业名称"], ["示例厂"]])
    assert anjian.json("import", "organizations", good, "--all-or-nothing")["applied"] is True


def test_refused_rows_come_back_as_a_workbook_that_can_be_corrected(anjian: CommandLine, tmp_path: Path) -> None:
    report = tmp_path / "未导入.xlsx"
    anjian("import", "organizations", twelve_rows(tmp_path / "名册.xlsx"), "--report", report)
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(report).active.iter_rows()]
    cells = [str(cell) for row in rows for cell in row]
    assert "原因" in cells and any("校验码应为7" in cell for cell in cells)
    assert "示例错码厂" in cells and "示例重复厂" in cells and "示例1号厂" not in cells


def test_the_whole_result_is_kept_as_json_when_asked(anjian: CommandLine, tmp_path: Path) -> None:
    report = tmp_path / "结果.json"
    told = anjian.json("import", "organizations", twelve_rows(tmp_path / "名册.xlsx"), "--report", report, code=1)
    assert json.loads(report.read_text(encoding="utf-8")) == told
    assert anjian("import", "organizations", tmp_path / "名册.xlsx", "--report", tmp_path / "x.pdf").code == 2


def test_headings_of_the_clerks_own_are_mapped(anjian: CommandLine, tmp_path: Path) -> None:
    file = workbook(tmp_path / "怪.xlsx", [["厂子", "管事的", "在哪"], ["示例厂", "王示例", "东河村"]])
    assert anjian("import", "organizations", file).code == 2
    told = anjian.json(
        "import", "organizations", file, "--map", "厂子=企业名称", "--map", "管事的=principal", "--map", "在哪=所属村"
    )
    assert told["new"] == 1
    row = anjian.json("list", "enterprise")["rows"][0]
    assert (row["name"], row["principal"], row["village"]["name"]) == ("示例厂", "王示例", "东河村")
    assert anjian("import", "organizations", file, "--map", "厂子=颜色").code == 2


def test_villages_and_departments_come_from_their_own_sheets(anjian: CommandLine, tmp_path: Path) -> None:
    file = town_roster(tmp_path / "名册.xlsx", enterprises=6, villages=3, departments=2)
    for kind, sheet, count in (("village", "村居", 3), ("department", "部门", 2), ("enterprise", "企业", 6)):
        told = anjian.json("import", "organizations", file, "--kind", kind, "--sheet", sheet)
        assert (told["new"], told["created"]) == (count, {"village": 0})
        assert anjian.json("list", kind)["total"] == count
    assert anjian("import", "organizations", file, "--sheet", "没有这张表").code == 2
    assert anjian("import", "organizations", file, "--kind", "ship").code == 2


def test_an_empty_cell_never_overwrites_and_missing_units_are_counted(anjian: CommandLine, tmp_path: Path) -> None:
    town = town_roster(tmp_path / "名册.xlsx", enterprises=6)
    anjian("import", "organizations", town, "--sheet", "企业")
    rows = [
        ["企业名称", "统一社会信用代码", "主要负责人", "从业人数"],
        ["示例1号机械有限公司", credit_code(1), None, 99],
    ]
    told = anjian.json("import", "organizations", workbook(tmp_path / "改.xlsx", rows))
    assert (told["updated"], told["missing"]) == (1, 5)
    row = anjian.json("list", "enterprise", "--where", f"credit_code={credit_code(1)}")["rows"][0]
    assert row["worker_count"] == 99 and row["principal"] == "钱示例"


def test_an_import_is_taken_back_with_the_villages_it_made(anjian: CommandLine, tmp_path: Path) -> None:
    done = anjian.json("import", "organizations", twelve_rows(tmp_path / "名册.xlsx"), code=1)
    undone = anjian.json("import", "undo")
    assert (undone["import_id"], undone["kept"], undone["undone"]) == (done["import_id"], [], 11)
    assert anjian.json("list", "enterprise")["total"] == anjian.json("list", "village")["total"] == 0
    assert anjian("import", "undo").code == 2


def test_rows_edited_since_stay_when_an_import_is_taken_back(anjian: CommandLine, tmp_path: Path) -> None:
    anjian("import", "organizations", twelve_rows(tmp_path / "名册.xlsx"))
    row = anjian.json("list", "enterprise", "--where", "企业名称=示例3号厂")["rows"][0]["id"]
    anjian("edit", "enterprise", row, "从业人数=7")
    undone = anjian.json("import", "undo", "1", code=1)
    assert {"ledger": "enterprise", "id": row, "title": "示例3号厂"} in undone["kept"]
    assert [one["id"] for one in anjian.json("list", "enterprise")["rows"]] == [row]


def test_personal_data_is_masked_in_what_is_told(anjian: CommandLine, tmp_path: Path) -> None:
    file = workbook(tmp_path / "电.xlsx", [["企业名称", "联系电话"], ["示例厂", "139000012345"]])
    done = anjian("import", "organizations", file, "--json")
    assert done.code == 1 and "139000012345" not in done.out + done.err


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04 broken", "不是表格".encode()])
def test_a_file_that_is_no_workbook_is_told_and_changes_nothing(
    anjian: CommandLine, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "坏 的.xlsx"
    file.write_bytes(content)
    done = anjian("import", "organizations", file)
    assert done.code == 2 and done.err and "Traceback" not in done.err
    assert anjian("import", "organizations", tmp_path / "没有.xlsx").code == 2
    assert anjian("import", "organizations", tmp_path).code == 2
    assert anjian.json("audit", "verify")["entries"] == 1


def test_signatures_come_from_a_list_and_the_wrong_ones_are_told(anjian: CommandLine, tmp_path: Path) -> None:
    anjian("import", "organizations", town_roster(tmp_path / "名册.xlsx", enterprises=5), "--sheet", "企业")
    anjian("agreements", "draft", "--year", "2026", "--kind", "enterprise")
    anjian("agreements", "print", "--year", "2026", "--out", tmp_path / "out")
    later = anjian.on("2026-02-10")
    rows = [
        ["2026年责任书签订情况"],
        ["编号", "签订日期", "签订人"],
        ["示安责〔2026〕1号", "2026-02-01", "甲示例"],
        ["示安责(2026)2号", "2026.2.2", None],
        ["示安责〔2026〕3号", "2026-03-01", None],
        ["示安责〔2026〕99号", "2026-02-01", None],
        ["示安责〔2026〕1号", "2026-02-03", None],
    ]
    file = workbook(tmp_path / "签订.xlsx", rows, "签订")
    dry = later.json("import", "signatures", file, "--dry-run", code=1)
    assert (dry["read"], dry["new"], dry["refused"]) == (5, 2, 3)
    assert later.json("agreements", "status", "--year", "2026")["total"]["signed"] == 0
    told = later.json("import", "signatures", file, code=1)
    assert (told["read"], told["new"], told["same"], told["refused"]) == (5, 2, 0, 3)
    assert [row["row"] for row in told["rows"]] == [5, 6, 7] and "重复：第3行" in told["rows"][2]["problem"]
    signed = {row["number"]: row for row in later.json("list", "agreement", "--where", "状态=signed")["rows"]}
    assert (
        signed["示安责〔2026〕1号"]["signed_by"] == "甲示例"
        and signed["示安责〔2026〕2号"]["signed_on"] == "2026-02-02"
    )
    assert later.json("import", "signatures", file, code=1)["same"] == 3 - 1
