"""The store as a whole: init, office, backup, restore, check, audit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from anjian_desktop.cli.call import FILE, Call, OneOf, Whole, command, group
from anjian_desktop.cli.report import DONE, REFUSED, Answer, changed, table
from anjian_desktop.cli.values import assignments
from anjian_desktop.services import maintenance, recovery
from anjian_desktop.services.office import create_office
from anjian_desktop.services.office_profile import PROFILE_FIELDS, set_profile, show_profile
from anjian_desktop.services.recovery import Preview


@command("init")
@click.option("--office", "name", metavar="NAME", required=True, help="办公室名称，例如 示例镇安监办")
@click.option("--prefix", metavar="TEXT", default="示安责", help="编号代字，默认 示安责")
@click.option("--province", type=OneOf("全国", "山东"), default="全国", help="省份规则，默认 全国")
@click.option("--next-number", type=Whole(1, 999_999), default=1, help="本年已手工编过号时，从几号接着编")
def init_command(call: Call, name: str, prefix: str, province: str, next_number: int) -> Answer:
    """建立一个新的办公室（空的数据文件夹）。"""
    folder = call.folder
    with create_office(
        folder, name=name, prefix=prefix, province=province, next_number=next_number, today=call.today, actor=call.user
    ) as office:
        facts = show_profile(office)
    payload = {"folder": folder, "office": facts, "ids": [], "changed": ["office"]}
    return Answer(
        payload, [f"已建立“{facts['office']}”，数据在 {folder}。", "下一步：anjian import organizations 名册.xlsx"]
    )


office_command = group("office", "办公室信息：名称、甲方、负责人、编号代字等")


@command("show")
def show_command(call: Call) -> Answer:
    """显示办公室信息。"""
    with call.office() as office:
        facts = show_profile(office)
    rows = [(field.label, facts[field.key], field.key) for field in PROFILE_FIELDS]
    return Answer({**facts, "folder": call.folder}, table(("项目", "内容", "键"), rows, widest=60))


@command("set")
@click.argument("values", nargs=-1, required=True, metavar="KEY=VALUE")
def set_command(call: Call, values: tuple[str, ...]) -> Answer:
    """修改办公室信息，例如 leader=某某 copies=2。"""
    given = assignments(values)
    with call.office() as office:
        change = set_profile(office, given)
        facts = show_profile(office)
    told = "已保存。" if change.kinds else "内容和原来一样，没有改动。"
    return Answer({**changed(change), "office": facts}, [told])


office_command.add_command(show_command)
office_command.add_command(set_command)


@command("backup")
@click.argument("file", type=FILE, required=False, metavar="FILE")
def backup_command(call: Call, file: Path | None) -> Answer:
    """备份数据，并重新打开核对。"""
    with call.office() as office:
        made = maintenance.backup(office, file)
    payload = {"file": made.file, "sha256": made.sha256, "verified": made.verified, "counts": made.counts}
    lines = [f"已备份并核对：{made.file}", f"校验值 SHA-256：{made.sha256}", *_counts(made.counts)]
    return Answer(payload, lines, DONE if made.verified else REFUSED)


@command("pack")
@click.argument("file", type=FILE, metavar="FILE")
def pack_command(call: Call, file: Path) -> Answer:
    """打包带走：数据、附件、密钥打成一个文件，换电脑用；里面有个人信息，请妥善保管。"""
    with call.office() as office:
        made = maintenance.pack(office, file)
    payload = {
        "file": made.file,
        "sha256": made.sha256,
        "size": made.size,
        "verified": True,
        "counts": made.counts,
        "attachments": made.attachments,
        "missing": made.missing,
    }
    lines = [
        f"已打包并核对：{made.file}（{made.size / 1e6:.1f} MB，附件 {made.attachments} 个）",
        "新电脑上：安装程序，第一次打开时选“从备份开始”，或 anjian restore 这个文件。",
        "里面有完整的个人信息，没有加密，用完请删除。",
    ]
    if made.missing:
        lines.append(f"有 {len(made.missing)} 个附件的文件找不到或被改动过，没有打进去，登记内容都在。")
    return Answer(payload, lines, REFUSED if made.missing else DONE)


@command("restore")
@click.argument("file", type=FILE, required=False, metavar="FILE")
@click.option("--dry-run", is_flag=True, help="只核对备份、与现有数据比较，不恢复")
@click.option("--list", "listed", is_flag=True, help="列出可以恢复的备份和以前换下的数据")
def restore_command(call: Call, file: Path | None, dry_run: bool, listed: bool) -> Answer:
    """从备份、打包文件或拷出来的数据文件夹恢复；现有数据换下保留，可再换回来。"""
    if listed:
        return _kept_copies(call.folder)
    if file is None:
        raise click.MissingParameter(param_type="argument", param_hint="FILE")
    if dry_run:
        return _looked_into(recovery.look_into(call.folder, file))
    done = recovery.restore(call.folder, file, actor=call.user)
    with call.office() as office:
        # The store as it now stands, opened as at every start.
        counts = maintenance.counts(office)
    payload = {
        "file": file,
        "made_at": done.contents.made_at,
        "office": done.contents.office,
        "counts": counts,
        "kept": done.kept,
        "attachments_missing": len(done.missing),
        "numbers_kept": done.numbers,
        "ids": [],
        "changed": ["office", *counts],
    }
    lines = [f"已恢复并核对：{file.name}", f"各台账：{recovery.said_counts(counts)}"]
    if done.kept:
        lines += [f"原来的数据保留在 {done.kept}", f"恢复错了可以换回来：anjian restore {done.kept}"]
    lines += [f"{prefix}从 {n} 号接着编：前面的号在这份备份之后已经打印过。" for prefix, n in done.numbers.items()]
    if done.missing:
        lines.append(f"有 {len(done.missing)} 个附件的文件找不到，登记内容都在；找到后放回附件文件夹即可。")
    return Answer(payload, lines, REFUSED if done.missing else DONE)


def _kept_copies(folder: Path) -> Answer:
    found = recovery.kept_copies(folder)
    rows = [
        {
            "file": one.file,
            "made_at": one.made_at,
            "size": one.size,
            "counts": one.counts,
            "why": one.why,
            "verified": recovery.still_whole(one) and one.counts is not None,
            "replaced": one.replaced,
        }
        for one in found
    ]
    shown = [
        (
            f"{one.made_at:%Y-%m-%d %H:%M}",
            one.why,
            f"{one.size / 1e6:.1f} MB",
            "已校验" if row["verified"] else "已损坏",
            recovery.said_counts(one.counts),
            one.file.name,
        )
        for one, row in zip(found, rows, strict=True)
    ]
    lines = table(("时间", "来由", "大小", "校验", "内容", "文件"), shown, widest=60) if rows else ["还没有备份。"]
    return Answer({"backups": rows}, lines)


def _looked_into(shown: Preview) -> Answer:
    present = shown.present
    payload = {
        "file": shown.contents.name,
        "kind": shown.contents.kind,
        "made_at": shown.contents.made_at,
        "size": shown.contents.size,
        "office": shown.contents.office,
        "counts": shown.contents.counts,
        "verified": True,
        "present": present and {"office": present.office, "counts": present.counts},
        "other_office": shown.other_office,
        "attachments_missing": len(shown.missing),
    }
    lines = [
        f"备份完好：{shown.contents.name}（{shown.contents.office}）",
        f"备份里：{recovery.said_counts(shown.contents.counts)}",
        f"现在的：{recovery.said_counts(present.counts) if present else '没有数据，或读不出来'}",
    ]
    if shown.other_office and present:
        lines.append(f"注意：备份是“{shown.contents.office}”的，现在的数据是“{present.office}”的。")
    return Answer(payload, lines)


@command("check")
@click.option("--full", is_flag=True, help="连同所有附件的内容一起核对（较慢）")
@click.option("--repair", is_flag=True, help="先备份，再重建索引和搜索索引；修不了的说明原因")
def check_command(call: Call, full: bool, repair: bool) -> Answer:
    """检查数据是否完好。"""
    with call.office() as office:
        repaired = maintenance.repair(office, full=full) if repair else None
        found = repaired.after if repaired else maintenance.check(office, full=full)
        summary = maintenance.summary_differs(office) if found.integrity == "ok" else []
    ok = found.ok and not summary
    payload = {
        "ok": ok,
        "integrity": found.integrity,
        "foreign_keys": found.foreign_keys,
        "audit": found.audit,
        "rows_changed_outside": found.rows_changed_outside,
        "attachments": found.attachments,
        "training_summary": {"differing": summary},
        "counts": found.counts,
    }
    told = "数据完好。" if ok else "发现问题，请不要继续录入，先备份再联系维护人员："
    wrong = [] if ok else [f"  {key}：{value}" for key, value in payload.items() if key not in ("ok", "counts")]
    if summary:
        wrong.append(f"有 {len(summary)} 人的培训汇总与记录不一致，原始记录没有问题；用 anjian check --repair 重做。")
    if repaired:
        payload["repair"] = {"done": repaired.done, "left": repaired.left}
        wrong += [*repaired.done, *repaired.left]
    return Answer(payload, [told, *wrong, *_counts(found.counts)], DONE if ok else REFUSED)


audit_command = group("audit", "修改记录")


@command("verify")
def verify_command(call: Call) -> Answer:
    """核对修改记录有没有被动过。"""
    with call.office() as office:
        found = maintenance.audit_verify(office)
    payload = {"ok": found.ok, "entries": found.entries, "first_bad": found.first_bad, "head": found.head}
    good = f"修改记录完整，共 {found.entries} 条。"
    bad = f"修改记录从第 {found.first_bad} 条起对不上，可能被程序以外改动过。请先备份，再联系维护人员。"
    return Answer(payload, [good if found.ok else bad], DONE if found.ok else REFUSED)


audit_command.add_command(verify_command)


def _counts(counts: dict[str, int]) -> Sequence[str]:
    return ["各台账条数：" + "，".join(f"{key} {count}" for key, count in counts.items())] if counts else []
