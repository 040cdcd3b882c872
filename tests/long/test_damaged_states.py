"""The same for two hundred damaged folders."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.support.damages import Figures, journey, sound_store


def test_two_hundred_damaged_folders_end_whole_or_with_their_backups(tmp_path: Path) -> None:
    sound, figures = sound_store(tmp_path), Figures()
    for number in range(200):
        journey(sound, tmp_path / f"state-{number}", number, figures)
        shutil.rmtree(tmp_path / f"state-{number}")
    for end, count in sorted(figures.ends.items()):
        print(f"{count:5}  {end}")
    assert figures.violations == []
