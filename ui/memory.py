"""What the window finds again on this machine: its place, each page's columns, the letters' size, the last folder."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from anjian_desktop.settings import Settings, load_settings, save_settings

log = logging.getLogger("anjian_desktop.window")


class WindowMemory:
    """The machine's settings and the file they lie in; without a file nothing outlives the window."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self.settings: Settings = load_settings(file) if file is not None else Settings()

    def table(self, page: str) -> dict[str, Any]:
        """Columns, widths, order of a page's table as it was left."""
        found = self.settings.tables.get(page)
        return dict(found) if isinstance(found, dict) else {}

    def keep_table(self, page: str, state: dict[str, Any]) -> None:
        """Remember a table as it is now."""
        if self.settings.tables.get(page) != state:
            self.settings.tables[page] = state
            self.save()

    def get(self, name: str, default: Any) -> Any:
        """A remembered fact about the window; `default` when there is none or it is of another type."""
        value = self.settings.window.get(name, default)
        return value if isinstance(value, type(default)) else default

    def put(self, name: str, value: Any) -> None:
        """Remember a fact about the window (anything JSON holds)."""
        if self.settings.window.get(name) != value:
            self.settings.window[name] = value
            self.save()

    def save(self) -> None:
        """Write what changed; a full disk costs only the memory."""
        if self._file is None:
            return
        try:
            save_settings(self.settings, self._file)
        except OSError:
            log.info("window settings could not be written")
