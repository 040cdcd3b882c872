"""One person's file (一人一档) on paper: who they are, their posts, every training with its mark, certificates, photo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.domain.certificate_kinds import kind_named
from anjian_desktop.domain.certificate_rules import LAPSED, is_lapsed, needs_re_examination
from anjian_desktop.domain.identity import mask_identity_number
from anjian_desktop.domain.training import LEVEL_LABELS, Level, halves, hours_text
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.base import fields_of
from anjian_desktop.ledgers.certificate import STATES, Certificate
from anjian_desktop.ledgers.organization import Enterprise
from anjian_desktop.ledgers.training import TrainingRecord
from anjian_desktop.ledgers.worker import Worker
from anjian_desktop.services import workers
from anjian_desktop.services.browse import RowView, read_rows
from anjian_desktop.services.kept_standings import Kept
from anjian_desktop.services.list_printing import PrintedList
from anjian_desktop.services.office import Office
from anjian_desktop.services.sessions import effective
from anjian_desktop.services.training import WorkerStanding

_Table = tuple[str, tuple[str, ...], tuple[float, ...], tuple[tuple[str, ...], ...]]


def print_person_file(office: Office, worker_id: int, *, full: bool = False) -> PrintedList:
    """A person's file as a PDF, A4 upright; identity number and phone are masked unless `full`, which is audited first.

    Raises UserError when the person is gone.
    """
    from anjian_desktop.documents.unit_card import CardSection, CardTable, card_pdf  # a heavy library behind it

    with office.db.reading() as session:
        found = read_rows(session, Worker, [worker_id], today=office.today)
        if not found or "retired" in found[0].marks:
            raise UserError("这个人已不在名册里。", next_step="请刷新列表（F5）。", code="gone")
        kept = Kept(session, office.today)
        standing = next(iter(kept.standings([worker_id])), None)
        sections = [CardSection(title, pairs) for title, pairs in _sections(found[0], standing, full=full)]
        tables = [CardTable(*table) for table in _tables(session, worker_id, kept.profile.pass_mark, office.today)]
    posts = tuple(
        (" ".join(part for part in (one.enterprise, one.workshop, one.team) if part), one.post, _day(one.from_on), _day(one.to_on))
        for one in workers.posts(office, worker_id)
    )  # fmt: skip
    if posts:
        tables.insert(0, CardTable("以前的岗位", ("企业、车间、班组", "岗位", "从", "到"), (5, 2.4, 1.6, 1.6), posts))
    if full:
        with office.db.transaction("打印完整信息", actor=office.actor) as tx:
            tx.note(f"从业人员第{worker_id}号的个人档案，含完整证件号码")
    made = card_pdf(
        "从业人员安全培训档案",
        sections,
        tables,
        subtitle=f"{office.profile.office}　一人一档",
        footer=f"打印日期 {office.today.isoformat()}{'' if full else '　证件号码、电话已打星号'}",
        portrait=workers.photo(office, worker_id),
    )
    return PrintedList(made.data, made.pages, 1, made.missing, landscape=False)


def _sections(
    view: RowView, standing: WorkerStanding | None, *, full: bool
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    texts = view.full if full else view.shown
    shown = [one for one in fields_of(Worker) if one.in_form and texts[one.key] and one.key != "note"]
    for group in dict.fromkeys(one.group for one in shown):
        yield group or "基本情况", tuple((one.label, texts[one.key]) for one in shown if one.group == group)
    if standing is None:
        return
    told = standing.standing
    missing = "、".join(LEVEL_LABELS[level] for level in told.missing_levels)
    yield (
        "培训情况",
        (
            ("初次培训学时", f"{hours_text(told.half_hours)}，应有 {hours_text(told.required)}"),
            ("三级教育完成", _day(told.finished_on) or "还没有完成"),
            ("还缺的培训", missing or "没有"),
            ("可以上岗", "是" if told.fit else "否"),
            *((f"{one.rule}", one.text) for one in told.problems),
        ),
    )


def _tables(session: Session, worker_id: int, pass_mark: int, today: date) -> Iterator[_Table]:
    records = session.execute(
        select(TrainingRecord, Enterprise.name)
        .outerjoin(Enterprise, Enterprise.id == TrainingRecord.enterprise_id)
        .where(TrainingRecord.worker_id == worker_id, TrainingRecord.retired_at.is_(None))
        .order_by(TrainingRecord.started_on, TrainingRecord.id)
    ).all()
    yield (
        "培训记录",
        ("日期", "级别", "培训名称", "单位", "学时", "成绩", "结果"),
        (2.0, 1.6, 3.4, 3.6, 0.9, 0.9, 1.2),
        tuple(_trained(record, unit or "", pass_mark) for record, unit in records) or (("", "", "还没有培训记录", "", "", "", ""),),
    )  # fmt: skip
    number = session.scalar(select(Worker.identity_number).where(Worker.id == worker_id)) or ""
    held = session.scalars(
        select(Certificate)
        .where(Certificate.identity_number == number, Certificate.retired_at.is_(None))
        .order_by(Certificate.ends_on, Certificate.id)
    ).all()
    if held:
        yield (
            "证书",
            ("证书类别", "作业项目", "证书编号", "有效期至", "状态"),
            (3.4, 2.0, 3.2, 1.8, 1.4),
            tuple(_certificate(one, number, today) for one in held),
        )


def _trained(record: TrainingRecord, unit: str, pass_mark: int) -> tuple[str, ...]:
    days = _day(record.started_on)
    if record.ended_on and record.ended_on != record.started_on:
        days += f" 至 {_day(record.ended_on)}"
    passed = effective(record.passed, record.score, pass_mark)
    result = "缺席" if record.absent else "" if passed is None else "合格" if passed else "不合格"
    mark = f"{record.score.normalize():f}" if record.score is not None else ""
    return (
        days, LEVEL_LABELS[Level(record.level)], record.session or "", unit, hours_text(halves(record.class_hours)), mark,
        result,
    )  # fmt: skip


def _certificate(one: Certificate, number: str, today: date) -> tuple[str, ...]:
    kind, begun = kind_named(one.certificate_kind), one.valid_from or one.issued_on
    state = STATES[one.state]
    if one.state == "valid" and one.ends_on is not None and one.ends_on < today:
        state = "已过期"
    elif (
        one.state == "valid"
        and needs_re_examination(kind)
        and begun
        and is_lapsed(begun, one.re_examined_on, today=today)
    ):
        state = LAPSED
    # A certificate's number is often made of its holder's.
    shown = one.number.replace(number, mask_identity_number(number)) if number else one.number
    return one.certificate_kind, one.item or "", shown, _day(one.ends_on), state


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def suggested_name(worker_id: int) -> str:
    """A file name without the person's name."""
    return f"从业人员培训档案 {worker_id}号.pdf"
