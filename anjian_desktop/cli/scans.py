"""Scanned paper that comes back: file every page to its agreement or class."""

from __future__ import annotations

from pathlib import Path

import click

from anjian_desktop.cli.call import FILE, Call, command
from anjian_desktop.cli.progress import watching
from anjian_desktop.cli.report import DONE, REFUSED, Answer, changed
from anjian_desktop.services import scans
from anjian_desktop.services.scan_sets import AGREEMENT, FiledSet
from anjian_desktop.services.scans import ScanOutcome


@command("file-scans")
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE …")
def file_scans_command(call: Call, files: tuple[Path, ...]) -> Answer:
    """归档扫描件：按每页的页码标识归到责任书或签到表，页数齐了就算已归档。"""
    with call.office() as office, watching("读扫描件") as step:
        done = scans.file_scans(office, files, step=step)
    payload = {
        "read": done.read,
        "filed": done.filed,
        "blank": done.blank,
        "foreign": done.foreign,
        "queued": len(done.queue),
        "duplicate": done.duplicate,
        "agreements": [_paper(one, "number") for one in done.sets if one.ledger == AGREEMENT],
        "sessions": [_paper(one, "name") for one in done.sets if one.ledger != AGREEMENT],
        "queue": [{"id": one.id, "file": one.file, "page": one.page, "reason": one.reason} for one in done.queue],
        **changed(done.change),
        "ids": [one.id for one in done.sets if one.ledger == AGREEMENT],
    }
    return Answer(payload, _told(done), REFUSED if done.queue or done.missing else DONE)


def _paper(one: FiledSet, name: str) -> dict[str, object]:
    found: dict[str, object] = {
        "id": one.id,
        name: one.name,
        "state": one.state,
        "pages": one.pages,
        "missing_pages": list(one.missing_pages),
    }
    return found | ({"date_assumed": True} if one.date_assumed else {})


def _told(done: ScanOutcome) -> list[str]:
    lines = [
        f"读 {done.read} 页：归档 {done.filed} 页，空白 {done.blank} 页，重复 {done.duplicate} 页，"
        f"别处的 {done.foreign} 页，待处理 {len(done.queue)} 页。"
    ]
    if lacking := [one for one in done.sets if one.missing_pages]:
        lines.append(f"还缺页的 {len(lacking)} 份，状态没有变：")
        lines += [f"  {one.name}：缺第 {'、'.join(map(str, one.missing_pages))} 页" for one in lacking[:50]]
    if done.queue:
        lines.append("没有归档的页，已存下待处理：")
        lines += [f"  {one.file} 第 {one.page} 页：{one.reason}" for one in done.queue[:50]]
    return lines
