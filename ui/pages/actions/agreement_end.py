"""作废, 提前终止, 换人重签."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_desktop.services import agreements, browse
from anjian_desktop.services.browse import RowView
from anjian_desktop.services.outcomes import ActOutcome
from ui import messages
from ui.dialogs.result_dialog import ResultDialog
from ui.dialogs.void_dialog import Ending, EndOrder, VoidDialog
from ui.models.outcome_table import OutcomeRow
from ui.pages.actions.agreement_desk import Desk
from ui.tasks import run_quiet, run_task


def ask_end(desk: Desk, ending: Ending, ids: Sequence[int]) -> None:
    """Ask for reason, day and person, then end these agreements."""
    wanted = list(ids)
    if not wanted:
        messages.say(desk.parent, "还没有选责任书。", f"请先在列表里选要{ending.verb}的。")
        return
    if ending is Ending.SUPERSEDE and len(wanted) > 1:
        messages.say(desk.parent, "换人重签一次办一份。", "请只选一份责任书。")
        return

    def show(rows: list[RowView]) -> None:
        names = [f"{view.full['number'] or '（草稿）'}　{view.full['organization']}" for view in rows]
        principal = rows[0].full["principal"] if rows else ""
        dialog = VoidDialog(desk.parent, ending, tuple(wanted), names, desk.office.today, principal)
        dialog.decided.connect(lambda order: end(desk, order))
        dialog.show()

    run_quiet(desk.parent, lambda: browse.page(desk.office, "agreement", wanted), show, key="end")


def end(desk: Desk, order: EndOrder) -> None:
    """Carry it out, then say what was refused."""

    def work(_step: object) -> ActOutcome:
        if order.ending is Ending.VOID:
            return agreements.void(desk.office, order.ids, reason=order.reason)
        assert order.on is not None
        if order.ending is Ending.TERMINATE:
            return agreements.terminate(desk.office, order.ids, on=order.on, reason=order.reason)
        return agreements.supersede(desk.office, order.ids[0], on=order.on, by=order.by, reason=order.reason)

    run_task(desk.parent, f"{order.ending.verb}责任书", work, lambda outcome: _tell(desk, order, outcome))


def _tell(desk: Desk, order: EndOrder, outcome: ActOutcome) -> None:
    desk.changed(outcome.change)
    verb, done = order.ending.verb, len(outcome.done)
    desk.tell(f"{verb} {done:,} 份")
    if outcome.refused:
        rows = [OutcomeRow(one.item, f"没有{verb}", one.problem, "late") for one in outcome.refused]
        said = [f"{verb} {done:,} 份，{len(outcome.refused):,} 份没有{verb}。"]
        ResultDialog(desk.parent, f"{verb}责任书", said, rows, headings=("责任书", "结果", "原因")).show()
    elif order.ending is Ending.SUPERSEDE:
        messages.toast(desk.parent, "原责任书已被替代，新的一份在草稿里，打印时取新编号。")
    else:
        messages.toast(desk.parent, f"已{verb} {done:,} 份。")
