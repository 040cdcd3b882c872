"""Excel in: workers, training records, certificates."""

from __future__ import annotations

from pathlib import Path

import click

from anjian_desktop.cli.call import FILE, Call, command
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
from anjian_desktop.cli.progress import watching
from anjian_desktop.cli.report import Answer, changed
from anjian_desktop.cli.values import assignments
from anjian_desktop.services import list_imports
from anjian_desktop.services.list_imports import ListImport
from anjian_desktop.services.person_imports import import_list


def list_answer(done: ListImport, report: Path | None, *, dry_run: bool) -> Answer:
    """What a list of persons answers, refused rows saved where `report` says."""
    plan = done.plan
    if report is not None and report.suffix.lower() == ".xlsx":
        list_imports.write_refused(done, report)
    payload = {
        "import_id": done.import_id,
        **changed(done.change),
        **done.counts,
        "created": done.created,
        "missing": done.missing,
        "sheets": sheets_told(plan.sheets),
        "rows": [*problems_told("refused", plan.problems), *problems_told("warned", plan.warnings)],
        "skipped": skipped_told(plan.skipped),
        "sheets_without_heading": list(plan.without_heading),
        "notes": list(plan.notes),
        "applied": done.applied and not dry_run,
    }
    odd = plan.warnings
    told = [f"请核对 {len(odd)} 处："] if odd else []
    told += [f"  第{one.row}行 {one.column}：{one.problem}" for one in odd[:20]]
    return import_answer(payload, done.counts, plan.problems, told, report)


def _declared(name: str, told: str, kind: str) -> click.Command:
    @command(name)
    @click.argument("file", type=FILE, metavar="FILE")
    @SHEET
    @MAP
    @DRY_RUN
    @ALL_OR_NOTHING
    @REPORT
    def run(
        call: Call,
        file: Path,
        sheet: str | None,
        mapping: tuple[str, ...],
        dry_run: bool,
        all_or_nothing: bool,
        report: Path | None,
    ) -> Answer:
        check_report(report, (".xlsx", ".json"))
        with call.office() as office, watching("导入") as step:
            done = import_list(
                office,
                kind,
                file,
                sheet=sheet,
                mapping=assignments(mapping),
                dry_run=dry_run,
                all_or_nothing=all_or_nothing,
                step=step,
            )
        return list_answer(done, report, dry_run=dry_run)

    run.help = told
    return run


PERSON_LISTS = (
    _declared("workers", "导入从业人员名单；可以一家一份，也可以多家在一张表里。", "worker"),
    _declared("training", "导入培训记录；一天培训几十学时、全班同分等会指出来。", "training_record"),
    _declared("certificates", "导入持证情况（特种作业操作证、安全管理人员合格证等）。", "certificate"),
)
