"""Sending a finished print run's files to a printer, one after the other, and saying which got through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from anjian_desktop.errors import Cancelled, UserError
from anjian_desktop.services.progress import Step, no_step
from ui.printing.backend import PrintBackend, PrintChoices, Printer


@dataclass
class SpoolOutcome:
    """What became of the files: handed over, or not with the reason; `stopped` when the clerk asked to stop."""

    sent: list[Path] = field(default_factory=list)
    failed: list[tuple[Path, str]] = field(default_factory=list)
    stopped: bool = False


def send(
    backend: PrintBackend, files: Sequence[Path], printer: Printer, choices: PrintChoices, *, step: Step = no_step
) -> SpoolOutcome:
    """Print the PDF files in their order; one that the printer refuses does not stop the pile."""
    outcome = SpoolOutcome()
    printable = [file for file in files if file.suffix.lower() == ".pdf"]
    for number, file in enumerate(printable):
        try:
            step(number, len(printable), file.stem)
            _print_one(backend, file, printer, choices, _within(step, number, len(printable)))
        except Cancelled:
            outcome.stopped = True
            return outcome
        except UserError as problem:
            outcome.failed.append((file, str(problem)))
        else:
            outcome.sent.append(file)
    return outcome


def _print_one(backend: PrintBackend, file: Path, printer: Printer, choices: PrintChoices, step: Step) -> None:
    if choices.offset == (0, 0):
        backend.print_file(file, printer, choices, step)
        return
    from anjian_desktop.documents.print_sheet import shift_pages  # only where a printer was calibrated

    with TemporaryDirectory() as folder:
        # The same name: it is what the printer's queue shows.
        moved = Path(folder) / file.name
        shift_pages(file, moved, *choices.offset)
        backend.print_file(moved, printer, choices, step)


def _within(step: Step, number: int, files: int) -> Step:
    """Progress of one file: its own pages when there is only one file, else just a chance to stop."""

    def tell(done: int, total: int, name: str) -> None:
        if files == 1:
            step(done, total, name)
        else:
            step(number, files, name)

    return tell
