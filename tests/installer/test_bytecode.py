"""Bytecode of a package depends on the sources alone, runs without them, and names no folder of the build machine."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from installer.bytecode import compile_in_place, fix_dates, zip_library

SOURCE = "WORDS = {'甲', '乙', '丙', 'a', 'b', 'c'}\ndef found(word):\n    return word in {'x', 'y', 'z', '责任'}\n"


def _tree(folder: Path) -> Path:
    (folder / "shop").mkdir(parents=True)
    (folder / "shop" / "__init__.py").write_text("", encoding="utf-8")
    (folder / "shop" / "till.py").write_text(SOURCE, encoding="utf-8")
    (folder / "shop" / "kept.py").write_text("KEPT = 1\n", encoding="utf-8")
    return folder


def test_the_same_sources_give_the_same_bytes_wherever_they_lie(tmp_path: Path) -> None:
    made = []
    for name in ("one", "another place"):
        tree = _tree(tmp_path / name)
        compile_in_place(tree, keep_source=lambda file: file.name == "kept.py")
        made.append(
            {file.relative_to(tree).as_posix(): file.read_bytes() for file in tree.rglob("*") if file.is_file()}
        )
    assert made[0] == made[1]
    assert set(made[0]) == {"shop/__init__.pyc", "shop/till.pyc", "shop/kept.py"}
    assert str(tmp_path).encode() not in made[0]["shop/till.pyc"]


def test_a_program_runs_from_bytecode_and_an_archived_library(tmp_path: Path) -> None:
    tree = _tree(tmp_path / "tree")
    archive = tmp_path / "library.zip"
    zip_library(tree, archive, leave_out=lambda name: name.endswith("kept.py"), work=tmp_path / "work")
    with zipfile.ZipFile(archive) as opened:
        assert opened.namelist() == ["shop/__init__.pyc", "shop/till.pyc"]
        assert {entry.compress_type for entry in opened.infolist()} == {zipfile.ZIP_STORED}
    code = f"import sys; sys.path.insert(0, {str(archive)!r}); from shop.till import found; print(found('责任'))"
    done = subprocess.run([sys.executable, "-I", "-X", "utf8", "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "True", done.stderr


def test_every_file_of_a_package_has_the_same_date(tmp_path: Path) -> None:
    tree = _tree(tmp_path / "tree")
    fix_dates(tree)
    assert len({path.stat().st_mtime for path in (tree, *tree.rglob("*"))}) == 1
