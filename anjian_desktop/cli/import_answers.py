"""What every import answers and takes: its options, its sheets and rows as JSON, its words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from anjian_desktop.cli.call import FILE
from anjian_desktop.cli.report import DONE, REFUSED, Answer, plain, table
from anjian_desktop.errors import UserError
from anjian_desktop.exchange.import_plan import RowProblem, SheetPlan, SkippedRow

SHEET = click.option("--sheet", metavar="S", help="只读这张工作表；不写则读所有可见的、有标题行的表")
MAP = click.option(
    "--map", "mapping", multiple=True, metavar="标题=FIELD", help="表里的标题对应哪一栏，如 单位=企业名称"
)
DRY_RUN = click.option("--dry-run", is_flag=True, help="只检查，不写入")
ALL_OR_NOTHING = click.option("--all-or-nothing", is_flag=True, help="有一行拒收就一行也不导入")
REPORT = click.option(
    "--report", type=FILE, metavar="FILE", help="结果另存：.xlsx 为拒收的行（带原因），.json 为全部结果"
)


def check_report(report: Path | None, endings: tuple[str, ...]) -> None:
    """Refuse a report file of another kind before anything is read. Raises UserError."""
    if report is not None and report.suffix.lower() not in endings:
        raise UserError(f"--report 的文件名应以 {' 或 '.join(endings)} 结尾。", next_step="没有导入任何内容。")


def sheets_told(sheets: Iterable[SheetPlan]) -> list[dict[str, object]]:
    """The sheets that were read, and which column is which field."""
    return [
        {
            "name": one.name,
            "heading_row": one.heading.row_number,
            "columns": one.columns,
            "unmatched": one.heading.unmatched,
        }
        for one in sheets
    ]


def problems_told(verdict: str, problems: Iterable[RowProblem]) -> list[dict[str, object]]:
    """Rows refused or warned about, cell by cell."""
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


def skipped_told(skipped: Iterable[SkippedRow]) -> list[dict[str, object]]:
    """Rows that are no data, with the reason."""
    return [{"sheet": one.sheet, "row": one.row, "reason": one.reason} for one in skipped]


def import_answer(
    payload: Mapping[str, object],
    counts: Mapping[str, int],
    refused: Iterable[RowProblem],
    made: list[str],
    report: Path | None,
) -> Answer:
    """The answer of an import: counts in words, the refused rows as a table; exit code 1 when a row was refused."""
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
