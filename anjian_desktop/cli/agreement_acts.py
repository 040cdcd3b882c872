"""Acts on agreements by their numbers: sign, void, terminate, supersede, renew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from anjian_desktop.cli.call import DAY, FILE, YEAR, Call, command
from anjian_desktop.cli.progress import watching
from anjian_desktop.cli.report import DONE, REFUSED, Answer, changed
from anjian_desktop.cli.values import numbers
from anjian_desktop.services import agreements, signatures
from anjian_desktop.services.agreements import DraftOutcome
from anjian_desktop.services.outcomes import ActOutcome, RefusedItem

NUMBER = click.argument("number", nargs=-1, required=True, metavar="NUMBER")
OF_YEAR = click.option("--year", type=YEAR, help="编号只写数字时的年度")


@command("sign")
@NUMBER
@OF_YEAR
@click.option("--on", type=DAY, required=True, help="签订日期")
@click.option("--by", metavar="NAME", help="签订人，默认打印时的负责人")
@click.option("--scan", type=FILE, metavar="FILE", help="签好的扫描件，只能配一个编号，登记后归档")
def sign_command(
    call: Call, number: tuple[str, ...], year: int | None, on: date, by: str | None, scan: Path | None
) -> Answer:
    """登记签订，可以一次多个编号、一段编号（1-40）或 @文件。"""
    with call.office() as office:
        done = signatures.sign(
            office, agreements.find_numbers(office, numbers(number), year=year), on=on, by=by, scan=scan
        )
    signed = [{"id": one.id, "number": one.number} for one in done.signed]
    payload = {
        "signed": signed,
        "refused": _refusals(done.refused),
        **changed(done.change),
        "ids": [one.id for one in done.signed],
    }
    return Answer(payload, [f"已登记签订 {len(signed)} 份。", *_told(done.refused)], REFUSED if done.refused else DONE)


@command("void")
@NUMBER
@OF_YEAR
@click.option("--reason", metavar="TEXT", required=True, help="作废原因")
def void_command(call: Call, number: tuple[str, ...], year: int | None, reason: str) -> Answer:
    """作废：编号保留不再用，单位重新待签。"""
    with call.office() as office:
        done = agreements.void(office, agreements.find_numbers(office, numbers(number), year=year), reason=reason)
    return _acted(done, "已作废")


@command("terminate")
@NUMBER
@OF_YEAR
@click.option("--on", type=DAY, required=True, help="终止日期")
@click.option("--reason", metavar="TEXT", required=True, help="终止原因")
def terminate_command(call: Call, number: tuple[str, ...], year: int | None, on: date, reason: str) -> Answer:
    """提前终止。"""
    with call.office() as office:
        found = agreements.find_numbers(office, numbers(number), year=year)
        done = agreements.terminate(office, found, on=on, reason=reason)
    return _acted(done, "已提前终止")


@command("supersede")
@click.argument("number", metavar="NUMBER")
@OF_YEAR
@click.option("--from", "on", type=DAY, required=True, help="新责任书从哪天起")
@click.option("--by", metavar="NAME", help="新的负责人")
@click.option("--reason", metavar="TEXT", default="", help="原因，默认 负责人变更")
def supersede_command(call: Call, number: str, year: int | None, on: date, by: str | None, reason: str) -> Answer:
    """换人重签：旧的到前一天止，另起一份草稿。"""
    with call.office() as office:
        found = agreements.find_numbers(office, numbers([number]), year=year)
        done = agreements.supersede(office, found[0], on=on, by=by, reason=reason)
    return _acted(done, "已起草新的责任书")


@command("renew")
@click.option("--from", "from_year", type=YEAR, required=True, help="原年度")
@click.option("--to", "to_year", type=YEAR, help="新年度，默认下一年")
def renew_command(call: Call, from_year: int, to_year: int | None) -> Answer:
    """续签：按上一年签过的类别起草新一年的责任书。"""
    with call.office() as office, watching("起草") as step:
        outcome = agreements.renew(office, from_year=from_year, to_year=to_year, step=step)
    return drafted(outcome)


ACTS = (sign_command, void_command, terminate_command, supersede_command, renew_command)


def drafted(outcome: DraftOutcome) -> Answer:
    """What drafting answers; units left out by rule are no refusal."""
    payload = {
        "year": outcome.year,
        "kind": outcome.kind,
        "drafted": outcome.drafted,
        "existing": outcome.existing,
        "left_out": [{"id": one.id, "name": one.name, "reason": one.reason} for one in outcome.left_out],
        **changed(outcome.change),
        "ids": list(outcome.ids),
    }
    told = f"起草 {outcome.drafted} 份；已有 {outcome.existing} 份；按规定不签 {len(outcome.left_out)} 家。"
    return Answer(payload, [told, *(f"  {one.name}：{one.reason}" for one in outcome.left_out[:20])])


def _acted(done: ActOutcome, told: str) -> Answer:
    payload = {**changed(done.change), "ids": list(done.done), "refused": _refusals(done.refused)}
    lines = [f"{told} {len(done.done)} 份。", *_told(done.refused)]
    return Answer(payload, lines, REFUSED if done.refused else DONE)


def _refusals(refused: Sequence[RefusedItem]) -> list[dict[str, str]]:
    return [{"item": one.item, "rule": one.rule, "problem": one.problem} for one in refused]


def _told(refused: Sequence[RefusedItem]) -> list[str]:
    return [f"没有做的 {len(refused)} 份：", *(f"  {one.item}：{one.problem}" for one in refused)] if refused else []
