"""What every way of sending a PDF to paper has in common: the printer, the choices, the interface."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from anjian_desktop.services.progress import Step, no_step


@dataclass(frozen=True)
class Tray:
    """A paper tray: `code` is what the printer wants to hear, `label` what the clerk reads."""

    code: str
    label: str


@dataclass(frozen=True)
class Printer:
    """A printer of this computer, as far as it could be asked."""

    name: str
    is_default: bool = False
    duplex: bool = True
    """Prints on both sides by itself; True where the printer did not say."""
    trays: tuple[Tray, ...] = ()


@dataclass(frozen=True)
class PrintChoices:
    """How to print: `copies` of the whole file, both sides bound at the long edge, a tray's code or the printer's own.

    `offset`: how far everything is moved right and down, in tenths of a millimetre; the sending does it.
    """

    copies: int = 1
    duplex: bool = True
    tray: str = ""
    offset: tuple[int, int] = (0, 0)
    landscape: bool = False
    """The pages lie across; printed on both sides they are bound at their left, the paper's short edge."""


class PrintBackend(Protocol):
    """One way to paper. Both calls may take seconds (a network printer asleep): never on the window's thread."""

    def printers(self) -> list[Printer]:
        """The printers it reaches, the default one first."""

    def print_file(self, file: Path, printer: Printer, choices: PrintChoices, step: Step = no_step) -> None:
        """Hand one PDF over. Raises UserError when the printer does not take it, Cancelled when asked to stop."""


def default_first(printers: list[Printer]) -> list[Printer]:
    """The default printer first, the rest as the system lists them."""
    return sorted(printers, key=lambda printer: not printer.is_default)
