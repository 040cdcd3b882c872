"""What a Word file asks for as a template: of an agreement, or of a certificate or form with a layout of its own."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from anjian_desktop.domain.layout_kinds import AWARD, CARD, CERTIFICATE, CODE, LAYOUT_KINDS, LayoutKind
from anjian_desktop.services import template_names
from anjian_desktop.services.progress import Step, no_step

if TYPE_CHECKING:
    from anjian_desktop.documents.document_reader import Examined

_CODE_TEXT = "AJ1:" + "A1" * 130
"""As long as the code of a certificate whose course and holder have long names."""

_GUESSED = 500
"""Unknown placeholders a nearest field is looked for; a document with more of them is no template."""


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
    lacking: tuple[str, ...] = ()
    """What a certificate or form cannot do without and this file does not have, in words: it is not put to use."""
    remarks: tuple[str, ...] = ()
    """What should be looked at and does not hinder, in words."""


def check_content(
    data: bytes, name: str, *, kind: str = "", bindings: Mapping[str, str] | None = None, step: Step = no_step
) -> TemplateCheck:
    """What a file asks for as the template of an agreement (with what the clerk has confirmed), or of another paper."""
    from anjian_desktop.documents.document_reader import document_reader

    told = document_reader().examine(data, name=name, bindings=bindings or {}, watch=lambda: step(0, 1, f"检查 {name}"))
    if kind in LAYOUT_KINDS:
        return _check_layout(told, LAYOUT_KINDS[kind])
    return _check_agreement(told, bindings or {})


def _check_agreement(told: Examined, bindings: Mapping[str, str]) -> TemplateCheck:
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
            near = template_names.nearest(called) if len(unknown) < _GUESSED else ""
            unknown.append(UnknownPlace(called, place, near))
    unknown += [UnknownPlace(f"#{loop}", place, "") for loop, place, _ in told.loops]
    return _check(told, found, unknown)


def _check(
    told: Examined, found: list[PlaceFound], unknown: list[UnknownPlace], lacking: Iterable[str] = (),
    remarks: Iterable[str] = (),
) -> TemplateCheck:  # fmt: skip
    return TemplateCheck(
        tuple(found),
        tuple(dict.fromkeys(unknown)),
        told.laid_out.not_laid_out,
        told.laid_out.fonts,
        told.properties,
        told.laid_out.pages,
        tuple(lacking),
        tuple(remarks),
    )


@cache
def shipped_layout(kind: str) -> bytes:
    """The Word file the program ships for a paper."""
    from importlib.resources import files

    return files("resources").joinpath("templates", f"{kind}.docx").read_bytes()


@cache
def layout_names(kind: str) -> frozenset[str]:
    """Everything a layout of this kind may ask for: what the shipped one asks for, lists as `#人员`."""
    from anjian_desktop.documents.merging import MergeTemplate

    found: set[str] = set()
    for one in (CERTIFICATE, CARD) if kind in (CERTIFICATE, CARD) else (kind,):
        template = MergeTemplate(shipped_layout(one))
        found |= set(template.names) | {f"#{loop.name}" for loop in template.loops}
        found |= {name for loop in template.loops for name in loop.names}
    return frozenset(found | ({"编号", "年度"} if kind == AWARD else set()))


def _check_layout(told: Examined, about: LayoutKind) -> TemplateCheck:
    known = layout_names(about.code)
    found, unknown = [], []
    for called, dialect, part, place in told.placeholders:
        if dialect == "blank":
            continue
        field = called if called in known else ""
        found.append(PlaceFound(called, dialect, part, place, field))
        if not field:
            close = difflib.get_close_matches(called, sorted(known), n=1, cutoff=0.5)
            unknown.append(UnknownPlace(called, place, close[0] if close else ""))
    unknown += [UnknownPlace(f"#{loop}", place, "") for loop, place, _ in told.loops if f"#{loop}" not in known]
    pictures = {role: min(width, height) for role, width, height in told.pictures}
    has = {one.name for one in found} | pictures.keys()
    lacking = [f"没有“{name}”，{about.label}不能少" for name in about.needed if name not in has]
    if about.least_code_mm and CODE in pictures and (side := _code_side(pictures[CODE])) < about.least_code_mm:
        lacking.append(f"二维码只有 {side:.0f} 毫米见方（不算四周留白），应不小于 {about.least_code_mm:.0f} 毫米")
    if about.code == CARD and told.laid_out.pages > 1:
        lacking.append(f"有 {told.laid_out.pages} 页，卡片只有一面")
    remarks = [
        f"没有替换文字是“{role}”的图片，印出来没有{role}"
        for role in about.pictures
        if role not in pictures and role not in about.needed
    ]
    return _check(told, found, unknown, lacking, remarks)


def _code_side(frame_mm: float) -> float:
    """The side in mm of a code in a frame of this side, which holds its quiet zone of four squares too."""
    from anjian_desktop.documents.codes import qr_bits

    squares = qr_bits(_CODE_TEXT)[0]
    return frame_mm * squares / (squares + 8)
