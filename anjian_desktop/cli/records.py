"""Rows of any ledger: list, add, edit, retire, restore-row, export, search."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from anjian_desktop.cli.call import FILE, Call, Whole, command
from anjian_desktop.cli.report import Answer, Changed, changed, plain, table
from anjian_desktop.cli.values import assignments, conditions
from anjian_desktop.ledgers.base import About
from anjian_desktop.ledgers.fields import Field
from anjian_desktop.services import browse, lists, records
from anjian_desktop.services import search as searching

ROW_ID = Whole(1)
WHERE = click.option("--where", multiple=True, metavar="条件", help="如 所属村=东河村、企业名称~化工、从业人数>=50")
FULL_IDS = click.option("--full-ids", "full", is_flag=True, help="电话、证件号不打星号")


@command("list")
@click.argument("ledger", metavar="LEDGER")
@WHERE
@click.option("--limit", type=Whole(), default=100, help="最多几行，默认 100，0 为全部")
@FULL_IDS
def list_command(call: Call, ledger: str, where: tuple[str, ...], limit: int, full: bool) -> Answer:
    """列出台账的行。"""
    with call.office() as office:
        about = _about(ledger)
        declared = browse.fields(ledger)
        found = browse.ids(office, browse.Query(about.key, where=conditions(ledger, where)))
        rows = browse.page(office, about.key, found[:limit] if limit else found)
    payload = {
        "ledger": about.key,
        "total": len(found),
        "returned": len(rows),
        "rows": [row_values(row, declared, full=full) for row in rows],
    }
    shown = [one for one in declared if one.in_grid][:9]
    texts = [(str(row.id), *((row.full if full else row.shown)[one.key] for one in shown)) for row in rows]
    lines = table(("ID", *(one.label for one in shown)), texts, widest=30)
    told = f"共 {len(found)} {about.counter}" + (
        f"，显示前 {len(rows)} {about.counter}（--limit 0 显示全部）" if len(rows) < len(found) else ""
    )
    return Answer(payload, [*lines, told + "。"])


@command("add")
@click.argument("ledger", metavar="LEDGER")
@click.argument("values", nargs=-1, required=True, metavar="FIELD=VALUE")
def add_command(call: Call, ledger: str, values: tuple[str, ...]) -> Answer:
    """新增一行，例如 add enterprise 企业名称=某厂 所属村=东河村。"""
    given = assignments(values)
    with call.office() as office:
        about = _about(ledger)
        saved = records.add(office, about.key, given)
    return _saved(saved, about.label, "已新增")


@command("edit")
@click.argument("ledger", metavar="LEDGER")
@click.argument("row_id", type=ROW_ID, metavar="ID")
@click.argument("values", nargs=-1, required=True, metavar="FIELD=VALUE")
def edit_command(call: Call, ledger: str, row_id: int, values: tuple[str, ...]) -> Answer:
    """修改一行，没有写到的栏目不变。"""
    given = assignments(values)
    with call.office() as office:
        about = _about(ledger)
        saved = records.edit(office, about.key, row_id, given)
    return _saved(saved, about.label, "已修改")


@command("retire")
@click.argument("ledger", metavar="LEDGER")
@click.argument("row_ids", nargs=-1, required=True, type=ROW_ID, metavar="ID")
def retire_command(call: Call, ledger: str, row_ids: tuple[int, ...]) -> Answer:
    """移到回收站（可以恢复，编号不变）。"""
    with call.office() as office:
        about = _about(ledger)
        change = records.retire(office, about.key, row_ids)
    return _moved(change, row_ids, f"已把 {len(row_ids)} {about.counter}{about.label}移到回收站；恢复用 restore-row。")


@command("restore-row")
@click.argument("ledger", metavar="LEDGER")
@click.argument("row_ids", nargs=-1, required=True, type=ROW_ID, metavar="ID")
def restore_row_command(call: Call, ledger: str, row_ids: tuple[int, ...]) -> Answer:
    """从回收站恢复。"""
    with call.office() as office:
        about = _about(ledger)
        change = records.restore(office, about.key, row_ids)
    return _moved(change, row_ids, f"已恢复 {len(row_ids)} {about.counter}{about.label}。")


@command("export")
@click.argument("ledger", metavar="LEDGER")
@click.argument("file", type=FILE, metavar="FILE.xlsx")
@WHERE
@FULL_IDS
def export_command(call: Call, ledger: str, file: Path, where: tuple[str, ...], full: bool) -> Answer:
    """导出成 Excel 文件。"""
    with call.office() as office:
        about = _about(ledger)
        made = lists.export_list(office, browse.Query(about.key, where=conditions(ledger, where)), file, full=full)
    payload = {"ledger": about.key, "file": made.file, "rows": made.rows, "full_ids": full}
    return Answer(
        payload,
        [
            f"已导出 {made.rows} {about.counter}：{made.file}"
            + ("" if full else "（电话已打星号，要完整的加 --full-ids）")
        ],
    )


@command("search")
@click.argument("text", metavar="TEXT")
@click.option("--limit", type=Whole(1), default=50, help="最多几行，默认 50")
def search_command(call: Call, text: str, limit: int) -> Answer:
    """在所有台账里找：名称、拼音首字母、代码、电话。"""
    with call.office() as office:
        found = searching.search(office, text, limit=limit)
        labels = {about.key: about.label for about in browse.ledgers()}
    rows = [
        {"ledger": row.ledger, "id": row.id, "title": row.title, "subtitle": row.subtitle, "matched": list(row.matched)}
        for row in found.rows
    ]
    lines = table(
        ("台账", "ID", "名称", "说明"),
        [(labels.get(r.ledger, r.ledger), str(r.id), r.title, r.subtitle) for r in found.rows],
    )
    return Answer({"query": found.query, "total": found.total, "rows": rows}, [*lines, f"共找到 {found.total} 条。"])


def row_values(row: browse.RowView, declared: Sequence[Field], *, full: bool) -> dict[str, object]:
    """A row as JSON: every declared key; links as id and name; personal data masked unless `full`."""
    values: dict[str, object] = {"id": row.id}
    for one in declared:
        value = row.values[one.key]
        if one.link and isinstance(value, tuple):
            values[one.key] = {"id": value[0], "name": value[1]}
        elif one.personal and not full and value is not None:
            values[one.key] = row.shown[one.key]
        else:
            values[one.key] = plain(value)
    values["marks"] = sorted(row.marks)
    return values


def _about(ledger: str) -> About:
    browse.fields(ledger)  # refuses a ledger that does not exist, naming those that do
    return next(about for about in browse.ledgers() if ledger in (about.key, about.label))


def _saved(saved: records.Saved, label: str, done: str) -> Answer:
    payload = {"id": saved.id, "changed": sorted(saved.change.kinds), "warnings": saved.warnings}
    return Answer(
        payload, [f"{done}{label}，ID {saved.id}。", *(f"请注意：{text}" for text in saved.warnings.values())]
    )


def _moved(change: Changed, row_ids: Sequence[int], told: str) -> Answer:
    return Answer({**changed(change), "ids": list(row_ids)}, [told])
