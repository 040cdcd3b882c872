"""The office's own templates: add, list, check, confirm what fills a place; render one without any store."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from anjian_desktop.documents.docx_package import read_document_file
from anjian_desktop.domain.agreements import KINDS
from anjian_desktop.domain.text import tidy
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.template import Template
from anjian_desktop.services import template_names
from anjian_desktop.services.agreements import kinds_of
from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import NOTHING_CHANGED
from anjian_desktop.services.template_shelf import (
    Edition,
    TemplateShelf,
    edition_sha256,
    editions,
    in_use,
    keep_file,
    own_templates,
)
from anjian_desktop.storage import attachments
from anjian_desktop.storage.changes import Change
from anjian_desktop.storage.files import write_atomically
from anjian_desktop.storage.transaction import Transaction

if TYPE_CHECKING:
    from anjian_desktop.documents.fonts import FontBook
    from anjian_desktop.documents.merging import MergeTemplate


@dataclass(frozen=True)
class PlaceFound:
    """A placeholder or blank: `field` fills it (a blank's is a proposal until `confirmed`), empty when nothing does."""

    name: str
    dialect: str
    part: str
    place: str
    field: str
    confirmed: bool = True


@dataclass(frozen=True)
class UnknownPlace:
    """A placeholder no field answers to; `nearest` is the known field most like it, empty when none is."""

    name: str
    place: str
    nearest: str


@dataclass(frozen=True)
class TemplateCheck:
    """All a check tells: what is asked for, what nothing fills, what the pages will not show, fonts, properties."""

    placeholders: tuple[PlaceFound, ...]
    unknown: tuple[UnknownPlace, ...]
    not_laid_out: tuple[tuple[str, str], ...]
    """(feature, place)."""
    fonts: tuple[tuple[str, str], ...]
    """(the font asked for, the font used)."""
    properties: tuple[tuple[str, str], ...]
    """(what it is, what it says): people named in the file's properties, which go along with every copy."""
    pages: int


@dataclass(frozen=True)
class TemplateRow:
    """A template as lists show it; `id` None: shipped with the program."""

    id: int | None
    name: str
    title: str
    kind: str
    edition: int
    sha256: str
    file_name: str
    placeholders: tuple[str, ...]
    """The names it looks up, in reading order, each once."""


@dataclass(frozen=True)
class TemplateSaved:
    """An edition as it was stored, and its check. `changed` False: the same file and bindings were there already."""

    id: int
    name: str
    edition: int
    check: TemplateCheck
    changed: bool = True
    change: Change = field(default=NOTHING_CHANGED)


def check_file(path: Path) -> TemplateCheck:
    """What a Word file asks for as a template. Raises UserError, in words, when it cannot be one."""
    return _check(read_document_file(path), {})


def check_stored(office: Office, name: str) -> TemplateCheck:
    """The same of a shipped or stored template, with what the clerk has confirmed."""
    from anjian_desktop.documents.templates import shipped_templates

    if shipped := shipped_templates().get(name):
        return _check(shipped.data, {})
    edition = _newest(office, name)
    return _check(_content(office, edition), edition.bindings)


def preview_pdf(office: Office, name: str) -> bytes:
    """The pages of a template as they stand, with gaps where values come."""
    return _pdf(TemplateShelf(office).open(name), {}, _fonts(), name)


def list_templates(office: Office | None) -> list[TemplateRow]:
    """Shipped templates, then the office's own in the edition now in use."""
    from anjian_desktop.documents.merging import MergeTemplate
    from anjian_desktop.documents.templates import shipped_templates

    found = [
        TemplateRow(None, one.kind, one.name, one.kind, 1, one.version, one.file, MergeTemplate(one.data).names)
        for one in shipped_templates().values()
    ]
    if office is not None:
        found += [
            TemplateRow(
                one.id, one.name, one.name, one.kind, one.edition, one.sha256, one.file_name,
                MergeTemplate(_content(office, one)).names,
            )
            for one in own_templates(office)
        ]  # fmt: skip
    return found


def add_template(office: Office, path: Path, *, name: str, kind: str) -> TemplateSaved:
    """Store a Word file as a template, or as the next edition of one; what was confirmed for its places is kept."""
    from anjian_desktop.documents.templates import shipped_templates

    name = tidy(name)
    kinds = kinds_of(kind)
    if len(kinds) != 1:
        raise UserError(f"“{kind}”不止一类责任书。", next_step=f"请写类别代码：{'、'.join(KINDS)}。")
    if not name or len(name) > 40:
        raise UserError("模板名称应有1到40个字。", next_step="没有存入，请换一个名称。")
    if name in shipped_templates() or name in KINDS:
        raise UserError(f"“{name}”是随程序提供的模板的名称。", next_step="没有存入，请换一个名称。")
    data = read_document_file(path)
    with office.db.reading() as session:
        before = in_use(editions(session)).get(name)
    if before is not None and before.kind != kinds[0].code:
        raise UserError(
            f"“{name}”已是{KINDS[before.kind].label}的模板。", next_step="没有存入，请换一个名称，或用同一类别。"
        )
    check = _check(data, {})
    places = {one.place if one.dialect == "blank" else one.name for one in check.placeholders}
    bindings = {place: field for place, field in (before.bindings if before else {}).items() if place in places}
    with office.db.transaction("加入模板", actor=office.actor) as tx:
        row_id, edition, changed = _store(tx, office.folder, path, name, kinds[0].code, bindings, before, office)
    return TemplateSaved(row_id, name, edition, _check(data, bindings), changed, tx.change_set)


def bind(office: Office, name: str, bindings: Mapping[str, str]) -> TemplateSaved:
    """Confirm which field fills which place (a placeholder's name or a blank's place); an empty field takes it back.

    Makes a new edition; agreements already issued keep theirs. Raises UserError for an unknown place or field.
    """
    edition = _newest(office, name)
    data = _content(office, edition)
    check = _check(data, edition.bindings)
    places = {one.place if one.dialect == "blank" else one.name for one in check.placeholders}
    wanted = dict(edition.bindings)
    for place, given in bindings.items():
        if place not in places:
            raise UserError(f"模板里没有“{place}”这一处。", next_step="没有改动，请用 template check 看有哪些。")
        if not given:
            wanted.pop(place, None)
            continue
        known = template_names.field_or_nothing(given)
        if not known:
            close = template_names.nearest(given)
            raise UserError(f"没有“{given}”这个字段。", next_step=f"是不是“{close}”？" if close else "没有改动。")
        wanted[place] = known
    file = attachments.open_path(office.folder, edition.content_sha256)
    with office.db.transaction("确认模板的字段", actor=office.actor) as tx:
        row_id, number, changed = _store(
            tx, office.folder, file, name, edition.kind, wanted, edition, office, file_name=edition.file_name
        )
    return TemplateSaved(row_id, name, number, _check(data, wanted), changed, tx.change_set)


def render(path: Path, data: Path, out: Path) -> tuple[list[Path], dict[str, list[str]]]:
    """Merge a Word file with the rows of a JSON file (one object, or a list: files numbered) into .docx or .pdf.

    Gives the files and, by file name, what had no value and printed as a gap. Raises UserError; then nothing is written.
    """
    from anjian_desktop.documents.merging import MergeTemplate

    suffix = out.suffix.lower()
    if suffix not in (".docx", ".pdf"):
        raise UserError("只能写成 .docx 或 .pdf 文件。", next_step="请核对 --out 的文件名结尾。")
    records = _records(data)
    content = read_document_file(path)
    places = {place for record in records for place in record}
    # A blank can be given by its place; what is not given stays as it stands.
    blanks = {one.place: one.place for one in MergeTemplate(content).blanks if one.place in places}
    template = MergeTemplate(content, blanks)
    made: list[tuple[Path, bytes]] = []
    missing: dict[str, list[str]] = {}
    fonts = _fonts() if suffix == ".pdf" else None
    for number, record in enumerate(records, 1):
        target = out if isinstance(_loaded(data), dict) else out.with_name(f"{out.stem}-{number}{out.suffix}")
        filled = template.fill(record)
        made.append((target, _pdf(template, record, fonts, target.stem) if fonts else filled.data))
        if filled.missing:
            missing[target.name] = list(filled.missing)
    for target, finished in made:
        with write_atomically(target) as part:
            part.write_bytes(finished)
    return [target for target, _ in made], missing


# -- checking ----------------------------------------------------------------------------------------------------


def _check(data: bytes, bindings: Mapping[str, str]) -> TemplateCheck:
    from anjian_desktop.documents.layout import lay_out_docx
    from anjian_desktop.documents.merging import MergeTemplate

    template = MergeTemplate(data, bindings, template_names.resolve)
    laid_out = lay_out_docx(template.braces(), _fonts())
    looped = {name for loop in template.loops for name in loop.names}
    proposals = {blank.place: blank.field for blank in template.blanks}
    found: list[PlaceFound] = []
    unknown: list[UnknownPlace] = []
    for one in template.placeholders:
        if one.dialect == "blank":
            told = bindings.get(one.place)
            found.append(
                PlaceFound(one.name, "blank", one.part, one.place, told or proposals[one.place], told is not None)
            )
            continue
        field = bindings.get(one.name) or template_names.field_or_nothing(one.name)
        found.append(PlaceFound(one.name, one.dialect, one.part, one.place, field))
        if not field and one.name not in looped:
            unknown.append(UnknownPlace(one.name, one.place, template_names.nearest(one.name)))
    unknown += [UnknownPlace(f"#{loop.name}", loop.place, "") for loop in template.loops]
    notes = [(note.feature, note.place) for note in template.notes]
    notes += [(one.feature, one.place) for one in laid_out.not_laid_out]
    return TemplateCheck(
        tuple(found),
        tuple(dict.fromkeys(unknown)),
        tuple(dict.fromkeys(notes)),
        tuple((one.asked, one.used) for one in laid_out.fonts),
        tuple((one.name, one.value) for one in template.properties),
        laid_out.page_count,
    )


def _fonts() -> FontBook:
    from anjian_desktop.documents.fonts import FontBook

    return FontBook.of_machine()


# -- storing -----------------------------------------------------------------------------------------------------


def _newest(office: Office, name: str) -> Edition:
    with office.db.reading() as session:
        found = in_use(editions(session)).get(name)
    if found is None:
        raise UserError(f"没有叫“{name}”的模板。", next_step="请先用 template add 加入；随程序的模板不能改字段。")
    return found


def _content(office: Office, edition: Edition) -> bytes:
    return attachments.open_path(office.folder, edition.content_sha256).read_bytes()


def _store(
    tx: Transaction,
    folder: Path,
    file: Path,
    name: str,
    kind: str,
    bindings: Mapping[str, str],
    before: Edition | None,
    office: Office,
    *,
    file_name: str = "",
) -> tuple[int, int, bool]:
    """(id, edition, whether anything is new) of this file with these bindings."""
    content = attachments.file_sha256(file)
    sha256 = edition_sha256(content, bindings)
    if before is not None and before.sha256 == sha256:
        return before.id, before.edition, False
    # Numbers go on even when the last edition lies in the recycle bin.
    edition = max((one.edition for one in editions(tx.session) if one.name == name), default=0) + 1
    row = tx.add(
        Template,
        {
            "name": name,
            "kind": kind,
            "edition": edition,
            "file_name": (file_name or file.name)[:200],
            "added_on": office.today,
            "content_sha256": content,
            "sha256": sha256,
            "bindings": dict(bindings),
        },
    )
    keep_file(tx, folder, file, row_id=row.id)
    return row.id, edition, True


# -- rendering ---------------------------------------------------------------------------------------------------


def _pdf(template: MergeTemplate, record: Mapping[str, object], fonts: FontBook, title: str) -> bytes:
    from anjian_desktop.documents.layout import Typesetter
    from anjian_desktop.documents.pdf import PdfWriter

    laid_out = Typesetter(template.braces(record), fonts).lay_out(template.flat(record))
    if laid_out.missing_glyphs:
        char = laid_out.missing_glyphs[0].char
        raise UserError(
            f"“{char}”（U+{ord(char):04X}）没有字体能打印，没有生成文件。",
            next_step="请安装含这个字的字体或改用规范字。",
        )
    out = BytesIO()
    with PdfWriter(out, fonts, title=title) as writer:
        writer.add(laid_out)
    return out.getvalue()


def _records(path: Path) -> Sequence[Mapping[str, object]]:
    loaded = _loaded(path)
    records = [one for one in (loaded if isinstance(loaded, list) else [loaded]) if isinstance(one, dict)]
    if not records or (isinstance(loaded, list) and len(records) != len(loaded)):
        raise UserError("数据文件应是一个对象，或由对象组成的列表。", next_step="没有生成文件，请核对 JSON。")
    return records


def _loaded(path: Path) -> object:
    try:
        found: object = json.loads(read_document_file(path).decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise UserError(f"“{path.name}”不是能读的 JSON 文件。", next_step="没有生成文件，请核对它的写法。") from None
    return found
