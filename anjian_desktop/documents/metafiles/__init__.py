"""Reads the drawings Windows programs leave in documents (EMF, WMF) and says what they show: paths, text, bitmaps."""

from anjian_desktop.documents.metafiles.drawing import Drawing
from anjian_desktop.documents.metafiles.reading import Drawings

__all__ = ["Drawing", "Drawings"]
