"""Measures faithfulness: builds the corpus, lays it out, has LibreOffice lay it out with the same fonts, compares.

`python -m tests.faithfulness [--work DIR] [--fonts DIR] [--files DIR] [--from DIR] [--only TEXT] [--worst N] [--pictures DIR]`:
DIR of `--fonts` is shown to both programs beside the bundled and the machine's fonts; `--files` adds Word files read where
they are, `--from` measures only those. Pictures of the worst files, ours left and theirs right, go to `--pictures` (else to
the work folder). LibreOffice's pages are kept in the work folder between runs.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from fnmatch import fnmatch
from functools import partial
from pathlib import Path

from tests.faithfulness.comparing import Agreement
from tests.faithfulness.measuring import Measured, measured
from tests.faithfulness.their_habits import evidence

_ROOT = Path(__file__).resolve().parents[2]
_KNOWN = {
    "run-emphasis": "LibreOffice makes lines with emphasis marks higher, Word does not",
    "xdocreport~CV": "a footer that runs off the paper: LibreOffice leaves out what is not seen, here it is in the file",
    "*LIR002-en-US-ordinalText*": "paragraphs all to be kept with the next: LibreOffice ends pages early, Word fills them",
    "poi~bug65649*": "kept paragraphs higher than a page: LibreOffice begins them on a new one, Word fills the page",
    "Open-XML-SDK~2007BusinessCalendar*": "two tables that float side by side: LibreOffice puts both into the text",
    "Open-XML-SDK~complex[012]*": "the header of a section that goes on: LibreOffice shows it after a forced page break, Word from the next page",
    "xdocreport~DocxBig": "fields that are opened and never closed: LibreOffice leaves out the text behind them",
    "xdocreport~Docx4j_GettingStarted": "lines of tabs alone: LibreOffice gives them the style's size, Word the tabs'",
    "docx4j~Convert_Out": "an empty last line: LibreOffice gives it the style's size, Word the paragraph mark's",
    "Aspose.Words-for-Java~Hyperlinks": "an empty last line: LibreOffice gives it the style's size, Word the paragraph mark's",
    "poi~drawing": "a hidden paragraph: LibreOffice prints the blank above it twice",
    "Open-XML-SDK~equation-1*": "formulas kept as objects: LibreOffice leaves them out, Word shows their pictures",
    "*embedded_main_tpl*": "pictures seen through in part: LibreOffice prints them as pixels, their text too",
    "PHPWord~reader*": "pictures seen through in part: LibreOffice prints them as pixels, their text too",
    "Open-XML-SDK~columns1*": "characters no font has: LibreOffice leaves them out, here they are boxes",
    "docx4j~DOCPROP_builtin": "fields of the file's own properties: LibreOffice reads them afresh, Word prints what the file keeps",
    "*MySQL限制访问IP范围配置指南*": "a heading kept with the next: LibreOffice leaves it alone at a page's foot, Word does not",
    "*harbor升级https方案*": "a mark that hangs before a bookmark's end: LibreOffice loses it and adds a line, Word does not",
    "cavd~用户手册*": "empty paragraphs whose mark is hidden: LibreOffice shows some of them with their numbers, Word none",
    "EContract~用户手册*": "pictures at one edge one over the other: LibreOffice sets the later one beside the first, Word lays it over",
    "pandoc~0_level_headers*": "a page number in a frame of the footer: LibreOffice leaves it out in later sections, Word prints it",
    "document-SOP~启动会签到表*": "a floating table higher than the room left: LibreOffice sets it over the page's edges, Word parts it",
    "run-boxed": "LibreOffice makes lines with a boxed run higher, Word does not",
}
"""Files in which Word's rule is followed where LibreOffice is known to differ."""

_WHOLE = 0.9999
"""A score from which on nothing differs."""

_BATCH = 25
_PATIENCE = 180
"""Seconds the other program may take for a batch."""

_CONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>{folders}<cachedir>{cache}</cachedir></fontconfig>
"""


def main() -> int:
    """Prints the tables, whatever they say, and the worst files; 2 where there is nothing to measure beside."""
    parser = argparse.ArgumentParser(prog="python -m tests.faithfulness")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "anjian-faithfulness")
    parser.add_argument("--fonts", type=Path, action="append", default=[])
    parser.add_argument("--files", type=Path, action="append", default=[])
    parser.add_argument("--from", dest="alone", type=Path, action="append", default=[], help="only these Word files")
    parser.add_argument("--only", default="")
    parser.add_argument("--worst", type=int, default=6)
    parser.add_argument("--pictures", type=Path, help="where the pictures of the worst files go")
    parser.add_argument("--all", action="store_true", help="a line for every file, not only those that differ")
    wanted = parser.parse_args()
    soffice = shutil.which("soffice")
    if soffice is None:
        print("LibreOffice (soffice) is not installed: nothing to measure beside.", file=sys.stderr)
        return 2
    work: Path = wanted.work
    for name in ("docx", "ours", "ruled", "theirs", "pictures"):
        (work / name).mkdir(parents=True, exist_ok=True)
    config = work / "fonts.conf"
    folders = "".join(f"<dir>{folder}</dir>" for folder in (_ROOT / "resources" / "fonts", *wanted.fonts))
    config.write_text(_CONFIG.format(folders=folders, cache=work / "fontcache"), encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(config)
    pictures: Path = wanted.pictures or work / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    built = [] if wanted.alone else _build(work / "docx")
    names = [name for name in [*built, *_copy(work / "docx", wanted.alone + wanted.files)] if wanted.only in name]
    _describe(built, names)
    _theirs(soffice, work, names)
    return _report(work, names, wanted.worst, pictures, every=wanted.all)


def _describe(built: list[str], names: list[str]) -> None:
    """Prints what the corpus is made of: how many files of each family."""
    families = Counter(name.split("-")[0] for name in built if name in names)
    for family, count in families.most_common():
        print(f"corpus: {count:4} {family}")
    sources = Counter(name.split("~")[0] for name in names if "~" in name)
    for source, count in sources.most_common():
        print(f"corpus: {count:4} read from {source}")


def _build(folder: Path) -> list[str]:
    from anjian_desktop.documents.word import WordTemplate
    from tests.faithfulness.corpus import documents

    names = []
    for name, data in documents():
        names.append(name)
        _put(folder / f"{name}.docx", data)
    for file in sorted((_ROOT / "resources" / "templates").glob("*.docx")):
        template = WordTemplate(file.read_bytes())
        names.append(f"shipped-{file.stem}")
        values = {one.name: _VALUES.get(one.name, one.name) for one in template.placeholders}
        _put(folder / f"shipped-{file.stem}.docx", template.fill(values).data)
    return names


def _copy(folder: Path, sources: list[Path]) -> list[str]:
    """Takes in Word files from elsewhere, named by the folder they lie in."""
    names = []
    for source in sources:
        for path in sorted(source.rglob("*.docx")):
            name = f"{path.parent.name}~{path.stem}"
            names.append(name)
            _put(folder / f"{name}.docx", path.read_bytes())
    return names


_VALUES = {
    "年度": "2026",
    "责任书名称": "安全生产目标管理责任书",
    "编号": "示安责〔2026〕12号",
    "甲方": "示例镇人民政府",
    "甲方负责人": "李卫东",
    "乙方": "示例镇东河村精细化工有限公司",
    "乙方负责人": "王小明",
    "统一社会信用代码": "91990001MA00000015",
    "地址": "示例镇东河村工业路18号",
    "联系电话": "13900001234",
    "期限起": "2026年1月1日",
    "期限止": "2026年12月31日",
    "份数": "贰",
}


def _put(path: Path, data: bytes) -> None:
    """Writes only what changed, so that the other program's pages stay valid."""
    if not path.exists() or path.read_bytes() != data:
        path.write_bytes(data)


def _theirs(soffice: str, work: Path, names: list[str]) -> None:
    stamp = hashlib.sha256((work / "fonts.conf").read_bytes()).hexdigest()[:8]
    target = work / "theirs"
    due = []
    for name in names:
        source, made = work / "docx" / f"{name}.docx", target / f"{name}.pdf"
        mark = target / f"{name}.mark"
        wanted = stamp + hashlib.sha256(source.read_bytes()).hexdigest()
        if not made.exists() or not mark.exists() or mark.read_text() != wanted:
            due.append(source)
            made.unlink(missing_ok=True)
            mark.write_text(wanted)
    for at in range(0, len(due), _BATCH):
        profile = (work / "profile").as_uri()
        command = [
            soffice,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(target),
        ]
        batch = due[at : at + _BATCH]
        for files in (batch, *([file] for file in batch)):
            missing = [file for file in files if not (target / f"{file.stem}.pdf").exists()]
            if missing:  # after a file that stops it, the rest of the batch one by one
                with suppress(subprocess.TimeoutExpired):
                    subprocess.run([*command, *map(str, missing)], capture_output=True, timeout=_PATIENCE, check=False)


def _report(work: Path, names: list[str], worst: int, pictures: Path, *, every: bool) -> int:
    results: list[Measured] = []
    with ProcessPoolExecutor() as pool:
        for found in pool.map(partial(measured, work), names):
            if found.trouble:
                print(f"{found.name:28} {found.trouble}", flush=True)
                continue
            results.append(found)
            if every or found.own.score < _WHOLE:
                print(found, flush=True)
    named = {one.name: [why for pattern, why in _KNOWN.items() if fnmatch(one.name, pattern)] for one in results}
    print("-- all files, Word's rules")
    _table([one.own for one in results])
    print("-- all files, LibreOffice's rule taken where it is listed that Word's differs")
    _table([one.ruled for one in results])
    print("-- so, without the files listed by name (its rule there cannot be taken, only told)")
    _table([one.ruled for one in results if not named[one.name]])
    print("-- without all files in which Word is known to differ from LibreOffice")
    _table([one.own for one in results if not named[one.name] and not one.shown])
    reasons = Counter(why for one in results for why in (*named[one.name], *one.shown))
    for why, count in reasons.most_common():
        print(f"known: {count} files: {why}; Word's rule is followed{evidence(why)}")
    for one in sorted(results, key=lambda one: one.own.score)[:worst]:
        if one.own.score < _WHOLE:
            print(_side_by_side(work, one.name, pictures))
    return 0


def _table(results: list[Agreement]) -> None:
    def rate(part: int, whole: int) -> str:
        return f"{100 * part / max(whole, 1):6.2f} % ({part}/{whole})"

    print(f"files                        {len(results)}")
    print(f"same page count (>= 95)      {rate(sum(found.same_count for found in results), len(results))}")
    print(
        f"same text on page (>= 95)    {rate(sum(found.pages_alike for found in results), sum(found.pages for found in results))}"
    )
    print(
        f"equal lines (>= 90)          {rate(sum(found.lines_alike for found in results), sum(found.lines for found in results))}"
    )
    print(
        f"within 1 mm (>= 95)          {rate(sum(found.places_alike for found in results), sum(found.lines_alike for found in results))}"
    )


def _side_by_side(work: Path, name: str, pictures: Path) -> Path:
    """A picture of the first page that differs, ours left, theirs right."""
    import pypdfium2
    from PIL import Image

    from tests.faithfulness.comparing import lines_of

    files = [work / "ours" / f"{name}.pdf", work / "theirs" / f"{name}.pdf"]
    mine, other = (lines_of(file) for file in files)
    page = next(
        (
            n
            for n, (one, two) in enumerate(zip(mine, other, strict=False))
            if [line.text for line in one] != [line.text for line in two]
        ),
        0,
    )
    images = []
    for file in files:
        document = pypdfium2.PdfDocument(file)
        images.append(document[min(page, len(document) - 1)].render(scale=1.1).to_pil())
        document.close()
    both = Image.new("RGB", (images[0].width + images[1].width + 8, max(image.height for image in images)), "red")
    both.paste(images[0], (0, 0))
    both.paste(images[1], (images[0].width + 8, 0))
    target = pictures / f"{name}.png"
    both.save(target)
    return target


if __name__ == "__main__":
    sys.exit(main())
