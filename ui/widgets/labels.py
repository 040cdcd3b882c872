"""Labels the pages and dialogs have in common."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def soft_label(text: str) -> QLabel:
    """A remark in soft ink, wrapped, shown as it is written."""
    label = QLabel(text)
    label.setProperty("part", "soft")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
