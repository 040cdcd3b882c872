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
from anjian_desktop.services import layouts, templates
from anjian_desktop.services.template_checks import TemplateCheck
from anjian_desktop.services.templates import TemplateRow, TemplateSaved

_DIALECTS = {"brace": "花括号", "mergefield": "合并域", "blank": "空格处"}

template_command = group("template", "责任书、证书和表格的 Word 模板：检查、加入、选用、确认字段、合并")


@command("list")
def list_command(call: Call) -> Answer:
    """列出随程序的模板和本办公室的模板。"""
    try:
        with call.office() as office:
            found = templates.list_templates(office)
    except NoStore:
        found = templates.list_templates(None)
    payload = {"templates": [_row(one) for one in found]}
    rows = [
        (one.name, one.title, one.kind, str(one.edition), "是" if one.current else "", "、".join(one.placeholders))
        for one in found
    ]
    return Answer(payload, table(("模板", "名称", "类别", "版本", "现用", "占位符"), rows, widest=80))


@command("check")
@click.argument("file", type=FILE, metavar="FILE.docx")
@click.option("--kind", metavar="KIND", default="", help="证书或表格的代码，如 C1；不写按责任书检查")
def check_command(call: Call, file: Path, kind: str) -> Answer:
    """检查一个 Word 文件：有哪些占位符、各由什么字段填、哪些认不出、哪些排不出来、用了什么字体。"""
    found = templates.check_file(file, kind=kind.upper())
    return Answer(_checked(found), _told(found), _code(found))


@command("add")
@click.argument("file", type=FILE, metavar="FILE.docx")
@click.option("--name", metavar="NAME", required=True, help="模板名称；已有同名的就成为它的新版本")
@click.option("--kind", metavar="KIND", required=True, help="enterprise、village、department，或代码如 Z5、C1")
def add_command(call: Call, file: Path, name: str, kind: str) -> Answer:
    """把 Word 文件加入为模板，文件原样保存。"""
    with call.office() as office:
        saved = templates.add_template(office, file, name=name, kind=kind)
    told = f"已加入“{saved.name}”第 {saved.edition} 版。" if saved.changed else "这个文件已经在用，没有改动。"
    return _saved(saved, told)


@command("use")
@click.argument("name", metavar="NAME")
def use_command(call: Call, name: str) -> Answer:
    """以后的证书或表格按这个模板印；写类别代码（如 C1）就改回随程序提供的。已发的证书仍用原来的。"""
    with call.office() as office:
        change = layouts.choose(office, name)
    return Answer({**changed(change), "name": name}, [f"以后按“{name}”印。"])


@command("export")
@click.argument("name", metavar="NAME")
@click.argument("file", type=FILE, metavar="FILE.docx")
def export_command(call: Call, name: str, file: Path) -> Answer:
    """把一个模板存成 Word 文件，改好再用 template add 加入。"""
    with call.office() as office:
        written = layouts.export(office, name, file)
    return Answer({"file": written}, [f"已存到 {written}。"])


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


for _command in (
    list_command, check_command, add_command, use_command, export_command, bind_command, render_command,
):  # fmt: skip
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
        "current": one.current,
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
        "lacking": list(found.lacking),
        "remarks": list(found.remarks),
    }


def _code(found: TemplateCheck) -> int:
    return REFUSED if found.unknown or found.not_laid_out or found.lacking else DONE


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
    lines += [f"不能用：{told}" for told in found.lacking]
    lines += [f"请留意：{told}" for told in found.remarks]
    lines += [f"排不出来：{feature}（{place}）" for feature, place in found.not_laid_out]
    lines += [f"没有字体“{asked}”，用“{used}”代替" for asked, used in found.fonts if asked != used]
    lines += [f"文件属性里写着{name}：{value}" for name, value in found.properties]
    return lines
