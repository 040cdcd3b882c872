"""Proves the Windows program under Wine: its tests, its setup file from first install to removal, its printing.

./run test-windows [--quick] [--only STAGE ...] [--setup FILE] [--work DIR]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from installer import locked
from installer.windows import build_windows, test_life, test_printing, test_suite
from installer.windows.report import Report
from installer.windows.wine import Wine


def main(argv: Sequence[str] | None = None) -> int:
    """Run the stages asked for; 0 when every check held."""
    given = _parser().parse_args(argv)
    given.work.mkdir(parents=True, exist_ok=True)
    report = Report(given.work / "report")
    stages: dict[str, Callable[[Wine, Path, Report], None]] = {
        "selftest": test_life.selftest_of_stage,
        "suite": test_suite.run_suite,
        "printing": test_printing.run_printing,
        "life": lambda wine, stage, told: test_life.run_life(wine, stage, given.work, given.setup, told),
    }
    chosen = given.only or (["selftest"] if given.quick else list(stages))
    stage = given.work / "windows" / "program"
    if not given.keep_stage or not stage.exists():
        started = time.perf_counter()
        stage = build_windows.make_stage(given.work / "windows")
        report.note(f"staged in {time.perf_counter() - started:.0f} s")
    with Wine(given.work / "wine") as wine:
        report.note("a Windows of Wine's, user 张 三, code page 936")
        for name in chosen:
            report.begin(name)
            stages[name](wine, stage, report)
    return report.end()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run test-windows", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only stage the program and run its selftest")
    parser.add_argument("--only", nargs="+", choices=("selftest", "suite", "printing", "life"), help="these stages")
    parser.add_argument("--setup", type=Path, help="a setup file already built, instead of a quickly packed one")
    parser.add_argument("--keep-stage", action="store_true", help="use the program staged by the run before")
    parser.add_argument("--work", type=Path, default=locked.HOME / "build" / "test-windows", help="working folder")
    return parser


if __name__ == "__main__":
    sys.exit(main())
