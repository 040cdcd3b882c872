"""The child that opens Word files: it dies, hangs, swells or talks nonsense, and the program says so and goes on."""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest
from support.children import behaving
from support.merge_files import three_dialects
from support.word_files import paragraph, word_file

from anjian_desktop.documents.document_reader import WORD_FILES, DocumentReader
from anjian_desktop.documents.layout import lay_out_docx
from anjian_desktop.documents.matched_fonts import fonts_for_documents
from anjian_desktop.documents.merging import MergeTemplate
from anjian_desktop.documents.pdf import PdfWriter
from anjian_desktop.errors import Cancelled, UserError
from anjian_desktop.sandbox.process import Limits, child_command

LETTER = word_file(paragraph("安全生产"), paragraph("{{单位名称}}"))
LONG = word_file(*[paragraph(f"第{n}条　" + "落实安全生产主体责任，" * 12) for n in range(40_000)])
"""Many seconds of layout, on a fast machine too."""


def reader_of(behaviour: str, **limits: float) -> DocumentReader:
    return DocumentReader(Limits(**limits) if limits else None, behaving(behaviour))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "behaviour",
    [
        "sys.exit(3)",
        "import os; os.abort()",
        "frame(b'Z'); time.sleep(60)",
        "frame(b'D'); time.sleep(60)",
        "frame(b'I', b'not json'); time.sleep(60)",
        "frame(b'I', b'[]'); time.sleep(60)",
        'frame(b\'I\', b\'{"pages": "1", "not_laid_out": [], "fonts": []}\'); time.sleep(60)',
        'frame(b\'I\', b\'{"pages": 1, "not_laid_out": [[1, 2]], "fonts": []}\'); time.sleep(60)',
        'frame(b\'I\', b\'{"pages": 1, "not_laid_out": [], "fonts": [["a"]]}\'); time.sleep(60)',
        "frame(b'X', b'[1, 2, 3]'); time.sleep(60)",
        "out.write(b'P\xff\xff\xff\xff'); out.flush(); time.sleep(60)",
    ],
)
def test_a_child_that_dies_or_talks_nonsense_is_told_in_words(behaviour: str) -> None:
    started = time.perf_counter()
    reader = reader_of(behaviour)
    try:
        with pytest.raises(UserError, match=r"“甲\.docx”.*已安全终止") as refused:
            reader.convert(LETTER, name="甲.docx", title="甲", write=lambda _: None)
    finally:
        reader.close()
    assert refused.value.code == "document_died" and refused.value.next_step
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize("told", ["[]", "{}", '{"placeholders": [["a"]]}', '{"placeholders": [], "blanks": 1}'])
def test_findings_of_another_shape_are_nonsense_too(told: str) -> None:
    reader = reader_of(f"frame(b'I', {told.encode()!r}); frame(b'D'); time.sleep(60)")
    try:
        with pytest.raises(UserError, match="已安全终止"):
            reader.examine(LETTER, name="甲.docx")
    finally:
        reader.close()


def test_files_nobody_asked_for_are_nonsense_too() -> None:
    reader = reader_of("frame(b'E', b'[]')\nframe(b'P', b'x')\nframe(b'D')\ntime.sleep(60)")
    try:
        with pytest.raises(UserError, match="已安全终止"):
            reader.merge(LETTER, [{}], name="甲.docx", kind="docx", titles=["甲"], write=lambda *_: None)
    finally:
        reader.close()


def test_a_document_that_hangs_the_child_is_stopped_and_the_next_one_is_read() -> None:
    reader = DocumentReader(Limits(whole=0.9))
    try:
        with pytest.raises(UserError, match="超时，已安全终止") as refused:
            reader.convert(LONG, name="长.docx", title="长", write=lambda _: None)
        assert refused.value.code == "document_timeout"
    finally:
        reader.close()
    reader = DocumentReader()
    try:
        assert reader.examine(LETTER, name="甲.docx").laid_out.pages == 1
    finally:
        reader.close()


def test_a_child_that_takes_no_file_is_stopped() -> None:
    deaf = DocumentReader(Limits(silence=0.5), lambda memory: [sys.executable, "-c", "import time; time.sleep(60)"])
    started = time.perf_counter()
    try:
        with pytest.raises(UserError, match="超时"):
            deaf.examine(bytes(3_000_000), name="甲.docx")
    finally:
        deaf.close()
    assert time.perf_counter() - started < 10


@pytest.mark.skipif(sys.platform == "win32", reason="there the parent's job limits memory")
def test_a_document_that_swells_is_stopped_by_the_childs_limit_and_the_next_one_is_read() -> None:
    reader = DocumentReader(Limits(memory=150_000_000))
    try:
        with pytest.raises(UserError, match=r"太大|已安全终止"):
            reader.examine(word_file(paragraph("安" * 2_000_000)), name="大.docx")
        assert reader.examine(LETTER, name="甲.docx").laid_out.pages == 1
    finally:
        reader.close()


def test_a_child_killed_at_work_is_told_and_the_next_document_is_read() -> None:
    reader = DocumentReader()
    told: list[UserError] = []

    def convert() -> None:
        try:
            reader.convert(LONG, name="长.docx", title="长", write=lambda _: None)
        except UserError as error:
            told.append(error)

    try:
        reader.examine(LETTER, name="甲.docx")
        first = reader.process_id
        assert first is not None
        work = threading.Thread(target=convert)
        work.start()
        time.sleep(0.5)
        os.kill(first, signal.SIGTERM)
        work.join(30)
        assert [one.code for one in told] == ["document_died"] and "长.docx" in str(told[0])
        assert reader.examine(LETTER, name="甲.docx").laid_out.pages == 1
        assert reader.process_id != first
    finally:
        reader.close()


def test_stopping_takes_less_than_a_second() -> None:
    reader = DocumentReader()
    asked: list[float] = []

    def stop() -> None:
        asked.append(time.perf_counter())
        raise Cancelled

    try:
        with pytest.raises(Cancelled):
            reader.convert(LONG, name="长.docx", title="长", write=lambda _: None, watch=stop)
    finally:
        reader.close()
    assert time.perf_counter() - asked[0] < 1


def test_a_refusal_leaves_the_child_at_work() -> None:
    reader = DocumentReader()
    try:
        for _ in range(2):
            with pytest.raises(UserError, match="RTF"):
                reader.examine(b"{\\rtf1}", name="甲.docx")
        first = reader.process_id
        assert reader.examine(LETTER, name="甲.docx").laid_out.pages == 1 and reader.process_id == first
    finally:
        reader.close()


def test_pages_and_findings_are_what_the_program_itself_would_give() -> None:
    reader = DocumentReader()
    pieces: list[bytes] = []
    try:
        for data in three_dialects().values():
            pieces.clear()
            told = reader.convert(data, name="甲.docx", title="甲", write=pieces.append)
            fonts, out = fonts_for_documents(), io.BytesIO()
            laid_out = lay_out_docx(data, fonts, boxes=True)
            with PdfWriter(out, fonts, title="甲") as writer:
                writer.add(laid_out)
            assert b"".join(pieces) == out.getvalue() and told.pages == laid_out.page_count
            template = MergeTemplate(data)
            found = reader.examine(data, name="甲.docx")
            assert found.placeholders == tuple((p.name, p.dialect, p.part, p.place) for p in template.placeholders)
            assert found.blanks == tuple((blank.place, blank.field) for blank in template.blanks)
    finally:
        reader.close()


def test_values_reach_the_child_as_they_are() -> None:
    reader = DocumentReader()
    pieces: list[bytes] = []
    try:
        for value in ("张三 & 李四〈有限〉公司", "𬭎㛃䶮·", "<w:t>", 12, 0.5, True, None):
            pieces.clear()
            missing = reader.merge(
                LETTER,
                [{"单位名称": value}],
                name="甲.docx",
                kind="docx",
                titles=["甲"],
                write=lambda _, piece: pieces.append(piece),
            )
            assert b"".join(pieces) == MergeTemplate(LETTER).fill({"单位名称": value}).data
            assert missing == ([("单位名称",)] if value is None else [()])
        with pytest.raises(UserError, match="单位名称"):
            reader.merge(LETTER, [{"单位名称": "\ud800"}], name="甲", kind="docx", titles=["甲"], write=lambda *_: None)
    finally:
        reader.close()


def test_the_installed_program_starts_its_own_launcher(monkeypatch: pytest.MonkeyPatch) -> None:
    home = Path("/opt/anjian")
    monkeypatch.setattr(sys, "executable", str(home / "anjian-desktop.exe"))
    assert child_command(WORD_FILES, 5) == [str(home / "anjian.exe"), "--read-documents", "5"]


def test_the_launchers_argument_starts_the_child() -> None:
    reader = DocumentReader(
        command=lambda memory: [sys.executable, "-m", "anjian_desktop", "--read-documents", str(memory)]
    )
    try:
        assert reader.examine(LETTER, name="甲.docx").placeholders == (
            ("单位名称", "brace", "word/document.xml", "正文第2段"),
        )
    finally:
        reader.close()
