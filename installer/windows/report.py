"""What the stages of the Windows test found: printed as it comes, kept as a log with pictures beside it."""

from __future__ import annotations

import time
from pathlib import Path


class Report:
    """A log in `folder`/log.txt; `check` notes whether something held and never stops the rest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._lines: list[str] = []
        self._failed: list[str] = []
        self._stage = ""
        self._started = self._begun = time.perf_counter()

    def begin(self, stage: str) -> None:
        """A new stage."""
        self._stage, self._begun = stage, time.perf_counter()
        self.note(f"== {stage}")

    def note(self, text: str) -> None:
        """Something worth knowing."""
        line = f"{time.perf_counter() - self._started:7.1f} s  {text}"
        self._lines.append(line)
        print(line, flush=True)
        (self.folder / "log.txt").write_text("\n".join(self._lines) + "\n", encoding="utf-8")

    def check(self, held: bool, text: str, *, told: object = "") -> bool:
        """Whether `text` held; `told` explains a failure."""
        self.note(f"{'ok    ' if held else 'FAILED'} {text}" + ("" if held or not told else f"\n{told}"))
        if not held:
            self._failed.append(f"{self._stage}: {text}")
        return held

    def end(self) -> int:
        """The verdict; 0 when everything held."""
        self.note(f"together {time.perf_counter() - self._started:.0f} s, failed: {len(self._failed)}")
        for one in self._failed:
            self.note(f"   {one}")
        return 1 if self._failed else 0
