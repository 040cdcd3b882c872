"""Scenarios 8 to 15 of the year's training and certificates, through the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdf
import pytest
from support.calls import CommandLine
from support.training import (
    CERTIFICATES,
    CHEMICAL,
    E7,
    E8,
    E9,
    E10B,
    MACHINES,
    TRAINING,
    WORKERS,
    listed,
    person_number,
    took,
    worker,
)

KIND = "特种作业操作证"
MANAGER = "安全生产知识和管理能力考核合格证"


@pytest.fixture
def town(anjian: CommandLine) -> CommandLine:
    """Two units, on the day the scenarios count from."""
    today = anjian.on("2026-11-23")
    assert today("add", "enterprise", f"企业名称={CHEMICAL}", "行业领域=危险化学品").code == 0
    assert today("add", "enterprise", f"企业名称={MACHINES}").code == 0
    return today


def workers(town: CommandLine, folder: Path, *rows: dict[str, object], code: int = 0) -> Any:
    return town.json("import", "workers", listed(folder / "人员.xlsx", WORKERS, *rows), code=code)


def training(town: CommandLine, folder: Path, *rows: dict[str, object], code: int = 0) -> Any:
    return town.json("import", "training", listed(folder / "培训.xlsx", TRAINING, *rows), code=code)


def certificates(town: CommandLine, folder: Path, *rows: dict[str, object]) -> Any:
    return town.json("import", "certificates", listed(folder / "证书.xlsx", CERTIFICATES, *rows))


def standing(town: CommandLine, worker_id: int = 1) -> Any:
    (found,) = town.json("training", "status", "--worker", worker_id)["workers"]
    return found


def test_scenario_8_identity_numbers_are_judged_on_the_day(town: CommandLine, tmp_path: Path) -> None:
    rows = [
        worker(f"{name}示例", number, 是否特种作业="是")
        for name, number in zip("甲乙丙丁", (E7, E8, E9, E10B), strict=True)
    ]
    told = workers(town, tmp_path, *rows, code=1)
    assert (told["read"], told["new"], told["refused"]) == (4, 2, 2)
    refused = {row["row"]: row["problem"] for row in told["rows"] if row["verdict"] == "refused"}
    assert "出生日期不存在" in refused[4] and "17岁" in refused[5]
    shown = sorted(town.json("list", "worker", "--full-ids")["rows"], key=lambda row: row["id"])
    assert [(row["identity_number"], row["sex"], row["born_on"]) for row in shown] == [
        ("990001198503120015", "男", "1985-03-12"),
        ("99000119880815008X", "女", "1988-08-15"),
    ]
    masked = {row["identity_number"] for row in town.json("list", "worker")["rows"]}
    assert masked == {"990001********0015", "990001********008X"}
    tomorrow = town.on("2026-11-24")
    assert workers(tomorrow, tmp_path, worker("丁示例", E10B, 是否特种作业="是"))["new"] == 1


def test_scenario_9_half_an_hour_and_one_mark_make_the_difference(town: CommandLine, tmp_path: Path) -> None:
    workers(town, tmp_path, worker("甲示例", E7))
    rows = [
        took(E7, "公司级", "2026-03-02", 8),
        took(E7, "车间级", "2026-03-03", 8),
        took(E7, "班组级", "2026-03-04", 7.5),
    ]
    training(town, tmp_path, *rows)
    told = standing(town)
    assert (told["hours"], told["required_hours"], told["fit_for_post"]) == (23.5, 24.0, False)
    assert ("T5", 0.5) in [(one["rule"], one["value"]) for one in told["problems"]]
    failed = took(E7, "班组级", "2026-03-05", 0.5, 成绩=79)
    assert training(town, tmp_path, *rows, failed)["same"] == 3
    assert standing(town)["hours"] == 24.0
    passed = {**failed, "成绩": 80}
    assert training(town, tmp_path, passed)["updated"] == 1
    told = standing(town)
    assert (told["hours"], told["fit_for_post"], told["missing_levels"], told["problems"]) == (24.0, True, [], [])
    assert town.json("training", "status")["workers"] == []


def test_a_mark_of_79_is_no_pass_and_the_office_may_set_another(town: CommandLine, tmp_path: Path) -> None:
    workers(town, tmp_path, worker("甲示例", E7))
    levels = ("公司级", "车间级", "班组级")
    training(
        town, tmp_path, *(took(E7, level, f"2026-03-0{n}", 8, 成绩=79 + (n < 4)) for n, level in enumerate(levels, 2))
    )
    assert standing(town)["missing_levels"] == ["team"] and not standing(town)["fit_for_post"]
    town("office", "set", "pass_mark=60")
    assert standing(town)["fit_for_post"]


def test_scenario_10_seventy_two_hours_in_a_day_stay_out_and_the_plan_is_nine_days(
    town: CommandLine, tmp_path: Path
) -> None:
    monday = town.on("2026-03-02")
    workers(monday, tmp_path, worker("甲示例", E7, CHEMICAL))
    told = training(monday, tmp_path, took(E7, "公司级", "2026-03-02", 72), code=1)
    (problem,) = [row["problem"] for row in told["rows"] if row["verdict"] == "refused"]
    assert problem.startswith("T7") and "64" in problem
    assert standing(monday)["earliest_finish"] == "2026-03-12"
    assert standing(monday)["required_hours"] == 72.0
    thrice = [took(E7, level, "2026-03-02", 24) for level in ("公司级", "车间级", "班组级")]
    told = training(monday, tmp_path, *thrice, code=1)
    assert told["refused"] == 3 and any("64" in row["problem"] for row in told["rows"])


def test_scenario_10_the_same_hours_in_pieces_are_stored_and_told(town: CommandLine, tmp_path: Path) -> None:
    workers(town, tmp_path, worker("甲示例", E7, CHEMICAL))
    rows = [
        took(E7, level, "2026-03-02", 8, 培训名称=f"第{n}课")
        for n, level in enumerate(["公司级", "车间级", "班组级"] * 3)
    ]
    told = training(town, tmp_path, *rows)
    assert [row["problem"][:2] for row in told["rows"] if row["verdict"] == "warned"] == ["T7"]
    found = standing(town)
    assert found["hours"] == 72.0 and not found["fit_for_post"]
    assert [(one["severity"], one["value"]) for one in found["problems"] if one["rule"] == "T7"] == [("error", 64.0)]


def test_scenario_11_levels_out_of_order_are_told_until_corrected(town: CommandLine, tmp_path: Path) -> None:
    workers(town, tmp_path, worker("甲示例", E7))
    rows = [took(E7, "车间级", "2026-03-03", 8), took(E7, "厂级", "2026-03-04", 8), took(E7, "班组级", "2026-03-05", 8)]
    training(town, tmp_path, *rows)
    assert "T9" in [one["rule"] for one in standing(town)["problems"]] and not standing(town)["fit_for_post"]
    card = ("training", "print-card", "--worker", 1, "--out", tmp_path / "卡")
    refused = town.json(*card, code=1)
    assert (refused["printed"], refused["refused"][0]["rule"], refused["files"]) == (0, "T9", [])
    record = town.json("list", "training_record", "--where", "培训级别=公司级")["rows"][0]
    town("edit", "training_record", record["id"], "开始日期=2026-03-02", "结束日期=2026-03-02")
    assert standing(town)["fit_for_post"]
    printed = town.json(*card)
    front, back = pypdf.PdfReader(printed["files"][0]).pages
    assert front.extract_text().count("签名：") == 9 and "变换工种" in "".join(back.extract_text().split())


def test_a_class_gets_a_sign_in_sheet_of_those_who_lack_it(town: CommandLine, tmp_path: Path) -> None:
    people = [worker(f"第{n}人", person_number(n)) for n in range(30)]
    workers(town, tmp_path, *people)
    town("training", "session", "add", "培训名称=公司级一班", "培训级别=公司级", "开始日期=2026-11-02", "学时=8")
    assert town.json("training", "session", "enrol", "公司级一班", "--organization", MACHINES)["enrolled"] == 30
    assert town.json("training", "session", "enrol", "1", "--organization", MACHINES)["existing"] == 30
    told = town.json("training", "print-sign-in", "--session", 1, "--out", tmp_path)
    assert (told["printed"], told["pages"]) == (30, 2)


@pytest.mark.parametrize(
    ("returned", "province", "tasks"),
    [
        ("2026-06-09", "全国", []),
        ("2026-06-10", "全国", ["workshop", "team"]),
        ("2025-12-09", "山东", []),
        ("2025-12-10", "山东", ["workshop", "team"]),
    ],
)
def test_scenario_12_a_long_absence_makes_two_levels_due_again(
    town: CommandLine, tmp_path: Path, returned: str, province: str, tasks: list[str]
) -> None:
    town("office", "set", f"province={province}")
    workers(town, tmp_path, worker("甲示例", E7, 入职日期="2020-03-01", 离岗日期="2025-06-10", 复岗日期=returned))
    training(
        town,
        tmp_path,
        *(took(E7, level, f"2020-03-0{n}", 8) for n, level in enumerate(("公司级", "车间级", "班组级"), 2)),
    )
    told = standing(town)
    assert [one["level"] for one in told["tasks"]] == tasks
    assert {one["rule"] for one in told["tasks"]} <= {"T10"}
    assert told["fit_for_post"] is not bool(tasks)
    assert town.json("training", "status")["profile"] == province


def test_scenario_13_re_examination_ended_in_june_2026(town: CommandLine, tmp_path: Path) -> None:
    held = {"身份证号": E7, "姓名": "甲示例", "证书类别": KIND}
    certificates(
        town,
        tmp_path,
        {**held, "作业项目": "低压电工", "证书编号": "T1", "初领日期": "2023-08-01"},
        {**held, "作业项目": "高压电工", "证书编号": "T2", "初领日期": "2023-03-01"},
        {**held, "作业项目": "焊接", "证书编号": "T3", "初领日期": "2023-03-01", "复审日期": "2026-02-20"},
    )
    rows = {row["number"]: row for row in town.json("certificates", "expiring", "--days", 3000)["rows"]}
    assert (rows["T1"]["valid_to"], rows["T1"]["state"], rows["T1"]["problems"]) == ("2029-07-31", "valid", [])
    assert rows["T2"]["state_text"] == "失效(需核实)" and rows["T2"]["problems"][0]["rule"] == "T11"
    assert (rows["T3"]["valid_to"], rows["T3"]["problems"]) == ("2029-02-28", [])


def test_scenario_14_the_board_counts_by_band(town: CommandLine, tmp_path: Path) -> None:
    ends = (
        "2026-11-22",
        "2026-11-23",
        "2026-12-23",
        "2026-12-24",
        "2027-01-22",
        "2027-01-23",
        "2027-02-21",
        "2027-02-22",
    )
    rows = [
        {
            "身份证号": E7,
            "姓名": "甲示例",
            "证书类别": "特种设备安全管理和作业人员证",
            "作业项目": f"Q{n}",
            "证书编号": f"Z{n}",
            "有效期至": end,
        }
        for n, end in enumerate(ends)
    ]
    certificates(town, tmp_path, *rows)
    board = town.json("certificates", "expiring")
    assert board["counts"] == {"expired": 1, "red": 2, "orange": 2, "yellow": 2, "valid": 1}
    assert [(row["number"], row["days"]) for row in board["rows"]] == [
        ("Z0", -1), ("Z1", 0), ("Z2", 30), ("Z3", 31), ("Z4", 60), ("Z5", 61), ("Z6", 90),
    ]  # fmt: skip
    assert [one["count"] for one in town.json("remind")["reminders"] if one["kind"] == "certificate_red"] == [2]
    for one in town.json("certificates", "remind")["reminders"]:
        if one["where"]:
            where = [word for text in one["where"] for word in ("--where", text)]
            assert town.json("list", one["ledger"], *where)["total"] == one["count"]


def test_scenario_15_a_short_certificate_year_stands_in_the_way(town: CommandLine, tmp_path: Path) -> None:
    later = town.on("2029-07-01")
    workers(later, tmp_path, worker("甲示例", E7, 人员类别="安全管理人员"))
    rows = [
        took(E7, "年度再培训", "2026-10-12", 12, "2026-10-13"),
        took(E7, "年度再培训", "2028-03-13", 11.5, "2028-03-14"),
        took(E7, "年度再培训", "2029-05-14", 12, "2029-05-15"),
    ]
    training(later, tmp_path, *rows)
    held = {"身份证号": E7, "姓名": "甲示例", "证书类别": MANAGER, "证书编号": "A1"}
    certificates(later, tmp_path, {**held, "有效期起": "2026-09-01", "有效期至": "2029-08-31"})
    (row,) = later.json("certificates", "expiring")["rows"]
    assert row["apply_by"] == "2029-08-01" and row["renewable"] is False
    assert [year["short"] for year in row["years"]] == [0.0, 0.5, 0.0]
    (problem,) = row["problems"]
    assert problem["rule"] == "T13" and problem["value"] == 0.5 and "延期条件不满足" in problem["text"]
