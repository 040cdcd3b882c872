"""Makes C1.docx (培训合格证, A4 landscape), C2.docx (the card, 85.5 × 54 mm) and C3.docx (what is printed on a 奖状 form).

    python -m resources.templates.make_certificates

Run again after changing a text or a measure. The same texts give the same bytes. Photo and code take the places of the two pictures, known by their alternative texts
(替换文字) 照片 and 二维码: an office moves and resizes them in Word or WPS as it likes.
"""

from __future__ import annotations

from pathlib import Path

from resources.templates.word_parts import PHOTO_2, cell, document, paragraph, picture, row, run, section, table

HERE = Path(__file__).resolve().parent


def certificate() -> bytes:
    """培训合格证, A4 landscape: frame 15 mm from the edges, photo of two 寸, code of 32 mm with its quiet zone."""
    song, hei, fang = "宋体", "黑体", "仿宋"
    photo = cell(50, paragraph(picture(1, "照片", *PHOTO_2), align="center"), middle=True)
    body = cell(
        170,
        paragraph(run("{{姓名}}", hei, 44), run("　同志：", fang, 40), line=900),
        paragraph(
            run("身份证件号码 {{证件号码}}，于{{培训开始}}至{{培训结束}}参加", fang, 36),
            run("{{培训名称}}", hei, 36),
            run("，共{{学时}}学时，考核合格，特发此证。", fang, 36),
            align="both", line=760, indent=720,
        ),
        middle=True,
    )  # fmt: skip
    code = cell(50, paragraph(picture(2, "二维码", 32, 32), align="center"), middle=True)
    facts = cell(
        170,
        paragraph(run("单　　位：{{单位名称}}", song, 28), line=520),
        paragraph(run("证书编号：{{证书编号}}", song, 28), line=520),
        paragraph(run("发证日期：{{发证日期}}　　　有效期至：{{有效期至}}", song, 28), line=520),
        paragraph(run("发证单位：{{发证单位}}（盖章）", song, 28), line=520),
        middle=True,
    )
    title = paragraph(run("{{证书名称}}", "方正小标宋简体", 88), align="center", line=1300, before=500)
    grid = table((50, 170), row(72, photo, body), row(44, code, facts))
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="24" w:space="28" w:color="8B1A1A"/>'
        for side in ("top", "left", "bottom", "right")
    )
    frame = f'<w:pgBorders w:offsetFrom="text">{borders}</w:pgBorders>'
    setup = section((297, 210), (26, 26, 26, 26), frame=frame)
    return document(title + grid + paragraph(line=20), setup, pictures={1: PHOTO_2, 2: (32, 32)})


def card() -> bytes:
    """The same as a card of ID-1 size: one 寸 photo, a code as large as the card allows."""
    hei, song = "黑体", "宋体"

    def fact(text: str) -> str:
        return paragraph(run(text, song, 14), before=20)

    photo = cell(22.5, paragraph(picture(1, "照片", 20, 28), align="left"))
    facts = cell(
        28,
        paragraph(run("{{姓名}}", hei, 20)),
        fact("{{证件号码}}"), fact("{{单位名称}}"), fact("{{培训名称}}"),
    )  # fmt: skip
    code = cell(30, paragraph(picture(2, "二维码", 30, 30), align="right"))
    foot = cell(
        80.5,
        paragraph(run("编号：{{证书编号}}", song, 13), line=250),
        paragraph(run("发证：{{发证日期}}　有效期至：{{有效期至}}　学时：{{学时}}", song, 13), line=250),
        paragraph(run("{{发证单位}}", song, 13), line=250),
        across=3,
    )
    title = paragraph(run("{{证书名称}}", hei, 24), align="center", line=380)
    grid = table((22.5, 28, 30), row(30.5, photo, facts, code), row(13.2, foot))
    setup = section((85.5, 54), (2, 2.5, 1, 2.5))
    return document(title + grid + paragraph(line=20), setup, pictures={1: (20, 28), 2: (30, 30)})


def award() -> bytes:
    """The variable text of a 奖状 on A4 landscape: border and title stand on the paper already, the upper 75 mm stay free."""
    kai, hei = "楷体", "黑体"
    text = cell(
        217,
        paragraph(run("{{获奖者}}：", kai, 52), line=800),
        paragraph(run("{{表彰内容}}", kai, 48), line=800, indent=960, align="both"),
        paragraph(run("{{荣誉称号}}", hei, 60), line=1100, align="center"),
        paragraph(run("特发此状，以资鼓励。", kai, 48), line=800, indent=960),
    )
    foot = cell(
        217,
        paragraph(run("{{发证单位}}", kai, 40), line=640, align="right"),
        paragraph(run("{{颁发日期}}", kai, 40), line=640, align="right"),
        paragraph(run("{{编号}}", "宋体", 21), line=400),
        middle=True,
    )
    grid = table((217,), row(72, text), row(34, foot))
    return document(grid + paragraph(line=20), section((297, 210), (75, 40, 22, 40)))


def main() -> None:
    """Write the files beside this one."""
    (HERE / "C1.docx").write_bytes(certificate())
    (HERE / "C2.docx").write_bytes(card())
    (HERE / "C3.docx").write_bytes(award())


if __name__ == "__main__":
    main()
