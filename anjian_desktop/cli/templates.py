"""Templates: check a Word file, add it, confirm what fills its places, merge one without a store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from anjian_desktop.cli.call import FILE, Call, command, group
from anjian_desktop.cli.progress import watching
from anjian_desktop.cli.report import DONE, REFUSED, Answer, changed, table
from anjian_desktop.cli.values import assignments
from anjian_desktop.errors import NoStore
from anjian_desktop.services import templates
from anjian_desktop.services.templates import TemplateCheck, TemplateRow, TemplateSaved

_DIALECTS = {"brace": "花括号", "mergefield": "合并域", "blank": "空格处"}

template_command = group("template", "责任书的 Word 模板：检查、加入、确认字段、合并")


@command("list")
def list_command(call: Call) -> Answer:
    """列出随程序的模板和本办公室的模板。"""
    try:
        with call.office() as office:
            found = templates.list_templates(office)
    except NoStore:
        found = templates.list_templates(None)
    payload = {"templates": [_row(one) for one in found]}
    rows = [(one.name, one.title, one.kind, str(one.edition), "、".join(one.placeholders)) for one in found]
    return Answer(payload, table(("模板", "名称", "类别", "版本", "占位符"), rows, widest=80))


@command("check")
@click.argument("file", type=FILE, metavar="FILE.docx")
def check_command(call: Call, file: Path) -> Answer:
    """检查一个 Word 文件：有哪些占位符、各由什么字段填、哪些认不出、哪些排不出来、用了什么字体。"""
    found = templates.check_file(file)
    return Answer(_checked(found), _told(found), _code(found))


@command("add")
@click.argument("file", type=FILE, metavar="FILE.docx")
@click.option("--name", metavar="NAME", required=True, help="模板名称；已有同名的就成为它的新版本")
@click.option("--kind", metavar="KIND", required=True, help="enterprise、village、department，或类别代码如 Z5")
def add_command(call: Call, file: Path, name: str, kind: str) -> Answer:
    """把 Word 文件加入为模板，文件原样保存。"""
    with call.office() as office:
        saved = templates.add_template(office, file, name=name, kind=kind)
    told = f"已加入“{saved.name}”第 {saved.edition} 版。" if saved.changed else "这个文件已经在用，没有改动。"
    return _saved(saved, told)


@command("bind")
@click.argument("name", metavar="NAME")
@click.argument("values", nargs=-1, required=True, metavar="PLACE=FIELD")
def bind_command(call: Call, name: str, values: tuple[str, ...]) -> Answer:
    """确认某一处由哪个字段填，例如 正文第3段第1处=单位名称；字段留空就取消。"""
    given = assignments(values)
    with call.office() as office:
        saved = templates.bind(office, name, given)
    told = f"“{saved.name}”现在是第 {saved.edition} 版；已打印的责任书不变。" if saved.changed else "没有改动。"
    return _saved(saved, told)


@command("render")
@click.argument("file", type=FILE, metavar="FILE.docx")
@click.option(
    "--data", "rows", type=FILE, required=True, metavar="ROW.json", help="一个对象，或由对象组成的列表（文件按序编号）"
)
@click.option("--out", type=FILE, required=True, metavar="FILE.docx|FILE.pdf", help="写到哪里")
def render_command(call: Call, file: Path, rows: Path, out: Path) -> Answer:
    """用 JSON 里的内容合并一个 Word 文件，写成 Word 或 PDF。"""
    with watching("合并") as step:
        files, missing = templates.render(file, rows, out, step=step)
    lines = [f"已写出 {len(files)} 个文件：{files[0]}" + (" 等" if len(files) > 1 else "")]
    lines += [f"  {name}：没有内容、印成空格的有 {'、'.join(names)}" for name, names in missing.items()]
    payload = {"files": files, "missing": [{"file": name, "names": names} for name, names in missing.items()]}
    return Answer(payload, lines)


for _command in (list_command, check_command, add_command, bind_command, render_command):
    template_command.add_command(_command)


def _row(one: TemplateRow) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "title": one.title,
        "kind": one.kind,
        "edition": one.edition,
        "version": one.sha256,
        "file": one.file_name,
        "shipped": one.id is None,
        "placeholders": one.placeholders,
    }


def _saved(saved: TemplateSaved, told: str) -> Answer:
    payload = {
        **changed(saved.change),
        "id": saved.id,
        "name": saved.name,
        "edition": saved.edition,
        **_checked(saved.check),
    }
    return Answer(payload, [told, *_told(saved.check)], _code(saved.check))


def _checked(found: TemplateCheck) -> dict[str, object]:
    return {
        "placeholders": found.placeholders,
        "unknown": found.unknown,
        "not_laid_out": [{"feature": feature, "place": place} for feature, place in found.not_laid_out],
        "fonts": [{"asked": asked, "used": used} for asked, used in found.fonts],
        "properties": [{"name": name, "value": value} for name, value in found.properties],
        "pages": found.pages,
    }


def _code(found: TemplateCheck) -> int:
    return REFUSED if found.unknown or found.not_laid_out else DONE


def _told(found: TemplateCheck) -> Sequence[str]:
    rows = [
        (
            one.name,
            _DIALECTS[one.dialect],
            one.place,
            one.field + ("" if one.confirmed or not one.field else "（待确认）"),
        )
        for one in found.placeholders
    ]
    lines = [*table(("占位符", "写法", "位置", "字段"), rows, widest=36), f"共 {found.pages} 页。"]
    for unknown in found.unknown:
        close = f"，是不是“{unknown.nearest}”？" if unknown.nearest else "。"
        lines.append(f"认不出：“{unknown.name}”（{unknown.place}）{close}")
    lines += [f"排不出来：{feature}（{place}）" for feature, place in found.not_laid_out]
    lines += [f"没有字体“{asked}”，用“{used}”代替" for asked, used in found.fonts if asked != used]
    lines += [f"文件属性里写着{name}：{value}" for name, value in found.properties]
    return lines
