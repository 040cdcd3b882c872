"""Embeds fonts: the used glyphs of each face once, with widths and the characters they stand for."""

from __future__ import annotations

import hashlib
import re
import zlib
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from anjian_desktop.documents.cff import subset_cff
from anjian_desktop.documents.fonts import Face
from anjian_desktop.documents.pdf.objects import ObjectFile

_DEFAULT_WIDTH = 1000
_CMAP_HEAD = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_CMAP_TAIL = b"""endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
_CMAP_BLOCK = 100
"""Entries a bfchar block may hold (Adobe Technical Note 5411)."""


@dataclass(frozen=True, slots=True)
class EmbeddableFont:
    """A face cut down to the glyphs of some characters, its streams already deflated: written into one file or many.

    Pages keep the face's own glyph numbers as character codes; a map leads from them to the subset's numbers.
    """

    name: bytes
    descriptor: bytes
    widths: bytes
    program: bytes
    program_length: int
    glyph_map: bytes
    to_unicode: bytes
    postscript: bool = False

    @classmethod
    def of(cls, face: Face, characters: Iterable[str]) -> EmbeddableFont:
        """The subset of a face that shows these characters."""
        glyphs: dict[int, str] = {}
        for character in sorted(characters):
            number = face.glyph(character)
            if number and (number not in glyphs or ord(character) in face.characters):
                glyphs[number] = character
        postscript = face.file.is_postscript
        renumbered: dict[int, int] = {}
        if postscript:
            program = subset_cff(face.file.data, face.index, glyphs)
        else:
            program, renumbered = face.file.subset(glyphs)
        unit = 1000 / face.units_per_em
        left, bottom, right, top = (round(value * unit) for value in face.file.box)
        ascent, descent = (round(value * unit) for value in face.file.ascent_descent)
        name = _font_name(face, glyphs)
        descriptor = b"/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d/StemV 80" % (
            left, bottom, right, top, ascent, descent, ascent,
        )  # fmt: skip
        mapping = array("H", bytes(2 * (max(glyphs, default=0) + 1)))
        for number in glyphs:
            mapping[number] = renumbered.get(number, number)
        mapping.byteswap()
        return cls(
            name,
            descriptor,
            _widths(face, sorted(glyphs), unit),
            zlib.compress(program, 6),
            len(program),
            zlib.compress(mapping.tobytes(), 6),
            zlib.compress(_to_unicode(glyphs), 6),
            postscript,
        )

    def write(self, file: ObjectFile) -> int:
        """Writes the font's objects (9.7.4: CIDFontType2, or CIDFontType0 for PostScript outlines); gives its number."""
        if self.postscript:
            program = file.packed(self.program, b"/Subtype/CIDFontType0C")
            key, kind, glyph_map = b"FontFile3", b"CIDFontType0", b""
        else:
            program = file.packed(self.program, b"/Length1 %d" % self.program_length)
            key, kind = b"FontFile2", b"CIDFontType2"
            glyph_map = b"/CIDToGIDMap %d 0 R" % file.packed(self.glyph_map)
        descriptor = file.write(
            b"<</Type/FontDescriptor/FontName/%b%b/%b %d 0 R>>" % (self.name, self.descriptor, key, program)
        )
        descendant = file.write(
            b"<</Type/Font/Subtype/%b/BaseFont/%b/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            b"/FontDescriptor %d 0 R/DW %d/W[%b]%b>>"
            % (kind, self.name, descriptor, _DEFAULT_WIDTH, self.widths, glyph_map)
        )
        to_unicode = file.packed(self.to_unicode)
        return file.write(
            b"<</Type/Font/Subtype/Type0/BaseFont/%b/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
            % (self.name, descendant, to_unicode)
        )


def _font_name(face: Face, glyphs: dict[int, str]) -> bytes:
    """The face's name with the six letters that tell subsets apart (9.6.4), taken from the glyphs."""
    digest = hashlib.sha256(repr(sorted(glyphs)).encode()).digest()
    letters = bytes(65 + byte % 26 for byte in digest[:6])
    plain = re.sub(r"[^A-Za-z0-9-]", "", face.family) or f"Font{face.number}"
    return letters + b"+" + plain.encode()


def _widths(face: Face, glyphs: list[int], unit: float) -> bytes:
    """The W array: runs of consecutive glyphs, those of the default width left out."""
    parts: list[bytes] = []
    following = -1
    for glyph in glyphs:
        width = round(face.advances[glyph] * unit, 2)
        if width == _DEFAULT_WIDTH:
            continue
        if glyph != following:
            parts.append((b"]" if parts else b"") + b"%d[" % glyph)
        else:
            parts.append(b" ")
        parts.append(b"%g" % width)
        following = glyph + 1
    return b"".join(parts) + (b"]" if parts else b"")


def _to_unicode(glyphs: dict[int, str]) -> bytes:
    rows = [
        b"<%04X> <%b>\n" % (glyph, glyphs[glyph].encode("utf-16-be").hex().upper().encode()) for glyph in sorted(glyphs)
    ]
    blocks = []
    for start in range(0, len(rows), _CMAP_BLOCK):
        block = rows[start : start + _CMAP_BLOCK]
        blocks.append(b"%d beginbfchar\n%bendbfchar\n" % (len(block), b"".join(block)))
    return _CMAP_HEAD + b"".join(blocks) + _CMAP_TAIL
