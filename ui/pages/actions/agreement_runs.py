"""打印登记簿: what was printed when, by whom; a run printed again."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_desktop.services.print_runs import RunRow, print_runs
from ui.dialogs.print_order import Choice
from ui.dialogs.print_runs_dialog import PrintRunsDialog
from ui.pages.actions.agreement_desk import Desk
from ui.pages.actions.agreement_print import ask_print
from ui.tasks import run_quiet


def show_runs(desk: Desk, year: int) -> None:
    """Show the print runs of a year's agreements."""
    run_quiet(desk.parent, lambda: print_runs(desk.office, year), lambda found: _show(desk, year, found), key="runs")


def _show(desk: Desk, year: int, found: Sequence[RunRow]) -> None:
    dialog = PrintRunsDialog(desk.parent, year, found)
    dialog.repeat_asked.connect(lambda run: _repeat(desk, year, run))
    dialog.show()


def _repeat(desk: Desk, year: int, run: RunRow) -> None:
    label = f"{run.at:%m-%d %H:%M} 那一次的 {len(run.agreements):,} 份"
    ask_print(desk, year, (Choice("run", label, ids=run.agreements),))
