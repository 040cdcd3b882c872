"""The running text of a Chinese office in the measured corpus: notices, plans, minutes, letters, as Word and WPS write them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.faithfulness.building import (
    A4,
    GRID,
    OFFICIAL,
    SETTINGS,
    cell,
    chinese,
    paragraph,
    row,
    run,
    section_break,
    table,
    word_file,
)

_BODY = "仿宋_GB2312"
_CHARS = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_EXACT = '<w:spacing w:line="560" w:lineRule="exact"/>'
_WPS = (
    '<w:keepNext w:val="0"/><w:keepLines w:val="0"/><w:pageBreakBefore w:val="0"/><w:widowControl w:val="0"/><w:kinsoku/>'
    '<w:wordWrap/><w:overflowPunct/><w:topLinePunct w:val="0"/><w:autoSpaceDE/><w:autoSpaceDN/><w:bidi w:val="0"/>'
    "<w:adjustRightInd/>"
)
"""What WPS writes before the spacing of every paragraph."""

_LOOSE = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
_UNSNAPPED = '<w:snapToGrid w:val="0"/>'
_CENTRE, _RIGHT, _SPREAD = (f'<w:jc w:val="{kind}"/>' for kind in ("center", "right", "distribute"))
_UNDER = '<w:u w:val="single"/>'
_TAB = "<w:r><w:tab/></w:r>"
_RED = '<w:color w:val="FF0000"/>'


def _font(name: str, size: int, more: str = "") -> str:
    """Run properties: a font for all scripts, its size in half points."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>{more}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _mixed(name: str, size: int, more: str = "") -> str:
    """Run properties: a font for Chinese, Times New Roman for Latin text."""
    return f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{name}"/>{more}<w:sz w:val="{size}"/>'


_TITLE = _font("方正小标宋简体", 44)


def office_papers() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every paper."""
    yield from _notices()
    yield from _plans()
    yield from _minutes()
    yield from _letters()
    yield from _details()


def _head(title: str, number: str, properties: str) -> list[str]:
    return [
        paragraph(run("示例镇人民政府文件", _font("方正小标宋简体", 72, _RED)), properties=_CENTRE),
        paragraph(run(number, _font(_BODY, 32)), properties=_CENTRE + properties),
        paragraph(
            properties='<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="1" w:color="FF0000"/></w:pBdr>' + properties
        ),
        paragraph(run(title, _TITLE), properties=_CENTRE + properties),
    ]


def _text(seed: int, count: int, length: int, properties: str, looks: str) -> list[str]:
    return [paragraph(run(chinese(seed + n, length, mixed=True), looks), properties=properties) for n in range(count)]


def _closing(properties: str, looks: str) -> list[str]:
    return [
        paragraph(run("示例镇安全生产委员会办公室", looks), properties=properties + '<w:ind w:right="640"/>' + _RIGHT),
        paragraph(run("2026年3月5日", looks), properties=properties + '<w:ind w:right="1280"/>' + _RIGHT),
    ]


def _notices() -> Iterator[tuple[str, bytes]]:
    sections = {
        "lines": OFFICIAL,
        "chars": OFFICIAL.replace('w:type="lines" w:linePitch="580"', 'w:type="linesAndChars" w:linePitch="579"'),
        "plain": OFFICIAL[: OFFICIAL.index("<w:docGrid")],
        "default": OFFICIAL.replace('w:type="lines" w:linePitch="580"', 'w:linePitch="312"'),
    }
    pitches = {
        "word": _EXACT,
        "wps": _WPS + '<w:spacing w:line="560" w:lineRule="exact"/>',
        "unsnapped": _UNSNAPPED + _EXACT,
        "thirty": '<w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/><w:spacing w:line="600" w:lineRule="exact"/>',
        "free": "",
    }
    looks = _mixed(_BODY, 32)
    for name, section in sections.items():
        for kind, pitch in pitches.items():
            exact_on_grid = name in ("lines", "chars") and "exact" in pitch and "snapToGrid" not in pitch
            if exact_on_grid or (kind == "free" and name == "default"):
                continue
            body = [
                *_head("关于开展春季安全生产大检查的通知", "示安办〔2026〕8号", pitch),
                paragraph(properties=pitch),
                paragraph(run("各村（社区），镇直各部门，各企业：", looks), properties=pitch),
                *_text(len(name) + len(kind), 6, 190, pitch + _CHARS, looks),
                paragraph(run("附件：1.检查组名单", looks), properties=pitch + _CHARS),
                paragraph(run("2.检查记录表", looks), properties=pitch + '<w:ind w:left="1600"/>'),
                paragraph(properties=pitch),
                *_closing(pitch, looks),
            ]
            yield f"paper-notice-{name}-{kind}", word_file(*body, section=section)


def _plans() -> Iterator[tuple[str, bytes]]:
    looks, black, script = _mixed(_BODY, 32), _mixed("黑体", 32), _mixed("楷体_GB2312", 32, "<w:b/>")
    plain = OFFICIAL[: OFFICIAL.index("<w:docGrid")]
    for name, section, pitch in (("typed", OFFICIAL, ""), ("typed-exact", plain, _EXACT)):
        body = [paragraph(run("安全生产治本攻坚行动实施方案", _TITLE), properties=_CENTRE + pitch)]
        for part, digit in enumerate("一二三四"):
            body.append(paragraph(run(f"{digit}、工作要求", black), properties=pitch + _CHARS))
            for point, inner in enumerate("一二三"):
                lead = run(f"（{inner}）落实责任。", script)
                rest = run(chinese(part * 10 + point, 130, mixed=True), looks)
                body.append(paragraph(lead, rest, properties=pitch + _CHARS))
                body.append(
                    paragraph(run(f"{point + 1}.{chinese(part + point, 70)}", looks), properties=pitch + _CHARS)
                )
                body.append(
                    paragraph(run(f"（{point + 1}）{chinese(part - point, 60)}", looks), properties=pitch + _CHARS)
                )
        yield f"paper-plan-{name}", word_file(*body, section=section)
    kinds = (("chineseCountingThousand", "%1、", 0), ("chineseCountingThousand", "（%2）", 1), ("decimal", "%3.", 2))
    for name, suffix, indent in (
        ("list", "nothing", '<w:ind w:left="0" w:firstLine="640"/>'),
        ("list-tab", "tab", '<w:ind w:left="1360" w:hanging="720"/>'),
        ("list-space", "space", '<w:ind w:left="0" w:firstLineChars="200" w:firstLine="640"/>'),
    ):
        levels = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr>{indent}</w:pPr></w:lvl>'
            for kind, text, at in kinds
        )
        numbering = (
            f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        )
        body = [
            paragraph(
                run(chinese(n, 40 + 30 * (n % 3), mixed=True), looks),
                properties=f'<w:numPr><w:ilvl w:val="{n % 3}"/><w:numId w:val="1"/></w:numPr>',
            )
            for n in range(18)
        ]
        yield f"paper-plan-{name}", word_file(*body, section=OFFICIAL, numbering=numbering)


def _minutes() -> Iterator[tuple[str, bytes]]:
    looks, plain = _mixed("宋体", 24), _font("宋体", 24)
    first = '<w:ind w:firstLineChars="200" w:firstLine="480"/>'
    half = '<w:spacing w:line="360" w:lineRule="auto"/>'
    facts = [
        paragraph(run("时  间：", _mixed("黑体", 24)), run("2026年3月5日上午9:00—11:30", looks), properties=half),
        paragraph(run("地  点：", _mixed("黑体", 24)), run("镇政府三楼会议室", looks), properties=half),
        paragraph(
            run("参加人员：", _mixed("黑体", 24)),
            run("张三、李四、王小明、" * 12, looks),
            properties=half + '<w:ind w:left="1200" w:hanging="1200"/>',
        ),
    ]
    rule = '<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="1" w:color="FF0000"/></w:pBdr>'
    head = [
        paragraph(
            run("会 议 纪 要", _font("方正小标宋简体", 84, _RED + '<w:spacing w:val="40"/>')), properties=_CENTRE
        ),
        paragraph(
            run("示例镇安全生产委员会办公室", looks),
            _TAB,
            run("2026年第3期", looks),
            properties=rule + '<w:tabs><w:tab w:val="right" w:pos="8306"/></w:tabs>',
        ),
    ]
    yield "paper-minutes", word_file(*head, *facts, *_text(5, 9, 170, half + first, looks), section=A4)
    yield "paper-minutes-grid", word_file(*head, *facts, *_text(5, 9, 170, first, looks), section=GRID)
    columns = '<w:type w:val="continuous"/>' + A4 + '<w:cols w:num="2" w:space="425" w:sep="1"/>'
    bulletin = [
        paragraph(run("安全生产简报", _font("黑体", 72, _RED)), properties=_CENTRE),
        paragraph(run("第6期", looks), properties=_CENTRE + rule),
        section_break(A4),
        *[
            block
            for n in range(5)
            for block in (
                paragraph(run(chinese(n, 12)[:-1], _mixed("黑体", 28)), properties=_CENTRE),
                *_text(n * 7, 2, 230, first.replace("480", "420"), _mixed("宋体", 21)),
            )
        ],
    ]
    yield "paper-bulletin", word_file(*bulletin, section=columns)
    people = [
        ("张三", "示例镇人民政府", "13900000001"),
        ("欧阳小明", "示例镇东村民委员会", "13900000002"),
        ("李四", "示例化工有限公司", "13900000003"),
    ]
    names = [
        row(
            *(
                cell(paragraph(run(text, plain), properties=_SPREAD if at < 2 else _CENTRE))
                for at, text in enumerate(one)
            )
        )
        for one in people * 9
    ]
    signed = [
        paragraph(run("培训签到表", _TITLE), properties=_CENTRE),
        paragraph(
            run("培训内容：", looks),
            run(" " * 24, looks + _UNDER),
            run("　日期：", looks),
            run(" " * 16, looks + _UNDER),
        ),
        table(row("姓名", "单位", "电话", properties="<w:tblHeader/>"), *names, columns=(1800, 4200, 2296)),
    ]
    yield "paper-sign-in", word_file(*signed, section=A4)


def _letters() -> Iterator[tuple[str, bytes]]:
    looks = _mixed("宋体", 28)
    first = '<w:ind w:firstLineChars="200" w:firstLine="560"/>'
    for name, spacing in (
        ("one-and-quarter", 'w:line="300" w:lineRule="auto"'),
        ("one-and-half", 'w:line="360" w:lineRule="auto"'),
        ("least", 'w:line="460" w:lineRule="atLeast"'),
        ("exact", 'w:line="460" w:lineRule="exact" w:before="120" w:after="60"'),
        ("tight", 'w:line="220" w:lineRule="auto"'),
    ):
        blanks = [
            paragraph(
                run("你单位", looks), run("        ", looks + _UNDER), run("存在下列隐患，限", looks), run("  　  ", looks + _UNDER),
                run("日前整改完毕。", looks), properties=f"<w:spacing {spacing}/>{first}",
            )
            for _ in range(4)
        ]  # fmt: skip
        body = [
            paragraph(run("隐患整改通知书", _TITLE), properties=_CENTRE),
            *blanks,
            *_text(len(name), 9, 160, f"<w:spacing {spacing}/>{first}", looks),
            *_closing(f"<w:spacing {spacing}/>", looks),
        ]
        yield f"paper-rectification-{name}", word_file(*body, section=A4)
    stops = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8306"/></w:tabs>'
    contents = [
        paragraph(run(f"第{n}章　{chinese(n, 6 + n)[:-1]}", looks), _TAB, run(str(3 * n), looks), properties=stops)
        for n in range(1, 25)
    ]
    yield "paper-contents", word_file(*contents, *_text(8, 6, 150, first, looks), section=GRID)
    looks = _mixed("宋体", 21)
    articles = [
        paragraph(
            run(f"第{digit}条　", _mixed("黑体", 21)), run(chinese(n, 150, mixed=True), looks),
            properties='<w:ind w:left="840" w:hanging="840"/>',
        )
        for n, digit in enumerate("一二三四五六七八九十")
    ]  # fmt: skip
    yield "paper-articles", word_file(*articles, section=GRID)
    sides = (
        paragraph(run("甲方（盖章）：", looks), _TAB, run("乙方（盖章）：", looks), properties='<w:tabs><w:tab w:val="left" w:pos="4620"/></w:tabs>'),
        paragraph(run("负责人（签字）：", looks), _TAB, _TAB, _TAB, run("负责人（签字）：", looks)),
        paragraph(run("    年    月    日", looks), properties=_RIGHT + '<w:ind w:rightChars="300" w:right="630"/>'),
    )  # fmt: skip
    yield "paper-signatures", word_file(*articles[:4], *sides, section=GRID)


def _details() -> Iterator[tuple[str, bytes]]:
    looks = _mixed(_BODY, 32)
    page = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    foot = {
        "footer:default": paragraph(
            run("— ", _font("宋体", 28)), page, run(" —", _font("宋体", 28)), properties=_RIGHT
        ),
        "footer:even": paragraph(run("— ", _font("宋体", 28)), page, run(" —", _font("宋体", 28))),
        "header:default": paragraph(
            run("示例镇安全生产委员会办公室", _font("楷体", 21)),
            properties='<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>' + _CENTRE,
        ),
        "header:even": paragraph(run("双页页眉", _font("楷体", 21))),
    }
    settings = SETTINGS + "<w:evenAndOddHeaders/>"
    body = _text(70, 12, 200, _CHARS, looks)
    yield "paper-odd-and-even", word_file(*body, section=OFFICIAL, furniture=foot, settings=settings)
    wide = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>' + A4[A4.index("<w:pgMar") :]
    sheet = table(
        *[row(str(n), chinese(n, 14), chinese(n + 9, 20), "已整改") for n in range(30)], columns=(900, 5000, 5500, 1800)
    )
    yield (
        "paper-attachment",
        word_file(
            *body[:4],
            section_break(OFFICIAL),
            paragraph(run("附件1", _mixed("黑体", 32))),
            paragraph(run("隐患清单", _TITLE), properties=_CENTRE),
            sheet,
            section=wide,
        ),
    )
    marks = "".join(f'<w:footnote w:id="{n}"><w:p><w:pPr>{_UNSNAPPED}</w:pPr><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
                    f'<w:footnoteRef/></w:r>{run(chinese(n, 50), _mixed("宋体", 18))}</w:p></w:footnote>' for n in range(1, 7))  # fmt: skip
    notes = [
        paragraph(
            run(chinese(n, 120), looks),
            f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{n}"/></w:r>',
            run(chinese(n + 40, 90), looks),
            properties=_CHARS,
        )
        for n in range(1, 7)
    ]
    rules = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    )
    yield "paper-footnotes", word_file(*notes, section=OFFICIAL, footnotes=rules + marks)
    plain = OFFICIAL[: OFFICIAL.index("<w:docGrid")]
    yield (
        "paper-footnotes-exact",
        word_file(
            *[note.replace("<w:ind", _EXACT + "<w:ind") for note in notes], section=plain, footnotes=rules + marks
        ),
    )
    latin = "联系人：王小明；电话：0999-1234567、13900000000；邮箱：office@example.com；网址：https://www.example.com/aj/2026/03/05/notice.html。"
    units = "浓度≤0.5%（体积分数），温度-10℃～40℃，噪声85dB(A)，面积1,200m²，见GB/T 33000—2016第5.2.1条、AQ/T 9007-2019及《××法》第36条第1款第（3）项。"
    for name, properties in (("spaced", ""), ("unspaced", _LOOSE), ("wps", _WPS)):
        lines = [
            paragraph(run(text, looks), properties=properties + _CHARS) for _ in range(3) for text in (latin, units, chinese(3, 120, mixed=True))
        ]  # fmt: skip
        yield f"paper-latin-{name}", word_file(*lines, section=plain)
    for name, more in (
        ("narrow", '<w:w w:val="80"/>'),
        ("spread", '<w:spacing w:val="20"/>'),
        ("closer", '<w:spacing w:val="-10"/>'),
        ("bold", "<w:b/>"),
    ):
        yield f"paper-{name}", word_file(*_text(12, 10, 170, _CHARS, _mixed(_BODY, 32, more)), section=OFFICIAL)
    squared = GRID.replace(
        '<w:docGrid w:type="lines" w:linePitch="312"/>',
        '<w:docGrid w:type="linesAndChars" w:linePitch="312" w:charSpace="1861"/>',
    )
    yield (
        "paper-squared",
        word_file(*_text(14, 12, 200, '<w:ind w:firstLineChars="200" w:firstLine="420"/>', ""), section=squared),
    )
    heads = [
        block
        for n in range(12)
        for block in (
            paragraph(run(f"{n + 1}．{chinese(n, 9)[:-1]}", _mixed("黑体", 28)), properties='<w:keepNext/><w:spacing w:beforeLines="50" w:before="156" w:afterLines="50" w:after="156"/>'),
            *_text(n * 3, 2, 140, '<w:ind w:firstLineChars="200" w:firstLine="420"/>', ""),
        )
    ]  # fmt: skip
    yield "paper-headings", word_file(*heads, section=GRID)
