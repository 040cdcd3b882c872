"""The wizard's steps without a window: choices are kept, a changed choice makes the plan stale, counts add up."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.rosters import enterprise_roster, village_roster

from anjian_desktop.errors import UserError
from anjian_desktop.services.office import Office
from ui.dialogs.import_wizard.flow import IGNORED, ImportFlow, WizardStep, in_order, recognise
from ui.dialogs.import_wizard.sentences import done_sentences, preview_sentences


def read(flow: ImportFlow, office: Office) -> None:
    flow.take(*flow.read(office))


def test_a_roster_is_read_and_its_counts_add_up(office: Office, tmp_path: Path) -> None:
    flow = ImportFlow()
    assert not flow.can_go_on()
    flow.choose_file(enterprise_roster(tmp_path / "企业.xlsx"))
    assert flow.can_go_on()
    read(flow, office)
    assert flow.counts == {"read": 8, "new": 6, "updated": 0, "same": 0, "refused": 2}
    assert preview_sentences(flow)[0] == "共 8 行：新增 6，更新 0，相同 0，拒收 2。"
    assert any("村居 2 个（" in text for text in preview_sentences(flow))
    flow.written(*flow.apply(office))
    assert done_sentences(flow)[0] == "6 家新增，0 家更新，0 行相同，2 行拒收。"


def test_a_village_list_is_recognised_by_its_headings(office: Office, tmp_path: Path) -> None:
    flow = ImportFlow()
    flow.choose_file(village_roster(tmp_path / "村.xlsx"))
    read(flow, office)
    assert flow.kind == "village"
    assert flow.counts["new"] == 3


def test_what_the_clerk_says_goes_before_the_headings(office: Office, tmp_path: Path) -> None:
    flow = ImportFlow()
    flow.choose_kind("department")
    flow.choose_file(enterprise_roster(tmp_path / "企业.xlsx"))
    with pytest.raises(UserError, match="像是企业的名册，不是部门的"):
        flow.read(office)


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (["企业名称", "所属村"], "enterprise"),
        (["村名", "管区"], "village"),
        (["部门名称"], "department"),
        (["名称", "负责人"], None),
        (["企业名称", "村名"], None),
    ],
)
def test_a_kind_is_recognised_only_where_it_is_clear(headings: list[str], kind: str | None) -> None:
    assert recognise(headings) == kind


def test_a_changed_choice_makes_the_plan_stale_and_going_back_keeps_it(office: Office, tmp_path: Path) -> None:
    flow = ImportFlow()
    flow.choose_file(enterprise_roster(tmp_path / "企业.xlsx"))
    read(flow, office)
    assert not flow.needs_reading
    columns = dict(flow.columns_of(flow.sheets[0]))
    assert columns["职工人数"] == "worker_count"
    assert columns["旧档号"] == IGNORED
    assert "序号" not in columns
    flow.map_heading("旧档号", "note")
    assert flow.needs_reading
    flow.at = WizardStep.SOURCE
    assert flow.file is not None and flow.file.name == "企业.xlsx"
    flow.choose_file(flow.file)
    assert flow.mapping == {"旧档号": "note"}
    read(flow, office)
    assert flow.plan is not None
    assert flow.plan.plan.rows[0].values["note"] == "档1"
    assert dict(flow.columns_of(flow.sheets[0]))["旧档号"] == "note"


def test_another_file_starts_afresh(office: Office, tmp_path: Path) -> None:
    flow = ImportFlow()
    flow.choose_file(enterprise_roster(tmp_path / "企业.xlsx"))
    flow.map_heading("旧档号", "note")
    flow.choose_file(enterprise_roster(tmp_path / "另一份.xlsx"))
    assert flow.mapping == {} and flow.needs_reading


def test_an_ignored_column_can_be_brought_back(office: Office, tmp_path: Path) -> None:
    flow = ImportFlow()
    flow.choose_file(enterprise_roster(tmp_path / "企业.xlsx"))
    flow.map_heading("联系电话", IGNORED)
    read(flow, office)
    assert flow.counts["refused"] == 2
    assert ("联系电话", IGNORED) in flow.columns_of(flow.sheets[0])


def test_what_others_point_to_comes_first() -> None:
    assert in_order(["enterprise", "department", "village"]) == ["village", "department", "enterprise"]
    assert in_order([]) == []
