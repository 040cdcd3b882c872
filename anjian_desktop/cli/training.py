"""Safety training: classes, marks, who lacks what."""

from __future__ import annotations

from pathlib import Path

import click

from anjian_desktop.cli.call import FILE, Call, Whole, command, group
from anjian_desktop.cli.import_answers import DRY_RUN, MAP, REPORT, SHEET, check_report
from anjian_desktop.cli.person_lists import list_answer
from anjian_desktop.cli.progress import watching
from anjian_desktop.cli.records import FULL_IDS
from anjian_desktop.cli.report import DONE, REFUSED, Answer, plain, table
from anjian_desktop.cli.values import assignments
from anjian_desktop.domain.rates import show_percent
from anjian_desktop.domain.training import LEVEL_LABELS, hours_number, hours_text
from anjian_desktop.errors import UserError
from anjian_desktop.services import person_file, records, sessions, training, training_papers, workers
from anjian_desktop.services.training import WorkerStanding
from anjian_desktop.services.training_papers import PaperPrint

training_command = group("training", "安全培训：班次、成绩、谁缺什么")
session_command = group("session", "培训班次")


@command("add")
@click.argument("values", nargs=-1, required=True, metavar="FIELD=VALUE")
def session_add_command(call: Call, values: tuple[str, ...]) -> Answer:
    """新增一期培训，例如 培训名称=新员工公司级培训 培训级别=公司级 开始日期=2026-03-02 学时=8。"""
    with call.office() as office:
        saved = records.add(office, "training_session", assignments(values))
    payload = {"id": saved.id, "changed": sorted(saved.change.kinds), "warnings": saved.warnings}
    return Answer(
        payload, [f"已新增培训班次，ID {saved.id}。", *(f"请注意：{text}" for text in saved.warnings.values())]
    )


@command("enrol")
@click.argument("session", metavar="SESSION")
@click.option("--organization", metavar="N", help="哪家企业或哪个村：编号或名称")
@click.option("--worker", "workers", type=Whole(1), multiple=True, metavar="N", help="人员编号")
def session_enrol_command(call: Call, session: str, organization: str | None, workers: tuple[int, ...]) -> Answer:
    """把还缺这一级培训的人都编进这一期；已经合格的自动略过。"""
    with call.office() as office:
        session_id = sessions.find_session(office, session)
        ids = list(workers) or sessions.candidates(
            office, session_id, organization=sessions.find_unit(office, organization)
        )
        done = sessions.enrol(office, session_id, ids)
    payload = {
        "session": session_id,
        "enrolled": len(done.added),
        "existing": len(done.existing),
        "ids": list(done.added),
        "changed": sorted(done.change.kinds),
    }
    return Answer(payload, [f"编进 {len(done.added)} 人，原来就有 {len(done.existing)} 人。"])


@command("show")
@click.argument("session", metavar="SESSION")
def session_show_command(call: Call, session: str) -> Answer:
    """一期培训的小结：应到、实到、合格率、是否全班同分。"""
    with call.office() as office:
        told = sessions.summary(office, sessions.find_session(office, session))
    payload = {
        "id": told.id,
        "name": told.name,
        "invited": told.invited,
        "attended": told.attended,
        "passed": told.passed,
        "pass_rate": told.pass_rate,
        "problems": [{"rule": one.rule, "severity": one.severity, "text": one.text} for one in told.problems],
    }
    lines = [
        f"{told.name}：应到 {told.invited} 人，实到 {told.attended} 人，合格 {told.passed} 人，合格率 {show_percent(told.pass_rate)}。",
        *(f"  {one.rule} {one.text}" for one in told.problems),
    ]
    return Answer(payload, lines)


for _command in (session_add_command, session_enrol_command, session_show_command):
    session_command.add_command(_command)


@command("marks")
@click.argument("session", metavar="SESSION")
@click.argument("file", type=FILE, metavar="FILE")
@SHEET
@MAP
@DRY_RUN
@REPORT
def marks_command(
    call: Call,
    session: str,
    file: Path,
    sheet: str | None,
    mapping: tuple[str, ...],
    dry_run: bool,
    report: Path | None,
) -> Answer:
    """从 Excel 登记一期培训的成绩；名单里没有的人同时编进这一期。"""
    check_report(report, (".xlsx", ".json"))
    with call.office() as office, watching("登记成绩") as step:
        done = sessions.import_marks(
            office,
            sessions.find_session(office, session),
            file,
            sheet=sheet,
            mapping=assignments(mapping),
            dry_run=dry_run,
            step=step,
        )
    return list_answer(done, report, dry_run=dry_run)


@command("status")
@click.option("--organization", metavar="N", help="哪家企业或哪个村：编号或名称")
@click.option("--worker", type=Whole(1), metavar="N", help="只看一个人：人员编号")
@click.option("--all", "everyone", is_flag=True, help="不缺培训的人也列出来")
def status_command(call: Call, organization: str | None, worker: int | None, everyone: bool) -> Answer:
    """谁缺哪一级培训、缺多少学时、按哪一条，以及全员培训率、持证率。"""
    with call.office() as office:
        unit = sessions.find_unit(office, organization)
        found = training.status(office, organization=unit, worker=worker, everyone=everyone)
    payload = {
        "as_of": found.as_of,
        "profile": found.profile,
        "workers": [_worker(one) for one in found.workers],
        "active": found.total.active,
        "complete": found.total.complete,
        "rates": {"full_coverage": found.total.full_coverage, "certified": found.total.certified_rate},
    }
    rows = [_words(one) for one in found.workers[:200]]
    lines = [
        *table(("ID", "姓名", "单位", "缺", "学时", "应有", "问题"), rows),
        *([f"……还有 {len(found.workers) - 200} 人，用 --json 看全部。"] if len(found.workers) > 200 else []),
        f"在职 {found.total.active} 人，缺培训或有问题的 {found.lacking} 人；"
        f"全员培训率 {show_percent(found.total.full_coverage)}，持证率 {show_percent(found.total.certified_rate)}。",
    ]
    return Answer(payload, lines)


@command("print-card")
@click.option("--worker", "workers", type=Whole(1), multiple=True, metavar="N", help="人员编号")
@click.option("--organization", metavar="N", help="哪家企业或哪个村的全部在职人员")
@click.option("--out", type=FILE, required=True, metavar="DIR", help="存到哪个文件夹")
def print_card_command(call: Call, workers: tuple[int, ...], organization: str | None, out: Path) -> Answer:
    """打印三级安全教育登记卡；先后不对、学时不可能的不能定稿，签名处留白手签。"""
    if not workers and organization is None:
        raise UserError("没有说打印谁的登记卡。", next_step="请写 --worker 人员编号，或 --organization 企业。")
    with call.office() as office, watching("打印") as step:
        ids = list(workers)
        if organization is not None:
            unit = sessions.find_unit(office, organization)
            ids += [one.id for one in training.status(office, organization=unit, everyone=True).workers]
        done = training_papers.print_cards(office, ids, out, step=step)
    return _paper(done, "登记卡")


@command("print-sign-in")
@click.option("--session", required=True, metavar="ID", help="哪一期培训：编号或名称")
@click.option("--out", type=FILE, required=True, metavar="DIR", help="存到哪个文件夹")
def print_sign_in_command(call: Call, session: str, out: Path) -> Answer:
    """打印一期培训的签到表，每页25行。"""
    with call.office() as office:
        done = training_papers.print_sign_in(office, sessions.find_session(office, session), out)
    return _paper(done, "签到表")


@command("photo")
@click.argument("worker", type=Whole(1), metavar="N")
@click.argument("file", type=FILE, metavar="FILE")
def photo_command(call: Call, worker: int, file: Path) -> Answer:
    """存一个人的照片（JPG、PNG、BMP），自动摆正、裁成1寸（2寸同一比例），印在登记卡和证书上。"""
    with call.office() as office:
        change = workers.set_photo(office, worker, file)
    return Answer({"id": worker, "changed": sorted(change.kinds)}, ["照片已存入，裁成1寸。"])


@command("print-file")
@click.argument("worker", type=Whole(1), metavar="N")
@click.argument("file", type=FILE, metavar="FILE.pdf")
@FULL_IDS
def print_file_command(call: Call, worker: int, file: Path, full: bool) -> Answer:
    """打印一个人的培训档案（一人一档）：岗位、各级培训、成绩、证书、照片；证件号码默认打星号。"""
    with call.office() as office:
        made = person_file.print_person_file(office, worker, full=full)
        written = made.write(file)
    payload = {"id": worker, "file": written, "pages": made.pages, "missing": made.missing}
    told = [f"这些字没有字体，印成了□：{'、'.join(made.missing)}"] if made.missing else []
    return Answer(payload, [f"已打印 {made.pages} 页：{written}", *told])


def _paper(done: PaperPrint, label: str) -> Answer:
    payload = {
        "printed": done.printed,
        "pages": done.pages,
        "files": list(done.files),
        "refused": plain(done.refused),
    }
    lines = [f"{label}：{done.printed} 人，{done.pages} 页。", *(f"  {one}" for one in done.files)]
    lines += [f"  {one.item}：{one.rule} {one.problem}" for one in done.refused]
    return Answer(payload, lines, REFUSED if done.refused else DONE)


training_command.add_command(session_command)
for _command in (
    marks_command,
    status_command,
    print_card_command,
    print_sign_in_command,
    print_file_command,
    photo_command,
):
    training_command.add_command(_command)


def _worker(one: WorkerStanding) -> dict[str, object]:
    standing = one.standing
    return {
        "id": one.id,
        "name": one.name,
        "enterprise": one.enterprise,
        "enterprise_id": one.enterprise_id,
        "missing_levels": [level.value for level in standing.missing_levels],
        "hours": hours_number(standing.half_hours),
        "hours_by_level": {level.value: hours_number(n) for level, n in standing.half_hours_by_level.items()},
        "required_hours": hours_number(standing.required),
        "fit_for_post": standing.fit,
        "earliest_finish": standing.earliest_finish,
        "tasks": [{"level": task.level.value, "rule": task.rule} for task in standing.tasks],
        "problems": [
            {
                "rule": problem.rule,
                "severity": problem.severity,
                "text": problem.text,
                "value": None if problem.half_hours is None else hours_number(problem.half_hours),
            }
            for problem in standing.problems
        ],
    }


def _words(one: WorkerStanding) -> tuple[str, ...]:
    standing = one.standing
    missing = "、".join(LEVEL_LABELS[level] for level in standing.missing_levels)
    problems = "；".join(f"{problem.rule} {problem.text}" for problem in standing.problems)
    hours = (hours_text(standing.half_hours), hours_text(standing.required))
    return (str(one.id), one.name, one.enterprise, missing, *hours, problems)
