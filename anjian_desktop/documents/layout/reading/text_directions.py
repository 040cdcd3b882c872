"""Reads which way the text of a cell or of a box runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from anjian_desktop.documents.layout.model import OBJECT, Block, Paragraph
from anjian_desktop.documents.layout.reading.formats import Name
from anjian_desktop.documents.layout.reading.package import W
from anjian_desktop.documents.layout.reading.styles import value

if TYPE_CHECKING:
    from lxml.etree import _Element

_TURNS = {"tbRlV": "down", "tbRl": "right", "btLr": "left"}
_LEVEL = ("lrTb", "lr", "lrTbV")
_TURNED_BOXES = {"eaVert": "down", "vert": "right", "vert270": "left"}
_FLOWS = {"vertical-ideographic": "eaVert", "vertical": "vert"}


def turn_of(properties: _Element | None, blocks: Sequence[Block], name: Name) -> str:
    """How a cell's text is turned (ECMA-376 part 1, 17.4.72 and part 4, 14.11.7); what is set level instead is named."""
    said = value(properties.find(W + "textDirection")) if properties is not None else None
    if said is None or said in _LEVEL[:2]:
        return ""
    turn = _TURNS.get(said, "")
    if not turn:
        name("这种文字方向的单元格（印成横排）")
    elif not all(_is_text(block) for block in blocks):
        name("有图片或表格的竖排单元格（印成横排）")
        return ""
    return turn


def turn_of_box(said: str, blocks: Sequence[Block], name: Name) -> str:
    """How the text of a box is turned by its `vert` (ECMA-376 part 1, 20.1.10.83); what is set level instead is named."""
    turn = _TURNED_BOXES.get(said, "")
    if blocks and said not in ("", "horz") and not (turn and all(_is_text(block) for block in blocks)):
        name("竖排的文本框（印成横排）")
        return ""
    return turn


def turn_of_flow(look: Mapping[str, str], blocks: Sequence[Block], name: Name) -> str:
    """How the text of an older file's box is turned by the properties of its style."""
    said = _FLOWS.get(look.get("layout-flow", ""), "")
    if said and look.get("mso-layout-flow-alt") == "bottom-to-top":
        said = "vert270"
    return turn_of_box(said, blocks, name)


def _is_text(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.floats and OBJECT not in block.text
