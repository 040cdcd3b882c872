"""`anjian blank`: the empty sheet of a ledger to send out."""

from __future__ import annotations

from pathlib import Path

import click

from anjian_desktop.cli.call import FILE, Call, command
from anjian_desktop.cli.report import Answer
from anjian_desktop.services import blank_sheets


@command("blank")
@click.argument("ledger", metavar="LEDGER")
@click.argument("file", type=FILE, metavar="FILE.xlsx")
@click.option("--column", "keys", multiple=True, metavar="FIELD", help="只要这几列；必填的列总在")
@click.option("--all", "every", is_flag=True, help="台账的全部列；不写则只要常用的")
def blank_command(call: Call, ledger: str, file: Path, keys: tuple[str, ...], every: bool) -> Answer:
    """做一份空白表发下去填：标题、下拉选项、填写说明，填好可以直接导入。"""
    with call.office() as office:
        made = blank_sheets.write_blank_sheet(office, ledger, file, keys=keys or None, every=every)
    return Answer(
        {"ledger": made.ledger, "file": made.file, "columns": list(made.keys)},
        [f"已做好空白表，{len(made.keys)} 列：{made.file}"],
    )
