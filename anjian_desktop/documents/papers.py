"""Word templates with lists and photos on paper: registration cards, sign-in sheets, score lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from anjian_desktop.documents.certificate_press import set_pictures
from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout.laid_out import LaidOut
from anjian_desktop.documents.layout.typesetter import Typesetter
from anjian_desktop.documents.merging import MergeTemplate

_KEPT = 16


class PaperPress:
    """A template, read once, that gives the pages for each record; typesetters are kept by the lengths of its lists.

    Raises UnusableDocument when the bytes are no Word document.
    """

    def __init__(self, template: bytes, fonts: FontBook) -> None:
        self._template = MergeTemplate(template)
        self._fonts = fonts
        self._setters: dict[tuple[int, ...], Typesetter] = {}

    def lay_out(self, record: Mapping[str, object], *, photo: bytes | None = None) -> LaidOut:
        """The pages; `record` holds texts, and lists of such records for the row loops. `photo`: a JPEG or PNG."""
        lengths = tuple(len(value) for value in record.values() if isinstance(value, list | tuple))
        setter = self._setters.get(lengths)
        if setter is None:
            if len(self._setters) >= _KEPT:
                del self._setters[next(iter(self._setters))]
            setter = self._setters[lengths] = Typesetter(self._template.braces(record), self._fonts)
        laid = setter.lay_out(self._template.flat(record))
        return replace(laid, pages=tuple([set_pictures(page, photo=photo) for page in laid.pages]))
