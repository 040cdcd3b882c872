"""A Word file as PDF. Needs no store."""

from __future__ import annotations

from pathlib import Path

import click

from anjian_desktop.cli.call import FILE, Call, command
from anjian_desktop.cli.report import DONE, REFUSED, Answer
from anjian_desktop.services.conversion import convert


@command("convert")
@click.argument("source", type=FILE, metavar="FILE.docx")
@click.argument("target", type=FILE, metavar="FILE.pdf")
def convert_command(call: Call, source: Path, target: Path) -> Answer:
    """把 Word 文件排版成 PDF，不需要装 Word。"""
    done = convert(source, target)
    payload = {
        "file": done.file,
        "pages": done.pages,
        "not_laid_out": [{"feature": feature, "place": place} for feature, place in done.not_laid_out],
        "fonts": [{"asked": asked, "used": used} for asked, used in done.fonts],
    }
    lines = [f"已写出 {done.pages} 页：{done.file}"]
    lines += [f"  没有排出来：{feature}（{place}）" for feature, place in done.not_laid_out]
    lines += [f"  没有字体“{asked}”，用“{used}”代替" for asked, used in done.fonts if asked != used]
    return Answer(payload, lines, REFUSED if done.not_laid_out else DONE)
