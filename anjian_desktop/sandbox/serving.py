"""The child's side: limits itself, then answers one request after another until its input ends."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import IO, Any

from anjian_desktop.errors import UserError
from anjian_desktop.sandbox import frames
from anjian_desktop.sandbox.limits import limit_myself

Answer = Callable[[Any, bytes, IO[bytes]], None]
"""Answers one request (its values, the file's bytes) by frames on a stream; what it raises but UserError ends the child."""


def serve(memory: int, load: Callable[[], Answer]) -> None:
    """Answer requests on standard input until it ends; `memory` is the most this process may use, in bytes.

    `load` imports what answers, once the limits hold.
    """
    given, out = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a library that prints must not garble the frames
    limit_myself(memory)
    answer = load()
    while (request := frames.receive(given)) is not None:
        content = frames.receive(given)
        if content is None:
            return
        frames.send(out, frames.TAKEN)
        try:
            answer(frames.unpacked(request[1]), content[1], out)
        except UserError as error:
            frames.send(out, frames.REFUSED, frames.packed_refusal(error))
        else:
            frames.send(out, frames.DONE)
        del content
