"""Say in the clerk's words what the database engine refused: full, faulty, held, read-only, damaged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from anjian_desktop.errors import StoreError

_BUSY, _LOCKED, _NOMEM, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 7, 8, 10, 11, 13, 14, 26
"""Primary result codes of SQLite (the low byte of an extended code)."""

_UNSAVED = "本次没有保存，已有数据没有变化。"

_WORDS = {
    _BUSY: ("held", f"数据正被另一个程序占用。{_UNSAVED}", "请稍候再试；若一直如此，请关闭其他正在使用数据的窗口。"),
    _LOCKED: ("held", f"数据正被另一个程序占用。{_UNSAVED}", "请稍候再试；若一直如此，请关闭其他正在使用数据的窗口。"),
    _NOMEM: ("memory", f"内存不足。{_UNSAVED}", "请关闭其他程序后再试。"),
    _READONLY: ("readonly", f"数据文件夹不能写入，当前只能查看。{_UNSAVED}", "请检查文件夹的权限，或U盘的写保护开关。"),
    _IOERR: ("io", f"磁盘写入出错。{_UNSAVED}", "请再试一次；若反复出现，硬盘可能有故障，请立即把数据备份到U盘。"),
    _CORRUPT: ("damaged", "数据文件已损坏，原文件保持原样，没有改动。", "请从最近的备份恢复。"),
    _FULL: ("full", f"磁盘空间不足。{_UNSAVED}", "请清理磁盘后再保存一次。"),
    _CANTOPEN: ("io", f"数据文件打不开。{_UNSAVED}", "请检查数据所在的磁盘是否还在、文件夹能否写入。"),
    _NOTADB: ("foreign", "这个文件不是本程序的数据文件，没有改动它。", "请检查数据文件夹是否选对，或从备份恢复。"),
}  # fmt: skip


def result_code(error: BaseException) -> int | None:
    """SQLite's primary result code behind an error, None when the engine did not say one."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    if _is_torn_text(origin):
        return _CORRUPT
    code = getattr(origin, "sqlite_errorcode", None)
    return int(code) & 0xFF if code is not None else None


def _is_torn_text(error: BaseException | None) -> bool:
    """Whether a text in the store, or a name in the engine's own message, is no longer UTF-8.

    A UnicodeDecodeError counts only from where the engine was asked: a transaction may also be reading someone's file.
    """
    if isinstance(error, dbapi2.OperationalError):
        return str(error).startswith("Could not decode")
    trace = error.__traceback__ if isinstance(error, UnicodeDecodeError) else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and str(trace.tb_frame.f_globals.get("__name__")).startswith(
        ("sqlalchemy.", "anjian_desktop.storage.")
    )


def in_words(error: BaseException) -> StoreError | None:
    """The refusal to show for an engine's error; None when it is not the disk's or another program's doing."""
    words = _WORDS.get(result_code(error) or 0)
    if words is None:
        return None
    code, message, next_step = words
    return StoreError(message, next_step=next_step, code=code)


@contextmanager
def engine_errors_in_words() -> Iterator[None]:
    """Turn the engine's refusals into StoreError; a mistake in a statement stays what it is, a bug."""
    try:
        yield
    except Exception as error:
        if isinstance(error, StoreError) or (refusal := in_words(error)) is None:
            raise
        raise refusal from error
