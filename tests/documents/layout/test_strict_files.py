"""Files saved as “Strict Open XML” come out like the same files saved the usual way."""

from __future__ import annotations

import io
import zipfile

from support.pages import seen
from support.word_files import OFFICIAL, paragraph, row, run, table, word_file

from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import lay_out_docx
from anjian_desktop.documents.merging import MergeTemplate

USUAL = b"http://schemas.openxmlformats.org/"
STRICT = b"http://purl.oclc.org/ooxml/"
NAMES = (b"wordprocessingml", b"officeDocument", b"drawingml")


def strict(data: bytes) -> bytes:
    """The file with the vocabularies of the strict form."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            for one in NAMES:
                content = content.replace(USUAL + one + b"/2006/", STRICT + one + b"/")
            after.writestr(name, content)
    return out.getvalue()


def test_a_strict_file_has_the_same_pages(fonts: FontBook) -> None:
    data = word_file(
        paragraph("安全生产", run("责任书", '<w:sz w:val="44"/><w:b/>')),
        table(row("一", "二"), row("三", "四")),
        furniture={"header:default": paragraph("页眉"), "footer:default": paragraph("页脚")},
    )
    assert STRICT in b"".join(zipfile.ZipFile(io.BytesIO(strict(data))).read(n) for n in ["word/document.xml"])
    ours = lay_out_docx(strict(data), fonts)
    assert seen(ours) == seen(lay_out_docx(data, fonts)) and ours.not_laid_out == ()


def test_lengths_with_units_mean_the_same(fonts: FontBook) -> None:
    usual = paragraph(run("国家", '<w:sz w:val="44"/>'), properties='<w:ind w:left="560"/><w:spacing w:before="240"/>')
    units = paragraph(
        run("国家", '<w:sz w:val="22pt"/>'), properties='<w:ind w:left="28pt"/><w:spacing w:before="12pt"/>'
    )
    margins = OFFICIAL.replace('w:top="2098"', 'w:top="104.9pt"')
    assert seen(lay_out_docx(word_file(usual), fonts)) == seen(lay_out_docx(word_file(units, section=margins), fonts))


def test_a_strict_template_is_merged(fonts: FontBook) -> None:
    template = MergeTemplate(strict(word_file(paragraph("{{单位名称}}"))))
    assert template.names == ("单位名称",)
    assert "示例厂" in lay_out_docx(template.fill({"单位名称": "示例厂"}).data, fonts).pages[0].text
