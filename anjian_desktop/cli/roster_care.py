"""Care of the roster: duplicates, the responsibility network, who was principal when, the recycle bin."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from anjian_desktop.cli.call import DAY, FILE, Call, OneOf, command, group
from anjian_desktop.cli.records import ROW_ID
from anjian_desktop.cli.report import DONE, REFUSED, Answer, changed, table
from anjian_desktop.domain.kinds import UNIT_ROLES
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.base import field_of
from anjian_desktop.ledgers.registry import ledger_named
from anjian_desktop.services import browse, duplicates, merging_units, network, recycle_bin, tenures

if TYPE_CHECKING:
    from anjian_desktop.services.office import Office

duplicates_command = group("duplicates", "重复的单位：列出、合并、撤销合并、标为不是重复。")


@command("list")
def _list(call: Call) -> Answer:
    """列出可能重复的单位：代码相同、名称相同、地址和经营者相同。"""
    with call.office() as office:
        found = duplicates.find_duplicates(office)
    lines = []
    for one in found:
        lines.append(f"{one.words}：{one.value}")
        lines += table(
            ("ID", "名称", "信用代码", "所属村", "地址", "负责人", "责任书"),
            [
                (str(u.id), u.name, u.credit_code, u.village, u.address, u.principal, str(u.agreements))
                for u in one.units
            ],
        )
    payload = {"groups": [{"reason": one.reason, "value": one.value, "units": list(one.units)} for one in found]}
    return Answer(payload, [*lines, f"共 {len(found)} 组。"])


@command("merge")
@click.argument("keep", type=ROW_ID, metavar="KEEP")
@click.argument("other", type=ROW_ID, metavar="OTHER")
@click.option("--take", multiple=True, metavar="FIELD", help="这几项用 OTHER 的")
@click.option("--leave", multiple=True, metavar="FIELD", help="这几项 KEEP 空着，也不用 OTHER 的")
@click.option("--dry-run", is_flag=True, help="只看会怎样，不合并")
def _merge(call: Call, keep: int, other: int, take: tuple[str, ...], leave: tuple[str, ...], dry_run: bool) -> Answer:
    """把 OTHER 并入 KEEP：责任书、附件、任职记录都带过去，OTHER 移到回收站。"""
    with call.office() as office:
        seen = merging_units.preview_merge(office, keep, other)
        if dry_run:
            lines = [f"补上 {label}：{value}" for label, value in seen.fills]
            lines += [f"{one.label}：保留“{one.kept}”，另一个是“{one.other}”" for one in seen.differs]
            lines += [f"带过来 {label} {count} 条" for label, count in seen.moves]
            return Answer({"preview": seen}, [*lines, *seen.conflicts], REFUSED if seen.conflicts else DONE)
        taken, left = ({_key(name) for name in names} for names in (take, leave))
        done = merging_units.merge(office, keep, other, take=taken, leave=left)
    payload = {**changed(done.change), "id": done.id, "kept": keep, "retired": other, "moved": done.moved}
    return Answer(
        payload,
        [f"“{seen.other_name}”已并入“{seen.kept_name}”，带过来 {done.moved} 条；撤销用 duplicates undo {done.id}。"],
    )


@command("undo")
@click.argument("merge_id", type=ROW_ID, metavar="ID", required=False)
def _undo(call: Call, merge_id: int | None) -> Answer:
    """撤销合并（默认最近一次）；合并后又改过的不动，列出来。"""
    with call.office() as office:
        done = merging_units.undo_merge(office, merge_id)
    payload = {**changed(done.change), "id": done.id, "moved": done.moved, "stayed": list(done.kept_rows)}
    lines = [f"已撤销合并 {done.id}，送回 {done.moved} 条。", *(f"没有动：{one}" for one in done.kept_rows)]
    return Answer(payload, lines, REFUSED if done.kept_rows else DONE)


@command("apart")
@click.argument("units", type=ROW_ID, metavar="ID", nargs=-1)
@click.option("--again", is_flag=True, help="取消“不是重复”，重新列出来")
def _apart(call: Call, units: tuple[int, ...], again: bool) -> Answer:
    """标为不是重复，以后不再列出；不写 ID 时列出标过的。"""
    with call.office() as office:
        if not units:
            pairs = duplicates.told_apart(office)
            rows = [(str(one.id), one.first, one.second, f"{one.at:%Y-%m-%d %H:%M}", one.actor) for one in pairs]
            return Answer(
                {"pairs": pairs}, [*table(("ID", "单位", "单位", "时间", "操作人"), rows), f"共 {len(pairs)} 对。"]
            )
        if again:
            change = duplicates.ask_again(office, duplicates.pairs_among(office, units))
        else:
            change = duplicates.tell_apart(office, units)
    return Answer(changed(change), ["已取消“不是重复”。" if again else "已标为不是重复。"])


for each in (_list, _merge, _undo, _apart):
    duplicates_command.add_command(each)


@command("network")
@click.option("--out", type=FILE, metavar="FILE", help="另存为 .xlsx 或 .pdf")
@click.option("--gaps-only", is_flag=True, help="只要缺人的")
def network_command(call: Call, out: Path | None, gaps_only: bool) -> Answer:
    """责任网络 镇→管区→村→单位，以及没有负责人或电话的节点。"""
    with call.office() as office:
        found = network.responsibility_network(office)
        if out is not None:
            _write(office, out, gaps_only)
    gaps = [
        {"level": gap.node.level, "ledger": gap.node.ledger, "id": gap.node.id, "name": gap.node.name, "above": gap.above, "missing": gap.words}
        for gap in found.gaps
    ]  # fmt: skip
    payload: dict[str, object] = {"units": found.town.units, "gaps": gaps}
    if not gaps_only:
        payload["town"] = found.town
    lines = table(
        ("层级", "名称", "上级", "缺什么"),
        [(network.LEVELS[g.node.level], g.node.name, g.above, g.words) for g in found.gaps],
    )
    told = [f"{found.town.units} 个单位，{len(gaps)} 个节点缺人或电话。", *([f"已保存：{out}"] if out else [])]
    return Answer({**payload, "file": out} if out else payload, [*(lines if gaps else []), *told])


@command("tenures")
@click.argument("unit_id", type=ROW_ID, metavar="ID")
@click.option("--on", "day", type=DAY, help="只问这一天是谁")
@click.option("--role", type=OneOf(*UNIT_ROLES), metavar="ROLE", help="只问这个职责，默认主要负责人（principal）")
def tenures_command(call: Call, unit_id: int, day: date | None, role: str | None) -> Answer:
    """一个单位历任的主要负责人、法定代表人、安全管理员，自何日至何日。"""
    with call.office() as office:
        if day is not None:
            one = tenures.principal_on(office, unit_id, day, role=role or "principal")
            found = [one] if one else []
        else:
            found = [one for one in tenures.holders(office, unit_id) if role in (None, one.role)]
    rows = [
        {
            "id": one.id,
            "role": one.role,
            "name": one.name,
            "phone": one.shown_phone,
            "from": one.from_on,
            "to": one.to_on,
        }
        for one in found
    ]
    lines = table(("职责", "姓名", "电话", "起止"), [(one.label, one.name, one.shown_phone, one.term) for one in found])
    return Answer({"id": unit_id, "rows": rows}, lines if found else ["没有记录。"])


@command("recycle-bin")
@click.option("--ledger", default="", metavar="LEDGER", help="只看这本台账")
def recycle_bin_command(call: Call, ledger: str) -> Answer:
    """回收站里有什么，何时、由谁移进来；恢复用 restore-row。"""
    with call.office() as office:
        found = recycle_bin.bin_rows(office, ledger=ledger)
    lines = table(
        ("台账", "ID", "名称", "时间", "操作人", "并入"),
        [
            (one.label, str(one.id), one.title, f"{one.retired_at:%Y-%m-%d %H:%M}", one.actor, one.merged_into)
            for one in found.rows
        ],
    )
    return Answer({"total": found.total, "rows": list(found.rows)}, [*lines, f"共 {found.total} 条。"])


def _write(office: Office, out: Path, gaps_only: bool) -> None:
    if out.suffix.lower() == ".pdf":
        network.print_network(office, gaps_only=gaps_only).write(out)
    elif out.suffix.lower() == ".xlsx":
        network.export_network(office, out, gaps_only=gaps_only)
    else:
        raise UserError(f"文件名应以 .xlsx 或 .pdf 结尾，这里是“{out.name}”。")


def _key(name: str) -> str:
    """A field's key from its key or label, of whatever kind the unit is."""
    for about in browse.ledgers():
        if about.key in ("enterprise", "village", "department") and (found := field_of(ledger_named(about.key), name)):
            return found.key
    raise UserError(f"没有“{name}”这一项。")
