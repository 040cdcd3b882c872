"""The child process that opens Word files from outside: it is handed bytes, tells findings and pages, and knows no store."""

from __future__ import annotations

from anjian_desktop.documents import matched_fonts
from anjian_desktop.sandbox.serving import Answer, serve


def main(memory: int) -> None:
    """Answer requests on standard input until it ends; `memory` is the most this process may use, in bytes."""
    matched_fonts.settle()
    serve(memory, _opening)


def _opening() -> Answer:
    from anjian_desktop.documents.foreign import answer

    return answer
