"""A call that needs no documents loads none of their libraries: starting must stay quick."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from support.calls import CommandLine

HEAVY = {
    "PIL", "PySide6", "alembic", "docx", "fontTools", "lxml", "openpyxl", "pypdf", "pypdfium2", "pypinyin", "reportlab",
    "rich", "xlsxwriter", "zxingcpp",
}  # fmt: skip
CALLS = (
    ["office", "show"], ["list", "enterprise"], ["list", "agreement"], ["agreements", "status", "--year", "2026"],
    ["check", "--full"], ["audit", "verify"], ["restore", "--list"], ["backup"], ["office", "set", "copies=3"],
)  # fmt: skip
PROGRAM = """
import sys
from anjian_desktop.cli.main import run
codes = [run(["--json", "--data", sys.argv[1], *call.split()]) for call in sys.argv[2:]]
print(*codes, file=sys.stderr)
print(*{name.partition(".")[0] for name in sys.modules}, file=sys.stderr)
"""


def test_calls_without_documents_load_no_document_library(anjian: CommandLine) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, anjian.folder, *(" ".join(call) for call in CALLS)],
        capture_output=True, text=True, encoding="utf-8", check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    codes, loaded = done.stderr.splitlines()[-2:]
    assert set(codes.split()) == {"0"}
    assert HEAVY & set(loaded.split()) == set()
