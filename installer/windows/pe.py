"""Reads which libraries a Windows program file asks for and which names it offers (Microsoft PE format, sections 3-6)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class PeFile:
    """`imports` are library names in lower case, late ones included; `exports` are the names offered."""

    imports: frozenset[str]
    exports: tuple[str, ...]
    subsystem: int


def read_pe(file: Path) -> PeFile:
    """Read a 64-bit PE file. Raises ValueError for anything else."""
    data = file.read_bytes()
    if data[:2] != b"MZ":
        raise ValueError(f"{file.name} is no Windows program file")
    (start,) = struct.unpack_from("<I", data, 60)
    sections, size = struct.unpack_from("<H", data, start + 6)[0], struct.unpack_from("<H", data, start + 20)[0]
    optional = start + 24
    if data[start : start + 4] != b"PE\0\0" or struct.unpack_from("<H", data, optional)[0] != 0x20B:
        raise ValueError(f"{file.name} is no 64-bit Windows program file")
    reader = _Reader(data, optional + size, sections)
    directory = optional + 112
    exports = reader.exports(struct.unpack_from("<I", data, directory)[0])
    imports = reader.libraries(struct.unpack_from("<I", data, directory + 8)[0], step=20, name_at=12)
    late = reader.libraries(struct.unpack_from("<I", data, directory + 13 * 8)[0], step=32, name_at=4)
    (subsystem,) = struct.unpack_from("<H", data, optional + 68)
    return PeFile(frozenset(imports | late), tuple(exports), subsystem)


class _Reader:
    def __init__(self, data: bytes, table: int, count: int) -> None:
        self._data = data
        self._sections = [struct.unpack_from("<IIII", data, table + 40 * n + 8) for n in range(count)]

    def _offset(self, address: int) -> int:
        for virtual_size, virtual, raw_size, raw in self._sections:
            if virtual <= address < virtual + max(virtual_size, raw_size):
                return int(raw + address - virtual)
        raise ValueError("address outside every section")

    def _text(self, address: int) -> str:
        start = self._offset(address)
        return self._data[start : self._data.index(b"\0", start)].decode("latin-1")

    def libraries(self, address: int, *, step: int, name_at: int) -> set[str]:
        found: set[str] = set()
        if address:
            place = self._offset(address)
            while name := struct.unpack_from("<I", self._data, place + name_at)[0]:
                found.add(self._text(name).lower())
                place += step
        return found

    def exports(self, address: int) -> list[str]:
        if not address:
            return []
        count, _, names = struct.unpack_from("<III", self._data, self._offset(address) + 24)
        place = self._offset(names) if count else 0
        return [self._text(name) for name in struct.unpack_from(f"<{count}I", self._data, place)]
