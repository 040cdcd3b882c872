"""Certificates and cards from Word templates: text filled and fitted, photo and code set where the template's pictures stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout.laid_out import (
    Fragment,
    LaidOut,
    Page,
    Placed,
    PlacedCode,
    PlacedPicture,
    Rule,
)
from anjian_desktop.documents.layout.model import Picture
from anjian_desktop.documents.layout.typesetter import Typesetter
from anjian_desktop.documents.merging import MergeTemplate
from anjian_desktop.domain.layout_kinds import CODE, PHOTO

_MM = 72 / 25.4
_TOGETHER = 4
"""Values that shrink together at most, the longest for its place first."""

_USUAL = {
    "姓名": "张三丰", "证件号码": "990001********0015", "学时": "24", "证书名称": "培训合格证", "获奖者": "示例精细化工有限公司",
    "表彰内容": "在某某年度安全生产工作中成绩突出，被评为", "荣誉称号": "安全生产先进单位", "颁发日期": "2026年12月28日",
    "编号": "安奖〔2026〕001号",
}  # fmt: skip
_USUAL_LENGTH = 10
"""Characters a template is made for where a placeholder is not in _USUAL."""

_STEPS = (0.86, 0.74, 0.62, 0.52, 0.44)
"""How far a long value's letters shrink, step by step, until nothing else on the sheet is pushed from its place."""

A4 = (210 * _MM, 297 * _MM)
CARD = (85.5 * _MM, 54 * _MM)
"""Width and height (pt) of a card, ISO/IEC 7810 ID-1 as printers cut it."""

_ACROSS, _DOWN = 2, 5
_CROP_FROM, _CROP_LENGTH, _HAIRLINE = 1.5 * _MM, 4 * _MM, 0.25


@dataclass(frozen=True)
class CertificateSheet:
    """What is frozen of one certificate: values by placeholder, the text of its code, and the photo's file (JPEG, PNG).

    Without a photo or a code the template's own picture (贴照片处) stays.
    """

    values: Mapping[str, str]
    code: str | None = None
    photo: bytes | None = None


class CertificatePress:
    """A template, parsed once, that gives the page of each certificate.

    Raises UnusableDocument when the bytes are no Word document.
    """

    def __init__(self, template: bytes, fonts: FontBook) -> None:
        # Word's merge fields are looked up like braces.
        self._merged = MergeTemplate(template)
        self._template = self._merged.braces()
        self._fonts = fonts
        self._plain = Typesetter(self._template, fonts)
        self.placeholders = self._plain.placeholders
        self._shrunk: dict[tuple[tuple[str, ...], float], Typesetter] = {}
        self._usual = {name: _USUAL.get(name, "一" * _USUAL_LENGTH) for name in self.placeholders}
        self._still = _places(self._plain.lay_out(self._usual))

    def lay_out(self, sheet: CertificateSheet) -> LaidOut:
        """The certificate's pages; long values shrink to their frame. `missing` and `missing_glyphs` as in Typesetter."""
        laid = self._fitted(self._merged.flat(sheet.values))
        return replace(
            laid, pages=tuple([set_pictures(page, photo=sheet.photo, code=sheet.code) for page in laid.pages])
        )

    def _fitted(self, values: Mapping[str, str]) -> LaidOut:
        laid = self._plain.lay_out(values)
        if _places(laid) == self._still:
            return laid
        longest = sorted(self.placeholders, key=lambda name: len(self._usual[name]) / (len(values.get(name, "")) or 1))
        for step in _STEPS:
            for count in range(1, _TOGETHER + 1):
                laid = self._shrunken(tuple(longest[:count]), step).lay_out(values)
                if _places(laid) == self._still:
                    return laid
        return self._plain.lay_out(values)

    def _shrunken(self, names: tuple[str, ...], step: float) -> Typesetter:
        key = (names, step)
        if key not in self._shrunk:
            self._shrunk[key] = Typesetter(self._template, self._fonts, smaller=dict.fromkeys(names, step))
        return self._shrunk[key]


def impose_cards(cards: Sequence[LaidOut], *, start: int = 1, crop_marks: bool = True) -> LaidOut:
    """Cards ten to an A4 sheet, two across and five down, edge to edge, with crop marks outside; for one-sided printing.

    `start`: the place (1 to 10, row by row) of the first card on the first sheet, where one was used in part before.
    """
    left, top = (A4[0] - _ACROSS * CARD[0]) / 2, (A4[1] - _DOWN * CARD[1]) / 2
    marks = Fragment((), tuple(_crop_marks(left, top)), lasting=True)
    pages = []
    room: list[LaidOut | None] = [*[None] * (start - 1), *cards]
    for begin in range(0, len(room), _ACROSS * _DOWN):
        placed: list[Placed] = [(marks, 0.0, 0.0)] if crop_marks else []
        codes: list[PlacedCode] = []
        for place, card in enumerate(room[begin : begin + _ACROSS * _DOWN]):
            if card is None:
                continue
            down, across = divmod(place, _ACROSS)
            x, y = left + across * CARD[0], top + down * CARD[1]
            for page in card.pages[:1]:
                placed += [(fragment, at_x + x, at_y + y) for fragment, at_x, at_y in page.placed]
                codes += [replace(code, x=code.x + x, y=code.y + y) for code in page.codes]
        pages.append(Page(*A4, tuple(placed), tuple(codes)))
    return LaidOut(
        tuple(pages),
        tuple(dict.fromkeys(name for card in cards for name in card.missing)),
        tuple(dict.fromkeys(glyph for card in cards for glyph in card.missing_glyphs)),
    )


def _places(laid: LaidOut) -> list[tuple[float, float]]:
    """Where on its page stands what values should not push: lasting lines, rows with pictures, and the lowest row."""
    places = []
    for page in laid.pages:
        places += [(round(x, 2), round(y, 2)) for one, x, y in page.placed if one.lasting or one.pictures]
        places.append((0.0, round(max((y for _, _, y in page.placed), default=0.0), 2)))
    return places


def set_pictures(page: Page, *, photo: bytes | None = None, code: str | None = None) -> Page:
    """The page with photo and code in the places of the template's pictures; those it has none for stay."""
    placed: list[Placed] = []
    codes: list[PlacedCode] = []
    for fragment, x, y in page.placed:
        kept: list[PlacedPicture] = []
        for one in fragment.pictures:
            if one.picture.role == PHOTO and photo:
                kept.append(PlacedPicture(replace(one.picture, data=photo, drawing=None), one.x, one.y))
            elif one.picture.role == CODE and code:
                codes.append(_code(code, one.picture, x + one.x, y + one.y))
            else:
                kept.append(one)
        if tuple(kept) == fragment.pictures:
            placed.append((fragment, x, y))
        else:
            placed.append((Fragment(fragment.runs, fragment.rules, tuple(kept)), x, y))
    return replace(page, placed=tuple(placed), codes=tuple(codes))


def _code(text: str, frame: Picture, x: float, y: float) -> PlacedCode:
    side = min(frame.width, frame.height)
    return PlacedCode(text, x + (frame.width - side) / 2, y + (frame.height - side) / 2, side)


def _crop_marks(left: float, top: float) -> Iterator[Rule]:
    """Hairlines outside the block of cards, at every cut."""
    right, bottom = left + _ACROSS * CARD[0], top + _DOWN * CARD[1]
    for column in range(_ACROSS + 1):
        x = left + column * CARD[0] - _HAIRLINE / 2
        yield Rule(x, top - _CROP_FROM - _CROP_LENGTH, _HAIRLINE, _CROP_LENGTH)
        yield Rule(x, bottom + _CROP_FROM, _HAIRLINE, _CROP_LENGTH)
    for row in range(_DOWN + 1):
        y = top + row * CARD[1] - _HAIRLINE / 2
        yield Rule(left - _CROP_FROM - _CROP_LENGTH, y, _CROP_LENGTH, _HAIRLINE)
        yield Rule(right + _CROP_FROM, y, _CROP_LENGTH, _HAIRLINE)
