"""Where the program keeps its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from anjian_desktop import paths
from anjian_desktop.errors import UserError


def test_the_folder_named_wins_over_the_environment_and_that_over_the_users_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert paths.data_folder() == paths.default_data_folder()
    monkeypatch.setenv("ANJIAN_DATA", str(tmp_path / "环境"))
    assert paths.data_folder() == tmp_path / "环境"
    assert paths.data_folder(tmp_path / "张 三&%") == tmp_path / "张 三&%"


def test_looking_for_the_folder_makes_none(tmp_path: Path) -> None:
    assert paths.data_folder(tmp_path / "neu").is_absolute()
    assert not (tmp_path / "neu").exists()


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("")
    with pytest.raises(UserError, match="不是文件夹"):
        paths.data_folder(tmp_path / "文件")


def test_logs_lie_with_the_store_and_make_no_store_where_there_is_none(tmp_path: Path) -> None:
    assert not paths.log_folder(tmp_path).is_relative_to(tmp_path)
    (tmp_path / "anjian.db").touch()
    assert paths.log_folder(tmp_path) == tmp_path / "logs"
