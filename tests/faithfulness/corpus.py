"""The built part of the measured corpus: one small document for each feature and its usual variants.

Longer than 400 lines: it is one list of documents, told apart by nothing but their names.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from tests.faithfulness.building import (
    A4,
    GRID,
    OFFICIAL,
    anchored,
    cell,
    chinese,
    inline,
    latin,
    paragraph,
    row,
    run,
    section_break,
    table,
    text_box,
    word_file,
)
from tests.faithfulness.library_papers import library_papers
from tests.faithfulness.mixed_papers import mixed_papers
from tests.faithfulness.office_papers import office_papers
from tests.faithfulness.office_tables import office_tables
from tests.faithfulness.small_papers import small_papers

_LONG = 900


def prose(
    seed: int, paragraphs: int = 12, length: int = 220, properties: str = "", looks: str = "", *, mixed: bool = True
) -> list[str]:
    """Paragraphs of mixed prose."""
    return [
        paragraph(run(chinese(seed + n, length, mixed=mixed), looks), properties=properties) for n in range(paragraphs)
    ]


def documents() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every document."""
    yield from _paragraphs()
    yield from _characters()
    yield from _numbering()
    yield from _tables()
    yield from _pages()
    yield from _objects()
    yield from _offices()
    yield from office_tables()
    yield from office_papers()
    yield from library_papers()
    yield from small_papers()
    yield from mixed_papers()


def _paragraphs() -> Iterator[tuple[str, bytes]]:
    for align in ("left", "center", "right", "both", "distribute"):
        yield f"align-{align}", word_file(*prose(1, 10, properties=f'<w:jc w:val="{align}"/>'))
    indents = {
        "first-chars": '<w:ind w:firstLineChars="200" w:firstLine="420"/>', "left-right": '<w:ind w:left="840" w:right="420"/>',
        "hanging": '<w:ind w:left="840" w:hanging="420"/>', "negative": '<w:ind w:left="-300" w:right="-300"/>',
    }  # fmt: skip
    for name, properties in indents.items():
        yield f"indent-{name}", word_file(*prose(20, properties=properties))
    lines = {
        "exact": 'w:line="560" w:lineRule="exact"', "least": 'w:line="500" w:lineRule="atLeast"', "one-half": 'w:line="360" w:lineRule="auto"',
        "double": 'w:line="480" w:lineRule="auto"', "multiple": 'w:line="288" w:lineRule="auto" w:before="120" w:after="120"',
        "lines": 'w:beforeLines="50" w:before="156" w:afterLines="100" w:after="312"',
    }  # fmt: skip
    for name, attributes in lines.items():
        yield f"spacing-{name}", word_file(*prose(40, 14, properties=f"<w:spacing {attributes}/>"))
        yield f"spacing-{name}-no-grid", word_file(*prose(41, 14, properties=f"<w:spacing {attributes}/>"), section=A4)
    yield "latin-only", word_file(*[paragraph(latin(n, 90)) for n in range(14)])
    yield "latin-no-grid", word_file(*[paragraph(latin(n, 90)) for n in range(20)], section=A4)
    heads = [
        block
        for n in range(9)
        for block in (
            paragraph(chinese(n, 8)[:-1], properties=f'<w:pStyle w:val="{1 + n % 2}"/>'),
            *prose(60 + n, 3, 130, '<w:ind w:firstLineChars="200" w:firstLine="420"/>'),
        )
    ]
    yield "headings", word_file(*heads)
    yield (
        "keep",
        word_file(
            *[
                p
                for n in range(10)
                for p in (*prose(n, 1, 80, "<w:keepNext/>"), *prose(n + 50, 1, 300, "<w:keepLines/>"))
            ]
        ),
    )
    yield "page-break-before", word_file(*prose(3, 3), *prose(4, 1, properties="<w:pageBreakBefore/>"), *prose(5, 3))
    yield (
        "page-break-run",
        word_file(*prose(3, 2), paragraph("前", '<w:r><w:br w:type="page"/></w:r>', run("后")), *prose(5, 3)),
    )
    box = "".join(
        f'<w:{side} w:val="single" w:sz="8" w:space="4" w:color="FF0000"/>'
        for side in ("top", "left", "bottom", "right")
    )
    yield "borders", word_file(*prose(7, 2), *prose(8, 3, properties=f"<w:pBdr>{box}</w:pBdr>"), *prose(9, 2))
    under = '<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="1" w:color="auto"/></w:pBdr>'
    yield "border-below", word_file(*prose(7, 2), *prose(8, 1, properties=under), *prose(9, 2))
    yield (
        "shading",
        word_file(*prose(7, 2), *prose(8, 2, properties='<w:shd w:val="clear" w:fill="DDDDDD"/>'), *prose(9, 2)),
    )
    stops = (
        '<w:tabs><w:tab w:val="left" w:pos="1200"/><w:tab w:val="center" w:pos="4200" w:leader="hyphen"/>'
        '<w:tab w:val="right" w:leader="dot" w:pos="8300"/></w:tabs>'
    )
    tab = "<w:r><w:tab/></w:r>"
    yield (
        "tabs",
        word_file(
            *[
                paragraph(f"第{n}条", tab, run(chinese(n, 6)), tab, run("中间"), tab, run(str(n * 7)), properties=stops)
                for n in range(1, 25)
            ]
        ),
    )
    decimal = '<w:tabs><w:tab w:val="decimal" w:pos="4000"/></w:tabs>'
    yield (
        "tabs-decimal",
        word_file(*[paragraph("数", tab, run(f"{n * 13.75}"), properties=decimal) for n in range(1, 20)]),
    )
    yield "tabs-default", word_file(*[paragraph("甲" * n, tab, run("乙"), tab, run("丙")) for n in range(1, 20)])
    yield (
        "contents",
        word_file(
            *[
                paragraph(
                    chinese(n, 10)[:-1],
                    tab,
                    run(str(n)),
                    properties='<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8296"/></w:tabs>',
                )
                for n in range(1, 30)
            ]
        ),
    )


def _characters() -> Iterator[tuple[str, bytes]]:
    looks = {
        "bold": "<w:b/>", "italic": "<w:i/>", "bold-italic": "<w:b/><w:i/>", "underline": '<w:u w:val="single"/>', "double": '<w:u w:val="double"/>',
        "wave": '<w:u w:val="wave"/>', "strike": "<w:strike/>", "spacing": '<w:spacing w:val="40"/>', "tight": '<w:spacing w:val="-10"/>',
        "scale": '<w:w w:val="80"/>', "wide": '<w:w w:val="150"/>', "emphasis": '<w:em w:val="dot"/>', "highlight": '<w:highlight w:val="yellow"/>',
        "shaded": '<w:shd w:val="clear" w:fill="C0FFC0"/>', "colour": '<w:color w:val="FF0000"/>', "large": '<w:sz w:val="44"/>',
        "hei": '<w:rFonts w:eastAsia="黑体"/>', "boxed": '<w:bdr w:val="single" w:sz="4" w:space="0" w:color="auto"/>',
    }  # fmt: skip
    for name, properties in looks.items():
        yield f"run-{name}", word_file(*prose(80, 3), *prose(81, 5, looks=properties), *prose(82, 2))
    for script in ("superscript", "subscript"):
        high = f'<w:vertAlign w:val="{script}"/>'
        yield (
            f"run-{script}",
            word_file(*[paragraph(chinese(n, 60), run("注2", high), run(chinese(n + 9, 60))) for n in range(12)]),
        )
    yield (
        "run-raised",
        word_file(
            *[
                paragraph(chinese(n, 40), run("升高", '<w:position w:val="6"/>'), run(chinese(n + 9, 60)))
                for n in range(12)
            ]
        ),
    )
    yield (
        "run-caps",
        word_file(
            *[paragraph(run(latin(n, 30), "<w:caps/>"), run(latin(n + 3, 30), "<w:smallCaps/>")) for n in range(8)]
        ),
    )
    yield (
        "run-sizes",
        word_file(
            *[
                paragraph(
                    *[
                        run(chinese(n * 9 + k, 20), f'<w:sz w:val="{size}"/>')
                        for k, size in enumerate((18, 21, 28, 32, 44))
                    ]
                )
                for n in range(8)
            ]
        ),
    )
    yield (
        "run-hidden",
        word_file(*[paragraph(chinese(n, 50), run("隐藏", "<w:vanish/>"), run("可见")) for n in range(5)]),
    )
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'
    yield "symbols", word_file(*[paragraph(symbol, run("合格"), symbol, run("不合格")) for _ in range(6)])
    inserted = '<w:ins w:id="1" w:author="a">' + run("新增文字") + "</w:ins>"
    yield "revisions", word_file(*[paragraph(chinese(n, 50), inserted, run(chinese(n, 30))) for n in range(6)])
    link = (
        '<w:hyperlink w:anchor="x">' + run("链接", '<w:color w:val="0563C1"/><w:u w:val="single"/>') + "</w:hyperlink>"
    )
    control = "<w:sdt><w:sdtContent>" + run("控件内容") + "</w:sdtContent></w:sdt>"
    yield (
        "links-controls",
        word_file(*[paragraph(chinese(n, 50), link, control, run(chinese(n, 30))) for n in range(6)]),
    )


def _levels(*levels: tuple[str, str, int, int], suffix: str = "tab", start: int = 1) -> str:
    drawn = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/><w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
        for n, (kind, text, left, hanging) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="0">{drawn}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def _numbered(seed: int, levels: list[int], length: int = 70) -> list[str]:
    return prose_levels(seed, levels, length)


def prose_levels(seed: int, levels: list[int], length: int) -> list[str]:
    """Numbered paragraphs of these levels."""
    return [
        paragraph(
            chinese(seed + n, length), properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
        )
        for n, level in enumerate(levels)
    ]


def _numbering() -> Iterator[tuple[str, bytes]]:
    levels = [0, 1, 1, 2, 2, 3, 1, 0, 1, 2, 2, 0, 0, 1, 1, 1]
    official = (
        ("chineseCounting", "%1、", 420, 420),
        ("chineseCounting", "（%2）", 840, 600),
        ("decimal", "%3.", 1260, 420),
        ("decimal", "（%4）", 1680, 500),
    )
    yield "list-official", word_file(*_numbered(1, levels), numbering=_levels(*official))
    yield "list-no-suffix", word_file(*_numbered(2, levels), numbering=_levels(*official, suffix="nothing"))
    yield "list-space", word_file(*_numbered(3, levels), numbering=_levels(*official, suffix="space"))
    legal = (
        ("decimal", "%1", 425, 425),
        ("decimal", "%1.%2", 567, 567),
        ("decimal", "%1.%2.%3", 709, 709),
        ("decimal", "%1.%2.%3.%4", 851, 851),
    )
    yield "list-legal", word_file(*_numbered(4, levels), numbering=_levels(*legal))
    letters = (
        ("upperLetter", "%1.", 420, 420),
        ("lowerLetter", "%2)", 840, 420),
        ("lowerRoman", "%3.", 1260, 420),
        ("upperRoman", "%4.", 1680, 420),
    )
    yield "list-letters", word_file(*_numbered(5, levels), numbering=_levels(*letters))
    circles = (
        ("decimalEnclosedCircle", "%1", 420, 420),
        ("decimal", "第%2条", 1260, 840),
        ("bullet", "●", 1260, 420),
        ("bullet", "—", 1680, 420),
    )
    yield "list-bullets", word_file(*_numbered(6, levels), numbering=_levels(*circles))
    yield "list-start", word_file(*_numbered(7, [0] * 14), numbering=_levels(("decimal", "%1.", 420, 420), start=8))


def _tables() -> Iterator[tuple[str, bytes]]:
    three = (2765, 2765, 2766)
    for name, lengths in {"short": 6, "long": 60}.items():
        rows = [row(*[chinese(n * 3 + k, lengths) for k in range(3)]) for n in range(14)]
        yield f"table-{name}", word_file(*prose(1, 1), table(*rows, columns=three), *prose(2, 1))
        yield f"table-{name}-no-grid", word_file(*prose(1, 1), table(*rows, columns=three), *prose(2, 1), section=A4)
    header = row("序号", "单位名称", "备注", properties="<w:tblHeader/>")
    rows = [row(str(n), chinese(n, 18), chinese(n + 1, 8)) for n in range(1, 70)]
    yield "table-heading", word_file(table(header, *rows, columns=(900, 5000, 2396)))
    unsplit = [row(str(n), chinese(n, 120), properties="<w:cantSplit/>") for n in range(12)]
    yield "table-whole-rows", word_file(table(*unsplit, columns=(900, 7396)))
    tall = [row(str(n), cell(*[paragraph(chinese(n * 9 + k, 90)) for k in range(6)])) for n in range(5)]
    yield "table-split-rows", word_file(table(*tall, columns=(900, 7396)))
    for rule in ("exact", "atLeast"):
        rows = [
            row(*[chinese(n * 3 + k, 8) for k in range(3)], properties=f'<w:trHeight w:val="620" w:hRule="{rule}"/>')
            for n in range(16)
        ]
        yield f"table-height-{rule}", word_file(table(*rows, columns=three))
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    merged = [
        row(
            cell(chinese(n, 10), properties=start if n % 4 == 0 else on, width=2765),
            chinese(n, 20),
            cell(chinese(n + 1, 30)),
        )
        for n in range(20)
    ]
    yield "table-merged-down", word_file(table(*merged, columns=three))
    across = [
        row(cell(chinese(n, 20), properties='<w:gridSpan w:val="2"/>', width=5530), chinese(n, 9))
        if n % 3
        else row("甲", "乙", "丙")
        for n in range(12)
    ]
    yield "table-merged-across", word_file(table(*across, columns=three))
    centred = [
        row(
            *[
                cell(
                    paragraph(chinese(n + k, 8), properties='<w:jc w:val="center"/>'),
                    properties='<w:vAlign w:val="center"/>',
                )
                for k in range(2)
            ],
            cell(chinese(n, 40)),
        )
        for n in range(10)
    ]
    yield "table-centred", word_file(table(*centred, columns=three, properties='<w:jc w:val="center"/>'))
    inner = table(row("内一", "内二"), row(chinese(3, 12), "内四"), columns=(1800, 1800))
    yield (
        "table-nested",
        word_file(
            table(
                row("外", cell(paragraph("上"), inner, paragraph("下"))),
                row("外二", chinese(5, 60)),
                columns=(2000, 6296),
            )
        ),
    )
    yield (
        "table-styled",
        word_file(
            table(
                row("甲", "乙", "丙"),
                *[row(*[chinese(n + k, 9) for k in range(3)]) for n in range(9)],
                columns=three,
                style="a4",
                properties='<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>',
            )
        ),
    )
    auto = [row("序号", chinese(n, 30), "是") for n in range(8)]
    body = "".join(auto)
    yield (
        "table-auto",
        word_file(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="a3"/><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="1000"/><w:gridCol w:w="5000"/><w:gridCol w:w="1000"/></w:tblGrid>{body}</w:tbl>',
            *prose(3, 1),
        ),
    )
    yield (
        "table-margins",
        word_file(
            table(
                *[row(*[chinese(n + k, 20) for k in range(3)]) for n in range(8)],
                columns=three,
                properties='<w:tblCellMar><w:top w:w="100" w:type="dxa"/><w:left w:w="200" w:type="dxa"/><w:bottom w:w="100" w:type="dxa"/><w:right w:w="200" w:type="dxa"/></w:tblCellMar>',
            )
        ),
    )
    spaced = [
        row(
            *[
                cell(
                    paragraph(
                        chinese(n + k, 25),
                        properties='<w:spacing w:before="60" w:after="60" w:line="300" w:lineRule="auto"/>',
                    )
                )
                for k in range(3)
            ]
        )
        for n in range(10)
    ]
    yield "table-spaced", word_file(table(*spaced, columns=three))


def _pages() -> Iterator[tuple[str, bytes]]:
    number = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    total = '<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>9</w:t></w:r></w:fldSimple>'
    centre = '<w:jc w:val="center"/>'
    yield (
        "footer-number",
        word_file(
            *prose(1, 16),
            furniture={"footer:default": paragraph("第", number, run("页 共"), total, run("页"), properties=centre)},
        ),
    )
    line = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr><w:jc w:val="center"/>'
    yield (
        "header-line",
        word_file(
            *prose(2, 16),
            furniture={"header:default": paragraph(run("示例镇安监办", '<w:sz w:val="18"/>'), properties=line)},
        ),
    )
    yield "header-first", word_file(*prose(3, 20), section=A4.replace("<w:pgMar", "<w:pgMar", 1) + "<w:titlePg/>" + '<w:docGrid w:type="lines" w:linePitch="312"/>',
        furniture={"header:default": paragraph("其余页眉"), "header:first": paragraph("首页页眉"), "footer:default": paragraph(number)})  # fmt: skip
    yield "header-tall", word_file(*prose(4, 14), furniture={"header:default": "".join(prose(5, 3, 60))})
    yield (
        "header-table",
        word_file(
            *prose(4, 14),
            furniture={"header:default": table(row("页眉表格", "右"), columns=(4000, 4296)) + paragraph("")},
        ),
    )
    wide = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1800" w:right="1440" w:bottom="1800" w:left="1440" w:header="851" w:footer="992" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="312"/>'
    yield "landscape", word_file(*prose(6, 4), section_break(GRID), *prose(7, 6), section_break(wide), *prose(8, 4))
    yield (
        "section-odd",
        word_file(*prose(6, 3), section_break(GRID), *prose(7, 3), section='<w:type w:val="oddPage"/>' + GRID),
    )
    two = GRID.replace("<w:docGrid", '<w:cols w:num="2" w:space="425"/><w:docGrid')
    yield "columns", word_file(*prose(9, 16), section=two)
    flow = '<w:type w:val="continuous"/>'
    yield (
        "columns-inside",
        word_file(
            *prose(10, 2),
            section_break(GRID),
            *prose(11, 4),
            section_break(flow + two),
            *prose(12, 2),
            section=flow + GRID,
        ),
    )
    yield (
        "column-break",
        word_file(
            *prose(9, 2), paragraph('<w:r><w:br w:type="column"/></w:r>', run("新栏")), *prose(10, 2), section=two
        ),
    )
    frame = "".join(
        f'<w:{side} w:val="single" w:sz="12" w:space="24" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right")
    )
    yield (
        "page-borders",
        word_file(*prose(13, 8), section=A4 + f'<w:pgBorders w:offsetFrom="page">{frame}</w:pgBorders>'),
    )
    small = '<w:sz w:val="18"/>'
    notes = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>{run(chinese(n, 40), small)}</w:p></w:footnote>'
        for n in range(1, 9)
    )
    rules = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    marks = [
        paragraph(
            chinese(n, 120),
            f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{n}"/></w:r>',
            run(chinese(n + 40, 120)),
        )
        for n in range(1, 9)
    ]
    yield "footnotes", word_file(*marks, *prose(3, 6), footnotes=rules + notes)


def _objects() -> Iterator[tuple[str, bytes]]:
    yield (
        "picture-inline",
        word_file(*prose(1, 2), paragraph(inline(60, 40), properties='<w:jc w:val="center"/>'), *prose(2, 5)),
    )
    yield (
        "picture-in-text",
        word_file(*[paragraph(chinese(n, 40), inline(8, 6), run(chinese(n + 1, 60))) for n in range(8)]),
    )
    yield (
        "picture-table",
        word_file(table(row(cell(paragraph(inline(30, 20))), chinese(1, 30)), row("下", "右"), columns=(4000, 4296))),
    )
    yield (
        "picture-anchored",
        word_file(*prose(3, 2), paragraph(anchored(40, 25, 60, 10), run(chinese(4, 60))), *prose(5, 4)),
    )
    yield (
        "picture-top-bottom",
        word_file(
            *prose(3, 2),
            paragraph(anchored(40, 25, 60, 0, "<wp:wrapTopAndBottom/>"), run(chinese(4, 60))),
            *prose(5, 4),
        ),
    )
    yield (
        "text-box",
        word_file(
            *prose(6, 2),
            paragraph(
                text_box(paragraph("框内文字"), paragraph(chinese(1, 30)), width_mm=60, height_mm=30, x_mm=80, y_mm=5),
                run(chinese(7, 40)),
            ),
            *prose(8, 4),
        ),
    )


def _offices() -> Iterator[tuple[str, bytes]]:
    title = '<w:jc w:val="center"/>'
    fang = '<w:rFonts w:ascii="仿宋" w:hAnsi="仿宋" w:eastAsia="仿宋"/><w:sz w:val="32"/>'
    indent = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
    hei, kai = '<w:rFonts w:eastAsia="黑体"/><w:sz w:val="32"/>', '<w:rFonts w:eastAsia="楷体"/><w:sz w:val="32"/>'
    for number, section in zip(count(1), (OFFICIAL, GRID, A4), strict=False):
        for pitch in ("", '<w:spacing w:line="560" w:lineRule="exact"/>'):
            body = [
                paragraph(
                    run("关于开展安全生产大检查的通知", '<w:rFonts w:eastAsia="方正小标宋简体"/><w:sz w:val="44"/>'),
                    properties=title,
                ),
                paragraph("", properties=pitch),
            ]
            body.append(paragraph(run("各村（社区）、各企业：", fang), properties=pitch))
            for part in range(4):
                body.append(
                    paragraph(run("一二三四"[part] + "、" + chinese(part, 8)[:-1], hei), properties=pitch + indent)
                )
                body.append(
                    paragraph(
                        run("（一）" + chinese(part + 9, 10), kai),
                        run(chinese(part, 120, mixed=True), fang),
                        properties=pitch + indent,
                    )
                )
                body += prose(part + 30, 2, 150, pitch + indent, fang)
            body += [
                paragraph(run("示例镇人民政府", fang), properties=pitch + '<w:jc w:val="right"/>'),
                paragraph(run("2026年3月5日", fang), properties=pitch + '<w:jc w:val="right"/>'),
            ]
            yield f"notice-{number}{'-exact' if pitch else ''}", word_file(*body, section=section)
    line = '<w:u w:val="single"/>'
    form = [
        paragraph(
            "甲方：",
            run(" " * 30, line),
            run("　　乙方："),
            run(" " * 24, line),
            properties='<w:spacing w:line="480" w:lineRule="auto"/>',
        )
        for _ in range(10)
    ]
    yield "form-blanks", word_file(*form, *prose(6, 3))
