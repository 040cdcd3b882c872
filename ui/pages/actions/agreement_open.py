"""One agreement looked at: its pages, its state, and what can be done with it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from anjian_desktop.domain.agreements import ACTIVE, HAS_BEEN_SIGNED, STATE_LABELS, State
from anjian_desktop.services import browse
from anjian_desktop.services.browse import Condition, Query, RowView
from anjian_desktop.services.office import Office
from anjian_desktop.services.printing import preview_pdf
from anjian_desktop.services.scan_sets import AGREEMENT
from ui import messages
from ui.dialogs.preview_dialog import PreviewDialog
from ui.dialogs.print_order import Choice
from ui.dialogs.result_dialog import ResultAction
from ui.dialogs.void_dialog import Ending
from ui.pages.actions.agreement_desk import Desk, DeskPage
from ui.pages.actions.agreement_draft import draft
from ui.pages.actions.agreement_end import ask_end
from ui.pages.actions.agreement_print import ask_print
from ui.pages.actions.agreement_scans import show_scan
from ui.pages.actions.agreement_sign import ask_sign
from ui.tasks import run_quiet


def open_agreement(desk: Desk, agreement_id: int) -> None:
    """Show one agreement as it prints, or printed."""
    run_quiet(
        desk.parent,
        lambda: browse.row(desk.office, "agreement", agreement_id),
        lambda view: _show(desk, view),
        key="open",
    )


def open_unit_agreement(page: QWidget, office: Office, organization_id: int, year: int) -> None:
    """Show a unit's agreement of a year, the one in use before ended ones; without any, offer to draft it.

    `page` is a page of the window: dialogs stand over it and it hears of changes.
    """
    if not _is_desk_page(page):
        raise TypeError("open_unit_agreement needs a page of the window")
    desk = Desk.of(page, page)

    def find() -> list[RowView]:
        in_year = Query("agreement", where=(Condition("year", "=", str(year)),))
        rows = browse.page(office, "agreement", browse.ids(office, in_year))
        mine = [view for view in rows if _unit_of(view) == organization_id]
        return sorted(mine, key=lambda view: (view.values["state"] in ACTIVE, view.id), reverse=True)

    def show(rows: list[RowView]) -> None:
        if rows:
            _show(desk, rows[0])
        elif messages.ask(page, f"这家单位还没有 {year} 年责任书。", act="起草一份…", keep="先不起草"):
            draft(desk, year, ids=[organization_id])

    run_quiet(page, find, show, key="unit")


def _show(desk: Desk, view: RowView) -> None:
    state = State(str(view.values["state"]))
    title = f"{view.full['number'] or '草稿'}　{view.full['organization']}"
    ids = (view.id,)
    year = int(view.full["year"])
    actions = []
    if state is State.DRAFTED:
        choices = (Choice("selected", "这一份", ids=ids),)
        actions.append(ResultAction("打印…(&P)", lambda: ask_print(desk, year, choices), primary=True, closes=True))
    elif state is State.ISSUED:
        actions.append(ResultAction("登记签订…(&S)", lambda: ask_sign(desk, ids), primary=True, closes=True))
    if state is not State.DRAFTED:
        actions.append(ResultAction("看扫描件(&G)", lambda: show_scan(desk, AGREEMENT, view.id, title), closes=True))
    if state not in (State.DRAFTED, State.VOID):
        again = (Choice("selected", "这一份，按原编号重打", ids=ids),)
        actions.append(ResultAction("重打…(&P)", lambda: ask_print(desk, year, again), closes=True))
    if state in HAS_BEEN_SIGNED or state is State.ISSUED:
        actions.append(ResultAction("换人重签…(&C)", lambda: ask_end(desk, Ending.SUPERSEDE, ids), closes=True))
    if state in ACTIVE:
        actions.append(ResultAction("作废…(&V)", lambda: ask_end(desk, Ending.VOID, ids), closes=True))
    PreviewDialog(
        desk.parent, title, lambda: preview_pdf(desk.office, view.id), note=describe(view, state), actions=actions
    ).show()


def describe(view: RowView, state: State) -> str:
    """Where an agreement stands, in one line."""
    parts = [STATE_LABELS[state]]
    for key, words in (("issued_on", "打印"), ("signed_on", "签订"), ("archived_on", "归档"), ("ended_on", "终止")):
        if view.full.get(key):
            parts.append(f"{words}于 {view.full[key]}")
    if view.full.get("signed_by"):
        parts.append(f"签订人 {view.full['signed_by']}")
    if view.full.get("reason"):
        parts.append(f"原因：{view.full['reason']}")
    if "re_sign" in view.marks:
        parts.append("名册里的名称或负责人已变，需重签")
    return "　".join(parts)


def _unit_of(view: RowView) -> int | None:
    linked = view.values["organization"]
    return linked[0] if isinstance(linked, tuple) else None


def _is_desk_page(page: QWidget) -> bool:
    return all(hasattr(page, name) for name in DeskPage.__annotations__) and hasattr(page, "was_changed")
