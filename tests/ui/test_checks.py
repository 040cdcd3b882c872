"""The table of the 66 checks names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent


def test_every_check_has_its_line_and_every_test_named_exists() -> None:
    lines = re.findall(r"^\| (\d+) \| .+ \| (.+) \|$", (HERE / "CHECKS.md").read_text(encoding="utf-8"), re.M)
    assert [int(number) for number, _ in lines] == list(range(1, 67))
    named = {name for _, state in lines for name in re.findall(r"`(test_\w+)`", state)}
    files = HERE.parent.glob("**/test_*.py")
    known = {name for file in files for name in re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.M)}
    assert named - known == set()
    assert all("`test_" in state or state.startswith(("measured: ", "not concerned: ")) for _, state in lines)
    measured = {name for _, state in lines for name in re.findall(r"tests/bench/bench_\w+\.py", state)}
    assert all((HERE.parents[1] / name).is_file() for name in measured)
