"""What a unit was called, and the files kept with it: rename, files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from anjian_desktop.cli.call import DAY, FILE, Call, command, group
from anjian_desktop.cli.records import ROW_ID
from anjian_desktop.cli.report import DONE, REFUSED, Answer, changed, table
from anjian_desktop.ledgers.registry import ledger_named
from anjian_desktop.services import former_names, row_files

_LEDGER = click.option(
    "--ledger", default="enterprise", metavar="LEDGER", help="enterprise（默认）、village、department……"
)


@command("rename")
@click.argument("unit_id", type=ROW_ID, metavar="ID")
@click.argument("name", metavar="NAME")
@click.option("--on", "day", type=DAY, help="从哪天起，默认今天")
@_LEDGER
def rename_command(call: Call, unit_id: int, name: str, day: date | None, ledger: str) -> Answer:
    """单位更名：原来的名称留作曾用名，已打印的责任书不变。"""
    with call.office() as office:
        key = ledger_named(ledger).about.key
        change = former_names.rename_unit(office, key, unit_id, name, on=day or office.today)
        names = former_names.former_names(office, unit_id)
    rows = [{"id": one.id, "name": one.name, "from": one.from_on, "to": one.to_on} for one in names]
    payload = {**changed(change), "id": unit_id, "former_names": rows}
    return Answer(payload, [f"已更名为“{name}”。", *(f"曾用名：{one.words}" for one in names)])


files_command = group("files", "单位的附件：列出、存入、另存。")


@command("list")
@click.argument("row_id", type=ROW_ID, metavar="ID")
@_LEDGER
def _list(call: Call, row_id: int, ledger: str) -> Answer:
    """列出附件，新的在前。"""
    with call.office() as office:
        found = row_files.row_files(office, ledger_named(ledger).about.key, row_id)
    shown = [(str(one.id), one.name, one.kind, str(one.dated_on or ""), f"{one.size:,}") for one in found]
    return Answer(
        {"id": row_id, "rows": found}, table(("ID", "文件", "类别", "日期", "字节"), shown) if found else ["没有附件。"]
    )


@command("add")
@click.argument("row_id", type=ROW_ID, metavar="ID")
@click.argument("files", type=FILE, metavar="FILE", nargs=-1, required=True)
@click.option("--kind", default="", metavar="TEXT", help="类别，如 营业执照")
@click.option("--dated", type=DAY, help="纸上的日期")
@_LEDGER
def _add(call: Call, row_id: int, files: tuple[Path, ...], kind: str, dated: date | None, ledger: str) -> Answer:
    """存入附件；读不出来的列出来，不妨碍其他的。"""
    with call.office() as office:
        key = ledger_named(ledger).about.key
        done = row_files.add_files(office, key, row_id, files, kind=kind, dated_on=dated)
    payload = {**changed(done.change), "ids": list(done.ids), "refused": list(done.refused)}
    told = [f"已存入 {len(done.ids)} 个附件。", *(f"{one.item}：{one.problem}" for one in done.refused)]
    return Answer(payload, told, REFUSED if done.refused else DONE)


@command("save")
@click.argument("file_id", type=ROW_ID, metavar="FILE_ID")
@click.argument("target", type=FILE, metavar="FILE")
def _save(call: Call, file_id: int, target: Path) -> Answer:
    """把一个附件另存出来。"""
    with call.office() as office:
        written = row_files.save_copy(office, file_id, target)
    return Answer({"id": file_id, "file": written}, [f"已保存：{written}"])


for each in (_list, _add, _save):
    files_command.add_command(each)
