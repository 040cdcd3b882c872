"""Paper of training: registration cards (三级安全教育登记卡) and sign-in sheets; never signed by the program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select

from anjian_desktop.domain.dates import chinese_date
from anjian_desktop.domain.identity import mask_phone
from anjian_desktop.domain.kinds import HIGH_HAZARD_FLAGS
from anjian_desktop.domain.rates import show_percent
from anjian_desktop.domain.training import CONTENTS, LEVEL_LABELS, THREE_LEVELS, Level, halves, hours_text
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.attachment import Attachment
from anjian_desktop.ledgers.organization import Enterprise
from anjian_desktop.ledgers.training import TrainingRecord, TrainingSession
from anjian_desktop.ledgers.worker import Worker
from anjian_desktop.services import layouts
from anjian_desktop.services.kept_standings import Kept
from anjian_desktop.services.office import Office
from anjian_desktop.services.office_profile import read_profile
from anjian_desktop.services.outcomes import RefusedItem
from anjian_desktop.services.print_files import safe_name
from anjian_desktop.services.progress import Step, no_step
from anjian_desktop.services.sessions import effective, participants, summary
from anjian_desktop.storage import attachments
from anjian_desktop.storage.files import write_atomically

BLANK = "　"
"""Blank paper where something is written by hand; an empty text would print a gap."""
_AGAIN_ROWS = 10

SIGN_IN_CODES = 30 * 36**5
"""Page codes of sign-in sheets count from here, far above any agreement's: filing scans tells both apart."""

PageCodes = Callable[[int, int], str]


@dataclass(frozen=True)
class PaperPrint:
    """The file written, its pages, and what a rule kept from paper."""

    files: tuple[Path, ...]
    printed: int
    pages: int
    refused: tuple[RefusedItem, ...] = ()


def print_cards(office: Office, worker_ids: Sequence[int], out: Path, *, step: Step = no_step) -> PaperPrint:
    """Registration cards of these persons, two pages each, in one PDF.

    A person whose levels are out of order or whose hours cannot be (T9, T7) gets none until that is corrected.
    """
    from anjian_desktop.documents.fonts import FontBook  # the document libraries: not at start
    from anjian_desktop.documents.papers import PaperPress
    from anjian_desktop.documents.pdf import PdfWriter

    wanted = list(dict.fromkeys(worker_ids))
    refused: list[RefusedItem] = []
    cards: list[tuple[str, dict[str, object], bytes | None]] = []
    with office.db.reading() as session:
        profile = read_profile(session)
        standing = Kept(session, office.today).standings(wanted)
        if gone := set(wanted) - {one.id for one in standing}:
            raise UserError(f"没有编号为 {min(gone)} 的在职人员。", next_step="请核对，离职的人员不再统计。")
        for position, stands in enumerate(standing):
            worker_id = stands.id
            step(position, len(wanted), stands.name)
            if wrong := [
                one for one in stands.standing.problems if one.rule in ("T7", "T9") and one.severity == "error"
            ]:
                refused.append(RefusedItem(stands.name, wrong[0].rule, wrong[0].text))
                continue
            worker = session.get_one(Worker, worker_id)
            unit = session.get_one(Enterprise, worker.enterprise_id)
            records = session.scalars(
                select(TrainingRecord)
                .where(TrainingRecord.worker_id == worker_id, TrainingRecord.retired_at.is_(None))
                .order_by(TrainingRecord.started_on, TrainingRecord.id)
            ).all()
            photo = session.get(Attachment, worker.photo_id) if worker.photo_id else None
            data = attachments.open_path(office.folder, photo.sha256).read_bytes() if photo else None
            cards.append((stands.name, _card(worker, unit, records, profile.pass_mark, office.today), data))
    fonts = FontBook.of_machine()
    press = PaperPress(layouts.current(office, "T1").data, fonts)
    laid_out = []
    for name, record, data in cards:
        laid = press.lay_out(record, photo=data)
        if laid.missing_glyphs:
            glyph = laid.missing_glyphs[0].char
            refused.append(RefusedItem(name, "missing_glyph", f"“{glyph}”没有字体能打印，请安装含这个字的字体"))
        else:
            laid_out.append(laid)
    if not laid_out:
        return PaperPrint((), 0, 0, tuple(refused))
    out.mkdir(parents=True, exist_ok=True)
    file = out / f"三级安全教育登记卡 {office.today}.pdf"
    with (
        write_atomically(file) as part,
        part.open("wb") as writing,
        PdfWriter(writing, fonts, title=file.stem) as writer,
    ):
        pages = sum(writer.add(laid, blank_back=True) for laid in laid_out)
    return PaperPrint((file,), len(laid_out), pages, tuple(refused))


def print_sign_in(office: Office, session_id: int, out: Path) -> PaperPrint:
    """The sign-in sheet of a class: 25 rows a page, the heading and a code on each; signatures are written by hand."""
    from anjian_desktop.documents.codes import page_code

    def code(page: int, pages: int) -> str:
        return page_code(office.store_tag, SIGN_IN_CODES + session_id, 1, page, pages)

    return _class_paper(office, session_id, out, "T2", "签到表", code)


def print_scores(office: Office, session_id: int, out: Path) -> PaperPrint:
    """Marks and results of a class, and its summary: the pass rate counts those who came (T17)."""
    return _class_paper(office, session_id, out, "T3", "成绩单", None)


def _class_paper(
    office: Office, session_id: int, out: Path, template: str, title: str, code: PageCodes | None
) -> PaperPrint:
    from anjian_desktop.documents.fonts import FontBook  # the document libraries: not at start
    from anjian_desktop.documents.papers import PaperPress
    from anjian_desktop.documents.pdf import PdfWriter

    everybody = participants(office, session_id)
    if not everybody:
        raise UserError("这一期培训还没有编入人员。", next_step=f"请先编入人员，再打印{title}。")
    told = summary(office, session_id)
    with office.db.reading() as session:
        held = session.get_one(TrainingSession, session_id)
        profile = read_profile(session)
        unit = session.get(Enterprise, held.enterprise_id) if held.enterprise_id else None
    people = [
        {
            "序号": str(n), "姓名": one.name, "单位名称": one.enterprise or BLANK, "岗位": one.post or BLANK,
            "成绩": f"{one.score.normalize():f}" if one.score is not None else BLANK,
            "结果": "缺考" if one.absent else BLANK if one.passed is None else "合格" if one.passed else "不合格",
        }
        for n, one in enumerate(everybody, 1)
    ]  # fmt: skip
    record: dict[str, object] = {
        "培训名称": held.name, "培训级别": LEVEL_LABELS[Level(held.level)], "培训开始": chinese_date(held.started_on),
        "培训结束": chinese_date(held.ended_on or held.started_on), "学时": hours_text(halves(held.class_hours)),
        "培训地点": held.place or BLANK, "组织单位": unit.name if unit else profile.office, "培训人": held.trainer or BLANK,
        "培训内容": held.content or BLANK, "考核方式": held.examined_by or BLANK, "合格分数线": str(profile.pass_mark),
        "应到": str(told.invited), "实到": str(told.attended), "合格": str(told.passed),
        "合格率": show_percent(told.pass_rate), "人员": people,
    }  # fmt: skip
    fonts = FontBook.of_machine()
    laid = PaperPress(layouts.current(office, template).data, fonts).lay_out(record)
    out.mkdir(parents=True, exist_ok=True)
    file = out / f"{safe_name(f'{title} {held.name}')}.pdf"
    with (
        write_atomically(file) as part,
        part.open("wb") as writing,
        PdfWriter(writing, fonts, title=file.stem) as writer,
    ):
        pages = writer.add(laid, page_code=code)
    return PaperPrint((file,), len(people), pages)


def _card(
    worker: Worker, unit: Enterprise, records: Sequence[TrainingRecord], mark: int, today: date
) -> dict[str, object]:
    """What a card says by placeholder; what is not known stays blank for the pen."""
    said: dict[str, str | None] = {
        "单位名称": unit.name, "填表日期": chinese_date(today), "编号": str(worker.id), "姓名": worker.name, "性别": worker.sex,
        "出生年月": worker.born_on.strftime("%Y-%m") if worker.born_on else None, "证件号码": worker.identity_number,
        "文化程度": worker.education, "联系电话": mask_phone(worker.phone) if worker.phone else None,
        "用工形式": worker.employment, "入厂日期": worker.hired_on.isoformat() if worker.hired_on else None,
        "车间": worker.workshop, "班组": worker.team, "岗位": worker.post, "是否特种作业": "是" if worker.special_work else "否",
        "分配到车间日期": None, "分配到班组日期": None,
        "上岗日期": next((one.post_on.isoformat() for one in records if one.post_on), None),
    }  # fmt: skip
    hazardous = not frozenset(HIGH_HAZARD_FLAGS).isdisjoint(unit.flags)
    own = [one for one in records if one.enterprise_id in (None, worker.enterprise_id) and not one.absent]
    for level in THREE_LEVELS:
        taken = [one for one in own if one.level == level and effective(one.passed, one.score, mark)]
        # Only what the record itself names as taught is ticked; the rest is for the pen.
        taught = " ".join(one.content or "" for one in taken)
        items = [one.text for one in CONTENTS[level] if hazardous or not one.high_hazard]
        label = LEVEL_LABELS[level]
        said[f"{label}内容"] = BLANK.join(f"{'√' if text in taught else '□'}{text}" for text in items)
        said[f"{label}日期"] = f"{taken[0].started_on}至{taken[-1].ended_on}" if taken else None
        said[f"{label}学时"] = hours_text(sum(halves(one.class_hours) for one in taken)) if taken else None
        marks = [one.score for one in taken if one.score is not None]
        said[f"{label}成绩"] = f"{marks[-1].normalize():f}" if marks else None
    again = [
        {
            "日期": one.started_on.isoformat(), "原工种": BLANK, "新工种": BLANK, "类别": LEVEL_LABELS[Level(one.level)],
            "内容": one.content or one.session or BLANK, "学时": hours_text(halves(one.class_hours)),
            "成绩": f"{one.score.normalize():f}" if one.score is not None else BLANK,
        }
        for one in records
        if Level(one.level) not in THREE_LEVELS
    ]  # fmt: skip
    empty = dict.fromkeys(("日期", "原工种", "新工种", "类别", "内容", "学时", "成绩"), BLANK)
    again += [dict(empty) for _ in range(_AGAIN_ROWS - len(again))]
    return {**{name: text or BLANK for name, text in said.items()}, "再教育": again}
