"""Border lines of other kinds than a single one: drawn as the file has them, as wide as they are, named as nothing missing."""

from __future__ import annotations

import itertools

import pytest
from support.laid_out import place_of
from support.word_files import paragraph, row, table, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import LaidOut, lay_out_docx
from anjian_desktop.documents.layout.laid_out import Rule

ROWS = [row("一", "1"), row("二", "2")]
KINDS = [
    "dotted",
    "dashed",
    "dashSmallGap",
    "dotDash",
    "dotDotDash",
    "double",
    "triple",
    "thinThickSmallGap",
    "thickThinSmallGap",
    "thinThickThinSmallGap",
    "thinThickMediumGap",
    "thickThinMediumGap",
    "thinThickThinMediumGap",
    "thinThickLargeGap",
    "thickThinLargeGap",
    "thinThickThinLargeGap",
    "wave",
    "doubleWave",
    "dashDotStroked",
    "threeDEmboss",
    "threeDEngrave",
    "outset",
    "inset",
    "thick",
]


def with_lines(fonts: FontBook, kind: str, size: int = 12) -> LaidOut:
    edges = "".join(f'<w:{side} w:val="{kind}" w:sz="{size}" w:color="auto"/>' for side in ("top", "insideH", "bottom"))
    body = table(*ROWS, borders=False, properties=f"<w:tblBorders>{edges}</w:tblBorders>")
    return lay_out_docx(word_file(body), fonts)


def uppermost(document: LaidOut) -> list[Rule]:
    """The strokes of the line above the table, from the top."""
    rules = sorted(document.pages[0].rules(), key=lambda rule: rule.y)
    return [rule for rule in rules if rule.y < rules[0].y + 6]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_line_is_drawn_and_none_is_named_as_missing(fonts: FontBook, kind: str) -> None:
    document = with_lines(fonts, kind)

    assert document.not_laid_out == ()
    assert uppermost(document)


def test_rows_give_a_line_the_width_its_strokes_take(fonts: FontBook) -> None:
    def step(kind: str) -> float:
        page = with_lines(fonts, kind).pages[0]
        return place_of(page, "二")[1] - place_of(page, "一")[1]

    wider = [step(kind) - step("single") for kind in ("dotted", "thinThickSmallGap", "double", "thinThickMediumGap")]

    assert wider == pytest.approx([0.0, 1.5, 3.0, 1.5])


def test_a_thin_and_a_thick_line_stand_in_the_order_of_their_name(fonts: FontBook) -> None:
    upper, lower = uppermost(with_lines(fonts, "thinThickSmallGap", 24))

    assert (upper.height, lower.height) == pytest.approx((0.75, 3.0))
    assert lower.y - upper.y == pytest.approx(1.5)


def test_dashes_count_by_the_width_of_their_line(fonts: FontBook) -> None:
    fine, broad = (uppermost(with_lines(fonts, "dashed", size))[0].dashes for size in (8, 16))

    assert [wide / narrow for narrow, wide in zip(fine, broad, strict=True)] == pytest.approx([2.0, 2.0])


def test_a_wave_goes_to_and_fro(fonts: FontBook) -> None:
    steps = uppermost(with_lines(fonts, "wave"))

    assert len({round(step.y, 2) for step in steps}) == 3
    found = sorted(steps, key=lambda step: step.x)
    assert all(before.y != after.y for before, after in itertools.pairwise(found))


def test_paragraphs_have_the_same_lines(fonts: FontBook) -> None:
    def below(kind: str) -> list[Rule]:
        lines = f'<w:pBdr><w:bottom w:val="{kind}" w:sz="12" w:space="1" w:color="auto"/></w:pBdr>'
        document = lay_out_docx(word_file(paragraph("甲", properties=lines)), fonts)
        assert document.not_laid_out == ()
        return list(document.pages[0].rules())

    assert [len(below(kind)) for kind in ("single", "double", "triple")] == [1, 2, 3]
    assert below("dotted")[0].dashes


def test_a_row_of_little_pictures_is_named_and_drawn_as_one_line(fonts: FontBook) -> None:
    document = with_lines(fonts, "apples")

    assert [item.feature for item in document.not_laid_out] == ["图案组成的边框线（印成单线）"]
    assert len(uppermost(document)) == 1


@pytest.mark.parametrize(("between", "gap"), [("", 0.0), ('<w:between w:val="single" w:sz="16" w:space="3"/>', 5.0)])
def test_a_line_between_paragraphs_parts_those_with_the_same_lines_around(
    fonts: FontBook, between: str, gap: float
) -> None:
    edges = "".join(f'<w:{side} w:val="single" w:sz="8" w:space="1"/>' for side in ("top", "bottom"))
    properties = f"<w:pBdr>{edges}{between}</w:pBdr>"
    body = [paragraph(text, properties=properties) for text in ("甲", "乙")]
    page = lay_out_docx(word_file(*body), fonts).pages[0]
    plain = lay_out_docx(word_file(paragraph("甲"), paragraph("乙")), fonts).pages[0]

    pitch = place_of(plain, "乙")[1] - place_of(plain, "甲")[1]
    assert place_of(page, "乙")[1] - place_of(page, "甲")[1] == pytest.approx(pitch + gap)
    assert len([rule for rule in page.rules() if rule.height < 3 < rule.width]) == (3 if between else 2)
