"""Lists and cards on paper: print-list, card."""

from __future__ import annotations

from pathlib import Path

import click

from anjian_desktop.cli.call import FILE, Call, command
from anjian_desktop.cli.records import FULL_IDS, ROW_ID, WHERE
from anjian_desktop.cli.report import Answer
from anjian_desktop.cli.values import conditions
from anjian_desktop.ledgers.base import field_of
from anjian_desktop.ledgers.registry import ledger_named
from anjian_desktop.services import browse, list_printing


@command("print-list")
@click.argument("ledger", metavar="LEDGER")
@click.argument("file", type=FILE, metavar="FILE.pdf")
@WHERE
@click.option("--column", "columns", multiple=True, metavar="FIELD", help="打印哪些列，按写的顺序；不写为列表上的列")
@FULL_IDS
def print_list_command(
    call: Call, ledger: str, file: Path, where: tuple[str, ...], columns: tuple[str, ...], full: bool
) -> Answer:
    """把台账打印成 PDF：A4 横向，每页有标题行、页码和筛选条件。"""
    with call.office() as office:
        about = ledger_named(ledger).about
        found = [field_of(ledger_named(ledger), one) for one in columns]
        keys = [one.key if one else text for one, text in zip(found, columns, strict=True)] if columns else None
        query = browse.Query(about.key, where=conditions(ledger, where))
        made = list_printing.print_list(office, query, keys=keys, full=full)
        written = made.write(file)
    payload = {"ledger": about.key, "file": written, "rows": made.rows, "pages": made.pages, "missing": made.missing}
    return Answer(payload, [f"已打印 {made.rows} {about.counter}，{made.pages} 页：{written}", *_missing(made)])


@command("card")
@click.argument("row_id", type=ROW_ID, metavar="ID")
@click.argument("file", type=FILE, metavar="FILE.pdf")
@click.option("--ledger", default="enterprise", metavar="LEDGER", help="enterprise（默认）、village 或 department")
@FULL_IDS
def card_command(call: Call, row_id: int, file: Path, ledger: str, full: bool) -> Answer:
    """打印一个单位的基本情况表（PDF，A4 纵向）。"""
    with call.office() as office:
        made = list_printing.print_card(office, ledger_named(ledger).about.key, row_id, full=full)
        written = made.write(file)
    payload = {"id": row_id, "file": written, "pages": made.pages, "missing": made.missing}
    return Answer(payload, [f"已打印 {made.pages} 页：{written}", *_missing(made)])


def _missing(made: list_printing.PrintedList) -> list[str]:
    return [f"这些字没有字体，印成了□：{'、'.join(made.missing)}"] if made.missing else []
