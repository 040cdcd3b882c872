"""奖状: drafts for chosen units or persons, print on stock with an offset, void, replace."""

from __future__ import annotations

from pathlib import Path

import click

from anjian_desktop.cli.call import DAY, FILE, Call, Whole, command, group
from anjian_desktop.cli.progress import watching
from anjian_desktop.cli.report import DONE, REFUSED, Answer, changed, plain
from anjian_desktop.cli.values import conditions
from anjian_desktop.errors import UserError
from anjian_desktop.services import browse, commendations

commendations_command = group("commendations", "奖状：起草、打印在预印纸上、作废、补发")
REASON = click.option("--reason", metavar="TEXT", required=True, help="原因")


@command("draft")
@click.argument("ledger", metavar="LEDGER")
@click.option("--where", multiple=True, metavar="条件", help="给哪些单位或人员，如 企业名称=某厂")
@click.option("--award", required=True, metavar="TEXT", help="荣誉称号，如 安全生产先进单位")
@click.option("--wording", default="", metavar="TEXT", help="表彰内容，不写用通常的话")
@click.option("--year", type=Whole(2000, 2179), help="哪一年度，默认今年")
@click.option("--date", "awarded_on", type=DAY, help="印在奖状上的日期，默认打印那天")
def draft_command(
    call: Call, ledger: str, where: tuple[str, ...], award: str, wording: str, year: int | None, awarded_on: object
) -> Answer:
    """给符合条件的单位（enterprise、village、department）或人员（worker）各起草一张奖状。"""
    if not where:
        raise UserError("没有说给谁发。", next_step="请写 --where 条件。")
    with call.office() as office:
        ids = browse.ids(office, browse.Query(ledger, where=conditions(ledger, where)))
        done = commendations.draft(
            office, ledger, ids, award=award, wording=wording, year=year, awarded_on=awarded_on  # type: ignore[arg-type]
        )  # fmt: skip
    payload = {**changed(done.change), "ids": list(done.done), "refused": plain(done.refused)}
    lines = [f"起草 {len(done.done)} 张。", *(f"  {one.item}：{one.problem}" for one in done.refused)]
    return Answer(payload, lines, REFUSED if done.refused else DONE)


@command("print")
@click.argument("number", nargs=-1, metavar="[NUMBER …]")
@click.option("--out", type=FILE, required=True, metavar="DIR", help="存到哪个文件夹")
@click.option("--right", type=float, default=0.0, metavar="MM", help="文字向右移几毫米（精确到 0.1，向左为负）")
@click.option("--down", type=float, default=0.0, metavar="MM", help="文字向下移几毫米（精确到 0.1，向上为负）")
def print_command(call: Call, number: tuple[str, ...], out: Path, right: float, down: float) -> Answer:
    """打印奖状，只印预印纸上没有的字；不写编号时打印全部草稿并取编号。印过的再印，编号不变，注明补发。"""
    with call.office() as office, watching("打印") as step:
        ids = commendations.find_commendations(office, number)
        offset = (round(right * 10), round(down * 10))
        done = commendations.print_commendations(office, ids, out, offset=offset, step=step)
    payload = {
        "issued": done.issued,
        "reprinted": done.reprinted,
        "pages": done.pages,
        "numbers": list(done.numbers),
        "files": list(done.files),
        "failed": plain(done.failed),
        **changed(done.change),
    }
    lines = [f"已打印 {done.issued + done.reprinted} 张。", *(f"  {one}" for one in done.files)]
    lines += [f"  {one.item}：{one.problem}" for one in done.failed]
    return Answer(payload, lines, REFUSED if done.failed else DONE)


@command("void")
@click.argument("number", nargs=-1, required=True, metavar="NUMBER")
@REASON
def void_command(call: Call, number: tuple[str, ...], reason: str) -> Answer:
    """作废奖状，编号不再使用。"""
    with call.office() as office:
        ids = commendations.find_commendations(office, number)
        change = commendations.void(office, ids, reason=reason)
    return Answer({**changed(change), "ids": ids}, [f"已作废 {len(ids)} 张。"])


@command("reissue")
@click.argument("number", metavar="NUMBER")
@REASON
def reissue_command(call: Call, number: str, reason: str) -> Answer:
    """补发：另起一张草稿，原来那张不再有效；打印时取新编号。"""
    with call.office() as office:
        (row_id,) = commendations.find_commendations(office, [number])
        done = commendations.reissue(office, row_id, reason=reason)
    return Answer({**changed(done.change), "ids": list(done.done)}, ["已起草，打印时取新编号。"])


for _command in (draft_command, print_command, void_command, reissue_command):
    commendations_command.add_command(_command)
