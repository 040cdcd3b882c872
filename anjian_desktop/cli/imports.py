"""Excel in: rosters of units, lists of signatures; and taking an import back."""

from __future__ import annotations

from pathlib import Path

import click

from anjian_desktop.cli.call import FILE, Call, Whole, command, group
from anjian_desktop.cli.import_answers import (
    ALL_OR_NOTHING,
    DRY_RUN,
    MAP,
    REPORT,
    SHEET,
    check_report,
    import_answer,
    problems_told,
    sheets_told,
    skipped_told,
)
from anjian_desktop.cli.person_lists import PERSON_LISTS
from anjian_desktop.cli.progress import watching
from anjian_desktop.cli.report import DONE, REFUSED, Answer, changed
from anjian_desktop.cli.values import assignments
from anjian_desktop.services import rosters, signature_lists

import_command = group("import", "从 Excel 导入名册、签订情况、从业人员、培训、证书；撤销导入")


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
    """导入企业、村居、部门名册（.xlsx、.xls、.et、.csv）。"""
    check_report(report, (".xlsx", ".json"))
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
        "sheets": sheets_told(plan.sheets),
        "rows": [*problems_told("refused", plan.problems), *problems_told("warned", plan.warnings)],
        "skipped": skipped_told(plan.skipped),
        "sheets_without_heading": list(plan.without_heading),
        "other_kinds": dict(plan.other_kinds),
        "remembered": roster.remembered,
        "notes": list(plan.notes),
        "applied": applied,
    }
    made = [f"新建村 {created['village']} 个（备注为待核对）"] if created.get("village") else []
    made += [f"工作表“{name}”是另一种名册，没有读取；用 --kind {key} 导入" for name, key in plan.other_kinds.items()]
    return import_answer(payload, counts, plan.problems, made, report)


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
    check_report(report, (".json",))
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
        "earlier": done.made,
        "created": {},
        "missing": 0,
        "sheets": sheets_told(done.sheets),
        "rows": problems_told("refused", done.refused),
        "skipped": skipped_told(done.skipped),
        "applied": not dry_run and not (all_or_nothing and bool(done.refused)),
    }
    return import_answer(payload, counts, done.refused, [], report)


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


for _command in (organizations_command, signatures_command, *PERSON_LISTS, undo_command):
    import_command.add_command(_command)
