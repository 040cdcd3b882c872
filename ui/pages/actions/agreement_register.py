"""编号登记簿: every number ever taken in a year, whatever became of it."""

from __future__ import annotations

from anjian_desktop.domain.agreements import STATE_LABELS, State
from anjian_desktop.services.standing import Register, register
from ui.dialogs.result_dialog import ResultDialog
from ui.models.outcome_table import OutcomeRow
from ui.pages.actions.agreement_desk import Desk
from ui.tasks import run_quiet


def show_register(desk: Desk, year: int) -> None:
    """Show the register of a year; it can be copied."""
    run_quiet(desk.parent, lambda: register(desk.office, year), lambda found: _show(desk, year, found), key="register")


def _show(desk: Desk, year: int, found: Register) -> None:
    rows = [
        OutcomeRow(one.number, STATE_LABELS[State(one.state)], _about(one.unit, one.issued_on, one.reason), one.state)
        for one in found.rows
    ]
    ended = sum(State(one.state) in (State.VOID, State.SUPERSEDED, State.TERMINATED) for one in found.rows)
    if not rows:
        said = [f"{year} 年还没有取过编号。", "编号在第一次打印时取，作废的编号不再使用。"]
    else:
        said = [
            f"{year} 年共取编号 {len(rows):,} 个，其中作废、替代、终止 {ended:,} 个。",
            "编号连续，没有缺号。" if not found.gaps else f"缺号：{'、'.join(str(n) for n in found.gaps[:20])}。",
        ]
    ResultDialog(desk.parent, f"{year} 年编号登记簿", said, rows, headings=("编号", "状态", "单位和日期")).show()


def _about(unit: str, issued_on: object, reason: str | None) -> str:
    parts = [unit, f"打印于 {issued_on}" if issued_on else "", f"原因：{reason}" if reason else ""]
    return "　".join(part for part in parts if part)
