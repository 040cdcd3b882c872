"""Where the program finds and keeps its files; read at the entry points and passed down."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from anjian_desktop.errors import UserError

APP_NAME = "AnjianDesktop"
"""ASCII on purpose: some backup and antivirus programs still stumble over other letters in a folder's name."""

DATA_VARIABLE = "ANJIAN_DATA"


def data_folder(chosen: str | Path | None = None) -> Path:
    """The store's folder, absolute: as chosen, else as ANJIAN_DATA says, else the user's own. It need not exist.

    Raises UserError where something that is no folder stands there.
    """
    named = str(chosen) if chosen else os.environ.get(DATA_VARIABLE, "")
    folder = Path(named).expanduser().absolute() if named else default_data_folder()
    if folder.exists() and not folder.is_dir():
        raise UserError(f"“{folder}”不是文件夹。", next_step="请用 --data 指定数据文件夹。")
    return folder


def default_data_folder() -> Path:
    """The per-user data folder of the platform."""
    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False)) / "data"


def settings_file() -> Path:
    """This machine's choices, apart from the office's data."""
    return Path(platformdirs.user_config_dir(APP_NAME, appauthor=False)) / "settings.json"


def log_folder(data: Path) -> Path:
    """Logs lie with the store; without one, with the user, so that no half-made store comes into being."""
    return (
        data / "logs" if (data / "anjian.db").exists() else Path(platformdirs.user_log_dir(APP_NAME, appauthor=False))
    )
