"""Children that behave as a test tells them, once they were asked for a file."""

from __future__ import annotations

import sys
from collections.abc import Callable

_PRELUDE = """
import sys, time, struct
given, out = sys.stdin.buffer, sys.stdout.buffer
def frame(kind, data=b""):
    out.write(struct.pack(">cI", kind, len(data)) + data); out.flush()
def asked():
    for _ in range(2):
        given.read(struct.unpack(">cI", given.read(5))[1])
asked()
"""


def behaving(behaviour: str, *, first: str = "") -> Callable[[int], list[str]]:
    """How to start a child that runs `first`, takes a file and then does this; `frame(letter, bytes)` answers."""
    return lambda memory: [sys.executable, "-c", first + _PRELUDE + behaviour]
