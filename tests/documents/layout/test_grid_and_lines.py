"""Where characters and baselines stand: the official grid, indents, alignment, marks at the edges of lines."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.word_files import OFFICIAL, paragraph, run, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import GlyphRun, LaidOut, lay_out_docx
from anjian_desktop.documents.layout.characters import NO_END, NO_START

MM = 72 / 25.4
LEFT, RIGHT, TOP = 28 * MM, (210 - 26) * MM, 37 * MM
KERNED = '<w:kern w:val="2"/>'
SQUEEZE = '<w:characterSpacingControl w:val="compressPunctuation"/>'


def lines(document: LaidOut) -> list[str]:
    """The texts of all lines in order."""
    return [fragment.text for page in document.pages for fragment, _, _ in page.placed]


def ends(line: list[GlyphRun]) -> tuple[float, float]:
    """Where a line's first glyph begins and its last glyph ends (pt)."""
    last = line[-1]
    widths = [last.face.advances[last.face.glyph(c) or 0] / last.face.units_per_em * last.size for c in last.text]
    return line[0].x, last.x + sum(widths) + last.spacing * (len(widths) - 1)


def placed_lines(document: LaidOut) -> list[list[GlyphRun]]:
    """The glyph runs of each line, placed on the page."""
    found = []
    for page in document.pages:
        for fragment, x, y in page.placed:
            found.append(fragment.moved(x, y)[0])
    return found


def test_an_official_page_holds_22_lines_of_28_characters(fonts: FontBook) -> None:
    document = lay_out_docx(word_file(paragraph("国" * (28 * 22))), fonts)

    assert document.page_count == 1
    assert [len(line) for line in lines(document)] == [28] * 22
    baselines = [line[0].y for line in placed_lines(document)]
    pitches = [(lower - upper) / MM for upper, lower in pairwise(baselines)]
    assert all(abs(pitch - 10.227) < 0.1 for pitch in pitches)
    for line in placed_lines(document):
        begin, end = ends(line)
        assert abs(begin - LEFT) < 0.2
        assert abs(end - RIGHT) < 0.5
    assert TOP < baselines[0] < TOP + 29


def test_the_617th_character_opens_a_second_page(fonts: FontBook) -> None:
    document = lay_out_docx(word_file(paragraph("国" * (28 * 22 + 28 * 3))), fonts)

    assert document.page_count == 2
    assert len(document.pages[1].placed) == 3


def test_a_first_line_is_indented_by_two_characters_of_the_grid(fonts: FontBook) -> None:
    document = lay_out_docx(word_file(paragraph("国" * 40, properties='<w:ind w:firstLineChars="200"/>')), fonts)

    first, second = placed_lines(document)
    assert len(lines(document)[0]) == 26
    assert abs(first[0].x - LEFT - 2 * 442.2 / 28) < 0.1
    assert abs(second[0].x - LEFT) < 0.1


def test_a_full_stop_hangs_past_the_edge_of_a_full_line(fonts: FontBook) -> None:
    document = lay_out_docx(word_file(paragraph("国" * 28 + "。" + "家" * 5)), fonts)

    assert lines(document) == ["国" * 28 + "。", "家" * 5]


def test_without_hanging_the_last_character_goes_along_and_the_line_is_stretched(fonts: FontBook) -> None:
    document = lay_out_docx(
        word_file(paragraph("国" * 28 + "。" + "家" * 5, properties='<w:overflowPunct w:val="0"/>')), fonts
    )

    assert lines(document) == ["国" * 27, "国。" + "家" * 5]
    begin, end = ends(placed_lines(document)[0])
    assert abs(begin - LEFT) < 0.1 and abs(end - RIGHT) < 0.5


def test_an_opening_mark_does_not_end_a_line(fonts: FontBook) -> None:
    document = lay_out_docx(word_file(paragraph("国" * 27 + "《" + "安全生产法》")), fonts)

    assert lines(document)[1].startswith("《")


def test_latin_words_and_numbers_stay_whole(fonts: FontBook) -> None:
    document = lay_out_docx(word_file(paragraph("国" * 26 + "GB2312-1980标准")), fonts)

    assert lines(document) == ["国" * 26, "GB2312-1980标准"]


def test_a_word_longer_than_a_line_is_parted_at_the_edge(fonts: FontBook) -> None:
    document = lay_out_docx(word_file(paragraph("x" * 200)), fonts)

    assert "".join(lines(document)) == "x" * 200
    for line in placed_lines(document):
        assert ends(line)[1] <= RIGHT + 0.5


def test_a_quarter_em_stands_between_han_and_latin_unless_switched_off(fonts: FontBook) -> None:
    def width(properties: str) -> float:
        line = placed_lines(lay_out_docx(word_file(paragraph("自2026年", properties=properties)), fonts))[0]
        return ends(line)[1] - line[0].x

    off = width('<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>')
    assert abs(width("") - off - 2 * 4.0) < 0.1


def test_marks_that_meet_share_a_blank_when_the_document_compresses_them(fonts: FontBook) -> None:
    def width(settings: str) -> float:
        text = paragraph(run("《法》《令》国", KERNED))
        line = placed_lines(lay_out_docx(word_file(text, settings=settings), fonts))[0]
        return ends(line)[1] - line[0].x

    assert abs(width("") - width(SQUEEZE) - 8.0) < 0.1


def test_marks_that_meet_keep_their_blanks_in_text_that_is_not_kerned(fonts: FontBook) -> None:
    def width(settings: str) -> float:
        line = placed_lines(lay_out_docx(word_file(paragraph("《法》《令》国"), settings=settings), fonts))[0]
        return ends(line)[1] - line[0].x

    assert width("") == pytest.approx(width(SQUEEZE))


def first_line(fonts: FontBook, text: str, room: float, align: str = "both", settings: str = SQUEEZE) -> str:
    """The first line of a text so many characters wide."""
    end = round(((RIGHT - LEFT) - room * 16) * 20)
    properties = f'<w:snapToGrid w:val="0"/><w:ind w:right="{end}"/><w:jc w:val="{align}"/>'
    plain = OFFICIAL.replace(' w:type="linesAndChars"', "")
    document = lay_out_docx(word_file(paragraph(text, properties=properties), section=plain, settings=settings), fonts)
    return lines(document)[0]


@pytest.mark.parametrize(
    ("room", "count"),
    [(9.0, 9), (9.45, 9), (9.55, 10), (9.9, 10)],
    ids=["whole", "too much lacks", "half lacks", "little"],
)
def test_an_evenly_set_line_takes_in_a_character_when_no_more_than_its_half_lacks(
    fonts: FontBook, room: float, count: int
) -> None:
    assert first_line(fonts, "各村，各企业，" + "国家标准" * 6, room) == ("各村，各企业，" + "国家标准" * 6)[:count]


def test_a_mark_behind_the_character_taken_in_hangs(fonts: FontBook) -> None:
    assert first_line(fonts, "各村，各企业国家标，准" + "国家标准" * 6, 8.6) == "各村，各企业国家标，"


def test_a_line_takes_in_nothing_without_marks_to_squeeze(fonts: FontBook) -> None:
    assert first_line(fonts, "国家标准" * 6, 9.8) == ("国家标准" * 6)[:9]
    assert first_line(fonts, "各村，" + "国家标准" * 6, 9.8, align="left") == ("各村，" + "国家标准" * 6)[:9]
    loose = '<w:characterSpacingControl w:val="doNotCompress"/>'
    assert first_line(fonts, "各村，" + "国家标准" * 6, 9.8, settings=loose) == ("各村，" + "国家标准" * 6)[:9]


@pytest.mark.parametrize(("align", "side"), [("left", -1), ("center", 0), ("right", 1)])
def test_alignment_places_a_short_line(fonts: FontBook, align: str, side: int) -> None:
    document = lay_out_docx(word_file(paragraph("国家标准", properties=f'<w:jc w:val="{align}"/>')), fonts)

    begin, end = ends(placed_lines(document)[0])
    blank_left, blank_right = begin - LEFT, RIGHT - end
    assert {-1: abs(blank_left) < 0.2, 0: abs(blank_left - blank_right) < 0.5, 1: abs(blank_right) < 0.5}[side]


def test_a_distributed_line_fills_the_width_evenly(fonts: FontBook) -> None:
    document = lay_out_docx(word_file(paragraph("国家标准", properties='<w:jc w:val="distribute"/>')), fonts)

    begin, end = ends(placed_lines(document)[0])
    assert abs(begin - LEFT) < 0.2 and abs(end - RIGHT) < 0.5


def test_exact_line_height_leaves_the_grid(fonts: FontBook) -> None:
    document = lay_out_docx(
        word_file(paragraph("国" * 56, properties='<w:spacing w:line="400" w:lineRule="exact"/>')), fonts
    )

    upper, lower = placed_lines(document)
    assert abs(lower[0].y - upper[0].y - 20) < 0.01


def test_a_large_line_takes_two_grid_lines_and_the_text_after_it_stays_on_the_grid(fonts: FontBook) -> None:
    document = lay_out_docx(word_file(paragraph(run("大", '<w:sz w:val="72"/>')), paragraph("国")), fonts)

    assert abs(document.pages[0].placed[1][2] - TOP - 2 * 29) < 0.2


@pytest.mark.parametrize(
    ("size", "line", "lines_high"),
    [(21, 360, 1.5), (24, 300, 1.25), (28, 360, 2), (28, 240, 2), (44, 578, 578 / 240), (32, 416, 2), (21, 200, 1)],
)
def test_on_a_grid_a_multiple_counts_grid_lines_as_words_page_marks_tell(
    size: int, line: int, lines_high: float, fonts: FontBook
) -> None:
    narrow = OFFICIAL.replace('w:linePitch="580"', 'w:linePitch="312"')
    text = paragraph(run("国", f'<w:sz w:val="{size}"/>'), properties=f'<w:spacing w:line="{line}" w:lineRule="auto"/>')
    document = lay_out_docx(word_file(text, text, paragraph(run("国")), section=narrow), fonts)

    places = [y for _, _, y in document.pages[0].placed]
    assert [round((low - high) / 15.6, 3) for high, low in pairwise(places)] == [
        pytest.approx(lines_high, abs=0.002)
    ] * 2


def test_tabs_reach_their_stops(fonts: FontBook) -> None:
    stops = '<w:tabs><w:tab w:val="left" w:pos="2000"/><w:tab w:val="right" w:pos="6000" w:leader="dot"/></w:tabs>'
    tabbed = "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:tab/><w:t>丙丁</w:t></w:r>"
    line = placed_lines(lay_out_docx(word_file(paragraph(tabbed, properties=stops)), fonts))[0]

    assert [run.text for run in line] == ["甲", "乙", "丙丁"]
    assert abs(line[1].x - LEFT - 100) < 0.2
    assert abs(ends(line)[1] - LEFT - 300) < 0.5


def test_tabs_work_on_every_line_of_a_long_paragraph(fonts: FontBook) -> None:
    pair = "<w:r><w:t>" + "国" * 20 + "</w:t><w:tab/><w:t>乙</w:t></w:r>"
    document = lay_out_docx(
        word_file(paragraph(pair * 40, properties='<w:tabs><w:tab w:val="left" w:pos="8000"/></w:tabs>')), fonts
    )

    found = placed_lines(document)
    assert "".join(lines(document)) == ("国" * 20 + "乙") * 40
    assert any(abs(run.x - LEFT - 400) < 0.2 and run.text.startswith("乙") for line in found for run in line)
    assert all(ends(line)[1] <= RIGHT + 0.5 for line in found)


def test_underlined_blanks_are_drawn_as_a_line_to_write_on(fonts: FontBook) -> None:
    document = lay_out_docx(word_file(paragraph("签字：", run("          ", '<w:u w:val="single"/>'))), fonts)

    (rule,) = document.pages[0].rules()
    assert rule.width > 20


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="国家法令，。、；：！？（）《》“”—…〔〕12ab 　", min_size=1, max_size=160), st.booleans())
def test_no_text_is_lost_and_no_line_begins_or_ends_with_a_forbidden_mark(
    fonts: FontBook, text: str, squeezed: bool
) -> None:
    document = lay_out_docx(word_file(paragraph(text), section=OFFICIAL, settings=SQUEEZE if squeezed else ""), fonts)

    shown = lines(document)
    assert "".join(shown) == text
    for before, after in pairwise(shown):
        breakable = any(c not in NO_START and c not in NO_END and c not in "…—12ab " for c in before)
        if breakable and after.strip(" "):
            forced = all(c in NO_START | NO_END | set("…—12ab ") for c in before[1:])
            assert forced or after[0] not in NO_START
            assert forced or before.rstrip(" ")[-1:] not in NO_END
    for line in placed_lines(document):
        assert ends(line)[0] >= LEFT - 0.1
        assert ends(line)[1] <= RIGHT + 16 + 8.5


@pytest.mark.parametrize(
    ("mode", "asked", "stretched"),
    [("12", "", True), ("12", "<w:doNotExpandShiftReturn/>", False), ("15", "", False)],
)
def test_a_justified_line_that_a_manual_break_ends_is_stretched_in_files_of_before_2013_unless_they_say_no(
    fonts: FontBook, mode: str, asked: str, stretched: bool
) -> None:
    settings_ = f'<w:compat>{asked}<w:compatSetting w:name="compatibilityMode" w:val="{mode}"/></w:compat>'
    document = lay_out_docx(word_file(paragraph(run("甲乙丙</w:t><w:br/><w:t>丁戊")), settings=settings_), fonts)
    first, last = placed_lines(document)

    assert lines(document) == ["甲乙丙", "丁戊"]
    assert (ends(first)[1] > RIGHT - 20) is stretched
    assert ends(last)[1] < RIGHT - 20
