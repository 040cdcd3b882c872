"""Where lines end inside words of Latin text and figures, in documents that are only converted."""

from __future__ import annotations

import pytest

from anjian_desktop.documents.layout.typesetting.parted_words import parts_word


def pieces(text: str) -> str:
    """The text with a stroke at each place where a line may end."""
    ends = [at for at in range(1, len(text)) if parts_word(text, at)]
    return "¦".join(text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True))


@pytest.mark.parametrize(
    "shown",
    [
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
def test_a_word_is_parted_where_libreoffice_7_4_parts_it(shown: str) -> None:
    assert pieces(shown.replace("¦", "")) == shown
