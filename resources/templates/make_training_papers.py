"""Makes T1.docx (三级安全教育登记卡), T2.docx (签到表), T3.docx (成绩单与小结) and
T4.docx (证书到期提醒单); run again after changing a text.

    python -m resources.templates.make_training_papers

The same texts give the same bytes. Signatures are always left to the pen.
"""

from __future__ import annotations

from pathlib import Path

from resources.templates.word_parts import PHOTO_1, cell, document, paragraph, picture, row, run, section, table

HERE = Path(__file__).resolve().parent

SONG, HEI, TITLE = "宋体", "黑体", "方正小标宋简体"
GRID = 6.5
"""Width of one of the card's 24 columns: 156 mm together."""
SIGN_IN_ROWS = 25
"""Rows of the sign-in sheet on one A4 page."""
BESIDE_PHOTO = 10
"""Height of the four rows beside the photo: with the line it stands on its frame would else touch the border."""
RETRAINING_ROWS = 10
"""Rows on the back of the card."""


def _text(text: str, *, size: int = 21, align: str = "left", font: str = SONG, line: int = 0) -> str:
    return paragraph(run(text, font, size), align=align, line=line)


def _label(text: str, across: int, *, down: str = "") -> str:
    return cell(GRID * across, _text(text, align="center"), across=across, middle=True, down=down)


def _value(text: str, across: int) -> str:
    return cell(GRID * across, _text(text), across=across, middle=True)


def _level(title: str, name: str, height: float) -> list[str]:
    """The three rows of one level: what was taught, when and with which result, who signs."""
    first = cell(
        GRID * 3,
        *[_text(part, align="center", font=HEI) for part in title.split()],
        across=3,
        down="first",
        middle=True,
    )
    more = cell(GRID * 3, across=3, down="more")
    signs = [_value(f"{who}签名：", 7) for who in ("教育人", "受教育人", "部门负责人")]
    return [
        row(height, first, cell(GRID * 21, _text(f"{{{{{name}内容}}}}", size=19, line=290), across=21, middle=True)),
        row(
            8, more, _label("教育日期", 3), _value(f"{{{{{name}日期}}}}", 8), _label("学时", 2), _value(f"{{{{{name}学时}}}}", 2),
            _label("成绩", 2), _value(f"{{{{{name}成绩}}}}", 4),
        ),
        row(10, more, *signs),
    ]  # fmt: skip


def training_card() -> bytes:
    """The card of one worker, A4, printed on both sides (domain 3.5): ten places to sign, none of them filled."""
    photo = cell(GRID * 4, paragraph(picture(1, "照片", *PHOTO_1), align="center"), across=4, down="first", middle=True)
    more = cell(GRID * 4, across=4, down="more")
    front = table(
        (GRID,) * 24,
        row(BESIDE_PHOTO, _label("姓名", 3), _value("{{姓名}}", 6), _label("性别", 2), _value("{{性别}}", 2), _label("出生年月", 3), _value("{{出生年月}}", 4), photo),
        row(BESIDE_PHOTO, _label("身份证号", 3), _value("{{证件号码}}", 8), _label("文化程度", 3), _value("{{文化程度}}", 6), more),
        row(BESIDE_PHOTO, _label("联系电话", 3), _value("{{联系电话}}", 5), _label("用工形式", 3), _value("{{用工形式}}", 2), _label("入厂日期", 3), _value("{{入厂日期}}", 4), more),
        row(BESIDE_PHOTO, _label("车间", 3), _value("{{车间}}", 4), _label("班组", 2), _value("{{班组}}", 4), _label("工种", 2), _value("{{岗位}}", 5), more),
        row(8, _label("特种作业", 3), _value("{{是否特种作业}}", 3), _label("分配到车间日期", 5), _value("{{分配到车间日期}}", 4), _label("分配到班组日期", 5), _value("{{分配到班组日期}}", 4)),
        *_level("一级 公司级 教育", "公司级", 20),
        *_level("二级 车间级 教育", "车间级", 30),
        *_level("三级 班组级 教育", "班组级", 14),
        row(9, _label("师傅", 3), _value("　", 4), _label("带教期限", 3), _value("　", 6), _label("独立作业考核", 4), _value("　", 4)),
        row(
            26,
            cell(
                GRID * 24,
                _text("结论：经三级安全教育考核合格，准予上岗。　　　　上岗日期：{{上岗日期}}"),
                paragraph(run("安全部门（盖章）：　　　　　　　负责人（签名）：　　　　　　　　年　　月　　日", SONG, 21), before=400),
                across=24,
                middle=True,
            ),
        ),
        lined=True, padding=1,
    )  # fmt: skip
    names = ("日期", "原工种", "新工种", "类别", "教育内容", "学时", "成绩", "教育人（签名）", "受教育人（签名）")
    widths = (21, 15, 15, 14, 31, 11, 11, 19, 19)
    heads = [
        cell(width, _text(name, align="center", font=HEI, size=19), middle=True)
        for name, width in zip(names, widths, strict=True)
    ]
    fields = (
        "{{#再教育}}{{日期}}",
        "{{原工种}}",
        "{{新工种}}",
        "{{类别}}",
        "{{内容}}",
        "{{学时}}",
        "{{成绩}}",
        "　",
        "　{{/再教育}}",
    )
    rows = [
        cell(width, _text(field, align="center", size=19), middle=True)
        for field, width in zip(fields, widths, strict=True)
    ]
    back = table(widths, row(11, *heads, heading=True), row(17, *rows), lined=True, padding=0.5)
    body = (
        _text("新员工三级安全教育登记卡", size=40, align="center", font=TITLE, line=640)
        + _text("单位：{{单位名称}}　　　填表日期：{{填表日期}}　　　编号：{{编号}}", size=21, line=420)
        + front
        + '<w:p><w:pPr><w:pageBreakBefore/><w:snapToGrid w:val="0"/><w:jc w:val="center"/></w:pPr>'
        + run("变换工种、复工、四新教育和年度再培训记录", HEI, 30)
        + "</w:p>"
        + _text("姓名：{{姓名}}　　　单位：{{单位名称}}", line=480)
        + back
        + _text("一人一档，卡由企业保存，复印件交安监办。签名须本人手写，不得代签。", size=18, line=400)
    )
    return document(body, section((210, 297), (17, 27, 14, 27)), pictures={1: PHOTO_1})


def sign_in_sheet() -> bytes:
    """The list everybody signs: 25 rows a page, title and heading on each, its code in the corner."""
    widths = (12, 26, 58, 22, 34, 18)
    header = (
        _text("培训签到表", size=40, align="center", font=TITLE, line=700)
        + _text("培训名称：{{培训名称}}（{{培训级别}}）", line=400)
        + _text("时间：{{培训开始}}至{{培训结束}}　　学时：{{学时}}　　地点：{{培训地点}}", line=400)
        + _text("组织单位：{{组织单位}}　　培训人：{{培训人}}　　应到：{{应到}}人", line=400)
    )
    footer = _text("第«PAGE»页　共«NUMPAGES»页", align="center", size=18)
    names = ("序号", "姓名", "单位（部门）", "岗位", "签名", "备注")
    fields = ("{{#人员}}{{序号}}", "{{姓名}}", "{{单位名称}}", "{{岗位}}", "　", "　{{/人员}}")
    heads = [
        cell(width, _text(name, align="center", font=HEI), middle=True)
        for name, width in zip(names, widths, strict=True)
    ]
    aligns = ("center", "center", "left", "center", "center", "center")
    rows = [
        cell(width, _text(field, align=align, size=18), middle=True)
        for field, width, align in zip(fields, widths, aligns, strict=True)
    ]
    body = table(widths, row(8.5, *heads, heading=True), row(8.6, *rows), lined=True, padding=1) + paragraph(line=20)
    return document(body, section((210, 297), (50, 20, 16, 20), header=13, footer=9), header=header, footer=footer)


def score_list() -> bytes:
    """Who reached what, and the summary of the class."""
    widths = (12, 26, 58, 22, 16, 18, 18)
    header = _text("培训成绩单", size=40, align="center", font=TITLE, line=700) + _text(
        "培训名称：{{培训名称}}（{{培训级别}}）　{{培训开始}}至{{培训结束}}　{{学时}}学时", line=400
    )
    footer = _text("第«PAGE»页　共«NUMPAGES»页", align="center", size=18)
    names = ("序号", "姓名", "单位（部门）", "岗位", "成绩", "结果", "备注")
    fields = ("{{#人员}}{{序号}}", "{{姓名}}", "{{单位名称}}", "{{岗位}}", "{{成绩}}", "{{结果}}", "　{{/人员}}")
    heads = [
        cell(width, _text(name, align="center", font=HEI), middle=True)
        for name, width in zip(names, widths, strict=True)
    ]
    rows = [
        cell(width, _text(field, align="center", size=18), middle=True)
        for field, width in zip(fields, widths, strict=True)
    ]
    summary = (
        paragraph(run("培训小结", HEI, 24), before=240, align="center")
        + _text("培训内容：{{培训内容}}", line=440)
        + _text("考核方式：{{考核方式}}　　合格分数线：{{合格分数线}}分", line=440)
        + _text("应到{{应到}}人，实到{{实到}}人，合格{{合格}}人，合格率（合格÷实到）{{合格率}}。", line=440)
        + _text("培训人（签名）：　　　　　　　记录人（签名）：　　　　　　　日期：　　年　　月　　日", line=600)
    )
    body = table(widths, row(8.5, *heads, heading=True), row(8, *rows), lined=True, padding=1) + summary
    return document(body, section((210, 297), (36, 20, 18, 20), header=13, footer=9), header=header, footer=footer)


def reminder_sheet() -> bytes:
    """What an enterprise is told: whose certificate ends when, and until when to apply."""
    widths = (11, 22, 38, 32, 38, 29)
    names = ("序号", "姓名", "证书类别", "作业项目", "有效期至", "应在此前办理")
    fields = ("{{#证书}}{{序号}}", "{{姓名}}", "{{证书类别}}", "{{作业项目}}", "{{有效期至}}", "{{办理}}{{/证书}}")
    heads = [
        cell(width, _text(name, align="center", font=HEI), middle=True)
        for name, width in zip(names, widths, strict=True)
    ]
    rows = [
        cell(width, _text(field, align="center", size=20), middle=True)
        for field, width in zip(fields, widths, strict=True)
    ]
    body = (
        _text("证书到期提醒单", size=44, align="center", font=TITLE, line=1100)
        + _text("{{单位名称}}：", size=32, font="仿宋", line=580)
        + paragraph(
            run("截至{{日期}}，你单位下列人员的证书已经到期或将要到期。请按期办理换证、延期或复审；证书失效的，不得安排其从事相应作业。", "仿宋", 32),
            line=580, indent=640,
        )
        + table(widths, row(9, *heads, heading=True), row(9, *rows), lined=True, padding=1)
        + _text("{{发出单位}}", size=32, font="仿宋", align="right", line=800)
        + _text("{{日期}}", size=32, font="仿宋", align="right", line=580)
        + _text("收到人（签名）：　　　　　　　　日期：　　　年　　月　　日", size=28, line=900)
    )  # fmt: skip
    return document(body, section((210, 297), (30, 20, 25, 20)))


def main() -> None:
    """Write the files beside this one."""
    for name, content in (
        ("T1", training_card()),
        ("T2", sign_in_sheet()),
        ("T3", score_list()),
        ("T4", reminder_sheet()),
    ):
        (HERE / f"{name}.docx").write_bytes(content)


if __name__ == "__main__":
    main()
