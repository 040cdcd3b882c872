"""Every scene of the screenshots looked over by machine: `python look_over.py DATA SIZES FONTS [SCENES]` prints the faults.

SIZES are like 1366x768 in the window's own pixels, FONTS names of the theme's sizes; the screen's scale is QT_SCALE_FACTOR.
Prints one JSON object: {"looked": how many pictures, "faults": {"font size scene": [what, …]}}.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main(data: Path, sizes: list[str], fonts: list[str], scenes: list[str]) -> dict[str, object]:
    """Look at each scene in each size with each size of letters."""
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QDialog, QWidget
    from support import layout

    from ui import theme
    from ui.app import make_application
    from ui.screenshot_scenes import SCENES, Studio
    from ui.screenshots import TODAY

    app = make_application()
    found: dict[str, list[str]] = {}
    looked = 0

    class Eye(Studio):
        """A studio whose every picture is looked over."""

        said: list[str]

        def shot(self, window: QWidget) -> QPixmap:
            nonlocal looked
            self.settle()
            looked += 1
            dialogs = [each for each in window.findChildren(QDialog) if each.isVisible()]
            self.said = [fault for each in (window, *dialogs) for fault in layout.faults(each)]
            self.said += [fault for each in dialogs for fault in layout.out_of_order(each)]
            for each in dialogs:
                if each.width() > window.width() or each.height() > window.height() - 30:
                    self.said.append(f"larger than the window: {each.windowTitle()} {each.width()}x{each.height()}")
            return QPixmap()

    for font in fonts:
        theme.apply_theme(app, size=font)
        for size in sizes:
            width, height = map(int, size.split("x"))
            with tempfile.TemporaryDirectory() as scratch:
                copy = Path(scratch) / "data"
                shutil.copytree(data, copy)
                eye = Eye(copy, Path(scratch), QSize(width, height), TODAY)
                for scene in SCENES:
                    if scenes and scene.__name__ not in scenes:
                        continue
                    for name, _ in scene(eye):
                        if eye.said:
                            found[f"{font} {size} {name}"] = eye.said
                        eye.said = []
                eye.close()
    return {"looked": looked, "faults": found}


if __name__ == "__main__":
    told = main(Path(sys.argv[1]), sys.argv[2].split(","), sys.argv[3].split(","), sys.argv[4:])
    print(json.dumps(told, ensure_ascii=False, indent=1))
