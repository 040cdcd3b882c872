"""LibreOffice's rules of list numbers where Word's are known to be others."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING
from unittest.mock import patch

from anjian_desktop.documents.layout.reading import document
from anjian_desktop.documents.layout.reading.numbering import Label
from anjian_desktop.documents.layout.reading.package import W
from anjian_desktop.documents.layout.reading.styles import Look

if TYPE_CHECKING:
    from lxml.etree import _Element


def drop_style_indents(stack: ExitStack) -> None:
    """A number of its own takes the style's indents away, whether its level says any or not."""
    own_label = document.Reader._label

    def label(reader: document.Reader, look: Look, style: str, properties: _Element | None) -> Label | None:
        found = own_label(reader, look, style, properties)
        own = properties is not None and properties.find(W + "numPr") is not None
        level = found.level.paragraph if found is not None else None
        if found is not None and own and (level is None or level.find(W + "ind") is None):
            look.merged.pop("ind", None)
        return found

    stack.enter_context(patch.object(document.Reader, "_label", label))


def keep_cleared_stop(stack: ExitStack) -> None:
    """The tab stop of a list level stays, whatever stops the paragraph clears."""
    own_label = document.Reader._label

    def label(reader: document.Reader, look: Look, style: str, properties: _Element | None) -> Label | None:
        found = own_label(reader, look, style, properties)
        level = found.level.paragraph if found is not None else None
        for tab in level.iterfind(f"{W}tabs/{W}tab") if level is not None else ():
            look.merge("tabs", {f"{tab.get(W + 'pos')}.0": "left "})  # a place no paragraph names, so none clears it
        return found

    stack.enter_context(patch.object(document.Reader, "_label", label))
