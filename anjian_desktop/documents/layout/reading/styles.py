"""Resolves styles: document defaults, style inheritance, theme fonts and direct formatting into one set of properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_desktop.documents.layout.reading.package import A, Package, W

if TYPE_CHECKING:
    from lxml.etree import _Element

Properties = dict[str, "_Element"]
"""Property elements by local name; fonts and indents are merged attribute by attribute under keys of their own."""

PARTS = "\n"
"""Parts a table style's id from the names of its conditional parts that hold at a cell."""

_OFF = {"0", "false", "off", "none"}
_MERGED = {"rFonts", "ind", "spacing", "lang"}
_SCRIPTS = {"ja": "Jpan", "ko": "Hang", "zh-tw": "Hant", "zh-hk": "Hant", "zh-mo": "Hant"}
_SCRIPT = "Hans"
_ABSURD = 1e7


def value(element: _Element | None, name: str = "val") -> str | None:
    """An attribute of the main namespace, or None."""
    return None if element is None else element.get(W + name)


def is_on(element: _Element | None) -> bool:
    """Whether a toggle property is on; an absent one is off, one without a value on."""
    return element is not None and (element.get(W + "val") or "1") not in _OFF


def number(text: str | None, default: float = 0.0) -> float:
    """A number of the file; the default where it is none, or one no document can mean."""
    try:
        found = float(text) if text else default
    except ValueError:
        return default
    return found if abs(found) < _ABSURD else default


def twips(text: str | None, default: float = 0.0) -> float:
    """Points of a length in twentieths (or with a unit, as newer files write it)."""
    for unit, points in (("pt", 1.0), ("mm", 72 / 25.4), ("cm", 72 / 2.54), ("in", 72.0)):
        if text and text.endswith(unit):
            return number(text[: -len(unit)], default / points) * points
    return number(text, default * 20) / 20


def pinned_by(element: _Element | None) -> tuple[tuple[str, str], ...]:
    """The attributes that give a frame or a floating table its place."""
    return () if element is None else tuple(sorted((key.rpartition("}")[2], text) for key, text in element.items()))


class Look:
    """The properties that hold at one place: run, paragraph, each a mapping of names to values.

    `attributes` of merged elements (fonts, indents, spacing) are kept as plain dictionaries, so that a style that sets
    only the left indent leaves the first-line indent of its parent alone; tab stops likewise, each under its position.
    """

    __slots__ = ("elements", "merged")

    def __init__(self) -> None:
        self.elements: Properties = {}
        self.merged: dict[str, dict[str, str]] = {}

    def copy(self) -> Look:
        """The same properties, to be changed apart."""
        twin = Look()
        twin.elements = dict(self.elements)
        twin.merged = {key: dict(values) for key, values in self.merged.items()}
        return twin

    def apply(self, properties: _Element | None) -> Look:
        """Lets the children of an rPr or pPr override what holds so far."""
        if properties is None:
            return self
        for child in properties:
            if not isinstance(child.tag, str):
                continue
            name = child.tag.rpartition("}")[2]
            if name in _MERGED and (name != "spacing" or child.get(W + "val") is None):
                self.merge(name, {key.rpartition("}")[2]: text for key, text in child.attrib.items()})
            elif name == "tabs":  # each level adds its stops to those of the farther ones, or clears some of them
                self.merge(name, {value(tab, "pos") or "": _stop(tab) for tab in child})
            else:
                self.elements[name] = child
        return self

    def over(self, other: Look) -> Look:
        """This look on top of another one."""
        below = other.copy()
        below.elements.update(self.elements)
        for name, values in self.merged.items():
            below.merge(name, values)
        return below

    def merge(self, name: str, values: dict[str, str]) -> None:
        """Lets the attributes of one element override those that hold so far."""
        target = self.merged.setdefault(name, {})
        if name == "rFonts":
            # A named font of a nearer level beats a theme font of a farther one.
            for script in ("ascii", "hAnsi", "eastAsia", "cs"):
                theme = "cstheme" if script == "cs" else f"{script}Theme"
                if script in values and theme not in values:
                    target.pop(theme, None)
        if name == "spacing":
            # A blank said in lines beats the points of a farther level.
            for points in ("before", "after"):
                if number(values.get(f"{points}Lines")) and points not in values:
                    target.pop(points, None)
        if name == "ind":
            for points, chars in (("left", "leftChars"), ("right", "rightChars"), ("firstLine", "firstLineChars")):
                if points in values and chars not in values:
                    target.pop(chars, None)
            if "hanging" in values:
                target.pop("firstLine", None)
                target.pop("firstLineChars", None)
            # A first line of no characters (0) leaves a list's hanging indent as it is.
            if "firstLine" in values or number(values.get("firstLineChars")):
                target.pop("hanging", None)
                target.pop("hangingChars", None)
        target.update(values)


class StyleSheet:
    """The styles of a document."""

    def __init__(self, package: Package) -> None:
        root = package.related("styles")
        self._styles: dict[str, _Element] = {}
        self._defaults: dict[str, str] = {}
        self._run_default, self._paragraph_default = Look(), Look()
        self._cache: dict[tuple[str, str], Look] = {}
        if root is not None:
            for style in root.iter(W + "style"):
                name = style.find(W + "name")
                identifier = style.get(W + "styleId") or value(name) or ""  # reports of SQL Server say names alone
                if not identifier:
                    continue  # a style without a name that text could ask for it by
                if style.get(W + "styleId"):
                    self._styles[identifier] = style
                else:
                    self._styles.setdefault(identifier, style)
                if (style.get(W + "default") or "0") not in _OFF:
                    self._defaults[style.get(W + "type", "")] = identifier
            self._run_default.apply(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
            self._paragraph_default.apply(root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr"))
            # Some programs write a frame here, but not all text stands in one.
            self._paragraph_default.elements.pop("framePr", None)
        self._theme = _theme_fonts(package)

    def default(self, kind: str) -> str:
        """The id of the default style of a kind (`paragraph`, `table`), or an empty text."""
        return self._defaults.get(kind, "")

    def name(self, identifier: str) -> str:
        """A style's name as Word shows it."""
        style = self._styles.get(identifier)
        return (value(style.find(W + "name")) or identifier) if style is not None else identifier

    def named(self, name: str) -> str:
        """The id of the style of a name, in small letters, or an empty text."""
        return next((one for one in self._styles if self.name(one).casefold() == name), "")

    def paragraph(self, identifier: str, table: str = "") -> Look:
        """Paragraph properties of a style, over the table style's and the document's."""
        return self._over_table(identifier, table, "pPr", self._paragraph_default)

    def run(self, identifier: str, table: str = "") -> Look:
        """Run properties of a paragraph style, over the table style's and the document's."""
        return self._over_table(identifier, table, "rPr", self._run_default)

    def _over_table(self, identifier: str, table: str, kind: str, below: Look) -> Look:
        """Properties of a kind, those of the table's style and of its parts between the style's and the document's."""
        table, *parts = table.split(PARTS)
        if table:
            below = self._chain(table, kind).over(below)
        for part in parts:
            for properties in self.table_part(table, part, W + kind):
                below = below.copy().apply(properties)
        return self._chain(identifier, kind).over(below)

    def character(self, identifier: str) -> Look:
        """Run properties of a character style alone."""
        return self._chain(identifier, "rPr")

    def has_character(self, identifier: str | None) -> bool:
        """Whether a style is one for characters that says anything."""
        style = self._styles.get(identifier or "")
        return style is not None and style.get(W + "type") == "character" and identifier != self.default("character")

    def table_elements(self, identifier: str, path: str) -> list[_Element]:
        """An element of a table style and of those it is based on, the farthest first."""
        found = [style.find(path) for style in reversed(self._ancestry(identifier))]
        return [element for element in found if element is not None]

    def table_part(self, identifier: str, part: str, path: str) -> list[_Element]:
        """An element of one conditional part (`firstRow`, `band1Horz` …) of a table style, the farthest ancestor first."""
        found = []
        for style in reversed(self._ancestry(identifier)):
            for element in style.iterfind(W + "tblStylePr"):
                if value(element, "type") == part:
                    inner = element.find(path)
                    if inner is not None:
                        found.append(inner)
        return found

    def table_parts(self, identifier: str) -> frozenset[str]:
        """The names of the conditional parts a table style has."""
        return frozenset(
            value(element, "type") or ""
            for style in self._ancestry(identifier)
            for element in style.iterfind(W + "tblStylePr")
        )

    def font(self, fonts: dict[str, str], script: str) -> str | None:
        """The font name for a script (`eastAsia`, `ascii`, `hAnsi`) of merged rFonts attributes."""
        theme = fonts.get(f"{script}Theme") or ""
        of = {"EastAsia": "eastAsia", "HAnsi": "hAnsi", "Ascii": "ascii"}.get(theme[5:], script)
        return self._theme.get((theme[:5], of)) or fonts.get(script)

    def _chain(self, identifier: str, part: str) -> Look:
        key = (identifier, part)
        if key not in self._cache:
            look = Look()
            for style in reversed(self._ancestry(identifier)):
                look.apply(style.find(W + part))
            self._cache[key] = look
        return self._cache[key]

    def _ancestry(self, identifier: str) -> list[_Element]:
        found: list[_Element] = []
        while identifier in self._styles and len(found) < 32:
            style = self._styles[identifier]
            if style in found:
                break
            found.append(style)
            identifier = value(style.find(W + "basedOn")) or ""
        return found


def _stop(tab: _Element) -> str:
    """A tab stop's kind and what fills the tab, parted by a blank."""
    return f"{value(tab) or 'left'} {value(tab, 'leader') or ''}"


def _theme_fonts(package: Package) -> dict[tuple[str, str], str]:
    root = package.related("theme")
    fonts: dict[tuple[str, str], str] = {}
    if root is None:
        return fonts
    settings = package.related("settings")
    language = value(settings.find(W + "themeFontLang") if settings is not None else None, "eastAsia") or ""
    script = _SCRIPTS.get(language.casefold()) or _SCRIPTS.get(language[:2].casefold(), _SCRIPT)
    for kind in ("major", "minor"):
        scheme = root.find(f".//{A}{kind}Font")
        if scheme is None:
            continue
        latin, asian = scheme.find(A + "latin"), scheme.find(A + "ea")
        supplied = next((font for font in scheme.iter(A + "font") if font.get("script") == script), None)
        fonts[(kind, "ascii")] = fonts[(kind, "hAnsi")] = latin.get("typeface", "") if latin is not None else ""
        named = asian.get("typeface", "") if asian is not None else ""
        fonts[(kind, "eastAsia")] = named or (supplied.get("typeface", "") if supplied is not None else "")
    return fonts
