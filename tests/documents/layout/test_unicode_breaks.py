"""Where lines may end by the rules of Unicode (UAX 14), as LibreOffice 7.4 applies them to text of any tongue."""

from __future__ import annotations

import pytest

from anjian_desktop.documents.layout.typesetting.unicode_breaks import may_end


def pieces(text: str) -> str:
    """The text with a stroke at each place where a line may end."""
    ends = [at for at in range(1, len(text)) if may_end(text, at)]
    return "¦".join(text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True))


@pytest.mark.parametrize(
    "shown",
    [
        "安¦全¦（试¦行）¦安¦全",
        "安¦全，¦生¦产。“安¦全”",
        "责¦任¦——¦到¦人",
        "安¦全……¦生¦产",
        "共¦25℃，¦占¦12.5%¦左¦右",
        "《AQ3013》¦第¦3¦条",
        "￥12,000.50¦元",
        "安¦全：¦生¦产；¦责¦任",
        "word ¦（note）¦安¦全",
        "( open",
        "a/¦b¦安¦全",
        "2026/3/5¦安",
        "Property-¦>Container-¦Pointer",
        "text«$¦{A.b}»",
        "up¦%total",
        "12%",
        "a,b;c:d",
        "total:¦$12",
        "5,$12",
        "f(x)¦[3]",
        "(a)¦+¦(b)",
        "$(5)",
        "$¦(a)",
        "wait!¦#now?¦@all",
        "D:\\¦=\\¦name",
        "5\\5",
        'say:"yes"',
    ],
)
def test_a_line_ends_where_the_classes_of_its_marks_allow_it(shown: str) -> None:
    assert pieces(shown.replace("¦", "")) == shown
