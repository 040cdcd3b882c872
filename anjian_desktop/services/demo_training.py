"""The sample town's training: lists go in, a class is held and marked, certificates, cards and reminders come out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from anjian_desktop.domain.kinds import IN_OPERATION
from anjian_desktop.ledgers.organization import Enterprise
from anjian_desktop.ledgers.worker import Worker
from anjian_desktop.services import (
    certificate_board,
    certificates,
    commendations,
    records,
    sessions,
    training_papers,
    training_tables,
)
from anjian_desktop.services.certificate_prints import print_certificates
from anjian_desktop.services.office import Office
from anjian_desktop.services.person_imports import import_list

_UNITS = 30
_ISSUED = 10
_COMMENDED = 3


@dataclass(frozen=True)
class DemoTraining:
    """What went in by list, how many rows were refused, certificates issued here, and the files written."""

    workers: int
    training_records: int
    certificates: int
    refused: int
    issued: int
    files: tuple[Path, ...]
    commended: int = 0


def run_training(office: Office, out: Path, *, units: int = _UNITS) -> DemoTraining:
    """Train some of the town's enterprises (the first `units` with a credit code); papers go to `out`."""
    from anjian_desktop.exchange.sample_training import (  # the spreadsheet library: only here
        CERTIFICATES,
        TRAININGS,
        WORKERS,
        make_sample_training,
    )

    with office.db.reading() as session:
        wanted = select(Enterprise.id, Enterprise.name).where(
            Enterprise.retired_at.is_(None), Enterprise.status == IN_OPERATION, Enterprise.credit_code.is_not(None)
        )
        chosen = session.execute(wanted.order_by(Enterprise.id).limit(units)).all()
    workbook = out / "示例镇从业人员和培训台账.xlsx"
    out.mkdir(parents=True, exist_ok=True)
    make_sample_training(workbook, [name for _, name in chosen], today=office.today)
    reading = (
        ("worker", WORKERS),
        ("training_record", TRAININGS),
        ("certificate", CERTIFICATES),
    )
    told = [import_list(office, kind, workbook, sheet=sheet).counts for kind, sheet in reading]
    first = chosen[0][0]
    issued, files = _hold_class(office, out, first)
    with office.db.reading() as session:
        staff = list(session.scalars(select(Worker.id).where(Worker.enterprise_id == first).order_by(Worker.id)))
    cards = training_papers.print_cards(office, staff, out)
    board = certificate_board.expiring(office)
    due = [one for one in board.rows if one.enterprise]
    reminders: tuple[Path, ...] = ()
    if due:
        reminders = (training_tables.print_reminders(office, out / "证书到期提醒单.pdf", due).file,)
    commended, awards = _commend(office, out)
    return DemoTraining(
        workers=told[0]["new"],
        training_records=told[1]["new"],
        certificates=told[2]["new"],
        refused=sum(counts["refused"] for counts in told),
        issued=issued,
        files=(workbook, *files, *cards.files, *reminders, *awards),
        commended=commended,
    )


def _commend(office: Office, out: Path) -> tuple[int, tuple[Path, ...]]:
    """Last year's best: three enterprises get a 奖状, printed as on stock."""
    with office.db.reading() as session:
        wanted = select(Enterprise.id).where(Enterprise.retired_at.is_(None), Enterprise.status == IN_OPERATION)
        chosen = list(session.scalars(wanted.order_by(Enterprise.id).limit(_COMMENDED)))
    drafts = commendations.draft(
        office, "enterprise", chosen, award="安全生产先进单位", year=office.today.year - 1
    ).done
    printed = commendations.print_commendations(office, drafts, out)
    return printed.issued, printed.files


def _hold_class(office: Office, out: Path, unit: int) -> tuple[int, tuple[Path, ...]]:
    """A class for one enterprise today: sign-in sheet, marks typed, ten certificates issued and printed."""
    day = office.today.isoformat()
    values = {
        "name": f"{office.today.year}年第一期岗位安全培训", "level": "四新", "started_on": day, "ended_on": day,
        "class_hours": "4", "place": "示例镇政府三楼会议室", "trainer": "安示例",
    }  # fmt: skip
    class_id = records.add(office, "training_session", values).id
    with office.db.reading() as session:
        staff = list(session.scalars(select(Worker.id).where(Worker.enterprise_id == unit).order_by(Worker.id)))
        more = list(session.scalars(select(Worker.id).where(Worker.enterprise_id != unit).order_by(Worker.id).limit(5)))
    sessions.enrol(office, class_id, [*staff, *more])
    sheet = training_papers.print_sign_in(office, class_id, out)
    marks: dict[int, dict[str, object]] = {}
    for n, one in enumerate(sessions.participants(office, class_id)):
        marks[one.record_id] = {"score": "缺考" if n == 11 else "72" if n == 12 else str(82 + n * 5 % 17)}
    sessions.set_marks(office, class_id, marks)
    scores = training_papers.print_scores(office, class_id, out)
    passed = [one.record_id for one in sessions.participants(office, class_id) if one.passed]
    done = certificates.issue(office, record_ids=passed[:_ISSUED])
    ids = [one.id for one in done.issued]
    printed, cards = print_certificates(office, ids, out), print_certificates(office, ids, out, cards=True)
    return printed.printed, (*sheet.files, *scores.files, *printed.files, *cards.files)
