"""The choices of a whole document that move its text, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """The document-wide choices that move text. `em`: the size (pt) of the body's style; `has_notes`: foot- or endnotes.

    `expands_breaks`: justified lines that a manual break ends are stretched too.
    `tabs_past_column`: text may begin at tab stops outside its column.
    """

    squeeze_marks: bool = False
    parts_words: bool = False
    hang_marks: bool = True
    grid_in_tables: bool = False
    tables_to_margin: bool = True
    add_spaces: bool = False
    no_start: frozenset[str] = frozenset()
    no_end: frozenset[str] = frozenset()
    default_tab: float = 21.0
    em: float = 10.5
    has_notes: bool = False
    expands_breaks: bool = False
    tabs_past_column: bool = False
