"""LibreOffice's own ways with what styles say, where Word is known to differ."""

from __future__ import annotations

from contextlib import ExitStack
from unittest.mock import patch

from anjian_desktop.documents.layout.reading.package import Package, W
from anjian_desktop.documents.layout.reading.styles import Look, StyleSheet


def leave_base_out(stack: ExitStack) -> None:
    """Of a table style's paragraphs only what it says itself holds."""
    own_chain = StyleSheet._chain

    def chain(styles: StyleSheet, identifier: str, part: str) -> Look:
        style = styles._styles.get(identifier)
        if part == "pPr" and style is not None and style.get(W + "type") == "table":
            return Look().apply(style.find(W + part))
        return own_chain(styles, identifier, part)

    stack.enter_context(patch.object(StyleSheet, "_chain", chain))


def leave_lines_out(stack: ExitStack) -> None:
    """The blanks of a style are those it says in points."""
    own_sheet = StyleSheet.__init__

    def sheet(styles: StyleSheet, package: Package) -> None:
        own_sheet(styles, package)
        for style in styles._styles.values():
            for spacing in style.iterfind(f"{W}pPr/{W}spacing"):
                for points in ("before", "after"):
                    if spacing.get(W + points) is None:
                        spacing.attrib.pop(f"{W}{points}Lines", None)

    stack.enter_context(patch.object(StyleSheet, "__init__", sheet))
