"""The peers of printing: the same filled text set by platypus, by typst and by LibreOffice, as good as each can."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from anjian_desktop.documents.layout.model import Align, Paragraph, Table
from anjian_desktop.documents.layout.reading.document import read_document
from anjian_desktop.documents.layout.sections import Section
from anjian_desktop.documents.layout.typesetting.filling import Filling, fill_table
from anjian_desktop.documents.word import WordTemplate

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
Record = Mapping[str, str]


def missing(name: str) -> str:
    """Why a peer cannot run here; empty when it can."""
    if name == "typst" and importlib.util.find_spec("typst") is None:
        return "the package typst is not installed"
    if name == "LibreOffice" and shutil.which("soffice") is None:
        return "soffice is not installed"
    return ""


def write_platypus(out: Any, template: Path, records: Sequence[Record]) -> None:
    """All records into one PDF with reportlab's platypus: paragraphs, tables, page numbers."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import PageBreak, SimpleDocTemplate
    from reportlab.platypus import Paragraph as Text
    from reportlab.platypus import Table as Grid

    for name, file in (("Serif", "NotoSerifSC-subset.ttf"), ("Sans", "NotoSansSC-subset.ttf")):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, FONTS / file))
    (section,) = read_document(template.read_bytes()).sections
    styles: dict[tuple[object, ...], ParagraphStyle] = {}

    def text(paragraph: Paragraph) -> Text:
        look = paragraph.pieces[0].format if paragraph.pieces else paragraph.mark
        font = "Sans" if look.east_asian == "黑体" else "Serif"
        indent = (paragraph.format.first_chars or 0) * look.size
        centred = paragraph.format.align is Align.CENTER
        key = (font, look.size, indent, centred)
        if key not in styles:
            styles[key] = ParagraphStyle(
                str(key), fontName=font, fontSize=look.size, leading=29 if look.size > 12 else 15, firstLineIndent=indent,
                alignment=1 if centred else 4, wordWrap="CJK",
            )  # fmt: skip
        return Text(paragraph.text or "\u00a0", styles[key])

    def grid(table: Table) -> Grid:
        cells = [
            [[text(block) for block in cell.blocks if isinstance(block, Paragraph)] for cell in row.cells]
            for row in table.rows
        ]
        lined = table.rows[0].cells[0].borders.top is not None
        heights = [max(row.height, 15) if row.height > 100 else None for row in table.rows]
        look = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")] if lined else []
        return Grid(cells, colWidths=table.columns, rowHeights=heights, repeatRows=int(lined), style=look)

    story: list[Any] = []
    for unit in records:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                story.append(text(Filling(block).fill(unit)))
            else:
                story.append(grid(fill_table(block, unit)))
        story.append(PageBreak())

    def number(canvas: Any, document: Any) -> None:
        canvas.setFont("Serif", 14)
        canvas.drawCentredString(297, 70, f"— {document.page} —")

    document = SimpleDocTemplate(
        out, pagesize=(section.width, section.height), leftMargin=section.left - 6, rightMargin=section.right - 6,
        topMargin=section.top - 6, bottomMargin=section.bottom - 6,
    )  # fmt: skip
    document.build(story, onFirstPage=number, onLaterPages=number)


def write_typst(template: Path, records: Sequence[Record]) -> None:
    """All records into one PDF with typst, its source written by us, the program's fonts embedded."""
    import typst  # type: ignore[import-not-found, unused-ignore]

    (section,) = read_document(template.read_bytes()).sections
    source = [_TYPST % (section.width, section.height, section.left, section.right, section.top, section.bottom)]
    for unit in records:
        source.append(_typst_record(section, unit))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "all.typ"
        file.write_text("".join(source), encoding="utf-8")
        typst.compile(
            str(file), output=str(Path(folder) / "all.pdf"), font_paths=[str(FONTS)], ignore_system_fonts=True
        )


_TYPST = """#set page(width: %.2fpt, height: %.2fpt, margin: (left: %.2fpt, right: %.2fpt, top: %.2fpt, bottom: %.2fpt),
  numbering: "— 1 —")
#set text(font: "Noto Serif SC", lang: "zh", cjk-latin-spacing: auto)
#set par(justify: true, leading: 13pt, spacing: 13pt)
#let p(body, size, indent, font, centred) = {
  set text(size: size, font: font)
  set par(first-line-indent: (amount: indent, all: true))
  if centred { align(center, body) } else { par(body) }
}
"""


def _typst_record(section: Section, unit: Record) -> str:
    lines = []
    for block in section.blocks:
        if isinstance(block, Paragraph):
            lines.append(f"#{_typst_paragraph(Filling(block).fill(unit))}\n")
        else:
            lines.append(_typst_table(fill_table(block, unit)))
    return "".join(lines) + "#pagebreak(weak: true)\n"


def _typst_paragraph(paragraph: Paragraph) -> str:
    look = paragraph.pieces[0].format if paragraph.pieces else paragraph.mark
    font = "Noto Sans SC" if look.east_asian == "黑体" else "Noto Serif SC"
    indent = (paragraph.format.first_chars or 0) * look.size
    centred = "true" if paragraph.format.align is Align.CENTER else "false"
    text = json.dumps(paragraph.text or "\u00a0", ensure_ascii=False)
    return f'p({text}, {look.size}pt, {indent}pt, "{font}", {centred})'


def _typst_table(table: Table) -> str:
    columns = ", ".join(f"{width}pt" for width in table.columns)
    cells = [
        "[" + " ".join(f"#{_typst_paragraph(block)}" for block in cell.blocks if isinstance(block, Paragraph)) + "]"
        for row in table.rows
        for cell in row.cells
    ]
    lined = table.rows[0].cells[0].borders.top is not None
    return f"#table(columns: ({columns},), stroke: {'0.5pt' if lined else 'none'}, {', '.join(cells)})\n"


def convert_with_libreoffice(template: Path, records: Sequence[Record]) -> None:
    """Each record's filled Word file converted to a PDF, all in one start of LibreOffice."""
    word = WordTemplate(template.read_bytes())
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, unit in enumerate(records, 1):
            file = Path(folder) / f"{number}.docx"
            file.write_bytes(word.fill(dict(unit)).data)
            files.append(str(file))
        home = f"-env:UserInstallation=file://{folder}/profile"
        subprocess.run(
            ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", folder, *files],
            check=True,
            capture_output=True,
        )
        assert len(list(Path(folder).glob("*.pdf"))) == len(files)
