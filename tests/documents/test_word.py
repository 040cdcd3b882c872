"""Filling Word templates: found everywhere, only the replaced runs change, values come out as typed or are refused."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from docx import Document
from docx.shared import Pt, RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st

from anjian_desktop.documents.docx_package import MAX_MEMBERS, UnusableDocument, open_package
from anjian_desktop.documents.placeholders import GAP, UnprintableValue
from anjian_desktop.documents.word import WordTemplate

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def saved(document: Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def letter() -> bytes:
    """A letter with placeholders in body, table, header and footer, one of them split over runs."""
    document = Document()
    document.sections[0].header.paragraphs[0].add_run("{{编号}}")
    document.sections[0].footer.paragraphs[0].add_run("{{单位名称}} 存根")
    paragraph = document.add_paragraph("甲方：")
    run = paragraph.add_run("{{ 甲")
    run.bold = True
    run.font.size = Pt(16)
    paragraph.add_run("方").italic = True
    paragraph.add_run(" }} 盖章").font.color.rgb = RGBColor(1, 2, 3)
    document.add_paragraph("联系人：{{联系人（电话）}}，{{甲方}}。")
    table = document.add_table(rows=2, cols=2)
    table.cell(1, 1).paragraphs[0].add_run("期限 {{期限起}}—{{期限止}}")
    document.add_paragraph("没有占位符的一段 & 其他")
    return saved(document)


def body_with(xml: str) -> bytes:
    """A document whose body is exactly this XML (prefix w)."""
    return with_part(
        letter(),
        "word/document.xml",
        f'<?xml version="1.0" encoding="UTF-8"?>\n<w:document xmlns:w="{W}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>'
        f"{xml}</w:body></w:document>".encode(),
    )


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == name else old.read(info))
    return out.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def body_text(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(data)).paragraphs]


def test_placeholders_are_found_in_every_part_with_their_places() -> None:
    found = [(p.name, p.dialect, p.part, p.place) for p in WordTemplate(letter()).placeholders]
    assert found == [
        ("甲方", "brace", "word/document.xml", "正文第1段"),
        ("联系人（电话）", "brace", "word/document.xml", "正文第2段"),
        ("甲方", "brace", "word/document.xml", "正文第2段"),
        ("期限起", "brace", "word/document.xml", "正文表1第2行第2列"),
        ("期限止", "brace", "word/document.xml", "正文表1第2行第2列"),
        ("编号", "brace", "word/header1.xml", "页眉第1段"),
        ("单位名称", "brace", "word/footer1.xml", "页脚第1段"),
    ]


def test_a_split_placeholder_takes_the_first_runs_formatting_and_its_neighbours_keep_theirs() -> None:
    filled = WordTemplate(letter()).fill({"甲方": "示例镇人民政府"})
    runs = Document(BytesIO(filled.data)).paragraphs[0].runs
    assert [run.text for run in runs] == ["甲方：", "示例镇人民政府", "", " 盖章"]
    assert runs[1].bold and runs[1].font.size == Pt(16)
    assert runs[3].font.color.rgb == RGBColor(1, 2, 3)


def test_a_name_without_a_value_prints_a_gap_and_is_listed_once() -> None:
    filled = WordTemplate(letter()).fill({"编号": "示安责〔2026〕1号", "期限起": ""})
    assert filled.missing == ("甲方", "联系人（电话）", "期限起", "期限止", "单位名称")
    assert body_text(filled.data)[1] == f"联系人：{GAP}，{GAP}。"
    assert b"{{" not in b"".join(parts(filled.data).values())


def test_only_the_replaced_texts_change() -> None:
    template = letter()
    values = {name: f"值 & <{name}>" for name in ("甲方", "联系人（电话）", "期限起", "期限止", "编号", "单位名称")}
    before, after = parts(template), parts(WordTemplate(template).fill(values).data)
    assert list(before) == list(after)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"word/document.xml", "word/header1.xml", "word/footer1.xml"}
    text = re.compile(rb"<w:t(?: [^>]*)?>([^<]*)</w:t>")
    for name in changed:
        assert text.sub(b"<T/>", before[name]) == text.sub(b"<T/>", after[name])
        kept = [(old, new) for old, new in zip(text.finditer(before[name]), text.finditer(after[name]), strict=True)]
        touched = [old[1].decode() for old, new in kept if old[0] != new[0]]
        assert all(any(mark in old for mark in ("{{", "}}", "方")) for old in touched), touched


def test_unchanged_members_keep_their_packed_bytes() -> None:
    template = letter()
    before = {member.name: member for member in open_package(template)}
    after = {member.name: member for member in open_package(WordTemplate(template).fill({}).data)}
    same = {name for name in before if before[name].raw == after[name].raw}
    assert set(before) - same == {"word/document.xml", "word/header1.xml", "word/footer1.xml"}


def test_a_template_without_placeholders_comes_back_with_the_same_contents() -> None:
    plain = saved(Document())
    assert parts(WordTemplate(plain).fill({"甲方": "x"}).data) == parts(plain)


def test_the_same_template_and_values_give_the_same_bytes() -> None:
    template = letter()
    assert WordTemplate(template).fill({"甲方": "甲"}).data == WordTemplate(template).fill({"甲方": "甲"}).data


@pytest.mark.parametrize(
    "value",
    [
        "张三 & 李四〈有限〉公司",
        "张三 & 李四<有限>公司",
        "]]> &amp; {{甲方}}",
        "  前后有空格  ",
        "第一行\n第二行\t第三列",
        "喆堃昇頔龑䶮㛃𬱖𠅤",
        "\u200b零宽\ufeff",
        "a" * 70_000,
    ],
)
def test_values_come_out_as_typed(value: str) -> None:
    filled = WordTemplate(letter()).fill({"甲方": value})
    assert body_text(filled.data)[0] == f"甲方：{value} 盖章"


@pytest.mark.parametrize("value", ["\x00", "张\x0b三", "\ud800", "\uffff", "\x7f", "\x85"])
def test_characters_no_document_can_hold_are_refused_by_field(value: str) -> None:
    with pytest.raises(UnprintableValue, match="「甲方」"):
        WordTemplate(letter()).fill({"甲方": value})


TEMPLATE = WordTemplate(letter())


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=60))
def test_any_text_comes_out_as_typed_or_is_refused(value: str) -> None:
    try:
        filled = TEMPLATE.fill({"联系人（电话）": value, "甲方": "甲"})
    except UnprintableValue:
        assert re.search("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", value)
        return
    typed = value.replace("\r\n", "\n").replace("\r", "\n") or GAP
    assert body_text(filled.data)[1] == f"联系人：{typed}，甲。"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["{{", "}}", "{", "}", "甲方", "年 度", " ", "&amp;", "&#x7532;", "<w:tab/>", "。"]),
        max_size=14,
    )
)
def test_placeholders_are_found_however_the_editor_split_the_runs(bits: list[str]) -> None:
    def run(bit: str) -> str:
        return f"<w:r>{bit}</w:r>" if bit.startswith("<") else f'<w:r><w:t xml:space="preserve">{bit}</w:t></w:r>'

    data = body_with(f"<w:p>{''.join(run(bit) for bit in bits)}</w:p>")
    before = body_text(data)[0]
    filled = WordTemplate(data).fill({"甲方": "甲", "年 度": "2026"})
    names = {"甲方": "甲", "年 度": "2026"}

    def value(match: re.Match[str]) -> str:
        return names.get(match[1].strip(), GAP) if match[1].strip() else match[0]

    expected = re.sub(r"\{\{([^{}\t]{1,80})\}\}", value, before)
    assert body_text(filled.data)[0] == expected


def test_marks_the_editor_leaves_between_runs_do_not_hide_a_placeholder() -> None:
    data = body_with(
        "<w:p><w:r><w:t>{</w:t></w:r><w:proofErr w:type='spellStart'/><w:bookmarkStart w:id='0' w:name='a'/>"
        "<w:r><w:lastRenderedPageBreak/><w:t>{甲</w:t></w:r><w:bookmarkEnd w:id='0'/>"
        "<w:smartTag><w:r><w:rPr><w:b/></w:rPr><w:t>方</w:t></w:r></w:smartTag>"
        "<w:ins w:id='1' w:author='x'><w:r><w:t>}</w:t></w:r></w:ins><w:sdt><w:sdtContent><w:r><w:t>}。</w:t></w:r>"
        "</w:sdtContent></w:sdt></w:p>"
    )
    content = parts(WordTemplate(data).fill({"甲方": "示例镇"}).data)["word/document.xml"].decode()
    assert "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", content)) == "示例镇。"


def test_text_boxes_are_filled_in_both_their_forms_and_listed_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>{{甲方}}</w:t></w:r></w:p></w:txbxContent>"
    data = body_with(
        f"<w:p><w:r><w:t>{{{{</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>年度}}}}</w:t></w:r></w:p>"
    )
    template = WordTemplate(data)
    assert [(p.name, p.place) for p in template.placeholders if p.part == "word/document.xml"] == [
        ("甲方", "正文第1段的文本框")
    ]
    content = parts(template.fill({"甲方": "示例镇"}).data)["word/document.xml"].decode()
    assert content.count("示例镇") == 2
    assert "<w:t>{{</w:t>" in content


def test_entities_cdata_and_comments_around_a_placeholder_stay() -> None:
    data = body_with(
        "<w:p><w:r><w:t a='>'>&#65;&lt;{{甲方}}&amp;</w:t></w:r></w:p>"
        "<w:p><w:r><w:t><![CDATA[<{{甲方}}>]]><!-- x --></w:t></w:r><w:r><w:t/></w:r></w:p>"
    )
    filled = WordTemplate(data).fill({"甲方": "甲"}).data
    assert b"<w:t a='>' xml:space=\"preserve\">&#65;&lt;\xe7\x94\xb2&amp;</w:t>" in parts(filled)["word/document.xml"]
    assert body_text(filled) == ["A<甲&", "<甲>"]


def test_other_kinds_of_file_are_refused_in_words() -> None:
    encrypted = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    for data, words in [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧格式"),
        (encrypted, "密码"),
        (b"{\\rtf1}", "RTF"),
        (b"", "不是 Word 文件"),
        (letter()[:-200], "已损坏"),
        (b"PK\x03\x04" + bytes(50), "已损坏"),
        (zipped({"a.txt": b"x"}), "不是 Word 文件"),
        (with_part(letter(), "word/document.xml", b"<w:document"), "已损坏"),
        (with_part(letter(), "word/document.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "已损坏"),
        (with_part(letter(), "word/document.xml", "<a/>".encode("utf-16")), "已损坏"),
        (with_part(letter(), "[Content_Types].xml", macro_types()), "宏"),
    ]:
        with pytest.raises(UnusableDocument, match=words) as refusal:
            WordTemplate(data)
        assert refusal.value.next_step


def macro_types() -> bytes:
    types = parts(letter())["[Content_Types].xml"]
    return types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )


def zipped(members: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_bombs_and_climbing_names_are_refused_before_anything_is_unpacked() -> None:
    for data in (
        zipped({"word/document.xml": bytes(30_000_000)}),
        zipped({f"m{n}": b"" for n in range(MAX_MEMBERS + 1)}),
        zipped({"../outside.xml": b"x"}),
        zipped({"word/A.xml": b"x", "word/a.xml": b"y"}),
        zipped({"C:/x.xml": b"x"}),
    ):
        with pytest.raises(UnusableDocument, match="异常"):
            WordTemplate(data)


def test_a_member_larger_than_its_directory_says_is_refused() -> None:
    data = bytearray(letter())
    entry = data.index(b"PK\x01\x02")
    size = struct.unpack_from("<I", data, entry + 24)[0]
    struct.pack_into("<I", data, entry + 24, size - 1)
    with pytest.raises(UnusableDocument, match="已损坏"):
        WordTemplate(bytes(data))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_refused_or_read_never_a_crash(data: st.DataObject) -> None:
    mutated = bytearray(SOURCE)
    for _ in range(data.draw(st.integers(1, 6))):
        mutated[data.draw(st.integers(0, len(mutated) - 1))] = data.draw(st.integers(0, 255))
    try:
        WordTemplate(bytes(mutated)).fill({"甲方": "甲"})
    except UnusableDocument as refusal:
        assert zlib.crc32(refusal.message.encode())


SOURCE = letter()
