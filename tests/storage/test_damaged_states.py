"""Whatever happened to the data folder, it opens with every committed row or says what is wrong and offers backups."""

from __future__ import annotations

from pathlib import Path

from support.damages import Figures, journey, sound_store


def test_twenty_damaged_folders_end_whole_or_with_their_backups(tmp_path: Path) -> None:
    sound, figures = sound_store(tmp_path), Figures()
    for number in range(24):
        journey(sound, tmp_path / f"state-{number}", number, figures)
    print(dict(figures.ends))
    assert figures.violations == []
    assert figures.ends["  restored from a backup"] >= 5
