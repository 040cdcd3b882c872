"""Certificates: which end soon, what is to be done."""

from __future__ import annotations

import click

from anjian_desktop.cli.call import Call, Whole, command, group
from anjian_desktop.cli.own_certificates import OWN
from anjian_desktop.cli.report import Answer, table
from anjian_desktop.domain.identity import mask_identity_number
from anjian_desktop.domain.training import hours_number
from anjian_desktop.services import certificate_board
from anjian_desktop.services.certificate_board import LEAD_DAYS, BoardRow

certificates_command = group("certificates", "证书：到期、复审、发证、核验")

DAYS = click.option("--days", type=Whole(0, 36_500), help=f"往后看多少天，默认 {LEAD_DAYS}")


@command("expiring")
@DAYS
@click.option("--full-ids", "full", is_flag=True, help="证件号不打星号")
def expiring_command(call: Call, days: int | None, full: bool) -> Answer:
    """哪些证书过期了、快到期了、该复审没复审；最迟哪天申请换证。"""
    with call.office() as office:
        board = certificate_board.expiring(office, days=days)
    counts, (red, orange, yellow) = board.counts, board.bands
    lines = table(
        ("ID", "姓名", "单位", "证书类别", "项目", "有效期至", "状态", "天数", "最迟申请"),
        [
            (
                str(one.id), one.name, one.enterprise, one.certificate_kind, one.item, str(one.valid_to), one.state_text,
                str(one.days), str(one.apply_by or ""),
            )
            for one in board.rows
        ],
    )  # fmt: skip
    told = (
        f"已过期 {counts['expired']}，{red}天内 {counts['red']}，{orange}天内 {counts['orange']}，{yellow}天内 {counts['yellow']}，"
        f"有效 {counts['valid']}。"
    )
    payload = {"as_of": board.as_of, "counts": counts, "rows": [_row(one, full=full) for one in board.rows]}
    return Answer(payload, [*lines, told])


@command("remind")
@DAYS
def certificates_remind_command(call: Call, days: int | None) -> Answer:
    """近期要办的事，每一件都能在台账里按同样的条件列出来。"""
    with call.office() as office:
        found = certificate_board.reminders(office, days=days)
        as_of = office.today
    payload = {
        "as_of": as_of,
        "reminders": [
            {
                "kind": one.kind,
                "text": one.text,
                "count": one.count,
                "due_on": one.due_on,
                "ledger": one.ledger,
                "where": list(one.where),
            }
            for one in found
        ],
    }
    rows = [(one.text, str(one.count), str(one.due_on or "")) for one in found]
    return Answer(payload, table(("事项", "数量", "最近日期"), rows) if rows else ["近期没有要办的事。"])


remind_command = certificates_remind_command

for _command in (*OWN, expiring_command, certificates_remind_command):
    certificates_command.add_command(_command)


def _row(one: BoardRow, *, full: bool) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "identity_number": one.identity_number if full else mask_identity_number(one.identity_number),
        "worker": one.worker_id,
        "enterprise": one.enterprise,
        "certificate_kind": one.certificate_kind,
        "item": one.item,
        "number": one.number,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "days": one.days,
        "state": one.state,
        "state_text": one.state_text,
        "lapsed": one.lapsed,
        "apply_by": one.apply_by,
        "renewable": one.renewable,
        "years": [
            {
                "from": year.first,
                "to": year.last,
                "hours": hours_number(year.half_hours),
                "required_hours": hours_number(year.required),
                "short": hours_number(year.short),
            }
            for year in one.years
        ],
        "problems": [
            {
                "rule": problem.rule,
                "severity": problem.severity,
                "text": problem.text,
                "value": None if problem.half_hours is None else hours_number(problem.half_hours),
            }
            for problem in one.problems
        ],
    }
