"""The year's agreements: draft, print, where they stand, the register of numbers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from anjian_desktop.cli.agreement_acts import ACTS, drafted
from anjian_desktop.cli.call import DAY, FILE, YEAR, Call, OneOf, Whole, command, group
from anjian_desktop.cli.progress import watching
from anjian_desktop.cli.records import FULL_IDS, WHERE
from anjian_desktop.cli.report import DONE, REFUSED, Answer, changed, plain, table
from anjian_desktop.cli.scans import file_scans_command
from anjian_desktop.cli.values import conditions, numbers
from anjian_desktop.domain.agreements import STATE_LABELS, State
from anjian_desktop.domain.identity import mask_phone
from anjian_desktop.domain.rates import show_percent
from anjian_desktop.ledgers.fields import SEPARATOR
from anjian_desktop.services import agreements, printing, standing
from anjian_desktop.services.agreements import DraftRequest
from anjian_desktop.services.print_jobs import Failed
from anjian_desktop.services.print_requests import PrintRequest, parse_print_condition
from anjian_desktop.services.printing import PrintOutcome
from anjian_desktop.services.standing import KindStatus

KIND = click.option("--kind", metavar="KIND", help="enterprise、village、department，或类别代码如 Z5")

agreements_command = group("agreements", "责任书：起草、打印、登记签订、作废、进度、编号登记簿")


@command("draft")
@click.option("--year", type=YEAR, required=True, help="年度")
@click.option("--kind", metavar="KIND", required=True, help="enterprise、village、department，或类别代码如 Z5")
@click.option("--template", metavar="NAME", help="用哪个模板，默认按类别")
@WHERE
@click.option("--deadline", type=DAY, help="签订截止日，默认按办公室信息（3月31日）")
@click.option("--from", "period_from", type=DAY, help="责任期限起，默认 1月1日")
@click.option("--to", "period_to", type=DAY, help="责任期限止，默认 12月31日")
@click.option("--copies", type=Whole(1, 20), help="份数，默认按办公室信息（2份）")
def draft_command(
    call: Call,
    year: int,
    kind: str,
    template: str | None,
    where: tuple[str, ...],
    deadline: date | None,
    period_from: date | None,
    period_to: date | None,
    copies: int | None,
) -> Answer:
    """给还没有责任书的单位起草。"""
    with call.office() as office, watching("起草") as step:
        parties = {one.party for one in agreements.kinds_of(kind)}
        wanted = tuple(one for party in parties for one in conditions(party, where))
        request = DraftRequest(year, kind, wanted, None, deadline, period_from, period_to, copies, template)
        outcome = agreements.draft(office, request, step=step)
    return drafted(outcome)


@command("print")
@click.option("--year", type=YEAR, required=True, help="年度")
@click.argument("number", nargs=-1, metavar="NUMBER")
@KIND
@WHERE
@click.option("--limit", type=Whole(1), help="最多印几份")
@click.option("--out", type=FILE, required=True, metavar="DIR", help="放文件的文件夹")
@click.option("--format", "form", type=OneOf("pdf", "docx", "both"), default="pdf", help="默认 pdf")
@click.option("--merge", is_flag=True, help="合成一个 PDF，按村排好")
@click.option("--separators", is_flag=True, help="合成一个 PDF 时每个村前加一张分隔页，计入页数")
@click.option("--copies", type=Whole(1, 20), help="每份印几张，默认按起草时的份数")
@click.option("--from", "start", metavar="NUMBER", help="卡纸后从这个编号起接着印，编号不变")
@click.option("--again", is_flag=True, help="已打印未签的也重印")
@click.option("--dry-run", is_flag=True, help="只算份数和页数，不取编号")
def print_command(
    call: Call,
    year: int,
    number: tuple[str, ...],
    kind: str | None,
    where: tuple[str, ...],
    limit: int | None,
    out: Path,
    form: str,
    merge: bool,
    separators: bool,
    copies: int | None,
    start: str | None,
    again: bool,
    dry_run: bool,
) -> Answer:
    """打印：取编号、存快照、出 PDF 或 Word。不写编号就印全部草稿。"""
    with call.office() as office, watching("打印") as step:
        ids = tuple(agreements.find_numbers(office, numbers(number), year=year)) if number else None
        wanted = tuple(parse_print_condition(text) for text in where)
        request = PrintRequest(year, out, ids, kind, wanted, limit, form, merge, copies, start, again, separators)
        if dry_run:
            return _planned(printing.plan_print(office, request, step=step))
        return _printed(printing.print_agreements(office, request, step=step), out)


def _planned(plan: printing.PrintPlan) -> Answer:
    payload = {
        "dry_run": True,
        "run_id": None,
        "issued": plan.new,
        "reprinted": plan.again,
        "pages": plan.pages,
        "sheets": plan.sheets,
        "files": [],
        "failed": [{"unit": one.unit, "problem": one.problem, "id": one.id} for one in plan.failed],
        "first_number": plan.first_number,
        "last_number": plan.last_number,
        "gaps": [{"unit": unit, "names": list(names)} for unit, names in plan.gaps],
    }
    told = f"将新印 {plan.new} 份，重印 {plan.again} 份，共 {plan.pages} 页（双面 {plan.sheets} 张）。没有取编号，没有写文件。"
    return Answer(
        payload,
        [told, *_numbers(plan.first_number, plan.last_number), *_failures(plan.failed)],
        REFUSED if plan.failed else DONE,
    )


def _printed(done: PrintOutcome, out: Path) -> Answer:
    payload = {
        "run_id": done.run_id,
        "issued": done.issued,
        "reprinted": done.reprinted,
        "pages": done.pages,
        "sheets": done.sheets,
        "files": list(done.files),
        "failed": [{"unit": one.unit, "problem": one.problem, "id": one.id} for one in done.failed],
        "first_number": done.first_number,
        "last_number": done.last_number,
        "stopped": done.stopped,
        "gaps": [{"unit": unit, "names": list(names)} for unit, names in done.gaps],
        **changed(done.change),
        "ids": list(done.ids),
    }
    if done.stopped:
        told = f"已按要求停止。已取的编号不变，再运行同一条命令就会印完。文件在 {out}。"
    elif done.run_id is None:
        told = (
            "没有印成任何一份。" if done.failed else "没有要打印的责任书：草稿都已打印。重印请加 --again，或写出编号。"
        )
    else:
        told = f"新印 {done.issued} 份，重印 {done.reprinted} 份，共 {done.pages} 页（双面 {done.sheets} 张），{len(done.files)} 个文件在 {out}。"
    code = REFUSED if done.failed or done.stopped else DONE
    return Answer(payload, [told, *_numbers(done.first_number, done.last_number), *_failures(done.failed)], code)


def _numbers(first: str | None, last: str | None) -> list[str]:
    return [f"编号 {first} 至 {last}。"] if first and last else []


def _failures(failed: tuple[Failed, ...]) -> list[str]:
    return [f"失败 {len(failed)} 份：", *(f"  {one.unit}：{one.problem}" for one in failed)] if failed else []


@command("status")
@click.option("--year", type=YEAR, required=True, help="年度")
@FULL_IDS
def status_command(call: Call, year: int, full: bool) -> Answer:
    """签订进度：应签、已印、已签、签订率、还没签的单位。"""
    with call.office() as office:
        found = standing.status(office, year)
    kinds = [_kind_values(one, full=full) for one in found.kinds]
    payload = {"year": found.year, "as_of": found.as_of, "kinds": kinds, "total": _kind_values(found.total, full=full)}
    headings = ("类别", "应签", "起草", "已印", "已签", "归档", "按期率", "累计率", "逾期", "免签")
    lines = table(headings, [_kind_row(one) for one in (*found.kinds, found.total)])
    unsigned = [one for kind in found.kinds for one in kind.unsigned]
    if unsigned:
        rows = [
            (one.number or "", one.name, one.village or "", one.principal or "", _state(one.state))
            for one in unsigned[:50]
        ]
        lines += [
            "",
            f"未签 {len(unsigned)} 家" + ("（前 50 家）：" if len(unsigned) > 50 else "："),
            *table(("编号", "单位", "村", "负责人", "状态"), rows),
        ]
    return Answer(payload, [f"{found.year} 年度，截至 {found.as_of}", *lines])


def _kind_values(one: KindStatus, *, full: bool) -> dict[str, object]:
    return {
        "kind": one.kind,
        "label": one.label,
        "due": one.due,
        "drafted": one.drafted,
        "issued": one.issued,
        "signed": one.signed,
        "archived": one.archived,
        "on_time_rate": one.on_time_rate,
        "cumulative_rate": one.cumulative_rate,
        "overdue": one.overdue,
        "left_out": one.left_out,
        "unsigned": [
            {
                "id": unit.id,
                "number": unit.number,
                "name": unit.name,
                "village": unit.village,
                "principal": unit.principal,
                "phone": unit.phone if full else _masked(unit.phone),
                "state": unit.state,
                "organization_id": unit.organization_id,
            }
            for unit in one.unsigned
        ],
    }


def _masked(phones: str | None) -> str | None:
    return SEPARATOR.join(mask_phone(one) for one in phones.split(SEPARATOR)) if phones else phones


def _kind_row(one: KindStatus) -> tuple[str, ...]:
    counts = (one.due, one.drafted, one.issued, one.signed, one.archived)
    rates = (show_percent(one.on_time_rate), show_percent(one.cumulative_rate))
    return (one.label, *(str(count) for count in counts), *rates, str(one.overdue), str(one.left_out))


def _state(code: str | None) -> str:
    return STATE_LABELS[State(code)] if code else "未起草"


@command("register")
@click.option("--year", type=YEAR, required=True, help="年度")
def register_command(call: Call, year: int) -> Answer:
    """编号登记簿：每个编号一行，不缺号。"""
    with call.office() as office:
        found = standing.register(office, year)
    rows = [(one.number, one.unit, _state(one.state), str(one.issued_on or ""), one.reason or "") for one in found.rows]
    told = f"共 {len(rows)} 个编号，" + (f"缺号：{'、'.join(map(str, found.gaps))}。" if found.gaps else "没有缺号。")
    payload = {"year": year, "rows": plain(found.rows), "gaps": list(found.gaps)}
    return Answer(
        payload, [*table(("编号", "单位", "状态", "打印日期", "原因"), rows), told], REFUSED if found.gaps else DONE
    )


for _command in (draft_command, print_command, *ACTS, file_scans_command, status_command, register_command):
    agreements_command.add_command(_command)
