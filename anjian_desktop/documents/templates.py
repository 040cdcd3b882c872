"""The templates the program ships, and what a template's placeholders mean."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from anjian_desktop.documents.word import Placeholder, WordTemplate
from anjian_desktop.domain.agreements import KINDS

AGREEMENT_NAMES: tuple[str, ...] = (
    "编号",
    "年度",
    "责任书名称",
    "甲方",
    "甲方负责人",
    "单位名称",
    "乙方",
    "乙方负责人",
    "联系电话",
    "统一社会信用代码",
    "地址",
    "所属村",
    "期限起",
    "期限止",
    "份数",
    "签订截止日",
)
"""What every agreement can merge, whatever its kind; a unit's own field labels come besides."""

_SHIPPED = ("Z1", "Z3", "Z5")


@dataclass(frozen=True)
class TemplateInfo:
    """A shipped template: `kind` is the agreement kind's code, `name` its title, `file` the file's name."""

    kind: str
    name: str
    file: str

    @property
    def data(self) -> bytes:
        """The .docx as shipped, read once."""
        return _shipped_file(self.file)

    @property
    def version(self) -> str:
        """The SHA-256 of the file, hexadecimal: what an issued agreement remembers of its template."""
        return sha256(self.data).hexdigest()


@cache
def _shipped_file(name: str) -> bytes:
    return (files("resources") / "templates" / name).read_bytes()


@dataclass(frozen=True)
class UnknownName:
    """A placeholder no field answers to; `nearest` is the known name most like it, empty when none is."""

    name: str
    place: str
    nearest: str


@dataclass(frozen=True)
class Check:
    """What a template asks for: every placeholder in reading order, and those that nothing fills."""

    placeholders: tuple[Placeholder, ...]
    unknown: tuple[UnknownName, ...]


def shipped_templates() -> dict[str, TemplateInfo]:
    """The shipped templates by the code of their agreement kind."""
    return {kind: TemplateInfo(kind, KINDS[kind].label, f"{kind}.docx") for kind in _SHIPPED}


def check_template(data: bytes, unit_labels: Iterable[str] = ()) -> Check:
    """Compares a template's placeholders with AGREEMENT_NAMES and the unit's own labels.

    Raises UnusableDocument when the file is no Word document the program can fill.
    """
    known = tuple(dict.fromkeys((*AGREEMENT_NAMES, *unit_labels)))
    placeholders = WordTemplate(data).placeholders
    unknown = (UnknownName(p.name, p.place, _nearest(p.name, known)) for p in placeholders if p.name not in known)
    return Check(placeholders, tuple(unknown))


def _nearest(name: str, known: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return close[0] if close else ""
