"""The office's own templates: add, list, check, confirm what fills a place; render one without any store."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path

from anjian_desktop.documents.docx_package import read_document_file
from anjian_desktop.domain.agreements import KINDS
from anjian_desktop.domain.text import tidy
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.template import Template
from anjian_desktop.services import template_names
from anjian_desktop.services.agreements import kinds_of
from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import NOTHING_CHANGED
from anjian_desktop.services.progress import Step, no_step
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


def check_file(path: Path, *, step: Step = no_step) -> TemplateCheck:
    """What a Word file asks for as a template. Raises UserError, in words, when it cannot be one."""
    return _check(read_document_file(path), {}, path.name, step)


def check_stored(office: Office, name: str) -> TemplateCheck:
    """The same of a shipped or stored template, with what the clerk has confirmed."""
    from anjian_desktop.documents.templates import shipped_templates

    if shipped := shipped_templates().get(name):
        return _check(shipped.data, {}, shipped.file)
    edition = _newest(office, name)
    return _check(_content(office, edition), edition.bindings, edition.file_name)


def preview_pdf(office: Office, name: str) -> bytes:
    """The pages of a template as they stand, with gaps where values come."""
    from anjian_desktop.documents.document_reader import document_reader

    content, bindings = TemplateShelf(office).file(name)
    pieces: list[bytes] = []
    document_reader().merge(
        content, [{}], name=name, kind="pdf", titles=[name], bindings=bindings,
        write=lambda _, piece: pieces.append(piece),
    )  # fmt: skip
    return b"".join(pieces)


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


def add_template(office: Office, path: Path, *, name: str, kind: str, step: Step = no_step) -> TemplateSaved:
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
    check = _check(data, {}, path.name, step)
    places = {one.place if one.dialect == "blank" else one.name for one in check.placeholders}
    bindings = {place: field for place, field in (before.bindings if before else {}).items() if place in places}
    with office.db.transaction("加入模板", actor=office.actor) as tx:
        row_id, edition, changed = _store(tx, office.folder, path, name, kinds[0].code, bindings, before, office)
    return TemplateSaved(row_id, name, edition, _check(data, bindings, path.name), changed, tx.change_set)


def bind(office: Office, name: str, bindings: Mapping[str, str]) -> TemplateSaved:
    """Confirm which field fills which place (a placeholder's name or a blank's place); an empty field takes it back.

    Makes a new edition; agreements already issued keep theirs. Raises UserError for an unknown place or field.
    """
    edition = _newest(office, name)
    data = _content(office, edition)
    check = _check(data, edition.bindings, edition.file_name)
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
    return TemplateSaved(row_id, name, number, _check(data, wanted, edition.file_name), changed, tx.change_set)


def render(path: Path, data: Path, out: Path, *, step: Step = no_step) -> tuple[list[Path], dict[str, list[str]]]:
    """Merge a Word file with the rows of a JSON file (one object, or a list: files numbered) into .docx or .pdf.

    Gives the files and, by file name, what had no value and printed as a gap. Raises UserError; then nothing is written.
    """
    from anjian_desktop.documents.document_reader import document_reader

    suffix = out.suffix.lower()
    if suffix not in (".docx", ".pdf"):
        raise UserError("只能写成 .docx 或 .pdf 文件。", next_step="请核对 --out 的文件名结尾。")
    loaded = _loaded(data)
    records = _records(loaded)
    content = read_document_file(path)
    targets = [out]
    if isinstance(loaded, list):
        targets = [out.with_name(f"{out.stem}-{number}{out.suffix}") for number in range(1, len(records) + 1)]
    # A blank can be given by its place; what is not given stays as it stands.
    bindings = {place: place for record in records for place in record}
    begun = 0
    with ExitStack() as files:
        parts = [files.enter_context(write_atomically(target)) for target in targets]

        def write(number: int, piece: bytes) -> None:
            nonlocal begun
            begun = number
            with parts[number].open("ab") as part:
                part.write(piece)

        missing = document_reader().merge(
            content, records, name=path.name, kind=suffix[1:], titles=[target.stem for target in targets],
            bindings=bindings, write=write, watch=lambda: step(begun, len(targets), path.name),
        )  # fmt: skip
    return targets, {target.name: list(names) for target, names in zip(targets, missing, strict=True) if names}


# -- checking ----------------------------------------------------------------------------------------------------


def _check(data: bytes, bindings: Mapping[str, str], name: str, step: Step = no_step) -> TemplateCheck:
    from anjian_desktop.documents.document_reader import document_reader

    told = document_reader().examine(data, name=name, bindings=bindings, watch=lambda: step(0, 1, f"检查 {name}"))
    looped = {inner for _, _, names in told.loops for inner in names}
    proposals = dict(told.blanks)
    found: list[PlaceFound] = []
    unknown: list[UnknownPlace] = []
    for called, dialect, part, place in told.placeholders:
        if dialect == "blank":
            confirmed = bindings.get(place)
            field = confirmed or proposals.get(place, "")
            found.append(PlaceFound(called, dialect, part, place, field, confirmed is not None))
            continue
        field = bindings.get(called) or template_names.field_or_nothing(called)
        found.append(PlaceFound(called, dialect, part, place, field))
        if not field and called not in looped:
            unknown.append(UnknownPlace(called, place, template_names.nearest(called)))
    unknown += [UnknownPlace(f"#{loop}", place, "") for loop, place, _ in told.loops]
    return TemplateCheck(
        tuple(found),
        tuple(dict.fromkeys(unknown)),
        told.laid_out.not_laid_out,
        told.laid_out.fonts,
        told.properties,
        told.laid_out.pages,
    )


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


def _records(loaded: object) -> Sequence[Mapping[str, object]]:
    records = [one for one in (loaded if isinstance(loaded, list) else [loaded]) if isinstance(one, dict)]
    if not records or (isinstance(loaded, list) and len(records) != len(loaded)):
        raise UserError("数据文件应是一个对象，或由对象组成的列表。", next_step="没有生成文件，请核对 JSON。")
    return records


def _loaded(path: Path) -> object:
    try:
        text = read_document_file(path).decode("utf-8-sig")
        found: object = json.loads(text, parse_float=_finite, parse_constant=_finite)
    except (ValueError, RecursionError):
        raise UserError(f"“{path.name}”不是能读的 JSON 文件。", next_step="没有生成文件，请核对它的写法。") from None
    return found


def _finite(written: str) -> float:
    number = float(written)
    if not isfinite(number):
        raise ValueError(written)
    return number
