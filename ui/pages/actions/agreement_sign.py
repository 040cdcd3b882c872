"""登记签订: one, a ticked pile, or from Excel."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_desktop.services import browse, signatures
from anjian_desktop.services.browse import RowView
from anjian_desktop.services.signatures import SignOutcome
from ui import messages
from ui.dialogs.result_dialog import ResultDialog
from ui.dialogs.sign_dialog import SignDialog, SignOrder, ToSign
from ui.models.outcome_table import OutcomeRow
from ui.pages.actions.agreement_desk import Desk
from ui.tasks import run_quiet, run_task


def ask_sign(desk: Desk, ids: Sequence[int]) -> None:
    """Ask for the day and the signer of these agreements, then register them."""
    wanted = list(ids)

    def show(rows: list[RowView]) -> None:
        dialog = SignDialog(desk.parent, tuple(_to_sign(view) for view in rows), desk.office.today)
        dialog.decided.connect(lambda order: sign(desk, order))
        dialog.show()

    if wanted:
        run_quiet(desk.parent, lambda: browse.page(desk.office, "agreement", wanted), show, key="sign")
    else:
        messages.say(desk.parent, "还没有选责任书。", "请先在列表里选已经签回来的，可以按住 Ctrl 或 Shift 选多份。")


def sign(desk: Desk, order: SignOrder) -> None:
    """Register, then say what was refused."""
    run_task(
        desk.parent,
        "登记签订",
        lambda step: signatures.sign(desk.office, order.ids, on=order.on, by=order.by, scan=order.scan),
        lambda outcome: _tell(desk, outcome),
    )


def _tell(desk: Desk, outcome: SignOutcome) -> None:
    desk.changed(outcome.change)
    signed, refused = len(outcome.signed), outcome.refused
    desk.tell(f"登记签订 {signed:,} 份")
    if not refused:
        messages.toast(desk.parent, f"已登记签订 {signed:,} 份。")
        return
    rows = [OutcomeRow(one.item, "没有登记", one.problem, "late") for one in refused]
    said = [f"登记签订 {signed:,} 份，{len(refused):,} 份没有登记。", "没有登记的没有任何改动，原因如下："]
    ResultDialog(desk.parent, "登记签订", said, rows, headings=("责任书", "结果", "原因")).show()


def _to_sign(view: RowView) -> ToSign:
    return ToSign(view.id, view.full["number"], view.full["organization"], view.full["principal"])
