"""Printing through CUPS: the PDF itself goes to `lp`, so letters stay vectors."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from anjian_desktop.errors import UserError
from anjian_desktop.services.progress import Step, no_step
from ui.printing.backend import PrintChoices, Printer, Tray, default_first

_ASK_SECONDS = 20
_HAND_OVER_SECONDS = 120
_TRAY_WORDS = {
    "auto": "自动选择",
    "manual": "手动进纸",
    "envelope": "信封",
    "cassette": "纸盒",
    "multipurpose": "多用途纸盒",
    "multitray": "多用途纸盒",
    "bypass": "手送纸盒",
}


class CupsBackend:
    """The printers CUPS knows, asked and fed through its own commands."""

    def printers(self) -> list[Printer]:
        """Queues in the order of `lpstat`, the default one first; none where CUPS is not installed or not running."""
        if shutil.which("lpstat") is None or shutil.which("lp") is None:
            return []
        names = [line.strip() for line in _ask("lpstat", "-e").splitlines() if line.strip()]
        default = _ask("lpstat", "-d").rpartition(": ")[2].strip()
        return default_first([_described(name, name == default) for name in names])

    def print_file(self, file: Path, printer: Printer, choices: PrintChoices, step: Step = no_step) -> None:
        """Spool the file. Raises UserError when CUPS refuses it or does not answer."""
        step(0, 1, file.stem)
        command = ["lp", *lp_options(printer, choices), "-t", file.stem, "--", str(file)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=_HAND_OVER_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as problem:
            raise _not_taken(printer, file) from problem
        if done.returncode != 0:
            raise _not_taken(printer, file)
        step(1, 1, file.stem)


def lp_options(printer: Printer, choices: PrintChoices) -> list[str]:
    """The options of `lp` for these choices; a printer that cannot print on both sides is not asked to."""
    both_sides = choices.duplex and printer.duplex
    options = ["-d", printer.name, "-n", str(choices.copies), "-o", "media=A4", "-o", "collate=true"]
    options += ["-o", "print-scaling=none"]  # true size: a ruler laid on the paper must agree
    edge = "short" if choices.landscape else "long"
    options += ["-o", f"sides=two-sided-{edge}-edge" if both_sides else "sides=one-sided"]
    if choices.tray:
        options += ["-o", f"InputSlot={choices.tray}"]
    return options


def described(name: str, is_default: bool, options: str) -> Printer:
    """A printer from what `lpoptions -l` says; lines are `Keyword/Words: choice *default choice`."""
    duplex: bool | None = None
    trays: tuple[Tray, ...] = ()
    for line in options.splitlines():
        heading, found, choices = line.partition(":")
        keyword = heading.partition("/")[0].strip()
        words = [word.lstrip("*") for word in choices.split()]
        if not found:
            continue
        if keyword in ("Duplex", "sides"):
            duplex = any(word not in ("None", "one-sided") for word in words)
        elif keyword == "InputSlot":
            trays = tuple(Tray(word, _tray_label(word)) for word in words)
    return Printer(name, is_default, duplex is not False, trays)


def _tray_label(code: str) -> str:
    if numbered := re.fullmatch(r"(?i)(?:tray|cassette|slot)[-_ ]?(\d+)|(\d+)tray", code):
        return f"纸盒{numbered[1] or numbered[2]}"
    return _TRAY_WORDS.get(code.lower(), code)


def _described(name: str, is_default: bool) -> Printer:
    return described(name, is_default, _ask("lpoptions", "-p", name, "-l"))


def _ask(*command: str) -> str:
    """What a CUPS command says in plain English; empty when it fails, for a printer that cannot be asked still prints."""
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=_ASK_SECONDS, check=False, env={**os.environ, "LC_ALL": "C"}
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def _not_taken(printer: Printer, file: Path) -> UserError:
    return UserError(
        f"打印机“{printer.name}”没有接收这份文件；文件“{file.name}”已经保存好，编号不变。",
        next_step="请检查打印机是否开机、联机、有纸，再点“续打”，或打开文件打印。",
    )
