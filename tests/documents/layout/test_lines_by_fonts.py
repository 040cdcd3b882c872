"""Lines of documents that are only converted: as high as their fonts say, parted as the Unicode rules say."""

from __future__ import annotations

from itertools import pairwise

import pytest
from support.word_files import cell, paragraph, row, run, table, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import LaidOut, lay_out_docx
from anjian_desktop.documents.layout.typesetting.line_heights import font_reach, whole_per_cent

PLAIN = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/>'
)
TWIP = 0.05


def baselines(document: LaidOut) -> list[float]:
    """The baselines of all lines with text, in pt from the top of their page."""
    return [fragment.moved(x, y)[0][0].y for page in document.pages for fragment, x, y in page.placed if fragment.runs]


def lines(document: LaidOut) -> list[str]:
    """The text of every line."""
    return [fragment.text for page in document.pages for fragment, _, _ in page.placed if fragment.runs]


def spaced(text: str, spacing: str, *, size: int = 21) -> str:
    """A paragraph with line spacing attributes, its text of a size in half points."""
    return paragraph(run(text, f'<w:sz w:val="{size}"/>'), properties=f"<w:spacing {spacing}/>")


@pytest.mark.parametrize(
    ("size", "whole"), [(5.0, 144), (6.0, 173), (10.5, 302), (12.5, 359), (15.5, 446), (22.0, 632), (44.0, 1265)]
)
def test_a_line_is_as_many_whole_twentieths_high_as_libreoffice_makes_it(size: float, whole: int) -> None:
    above, below = font_reach(1.151, 0.286, size)  # measured with LibreOffice 7.4 and the bundled serif

    assert round((above + below) / TWIP) == whole


@pytest.mark.parametrize(
    ("line", "per_cent"),
    [(259, 108), (276, 115), (278, 115), (283, 117), (319, 133), (360, 150), (578, 241), (216, 90)],
)
def test_a_multiple_is_cut_to_whole_per_cent_as_libreoffice_cuts_it(line: int, per_cent: int) -> None:
    assert whole_per_cent(line / 240) == per_cent


def test_fifty_lines_stand_on_whole_twentieths(reading_fonts: FontBook) -> None:
    body = [spaced("安全", 'w:line="276" w:lineRule="auto"') for _ in range(20)]
    places = baselines(lay_out_docx(word_file(*body, section=PLAIN), reading_fonts))

    assert {round((low - high) / TWIP, 3) for high, low in pairwise(places)} == {302 + 45}


def test_the_first_line_of_a_tight_paragraph_stands_at_four_fifths_of_its_height(reading_fonts: FontBook) -> None:
    body = spaced("安全</w:t><w:br/><w:t>生产", 'w:line="216" w:lineRule="auto"')
    first, second = baselines(lay_out_docx(word_file(body, section=PLAIN), reading_fonts))

    height = 302 * 90 // 100
    assert round((first - 72) / TWIP) == height * 4 // 5
    assert round((second - first) / TWIP) == height - height * 4 // 5 + 242 - 30


def test_raised_text_makes_no_line_higher(reading_fonts: FontBook) -> None:
    raised = run("2", '<w:sz w:val="21"/><w:vertAlign w:val="superscript"/>')
    plain = run("面积", '<w:sz w:val="21"/>')
    body = [paragraph(plain), paragraph(plain, raised), paragraph(plain)]
    document = lay_out_docx(word_file(*body, section=PLAIN), reading_fonts)

    first, second, third = baselines(document)
    assert second - first == pytest.approx(third - second) == pytest.approx(302 * TWIP)
    small = next(one for fragment, _, _ in document.pages[0].placed for one in fragment.runs if one.text == "2")
    large = next(one for fragment, _, _ in document.pages[0].placed for one in fragment.runs if one.text != "2")
    assert small.size == pytest.approx(0.58 * 10.5)
    assert large.y - small.y == pytest.approx(0.42 * 1.151 * 10.5, abs=0.01)


def test_blanks_after_chinese_are_as_wide_as_in_its_font(reading_fonts: FontBook) -> None:
    serif, sans = (reading_fonts.chain(name).faces[0] for name in ("仿宋", "黑体"))
    wide, other = (face.advances[face.glyph(" ") or 0] / face.units_per_em * 100 for face in (serif, sans))
    fonts = '<w:rFonts w:ascii="黑体" w:hAnsi="黑体" w:eastAsia="仿宋"/><w:sz w:val="200"/>'
    document = lay_out_docx(word_file(paragraph(run("年  月", fonts)), section=PLAIN), reading_fonts)

    placed = document.pages[0].placed[0][0].runs
    assert wide != other
    assert placed[-1].text == "月"
    assert placed[-1].x - placed[0].x == pytest.approx(100 + 2 * wide, abs=0.05)


@pytest.mark.parametrize(("spacing", "count"), [(20, 25), (-20, 27)])
def test_a_lines_last_character_goes_without_its_letter_spacing(
    spacing: int, count: int, reading_fonts: FontBook
) -> None:
    width = 25 * 10.5 + 24 if spacing > 0 else 27 * 10.5 - 26  # one pt between two characters
    room = PLAIN.replace('w:right="1440"', f'w:right="{round(11906 - 1440 - 20 * width)}"')
    text = run("国" * 60, f'<w:sz w:val="21"/><w:spacing w:val="{spacing}"/>')
    document = lay_out_docx(word_file(paragraph(text), section=room), reading_fonts)

    assert len(lines(document)[0]) == count


def test_in_headers_no_line_is_set_on_the_grid(reading_fonts: FontBook) -> None:
    grid = PLAIN + '<w:docGrid w:type="lines" w:linePitch="600"/>'
    document = lay_out_docx(
        word_file(spaced("正文", ""), section=grid, furniture={"header:default": spaced("页眉", "")}), reading_fonts
    )

    head, body = baselines(document)
    assert head == pytest.approx(36 + 242 * TWIP)
    assert body == pytest.approx(72 + (30 - 302 * TWIP) / 2 + 242 * TWIP, abs=15.1)


def test_below_a_paragraph_on_the_grid_a_multiple_goes_by_its_last_lines_text(reading_fonts: FontBook) -> None:
    grid = PLAIN + '<w:docGrid w:type="lines" w:linePitch="312"/>'
    body = [spaced("安全</w:t><w:br/><w:t>生产", 'w:line="480" w:lineRule="auto"') for _ in range(2)]
    places = baselines(lay_out_docx(word_file(*body, section=grid), reading_fonts))

    steps = [round((low - high) / TWIP) for high, low in pairwise(places)]
    assert steps == [2 * 312, 312 + 302, 2 * 312]  # measured with LibreOffice 7.4 and the bundled serif


@pytest.mark.parametrize(
    ("width", "height", "paper"),
    [
        (11900, 16840, (595.3, 841.9)),
        (11907, 16839, (595.3, 841.9)),
        (12240, 15840, (612.0, 792.0)),
        (11906, 17000, (595.3, 850.0)),
    ],
)
def test_a_page_almost_as_large_as_a_known_paper_is_that_paper(
    width: int, height: int, paper: tuple[float, float], reading_fonts: FontBook, fonts: FontBook
) -> None:
    section = f'<w:pgSz w:w="{width}" w:h="{height}"/>'
    file = word_file(spaced("正文", ""), section=section)

    (page,) = lay_out_docx(file, reading_fonts).pages
    assert (round(page.width, 2), round(page.height, 2)) == paper
    (as_said,) = lay_out_docx(file, fonts).pages
    assert (as_said.width, as_said.height) == (width / 20, height / 20)


def test_under_the_last_line_of_a_cell_a_multiple_counts_the_size_of_the_style_alone(reading_fonts: FontBook) -> None:
    grid = PLAIN + '<w:docGrid w:type="lines" w:linePitch="312"/>'
    text = spaced("安全</w:t><w:br/><w:t>生产", 'w:line="480" w:lineRule="auto"', size=28)
    rows = table(*[row(cell(text)) for _ in range(2)], columns=(8844,), borders=False)
    style = '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:rPr><w:sz w:val="24"/></w:rPr></w:style>'
    placed = lay_out_docx(word_file(rows, section=grid, styles=style), reading_fonts).pages[0].placed
    first, second, third, _ = sorted({one.y for fragment, x, y in placed for one in fragment.moved(x, y)[0]})

    snapped = 2 * 312  # 14 pt of text are 402 twentieths high
    assert round((second - first) / TWIP) == 2 * snapped
    assert round((third - second) / TWIP) == snapped + 24 * 10 * 115 // 100


def test_off_the_grid_a_multiple_counts_the_highest_text_of_a_line_and_under_the_last_one_all_of_it(
    reading_fonts: FontBook,
) -> None:
    raised = run("x", '<w:sz w:val="21"/><w:position w:val="20"/>')
    rest = run("国国</w:t><w:br/><w:t>国", '<w:sz w:val="32"/>')
    double = '<w:spacing w:line="480" w:lineRule="auto"/>'
    body = [paragraph(raised, rest, raised, properties=double), paragraph("下", properties=double)]
    placed = lay_out_docx(word_file(*body, section=PLAIN), reading_fonts).pages[0].placed
    first, last, after = (fragment.moved(x, y)[0] for fragment, x, y in placed)

    large = sum(font_reach(1.151, 0.286, 16.0))
    whole = round((10 + font_reach(1.151, 0.286, 10.5)[0] + font_reach(1.151, 0.286, 16.0)[1]) / TWIP)
    assert round((last[0].y - first[1].y) / TWIP) == whole + round((10 + sum(font_reach(1.151, 0.286, 10.5))) / TWIP)
    assert round((after[0].y - last[0].y) / TWIP) == whole + round(large / TWIP)


def test_a_tab_to_a_stop_past_the_edge_stands_on_a_line_of_its_own(reading_fonts: FontBook) -> None:
    newer = '<w:compat><w:compatSetting w:name="compatibilityMode" w:val="15"/></w:compat>'
    stop = '<w:tabs><w:tab w:val="left" w:pos="10206"/></w:tabs><w:jc w:val="left"/>'
    text = paragraph(run("更新于 11/04/2011</w:t><w:tab/><w:t>第 1 页", '<w:sz w:val="21"/>'), properties=stop)
    document = lay_out_docx(word_file(text, section=PLAIN, settings=newer), reading_fonts)

    assert [line.strip() for line in lines(document) if line.strip()] == ["更新于 11/04/2011", "第 1 页"]
    above, below = baselines(document)[0], baselines(document)[-1]
    assert below - above == pytest.approx(2 * 302 * TWIP)  # as LibreOffice 7.4 sets it


def test_an_empty_paragraph_at_the_left_takes_one_line_of_the_grid_and_its_multiple(reading_fonts: FontBook) -> None:
    grid = PLAIN + '<w:docGrid w:type="lines" w:linePitch="312"/>'
    mark = '<w:rPr><w:sz w:val="44"/></w:rPr>'  # twice as high as a line of the grid
    steps = []
    for line in (240, 480):
        empty = paragraph(properties=f'<w:spacing w:line="{line}" w:lineRule="auto"/><w:jc w:val="left"/>{mark}')
        body = [paragraph("上"), empty, paragraph("下")]
        above, below = baselines(lay_out_docx(word_file(*body, section=grid, styles=""), reading_fonts))
        steps.append(round((below - above) / TWIP))

    assert steps[0] == 2 * 312
    assert steps[1] - steps[0] in range(430, 640)  # the text's height once more


@pytest.mark.parametrize("align", ["right", "center"])
def test_blanks_at_a_paragraphs_end_do_not_shift_it(align: str, reading_fonts: FontBook) -> None:
    body = [
        paragraph(run(text), properties=f'<w:jc w:val="{align}"/>') for text in ("安全", "安全  ", "安全　", "安全 　 ")
    ]
    document = lay_out_docx(word_file(*body, section=PLAIN), reading_fonts)

    starts = [fragment.moved(x, y)[0][0].x for fragment, x, y in document.pages[0].placed]
    assert starts == [pytest.approx(starts[0])] * 4  # as LibreOffice 7.4 sets them


@pytest.mark.parametrize(("too_high", "pages"), [(0, 1), (3, 2)])
def test_a_line_that_stands_three_twentieths_over_goes_to_the_next_page(
    too_high: int, pages: int, reading_fonts: FontBook
) -> None:
    lines_high = '<w:spacing w:line="500" w:lineRule="exact"/>'
    margin = 16838 - 10 * 500 + too_high - 1440
    section = (
        f'<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:bottom="{margin}" w:left="1440" w:right="1440"/>'
    )
    body = [paragraph(run("行"), properties=lines_high) for _ in range(10)]

    assert lay_out_docx(word_file(*body, section=section), reading_fonts).page_count == pages


def test_the_blank_under_a_headers_last_line_goes_by_the_size_of_its_style(reading_fonts: FontBook) -> None:
    tops = []
    for line in (240, 480):
        header = spaced("大字的页眉", f'w:line="{line}" w:lineRule="auto"', size=120)
        document = lay_out_docx(
            word_file(spaced("正文", ""), section=PLAIN, furniture={"header:default": header}), reading_fonts
        )
        tops.append(baselines(document)[-1])

    assert round((tops[1] - tops[0]) / TWIP) in range(366, 370)  # 16 pt × 1.15, as LibreOffice 7.4 has it


def test_a_symbol_makes_no_line_higher_and_stands_on_a_low_one_alone(reading_fonts: FontBook) -> None:
    symbol = '<w:r><w:rPr><w:sz w:val="21"/></w:rPr><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    small = [run(text, '<w:sz w:val="21"/>') for text in ("above", "beside ", "below")]
    body = [paragraph(small[0]), paragraph(small[1], symbol), paragraph(symbol), paragraph(small[2])]
    first, second, alone, last = baselines(lay_out_docx(word_file(*body, section=PLAIN), reading_fonts))

    latin = second - first
    assert alone - second < latin
    assert last - second == pytest.approx(latin + sum(font_reach(0.693, 0.216, 10.5)))  # as LibreOffice 7.4 sets it


def test_a_symbol_for_a_number_makes_no_line_higher(reading_fonts: FontBook) -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    fonts = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    level = f'<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf06e"/><w:rPr>{fonts}<w:sz w:val="24"/></w:rPr></w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    texts = [run(text, '<w:sz w:val="21"/>') for text in ("one", "two", "three", "four")]
    body = [paragraph(text, properties=numbered * (1 <= at <= 2)) for at, text in enumerate(texts)]
    file = word_file(*body, section=PLAIN, notes={"numbering": numbering})
    places = baselines(lay_out_docx(file, reading_fonts))

    assert places[1] - places[0] == pytest.approx(places[3] - places[2])


@pytest.mark.parametrize("rise", [8, -10])
def test_raised_and_lowered_text_makes_its_line_higher_with_nothing_else_on_it_too(
    rise: int, reading_fonts: FontBook
) -> None:
    texts = [paragraph(run(text, '<w:sz w:val="21"/>')) for text in ("上", "下")]
    still = paragraph(run("国国", '<w:sz w:val="21"/>'))
    moved = paragraph(run("国国", f'<w:sz w:val="21"/><w:position w:val="{rise}"/>'))
    plain = baselines(lay_out_docx(word_file(texts[0], still, texts[1], section=PLAIN), reading_fonts))
    found = baselines(lay_out_docx(word_file(texts[0], moved, texts[1], section=PLAIN), reading_fonts))

    assert found[2] - found[0] == pytest.approx(plain[2] - plain[0] + abs(rise) / 2, abs=0.06)


def test_a_multiples_blank_between_two_lines_goes_by_the_lower_ones_text(reading_fonts: FontBook) -> None:
    small, large = run("国" * 10, '<w:sz w:val="21"/>'), run("国" * 10, '<w:sz w:val="42"/>')
    room = PLAIN.replace('w:right="1440"', 'w:right="8300"')
    steps = []
    for line in (240, 360):
        spaced = f'<w:spacing w:line="{line}" w:lineRule="auto"/>'
        text = paragraph(small, small, large, small, properties=spaced)
        steps.append(
            [
                round(below - above, 2)
                for above, below in pairwise(baselines(lay_out_docx(word_file(text, section=room), reading_fonts)))
            ]
        )
    grown = [wide - close for close, wide in zip(*steps, strict=True)]
    half = {size: sum(font_reach(1.151, 0.286, size)) / 2 for size in (10.5, 21.0)}

    assert grown == pytest.approx([half[10.5], half[21.0], half[21.0], half[10.5]], abs=0.1)  # as LibreOffice 7.4
