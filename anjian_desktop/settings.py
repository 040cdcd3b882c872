"""This machine's choices (window, printer, folders); what belongs to the office is a row of the store instead."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any


@dataclass
class Settings:
    """Every choice once, with its default; `tables` and `window` hold what a window wants to find again."""

    printer: str = ""
    duplex: bool = True
    output_folder: str = ""
    font_size: float = 0.0
    """In points; 0 means the platform's own."""
    window: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, Any] = field(default_factory=dict)


def load_settings(file: Path) -> Settings:
    """What `file` holds; missing or wrongly typed choices get their default, an unreadable file is set aside as .broken."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except OSError:
        return Settings()
    except ValueError:
        found = None
    if not isinstance(found, dict):
        file.replace(file.with_name(file.name + ".broken"))
        return Settings()
    default = Settings()
    kept: dict[str, Any] = {}
    for choice in fields(Settings):
        value = found.get(choice.name)
        wanted = type(getattr(default, choice.name))
        if wanted is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if type(value) is wanted:
            kept[choice.name] = value
    return Settings(**kept)


def save_settings(settings: Settings, file: Path) -> None:
    """Written beside and renamed, so that a power cut leaves the old choices or the new ones."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(file.name + ".part")
    with part.open("w", encoding="utf-8") as out:
        json.dump(asdict(settings), out, ensure_ascii=False, indent=1, sort_keys=True)
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)
