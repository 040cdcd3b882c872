"""PDF files: readable by others, text selectable, what is shared written once, the same bytes each time."""

from __future__ import annotations

import io
import re

import pypdfium2
import pytest
from pypdf import PdfReader
from support.word_files import OFFICIAL, paragraph, row, run, table, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import LaidOut, Typesetter, lay_out_docx
from anjian_desktop.documents.pdf import PdfFamily, PdfWriter, UnprintableCharacters

TEMPLATE = word_file(
    paragraph("编号：{{编号}}"),
    *(paragraph("安全生产工作应当以人为本，坚持人民至上、生命至上。") for _ in range(30)),
    table(row("{{单位}}", "盖章")),
)


def written(fonts: FontBook, *documents: LaidOut, copies: int = 1, **options: bool) -> bytes:
    out = io.BytesIO()
    with PdfWriter(out, fonts, title="责任书") as writer:
        for document in documents:
            writer.add(document, copies=copies, **options)  # type: ignore[arg-type]
    return out.getvalue()


def filled(fonts: FontBook, count: int) -> list[LaidOut]:
    setter = Typesetter(TEMPLATE, fonts)
    return [setter.lay_out({"编号": f"示安责〔2026〕{n}号", "单位": f"示例{n}厂"}) for n in range(1, count + 1)]


def text_of(page: pypdfium2.PdfPage) -> str:
    return page.get_textpage().get_text_bounded().replace("\r\n", "\n")


def test_the_text_can_be_read_back_in_reading_order(fonts: FontBook) -> None:
    data = written(fonts, *filled(fonts, 2))

    pdf = pypdfium2.PdfDocument(data)
    assert len(pdf) == 4
    first = text_of(pdf[0])
    assert first.startswith("编号：示安责〔2026〕1号\n安全生产工作")
    assert "示例2厂" in text_of(pdf[3])
    words = PdfReader(io.BytesIO(data)).pages[0].extract_text()
    assert words.index("1号") < words.index("人民至上")


def test_the_file_is_sound_for_a_strict_reader(fonts: FontBook) -> None:
    reader = PdfReader(io.BytesIO(written(fonts, *filled(fonts, 70))), strict=True)

    assert len(reader.pages) == 140
    assert reader.metadata is not None and reader.metadata.title == "责任书"
    assert [round(float(side)) for side in reader.pages[139].mediabox] == [0, 0, 595, 842]
    names = {font["/BaseFont"] for font in reader.pages[0]["/Resources"]["/Font"].values()}  # type: ignore[index]
    assert all(re.fullmatch(r"/[A-Z]{6}\+NotoSerifSC", name) for name in names)


def test_the_same_documents_give_the_same_bytes(fonts: FontBook) -> None:
    again = FontBook.bundled_only()

    assert written(fonts, *filled(fonts, 3)) == written(again, *filled(again, 3))


def test_copies_share_what_they_show(fonts: FontBook) -> None:
    (document,) = filled(fonts, 1)
    one, five = written(fonts, document), written(fonts, document, copies=5)

    assert len(pypdfium2.PdfDocument(five)) == 10
    assert len(five) - len(one) < 8 * 200


def test_pages_alike_in_many_documents_are_written_once(fonts: FontBook) -> None:
    ten, twenty = (written(fonts, *filled(fonts, count)) for count in (10, 20))

    assert len(twenty) - len(ten) < 10 * 1500


def test_a_blank_back_lets_each_copy_begin_on_its_own_sheet(fonts: FontBook) -> None:
    single = lay_out_docx(word_file(paragraph("一页")), fonts)
    out = io.BytesIO()
    with PdfWriter(out, fonts, title="") as writer:
        counted = writer.add(single, copies=2, blank_back=True)

    pdf = pypdfium2.PdfDocument(out.getvalue())
    assert counted == 2
    assert [text_of(page) for page in pdf] == ["一页", "", "一页", ""]


def test_landscape_pages_keep_their_size(fonts: FontBook) -> None:
    wide = lay_out_docx(word_file(paragraph("横"), section='<w:pgSz w:w="16838" w:h="11906"/>'), fonts)
    tall = lay_out_docx(word_file(paragraph("竖"), section=OFFICIAL), fonts)

    sizes = [
        tuple(round(side) for side in page.get_size()) for page in pypdfium2.PdfDocument(written(fonts, wide, tall))
    ]
    assert sizes == [(842, 595), (595, 842)]


def test_characters_no_font_has_stop_the_document_before_anything_is_written(fonts: FontBook) -> None:
    document = lay_out_docx(word_file(paragraph("王\U0002a6a5")), fonts)
    out = io.BytesIO()
    writer = PdfWriter(out, fonts, title="")
    before = len(out.getvalue())

    with pytest.raises(UnprintableCharacters, match="U\\+2A6A5") as refusal:
        writer.add(document)

    assert len(out.getvalue()) == before
    assert refusal.value.glyphs[0].text == "王\U0002a6a5"


def test_every_byte_value_a_glyph_number_can_have_survives_the_string(fonts: FontBook) -> None:
    text = "".join(chr(code) for code in sorted(fonts.chain("宋体").faces[0].characters) if 0x4E00 <= code < 0x5E00)
    pdf = pypdfium2.PdfDocument(written(fonts, lay_out_docx(word_file(paragraph(text)), fonts)))

    assert "".join(text_of(page).replace("\n", "") for page in pdf) == text


def test_ink_stands_where_the_layout_says(fonts: FontBook) -> None:
    styled = paragraph(run("国", '<w:color w:val="FF0000"/>'))
    document = lay_out_docx(word_file(styled, table(row("表", "格"))), fonts)
    picture = pypdfium2.PdfDocument(written(fonts, document))[0].render(scale=2).to_pil().convert("RGB")

    (placed, *_) = document.pages[0].runs()
    box = tuple(round(2 * side) for side in (placed.x, placed.y - 14, placed.x + 16, placed.y + 2))
    colours = picture.crop(box).getcolors(100_000)
    assert colours is not None and any(red > 200 and green < 60 and blue < 60 for _, (red, green, blue) in colours)
    rule = next(rule for rule in document.pages[0].rules() if rule.width > 400)
    dark = picture.getpixel((round(2 * rule.x) + 200, round(2 * rule.y)))
    assert isinstance(dark, tuple) and sum(dark) < 500


def test_a_thickened_title_is_darker_than_plain_text(fonts: FontBook) -> None:
    def darkness(name: str) -> int:
        styled = paragraph(run("责任书责任书责任书", f'<w:rFonts w:eastAsia="{name}"/>'))
        page = pypdfium2.PdfDocument(written(fonts, lay_out_docx(word_file(styled), fonts)))[0]
        return sum(255 - value for value in page.render(scale=2, grayscale=True).to_pil().tobytes())

    assert darkness("方正小标宋简体") > 1.15 * darkness("宋体")


def test_a_family_of_files_shares_its_fonts_and_says_the_same(fonts: FontBook) -> None:
    documents = filled(fonts, 3)
    family = PdfFamily(fonts)
    for document in documents:
        family.see(document)

    files = []
    for document in documents:
        out = io.BytesIO()
        assert family.write(out, document, title="一份") == 2
        files.append(out.getvalue())

    firsts = [text_of(pypdfium2.PdfDocument(data)[0]) for data in files]
    assert all(text.startswith(f"编号：示安责〔2026〕{n}号\n安全生产") for n, text in enumerate(firsts, 1))
    fonts_in = {re.findall(rb"/BaseFont/(\S+?)/", data)[0] for data in files}
    assert len(fonts_in) == 1


def test_a_file_without_documents_is_still_a_file(fonts: FontBook) -> None:
    assert written(fonts).startswith(b"%PDF")
