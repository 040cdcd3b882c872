"""What is due today: derived, never stored, always equal to its query."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import func, select

from anjian_desktop.domain.agreements import State
from anjian_desktop.domain.certificate_rules import ExpiryState
from anjian_desktop.domain.kinds import IN_OPERATION
from anjian_desktop.ledgers.agreement import Agreement
from anjian_desktop.ledgers.certificate import Certificate
from anjian_desktop.ledgers.organization import Department, Enterprise, Village
from anjian_desktop.ledgers.registry import ledger_named
from anjian_desktop.ledgers.scan import WaitingScan
from anjian_desktop.services import certificate_board, drafts
from anjian_desktop.services.browse import Condition, Query, select_ids
from anjian_desktop.services.maintenance import BackupState, backup_state
from anjian_desktop.services.marks import RE_SIGN
from anjian_desktop.services.office import Office
from anjian_desktop.services.standing import YearStatus, status

_TOLD = frozenset({*(f"certificate_{one.value}" for one in ExpiryState), "certificate_lapsed"})
"""Reminders of certificates on the home page: over, near their end, not re-examined."""

_MOST_NAMED = 5
"""Unsaved forms on the home page; each is offered again where it belongs."""


@dataclass(frozen=True)
class Todo:
    """One sentence of 今日待办: what waits (`kind`), how many, what to press, and the rows behind the figure."""

    kind: str
    text: str
    count: int
    verb: str
    query: Query | None = None
    year: int | None = None
    form: tuple[str, int | None] | None = None
    """Of a form to go on with: its ledger, and the row; None for a new one."""


@dataclass(frozen=True)
class Home:
    """The home page's figures."""

    todos: tuple[Todo, ...]
    progress: YearStatus
    backup: BackupState
    units: dict[str, int] = field(default_factory=dict)
    """Rows in use by ledger key."""


def home(office: Office) -> Home:
    """What the clerk should look at today."""
    year = office.today.year
    progress = status(office, year)
    safe = backup_state(office)
    with office.db.reading() as session:
        units = {
            ledger.about.key: session.scalar(
                select(func.count()).select_from(ledger).where(ledger.retired_at.is_(None))
            )
            or 0
            for ledger in (Enterprise, Village, Department)
        }
        waiting = {
            state: session.scalar(
                select(func.count())
                .select_from(Agreement)
                .where(Agreement.year == year, Agreement.state == state.value, Agreement.retired_at.is_(None))
            )
            or 0
            for state in (State.DRAFTED, State.ISSUED, State.SIGNED)
        }
        lying = session.scalar(select(func.count()).where(WaitingScan.settled_at.is_(None))) or 0
        re_sign = len(select_ids(session, Query("enterprise", marks=frozenset({RE_SIGN})), today=office.today))
        no_village = Query("enterprise", where=(Condition("village", "=", ""), Condition("status", "=", IN_OPERATION)))
        homeless = len(select_ids(session, no_village, today=office.today))
    todos: list[Todo] = _unsaved(office)
    if not any(units.values()):
        todos.append(Todo("import", "还没有企业、村居和部门，先导入名册", 0, "导入Excel"))
    undrafted = progress.total.due - progress.total.drafted if progress.kinds else sum(units.values())
    if undrafted > 0:
        todos.append(Todo("draft", f"{undrafted} 家单位还没有起草 {year} 年责任书", undrafted, "起草", year=year))
    this_year = Condition("year", "=", str(year))
    if waiting[State.DRAFTED]:
        query = Query("agreement", where=(this_year, Condition("state", "=", State.DRAFTED.value)))
        todos.append(
            Todo("print", f"{waiting[State.DRAFTED]} 份责任书还没有打印", waiting[State.DRAFTED], "打印", query, year)
        )
    if waiting[State.ISSUED]:
        query = Query("agreement", where=(this_year, Condition("state", "=", State.ISSUED.value)))
        late = "，已过截止日" if progress.total.overdue else ""
        todos.append(
            Todo(
                "chase",
                f"{waiting[State.ISSUED]} 份责任书打印了还没有签回{late}",
                waiting[State.ISSUED],
                "登记签订",
                query,
                year,
            )
        )
    if lying:
        todos.append(Todo("waiting_scans", f"{lying} 页扫描件认不出来，等着手工归档", lying, "去归档"))
    if re_sign:
        query = Query("enterprise", marks=frozenset({RE_SIGN}))
        todos.append(Todo("re_sign", f"{re_sign} 家企业的名称或负责人变了，责任书需要重签", re_sign, "查看", query))
    if homeless:
        todos.append(Todo("no_village", f"{homeless} 家在营企业没有写所属村", homeless, "补填", no_village))
    todos.extend(_certificates(office))
    if safe.tone != "ok" and any(units.values()):
        todos.append(Todo("backup", f"{safe.text}，请现在备份", 0, "立即备份"))
    return Home(tuple(todos), progress, safe, units)


def _unsaved(office: Office) -> list[Todo]:
    """Forms typed into and never saved, the newest first; of more than a few only the first few are named."""
    told: list[Todo] = []
    left = drafts.waiting(office)
    with office.db.reading() as session:
        for draft in left:
            ledger = ledger_named(draft.ledger)
            name = draft.values.get(ledger.about.title, "").strip()
            if draft.row_id is not None:
                record = session.get(ledger, draft.row_id)
                if record is None or record.retired_at is not None:
                    continue
                name = str(getattr(record, ledger.about.title) or "")
            what = f"{ledger.about.label}“{name}”" if name else f"一{ledger.about.counter}{ledger.about.label}"
            words = f"{'新增' if draft.row_id is None else '修改'}{what}填到一半没有保存（{draft.at:%m-%d %H:%M}）"
            told.append(Todo("unsaved", words, 1, "继续填", form=(draft.ledger, draft.row_id)))
    return told[:_MOST_NAMED]


def _certificates(office: Office) -> list[Todo]:
    """What `certificate_board.reminders` counts; the board's page shows the rows. Nothing is counted without certificates."""
    with office.db.reading() as session:
        any_there = select(Certificate.id).where(
            Certificate.retired_at.is_(None), Certificate.state == "valid", Certificate.ends_on.is_not(None)
        )
        if session.scalar(any_there.limit(1)) is None:
            return []
    return [
        Todo("certificate", f"{one.count} 本{one.text}", one.count, "查看")
        for one in certificate_board.reminders(office)
        if one.kind in _TOLD
    ]
