"""The sample town from end to end: a messy workbook goes in, the year's agreements come out, in a folder of its own."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from anjian_desktop.errors import UserError
from anjian_desktop.services.agreements import DraftRequest, draft
from anjian_desktop.services.demo_training import DemoTraining, run_training
from anjian_desktop.services.maintenance import backup
from anjian_desktop.services.office import Office, create_office
from anjian_desktop.services.office_profile import set_profile
from anjian_desktop.services.print_requests import PrintRequest
from anjian_desktop.services.printing import print_agreements
from anjian_desktop.services.progress import Step, no_step
from anjian_desktop.services.rosters import apply_roster, read_roster, write_refused
from anjian_desktop.services.signatures import sign
from anjian_desktop.services.standing import status

T = TypeVar("T")

MARK = "这是示例镇，可以整个删除.txt"
"""The file that marks a folder as the demo's own; only such a folder is ever replaced."""

TOWN = "示例镇"
SHEETS = (("village", "村居"), ("department", "部门"), ("enterprise", "企业"))


@dataclass(frozen=True)
class DemoSize:
    """How large the sample town is."""

    enterprises: int = 1100
    bad: int = 25
    villages: int = 40
    departments: int = 30
    trained: int = 30
    """Enterprises whose workers are in the sample."""


@dataclass(frozen=True)
class DemoOutcome:
    """The figures of a run; `seconds` by stage, `whole` for all."""

    organizations: int
    refused: int
    agreements: int
    signed: int
    pages: int
    sheets: int
    files: tuple[Path, ...]
    """Rosters and agreements; the papers of training and certificates are `training.files`."""
    data: Path
    first_number: str | None
    last_number: str | None
    stages: dict[str, float]
    seconds: float
    training: DemoTraining
    """Workers, their trainings and certificates."""


def run_demo(
    out: Path,
    folder: Path,
    *,
    again: bool = False,
    today: date | None = None,
    size: DemoSize | None = None,
    step: Step = no_step,
) -> DemoOutcome:
    """Build the sample town's store in `folder` and its papers in `out`. Raises UserError when either is not the demo's."""
    size = size or DemoSize()
    _clear(out, folder, again=again)
    stages: dict[str, float] = {}
    begun = time.perf_counter()

    def timed(name: str, work: Callable[[], T]) -> T:
        started = time.perf_counter()
        done = work()
        stages[name] = round(stages.get(name, 0.0) + time.perf_counter() - started, 2)
        return done

    workbook = out / f"{TOWN}名册.xlsx"
    timed("生成名册", lambda: _sample(workbook, size))
    with timed(
        "建立办公室", lambda: create_office(folder, name=f"{TOWN}安全生产监督管理办公室", today=today)
    ) as office:
        (folder / MARK).write_text("演示数据，与正式数据无关。\n", encoding="utf-8")
        set_profile(office, {"party_a": f"{TOWN}人民政府", "leader": "安示例", "phone": "0530-9900001"})
        organizations, refused, files = timed("导入名册", lambda: _import(office, workbook, out, step))
        year = office.today.year
        deadline = max(office.profile.deadline_in(year), min(office.today + timedelta(days=30), date(year, 12, 31)))
        drafted = timed(
            "起草",
            lambda: sum(draft(office, DraftRequest(year, kind, deadline=deadline)).drafted for kind, _ in SHEETS),
        )
        request = PrintRequest(year, out / "责任书", format="both", merge=True)
        printed = timed("编号排版", lambda: print_agreements(office, request, step=step))
        signed = timed("登记签订", lambda: len(sign(office, _signing(printed.ids), on=office.today).signed))
        trained = timed("培训与证书", lambda: run_training(office, out / "培训与证书", units=size.trained))
        timed("统计", lambda: status(office, year))
        timed("备份", lambda: backup(office))
    return DemoOutcome(
        organizations=organizations,
        refused=refused,
        agreements=drafted,
        signed=signed,
        pages=printed.pages,
        sheets=printed.sheets,
        files=(workbook, *files, *printed.files),
        data=folder,
        first_number=printed.first_number,
        last_number=printed.last_number,
        stages=stages,
        seconds=round(time.perf_counter() - begun, 2),
        training=trained,
    )


def _clear(out: Path, folder: Path, *, again: bool) -> None:
    """Both folders fresh; only what carries the demo's mark is replaced."""
    for place in (folder, out):
        if not place.exists() or not any(place.iterdir()):
            continue
        if not (place / MARK).exists():
            raise UserError(
                f"“{place.name}”里有别的文件，演示没有运行，什么都没有改动。", next_step="请用 --out 指定一个空文件夹。"
            )
        if not again:
            raise UserError(
                f"“{place.name}”里已经有一个示例镇。", next_step="加 --again 重新生成（只替换演示自己的文件夹）。"
            )
        try:
            shutil.rmtree(place)
        except OSError as error:
            raise UserError(
                "示例文件夹里有文件正被打开，没有重新生成。", next_step="请关闭示例的窗口和打开的文件，再试一次。"
            ) from error
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).write_text("演示生成的文件，与正式数据无关。\n", encoding="utf-8")


def _sample(workbook: Path, size: DemoSize) -> None:
    from anjian_desktop.exchange.sample_town import make_sample_workbook  # the spreadsheet library: only here

    make_sample_workbook(
        workbook, enterprises=size.enterprises, bad=size.bad, villages=size.villages, departments=size.departments
    )


def _import(office: Office, workbook: Path, out: Path, step: Step) -> tuple[int, int, tuple[Path, ...]]:
    organizations = refused = 0
    files: tuple[Path, ...] = ()
    for kind, sheet in SHEETS:
        roster = read_roster(office, workbook, kind=kind, sheet=sheet, step=step)
        outcome = apply_roster(office, roster, step=step)
        organizations += outcome.counts["new"] + sum(outcome.created.values())
        refused += outcome.counts["refused"]
        if outcome.counts["refused"]:
            files = (*files, write_refused(roster, out / f"{TOWN}名册-未导入的行.xlsx"))
    return organizations, refused, files


def _signing(ids: tuple[int, ...]) -> list[int]:
    """Who came to the signing meeting: nine in ten."""
    return [one for position, one in enumerate(ids) if position % 10 != 7]
