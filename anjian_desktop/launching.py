"""How the program starts its own window in a process apart, installed or from its sources."""

from __future__ import annotations

import sys
from pathlib import Path

WINDOW = "anjian-desktop"
_ROOT = Path(__file__).resolve().parent.parent
_FROM_SOURCES = "import sys; sys.path.insert(0, sys.argv.pop(1)); from ui.app import run; sys.exit(run())"


def window_command() -> list[str]:
    """The words that start the window; options follow them.

    An installed program is started by launchers, which stand beside each other and take no Python options.
    """
    here = Path(sys.executable)
    launcher = here.with_name(WINDOW + (".exe" if sys.platform == "win32" else ""))
    if launcher.exists():
        return [str(launcher)]
    return [str(here), "-P", "-c", _FROM_SOURCES, str(_ROOT)]
