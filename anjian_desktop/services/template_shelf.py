"""The templates at hand: shipped and stored, every edition ever printed from, opened when needed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.attachment import Attachment
from anjian_desktop.ledgers.template import Template
from anjian_desktop.services.office import Office
from anjian_desktop.services.template_names import resolve
from anjian_desktop.storage import attachments
from anjian_desktop.storage.transaction import Transaction

if TYPE_CHECKING:
    from anjian_desktop.documents.merging import MergeTemplate


@dataclass(frozen=True)
class Edition:
    """A stored edition without its file."""

    id: int
    name: str
    kind: str
    edition: int
    sha256: str
    content_sha256: str
    file_name: str
    bindings: Mapping[str, str]
    retired: bool = False
    """In the recycle bin: nothing new is drafted with it, what was issued is still printed from it."""


def edition_sha256(content_sha256: str, bindings: Mapping[str, str]) -> str:
    """What tells an edition from every other: its file, and what fills its places when the clerk has said so."""
    if not bindings:
        return content_sha256
    told = json.dumps(dict(sorted(bindings.items())), ensure_ascii=False)
    return hashlib.sha256(f"{content_sha256}\n{told}".encode()).hexdigest()


def editions(session: Session) -> list[Edition]:
    """Every edition ever stored, the newest of a name last."""
    return [
        Edition(
            row.id, row.name, row.kind, row.edition, row.sha256, row.content_sha256, row.file_name, row.bindings,
            row.retired_at is not None,
        )
        for row in session.scalars(select(Template).order_by(Template.name, Template.edition))
    ]  # fmt: skip


def in_use(found: Sequence[Edition]) -> dict[str, Edition]:
    """The edition in use of every name."""
    return {one.name: one for one in found if not one.retired}


def own_templates(office: Office) -> list[Edition]:
    """The office's own templates, each in the edition now in use."""
    with office.db.reading() as session:
        return list(in_use(editions(session)).values())


class TemplateShelf:
    """Templates by name (the edition in use) or by the hash an issued agreement remembers."""

    def __init__(self, office: Office) -> None:
        self._folder = office.folder
        with office.db.reading() as session:
            found = editions(session)
            self._kept = set(session.scalars(select(Attachment.sha256).where(Attachment.ledger == "template")))
        self._by_hash = {one.sha256: one for one in found}
        self._newest = in_use(found)
        self._opened: dict[str, MergeTemplate] = {}

    def sha256(self, name: str) -> str:
        """The hash of the edition of that name now in use. Raises UserError when there is none."""
        from anjian_desktop.documents.templates import shipped_templates

        if shipped := shipped_templates().get(name):
            return shipped.version
        if stored := self._newest.get(name):
            return stored.sha256
        raise UserError(f"找不到模板“{name}”。", next_step="没有打印任何内容，请重新起草或重新加入这个模板。")

    def open(self, name: str, sha256: str | None = None) -> MergeTemplate:
        """The template, opened once: the edition in use, or the one with that hash. Raises UserError when it is lost."""
        from anjian_desktop.documents.merging import MergeTemplate

        wanted = sha256 or self.sha256(name)
        if wanted not in self._opened:
            stored = self._by_hash.get(wanted)
            self._opened[wanted] = MergeTemplate(
                self._content(name, wanted), stored.bindings if stored else {}, resolve
            )
        return self._opened[wanted]

    def file(self, name: str) -> tuple[bytes, Mapping[str, str]]:
        """The Word file of the edition in use and what fills its places. Raises UserError when it is lost."""
        wanted = self.sha256(name)
        stored = self._by_hash.get(wanted)
        return self._content(name, wanted), stored.bindings if stored else {}

    def _content(self, name: str, sha256: str) -> bytes:
        from anjian_desktop.documents.templates import shipped_templates

        shipped = shipped_templates().get(name)
        if shipped is not None and shipped.version == sha256:
            return shipped.data
        stored = self._by_hash.get(sha256)
        if stored is None and sha256 not in self._kept:
            raise UserError(
                f"打印时用的模板“{name}”已找不到，没有打印任何内容。", next_step="请从备份找回附件文件夹，再重打。"
            )
        return attachments.open_path(self._folder, stored.content_sha256 if stored else sha256).read_bytes()

    def keep_shipped(self, tx: Transaction, name: str) -> None:
        """Keep a copy of a shipped template that is printed from: a later program may ship another one."""
        from anjian_desktop.documents.templates import shipped_templates

        shipped = shipped_templates().get(name)
        if shipped is None or shipped.version in self._kept:
            return
        with TemporaryDirectory() as folder:
            file = Path(folder) / shipped.file
            file.write_bytes(shipped.data)
            keep_file(tx, self._folder, file, row_id=0)
        self._kept.add(shipped.version)


def keep_file(tx: Transaction, folder: Path, file: Path, *, row_id: int) -> str:
    """Keep a template's file among the attachments; its hash."""
    stored = attachments.add_file(folder, file)
    tx.session.add(
        Attachment(
            sha256=stored.sha256,
            name=file.name[:200],
            size=stored.size,
            ledger="template",
            row_id=row_id,
            added_at=tx.now,
        )
    )
    return stored.sha256
