"""The project's own tests, run by the Windows interpreter; what is left out is listed with its reason."""

from __future__ import annotations

import re
from pathlib import Path

from installer import locked
from installer.windows.report import Report
from installer.windows.test_interpreter import make_interpreter
from installer.windows.wine import Wine

PARTS = (
    "domain",
    "ledgers",
    "exchange",
    "documents",
    "storage",
    "migrations",
    "services",
    "cli",
    "ui",
    "test_windows_traps.py",
)
LEFT_OUT = {
    "tests/ui/printing/test_backends.py::test_cups_gets_the_file_itself": "CUPS is not Windows' printing; its stand-in is a shell script",
    "tests/ui/test_keyboard.py::test_one_sees_where_the_keys_go": "a focused button grabbed under Wine looks like any other; the outline is looked for on Linux",
}
"""Test, as pytest names it -> why it is not run under Wine."""


def run_suite(wine: Wine, stage: Path, report: Report) -> None:
    """Each part of the tests by itself, so that one that dies does not take the others with it."""
    python = make_interpreter(stage, wine)
    for test, reason in LEFT_OUT.items():
        report.note(f"left out: {test}: {reason}")
    for part in PARTS:
        left_out = [f"--deselect={test}" for test in LEFT_OUT if test.startswith(f"tests/{part}/")]
        done = wine.run(
            python, "-X", r"pycache_prefix=C:\pyc", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:faulthandler",
            "--basetemp", r"C:\t", *left_out, f"tests/{part}", timeout=900, cwd=locked.HOME,
        )  # fmt: skip
        (report.folder / f"suite-{part.removesuffix('.py')}.txt").write_text(done.out + done.err, encoding="utf-8")
        verdict = next(
            (line for line in reversed(done.out.splitlines()) if re.search(r"\d+ (passed|failed|error)", line)),
            done.out[-300:],
        )
        report.check(
            done.code == 0,
            f"tests/{part}: {verdict.strip()}",
            told="\n".join(re.findall(r"^(?:FAILED|ERROR).*$", done.out, re.M)),
        )
