"""`anjian blank`."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from support.calls import CommandLine


def test_a_blank_sheet_is_written_and_names_its_columns(anjian: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "村居 空白表.xlsx"
    told = anjian.json("blank", "village", file)
    assert told["ledger"] == "village" and told["columns"][0] == "name" and Path(told["file"]) == file
    assert load_workbook(file).sheetnames[0] == "村居名册"
    assert anjian("import", "organizations", file, "--kind", "village").code == 0


def test_a_column_nobody_knows_is_an_unusable_call(anjian: CommandLine, tmp_path: Path) -> None:
    done = anjian("blank", "enterprise", tmp_path / "表.xlsx", "--column", "车型")
    assert done.code == 2 and "没有“车型”这一列" in done.err and "企业名称" in done.err
    assert anjian("blank", "agreement", tmp_path / "表.xlsx").code == 2
    assert not list(tmp_path.glob("*.xlsx"))
