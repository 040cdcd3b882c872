"""Certificates of the office's own classes: issue, print, void, reissue, verify."""

from __future__ import annotations

from pathlib import Path

import click

from anjian_desktop.cli.call import DAY, FILE, Call, Whole, command
from anjian_desktop.cli.progress import watching
from anjian_desktop.cli.report import DONE, REFUSED, Answer, changed, plain, table
from anjian_desktop.cli.values import conditions
from anjian_desktop.errors import UserError
from anjian_desktop.services import (
    browse,
    certificate_prints,
    certificate_scans,
    certificate_verifying,
    certificates,
    sessions,
)
from anjian_desktop.services.certificates import IssueOutcome

SESSION = click.option("--session", metavar="ID", help="哪一期培训：编号或名称")
REASON = click.option("--reason", metavar="TEXT", required=True, help="原因")
STATES = {
    "valid": "真实有效",
    "void": "已作废",
    "replaced": "已补发新证",
    "expired": "已过期",
    "unknown": "不是本办公室登记的",
    "forged": "伪造或被改过",
    "unreadable": "读不出来",
}


@command("issue")
@SESSION
@click.option("--where", multiple=True, metavar="条件", help="按培训记录筛选，如 企业名称=某厂")
@click.option("--valid-to", type=DAY, help="有效期至，不写为长期")
def issue_command(call: Call, session: str | None, where: tuple[str, ...], valid_to: object) -> Answer:
    """给本办公室班次里考核合格的人发培训合格证，编号不断号。"""
    if session is None and not where:
        raise UserError("没有说给谁发证。", next_step="请写 --session 班次，或 --where 条件。")
    with call.office() as office:
        session_id = sessions.find_session(office, session) if session is not None else None
        ids = (
            browse.ids(office, browse.Query("training_record", where=conditions("training_record", where)))
            if where
            else None
        )
        done = certificates.issue(office, session_id=session_id, record_ids=ids, valid_to=valid_to)  # type: ignore[arg-type]
    return _issued(done)


@command("print")
@click.argument("number", nargs=-1, metavar="[NUMBER …]")
@SESSION
@click.option("--out", type=FILE, required=True, metavar="DIR", help="存到哪个文件夹")
@click.option("--cards", is_flag=True, help="印成卡片，一张 A4 十张，带裁切线")
@click.option(
    "--start", type=Whole(1, 10), default=1, metavar="1-10", help="卡片从纸上第几个位置开始，用剩下的半张纸时用"
)
@click.option("--no-crop-marks", "bare", is_flag=True, help="卡片不印裁切线")
def print_command(
    call: Call, number: tuple[str, ...], session: str | None, out: Path, cards: bool, start: int, bare: bool
) -> Answer:
    """打印证书；不写编号时打印还没印过的。印过的再印，编号不变，注明补发。"""
    with call.office() as office, watching("打印") as step:
        session_id = sessions.find_session(office, session) if session is not None else None
        ids = certificates.find_certificates(office, number, session_id=session_id, cards=cards)
        done = certificate_prints.print_certificates(
            office, ids, out, cards=cards, start=start, crop_marks=not bare, step=step
        )
    payload = {
        "printed": done.printed,
        "reprinted": done.reprinted,
        "pages": done.pages,
        "files": list(done.files),
        "failed": plain(done.failed),
        "without_photo": list(done.without_photo),
        **changed(done.change),
    }
    lines = [f"已打印 {done.printed} 本，{done.pages} 页。", *(f"  {one}" for one in done.files)]
    if done.without_photo:
        lines.append(f"  {len(done.without_photo)} 本没有照片，留了贴照片的框：{'、'.join(done.without_photo[:10])}")
    lines += [f"  {one.item}：{one.problem}" for one in done.failed]
    return Answer(payload, lines, REFUSED if done.failed else DONE)


@command("void")
@click.argument("number", nargs=-1, required=True, metavar="NUMBER")
@REASON
def void_command(call: Call, number: tuple[str, ...], reason: str) -> Answer:
    """作废证书，编号不再使用。"""
    with call.office() as office:
        ids = certificates.find_certificates(office, number)
        change = certificates.void(office, ids, reason=reason)
    return Answer({**changed(change), "ids": ids}, [f"已作废 {len(ids)} 本。"])


@command("reissue")
@click.argument("number", metavar="NUMBER")
@REASON
def reissue_command(call: Call, number: str, reason: str) -> Answer:
    """补发：另给一个编号，原来那本不再有效。"""
    with call.office() as office:
        (row_id,) = certificates.find_certificates(office, [number])
        done = certificates.reissue(office, row_id, reason=reason)
    return _issued(done)


@command("verify")
@click.argument("code", metavar="CODE|FILE")
def verify_command(call: Call, code: str) -> Answer:
    """核验证书：二维码的文字、证书编号，或者照片、扫描件、PDF。"""
    with call.office() as office:
        found = certificate_verifying.verify(office, code)
    payload = {
        "valid": found.valid,
        "state": found.state,
        "number": found.number,
        "fields": found.fields,
        "problems": list(found.problems),
    }
    lines = [
        f"{found.number} {STATES[found.state]}。".strip(),
        *(f"  {key}：{text}" for key, text in found.fields.items()),
    ]
    return Answer(payload, [*lines, *(f"  {one}" for one in found.problems)], DONE if found.valid else REFUSED)


@command("attach")
@click.argument("row", type=Whole(1), metavar="ID")
@click.argument("file", type=FILE, metavar="FILE")
def attach_command(call: Call, row: int, file: Path) -> Answer:
    """给外单位发的一本证书附上照片、扫描件或 PDF。"""
    with call.office() as office:
        change = certificate_scans.attach(office, row, file)
        kept = certificate_scans.scans(office, row)
    payload = {**changed(change), "id": row, "scans": [{"name": one.name, "size": one.size} for one in kept]}
    return Answer(payload, [f"已附上，这本证书现有 {len(kept)} 个文件。"])


@command("register")
@click.option("--year", type=Whole(2000, 2179), help="哪一年，默认今年")
def register_command(call: Call, year: int | None) -> Answer:
    """编号登记簿：一年里发的每一本，作废、补发的也在；有没有断号。"""
    with call.office() as office:
        found = certificates.register(office, year or office.today.year)
    payload = {
        "year": found.year,
        "rows": [
            {"number": one.number, "n": one.n, "state": one.state, "worker": one.name, "issued_on": one.issued_on,
             "reason": one.reason}
            for one in found.rows
        ],
        "gaps": list(found.gaps),
    }  # fmt: skip
    rows = [(one.number, one.name, STATES[one.state], str(one.issued_on), one.reason) for one in found.rows]
    lines = table(("编号", "姓名", "状态", "发证日期", "原因"), rows)
    lines.append(f"断号：{'、'.join(map(str, found.gaps))}。" if found.gaps else f"共 {len(rows)} 本，没有断号。")
    return Answer(payload, lines, REFUSED if found.gaps else DONE)


OWN = (
    issue_command, print_command, void_command, reissue_command, verify_command, attach_command, register_command,
)  # fmt: skip


def _issued(done: IssueOutcome) -> Answer:
    payload = {
        "issued": [
            {"id": one.id, "number": one.number, "worker": one.name, "worker_id": one.worker_id} for one in done.issued
        ],
        "refused": plain(done.refused),
        **changed(done.change),
        "ids": [one.id for one in done.issued],
    }
    lines = [f"已发证 {len(done.issued)} 本。", *(f"  {one.number}" for one in done.issued[:20])]
    lines += [f"  {one.item}：{one.problem}" for one in done.refused]
    return Answer(payload, lines, REFUSED if done.refused else DONE)
