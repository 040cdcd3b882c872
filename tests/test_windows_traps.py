"""What would work here and fail on a clerk's Windows: pinned by reading the sources, and by doing where doing shows it."""

from __future__ import annotations

import ast
import re
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_desktop.errors import UserError
from anjian_desktop.services.print_files import safe_name
from anjian_desktop.storage.files import write_atomically

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = sorted([*ROOT.glob("anjian_desktop/**/*.py"), *ROOT.glob("ui/**/*.py")])
RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\..*)?$", re.IGNORECASE)


def _calls(file: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def test_every_text_file_says_its_encoding() -> None:
    """A Chinese Windows would read and write code page 936."""
    lacking = [
        f"{file.relative_to(ROOT).as_posix()}:{call.lineno}"
        for file in PROGRAM
        for call in _calls(file)
        if _name(call) in ("read_text", "write_text")
        and not any(word.arg == "encoding" for word in call.keywords)
        and not (_name(call) == "read_text" and call.args)
    ]
    assert lacking == []


def test_subprocess_texts_say_their_encoding() -> None:
    lacking = [
        f"{file.relative_to(ROOT).as_posix()}:{call.lineno}"
        for file in PROGRAM
        for call in _calls(file)
        if _name(call) in ("run", "Popen", "check_output", "check_call")
        and any(word.arg in ("text", "universal_newlines") for word in call.keywords)
        and not any(word.arg == "encoding" for word in call.keywords)
    ]
    assert lacking == []


def test_bytes_are_written_as_they_are() -> None:
    """Without O_BINARY Windows' C library turns a line feed into two bytes; a text layer above says its newline itself."""
    texts = {
        ("backup.py", "os.O_WRONLY | os.O_CREAT | os.O_EXCL"),
        ("files.py", "os.O_RDONLY"),
        ("main.py", "os.O_WRONLY"),
    }
    lacking = [
        (file.name, flags)
        for file in PROGRAM
        for call in _calls(file)
        if ast.unparse(call.func) == "os.open"
        and "O_BINARY" not in (flags := ast.unparse(call.args[1]))
        and (file.name, flags) not in texts
    ]
    assert lacking == []


def test_date_formats_are_plain_ascii() -> None:
    """Windows' C library refuses Chinese letters in a date format, and knows no %-d."""
    odd = []
    for file in PROGRAM:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            formats: list[str] = []
            if isinstance(node, ast.Call) and _name(node) in ("strftime", "strptime"):
                formats = [
                    one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)
                ]
            elif isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
                parts = node.format_spec.values
                formats = [str(one.value) for one in parts if isinstance(one, ast.Constant) and "%" in str(one.value)]
            odd += [
                f"{file.relative_to(ROOT).as_posix()}:{node.lineno} {one}"  # type: ignore[attr-defined]
                for one in formats
                if not one.isascii() or "%-" in one
            ]
    assert odd == []


def test_nothing_asks_a_file_for_what_only_unix_knows() -> None:
    unix_only = {"chown", "fchown", "fork", "getuid", "geteuid", "mkfifo", "getpwuid", "uname"}
    found = {f"{file.name}: {_name(call)}" for file in PROGRAM for call in _calls(file) if _name(call) in unix_only}
    assert found == set()


@pytest.mark.parametrize(
    "name", ["CON", "con", "PRN.企业", "aux.txt", "NUL", "COM1", "lpt9.a", "COM0", "COM¹", "LPT²", "CONIN$"]
)
def test_reserved_names_are_changed(name: str) -> None:
    assert not RESERVED.match(safe_name(name))


@given(st.text(max_size=90))
def test_every_made_name_is_one_windows_takes(text: str) -> None:
    name = safe_name(text)
    assert name and len(name) <= 61
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
    assert name == name.strip(" ") and not name.endswith(".")
    assert not RESERVED.match(name)
    assert PureWindowsPath(name).name == name


def test_the_longest_file_of_a_print_run_keeps_below_windows_limit() -> None:
    """259 characters with a clerk's usual folder before it: C:\\Users\\…\\Documents\\责任书 is some 60."""
    longest = len("C:\\Users\\张三丰二〇二六\\Documents\\安全生产责任书\\2026年度打印\\")
    village, file = len(safe_name("村" * 200)), len(safe_name("示安责〔2026〕1号 " + "企" * 300)) + len(".docx")
    part = len(".0123456789ab.part")
    assert longest + village + 1 + max(file, part) < 259


def test_a_path_beyond_windows_limit_is_written_or_refused_in_words(tmp_path: Path) -> None:
    folder = tmp_path
    try:
        while len(str(folder)) < 300:
            folder = folder / ("深" * 40)
            folder.mkdir()
    except OSError:
        # A Windows whose long paths are switched off: what stands in too deep a place is refused below.
        pass
    target = folder / f"{'名' * 40}.txt"
    try:
        with write_atomically(target) as part:
            part.write_text("完整", encoding="utf-8")
    except UserError as refused:
        assert refused.next_step
        assert not target.exists()
    else:
        assert target.read_text(encoding="utf-8") == "完整"


def test_lists_sort_the_same_whatever_the_machines_language() -> None:
    """Sorting never asks the C library, whose order differs from system to system."""
    asked = {
        f"{file.name}: {_name(call)}"
        for file in PROGRAM
        for call in _calls(file)
        if _name(call) in ("strcoll", "strxfrm", "setlocale")
    }
    assert asked == set()
