"""Turns resolved properties of the file into the formats of the model, and names those that are not laid out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from anjian_desktop.documents.layout.border_lines import is_known, whole_width
from anjian_desktop.documents.layout.model import (
    Align,
    Border,
    Borders,
    Frame,
    LineRule,
    ParagraphFormat,
    RunFormat,
    Tab,
)
from anjian_desktop.documents.layout.reading.package import W
from anjian_desktop.documents.layout.reading.styles import Look, StyleSheet, is_on, number, twips, value

if TYPE_CHECKING:
    from lxml.etree import _Element

Name = Callable[[str], None]
"""Notes a feature that is not laid out, at the place being read."""

_MAINLAND = ("", "zh", "zh-cn", "zh-hans-cn", "zh-sg")
"""Languages a Chinese font is meant for as it stands; any other (zh-TW, en-US) is told to whoever looks for the font."""
_ASIAN = ("zh", "ja", "ko")
"""Latin text said to be in one of these is set in a font that holds it."""
_ALIGN = {
    "left": Align.START, "start": Align.START, "center": Align.CENTER, "right": Align.END, "end": Align.END,
    "both": Align.BOTH, "distribute": Align.SPREAD, "thaiDistribute": Align.SPREAD,
}  # fmt: skip
_RUN_FEATURES = {
    "dstrike": "双删除线", "outline": "空心字", "shadow": "阴影字", "emboss": "阳文",
    "imprint": "阴文", "rtl": "从右向左的文字",
}  # fmt: skip
_RUN_VALUES = {
    "effect": "文字效果", "fitText": "调整字符宽度",
    "eastAsianLayout": "双行合一或纵横混排",
}  # fmt: skip
_PARAGRAPH_FEATURES = {"bidi": "从右向左的段落", "textDirection": "竖排文字"}
_HIGHLIGHTS = {
    "yellow": (1.0, 1.0, 0.0), "green": (0.0, 1.0, 0.0), "cyan": (0.0, 1.0, 1.0), "magenta": (1.0, 0.0, 1.0), "blue": (0.0, 0.0, 1.0),
    "red": (1.0, 0.0, 0.0), "darkBlue": (0.0, 0.0, 0.5), "darkCyan": (0.0, 0.5, 0.5), "darkGreen": (0.0, 0.5, 0.0),
    "darkMagenta": (0.5, 0.0, 0.5), "darkRed": (0.5, 0.0, 0.0), "darkYellow": (0.5, 0.5, 0.0), "darkGray": (0.5, 0.5, 0.5),
    "lightGray": (0.75, 0.75, 0.75), "black": (0.0, 0.0, 0.0), "white": (1.0, 1.0, 1.0),
}  # fmt: skip
_STOPS = {"start": "left", "end": "right", "num": "left"}
_LEADERS = {
    "dot": "dot", "middleDot": "middleDot", "underscore": "underscore", "heavy": "underscore", "hyphen": "hyphen",
}  # fmt: skip
_SMALLER = 0.6
_RAISED, _LOWERED = 0.45, -0.14
_AUTO_SPACE = 14.0


def run_format(look: Look, styles: StyleSheet, name: Name) -> RunFormat:
    """The run format of resolved properties."""
    found = look.elements
    fonts = look.merged.get("rFonts", {})
    for key, feature in _RUN_FEATURES.items():
        if is_on(found.get(key)):
            name(feature)
    for key, feature in _RUN_VALUES.items():
        if key in found and value(found[key]) not in ("none", "nil"):
            name(feature)
    size = max(_half_points(found.get("sz"), 10.0), 1.0)
    rise = _half_points(found.get("position"), 0.0) / size
    script = value(found.get("vertAlign"))
    beside = size if script in ("superscript", "subscript") else 0.0
    if script in ("superscript", "subscript"):
        rise += (_RAISED if script == "superscript" else _LOWERED) / _SMALLER
        size *= _SMALLER
    underline = value(found.get("u")) or "none"
    languages = look.merged.get("lang", {})
    language, western = languages.get("eastAsia", "").casefold(), languages.get("val", "").casefold()
    latin = styles.font(fonts, "ascii") or styles.font(fonts, "hAnsi") or "Times New Roman"
    return RunFormat(
        east_asian=styles.font(fonts, "eastAsia") or "宋体",
        latin=latin,
        language="" if language in _MAINLAND else language,
        western=("zh-cn" if western in _MAINLAND else western) if western.startswith(_ASIAN) else "",
        size=size,
        bold=is_on(found.get("b")),
        underline=underline != "none",
        strike=is_on(found.get("strike")) or is_on(found.get("dstrike")),
        colour=colour(value(found.get("color"))),
        spacing=twips(value(found.get("spacing"))),
        rise=rise,
        beside=beside,
        scale=_per_cent(value(found.get("w"))),
        prefer_east_asian=fonts.get("hint") == "eastAsia",
        on_grid="snapToGrid" not in found or is_on(found["snapToGrid"]),
        italic=is_on(found.get("i")),
        fill=_HIGHLIGHTS.get(value(found.get("highlight")) or "") or fill_colour(found.get("shd")),
        emphasis=(value(found.get("em")) or "none").replace("none", ""),
        lines=underline,
        box=border(found.get("bdr"), name),
        kerned=0 < _half_points(found.get("kern"), 0.0) <= size,
    )


def paragraph_format(look: Look, name: Name) -> ParagraphFormat:
    """The paragraph format of resolved properties."""
    found = look.elements
    indents, spacing = look.merged.get("ind", {}), look.merged.get("spacing", {})
    for key, feature in _PARAGRAPH_FEATURES.items():
        if is_on(found.get(key)) and value(found[key]) not in ("lrTb", "tb"):
            name(feature)
    hanging = twips(indents.get("hanging"))
    first_chars = _chars(indents.get("firstLineChars"))
    hanging_chars = _chars(indents.get("hangingChars"))
    rule = LineRule(spacing.get("lineRule", "auto")) if spacing.get("lineRule") in _RULES else LineRule.MULTIPLE
    line = number(spacing.get("line"), 240.0)
    auto_before, auto_after = _set(spacing, "beforeAutospacing"), _set(spacing, "afterAutospacing")
    return ParagraphFormat(
        align=_ALIGN.get(value(found.get("jc")) or "start", Align.START),
        start=twips(indents.get("left") or indents.get("start")),
        end=twips(indents.get("right") or indents.get("end")),
        first=-hanging if hanging else twips(indents.get("firstLine")),
        start_chars=_chars(indents.get("leftChars") or indents.get("startChars")),
        end_chars=_chars(indents.get("rightChars") or indents.get("endChars")),
        first_chars=-hanging_chars if hanging_chars else first_chars,
        before=_AUTO_SPACE if auto_before else twips(spacing.get("before")),
        after=_AUTO_SPACE if auto_after else twips(spacing.get("after")),
        before_lines=None if auto_before else _chars(spacing.get("beforeLines")),
        after_lines=None if auto_after else _chars(spacing.get("afterLines")),
        auto_before=auto_before,
        auto_after=auto_after,
        line=line / 240 if rule is LineRule.MULTIPLE else line / 20,
        line_rule=rule,
        on_grid="snapToGrid" not in found or is_on(found["snapToGrid"]),
        keep_next=is_on(found.get("keepNext")),
        keep_lines=is_on(found.get("keepLines")),
        page_break_before=is_on(found.get("pageBreakBefore")),
        widow_control="widowControl" not in found or is_on(found["widowControl"]),
        auto_space="autoSpaceDE" not in found or is_on(found["autoSpaceDE"]),
        auto_space_digits="autoSpaceDN" not in found or is_on(found["autoSpaceDN"]),
        break_words="wordWrap" in found and not is_on(found["wordWrap"]),
        break_rules="kinsoku" not in found or is_on(found["kinsoku"]),
        hang_marks="overflowPunct" not in found or is_on(found["overflowPunct"]),
        contextual=is_on(found.get("contextualSpacing")),
        uncounted=is_on(found.get("suppressLineNumbers")),
        tabs=_tabs(look.merged.get("tabs", {}), name),
        frame=frame_of(found.get("pBdr"), fill_colour(found.get("shd")), name),
    )


def frame_of(element: _Element | None, fill: tuple[float, float, float] | None, name: Name) -> Frame | None:
    """The lines of a pBdr or pgBorders element with the colour behind; None when there is neither."""

    def side(key: str) -> _Element | None:
        return element.find(W + key) if element is not None else None

    sides = [side(key) for key in ("top", "left", "bottom", "right", "between")]
    top, left, bottom, right, between = (border(one, name) for one in sides)
    if fill is None and not (top or left or bottom or right or between):
        return None
    one, two, three, four, five = (min(max(number(value(one, "space")), 0.0), 50.0) for one in sides)
    parting = (between, five) if between is not None else None
    return Frame(Borders(top, left, bottom, right), (one, two, three, four), fill, parting)


def border(element: _Element | None, name: Name) -> Border | None:
    """A border line; None when the element is absent or says there is none."""
    kind = value(element)
    if element is None or kind in (None, "nil", "none"):
        return None
    if not is_known(kind):
        name("图案组成的边框线（印成单线）")
        kind = "single"
    width = max(number(value(element, "sz"), 4.0) / 8, 0.25)
    return Border(whole_width(kind, width), colour(value(element, "color")), "single" if kind == "thick" else kind)


def colour(text: str | None) -> tuple[float, float, float]:
    """RGB from 0 to 1; `auto` and anything unreadable is black."""
    if text is None or len(text) != 6:
        return (0.0, 0.0, 0.0)
    try:
        red, green, blue = (round(int(text[at : at + 2], 16) / 255, 3) for at in (0, 2, 4))
    except ValueError:
        return (0.0, 0.0, 0.0)
    return red, green, blue


def fill_colour(element: _Element | None) -> tuple[float, float, float] | None:
    """The background a shading element asks for, or None; a pattern is printed as the even tint it comes to."""
    kind, said = value(element) or "clear", value(element, "fill")
    share = _inked(kind)
    if not share:
        return None if said in (None, "auto", "FFFFFF") else colour(said)
    paper = (1.0, 1.0, 1.0) if said in (None, "auto") else colour(said)
    ink = colour(value(element, "color"))
    red, green, blue = (round(one * share + other * (1 - share), 3) for one, other in zip(ink, paper, strict=True))
    return red, green, blue


def _inked(kind: str) -> float:
    """The part of a pattern that is inked (ECMA-376 part 1, 17.18.78)."""
    if kind.startswith("pct"):
        return _HALVES.get(kind[3:], number(kind[3:]) / 100)
    if kind.endswith(("Stripe", "Cross")):
        return 0.25 if kind.startswith("thin") else 0.5
    return 1.0 if kind == "solid" else 0.0


_HALVES = {"12": 0.125, "37": 0.375, "62": 0.625, "87": 0.875}
_RULES = {rule.value for rule in LineRule}


def _half_points(element: _Element | None, default: float) -> float:
    said = value(element)
    if said and said[-1].isalpha():  # with a unit, as the strict form of the format writes it
        return twips(said, default)
    return number(said, 2 * default) / 2


def _per_cent(text: str | None) -> float:
    found = number((text or "").rstrip("%"), 100.0)
    return found / 100 if found > 0 else 1.0


def _chars(text: str | None) -> float | None:
    """Hundredths of a character or line as a number; None for zero, which Word writes to fall back on points."""
    return number(text) / 100 or None


def _set(attributes: dict[str, str], key: str) -> bool:
    return attributes.get(key, "0") not in ("0", "false", "off")


def _tabs(said: dict[str, str], name: Name) -> tuple[Tab, ...]:
    stops = []
    for position, stop in said.items():
        kind, _, leader = stop.partition(" ")
        if kind == "bar":
            name("竖线制表位")
        elif kind != "clear":
            stops.append(Tab(twips(position), _STOPS.get(kind, kind), _LEADERS.get(leader, "")))
    return tuple(sorted(stops, key=lambda stop: stop.position))
