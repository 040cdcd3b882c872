"""Papers as programs write them with a library, on its own template: fonts by theme, text that is said to be English."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

from tests.faithfulness.building import chinese, latin, picture

if TYPE_CHECKING:
    from docx.document import Document as Paper
    from docx.text.run import Run

_MIDDLE, _RIGHT, _BOTH = (WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY)


def library_papers() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every paper."""
    for name, paper in (
        ("agreement", _agreement()),
        ("notice", _notice()),
        ("english", _english()),
        ("spacing", _spacing()),
        ("tables", _tables()),
        ("runs", _runs()),
    ):
        yield f"library-{name}", _stored(paper)


def _stored(paper: Paper) -> bytes:
    """The file, its parts without the time they were written."""
    first, second = io.BytesIO(), io.BytesIO()
    paper.save(first)
    with zipfile.ZipFile(first) as read, zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            written.writestr(zipfile.ZipInfo(name), read.read(name))
    return second.getvalue()


def _dressed(run: Run, font: str, size: float) -> None:
    run.font.name, run.font.size = font, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _agreement() -> Paper:
    paper = Document()
    paper.add_heading("安全生产责任书", 0)
    paper.add_heading("一、总体要求", 1)
    for n in range(5):
        paper.add_paragraph(chinese(n, 180, mixed=True))
    paper.add_heading("（一）工作目标", 2)
    for n in range(4):
        paper.add_paragraph(chinese(n, 50), style="List Bullet")
    for n in range(4):
        paper.add_paragraph(chinese(n + 5, 60), style="List Number")
    table = paper.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, ("序号", "单位", "负责人"), strict=True):
        cell.text = text
    for n in range(12):
        for cell, text in zip(table.add_row().cells, (str(n + 1), chinese(n, 10), "张三"), strict=True):
            cell.text = text
    paper.add_page_break()
    paper.add_paragraph(chinese(9, 300, mixed=True))
    return paper


def _notice() -> Paper:
    paper = Document()
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(16)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋")
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    title = paper.add_paragraph()
    title.alignment = _MIDDLE
    _dressed(title.add_run("关于开展安全生产大检查的通知"), "方正小标宋简体", 22)
    for n in range(8):
        found = paper.add_paragraph(chinese(n, 170, mixed=True)).paragraph_format
        found.first_line_indent, found.line_spacing = Pt(32), Pt(28)
    for text in ("示例镇人民政府", "2026年3月5日"):
        paper.add_paragraph(text).alignment = _RIGHT
    section.footer.paragraphs[0].text, section.footer.paragraphs[0].alignment = "— 1 —", _MIDDLE
    section.header.paragraphs[0].text = "示例镇安全生产委员会"
    return paper


def _english() -> Paper:
    paper = Document()
    paper.add_heading("Safety report", 0)
    for n in range(6):
        paper.add_heading(f"Section {n}", 1)
        paper.add_paragraph(latin(n, 90))
        paper.add_paragraph(latin(n + 9, 40), style="Intense Quote")
    for style in ("List Bullet", "List Bullet 2", "List Number"):
        paper.add_paragraph(style, style=style)
    return paper


def _spacing() -> Paper:
    paper = Document()
    for step, spacing in enumerate((1.0, 1.15, 1.5, 2.0, Pt(20), 1.25)):
        for n in range(4):
            paragraph = paper.add_paragraph()
            _dressed(paragraph.add_run(chinese(n + step, 120, mixed=True)), "宋体", 12)
            found = paragraph.paragraph_format
            found.line_spacing, found.space_after, found.first_line_indent = spacing, Pt(6), Cm(0.85)
            paragraph.alignment = _BOTH
    return paper


def _tables() -> Paper:
    paper = Document()
    for style in ("Light Grid Accent 1", "Medium Shading 1 Accent 1", "Light List", "Colorful Grid"):
        paper.add_paragraph(style)
        for row in paper.add_table(rows=4, cols=4, style=style).rows:
            for n, cell in enumerate(row.cells):
                cell.text = chinese(n, 12)
    paper.add_picture(io.BytesIO(picture(60, 40)), width=Cm(6))
    paper.add_paragraph("图1 现场照片", style="Caption")
    return paper


def _runs() -> Paper:
    paper = Document()
    for n in range(10):
        paragraph = paper.add_paragraph()
        paragraph.add_run("单位名称：").bold = True
        paragraph.add_run("示例镇东村化工有限公司").underline = True
        paragraph.add_run(" 负责人：")
        paragraph.add_run("张三").italic = True
        paragraph.add_run("\t电话：13900000001")
        paragraph.add_run(chinese(n, 60, mixed=True)).font.color.rgb = RGBColor(255, 0, 0)
    section = paper.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    for n in range(6):
        paper.add_paragraph(chinese(n, 200, mixed=True))
    return paper
