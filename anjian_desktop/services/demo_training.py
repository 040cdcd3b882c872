"""The sample town's training: lists go in, a class is held and marked, certificates, cards and reminders come out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from anjian_desktop.domain.kinds import IN_OPERATION
from anjian_desktop.domain.training import CONTENTS, LEVEL_LABELS
from anjian_desktop.ledgers.organization import Enterprise
from anjian_desktop.ledgers.worker import Worker
from anjian_desktop.services import (
    certificate_board,
    certificates,
    commendations,
    person_file,
    records,
    sessions,
    training_papers,
    training_tables,
    workers,
)
from anjian_desktop.services.certificate_prints import print_certificates
from anjian_desktop.services.office import Office
from anjian_desktop.services.person_imports import import_list

_UNITS = 30
_ISSUED = 10
_COMMENDED = 3
_LEARNERS = 15
_LEVELS = {label: level for level, label in LEVEL_LABELS.items()}


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
    make_sample_training(workbook, [name for _, name in chosen], newcomers=_LEARNERS, today=office.today)
    reading = (
        ("worker", WORKERS),
        ("training_record", TRAININGS),
        ("certificate", CERTIFICATES),
    )
    told = [import_list(office, kind, workbook, sheet=sheet).counts for kind, sheet in reading]
    first = chosen[0][0]
    issued, files = _hold_classes(office, out, first)
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


def _hold_classes(office: Office, out: Path, unit: int) -> tuple[int, tuple[Path, ...]]:
    """The three levels for one enterprise's newcomers, a day each: sign-in sheets, marks, ten certificates with photos."""
    from anjian_desktop.documents.sample_portraits import drawn_portrait  # the picture library: only here

    learners: list[int] = []
    files: list[Path] = []
    passed: list[int] = []
    for back, level in ((2, "公司级"), (1, "车间级"), (0, "班组级")):
        day = (office.today - timedelta(days=back)).isoformat()
        values = {
            "name": f"{office.today.year}年第一期新进人员{level}安全教育", "level": level, "enterprise": _name_of(office, unit),
            "started_on": day, "ended_on": day, "class_hours": "8", "place": "示例镇政府三楼会议室", "trainer": "安示例",
            "content": "、".join(one.text for one in CONTENTS[_LEVELS[level]]),
        }  # fmt: skip
        class_id = records.add(office, "training_session", values).id
        if not learners:
            learners = sessions.candidates(office, class_id)[-_LEARNERS:]
            for n, learner in enumerate(learners):
                workers.keep_photo(office, learner, drawn_portrait(n))
        sessions.enrol(office, class_id, learners)
        files += training_papers.print_sign_in(office, class_id, out).files
        marks: dict[int, dict[str, object]] = {}
        for n, one in enumerate(sessions.participants(office, class_id)):
            last = back == 0
            mark = "缺考" if last and n == 11 else "72" if last and n == 12 else str(82 + n * 5 % 17)
            marks[one.record_id] = {"score": mark}
        sessions.set_marks(office, class_id, marks)
        passed = [one.record_id for one in sessions.participants(office, class_id) if one.passed]
    files += training_papers.print_scores(office, class_id, out).files
    done = certificates.issue(office, record_ids=passed[:_ISSUED])
    ids = [one.id for one in done.issued]
    printed, cards = print_certificates(office, ids, out), print_certificates(office, ids, out, cards=True)
    files.append(
        person_file.print_person_file(office, learners[0]).write(out / person_file.suggested_name(learners[0]))
    )
    return printed.printed, (*files, *printed.files, *cards.files)


def _name_of(office: Office, unit: int) -> str:
    with office.db.reading() as session:
        return session.scalars(select(Enterprise.name).where(Enterprise.id == unit)).one()
