"""Whether this machine has what the program needs: for whoever installed it."""

from __future__ import annotations

from anjian_desktop.cli.call import Call, command
from anjian_desktop.cli.report import DONE, REFUSED, Answer
from anjian_desktop.services.selftest import run_selftest


@command("selftest")
def selftest_command(call: Call) -> Answer:
    """检查程序在这台电脑上能不能用（不动任何数据）。"""
    found = run_selftest(call.folder)
    payload = {
        "ok": found.ok,
        "version": found.version,
        "python": found.python,
        "qt": found.qt,
        "sqlite": found.sqlite,
        "system": found.system,
        "window": found.window,
        "fonts": found.fonts,
        "printers": found.printers,
        "folder": found.folder,
        "writable": found.writable,
        "store": found.store,
        "template": found.template,
        "pages": found.pages,
        "code": found.code,
        "problems": found.problems,
    }
    substituted = [f"{font['asked']}用{font['used']}" for font in found.fonts if font["asked"] != font["used"]]
    lines = [
        f"安监桌面 {found.version}　Python {found.python}　Qt {found.qt or '—'}　SQLite {found.sqlite}",
        f"系统：{found.system}　窗口：{found.window or '—'}",
        f"数据文件夹：{found.folder}（{'可以写入' if found.writable else '不能写入'}）",
        f"打印机：{'、'.join(found.printers) or '没有'}",
        f"代替的字体：{'，'.join(substituted) or '没有'}",
        *([f"  × {problem}" for problem in found.problems] or ["一切正常：建数据、填模板、排版、读页码标识都通过。"]),
    ]
    return Answer(payload, lines, DONE if found.ok else REFUSED)
