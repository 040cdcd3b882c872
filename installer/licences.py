"""Gathers what every shipped part is, under which licence, with the licence's own text: a page, the texts and an SBOM."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass, replace
from email.parser import Parser
from pathlib import Path

from packaging.utils import canonicalize_name

from installer import locked

PAGE = "许可说明.txt"
_TEXTS = ("licen", "copying", "copyright", "notice", "authors")
_SPOKEN = {
    "pyside6-essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
    "sqlcipher3": "Zlib",
    "charset-normalizer": "MIT",
    "mdurl": "MIT",
    "markdown-it-py": "MIT",
    "reportlab": "BSD-3-Clause",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "et-xmlfile": "MIT",
}
"""Where the package offers a choice, the one we take; where its metadata is silent, what its licence file says."""


@dataclass(frozen=True)
class Part:
    """One shipped part; `text` names its licence's folder or file inside the package's licences."""

    name: str
    version: str
    licence: str
    text: str
    source: str


FIXED_PARTS = {
    "python": Part("Python", "", "PSF-2.0", "Python.txt", "https://www.python.org/downloads/source/"),
    "qt": Part("Qt", "", "LGPL-3.0-only", "LGPL-3.0.txt", "https://download.qt.io/official_releases/qt/"),
    "openssl": Part(
        "OpenSSL (libcrypto)", "3.0", "Apache-2.0", "Apache-2.0.txt", "https://openssl-library.org/source/"
    ),
    "msvc": Part(
        "Microsoft Visual C++ Runtime",
        "14.44",
        "Microsoft-Redistributable",
        "",
        "https://visualstudio.microsoft.com/license-terms/",
    ),
    "noto-sans": Part(
        "Noto Sans SC", "2.004", "OFL-1.1", "OFL-NotoSansSC.txt", "https://github.com/notofonts/noto-cjk"
    ),
    "noto-serif": Part(
        "Noto Serif SC", "2.003", "OFL-1.1", "OFL-NotoSerifSC.txt", "https://github.com/notofonts/noto-cjk"
    ),
}


def libraries(site_packages: Path, texts: Path) -> list[Part]:
    """The parts in a folder of installed packages; their licence texts are copied into `texts`/<name>."""
    found = []
    for information in sorted(site_packages.glob("*.dist-info")):
        metadata = Parser().parsestr((information / "METADATA").read_text(encoding="utf-8"), headersonly=True)
        name = str(metadata["Name"])
        folder = texts / name
        for file in sorted(information.rglob("*")):
            told = file.name.lower().startswith(_TEXTS) or any(part.lower() == "licenses" for part in file.parts)
            if file.is_file() and told and "Commercial" not in file.name:
                folder.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, folder / file.name)
        licence = _SPOKEN.get(canonicalize_name(name), "") or _licence_of(
            dict(metadata.items()), metadata.get_all("Classifier") or []
        )
        found.append(
            Part(
                name,
                str(metadata["Version"]),
                licence,
                name if folder.exists() else "",
                f"https://pypi.org/project/{name}/",
            )
        )
    return found


def _licence_of(metadata: dict[str, str], classifiers: list[str]) -> str:
    if expression := metadata.get("License-Expression"):
        return expression
    spoken = (metadata.get("License") or "").strip()
    if spoken and len(spoken) < 60:
        return spoken
    named = [one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License ::")]
    return named[0] if named else "见许可文本"


def write_page(parts: list[Part], target: Path) -> None:
    """The licence page: what is inside, under which licence, and how the rights of LGPL parts are used."""
    widest = max(len(part.name) for part in parts)
    rows = "\n".join(f"  {part.name:<{widest}}  {part.version:<12} {part.licence}" for part in parts)
    target.write_text(_PAGE.format(version=locked.version(), rows=rows), encoding="utf-8")


def write_sbom(parts: list[Part], files: Path, target: Path) -> None:
    """A CycloneDX 1.5 list of parts, and of every file under `files` as it is now (so: last of all) with its SHA-256."""
    components = [
        {
            "type": "library",
            "name": part.name,
            "version": part.version,
            "licenses": [{"license": {"name": part.licence}}],
            "externalReferences": [{"type": "distribution", "url": part.source}],
        }
        for part in parts
    ]
    listed = [
        {
            "type": "file",
            "name": file.relative_to(files).as_posix(),
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(file.read_bytes()).hexdigest()}],
        }
        for file in sorted(files.rglob("*"))
        if file.is_file() and file != target
    ]
    whole = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "anjian-desktop", "version": locked.version()}},
        "components": components + listed,
    }
    target.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


_PAGE = """安监桌面 {version}：许可说明
========================

安监桌面本身按 MIT 许可发布（licences/安监桌面.txt）。下面各部分随程序一同安装，各按其自己的许可；
许可全文在程序文件夹的 licences 里，完整清单（含每个文件的校验值）在 licences/sbom.json。

{rows}

关于 Qt、PySide6、shiboken6（GNU LGPL 第 3 版）
------------------------------------------------
* 本程序以动态链接方式使用这些库，未作修改。它们是单独的文件（.dll、.pyd、.so），不与程序合并。
* 您可以用自己修改、编译的同版本接口兼容的库替换这些文件，程序照常使用；为调试这样的修改，允许对程序作反向工程。
* 库的源代码：https://download.qt.io/official_releases/qt/ 与
  https://download.qt.io/official_releases/QtForPython/ ，版本号见上表。
  拿到安装文件三年内，也可向提供安装文件的人索取源代码，只收取复制的成本。
* 许可全文：licences/LGPL-3.0.txt、licences/GPL-3.0.txt。

字体 Noto Sans SC、Noto Serif SC（SIL OFL 1.1）
------------------------------------------------
随附的是子集，仅用于显示与排版，未单独出售。系统自带的字体只在本机使用，从不随程序分发。
"""


def shipped(site_packages: Path, texts: Path, python: str, *, fixed: tuple[str, ...]) -> list[Part]:
    """Every part of the package: Python of version `python`, Qt, the `fixed` ones named, fonts, libraries."""
    found = libraries(site_packages, texts)
    qt = next(part.version for part in found if canonicalize_name(part.name) == "pyside6-essentials")
    own = [replace(FIXED_PARTS["python"], version=python), replace(FIXED_PARTS["qt"], version=qt)]
    return [*own, *(FIXED_PARTS[key] for key in (*fixed, "noto-sans", "noto-serif")), *found]


def write_texts(
    site_packages: Path, texts: Path, program: Path, python: str, *, fixed: tuple[str, ...] = ("openssl",)
) -> list[Part]:
    """Fill `texts` with every licence and the page, which the window of `program` shows too. Returns the parts."""
    shutil.copytree(locked.HOME / "resources" / "licences", texts)
    shutil.copyfile(locked.HOME / "LICENSE", texts / "安监桌面.txt")
    parts = shipped(site_packages, texts, python, fixed=fixed)
    write_page(parts, texts / PAGE)
    shutil.copyfile(texts / PAGE, program / "app" / "resources" / "licences" / PAGE)
    return parts
