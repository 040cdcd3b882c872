"""Whatever a document holds: its text is on the pages, or the clerk is told what is not."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from support.word_files import STYLES, cell, paragraph, row, run, table, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import Typesetter, lay_out_docx
from anjian_desktop.documents.pdf import PdfWriter

MARK = "镇安监办"
VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
WPS = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
FRAME = '<w:framePr w:w="2000" w:hSpace="180" w:wrap="around" w:vAnchor="page" w:hAnchor="page" w:x="3000" w:y="5000"/>'


def box(inner: str, style: str = "position:absolute;margin-left:10pt;margin-top:20pt;width:200pt;height:80pt") -> str:
    """A text box as older programs write it."""
    shape = f'<v:shape style="{style}"><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape>'
    return f"<w:r><w:pict {VML}>{shape}</w:pict></w:r>"


def shape(inner: str, direction: str = "") -> str:
    """A text box as Word writes it today, without the copy for older programs."""
    turned = f' vert="{direction}"' if direction else ""
    return (
        f'<w:r><w:drawing {WPS}><wp:anchor behindDoc="0"><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset>'
        '</wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        '<wp:extent cx="2540000" cy="1270000"/><wp:wrapNone/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:spPr><a:prstGeom prst="rect"/>'
        f"</wps:spPr><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx><wps:bodyPr{turned}/></wps:wsp>"
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


def field(instruction: str, result: str) -> str:
    kinds = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{kinds[0]}<w:r><w:instrText>{instruction}</w:instrText></w:r>{kinds[1]}{result}{kinds[2]}"


def sdt(inner: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


P = paragraph(MARK)
R = run(MARK)
CONSTRUCTS = {
    "insertion": paragraph(f"<w:ins>{R}</w:ins>"),
    "deletion": paragraph(f"<w:del><w:r><w:delText>{MARK}</w:delText></w:r></w:del>"),
    "moved away": paragraph(f"<w:moveFrom>{R}</w:moveFrom>"),
    "moved here": paragraph(f"<w:moveTo>{R}</w:moveTo>"),
    "link": paragraph(f'<w:hyperlink w:anchor="x">{R}</w:hyperlink>'),
    "smart tag": paragraph(f'<w:smartTag w:element="x"><w:smartTagPr/>{R}</w:smartTag>'),
    "custom XML in a line": paragraph(f'<w:customXml w:element="x"><w:customXmlPr/>{R}</w:customXml>'),
    "custom XML around paragraphs": f'<w:customXml w:element="x">{P}</w:customXml>',
    "direction": paragraph(f'<w:dir w:val="ltr">{R}</w:dir>'),
    "overridden direction": paragraph(f'<w:bdo w:val="ltr">{R}</w:bdo>'),
    "phonetic guide": paragraph(
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('zhen')}</w:rt><w:rubyBase>{R}</w:rubyBase></w:ruby></w:r>"
    ),
    "simple field": paragraph(f'<w:fldSimple w:instr=" AUTHOR ">{R}</w:fldSimple>'),
    "field": paragraph(field(" DOCPROPERTY x ", R)),
    "field in a field": paragraph(field(" IF 1 ", field(" REF x ", R))),
    "control in a line": paragraph(sdt(R)),
    "control around paragraphs": sdt(P),
    "control in a control": sdt(sdt(P)),
    "control around a table": sdt(table(row(MARK))),
    "control around a row": table(sdt(row(MARK, "右")), row("下", "右")),
    "control around a cell": table(f"<w:tr>{sdt(cell(MARK))}{cell('右')}</w:tr>"),
    "custom XML around a row": table(f'<w:customXml w:element="x">{row(MARK, "右")}</w:customXml>'),
    "table in a table": table(row(cell(table(row(MARK)), paragraph("")), "右")),
    "cell of no width": table(row(MARK, "右"), columns=(0, 8000)),
    "cells beyond the grid": table(row("一", "二", MARK), columns=(4000, 4000)),
    "row of exact height": table(row(cell(MARK), properties='<w:trHeight w:val="20" w:hRule="exact"/>')),
    "cell turned right": table(row(cell(MARK, properties='<w:textDirection w:val="tbRl"/>'), "右")),
    "cell turned left": table(row(cell(MARK, properties='<w:textDirection w:val="btLr"/>'), "右")),
    "cell upright": table(row(cell(MARK, properties='<w:textDirection w:val="tbRlV"/>'), "右")),
    "cell of columns from the left": table(row(cell(MARK, properties='<w:textDirection w:val="tbLrV"/>'), "右")),
    "hidden merge": table(row(cell(MARK, properties="<w:hMerge/>"), "右")),
    "merged without a beginning": table(row(cell(MARK, properties="<w:vMerge/>"), "右")),
    "hidden by the cell above": table(
        row(cell("上", properties='<w:vMerge w:val="restart"/>'), "右"),
        row(cell(MARK, properties="<w:vMerge/>"), "右"),
    ),
    "floating table": table(row(MARK), properties='<w:tblpPr w:tblpX="3000" w:tblpY="500"/>', columns=(3000,)),
    "frame": paragraph(MARK, properties=FRAME) + paragraph("后"),
    "frame at the end": paragraph("前") + paragraph(MARK, properties=FRAME),
    "text box": paragraph(box(P)),
    "text box in the line": paragraph(box(P, "width:200pt;height:80pt")),
    "text box without height": paragraph(box(P, "position:absolute;width:200pt")),
    "text box in a text box": paragraph(box(paragraph(box(P)))),
    "frame in a text box": paragraph(box(paragraph(MARK, properties=FRAME))),
    "table in a text box": paragraph(box(table(row(MARK)) + paragraph(""))),
    "floating table in a text box": paragraph(
        box(table(row(MARK), properties='<w:tblpPr w:tblpX="300" w:tblpY="50"/>', columns=(1000,)) + paragraph(""))
    ),
    "text box in a cell": table(row(cell(paragraph(box(P))), "右")),
    "text box in a turned cell": table(row(cell(paragraph(box(P)), properties='<w:textDirection w:val="tbRlV"/>'))),
    "shape": paragraph(shape(P)),
    "turned shape": paragraph(shape(P, "eaVert")),
    "box in a section's last paragraph": f"<w:p><w:pPr><w:sectPr/></w:pPr>{box(P)}</w:p>{paragraph('后')}",
    "box after a page break": paragraph('<w:r><w:br w:type="page"/></w:r>', box(P)),
    "formula": paragraph(f"<m:oMath {MATH}><m:r><m:t>{MARK}</m:t></m:r></m:oMath>"),
    "formula alone": f"<m:oMathPara {MATH}><m:oMath><m:r><m:t>{MARK}</m:t></m:r></m:oMath></m:oMathPara>",
    "web page": '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="x"/>',
    "part of another document": '<w:p><w:subDoc xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="x"/></w:p>',
    "two lines in one": paragraph(run(MARK, '<w:eastAsianLayout w:combine="1"/>')),
    "fitted": paragraph(run(MARK, '<w:fitText w:val="300"/>')),
    "from the right": paragraph(run(MARK, "<w:rtl/>"), properties="<w:bidi/>"),
    "small capitals": paragraph(run(MARK, "<w:smallCaps/>")),
    "effects": paragraph(run(MARK, '<w:effect w:val="lights"/><w:emboss/><w:outline/><w:shadow/>')),
    "white": paragraph(run(MARK, '<w:color w:val="FFFFFF"/>')),
    "tiny": paragraph(run(MARK, '<w:sz w:val="1"/>')),
    "far indent": paragraph(MARK, properties='<w:ind w:left="20000" w:right="20000"/>'),
    "negative indent": paragraph(MARK, properties='<w:ind w:left="-3000"/>'),
    "line of no height": paragraph(MARK, properties='<w:spacing w:line="1" w:lineRule="exact"/>'),
    "unknown element": paragraph(f'<x:new xmlns:x="urn:x"><w:r><w:t>{MARK}</w:t></w:r></x:new>'),
    "unknown block": f'<x:new xmlns:x="urn:x">{P}</x:new>',
    "another body": f"</w:body><w:body>{P}",
    "paragraph in a paragraph": f"<w:p>{P}</w:p>",
}

BODY_ONLY = {"box in a section's last paragraph", "web page", "another body"}


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_its_text_is_on_a_page_or_it_is_named(name: str, fonts: FontBook) -> None:
    document = lay_out_docx(word_file(paragraph("首段"), CONSTRUCTS[name]), fonts)
    shown = sorted(one for page in document.pages for run_ in page.runs() for one in run_.text if one in MARK)
    assert shown == sorted(MARK) or document.not_laid_out, name
    for one in document.not_laid_out:
        assert one.feature and one.place


@pytest.mark.parametrize("name", sorted(set(CONSTRUCTS) - BODY_ONLY))
@pytest.mark.parametrize("part", ["header:default", "footer:default", "cell", "footnotes", "endnotes"])
def test_the_same_elsewhere_in_a_document(name: str, part: str, fonts: FontBook) -> None:
    inner = CONSTRUCTS[name]
    if part == "cell":
        data = word_file(table(row(cell(inner, paragraph("")), "右")))
    elif ":" in part:
        data = word_file(paragraph("文"), furniture={part: inner + paragraph("")})
    else:
        kind = part[:-1]
        mark = f'<w:r><w:{kind}Reference w:id="1"/></w:r>'
        data = word_file(paragraph("文", mark), notes={part: f'<w:{kind} w:id="1">{inner}{paragraph("")}</w:{kind}>'})
    document = lay_out_docx(data, fonts)
    shown = sorted(one for page in document.pages for run_ in page.runs() for one in run_.text if one in MARK)
    assert shown == sorted(MARK) or document.not_laid_out, (name, part)


def test_what_a_row_of_fixed_height_has_no_room_for_is_named_with_its_page(fonts: FontBook) -> None:
    low = '<w:trHeight w:val="600" w:hRule="exact"/>'
    template = word_file(table(row(cell(paragraph("{{单位名称}}")), "右", properties=low), columns=(2000, 6000)))
    setter = Typesetter(template, fonts)
    assert setter.lay_out({"单位名称": "示例厂"}).not_laid_out == ()
    (told,) = setter.lay_out({"单位名称": "示例化工有限公司第一分公司" * 2}).not_laid_out[:1]
    assert told.feature.startswith("固定行高里放不下的文字“") and told.place == "第1页"
    inner = table(row(cell(paragraph("字" * 60)), properties=low), columns=(2000,))
    nested = lay_out_docx(word_file(table(row(cell(inner, paragraph("")), "右"))), fonts)
    assert {one.place for one in nested.not_laid_out} == {"第1页"}


@pytest.mark.parametrize("name", ["simple field", "text box", "frame", "table in a table", "cell upright"])
def test_styles_make_no_difference(name: str, fonts: FontBook) -> None:
    framed = STYLES.replace("</w:pPr>", f"{FRAME}</w:pPr>")
    document = lay_out_docx(word_file(paragraph("首段"), CONSTRUCTS[name], styles=framed), fonts)
    assert MARK in "".join(page.text for page in document.pages)


def test_a_character_no_font_has_can_still_be_copied_from_the_page(fonts: FontBook) -> None:
    rare = "祂"
    laid = lay_out_docx(word_file(paragraph(f"甲{rare}乙"), paragraph(rare)), fonts, boxes=True)
    out = io.BytesIO()
    with PdfWriter(out, fonts, title="甲") as writer:
        writer.add(laid)

    assert {one.feature for one in laid.not_laid_out} == {f"没有字体能打印的字「{rare}」（印成方框）"}
    text = pypdfium2.PdfDocument(out.getvalue())[0].get_textpage().get_text_range()
    assert text.splitlines() == [f"甲{rare}乙", rare]
