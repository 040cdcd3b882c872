"""The zip around a Word file: opened with limits, members kept compressed as they came, written again byte for byte."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from anjian_desktop.errors import UserError

MAX_FILE = 50_000_000
MAX_UNPACKED = 200_000_000
MAX_RATIO = 100
RATIO_FREE = 10_000_000
"""Below this unpacked size the ratio is not looked at: an almost empty document packs well by nature."""
MAX_MEMBERS = 2_000
MAX_XML = 24_000_000
MAX_TAGS = 800_000
"""Bytes and tags of all XML parts: some thousand pages of plain text, some hundred of dense tables.

A file of a few kilobytes can unpack to more than memory holds.
"""

_STORED, _DEFLATED = 0, 8
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_UNSAFE_NAME = re.compile(r"^[/\\]|\\|:|(?:^|/)\.\.(?:/|$)|[\x00-\x1f]")
_LOOKED_AT = 4096
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
_DOS_DATE = (1 << 5) | 1
"""1 January 1980, the first date a zip can say: the same input gives the same bytes."""


class UnusableDocument(UserError):
    """The file is no Word document this program can work with; the message says why and what to do."""

    code = "unusable_document"


def _damaged() -> UnusableDocument:
    return UnusableDocument(
        "这个 Word 文件已损坏，没有改动任何数据。", next_step="请在 Word 或 WPS 里打开它，另存为 .docx 后再试。"
    )


def _suspicious() -> UnusableDocument:
    return UnusableDocument(
        "这个文件的内部结构异常（过大或被做过手脚），已拒绝打开。", next_step="请换用原来的 Word 文件。"
    )


def _too_large(size: int) -> UnusableDocument:
    return UnusableDocument(
        f"这个文件有 {size // 1_000_000} MB，超过 {MAX_FILE // 1_000_000} MB。", next_step="请缩小其中的图片。"
    )


@dataclass(frozen=True)
class Member:
    """One file in the zip: `raw` is its content as stored there (method 0 plain, 8 deflated)."""

    name: str
    method: int
    crc: int
    size: int
    raw: bytes

    @classmethod
    def plain(cls, name: str, content: bytes) -> Member:
        """A member of this content, packed anew."""
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        return cls(name, _DEFLATED, zlib.crc32(content), len(content), packer.compress(content) + packer.flush())

    def content(self) -> bytes:
        """The unpacked bytes. Raises UnusableDocument when they are not what the directory promised."""
        if self.method == _STORED:
            data = self.raw
        else:
            unpacker = zlib.decompressobj(-15)
            try:
                data = unpacker.decompress(self.raw, self.size + 1)
            except zlib.error:
                raise _damaged() from None
        if len(data) != self.size or zlib.crc32(data) != self.crc:
            raise _damaged()
        return data


def open_package(data: bytes) -> list[Member]:
    """The members of a .docx in their order, each unpacked once to see that it is whole.

    Raises UnusableDocument, in words, for anything else.
    """
    _refuse_other_kinds(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, EOFError):
        raise _damaged() from None
    _refuse_hostile(infos, len(data))
    members = [_member(data, info) for info in infos]
    size = tags = 0
    for member in members:
        content = member.content()
        if content[:_LOOKED_AT].lstrip(_BEFORE_XML)[:1] in (b"<", b""):
            size, tags = size + len(content), tags + content.count(b"<")
            if size > MAX_XML or tags > MAX_TAGS:
                raise UnusableDocument(
                    "这个 Word 文件内容太多（约合上千页），没有打开。",
                    next_step="请在 Word 或 WPS 里分成几个文件再试。",
                )
    return members


def read_document_file(path: Path) -> bytes:
    """The bytes of a Word file. Raises UserError, in words, when it cannot be read or is larger than any is."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise _too_large(path.stat().st_size)
        return path.read_bytes()
    except OSError:
        raise UserError(f"读不了文件“{path.name}”。", next_step="请核对路径，或先关闭正在打开它的程序。") from None


def _refuse_other_kinds(data: bytes) -> None:
    save_as = "请在 Word 或 WPS 里打开它，另存为 .docx 后再试。"
    if len(data) > MAX_FILE:
        raise _too_large(len(data))
    if data.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            raise UnusableDocument(
                "这个 Word 文件设了打开密码，程序读不了。", next_step="请在 Word 里去掉密码，另存后再试。"
            )
        raise UnusableDocument("这是旧格式的文件（.doc 或 .wps），不是 .docx。", next_step=save_as)
    if data.lstrip()[:5] == b"{\\rtf":
        raise UnusableDocument("这是 RTF 格式的文件（扩展名可能写成了 .doc），不是 .docx。", next_step=save_as)
    if not data.startswith(b"PK\x03\x04"):
        raise UnusableDocument("这不是 Word 文件（.docx）。", next_step=save_as)


def _refuse_hostile(infos: Sequence[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(info.file_size for info in infos)
    if any(info.flag_bits & 0x1 for info in infos):
        raise UnusableDocument("这个文件是加密的压缩包，程序读不了。", next_step="请换用没有密码的 .docx。")
    if (
        len(infos) > MAX_MEMBERS
        or unpacked > MAX_UNPACKED
        or (unpacked > RATIO_FREE and unpacked > MAX_RATIO * packed)
        or len({info.filename.lower() for info in infos}) != len(infos)
        or any(_UNSAFE_NAME.search(info.orig_filename) for info in infos)
    ):
        raise _suspicious()
    if any(info.compress_type not in (_STORED, _DEFLATED) for info in infos):
        raise _damaged()


def _member(data: bytes, info: zipfile.ZipInfo) -> Member:
    header = data[info.header_offset : info.header_offset + 30]
    if len(header) != 30 or not header.startswith(b"PK\x03\x04"):
        raise _damaged()
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    start = info.header_offset + 30 + name_length + extra_length
    raw = data[start : start + info.compress_size]
    if len(raw) != info.compress_size:
        raise _damaged()
    return Member(info.filename, info.compress_type, info.CRC, info.file_size, raw)


def write_package(members: Iterable[Member]) -> bytes:
    """The zip of these members, in their order, with fixed dates and no extra fields."""
    out: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for member in members:
        name = member.name.encode("utf-8")
        flags = 0 if member.name.isascii() else 0x800
        facts = struct.pack(
            "<HHHHHIIIHH",
            20,
            flags,
            member.method,
            0,
            _DOS_DATE,
            member.crc,
            len(member.raw),
            member.size,
            len(name),
            0,
        )
        out += (b"PK\x03\x04", facts, name, member.raw)
        directory += (b"PK\x01\x02\x14\x00", facts, struct.pack("<HHHII", 0, 0, 0, 0, offset), name)
        offset += 30 + len(name) + len(member.raw)
    table = b"".join(directory)
    count = len(directory) // 4
    out += (table, struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(table), offset, 0))
    return b"".join(out)


def deflate_piece(data: bytes) -> bytes:
    """A byte-aligned run of deflate blocks that stands by itself: pieces may be joined in any order."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)


def stored_piece(data: bytes) -> bytes:
    """The same for bytes not worth packing: stored blocks of at most 65,535 bytes."""
    return b"".join(
        struct.pack("<BHH", 0, len(chunk), len(chunk) ^ 0xFFFF) + chunk
        for chunk in (data[n : n + 0xFFFF] for n in range(0, len(data), 0xFFFF))
    )


LAST_PIECE = b"\x03\x00"
"""An empty final block: ends a stream joined from pieces."""
