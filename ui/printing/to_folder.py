"""Printing into a folder: what would have gone to paper lies there as files; for tests and rehearsals."""

from __future__ import annotations

import shutil
from pathlib import Path

from anjian_desktop.services.progress import Step, no_step
from ui.printing.backend import PrintChoices, Printer


class FileBackend:
    """One printer that is a folder; `printed` keeps what came, with its choices."""

    def __init__(self, folder: Path, printers: tuple[Printer, ...] = (Printer("文件夹", is_default=True),)) -> None:
        self._folder = folder
        self._printers = printers
        self.printed: list[tuple[Path, Printer, PrintChoices]] = []

    def printers(self) -> list[Printer]:
        """The printers it was given."""
        return list(self._printers)

    def print_file(self, file: Path, printer: Printer, choices: PrintChoices, step: Step = no_step) -> None:
        """Copy the file into the folder under its own name, numbered when it came before."""
        step(0, 1, file.stem)
        self._folder.mkdir(parents=True, exist_ok=True)
        target = self._folder / file.name
        if target.exists():
            target = self._folder / f"{file.stem} ({len(self.printed) + 1}){file.suffix}"
        shutil.copyfile(file, target)
        self.printed.append((target, printer, choices))
        step(1, 1, file.stem)
