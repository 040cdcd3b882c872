"""What a Word file brings along besides its text: links to other files (refused), and who is named in its properties."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import unescape

from anjian_desktop.documents.docx_package import Member, UnusableDocument

_RELATIONSHIP: Final = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE: Final = re.compile(rb"""\b(Type|TargetMode)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_MAIL_MERGE: Final = re.compile(rb"<(\w+:)?mailMerge\b[^>]*?(?:/>|>[\s\S]*?</(?:\w+:)?mailMerge\s*>)")
_HARMLESS: Final = frozenset({"hyperlink"})
_MERGE_SOURCES: Final = frozenset({"mailMergeSource", "mailMergeHeaderSource", "mailMergeRecipientData"})
_EMBEDDED: Final = {
    "oleObject": "嵌入对象（OLE）", "package": "嵌入的文件", "control": "ActiveX 控件", "aFChunk": "嵌入的网页或文档",
    "vbaProject": "宏", "attachedTemplate": "附加的模板", "subDocument": "子文档", "frame": "框架网页",
}  # fmt: skip
_PROPERTIES: Final = {
    "docProps/core.xml": {
        "creator": "作者",
        "lastModifiedBy": "最后修改者",
        "keywords": "关键词",
        "description": "备注",
    },
    "docProps/app.xml": {"Company": "单位", "Manager": "主管", "HyperlinkBase": "链接基础"},
}
_PROPERTY: Final = re.compile(rb"<(?:\w+:)?(\w+)(?:\s[^>]*)?>([^<]+)</(?:\w+:)?\1\s*>")


@dataclass(frozen=True)
class Property:
    """A person or office named in the file's properties, as Word keeps them unseen."""

    name: str
    value: str


def without_outside(members: Sequence[Member]) -> list[Member]:
    """The members, the link to a mail-merge list taken out (the values come from the store).

    Raises UnusableDocument, naming what it is, for any other link to a file outside and for embedded programs.
    """
    kept: list[Member] = []
    for member in members:
        if member.name.lower().endswith((".xml", ".rels")) and b"<!DOCTYPE" in member.content():
            raise UnusableDocument(
                "这个文件的内容异常（带有实体定义），已拒绝打开。", next_step="请换用原来的 Word 文件。"
            )
        if member.name.endswith(".rels"):
            member = _checked(member)
        elif member.name.endswith("/settings.xml"):
            content = member.content()
            if (plain := _MAIL_MERGE.sub(b"", content)) != content:
                member = Member.plain(member.name, plain)
        kept.append(member)
    return kept


def _checked(member: Member) -> Member:
    content = member.content()

    def keep(found: re.Match[bytes]) -> bytes:
        facts = {key: (double or single).decode("utf-8", "replace") for key, double, single in
                 _ATTRIBUTE.findall(found[0])}  # fmt: skip
        kind, outside = facts.get(b"Type", "").rpartition("/")[2], facts.get(b"TargetMode", "").lower() == "external"
        if kind in _MERGE_SOURCES:
            return b""
        if (outside and kind not in _HARMLESS) or (kind in _EMBEDDED and kind != "attachedTemplate"):
            called = _EMBEDDED.get(kind, "外部图片" if kind == "image" else "外部文件")
            raise UnusableDocument(
                f"这个文件引用了{called}，已拒绝使用。",
                next_step="请在 Word 里去掉它（图片改为插入，模板改为 Normal），另存后再试。",
            )
        return found[0]

    plain = _RELATIONSHIP.sub(keep, content)
    return member if plain == content else Member.plain(member.name, plain)


def properties(members: Sequence[Member]) -> tuple[Property, ...]:
    """Who and what the file's properties name."""
    found: list[Property] = []
    for member in members:
        if called := _PROPERTIES.get(member.name):
            for tag, value in _PROPERTY.findall(member.content()):
                if tag.decode() in called and value.strip():
                    found.append(Property(called[tag.decode()], unescape(value.decode("utf-8", "replace")).strip()))
        elif member.name == "docProps/custom.xml":
            found.append(Property("自定义属性", "有"))
        elif member.name.endswith(("/comments.xml", "/people.xml")):
            found.append(Property("批注和审阅者", "有"))
    return tuple(dict.fromkeys(found))
