"""Files are written whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from anjian_desktop.errors import UserError
from anjian_desktop.storage import files
from anjian_desktop.storage.files import write_atomically


class Sharing(PermissionError):
    """What Windows raises while another program holds the file."""

    winerror = 32


def test_a_written_file_replaces_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "名册.xlsx"
    target.write_bytes(b"old")
    with write_atomically(target) as part:
        part.write_bytes(b"new")
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["名册.xlsx"]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "名册.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), write_atomically(target) as part:
        part.write_bytes(b"half")
        raise ZeroDivisionError
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["名册.xlsx"]


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [(errno.ENOSPC, "full", "磁盘空间不足"), (errno.EIO, "io", "磁盘出错"), (errno.EROFS, "readonly", "没有权限")],
)
def test_what_the_disk_refuses_is_said_in_words(tmp_path: Path, number: int, code: str, words: str) -> None:
    with pytest.raises(UserError, match=words) as refused, write_atomically(tmp_path / "名册.xlsx") as part:
        part.write_bytes(b"half")
        raise OSError(number, "raw English")
    assert refused.value.code == code
    assert "raw" not in str(refused.value) and str(tmp_path) not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="文件夹不存在"), write_atomically(tmp_path / "没有" / "名册.xlsx") as part:
        part.write_bytes(b"")


def test_a_file_held_for_a_moment_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = iter([True, True, False])
    real = Path.replace
    slept: list[float] = []
    monkeypatch.setattr(files.time, "sleep", slept.append)

    def replace(self: Path, target: Path) -> Path:
        if next(held):
            raise Sharing
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with write_atomically(tmp_path / "名册.xlsx") as part:
        part.write_bytes(b"new")
    assert (tmp_path / "名册.xlsx").read_bytes() == b"new"
    assert len(slept) == 2


def test_a_file_that_stays_open_elsewhere_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter(range(100))
    monkeypatch.setattr(files.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(files.time, "monotonic", lambda: float(next(now)))

    def replace(self: Path, target: Path) -> Path:
        raise Sharing

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(UserError, match="正被其他程序占用"), write_atomically(tmp_path / "名册.xlsx") as part:
        part.write_bytes(b"new")


def test_a_path_of_two_hundred_bytes_is_written(tmp_path: Path) -> None:
    target = tmp_path / ("企" * 80 + ".xlsx")
    with write_atomically(target) as part:
        part.write_bytes(b"new")
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
