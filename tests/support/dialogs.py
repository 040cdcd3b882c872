"""Finding the dialog that stands over the window."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QApplication, QDialog
from support.windows import settle

D = TypeVar("D", bound=QDialog)


def over(kind: type[D]) -> D:
    """The one visible dialog of that kind, once everything under way has ended."""
    settle()
    shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
    assert len(shown) == 1, f"{kind.__name__}: {len(shown)}"
    return shown[0]
