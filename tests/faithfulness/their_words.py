"""LibreOffice's own ways with words in lines, where Word is known to differ."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from anjian_desktop.documents.layout.characters import HAN
from anjian_desktop.documents.layout.model import RunFormat
from anjian_desktop.documents.layout.reading import document, pieces
from anjian_desktop.documents.layout.reading.styles import Look
from anjian_desktop.documents.layout.typesetting import breaking

_LATIN_TOO = "zh-Latn"


def part_chinese_words(stack: ExitStack) -> None:
    """Latin words said to be Chinese end a line anywhere behind Chinese text of their paragraph."""
    own_breaks = breaking.Strand._can_break

    def breaks(strand: breaking.Strand, at: int, edge: int = -1) -> bool:
        parts = all(strand.style_at(one).format.language == _LATIN_TOO for one in (at - 1, at))
        if parts and not strand._is_chinese(at) and HAN.search(strand.text, 0, at):
            marks = strand._settings
            return strand.text[at] not in marks.no_start and strand.text[at - 1] not in marks.no_end
        return own_breaks(strand, at, edge)

    for module in (document, pieces):
        own = module.run_format

        def format_(look: Look, *given: Any, own: Any = own) -> RunFormat:
            found: RunFormat = own(look, *given)
            chinese = look.merged.get("lang", {}).get("val", "").startswith("zh") and not found.language
            return replace(found, language=_LATIN_TOO) if chinese else found

        stack.enter_context(patch.object(module, "run_format", format_))
    stack.enter_context(patch.object(breaking.Strand, "_can_break", breaks))
