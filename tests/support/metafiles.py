"""Metafiles built record by record, as Windows programs write them, and Word files that hold one."""

from __future__ import annotations

import io
import struct
import zipfile

MM = 72 / 25.4
_TEXT_HEAD = 76


def emf_record(kind: int, body: bytes = b"") -> bytes:
    """A record of an enhanced metafile."""
    body += bytes(-len(body) % 4)
    return struct.pack("<II", kind, 8 + len(body)) + body


def emf(*records: bytes, width: int = 1000, height: int = 500, frame: tuple[int, int, int, int] | None = None) -> bytes:
    """An enhanced metafile of a device with 10 pixels a millimetre; its frame (0.01 mm) begins at the device's corner."""
    box = frame or (0, 0, width * 10, height * 10)
    body = b"".join(records) + emf_record(14, struct.pack("<III", 0, 16, 20))
    head = struct.pack("<4i4i", 0, 0, width, height, *box) + b" EMF" + struct.pack("<I", 0x10000)
    head += struct.pack("<IIHHIII", 88 + len(body), len(records) + 2, 4, 0, 0, 0, 0)
    return emf_record(1, head + struct.pack("<4i", 2000, 3000, 200, 300)) + body


def numbers(kind: int, *values: int) -> bytes:
    """A record of whole numbers of 32 bits."""
    return emf_record(kind, struct.pack(f"<{len(values)}i", *values))


def points(kind: int, *places: tuple[int, int]) -> bytes:
    """A record of points, in 16 bits a number for the kinds that say so."""
    form = "h" if kind >= 85 else "i"
    flat = [part for place in places for part in place]
    return emf_record(kind, struct.pack("<4iI", 0, 0, 0, 0, len(places)) + struct.pack(f"<{len(flat)}{form}", *flat))


def pen(number: int, width: int, colour: int, style: int = 0) -> bytes:
    """A pen; `colour`: 0xBBGGRR."""
    return emf_record(38, struct.pack("<IIiiI", number, style, width, 0, colour))


def brush(number: int, colour: int, style: int = 0) -> bytes:
    """A brush."""
    return emf_record(39, struct.pack("<IIII", number, style, colour, 0))


def font(number: int, height: int, name: str, *, slope: int = 0, weight: int = 400, charset: int = 134) -> bytes:
    """A font; its slope in tenths of a degree."""
    face = name.encode("utf-16-le").ljust(64, b"\0")
    return emf_record(
        82, struct.pack("<I5i8B", number, height, 0, slope, slope, weight, 0, 0, 0, charset, 0, 0, 0, 0) + face
    )


def select(number: int) -> bytes:
    """Draws with an object from now on."""
    return emf_record(37, struct.pack("<I", number & 0xFFFFFFFF))


def text(x: int, y: int, shown: str, steps: list[int] | None = None, *, options: int = 0) -> bytes:
    """A line of text, with the width of each character or without."""
    raw = shown.encode("utf-16-le")
    count = len(raw) // 2
    raw += bytes(-len(raw) % 4)
    head = struct.pack("<4iIff", 0, 0, 0, 0, 2, 1.0, 1.0)
    places = (_TEXT_HEAD, options, 0, 0, 0, 0, _TEXT_HEAD + len(raw) if steps else 0)
    head += struct.pack("<iiIII4iI", x, y, count, *places)
    return emf_record(84, head + raw + struct.pack(f"<{len(steps or [])}i", *(steps or [])))


def dib(width: int, height: int, depth: int, rows: bytes, colours: bytes = b"") -> tuple[bytes, bytes]:
    """The header with its colours, and the bits, of a bitmap whose lowest row comes first."""
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, depth, 0, len(rows), 0, 0, len(colours) // 4, 0)
    return head + colours, rows


def stretched(box: tuple[int, int, int, int], header: bytes, bits: bytes, size: tuple[int, int]) -> bytes:
    """A bitmap drawn into a rectangle (left, top, width, height)."""
    left, top, wide, tall = box
    start = 80
    body = struct.pack("<4i6i", 0, 0, 0, 0, left, top, 0, 0, *size)
    body += struct.pack("<6I2i", start, len(header), start + len(header), len(bits), 0, 0xCC0020, wide, tall)
    return emf_record(81, body + header + bits)


def holding(document: bytes, picture: bytes) -> bytes:
    """A Word file of the measured corpus with these bytes for its picture."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), picture if name.endswith("picture.png") else old.read(name))
    return out.getvalue()


def wmf_record(kind: int, body: bytes = b"") -> bytes:
    """A record of a metafile of 16 bits."""
    body += bytes(len(body) % 2)
    return struct.pack("<IH", 3 + len(body) // 2, kind) + body


def wmf(*records: bytes, bounds: tuple[int, int, int, int] | None = (0, 0, 1000, 500), inch: int = 254) -> bytes:
    """A metafile of 16 bits; `bounds`: the frame its placeable header tells, None for a metafile without one."""
    body = b"".join(records) + wmf_record(0)
    head = struct.pack("<HHHIHIH", 1, 9, 0x300, 9 + len(body) // 2, 8, 100, 0)
    if bounds is None:
        return head + body
    place = struct.pack("<IH4hHI", 0x9AC6CDD7, 0, *bounds, inch, 0)
    check = 0
    for (word,) in struct.iter_unpack("<H", place):
        check ^= word
    return place + struct.pack("<H", check) + head + body


def words(kind: int, *values: int) -> bytes:
    """A record of whole numbers of 16 bits."""
    return wmf_record(kind, struct.pack(f"<{len(values)}h", *values))


def wmf_font(height: int, name: bytes, *, charset: int = 134, slope: int = 0) -> bytes:
    """A font of a metafile of 16 bits."""
    head = struct.pack("<5h8B", height, 0, slope, slope, 400, 0, 0, 0, charset, 0, 0, 0, 0)
    return wmf_record(0x02FB, head + name.ljust(32, b"\0"))


def wmf_text(x: int, y: int, raw: bytes, steps: tuple[int, ...] = ()) -> bytes:
    """A line of text of a metafile of 16 bits, with the width of each byte or without."""
    padded = raw + bytes(len(raw) % 2)
    return wmf_record(0x0A32, struct.pack("<hhHH", y, x, len(raw), 0) + padded + struct.pack(f"<{len(steps)}h", *steps))
