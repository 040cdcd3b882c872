"""Tries on this machine what the program lives on: libraries, fonts, printers, disk, a store, a document, a code."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from anjian_desktop import __version__
from anjian_desktop.errors import UserError
from anjian_desktop.launching import window_command
from anjian_desktop.storage.engine import check_runtime

_WINDOW_SECONDS = 60
_ASKED_FONTS = ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体")
"""The fonts an official document asks for (党政机关公文格式 GB/T 9704-2012)."""
_NUMBER, _UNIT = "示安责〔2026〕1号", "示例镇东河村"


@dataclass
class SelfTest:
    """What was found. `problems` names in Chinese each part that failed; the program is fit when it is empty."""

    folder: Path
    version: str = __version__
    python: str = platform.python_version()
    system: str = f"{platform.system()} {platform.release()}"
    sqlite: str = dbapi2.sqlite_version
    qt: str | None = None
    window: str | None = None
    """The window system Qt found: windows, xcb, offscreen."""
    printers: list[str] = field(default_factory=list)
    fonts: list[dict[str, str]] = field(default_factory=list)
    """Asked font and the family that prints it."""
    writable: bool = False
    store: bool = False
    template: bool = False
    pages: int = 0
    code: bool = False
    problems: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether everything the program needs works; having no printer is no fault."""
        return not self.problems


def run_selftest(folder: Path) -> SelfTest:
    """Try every part, each by itself; nothing of the office's own data is touched. `folder` is the data folder."""
    found = SelfTest(folder)
    for name, trial in _TRIALS.items():
        try:
            trial(found)
        except UserError as problem:
            found.problems.append(f"{name}：{problem}")
        except Exception as problem:  # noqa: BLE001 (whatever a broken machine throws is what the test looks for)
            found.problems.append(f"{name}：{type(problem).__name__}")
    return found


def _libraries(found: SelfTest) -> None:
    check_runtime()


def _window(found: SelfTest) -> None:
    """In a process of its own: a window library that crashes must not take the test with it."""
    environment = dict(os.environ)
    if sys.platform == "linux" and not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="anjian-") as place:
        answer = Path(place) / "window.json"
        # Into a file: a pipe ends only when every program that inherited it does, and printer drivers start their own.
        quiet = subprocess.DEVNULL
        try:
            subprocess.run(
                [*window_command(), "--selftest", str(answer)],
                stdin=quiet, stdout=quiet, stderr=quiet, timeout=_WINDOW_SECONDS, check=True, env=environment,
            )  # fmt: skip
            told = json.loads(answer.read_text(encoding="utf-8"))
        except (OSError, ValueError, subprocess.SubprocessError) as problem:
            raise UserError("打不开，请重新安装程序。") from problem
    found.qt, found.window, found.printers = told["qt"], told["window"], told["printers"]


def _data_folder(found: SelfTest) -> None:
    place = found.folder
    while not place.exists():
        place = place.parent
    try:
        with tempfile.NamedTemporaryFile(dir=place, prefix=".anjian-") as probe:
            probe.write(b"\0")
    except OSError as problem:
        raise UserError(f"“{place}”不能写入。", next_step="请检查文件夹权限和磁盘空间。") from problem
    found.writable = True


def _fonts(found: SelfTest) -> None:
    from anjian_desktop.documents.fonts import FontBook  # the document libraries: only here

    book = FontBook.of_machine()
    found.fonts = [{"asked": use.asked, "used": use.used} for use in map(book.used_for, _ASKED_FONTS)]


def _store(found: SelfTest) -> None:
    from anjian_desktop.services import maintenance, records
    from anjian_desktop.services.office import create_office, open_office

    with tempfile.TemporaryDirectory(prefix="anjian-") as place:
        folder = Path(place) / "数据"
        with create_office(folder, name="自检办公室") as office:
            records.add(office, "village", {"name": _UNIT})
        with open_office(folder) as office:
            found.store = maintenance.check(office).ok
    if not found.store:
        raise UserError("新建的数据没有通过核对。")


def _document(found: SelfTest) -> None:
    from anjian_desktop.documents.code_reading import page_codes_in
    from anjian_desktop.documents.codes import page_code
    from anjian_desktop.documents.fonts import FontBook
    from anjian_desktop.documents.layout import Typesetter
    from anjian_desktop.documents.pdf import PdfWriter
    from anjian_desktop.documents.rendering import POINTS_PER_INCH, PdfPages
    from anjian_desktop.documents.templates import shipped_templates
    from anjian_desktop.documents.word import WordTemplate

    template = shipped_templates()["Z1"].data
    values = {"编号": _NUMBER, "乙方": _UNIT, "单位名称": _UNIT, "年度": "2026"}
    filled: Any = WordTemplate(template).fill(values)
    found.template = len(filled.data) > 0
    fonts = FontBook.of_machine()
    laid_out = Typesetter(template, fonts).lay_out(values)
    out = BytesIO()
    with PdfWriter(out, fonts, title=_NUMBER) as writer:
        found.pages = writer.add(laid_out, page_code=lambda page, pages: page_code("TEST", 1, 1, page, pages))
    with PdfPages(out.getvalue()) as pages:
        codes = page_codes_in(pages.picture(0, 150 / POINTS_PER_INCH))
    found.code = [(code.store_tag, code.page, code.pages) for code in codes] == [("TEST", 1, found.pages)]
    if not found.code:
        raise UserError("印在页面上的页码标识没有读出来。")


_TRIALS: dict[str, Callable[[SelfTest], None]] = {
    "运行库": _libraries,
    "窗口": _window,
    "数据文件夹": _data_folder,
    "字体": _fonts,
    "数据库": _store,
    "文书": _document,
}
