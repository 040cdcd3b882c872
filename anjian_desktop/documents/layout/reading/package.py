"""Opens a Word file: its parts, what relates them, its theme fonts."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from anjian_desktop.documents.docx_package import UnusableDocument, open_package
from anjian_desktop.documents.layout.reading import revisions

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = tuple(
    (_STRICT + strict, b"http://schemas.openxmlformats.org/" + usual)
    for strict, usual in (
        (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
        (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
        (b"officeDocument/math", b"officeDocument/2006/math"),
        (b"drawingml/main", b"drawingml/2006/main"),
        (b"drawingml/wordprocessingDrawing", b"drawingml/2006/wordprocessingDrawing"),
        (b"drawingml/picture", b"drawingml/2006/picture"),
        (b"drawingml/chart", b"drawingml/2006/chart"),
        (b"drawingml/diagram", b"drawingml/2006/diagram"),
    )
)
"""What the strict form of the format (ISO/IEC 29500-1) calls its vocabularies, and what the usual one (part 4) does."""
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Package:
    """The parts of one .docx file, parsed when asked for. Raises UnusableDocument when it is none."""

    def __init__(self, data: bytes) -> None:
        self._members = {member.name: member for member in open_package(data)}
        self._main = next((target for kind, target in self._related("").values() if kind == "officeDocument"), "")

    @property
    def document(self) -> _Element:
        """The root of the main part."""
        root = self._part(self._main)
        if root is None or root.tag != W + "document":
            raise _refusal()
        return root

    def related(self, kind: str) -> _Element | None:
        """The root of the part the document relates to by this kind (`styles`, `settings`, `theme`), or None."""
        for found, target in self._related(self._main).values():
            if found == kind:
                return self._part(target)
        return None

    @property
    def main(self) -> str:
        """The name of the main part."""
        return self._main

    def by_relationship(self, relationship: str) -> tuple[str, _Element] | None:
        """Name and root of the part with this relationship id (a header or footer), or None."""
        _, target = self._related(self._main).get(relationship, ("", ""))
        root = self._part(target) if target else None
        return None if root is None else (target, root)

    def name_of(self, kind: str) -> str:
        """The name of the part the document relates to by this kind, or an empty text."""
        return next((target for found, target in self._related(self._main).values() if found == kind), "")

    def bytes_by_relationship(self, source: str, relationship: str) -> bytes | None:
        """The bytes of what a part relates to (a picture), or None."""
        _, target = self._related(source).get(relationship, ("", ""))
        member = self._members.get(target)
        return member.content() if member is not None else None

    def _related(self, source: str) -> dict[str, tuple[str, str]]:
        folder, name = posixpath.split(source)
        root = self._part(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, tuple[str, str]] = {}
        if root is None:
            return found
        for relationship in root.iter(_RELATIONSHIP):
            if relationship.get("TargetMode") != "External":
                target = relationship.get("Target", "")
                path = (
                    target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                )
                found[relationship.get("Id", "")] = (relationship.get("Type", "").rpartition("/")[2], path)
        return found

    def _part(self, name: str) -> _Element | None:
        from lxml import etree  # not wanted when the program starts

        member = self._members.get(name)
        if member is None:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        try:
            content = member.content()
            root = etree.fromstring(_as_usual(content), parser)
        except etree.XMLSyntaxError as error:
            raise _refusal() from error
        if revisions.tells_of_deletions(content):
            revisions.accept(root)
        return root


def _as_usual(content: bytes) -> bytes:
    """A part saved as “Strict Open XML”, with the names every other file uses."""
    if _STRICT in content:
        for strict, usual in _TRANSITIONAL:
            content = content.replace(strict + b'"', usual + b'"').replace(strict + b"'", usual + b"'")
    return content


def _refusal() -> UnusableDocument:
    return UnusableDocument(
        "这个 Word 文件的内容读不出来，没有改动任何数据。", next_step="请在 Word 或 WPS 里打开它，另存为 .docx 后再试。"
    )
