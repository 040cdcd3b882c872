"""The store's secret: 32 random bytes beside the database that the audit chain and the row seals are keyed with."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from anjian_desktop.errors import StoreError
from anjian_desktop.storage.files import fsync_folder

KEY_FILE = "anjian.key"
_LENGTH = 32


def make_key(folder: Path) -> bytes:
    """The folder's key; made now, readable by its owner only, when there is none."""
    path = folder / KEY_FILE
    if path.exists():
        return read_key(folder)
    key = secrets.token_bytes(_LENGTH)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        os.write(handle, key)
        os.fsync(handle)
    finally:
        os.close(handle)
    fsync_folder(folder)
    return key


def read_key(folder: Path) -> bytes:
    """The key of an existing store. Raises StoreError (code `key`) when it is missing or not a key."""
    try:
        key = (folder / KEY_FILE).read_bytes()
    except OSError:
        key = b""
    if len(key) != _LENGTH:
        raise StoreError(
            f"数据文件夹里的 {KEY_FILE} 不见了或已损坏，没有它就无法核对操作记录。数据文件还在，没有改动。",
            next_step=f"请把原来的 {KEY_FILE} 拷回数据文件夹；找不到时请从备份恢复。",
            code="key",
        )
    return key


def fingerprint(key: bytes) -> str:
    """What a store keeps to tell whether the key beside it is its own; says nothing about the key."""
    return hmac.digest(key, b"anjian key", "sha256").hex()


def refuse_another_key(key: bytes, kept: str) -> None:
    """Raise StoreError (code `key`) when `kept`, the fingerprint in the store, is another key's."""
    if fingerprint(key) != kept:
        raise StoreError(
            f"数据文件夹里的 {KEY_FILE} 不是这份数据的，无法核对操作记录。数据文件没有改动。",
            next_step=f"请把原来的 {KEY_FILE} 拷回数据文件夹；找不到时请从备份恢复。",
            code="key",
        )


def seal_key(key: bytes) -> bytes:
    """A key of its own for the row seals, so that no seal can pass for an audit digest."""
    return hashlib.blake2b(b"row seals", key=key, digest_size=32).digest()
