"""Tables and drawn objects of the measured corpus as township offices have them: forms, ledgers, cards, seals, charts.

Longer than 400 lines: it is one list of documents, told apart by nothing but their names.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.faithfulness.building import (
    A4,
    GRID,
    OFFICIAL,
    SETTINGS,
    anchored,
    cell,
    chinese,
    inline,
    paragraph,
    row,
    run,
    table,
    text_box,
    word_file,
)
from tests.faithfulness.drawing_parts import connector, floating, group, picture_at, shape, vml_box, vml_line

_CENTRE = '<w:jc w:val="center"/>'
_MIDDLE = '<w:vAlign w:val="center"/>'
_START, _ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
_HEAD = "<w:tblHeader/>"
_WIDE = (
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"'
    ' w:header="851" w:footer="992" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="312"/>'
)
_OLDER = SETTINGS.replace('w:val="15"/></w:compat>', 'w:val="14"/></w:compat>')
_OLD = SETTINGS[: SETTINGS.index("<w:compat>")]
_SMALL, _NINE = '<w:sz w:val="18"/>', '<w:rFonts w:eastAsia="仿宋"/><w:sz w:val="24"/>'


def office_tables() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every document."""
    yield from _forms()
    yield from _ledgers()
    yield from _widths()
    yield from _drawn()
    yield from _beside()


def _title(text: str, size: int = 36) -> str:
    return paragraph(
        run(text, f'<w:rFonts w:eastAsia="黑体"/><w:b/><w:sz w:val="{size}"/>'),
        properties='<w:spacing w:before="120" w:after="120"/>' + _CENTRE,
    )


def _mid(text: str, width: int = 0, properties: str = "", looks: str = "") -> str:
    """A cell with its text in the middle both ways."""
    return cell(
        paragraph(run(text, looks) if text else "", properties=_CENTRE), properties=properties + _MIDDLE, width=width
    )


def _tall(height: int, rule: str = "atLeast") -> str:
    return f'<w:trHeight w:val="{height}" w:hRule="{rule}"/>'


def _span(count: int) -> str:
    return f'<w:gridSpan w:val="{count}"/>'


def _own(rows: str, columns: tuple[int, ...], properties: str, style: str = "a3") -> str:
    """A table that says its own width and layout."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'


def _outer(thick: int, thin: int, kind: str = "single") -> str:
    sides = "".join(
        f'<w:{side} w:val="{kind if side in _FRAME else "single"}" w:sz="{thick if side in _FRAME else thin}" w:space="0"'
        ' w:color="auto"/>'
        for side in (*_FRAME, "insideH", "insideV")
    )
    return f"<w:tblBorders>{sides}</w:tblBorders>"


_FRAME = ("top", "left", "bottom", "right")


def _forms() -> Iterator[tuple[str, bytes]]:
    four = (1500, 2765, 1500, 2757)
    heads = [
        ("被检查单位", "示例镇东村精细化工有限公司", "检查时间", "2026年3月5日"),
        ("单位地址", "示例镇东村工业路12号", "联系电话", "00000000000"),
    ]
    rows = [
        row(*[_mid(text, width) for text, width in zip(texts, four, strict=True)], properties=_tall(567))
        for texts in heads
    ]
    rows.append(
        row(
            _mid("检查内容", four[0]),
            cell(
                *[paragraph(f"{n}．" + chinese(n, 60)) for n in range(1, 7)], properties=_span(3), width=sum(four[1:])
            ),
            properties=_tall(4000),
        )
    )
    rows.append(
        row(
            _mid("存在问题及整改要求", four[0]),
            cell(*[paragraph(chinese(n + 40, 90)) for n in range(3)], properties=_span(3), width=sum(four[1:])),
            properties=_tall(3000),
        )
    )
    rows.append(
        row(
            _mid("检查人员签名", four[0]),
            cell(""),
            _mid("被检查单位负责人签名", four[2]),
            cell(""),
            properties=_tall(900),
        )
    )
    body = table(*rows, columns=four, properties=_CENTRE + '<w:tblLayout w:type="fixed"/>')
    for name, settings in {"": SETTINGS, "-older": _OLDER, "-old": _OLD}.items():
        yield f"office-inspection{name}", word_file(_title("安全生产检查记录表"), body, section=GRID, settings=settings)
    yield (
        "office-thick-frame",
        word_file(
            _title("隐患整改通知单"),
            table(*rows, columns=four, properties=_CENTRE + _outer(12, 4) + '<w:tblLayout w:type="fixed"/>'),
            paragraph("注：本表一式两份。"),
        ),
    )
    yield (
        "office-double-frame",
        word_file(
            _title("隐患整改通知单"),
            table(*rows, columns=four, properties=_CENTRE + _outer(6, 4, "double") + '<w:tblLayout w:type="fixed"/>'),
            paragraph("注：本表一式两份。"),
            section=A4,
        ),
    )
    card = (700, 1300, 1500, 1100, 1500, 2196)
    lines = [
        row(
            _mid("姓名", 2000, _span(2)),
            _mid("王小明"),
            _mid("性别"),
            _mid("男"),
            _mid("照片", 2196, _START),
            properties=_tall(510),
        ),
        row(
            _mid("出生年月", 2000, _span(2)),
            _mid("1990年1月"),
            _mid("文化程度"),
            _mid("高中"),
            _mid("", 2196, _ON),
            properties=_tall(510),
        ),
        row(
            _mid("工种", 2000, _span(2)),
            _mid("电工"),
            _mid("入厂时间"),
            _mid("2026年2月"),
            _mid("", 2196, _ON),
            properties=_tall(510),
        ),
    ]
    for level, hours in (("公司级", "8"), ("车间级", "8"), ("班组级", "8")):
        lines += [
            row(_mid("三级教育" if level == "公司级" else "", 700, _START if level == "公司级" else _ON), _mid(level, 1300, _START),
                cell(*[paragraph(f"{n}．" + chinese(n + len(level), 30)) for n in range(1, 6)], properties=_span(4), width=6296),
                properties=_tall(2200)),
            row(_mid("", 700, _ON), _mid("", 1300, _ON), _mid("学时"), _mid(hours), _mid("考核成绩"), _mid(""), properties=_tall(480)),
        ]  # fmt: skip
    lines.append(
        row(
            cell(paragraph("本人签名：　　　　　　　　　　年　　月　　日"), properties=_span(6), width=8296),
            properties=_tall(1200),
        )
    )
    card_table = table(*lines, columns=card, properties=_CENTRE)
    yield "office-training-card", word_file(_title("三级安全教育卡"), card_table)
    yield "office-training-card-old", word_file(_title("三级安全教育卡"), card_table, settings=_OLD, section=A4)
    inner = table(
        row(_mid("序号"), _mid("隐患"), _mid("期限")),
        *[row(str(n), chinese(n, 14), "7日") for n in range(1, 5)],
        columns=(700, 4000, 1200),
    )
    yield (
        "office-nested",
        word_file(
            _title("整改情况反馈表"),
            table(
                row(
                    _mid("整改内容", 1400),
                    cell(paragraph("隐患清单如下："), inner, paragraph("以上已全部整改。"), width=6896),
                ),
                row(
                    _mid("复查意见", 1400),
                    cell(paragraph(""), paragraph("复查人：", properties='<w:jc w:val="right"/>'), width=6896),
                    properties=_tall(1500),
                ),
                columns=(1400, 6896),
            ),
        ),
    )
    bare = (
        "<w:tblBorders>"
        + "".join(
            f'<w:{side} w:val="none" w:sz="0" w:space="0" w:color="auto"/>' for side in (*_FRAME, "insideH", "insideV")
        )
        + "</w:tblBorders>"
    )
    yield "office-signatures", word_file(
        *[paragraph(run(chinese(n, 120), _NINE), properties='<w:ind w:firstLineChars="200" w:firstLine="480"/>') for n in range(7)],
        _own(
            row(cell(*[paragraph(run(text, _NINE), properties='<w:spacing w:before="120"/>') for text in ("甲方（盖章）：示例镇人民政府", "负责人（签字）：", "2026年3月5日")], width=4148),
                cell(*[paragraph(run(text, _NINE), properties='<w:spacing w:before="120"/>') for text in ("乙方（盖章）：示例镇东村精细化工有限公司", "负责人（签字）：", "2026年3月5日")], width=4148)),
            (4148, 4148), '<w:tblW w:w="0" w:type="auto"/>' + bare,
        ),
    )  # fmt: skip
    exact = [
        row(*[_mid(chinese(n * 4 + k, 6), looks=_SMALL) for k in range(4)], properties=_tall(340, "exact"))
        for n in range(30)
    ]
    yield (
        "office-exact-rows",
        word_file(_title("值班表"), table(*exact, columns=(2074, 2074, 2074, 2074), properties=_CENTRE)),
    )


def _ledgers() -> Iterator[tuple[str, bytes]]:
    names = (
        "序号",
        "单位名称",
        "地址",
        "法定代表人",
        "联系电话",
        "行业类别",
        "从业人数",
        "危险性",
        "检查日期",
        "隐患数",
        "整改率",
        "备注",
    )
    twelve = (560, 2400, 2000, 1000, 1400, 1100, 900, 900, 1300, 800, 900, 1310)

    def line(n: int, looks: str) -> str:
        texts = (
            str(n),
            chinese(n, 13)[:-1],
            chinese(n + 1, 10)[:-1],
            "王小明",
            f"1380000{n:04}",
            "机械",
            str(n * 7),
            "一般",
            "2026年3月5日",
            str(n % 5),
            "100%",
            "",
        )
        return row(
            *[_mid(text, width, looks=looks) for text, width in zip(texts, twelve, strict=True)], properties=_tall(397)
        )

    for name, looks, layout in (
        ("fixed", _SMALL, '<w:tblLayout w:type="fixed"/>'),
        ("auto", _SMALL, ""),
        ("auto-large", "", ""),
    ):
        rows = [
            row(
                *[_mid(text, width, looks=looks + "<w:b/>") for text, width in zip(names, twelve, strict=True)],
                properties=_HEAD,
            )
        ]
        rows += [line(n, looks) for n in range(1, 41)]
        yield (
            f"office-ledger-{name}",
            word_file(
                _title("企业安全生产基本情况台账"), table(*rows, columns=twelve, properties=layout), section=_WIDE
            ),
        )
    five = (800, 2400, 1700, 1700, 1696)
    two = [
        row(
            _mid("序号", 800, _START),
            _mid("单位", 2400, _START),
            _mid("隐患排查情况", 5096, _span(3)),
            properties=_HEAD,
        ),
        row(
            _mid("", 800, _ON),
            _mid("", 2400, _ON),
            _mid("一般隐患（处）", 1700),
            _mid("重大隐患（处）", 1700),
            _mid("整改率", 1696),
            properties=_HEAD,
        ),
    ]
    body = [
        row(
            _mid(str(n), 800),
            cell(chinese(n, 9)[:-1], width=2400),
            _mid(str(n % 9), 1700),
            _mid("0", 1700),
            _mid("100%", 1696),
        )
        for n in range(1, 66)
    ]
    total = row(_mid("合计", 3200, _span(2)), _mid("260"), _mid("0"), _mid("100%"), properties=_tall(600))
    yield (
        "office-summary",
        word_file(
            _title("隐患排查治理情况汇总表"),
            table(*two, *body, total, columns=five),
            paragraph("填表人：王小明　　填表日期：2026年3月5日"),
        ),
    )
    items = []
    for part in range(6):
        for n in range(5):
            items.append(
                row(_mid("" if n else str(part + 1), 600, _ON if n else _START), _mid("" if n else chinese(part, 6)[:-1], 1500, _ON if n else _START),
                    cell(f"{n + 1}．" + chinese(part * 9 + n, 24 + 14 * (n % 3)), width=4200), _mid("□是　□否", 1300), cell("", width=1100), properties="<w:cantSplit/>")
            )  # fmt: skip
    head = row(
        *[_mid(text, looks="<w:b/>") for text in ("序号", "检查项目", "检查内容", "检查结果", "备注")], properties=_HEAD
    )
    yield (
        "office-checklist",
        word_file(
            _title("企业安全检查表"), table(head, *items, columns=(600, 1500, 4200, 1300, 1100), properties=_CENTRE)
        ),
    )
    official = [
        row(
            _mid(str(n), looks=_NINE),
            cell(paragraph(run(chinese(n, 40), _NINE)), properties=_MIDDLE),
            _mid("3月底前", looks=_NINE),
        )
        for n in range(1, 22)
    ]
    yield "office-attachment", word_file(
        paragraph(run("附件", '<w:rFonts w:eastAsia="黑体"/><w:sz w:val="32"/>')),
        _title("重点任务分工表", 44),
        table(row(*[_mid(text, looks='<w:rFonts w:eastAsia="黑体"/><w:sz w:val="24"/>') for text in ("序号", "工作任务", "完成时限")], properties=_HEAD), *official, columns=(900, 6000, 1944)),
        section=OFFICIAL,
    )  # fmt: skip


def _widths() -> Iterator[tuple[str, bytes]]:
    data = [("序号", "设备名称", "型号规格", "数量", "检验日期", "备注")]
    data += [(str(n), chinese(n, 7)[:-1], f"GB/T{n}0012-2020", str(n * 3), "2026年12月31日", "") for n in range(1, 9)]
    six = (1382, 1382, 1382, 1383, 1383, 1384)

    def rows(kind: str, widths: tuple[int, ...] = six) -> str:
        return "".join(
            "<w:tr>" + "".join(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="{kind}"/></w:tcPr>{paragraph(text)}</w:tc>' for text, width in zip(texts, widths, strict=True)) + "</w:tr>"
            for texts in data
        )  # fmt: skip

    wps = (
        '<w:tblW w:w="0" w:type="auto"/><w:tblInd w:w="0" w:type="dxa"/><w:tblLayout w:type="autofit"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
    )
    yield (
        "office-wps-auto",
        word_file(paragraph("特种设备台账"), _own(rows("dxa"), six, wps), paragraph("以上。"), settings=_OLDER),
    )
    yield (
        "office-auto-cells",
        word_file(paragraph("特种设备台账"), _own(rows("auto", (0,) * 6), six, '<w:tblW w:w="0" w:type="auto"/>')),
    )
    narrow = (500, 1382, 1000, 500, 1000, 3914)
    yield (
        "office-auto-narrow",
        word_file(paragraph("特种设备台账"), _own(rows("dxa", narrow), narrow, '<w:tblW w:w="0" w:type="auto"/>')),
    )
    yield (
        "office-fixed-narrow",
        word_file(
            paragraph("特种设备台账"),
            _own(rows("dxa", narrow), narrow, '<w:tblW w:w="8296" w:type="dxa"/><w:tblLayout w:type="fixed"/>'),
        ),
    )
    shares = (300, 900, 1100, 400, 1300, 1000)
    yield (
        "office-percent",
        word_file(paragraph("特种设备台账"), _own(rows("pct", shares), six, '<w:tblW w:w="5000" w:type="pct"/>')),
    )
    yield (
        "office-percent-part",
        word_file(
            paragraph("特种设备台账"),
            _own(rows("pct", shares), six, '<w:tblW w:w="4000" w:type="pct"/><w:jc w:val="center"/>'),
            settings=_OLDER,
        ),
    )
    beyond = (1800, 1800, 1800, 1800, 1800, 1800)
    yield (
        "office-too-wide",
        word_file(
            paragraph("特种设备台账"),
            _own(rows("dxa", beyond), beyond, '<w:tblW w:w="0" w:type="auto"/><w:jc w:val="center"/>'),
        ),
    )
    yield (
        "office-hung-out",
        word_file(
            paragraph("特种设备台账"),
            _own(rows("dxa"), six, '<w:tblW w:w="8296" w:type="dxa"/><w:tblInd w:w="-300" w:type="dxa"/>'),
            settings=_OLD,
        ),
    )
    yield (
        "office-indented",
        word_file(
            paragraph("特种设备台账"),
            _own(rows("dxa"), six, '<w:tblW w:w="8296" w:type="dxa"/><w:tblInd w:w="420" w:type="dxa"/>'),
        ),
    )


def _drawn() -> Iterator[tuple[str, bytes]]:
    body = [
        paragraph(run(chinese(n, 130), _NINE), properties='<w:ind w:firstLineChars="200" w:firstLine="480"/>')
        for n in range(5)
    ]
    seal = picture_at(42, 42, 95, -18, behind=True)
    yield (
        "office-seal",
        word_file(
            *body,
            paragraph(
                run("示例镇人民政府", _NINE),
                seal,
                properties='<w:jc w:val="right"/><w:ind w:rightChars="400" w:right="960"/>',
            ),
            paragraph(
                run("2026年3月5日", _NINE), properties='<w:jc w:val="right"/><w:ind w:rightChars="400" w:right="960"/>'
            ),
        ),
    )
    red = '<w:rFonts w:eastAsia="方正小标宋简体"/><w:color w:val="FF0000"/><w:spacing w:val="20"/><w:sz w:val="72"/>'
    yield (
        "office-red-head",
        word_file(
            paragraph(
                text_box(
                    paragraph(run("示例镇人民政府文件", red), properties=_CENTRE),
                    width_mm=150,
                    height_mm=25,
                    x_mm=0,
                    y_mm=0,
                ),
            ),
            paragraph(""),
            paragraph(""),
            paragraph(run("示政发〔2026〕1号", _NINE), connector(0, 10, 150, 0, red=True), properties=_CENTRE),
            *body,
            section=OFFICIAL,
        ),
    )
    steps = ("发现隐患", "登记台账", "下达整改通知", "复查验收", "销号归档")
    boxes = [
        shape(text, 45, 5 + 24 * n, 60, 12, "flowChartTerminator" if n in (0, 4) else "rect")
        for n, text in enumerate(steps)
    ]
    arrows = [connector(75, 17 + 24 * n, 0, 12, arrow=True) for n in range(4)]
    yield (
        "office-flow-chart",
        word_file(
            _title("隐患整改流程图"),
            paragraph(*boxes, *arrows),
            *[paragraph("") for _ in range(26)],
            paragraph("图1　整改流程"),
        ),
    )
    yield (
        "office-chart-group",
        word_file(
            _title("隐患整改流程图"), paragraph(group(steps), properties=_CENTRE), paragraph("图1　整改流程"), *body
        ),
    )
    yield (
        "office-vml",
        word_file(
            paragraph(vml_box("机密★一年", 330, -10, 110, 30), run("示例镇安监办", _NINE)),
            paragraph(vml_line(0, 12, 415)),
            *body,
            settings=_OLD,
        ),
    )
    yield (
        "office-shape-square",
        word_file(
            *body[:2],
            paragraph(shape("注意事项", 0, 3, 40, 30, "rect", wrap="square"), run(chinese(70, 260))),
            *body[2:],
        ),
    )
    yield "office-photo-cell", word_file(
        table(row(_mid("姓名"), _mid("王小明"), cell(paragraph(inline(25, 35), properties=_CENTRE), properties=_START + _MIDDLE, width=2000)),
              *[row(_mid(label), _mid("　"), cell(paragraph(""), properties=_ON, width=2000), properties=_tall(500)) for label in ("性别", "工种", "证号")],
              columns=(1500, 4796, 2000)),
        *body,
    )  # fmt: skip
    yield (
        "office-picture-square",
        word_file(
            *body[:1],
            paragraph(anchored(50, 38, 0, 2, '<wp:wrapSquare wrapText="bothSides"/>'), run(chinese(80, 420))),
            *body[1:],
        ),
    )


def _beside() -> Iterator[tuple[str, bytes]]:
    small = [row(*[chinese(n * 3 + k, 5) for k in range(2)]) for n in range(5)]
    prose = [paragraph(chinese(n + 90, 200)) for n in range(5)]
    yield (
        "office-floating-table",
        word_file(*prose[:1], floating(table(*small, columns=(1800, 1800)), "text", 200), *prose[1:]),
    )
    full = [row(*[chinese(n * 3 + k, 12) for k in range(3)]) for n in range(9)]
    yield (
        "office-floating-wide",
        word_file(*prose[:1], floating(table(*full, columns=(2765, 2765, 2766)), "text", 150), *prose[1:]),
    )
    yield (
        "office-floating-page",
        word_file(*prose[:1], floating(table(*full, columns=(2765, 2765, 2766)), "page", 5000), *prose[1:]),
    )
    two = GRID.replace("<w:docGrid", '<w:cols w:num="2" w:space="425"/><w:docGrid')
    columns = (900, 1800, 1000)
    yield (
        "office-bulletin",
        word_file(
            *prose[:2],
            table(*[row(str(n), chinese(n, 8), "是") for n in range(1, 9)], columns=columns, properties=_CENTRE),
            *prose[2:],
            paragraph(inline(55, 40), properties=_CENTRE),
            *prose[:2],
            section=two,
        ),
    )
    yield (
        "office-tables-in-row",
        word_file(
            paragraph("表一"),
            table(*[row(*[chinese(n + k, 6) for k in range(3)]) for n in range(4)], columns=(2765, 2765, 2766)),
            paragraph(""),
            table(*[row(*[chinese(n + k, 6) for k in range(2)]) for n in range(4)], columns=(4148, 4148)),
            table(*[row(*[chinese(n + k, 6) for k in range(4)]) for n in range(4)], columns=(2074, 2074, 2074, 2074)),
            paragraph("完。"),
            section=A4,
        ),
    )
