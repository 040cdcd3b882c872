"""What the program and a child say to each other: frames of a letter, a length and that many bytes; JSON where they hold values.

A frame is one letter, the length of what follows (4 bytes, big-endian) and that many bytes. Nothing that could make an
object of a class travels.
"""

from __future__ import annotations

import json
import struct
from typing import IO, Any

from anjian_desktop.errors import UserError

REQUEST, CONTENT = b"Q", b"F"
TAKEN, DONE, REFUSED = b"T", b"D", b"X"
"""A child has the whole file; it is done; it refuses."""
MAX_FRAME = 400_000_000
_HEAD = struct.Struct(">cI")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False).encode


class Garbled(Exception):
    """The other side said something that is no frame of ours."""


def send(stream: IO[bytes], kind: bytes, payload: bytes = b"") -> None:
    """Write one frame and pass it on."""
    stream.write(_HEAD.pack(kind, len(payload)))
    stream.write(payload)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[bytes, bytes] | None:
    """The next frame's letter and content; None at the end. Raises Garbled."""
    head = stream.read(_HEAD.size)
    if not head:
        return None
    if len(head) < _HEAD.size:
        raise Garbled
    kind, length = _HEAD.unpack(head)
    if length > MAX_FRAME:
        raise Garbled
    payload = stream.read(length)
    if len(payload) < length:
        raise Garbled
    return kind, payload


def packed(value: object, *, errors: str = "replace") -> bytes:
    """A value of JSON; `errors`: what becomes of half a character, as `str.encode` names it."""
    return _encode(value).encode("utf-8", errors)


def unpacked(payload: bytes) -> Any:
    """The value of a frame. Raises Garbled."""
    try:
        return json.loads(payload, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Garbled from None


def packed_refusal(error: UserError) -> bytes:
    """A refusal for a frame."""
    return packed([error.message, error.next_step, error.code])


def unpacked_refusal(payload: bytes) -> UserError:
    """The refusal of a frame. Raises Garbled."""
    match unpacked(payload):
        case [str(message), str(next_step), str(code)]:
            return UserError(message, next_step=next_step, code=code)
    raise Garbled


def _refuse_constant(name: str) -> object:
    raise ValueError(name)
