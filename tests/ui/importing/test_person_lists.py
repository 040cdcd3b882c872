"""Lists of workers, training and certificates through the wizard: read, corrected on the spot, told, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from support.training import (
    CERTIFICATES,
    CHEMICAL,
    E7,
    E8,
    MACHINES,
    TRAINING,
    WORKERS,
    listed,
    person_number,
    took,
    worker,
)
from support.wizards import at, to_preview, type_into, verdicts
from support.workbooks import workbook

from anjian_desktop.services import browse, records, rosters, workers
from anjian_desktop.services.browse import Query
from anjian_desktop.services.office import Office
from ui.dialogs.import_wizard import ImportWizard
from ui.dialogs.import_wizard.flow import WizardStep, list_of


@pytest.fixture
def units(office: Office) -> Office:
    for name, flags in ((CHEMICAL, "危险化学品"), (MACHINES, "")):
        records.add(office, "enterprise", {"name": name, "status": "在营", "flags": flags})
    return office


@pytest.fixture
def people(units: Office) -> Office:
    for name, number, unit in (("甲示例", E7, CHEMICAL), ("乙示例", E8, MACHINES)):
        records.add(units, "worker", {"name": name, "identity_number": number, "enterprise": unit})
    return units


def grouped(path: Path) -> Path:
    """As one town's office keeps it: persons under the names of their enterprises, one with a mistyped number."""
    return workbook(
        path,
        ["示例镇从业人员花名册"],
        ["序号", "姓名", "身份证号", "工种", "进厂日期"],
        [f"{CHEMICAL}（共2人）"],
        [1, "甲示例", E7, "操作工", "2020.3.2"],
        [2, "丙示例", E8[:-1] + "1", "焊工", "2020.3.2"],
        [f"{MACHINES}（共1人）"],
        [1, "丁示例", person_number(3), "车工", "2021.5.6"],
    )


def imported(qtbot: QtBot, wizard: ImportWizard) -> None:
    wizard.next_button.click()
    at(qtbot, wizard, WizardStep.DONE)


def test_a_list_under_group_rows_is_recognised_corrected_and_taken_back(
    qtbot: QtBot, wizard: ImportWizard, units: Office, tmp_path: Path
) -> None:
    model = to_preview(qtbot, wizard, grouped(tmp_path / "人员.xlsx"))
    assert wizard.flow.kind == "worker" and "从业人员" in wizard.windowTitle()
    assert verdicts(model) == ["＋ 新增 4", "▲ 拒收 5", "＋ 新增 7"]
    assert "校验位" in str(model.data(model.index(1, 0)))
    # The enterprise of the group row stands in a column of its own; numbers are masked.
    shown = [str(model.data(model.index(0, section))) for section in range(model.columnCount())]
    assert CHEMICAL in shown and E7 not in shown and "990001********0015" in shown
    type_into(qtbot, wizard, 1, "身份证号", E8)
    assert verdicts(model) == ["＋ 新增 4", "＋ 新增 5", "＋ 新增 7"]
    imported(qtbot, wizard)
    rows = browse.page(units, "worker", browse.ids(units, Query("worker")))
    assert {row.values["name"]: row.shown["enterprise"] for row in rows} == {
        "甲示例": CHEMICAL, "丙示例": CHEMICAL, "丁示例": MACHINES,
    }  # fmt: skip
    wizard.finish.undo_button.click()
    qtbot.waitUntil(lambda: "已撤销导入" in wizard.finish.first.text())
    assert browse.ids(units, Query("worker")) == []


def test_refused_rows_are_handed_back_with_their_enterprise_and_go_in_again(
    qtbot: QtBot, wizard: ImportWizard, units: Office, tmp_path: Path
) -> None:
    to_preview(qtbot, wizard, grouped(tmp_path / "人员.xlsx"))
    imported(qtbot, wizard)
    assert wizard.flow.plan is not None and wizard.finish.report_button.isVisibleTo(wizard)
    report = rosters.write_refused(wizard.flow.plan, tmp_path / "拒收.xlsx")
    sheet = load_workbook(report).active
    assert sheet is not None
    heading, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    assert heading[-1] == "企业名称" and row[-1] == CHEMICAL and "校验位" in str(row[0])
    sheet.cell(2, heading.index("身份证号") + 1, E8)
    sheet.parent.save(report)  # type: ignore[union-attr]
    again = rosters.read_roster(units, report, kind="worker")
    assert again.counts["new"] == 1 and rosters.apply_roster(units, again).import_id
    assert len(browse.ids(units, Query("worker"))) == 3


def test_a_meaning_given_by_hand_is_remembered_for_the_next_list(
    qtbot: QtBot, wizard: ImportWizard, units: Office, tmp_path: Path
) -> None:
    headings = ["姓名", "身份证号", "单位名称", "干什么活"]
    first = workbook(tmp_path / "一.xlsx", headings, ["甲示例", E7, CHEMICAL, "焊工"])
    wizard.flow.choose_kind("worker")
    wizard.read_file(first)
    at(qtbot, wizard, WizardStep.COLUMNS)
    wizard.mapping.combos["干什么活"].setCurrentIndex(wizard.mapping.combos["干什么活"].findData("post"))
    wizard.mapping.combos["干什么活"].activated.emit(0)
    wizard.next_button.click()
    at(qtbot, wizard, WizardStep.PREVIEW)
    imported(qtbot, wizard)
    second = workbook(tmp_path / "二.xlsx", headings, ["乙示例", E8, MACHINES, "车工"])
    plan = rosters.read_roster(units, second, kind="worker")
    assert plan.remembered == {"干什么活": "post"} and plan.plan.rows[0].values["post"] == "车工"


def test_training_of_one_day_is_refused_and_mended_and_its_class_made(
    qtbot: QtBot, wizard: ImportWizard, people: Office, tmp_path: Path
) -> None:
    file = listed(
        tmp_path / "培训.xlsx", TRAINING,
        took(E7, "厂级", "2026-01-02", 72, 姓名="甲示例", 培训名称="新员工培训"),
        took(E8, "厂级", "2026-01-02", 8, 姓名="乙示例", 培训名称="新员工培训"),
    )  # fmt: skip
    model = to_preview(qtbot, wizard, file)
    assert wizard.flow.kind == "training_record" and list_of("training_record") == "培训记录"
    assert verdicts(model) == ["▲ 拒收 2", "＋ 新增 3"]
    assert "T7" in str(model.data(model.index(0, 0)))
    type_into(qtbot, wizard, 0, "学时", "8")
    assert verdicts(model) == ["＋ 新增 2", "＋ 新增 3"]
    assert any("培训班次 1 期" in line for line in wizard.preview.rest.text().splitlines())
    imported(qtbot, wizard)
    assert len(browse.ids(people, Query("training_record"))) == 2
    assert len(browse.ids(people, Query("training_session"))) == 1
    wizard.finish.undo_button.click()
    qtbot.waitUntil(lambda: "已撤销导入" in wizard.finish.first.text())
    assert browse.ids(people, Query("training_record")) == [] and browse.ids(people, Query("training_session")) == []


def test_certificates_are_recognised_updated_and_given_back_their_old_days(
    qtbot: QtBot, wizard: ImportWizard, people: Office, tmp_path: Path
) -> None:
    def held(end: str) -> dict[str, object]:
        return {"身份证号": E7, "姓名": "甲示例", "证书类别": "特种作业操作证", "证书编号": f"T{E7}", "有效期至": end}

    records.add(people, "certificate", {
        "name": "甲示例", "identity_number": E7, "certificate_kind": "特种作业操作证", "number": f"T{E7}", "valid_to": "2026-05-01",
    })  # fmt: skip
    model = to_preview(qtbot, wizard, listed(tmp_path / "持证.xlsx", CERTIFICATES, held("2032-05-01")))
    assert wizard.flow.kind == "certificate" and verdicts(model) == ["◐ 更新 2"]
    imported(qtbot, wizard)
    (row,) = browse.page(people, "certificate", browse.ids(people, Query("certificate")))
    assert row.full["valid_to"] == "2032-05-01"
    wizard.finish.undo_button.click()
    qtbot.waitUntil(lambda: "已撤销导入" in wizard.finish.first.text())
    (row,) = browse.page(people, "certificate", browse.ids(people, Query("certificate")))
    assert row.full["valid_to"] == "2026-05-01"


def test_hours_and_marks_changed_by_a_list_come_back_as_they_were(people: Office, tmp_path: Path) -> None:
    """Numbers with decimals, kept as text meanwhile."""
    rows = (("85.5", "一"), ("91", "二"))
    for n, (mark, name) in enumerate(rows):
        file = listed(
            tmp_path / f"{name}.xlsx", TRAINING, took(E7, "车间级", "2026-01-02", 7.5, 成绩=mark, 培训名称="车间培训")
        )
        done = rosters.apply_roster(people, rosters.read_roster(people, file, kind="training_record"))
        assert (done.counts["new"], done.counts["updated"]) == ((1, 0), (0, 1))[n]
    undone = rosters.undo_import(people)
    assert (undone.undone, undone.kept) == (1, ())
    (row,) = browse.page(people, "training_record", browse.ids(people, Query("training_record")))
    assert (row.full["score"], row.full["class_hours"]) == ("85.5", "7.5")


def test_a_block_of_workers_without_headings_falls_on_the_columns_shown(units: Office) -> None:
    text = f"甲示例\t{E7}\t{CHEMICAL}\n乙示例\t{E8}\t{MACHINES}\n"
    plan = rosters.read_block(units, "worker", text, keys=["name", "identity_number", "enterprise"])
    assert plan.counts["new"] == 2 and rosters.apply_roster(units, plan).counts["new"] == 2
    block = f"甲示例\t{CHEMICAL}\t车间培训\t车间级\t2026-01-02\t8\n"
    keys = ["worker", "enterprise", "session", "level", "started_on", "class_hours"]
    plan = rosters.read_block(units, "training_record", block, keys=keys)
    assert plan.counts["new"] == 1 and rosters.apply_roster(units, plan).import_id


def test_a_workbook_of_units_and_persons_goes_in_kind_by_kind(
    qtbot: QtBot, wizard: ImportWizard, office: Office, tmp_path: Path
) -> None:
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "企业"
    for line in (["企业名称", "主要负责人"], [MACHINES, "赵示例"]):
        first.append(line)
    second = book.create_sheet("人员")
    second.append(WORKERS)
    second.append([worker("甲示例", E7).get(name) for name in WORKERS])
    book.save(tmp_path / "全部.xlsx")
    to_preview(qtbot, wizard, tmp_path / "全部.xlsx")
    assert wizard.flow.kind == "enterprise" and wizard.flow.waiting == ["worker"]
    imported(qtbot, wizard)
    qtbot.mouseClick(wizard.finish.next_button, Qt.MouseButton.LeftButton)
    at(qtbot, wizard, WizardStep.COLUMNS)
    wizard.next_button.click()
    at(qtbot, wizard, WizardStep.PREVIEW)
    imported(qtbot, wizard)
    assert len(browse.ids(office, Query("worker"))) == 1


def test_a_move_that_a_list_brought_is_taken_back_out_of_the_persons_file(people: Office, tmp_path: Path) -> None:
    (person,) = [
        one for one in browse.ids(people, Query("worker")) if browse.row(people, "worker", one).full["name"] == "甲示例"
    ]
    moved = listed(tmp_path / "人员.xlsx", WORKERS, worker("甲示例", E7, MACHINES, 岗位="车工", 入职日期="2026-01-02"))
    assert rosters.apply_roster(people, rosters.read_roster(people, moved, kind="worker")).counts["updated"] == 1
    assert [one.enterprise for one in workers.posts(people, person)] == [CHEMICAL]
    assert rosters.undo_import(people).undone == 1
    assert workers.posts(people, person) == () and browse.row(people, "worker", person).shown["enterprise"] == CHEMICAL
