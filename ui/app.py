"""Starts the window: style, Chinese, one instance, what happens with unforeseen errors."""

from __future__ import annotations

import argparse
import getpass
import logging
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import (
    QCryptographicHash,
    QLibraryInfo,
    QLocale,
    QMessageLogContext,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

from anjian_desktop import __version__, paths
from anjian_desktop.errors import UserError
from anjian_desktop.log import logging_to
from ui import crash, theme
from ui.collecting import collect_on_this_thread
from ui.main_window import MainWindow
from ui.memory import WindowMemory

log = logging.getLogger("anjian_desktop.window")

_REACH_MS = 500


def run(argv: Sequence[str] | None = None) -> int:
    """Open the window and stay until it is closed; the exit code."""
    try:
        given = _parser().parse_args(argv)
        folder = paths.data_folder(given.data)
    except UserError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    app = make_application()
    if given.selftest:
        from ui.selftest import report  # QtPrintSupport and the printers: never at an ordinary start

        return report(app, given.selftest)
    name = instance_name(folder)
    if reach_first(name):
        return 0
    with logging_to(paths.log_folder(folder), "window"):
        crash.watch(paths.log_folder(folder))
        sys.excepthook = crash.on_uncaught
        qInstallMessageHandler(_log_qt)
        memory = WindowMemory(paths.settings_file())
        theme.apply_theme(app, size=size_name(memory.settings.font_size))
        window = MainWindow(folder, memory, today=given.today)
        server = answer_later_starts(name, window.come_forward)
        window.show()
        code = app.exec()
        server.close()
        return code


def make_application() -> QApplication:
    """The application with Qt's own texts in Chinese."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else _new_application()
    app.setApplicationName("安监桌面")
    app.setApplicationVersion(__version__)
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    collect_on_this_thread(app)
    return app


def _new_application() -> QApplication:
    if sys.platform == "win32":
        return QApplication(sys.argv[:1])
    # Named here the style is made inside Qt; setStyle would hand its class to Python before the first paint.
    app = QApplication([*(sys.argv[:1] or ["anjian-desktop"]), "-style", theme.STYLE])
    app.setProperty(theme.STYLE_PROPERTY, theme.STYLE)
    return app


def size_name(points: float) -> str:
    """The name of the letters' size nearest to that many points; 0 is the standard."""
    if not points:
        return "standard"
    return min(theme.FONT_SIZES, key=lambda name: abs(theme.FONT_SIZES[name] - points))


def instance_name(folder: Path) -> str:
    """One name per data folder and user of the machine."""
    # Qt's, for OpenSSL behind hashlib would be loaded before the first paint for this alone.
    digest = QCryptographicHash.hash(
        f"{getpass.getuser()}\n{folder.resolve()}".encode(), QCryptographicHash.Algorithm.Sha256
    )
    return f"anjian-desktop-{bytes(digest.data()).hex()[:16]}"


def reach_first(name: str) -> bool:
    """Whether another window has this folder open; it comes forward then."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_REACH_MS):
        return False
    socket.write(b"raise")
    socket.waitForBytesWritten(_REACH_MS)
    socket.disconnectFromServer()
    return True


def answer_later_starts(name: str, come_forward: Callable[[], None]) -> QLocalServer:
    """Let a second start raise this window instead of opening another."""
    server = QLocalServer()
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    if not server.listen(name):
        # A killed program leaves its socket behind; the store's own lock still keeps two windows apart.
        QLocalServer.removeServer(name)
        server.listen(name)

    def on_connection() -> None:
        connection = server.nextPendingConnection()
        if connection is not None:
            connection.disconnected.connect(connection.deleteLater)
        come_forward()

    server.newConnection.connect(on_connection)
    return server


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UserError("启动选项不对。", next_step="可用：--data 文件夹，--today 2026-03-05。")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="anjian-desktop", add_help=False, allow_abbrev=False)
    parser.add_argument("--data", default=None)
    parser.add_argument("--today", type=date.fromisoformat, default=None)
    parser.add_argument("--selftest", type=Path, default=None)
    return parser


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    if kind is not QtMsgType.QtDebugMsg:
        log.info("qt: %s", message)


if __name__ == "__main__":
    sys.exit(run())
