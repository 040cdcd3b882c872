"""Joins bitmaps laid over one another by AND, OR and XOR into one that is seen through where the paper shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import and_, or_, xor

from anjian_desktop.documents.metafiles.drawing import Bitmap, Item

OPERATIONS: dict[int, str] = {0x8800C6: "and", 0xEE0086: "or", 0x660046: "xor"}
"""Raster operations that join a bitmap with what lies below it ([MS-WMF] 2.1.1.31)."""

_DONE: dict[str, Callable[[int, int], int]] = {"and": and_, "or": or_, "xor": xor}


def with_masks_joined(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items, each run of such bitmaps in one place made one; nothing else lies between them in practice."""
    found: list[Item] = []
    run: list[Bitmap] = []
    for item in items:
        if isinstance(item, Bitmap) and item.operation:
            if run and (item.matrix != run[-1].matrix or item.clip != run[-1].clip):
                found.append(_joined(run))
                run = []
            run.append(item)
            continue
        if run:
            found.append(_joined(run))
            run = []
        found.append(item)
    if run:
        found.append(_joined(run))
    return tuple(found)


def _joined(run: Sequence[Bitmap]) -> Bitmap:
    """What the bitmaps do to white and to black paper tells how much of it shows, and in which colour."""
    from PIL import Image, ImageChops  # rare in what this program prints: not loaded without one

    size = max(((one.width, one.height) for one in run), key=lambda pair: pair[0] * pair[1])
    length = 3 * size[0] * size[1]
    white, black = (1 << 8 * length) - 1, 0
    for one in run:
        image = Image.frombytes(one.mode, (one.width, one.height), one.pixels).convert("RGB")
        if image.size != size:
            image = image.resize(size, Image.Resampling.NEAREST)
        pixels = int.from_bytes(image.tobytes(), "big")
        white, black = (_DONE[one.operation](paper, pixels) for paper in (white, black))
    on_white, on_black = (Image.frombytes("RGB", size, paper.to_bytes(length, "big")) for paper in (white, black))
    red, green, blue = ImageChops.invert(ImageChops.difference(on_white, on_black)).split()
    alpha = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    paper = ImageChops.invert(alpha)
    colours = [ImageChops.subtract(band, paper) for band in on_white.split()]
    shown = Image.merge("RGBa", (*colours, alpha)).convert("RGBA")
    return replace(run[0], pixels=shown.tobytes(), width=size[0], height=size[1], mode="RGBA", operation="")
