"""The licence page and the SBOM name every shipped part and every file."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from installer import licences


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A staged program with two packages."""
    for name, licence in (("PySide6_Essentials", "LGPL-3.0-only OR GPL-3.0-only"), ("click", "BSD-3-Clause")):
        information = tmp_path / "site-packages" / f"{name}-1.0.dist-info"
        (information / "licenses").mkdir(parents=True)
        (information / "METADATA").write_text(
            f"Name: {name}\nVersion: 1.0\nLicense-Expression: {licence}\n\nx", encoding="utf-8"
        )
        (information / "licenses" / "LICENSE.txt").write_text(f"licence of {name}", encoding="utf-8")
        (information / "licenses" / "Qt-Commercial.txt").write_text("not ours", encoding="utf-8")
    (tmp_path / "app" / "resources" / "licences").mkdir(parents=True)
    texts = tmp_path / "licences"
    parts = licences.write_texts(tmp_path / "site-packages", texts, tmp_path, "3.11.9", fixed=("openssl", "msvc"))
    licences.write_sbom(parts, tmp_path, texts / "sbom.json")
    return tmp_path


def test_the_page_names_every_part_with_its_licence(program: Path) -> None:
    page = (program / "licences" / "许可说明.txt").read_text(encoding="utf-8")
    for part in (
        "Python",
        "3.11.9",
        "Qt",
        "OpenSSL",
        "Microsoft Visual C++ Runtime",
        "Noto Sans SC",
        "click",
        "BSD-3-Clause",
    ):
        assert part in page
    assert "LGPL" in page and "反向工程" in page and "download.qt.io" in page
    assert page == (program / "app" / "resources" / "licences" / "许可说明.txt").read_text(encoding="utf-8")


def test_of_licences_offered_the_one_we_take_is_named(program: Path) -> None:
    page = (program / "licences" / "许可说明.txt").read_text(encoding="utf-8")
    assert "LGPL-3.0-only OR" not in page


def test_the_texts_lie_in_the_package_but_not_those_that_are_not_taken(program: Path) -> None:
    assert (program / "licences" / "click" / "LICENSE.txt").exists()
    assert (program / "licences" / "LGPL-3.0.txt").exists() and (program / "licences" / "安监桌面.txt").exists()
    assert list(program.rglob("*Commercial*")) == list((program / "site-packages").rglob("*Commercial*"))


def test_the_list_of_parts_has_every_file_with_its_hash(program: Path) -> None:
    listed = json.loads((program / "licences" / "sbom.json").read_text(encoding="utf-8"))["components"]
    files = {one["name"]: one["hashes"][0]["content"] for one in listed if one["type"] == "file"}
    assert (
        files["licences/安监桌面.txt"]
        == hashlib.sha256((program / "licences" / "安监桌面.txt").read_bytes()).hexdigest()
    )
    assert {"Qt", "Python", "click"} <= {one["name"] for one in listed if one["type"] == "library"}
