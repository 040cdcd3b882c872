"""起草 and 续签: agreements for the units that have none yet."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_desktop.services import agreements
from anjian_desktop.services.agreements import DraftOutcome, DraftRequest
from anjian_desktop.services.progress import Step
from ui import messages
from ui.dialogs.draft_dialog import DraftDialog
from ui.dialogs.result_dialog import ResultDialog
from ui.models.outcome_table import OutcomeRow
from ui.pages.actions.agreement_desk import Desk
from ui.tasks import run_task


def draft(desk: Desk, year: int, *, group: str = "", ids: Sequence[int] | None = None) -> DraftDialog:
    """Ask what to draft, draft it, say what came of it. `ids` are units, not agreements."""
    dialog = DraftDialog(desk.parent, desk.office, year, group=group, ids=None if ids is None else tuple(ids))
    dialog.decided.connect(lambda requests: _draft(desk, requests))
    dialog.show()
    return dialog


def _draft(desk: Desk, requests: Sequence[DraftRequest]) -> None:
    def work(step: Step) -> list[DraftOutcome]:
        return [agreements.draft(desk.office, request, step=step) for request in requests]

    run_task(desk.parent, "起草责任书", work, lambda parts: _tell(desk, parts, "起草"))


def renew(desk: Desk, from_year: int) -> None:
    """Draft the next year's agreements for every kind signed this year, after a question."""
    to_year = from_year + 1
    sure = messages.ask(
        desk.parent,
        f"按 {from_year} 年的类别，给所有在营单位起草 {to_year} 年责任书？",
        act=f"起草 {to_year} 年",
        keep="不起草",
        explain="日期和签订人不会照抄；已有责任书的单位不重复起草。",
    )
    if sure:
        run_task(
            desk.parent,
            f"续签 {to_year} 年责任书",
            lambda step: [agreements.renew(desk.office, from_year=from_year, to_year=to_year, step=step)],
            lambda parts: _tell(desk, parts, "续签"),
        )


def _tell(desk: Desk, parts: Sequence[DraftOutcome], verb: str) -> None:
    drafted = sum(part.drafted for part in parts)
    left_out = [one for part in parts for one in part.left_out]
    said = f"{verb}了 {drafted:,} 份 {parts[0].year} 年责任书。"
    for part in parts:
        if part.drafted:
            desk.changed(part.change)
    desk.tell(f"{verb} {drafted:,} 份")
    if left_out:
        rows = [OutcomeRow(one.name, "没有起草", one.reason, "off") for one in left_out]
        sentences = [said, f"{len(left_out):,} 家没有起草，改好名册以后可以再起草。"]
        ResultDialog(desk.parent, f"{verb}责任书", sentences, rows, headings=("单位", "结果", "原因")).show()
    else:
        messages.toast(desk.parent, said)
