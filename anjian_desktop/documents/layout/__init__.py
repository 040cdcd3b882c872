"""Word documents laid out on pages without Word: a .docx file in, placed glyph runs out.

`Typesetter(template, fonts).lay_out(values)` for a batch, `lay_out_docx(document, fonts)` for one finished document.
"""

from anjian_desktop.documents.layout.laid_out import Fragment, GlyphRun, LaidOut, MissingGlyph, Page, Rule
from anjian_desktop.documents.layout.model import NotLaidOut
from anjian_desktop.documents.layout.typesetter import Typesetter, lay_out_docx

__all__ = [
    "Fragment",
    "GlyphRun",
    "LaidOut",
    "MissingGlyph",
    "NotLaidOut",
    "Page",
    "Rule",
    "Typesetter",
    "lay_out_docx",
]
