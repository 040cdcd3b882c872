"""Features of the measured corpus that meet one another: tables in cells over pages, long footnotes, narrow places beside boxes."""

from __future__ import annotations

from collections.abc import Iterator

from tests.faithfulness.building import A4, anchored, cell, chinese, paragraph, row, run, table, text_box, word_file

_RAISED = '<w:vertAlign w:val="superscript"/>'
_NOTE_STYLES = (
    '<w:style w:type="character" w:styleId="FNR"><w:name w:val="footnote reference"/><w:rPr>' + _RAISED + "</w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="FNT"><w:name w:val="footnote text"/><w:basedOn w:val="a"/><w:pPr><w:snapToGrid w:val="0"/>'
    '<w:jc w:val="left"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr></w:style>'
)  # fmt: skip
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


def mixed_papers() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every document."""
    yield from _nested()
    yield from _noted()
    yield from _beside()


def _nested() -> Iterator[tuple[str, bytes]]:
    inner = table(*[row(f"第{n}项", chinese(n, 150)) for n in range(8)], columns=(1200, 4200))
    outer = table(row("检查内容", cell(paragraph("如下"), inner, paragraph("完"))), columns=(2000, 6296))
    yield "mixed-table-in-cell-over-pages", word_file(*[paragraph(chinese(n, 120)) for n in range(6)], outer)


def _mark(number: int) -> str:
    return f'<w:r><w:rPr><w:rStyle w:val="FNR"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'


def _notes(*texts: str, spaced: str = "") -> str:
    head = '<w:r><w:rPr><w:rStyle w:val="FNR"/></w:rPr><w:footnoteRef/></w:r>'
    return _SEPARATORS + "".join(
        f'<w:footnote w:id="{n}">{paragraph(head, run(" " + text), properties=f"""<w:pStyle w:val="FNT"/>{spaced}""")}</w:footnote>'
        for n, text in enumerate(texts, 1)
    )


def _noted() -> Iterator[tuple[str, bytes]]:
    long = [chinese(60 + n, 420) for n in range(6)]
    body = [paragraph(chinese(n, 190), _mark(n), chinese(n + 9, 160)) for n in range(1, 7)]
    yield "mixed-long-notes", word_file(*body, styles=_NOTE_STYLES, footnotes=_notes(*long))
    yield "mixed-long-notes-no-grid", word_file(*body, styles=_NOTE_STYLES, footnotes=_notes(*long), section=A4)
    short = [chinese(80 + n, 30) for n in range(12)]
    dense = [paragraph(chinese(n, 11)[:10], _mark(n), chinese(n + 9, 170)) for n in range(1, 13)]
    spaced = '<w:spacing w:after="120"/>'
    yield "mixed-spaced-notes", word_file(*dense, styles=_NOTE_STYLES, footnotes=_notes(*short, spaced=spaced))
    rows = [
        row(str(n), cell(paragraph(chinese(n, 8)[:7], _mark(n), chinese(n + 40, 50))), chinese(n + 20, 60))
        for n in range(1, 13)
    ]
    ledger = table(*rows, columns=(900, 2400, 4996))
    yield (
        "mixed-notes-in-table",
        word_file(paragraph(chinese(7, 60)), ledger, paragraph("以上"), styles=_NOTE_STYLES, footnotes=_notes(*short)),
    )


def _beside() -> Iterator[tuple[str, bytes]]:
    for side in ("bothSides", "largest"):
        wrap = f'<wp:wrapSquare wrapText="{side}"/>'
        places = (14, 24)
        body = [paragraph(anchored(60, 24, x, 2, wrap), run(chinese(n, 330))) for n, x in enumerate(places)]
        yield f"mixed-narrow-places-{side}", word_file(*body)
    box = text_box(*[paragraph(chinese(n, 14)) for n in range(3)], width_mm=35, height_mm=60, x_mm=90, y_mm=10).replace(
        "<wps:bodyPr ", '<wps:bodyPr vert="vert270" '
    )
    yield "mixed-box-upwards", word_file(paragraph("竖排", box), *[paragraph(chinese(n, 16)) for n in range(14)])
