"""Small built documents for what had gone wrong together: aligned numbers, shared lists, headings in a row, notes on a grid."""

from __future__ import annotations

from collections.abc import Iterator

from tests.faithfulness.building import A4, GRID, chinese, latin, paragraph, run, word_file


def small_papers() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every document."""
    for align in ("left", "center", "right"):
        levels = _level(0, "%1.", 720, 360, align), _level(1, "%1.%2", 1418, 709, align)
        yield f"small-list-{align}", word_file(*_items(1, [0, 1, 1, 0, 1]), numbering=_list(*levels))
    for suffix in ("tab", "space", "nothing"):
        levels = _level(0, "第%1条", 0, -640, suffix=suffix), _level(1, "（%2）", 0, -640, suffix=suffix)
        yield f"small-clauses-{suffix}", word_file(*_items(2, [0, 1, 1, 0, 0, 1]), numbering=_list(*levels))
    override = f'<w:lvlOverride w:ilvl="0">{_level(0, "%1、", 900, 450, kind="upperLetter")}</w:lvlOverride>'
    second = f'<w:num w:numId="2"><w:abstractNumId w:val="1"/>{override}</w:num>'
    shared = [*_items(3, [0, 0]), *_items(5, [0, 0], 2), *_items(7, [0])]
    yield "small-list-shared", word_file(*shared, numbering=_list(_level(0, "%1)", 720, 360)) + second)
    for name, indent in (("first", 'w:firstLine="420"'), ("edge", 'w:left="0" w:firstLine="0"')):
        style = (
            '<w:style w:type="paragraph" w:styleId="n"><w:name w:val="Numbered"/><w:basedOn w:val="a"/><w:pPr><w:numPr>'
            f'<w:numId w:val="1"/></w:numPr><w:ind {indent}/></w:pPr></w:style>'
        )
        texts = [paragraph(chinese(n, 90), properties='<w:pStyle w:val="n"/>') for n in range(4)]
        levels = (_level(0, "%1.", 850, 425),)
        yield f"small-numbered-style-{name}", word_file(*texts, styles=style, numbering=_list(*levels))
    heads = [paragraph(chinese(n, 60), properties='<w:pStyle w:val="1"/>') for n in range(9)]
    yield "small-headings-in-a-row", word_file(*heads, section=A4)
    low = A4.replace('w:h="16838"', 'w:h="9000"')
    lines = '<w:spacing w:beforeLines="50" w:afterLines="50"/>'
    spaced = '<w:style w:type="paragraph" w:styleId="s"><w:name w:val="Spaced"/><w:basedOn w:val="a"/><w:pPr><w:spacing w:after="200"/></w:pPr></w:style>'
    own = [paragraph(chinese(n, 90), properties=f'<w:pStyle w:val="s"/>{lines if n % 2 else ""}') for n in range(14)]
    yield "small-lines-over-points", word_file(*own, section=low, styles=spaced)
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/></w:r>'
    note = f'<w:footnote w:id="1"><w:p>{run(latin(1, 12))}</w:p></w:footnote>'
    texts = [paragraph(chinese(n, 120), *([mark] if n == 9 else [])) for n in range(16)]
    yield "small-notes-on-grid", word_file(*texts, section=GRID, footnotes=note)


def _level(
    at: int, text: str, left: int, hanging: int, align: str = "left", *, kind: str = "decimal", suffix: str = "tab"
) -> str:
    indent = f'w:hanging="{hanging}"' if hanging > 0 else f'w:firstLine="{-hanging}"'
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="{align}"/><w:pPr><w:ind w:left="{left}" {indent}/></w:pPr></w:lvl>'
    )


def _list(*levels: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="1">{"".join(levels)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )


def _items(seed: int, levels: list[int], number: int = 1) -> list[str]:
    return [
        paragraph(
            chinese(seed + n, 80),
            properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>',
        )
        for n, level in enumerate(levels)
    ]
