"""What happens with an error nobody foresaw: a report file to hand over, and words for the clerk, once."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from types import TracebackType
from zlib import crc32

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from anjian_desktop.log import write_crash_report
from ui import messages

log = logging.getLogger("anjian_desktop.window")


class _Bell(QObject):
    """Brings the news from any thread to the window's."""

    rung = Signal(str, str)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.told: set[str] = set()
        self.rung.connect(self.tell, Qt.ConnectionType.QueuedConnection)

    def tell(self, place: str, report: str) -> None:
        hand_over = (
            f"请把这个文件交给维护人员（里面没有姓名、证件号和电话）：{report}"
            if report
            else "请把刚才的操作告诉维护人员。"
        )
        messages.say(
            QApplication.activeWindow(),
            f"程序遇到了没有预料到的问题（编号 {number_of(place)}）。已经保存的数据没有受影响，刚才这一步没有保存。",
            f"可以继续使用。{hand_over}",
            tone="error",
            code=place,
        )


_bell: _Bell | None = None


def watch(folder: Path) -> None:
    """Write reports into `folder` from now on and tell the clerk; call once the application exists."""
    global _bell
    _bell = _Bell(folder)


def on_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """For sys.excepthook and for failed tasks: log it, write the report, tell once per place in the program."""
    if issubclass(kind, KeyboardInterrupt):
        return
    place = _place(trace)
    log.critical("uncaught %s at %s", number_of(place), place, exc_info=(kind, error, trace))
    if _bell is None or place in _bell.told:
        return
    _bell.told.add(place)
    written = write_crash_report(error, _bell.folder)
    _bell.rung.emit(place, str(written) if written else "")


def number_of(place: str) -> int:
    """Four digits that stand for a place in the program; the log has both."""
    return crc32(place.encode("ascii", "replace")) % 9000 + 1000


def _place(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)
    return f"{Path(frames[-1].filename).stem}-{frames[-1].lineno}" if frames else "E-0"
