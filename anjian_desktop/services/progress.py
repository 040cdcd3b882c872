"""How long work tells where it is; whoever draws the progress decides whether to stop it."""

from __future__ import annotations

from collections.abc import Callable

Step = Callable[[int, int, str], None]
"""done, total, name of the current one; raises Cancelled when the clerk asked to stop."""


def no_step(done: int, total: int, name: str) -> None:
    """Nobody is watching."""
