"""Excel in: rosters of units, lists of signatures; and taking an import back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from anjian_desktop.cli.call import FILE, Call, Whole, command, group
from anjian_desktop.cli.progress import watching
from anjian_desktop.cli.report import DONE, REFUSED, Answer, changed, plain, table
from anjian_desktop.cli.values import assignments
from anjian_desktop.errors import UserError
from anjian_desktop.exchange.import_plan import RowProblem, SheetPlan, SkippedRow
from anjian_desktop.services import rosters, signature_lists

SHEET = click.option("--sheet", metavar="S", help="只读这张工作表；不写则读所有可见的、有标题行的表")
MAP = click.option(
    "--map", "mapping", multiple=True, metavar="标题=FIELD", help="表里的标题对应哪一栏，如 单位=企业名称"
)
DRY_RUN = click.option("--dry-run", is_flag=True, help="只检查，不写入")
ALL_OR_NOTHING = click.option("--all-or-nothing", is_flag=True, help="有一行拒收就一行也不导入")
REPORT = click.option(
    "--report", type=FILE, metavar="FILE", help="结果另存：.xlsx 为拒收的行（带原因），.json 为全部结果"
)

import_command = group("import", "从 Excel 导入名册、签订情况；撤销导入")


@command("organizations")
@click.argument("file", type=FILE, metavar="FILE")
@click.option("--kind", metavar="LEDGER", default="enterprise", help="enterprise（默认）、village、department")
@SHEET
@MAP
@DRY_RUN
@ALL_OR_NOTHING
@REPORT
def organizations_command(
    call: Call,
    file: Path,
    kind: str,
    sheet: str | None,
    mapping: tuple[str, ...],
    dry_run: bool,
    all_or_nothing: bool,
    report: Path | None,
) -> Answer:
    """导入企业、村居、部门名册（.xlsx、.csv）。"""
    _check_report(report, (".xlsx", ".json"))
    with call.office() as office, watching("导入") as step:
        roster = rosters.read_roster(office, file, kind=kind, sheet=sheet, mapping=assignments(mapping), step=step)
        counts = roster.counts
        created = roster.created
        payload: dict[str, object] = {"import_id": None, "ids": [], "changed": []}
        applied = False
        if not dry_run:
            outcome = rosters.apply_roster(office, roster, all_or_nothing=all_or_nothing, step=step)
            counts, applied = outcome.counts, not (all_or_nothing and outcome.counts["refused"])
            created = outcome.created if applied else created
            payload = {"import_id": outcome.import_id, **changed(outcome.change)}
        if report is not None and report.suffix.lower() == ".xlsx":
            rosters.write_refused(roster, report)
    plan = roster.plan
    payload = {
        **payload,
        **counts,
        "created": created,
        "missing": len(plan.missing),
        "sheets": _sheets(plan.sheets),
        "rows": [*_problems("refused", plan.problems), *_problems("warned", plan.warnings)],
        "skipped": _skipped(plan.skipped),
        "sheets_without_heading": list(plan.without_heading),
        "notes": list(plan.notes),
        "applied": applied,
    }
    made = [f"新建村 {created['village']} 个（备注为待核对）"] if created.get("village") else []
    return _answer(payload, counts, plan.problems, made, report)


@command("signatures")
@click.argument("file", type=FILE, metavar="FILE")
@SHEET
@MAP
@DRY_RUN
@ALL_OR_NOTHING
@REPORT
def signatures_command(
    call: Call,
    file: Path,
    sheet: str | None,
    mapping: tuple[str, ...],
    dry_run: bool,
    all_or_nothing: bool,
    report: Path | None,
) -> Answer:
    """从 Excel 登记签订（编号、签订日期、签订人）。"""
    _check_report(report, (".json",))
    with call.office() as office, watching("登记签订") as step:
        done = signature_lists.import_signatures(
            office,
            file,
            sheet=sheet,
            mapping=assignments(mapping),
            dry_run=dry_run,
            all_or_nothing=all_or_nothing,
            step=step,
        )
    counts = {"read": done.read, "new": done.new, "updated": 0, "same": done.same, "refused": len(done.refused)}
    payload = {
        "import_id": done.import_id,
        **changed(done.change),
        **counts,
        "created": {},
        "missing": 0,
        "sheets": _sheets(done.sheets),
        "rows": _problems("refused", done.refused),
        "skipped": _skipped(done.skipped),
        "applied": not dry_run and not (all_or_nothing and bool(done.refused)),
    }
    return _answer(payload, counts, done.refused, [], report)


@command("undo")
@click.argument("import_id", type=Whole(1), required=False, metavar="ID")
def undo_command(call: Call, import_id: int | None) -> Answer:
    """撤销最近一次（或指定的）导入；之后改过的行保留。"""
    with call.office() as office:
        done = rosters.undo_import(office, import_id)
    kept = [{"ledger": one.ledger, "id": one.id, "title": one.title} for one in done.kept]
    payload = {"import_id": done.import_id, "undone": done.undone, "kept": kept, **changed(done.change)}
    lines = [f"已撤销第 {done.import_id} 次导入，撤回 {done.undone} 行。"]
    if kept:
        lines += [f"有 {len(kept)} 行导入之后又改过或在用，保留不动：", *(f"  {one.title}" for one in done.kept)]
    return Answer(payload, lines, REFUSED if kept else DONE)


for _command in (organizations_command, signatures_command, undo_command):
    import_command.add_command(_command)


def _check_report(report: Path | None, endings: tuple[str, ...]) -> None:
    if report is not None and report.suffix.lower() not in endings:
        raise UserError(f"--report 的文件名应以 {' 或 '.join(endings)} 结尾。", next_step="没有导入任何内容。")


def _sheets(sheets: Iterable[SheetPlan]) -> list[dict[str, object]]:
    return [
        {
            "name": one.name,
            "heading_row": one.heading.row_number,
            "columns": one.columns,
            "unmatched": one.heading.unmatched,
        }
        for one in sheets
    ]


def _problems(verdict: str, problems: Iterable[RowProblem]) -> list[dict[str, object]]:
    return [
        {
            "verdict": verdict,
            "sheet": one.sheet,
            "row": one.row,
            "column": one.column,
            "value": one.value,
            "problem": one.problem,
            "key": one.key,
        }
        for one in problems
    ]


def _skipped(skipped: Iterable[SkippedRow]) -> list[dict[str, object]]:
    return [{"sheet": one.sheet, "row": one.row, "reason": one.reason} for one in skipped]


def _answer(
    payload: Mapping[str, object],
    counts: Mapping[str, int],
    refused: Iterable[RowProblem],
    made: list[str],
    report: Path | None,
) -> Answer:
    if report is not None and report.suffix.lower() == ".json":
        report.parent.mkdir(parents=True, exist_ok=True)
        report.write_text(json.dumps(plain(payload), ensure_ascii=False, indent=1), encoding="utf-8")
    told = (
        f"读到 {counts['read']} 行：新增 {counts['new']}，更新 {counts['updated']}，"
        f"相同 {counts['same']}，拒收 {counts['refused']}。"
    )
    if not payload["applied"]:
        told += "这次只检查，没有写入。" if not counts["refused"] else "没有写入任何一行。"
    rows = [(one.sheet, str(one.row), one.column, one.value, one.problem) for one in refused]
    lines = [told, *made]
    if rows:
        lines += ["", *table(("工作表", "行", "列", "内容", "原因"), rows[:50])]
        lines += [f"……还有 {len(rows) - 50} 处，用 --report 文件.xlsx 存下来看。"] if len(rows) > 50 else []
    if report is not None:
        lines.append(f"结果已存到 {report}。")
    return Answer(payload, lines, REFUSED if counts["refused"] else DONE)
