"""The child that opens files: it dies, hangs, swells or talks nonsense, and the program says so and goes on."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest
from support.children import behaving
from support.workbooks import workbook

from anjian_desktop.errors import Cancelled, UserError
from anjian_desktop.exchange.child_process import WORKBOOKS, FileReader, file_reader
from anjian_desktop.exchange.sheet import read_workbook
from anjian_desktop.exchange.sheet_events import SheetCollector
from anjian_desktop.sandbox import frames
from anjian_desktop.sandbox.process import Limits, child_command


def reader_of(behaviour: str, **limits: float) -> FileReader:
    """A reader whose child behaves so once it was asked for a file."""
    return FileReader(Limits(**limits), behaving(behaviour))  # type: ignore[arg-type]


def read(reader: FileReader, **options: object) -> SheetCollector:
    sink = SheetCollector()
    try:
        reader.read(b"a,b\n", name="名册.csv", title="名册", wanted=None, sink=sink, **options)  # type: ignore[arg-type]
    finally:
        reader.close()
    return sink


@pytest.mark.parametrize(
    "behaviour",
    [
        "sys.exit(3)",
        "import os; os.abort()",
        "frame(b'S', b'[\"a\", false, false, true]'); sys.exit(0)",
        "frame(b'Z'); time.sleep(60)",
        "frame(b'R', b'not json'); time.sleep(60)",
        "frame(b'S', b'[1, false, false, true]'); time.sleep(60)",
        "frame(b'S', b'[\"a\", false, false, true]'); frame(b'R', b'[[0, \"a\"]]'); time.sleep(60)",
        "frame(b'S', b'[\"a\", false, false, true]'); frame(b'R', b'[[1, {}]]'); time.sleep(60)",
        "frame(b'S', b'[\"a\", false, false, true]'); frame(b'R', b'[[1, [0, 1e999]]]'); time.sleep(60)",
        "frame(b'S', b'[\"a\", false, false, true]'); frame(b'R', b'[[1, [1, \"x\"]]]'); time.sleep(60)",
        "frame(b'S', b'[\"a\", false, false, true]'); frame(b'E', b'[[[1,2,3]], 0, []]'); time.sleep(60)",
        "frame(b'X', b'[1, 2, 3]'); time.sleep(60)",
        "out.write(b'R\\xff\\xff\\xff\\xff'); out.flush(); time.sleep(60)",
        "frame(b'R', b'[' * 100000); time.sleep(60)",
    ],
)
def test_a_child_that_dies_or_talks_nonsense_is_told_in_words(behaviour: str) -> None:
    started = time.perf_counter()
    with pytest.raises(UserError, match=r"名册\.csv.*已安全终止") as refused:
        read(reader_of(behaviour))
    assert refused.value.code == "reader_died"
    assert time.perf_counter() - started < 10


def test_a_child_that_hangs_is_stopped() -> None:
    with pytest.raises(UserError, match="超时") as refused:
        read(reader_of("time.sleep(60)", silence=0.3))
    assert refused.value.code == "reader_timeout"


def test_a_child_that_never_finishes_is_stopped_though_it_keeps_talking() -> None:
    chatter = "frame(b'S', b'[\"a\", false, false, true]')\nwhile True: frame(b'R', b'[[1, 2]]'); time.sleep(0.01)"
    with pytest.raises(UserError, match="超时"):
        read(reader_of(chatter, whole=0.5))


def test_stopping_takes_less_than_a_second() -> None:
    asked: list[float] = []

    def stop() -> None:
        asked.append(time.perf_counter())
        raise Cancelled

    with pytest.raises(Cancelled):
        read(reader_of("time.sleep(60)"), watch=stop)
    assert time.perf_counter() - asked[0] < 1


def test_the_child_is_reused_and_started_anew_after_it_died(tmp_path: Path) -> None:
    made = workbook(tmp_path / "a.xlsx", ["企业名称"], ["示例厂"])
    reader = FileReader()
    try:
        first = child_of(reader, made)
        assert child_of(reader, made) == first
        os.kill(first, signal.SIGTERM)
        assert child_of(reader, made) != first
    finally:
        reader.close()


def child_of(reader: FileReader, path: Path) -> int:
    sink = SheetCollector()
    reader.read(path.read_bytes(), name=path.name, title=path.stem, wanted=None, sink=sink)
    assert [row.cells for row in sink.sheets[0].rows] == [["企业名称"], ["示例厂"]]
    assert reader.process_id is not None
    return reader.process_id


@pytest.mark.skipif(sys.platform == "win32", reason="there the parent's job limits memory")
def test_a_child_that_swells_is_stopped_by_its_limit(tmp_path: Path) -> None:
    limited = FileReader(Limits(memory=400_000_000))
    swelling = "企业名称\n" + "\n".join(f"{n},{'x' * 2000}" for n in range(40_000))
    with pytest.raises(UserError, match=r"太大|已安全终止"):
        try:
            limited.read(
                (swelling + "\n").encode("utf-16"), name="a.csv", title="a", wanted=None, sink=SheetCollector()
            )
        finally:
            limited.close()


def test_the_child_writes_no_file(tmp_path: Path) -> None:
    attempt = f"""
from anjian_desktop.sandbox.limits import limit_myself
limit_myself(1_000_000_000)
try:
    with open({str(tmp_path / "x")!r}, "w") as file:
        file.write("x")
except OSError:
    frame(b'D'); time.sleep(60)
"""
    if sys.platform == "win32":
        pytest.skip("limits of this kind are POSIX's")
    paths = f"import sys; sys.path[:] = {sys.path!r}\nimport signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    reader = FileReader(Limits(), behaving(attempt, first=paths))
    assert read(reader).sheets == []


def test_the_installed_program_starts_its_own_launcher(monkeypatch: pytest.MonkeyPatch) -> None:
    home = Path("/opt/anjian")
    monkeypatch.setattr(sys, "executable", str(home / "anjian-desktop.exe"))
    assert child_command(WORKBOOKS, 5) == [str(home / "anjian.exe"), "--read-files", "5"]


def test_the_launchers_argument_starts_the_child(tmp_path: Path) -> None:
    made = workbook(tmp_path / "a.xlsx", ["企业名称"], ["示例厂"])
    reader = FileReader(command=lambda memory: [sys.executable, "-m", "anjian_desktop", "--read-files", str(memory)])
    try:
        assert child_of(reader, made)
    finally:
        reader.close()


def test_frames_come_back_as_they_went() -> None:
    assert frames.unpacked(frames.packed(["示例\ud800", 1.5, None, True])) == ["示例?", 1.5, None, True]


def test_one_child_reads_all_files_of_the_program(tmp_path: Path) -> None:
    made = workbook(tmp_path / "a.xlsx", ["企业名称"], ["示例厂"])
    read_workbook(made)
    first = child_of(file_reader(), made)
    for _ in range(3):
        read_workbook(made)
    assert child_of(file_reader(), made) == first
