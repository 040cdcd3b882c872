"""The scenes of keeping data safe: recovery pages, a look before restoring, the list of backups, the data menu."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter, QPixmap

from anjian_desktop.errors import StoreError
from anjian_desktop.services import maintenance, records, recovery
from anjian_desktop.services.office import open_office
from ui.recovery_page import TroublePage

if TYPE_CHECKING:
    from ui.screenshot_scenes import Studio


def recovering(studio: Studio) -> Iterator[tuple[str, QPixmap]]:
    """数据没有打开 in its kinds; the preview before a restore; 只读查看."""
    folder = _backed_up(studio)
    (folder / "anjian.db").write_bytes((folder / "anjian.db").read_bytes()[:9000])
    window = studio.window(folder)
    yield "recovery-damaged", studio.shot(window)
    page = window.pages.currentWidget()
    assert isinstance(page, TroublePage)
    page.restore_asked.emit(page.copies.chosen())
    studio.settle()
    yield "recovery-preview-damaged", studio.shot(window)
    studio.close_dialogs(window)
    for error in (
        StoreError("数据文件夹不能写入，没有打开，数据没有变化。", next_step="请检查文件夹的权限，或U盘的写保护开关。", code="readonly"),
        StoreError("这份数据由更新的版本写成，本程序不能打开它，没有作任何改动。", next_step="请先升级程序。", code="newer"),
        StoreError("发现缺少最近 3 次操作：数据文件可能被换成了旧的，或旁边的文件被删除过。现有内容都能用。",
                   next_step="可以从备份恢复；确认现在的内容没有问题，也可以继续使用。", code="lost_tail"),
    ):  # fmt: skip
        window.opening.show_trouble(error)
        yield f"recovery-{error.code}", studio.shot(window)
    lost = studio.scratch / "空备份"
    (lost / "backups").mkdir(parents=True)
    yield "recovery-nothing-left", studio.shot(studio.window(lost))


def keeping(studio: Studio) -> Iterator[tuple[str, QPixmap]]:
    """备份与恢复: the list, the preview with fewer rows and another office, the data menu."""
    folder = _backed_up(studio, name="备份的镇")
    window = studio.window(folder)
    window.safekeeping.show_backups()
    studio.settle(8)
    yield "backups-dialog", studio.shot(window)
    studio.close_dialogs(window)
    window.opening.look_into(recovery.kept_copies(folder)[-1].file)
    studio.settle()
    yield "restore-preview", studio.shot(window)
    studio.close_dialogs(window)
    window.opening.look_into(_other_office(studio))
    studio.settle()
    yield "restore-preview-other", studio.shot(window)
    studio.close_dialogs(window)
    menu = window.top_bar.data.menu()
    assert menu is not None
    picture = window.grab()
    painter = QPainter(picture)
    menu.ensurePolished()
    menu.adjustSize()
    painter.drawPixmap(window.top_bar.data.mapTo(window, QPoint(0, window.top_bar.data.height())), menu.grab())
    painter.end()
    yield "data-menu", picture


def _backed_up(studio: Studio, *, name: str = "坏的数据") -> Path:
    """The sample town with several backups, one of them damaged, and a store that a restore replaced."""
    folder = studio.scratch / name
    shutil.copytree(studio.data, folder)
    for extra in folder.glob("anjian.db-*"):
        extra.unlink()
    for n in range(2):
        with open_office(folder, today=studio.today) as office:
            records.add(office, "village", {"name": f"新{n}村"})
            made = maintenance.backup(office)
    content = bytearray(made.file.read_bytes())
    content[5000] ^= 1
    made.file.write_bytes(bytes(content))
    # The oldest that is still there: making backups thins them out.
    recovery.restore(folder, recovery.kept_copies(folder)[-1].file)
    with open_office(folder, today=studio.today) as office:
        records.add(office, "village", {"name": "又一村"})
        maintenance.backup(office)
        records.add(office, "village", {"name": "再一村"})
    return folder


def _other_office(studio: Studio) -> Path:
    window = studio.empty_office()
    return maintenance.backup(window.office, studio.scratch / "别的办公室.db").file
