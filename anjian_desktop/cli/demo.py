"""The sample town, start to end: roster in, agreements out, figures with seconds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from anjian_desktop.cli.call import FILE, Call, command
from anjian_desktop.cli.progress import watching
from anjian_desktop.cli.report import Answer
from anjian_desktop.launching import window_command
from anjian_desktop.services.demo import run_demo


@command("demo")
@click.option("--out", type=FILE, default=Path("示例镇"), metavar="DIR", help="放示例文件的文件夹，默认 ./示例镇")
@click.option("--no-window", is_flag=True, help="做完不打开窗口")
@click.option("--again", is_flag=True, help="替换上一次的示例（只替换带示例标记的文件夹）")
def demo_command(call: Call, out: Path, no_window: bool, again: bool) -> Answer:
    """示例镇：导入名册、起草、打印全年责任书，从头到尾做一遍。"""
    # Never the office's own store, so the environment's folder does not count here.
    folder = call.data.absolute() if call.data else out.absolute() / "data"
    with watching("示例镇") as step:
        done = run_demo(out, folder, again=again, today=call.today, step=step)
    payload = {
        "organizations": done.organizations,
        "refused": done.refused,
        "agreements": done.agreements,
        "pages": done.pages,
        "files": list(done.files),
        "seconds": done.seconds,
        "stages": done.stages,
        "signed": done.signed,
        "sheets": done.sheets,
        "first_number": done.first_number,
        "last_number": done.last_number,
        "data": done.data,
        "workers": done.training.workers,
        "training_records": done.training.training_records,
        "certificates": done.training.certificates,
        "certificates_issued": done.training.issued,
        "commendations": done.training.commended,
        "papers": list(done.training.files),
    }
    if not no_window and _has_screen():
        _open_window(folder, call)
    lines = [
        f"单位 {done.organizations} 个，拒收 {done.refused} 行（原因写在未导入的行.xlsx 里）。",
        f"责任书 {done.agreements} 份（{done.first_number} 至 {done.last_number}），共 {done.pages} 页，已登记签订 {done.signed} 份。",
        f"从业人员 {done.training.workers} 人，培训记录 {done.training.training_records} 条，证书 {done.training.certificates} 本，"
        f"拒收 {done.training.refused} 行，新发培训合格证 {done.training.issued} 本、奖状 {done.training.commended} 张。",
        *(f"  {name:　<6} {seconds:7.2f} 秒" for name, seconds in done.stages.items()),
        f"共用 {done.seconds:.1f} 秒。文件在 {out.absolute()}，数据在 {done.data}。",
    ]
    return Answer(payload, lines)


def _has_screen() -> bool:
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open_window(folder: Path, call: Call) -> None:
    """In a process of its own: the command line knows no Qt, and ends while the window stays."""
    options = ["--data", str(folder), *(["--today", call.today.isoformat()] if call.today else [])]
    quiet = subprocess.DEVNULL
    subprocess.Popen([*window_command(), *options], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
