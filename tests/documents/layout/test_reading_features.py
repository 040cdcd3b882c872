"""What a Word file says is followed, inherited or named; no text disappears without a word."""

from __future__ import annotations

import pytest
from support.word_files import OFFICIAL, STYLES, cell, paragraph, row, run, table, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import GlyphRun, LaidOut, NotLaidOut, lay_out_docx

THEMED = (
    '<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="底样式"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:ind w:left="560"/><w:spacing w:before="580"/></w:pPr><w:rPr><w:sz w:val="44"/><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Child"><w:name w:val="子样式"/><w:basedOn w:val="Base"/>'
    '<w:pPr><w:ind w:firstLine="200"/></w:pPr><w:rPr><w:b w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Red"><w:name w:val="红字"/><w:rPr><w:color w:val="FF0000"/></w:rPr></w:style>'
)


def runs(document: LaidOut) -> list[GlyphRun]:
    return [run for page in document.pages for run in page.runs()]


def named(*body: str, **options: str) -> tuple[NotLaidOut, ...]:
    return lay_out_docx(word_file(*body, **options), FontBook.bundled_only()).not_laid_out  # type: ignore[arg-type]


def test_styles_inherit_and_direct_formatting_wins(fonts: FontBook) -> None:
    inner = run("红", '<w:rStyle w:val="Red"/><w:sz w:val="20"/>')
    document = lay_out_docx(
        word_file(paragraph("子", inner, properties='<w:pStyle w:val="Child"/>'), styles=STYLES + THEMED), fonts
    )

    child, red = runs(document)
    assert (child.size, child.thicken, red.size, red.colour) == (22.0, False, 10.0, (1.0, 0.0, 0.0))
    left = 28 * 72 / 25.4
    assert abs(child.x - left - 28 - 10) < 0.2


def test_a_style_said_by_its_name_alone_is_found_by_it_and_takes_the_place_of_no_other(fonts: FontBook) -> None:
    nameless = '<w:style><w:name w:val="{}"/><w:basedOn w:val="Normal"/><w:rPr><w:sz w:val="20"/></w:rPr></w:style>'
    styles = STYLES + THEMED + nameless.format("Tiny") + nameless.format("Base")
    asked = [paragraph(name, properties=f'<w:pStyle w:val="{name}"/>') for name in ("Tiny", "Base")]

    assert [run.size for run in runs(lay_out_docx(word_file(*asked, styles=styles), fonts))] == [10.0, 22.0]


def test_space_before_is_kept_on_the_first_page_only_where_it_was_asked(fonts: FontBook) -> None:
    styled = '<w:pStyle w:val="Base"/>'
    body = [paragraph("国") for _ in range(21)]
    document = lay_out_docx(
        word_file(
            paragraph("头", properties=styled), *body, paragraph("尾", properties=styled), styles=STYLES + THEMED
        ),
        fonts,
    )

    top = document.pages[1].placed[0][2]
    assert abs(document.pages[0].placed[0][2] - top - 29) < 0.01


def test_the_larger_of_two_spaces_stands_between_paragraphs(fonts: FontBook) -> None:
    def gap(settings: str) -> float:
        above = paragraph("上", properties='<w:spacing w:after="200"/>')
        below = paragraph("下", properties='<w:spacing w:before="300"/>')
        placed = lay_out_docx(word_file(above, below, settings=settings), fonts).pages[0].placed
        return placed[1][2] - placed[0][2] - 29

    assert gap("") == pytest.approx(15)
    assert gap("<w:compat><w:doNotUseHTMLParagraphAutoSpacing/></w:compat>") == pytest.approx(25)


def test_content_controls_links_and_insertions_keep_their_text(fonts: FontBook) -> None:
    body = (
        f"<w:sdt><w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>",
        paragraph("<w:sdt><w:sdtContent>" + run("内联") + "</w:sdtContent></w:sdt>"),
        paragraph("<w:hyperlink>" + run("链接") + "</w:hyperlink>", "<w:ins>" + run("插入") + "</w:ins>"),
    )

    assert lay_out_docx(word_file(*body), fonts).pages[0].text == "控件\n内联\n链接插入"


def test_hidden_text_and_field_instructions_are_not_printed(fonts: FontBook) -> None:
    date = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("5月") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    document = lay_out_docx(word_file(paragraph("甲", run("隐", "<w:vanish/>"), date, "乙")), fonts)

    assert document.pages[0].text == "甲5月乙"


@pytest.mark.parametrize(
    ("body", "feature"),
    [
        (paragraph("<w:r><w:drawing/></w:r>", "乙"), "图片或图形"),
        (paragraph("<w:r><w:pict/></w:r>"), "图片或文本框"),
        (paragraph('<w:r><w:footnoteReference w:id="1"/></w:r>'), "脚注"),
        (paragraph("<w:del><w:r><w:delText>删</w:delText></w:r></w:del>"), "修订（删除的文字未印）"),
        (paragraph(run("空心", "<w:outline/>")), "空心字"),
        (paragraph("甲", properties='<w:pBdr><w:top w:val="apples"/></w:pBdr>'), "图案组成的边框线（印成单线）"),
        (paragraph('<w:r><w:sym w:font="Wingdings" w:char="F001"/></w:r>'), "符号字体的字符"),
        (
            table(row(cell("甲", properties='<w:textDirection w:val="tbLrV"/>'), "乙")),
            "这种文字方向的单元格（印成横排）",
        ),
    ],
)
def test_what_is_not_laid_out_is_named_with_its_place(body: str, feature: str) -> None:
    found = named(paragraph("首段"), body)

    assert [one.feature for one in found] == [feature]
    assert found[0].place in ("第2段", "第1个表格", "第1个表格第1行")


def test_text_runs_down_one_column_and_on_in_the_next(fonts: FontBook) -> None:
    section = OFFICIAL.replace("<w:docGrid", '<w:cols w:num="2" w:space="400"/><w:docGrid')
    document = lay_out_docx(word_file(*[paragraph(f"第{n}段") for n in range(1, 31)], section=section), fonts)

    placed = document.pages[0].placed
    assert document.page_count == 1 and document.not_laid_out == ()
    assert [fragment.text for fragment, _, _ in placed] == [f"第{n}段" for n in range(1, 31)]
    (_, left, top), (_, right, again) = placed[0], placed[22]
    assert right > left + 200 and abs(again - top) < 0.01


def test_a_page_border_surrounds_every_page(fonts: FontBook) -> None:
    line = '<w:{} w:val="single" w:sz="8" w:space="24"/>'
    frame = "".join(line.format(side) for side in ("top", "left", "bottom", "right"))
    section = OFFICIAL + f'<w:pgBorders w:offsetFrom="page">{frame}</w:pgBorders>'
    document = lay_out_docx(word_file(paragraph("甲"), section=section), fonts)

    assert len(list(document.pages[0].rules())) == 4 and document.not_laid_out == ()


def test_a_plain_official_document_has_nothing_to_name() -> None:
    assert named(paragraph("甲"), table(row("甲", "乙"))) == ()


def test_quotation_marks_beside_han_are_full_width(fonts: FontBook) -> None:
    styles = STYLES.replace('w:ascii="仿宋_GB2312"', 'w:ascii="Arial"')
    document = lay_out_docx(word_file(paragraph("“一岗双责”A"), styles=styles), fonts)

    first = runs(document)[0]
    assert first.face.family == "Noto Serif SC" and first.text.startswith("“一岗双责”")
    assert runs(document)[-1].face.family == "Noto Sans SC"


def test_nested_tables_keep_their_text(fonts: FontBook) -> None:
    inner = table(row("内一", "内二"), columns=(1000, 1000))
    document = lay_out_docx(word_file(table(row(cell(inner + paragraph("外")), "右"))), fonts)

    assert {run.text for run in runs(document)} == {"内一", "内二", "外", "右"}


@pytest.mark.parametrize("wrong", ["", "x", "nan", "1e400", "-1", "99999999999"])
def test_numbers_that_make_no_sense_do_not_stop_the_pages(fonts: FontBook, wrong: str) -> None:
    body = (
        paragraph(run("甲", f'<w:sz w:val="{wrong}"/><w:w w:val="{wrong}"/>'), properties=f'<w:ind w:left="{wrong}"/>'),
        paragraph("乙", properties=f'<w:spacing w:line="{wrong}" w:before="{wrong}"/>'),
        table(
            row(cell("丙", properties=f'<w:gridSpan w:val="{wrong}"/>'), properties=f'<w:gridBefore w:val="{wrong}"/>')
        ),
    )
    section = OFFICIAL.replace('"580"', f'"{wrong}"') + f'<w:cols w:num="{wrong}"/><w:pgNumType w:start="{wrong}"/>'

    document = lay_out_docx(word_file(*body, section=section), fonts)

    assert "".join(run.text for run in runs(document)) == "甲乙丙"


@pytest.mark.parametrize(
    ("state", "box"),
    [
        ('<w:default w:val="0"/>', "□"),
        ('<w:default w:val="1"/>', "■"),
        ('<w:default w:val="0"/><w:checked/>', "■"),
        ('<w:default w:val="1"/><w:checked w:val="0"/>', "□"),
    ],
)
def test_the_check_boxes_of_forms_are_printed_as_they_are_ticked(fonts: FontBook, state: str, box: str) -> None:
    field = (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:sizeAuto/>{state}</w:checkBox></w:ffData></w:fldChar></w:r>'
        "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    document = lay_out_docx(word_file(paragraph(field, run("合格"))), fonts)

    assert "".join(found.text for found in runs(document)) == box + "合格"
