"""The office's own templates: add, list, check, confirm what fills a place; render one without any store."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path

from anjian_desktop.documents.docx_package import read_document_file
from anjian_desktop.domain.agreements import KINDS
from anjian_desktop.domain.layout_kinds import LAYOUT_KINDS
from anjian_desktop.domain.text import tidy
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.template import Template
from anjian_desktop.services import layouts, template_names
from anjian_desktop.services.agreements import kinds_of
from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import NOTHING_CHANGED
from anjian_desktop.services.progress import Step, no_step
from anjian_desktop.services.template_checks import TemplateCheck, check_content, shipped_layout
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
from anjian_desktop.storage.files import make_durable, write_atomically
from anjian_desktop.storage.transaction import Transaction


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
    current: bool = False
    """Of certificates and forms: the one that is printed from now."""


@dataclass(frozen=True)
class TemplateSaved:
    """An edition as it was stored, and its check. `changed` False: the same file and bindings were there already."""

    id: int
    name: str
    edition: int
    check: TemplateCheck
    changed: bool = True
    change: Change = field(default=NOTHING_CHANGED)


def check_file(path: Path, *, kind: str = "", step: Step = no_step) -> TemplateCheck:
    """What a Word file asks for as a template; `kind` is the paper's code where it is no agreement.

    Raises UserError, in words, when it cannot be one.
    """
    if kind and kind not in KINDS and kind not in LAYOUT_KINDS:
        raise UserError(f"没有“{kind}”这一类模板。", next_step=f"可用：{'、'.join((*KINDS, *LAYOUT_KINDS))}。")
    return check_content(read_document_file(path), path.name, kind=kind, step=step)


def check_stored(office: Office, name: str) -> TemplateCheck:
    """The same of a shipped or stored template, with what the clerk has confirmed."""
    from anjian_desktop.documents.templates import shipped_templates

    if shipped := shipped_templates().get(name):
        return check_content(shipped.data, shipped.file)
    if name in LAYOUT_KINDS:
        return check_content(shipped_layout(name), f"{name}.docx", kind=name)
    edition = _newest(office, name)
    return check_content(_content(office, edition), edition.file_name, kind=edition.kind, bindings=edition.bindings)


def preview_pdf(office: Office, name: str) -> bytes:
    """The pages of a template: an agreement's with gaps where values come, a certificate's with sample values."""
    from anjian_desktop.documents.document_reader import document_reader

    if name in LAYOUT_KINDS:
        return layouts.sample_pdf(shipped_layout(name), name)
    with office.db.reading() as session:
        own = in_use(editions(session)).get(name)
    if own is not None and own.kind in LAYOUT_KINDS:
        return layouts.sample_pdf(_content(office, own), own.kind)
    content, bindings = TemplateShelf(office).file(name)
    pieces: list[bytes] = []
    document_reader().merge(
        content, [{}], name=name, kind="pdf", titles=[name], bindings=bindings,
        write=lambda _, piece: pieces.append(piece),
    )  # fmt: skip
    return b"".join(pieces)


def list_templates(office: Office | None) -> list[TemplateRow]:
    """Shipped templates, the office's own in the edition now in use, then certificates and forms likewise."""
    from anjian_desktop.documents.merging import MergeTemplate
    from anjian_desktop.documents.templates import shipped_templates

    found = [
        TemplateRow(None, one.kind, one.name, one.kind, 1, one.version, one.file, MergeTemplate(one.data).names)
        for one in shipped_templates().values()
    ]
    own = own_templates(office) if office is not None else []
    chosen = layouts.chosen(office) if office is not None else {}
    rows = [
        TemplateRow(
            one.id, one.name, one.name, one.kind, one.edition, one.sha256, one.file_name,
            MergeTemplate(_content(office, one)).names, chosen.get(one.kind) == one.name,
        )
        for one in own if office is not None
    ]  # fmt: skip
    found += [one for one in rows if one.kind not in LAYOUT_KINDS]
    for kind, about in LAYOUT_KINDS.items():
        data = shipped_layout(kind)
        names = MergeTemplate(data).names
        sha256 = hashlib.sha256(data).hexdigest()
        found.append(TemplateRow(None, kind, about.label, kind, 1, sha256, f"{kind}.docx", names, kind not in chosen))
        found += [one for one in rows if one.kind == kind]
    return found


def add_template(office: Office, path: Path, *, name: str, kind: str, step: Step = no_step) -> TemplateSaved:
    """Store a Word file as a template, or as the next edition of one; what was confirmed for its places is kept."""
    from anjian_desktop.documents.templates import shipped_templates

    name = tidy(name)
    code = _code_of(kind)
    if not name or len(name) > 40:
        raise UserError("模板名称应有1到40个字。", next_step="没有存入，请换一个名称。")
    if name in shipped_templates() or name in KINDS or name in LAYOUT_KINDS:
        raise UserError(f"“{name}”是随程序提供的模板的名称。", next_step="没有存入，请换一个名称。")
    data = read_document_file(path)
    with office.db.reading() as session:
        before = in_use(editions(session)).get(name)
    if before is not None and before.kind != code:
        raise UserError(
            f"“{name}”已是{kind_label(before.kind)}的模板。", next_step="没有存入，请换一个名称，或用同一类别。"
        )
    check = check_content(data, path.name, kind=code, step=step)
    if layouts.in_use_now(office, code) == name and (check.lacking or check.unknown):
        told = check.lacking[0] if check.lacking else f"认不出占位符“{check.unknown[0].name}”"
        raise UserError(f"“{name}”正在用，新的一版{told}。", next_step="没有存入，请在 Word 里改好，或换一个名称存。")
    places = {one.place if one.dialect == "blank" else one.name for one in check.placeholders}
    bindings = {place: field for place, field in (before.bindings if before else {}).items() if place in places}
    with office.db.transaction("加入模板", actor=office.actor) as tx:
        row_id, edition, changed = _store(tx, office.folder, path, name, code, bindings, before, office)
    found = check_content(data, path.name, kind=code, bindings=bindings)
    return TemplateSaved(row_id, name, edition, found, changed, tx.change_set)


def bind(office: Office, name: str, bindings: Mapping[str, str]) -> TemplateSaved:
    """Confirm which field fills which place (a placeholder's name or a blank's place); an empty field takes it back.

    Makes a new edition; agreements already issued keep theirs. Raises UserError for an unknown place or field.
    """
    edition = _newest(office, name)
    if edition.kind in LAYOUT_KINDS:
        raise UserError(
            "证书和表格的模板按占位符的名字填，不用确认字段。", next_step="没有改动，请在 Word 里改占位符的名字。"
        )
    data = _content(office, edition)
    check = check_content(data, edition.file_name, bindings=edition.bindings)
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
    found = check_content(data, edition.file_name, bindings=wanted)
    return TemplateSaved(row_id, name, number, found, changed, tx.change_set)


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
        parts = [files.enter_context(write_atomically(target, durable=False)) for target in targets]

        def write(number: int, piece: bytes) -> None:
            nonlocal begun
            begun = number
            with parts[number].open("ab") as part:
                part.write(piece)

        missing = document_reader().merge(
            content, records, name=path.name, kind=suffix[1:], titles=[target.stem for target in targets],
            bindings=bindings, write=write, watch=lambda: step(begun, len(targets), path.name),
        )  # fmt: skip
    make_durable(targets)
    return targets, {target.name: list(names) for target, names in zip(targets, missing, strict=True) if names}


def kind_label(kind: str) -> str:
    """What a template's kind is called."""
    return KINDS[kind].label if kind in KINDS else LAYOUT_KINDS[kind].label


def _code_of(kind: str) -> str:
    if kind.upper() in LAYOUT_KINDS:
        return kind.upper()
    try:
        kinds = kinds_of(kind)
    except UserError as problem:
        raise UserError(problem.message, next_step=f"可用：{'、'.join((*KINDS, *LAYOUT_KINDS))}。") from problem
    if len(kinds) != 1:
        raise UserError(f"“{kind}”不止一类责任书。", next_step=f"请写类别代码：{'、'.join(KINDS)}。")
    return kinds[0].code


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
