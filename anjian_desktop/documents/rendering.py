"""Pages of a PDF as pictures, for the preview and for printers that take pixels only."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import RLock
from typing import Any

from anjian_desktop.errors import UserError

POINTS_PER_INCH = 72

# PDFium is one library with one state and knows no threads: every call in the process takes this lock.
pdfium_lock = RLock()


@dataclass(frozen=True)
class Picture:
    """One page as pixels: four bytes a pixel (blue, green, red, unused), rows of `stride` bytes from the top."""

    width: int
    height: int
    stride: int
    pixels: bytes

    def brightness(self) -> bytes:
        """One byte a pixel, rows of `width`: of the four bytes the green one is nearest to it. Enough to read codes."""
        green = bytes(memoryview(self.pixels)[: self.stride * self.height])[1::4]
        wide = self.stride // 4
        if wide == self.width:
            return green
        return b"".join(green[at : at + self.width] for at in range(0, wide * self.height, wide))


class PdfPages:
    """An open PDF whose pages are turned into pictures; usable from any thread, closed by whoever opened it.

    Raises UserError when the file is missing, damaged or locked by a password.
    """

    def __init__(self, source: bytes | Path) -> None:
        # pypdfium2 loads a 6 MB library: only when the first PDF is looked at.
        import pypdfium2

        with pdfium_lock:
            try:
                self._document: Any = pypdfium2.PdfDocument(source)
                self._sizes = [self._document.get_page_size(n) for n in range(len(self._document))]
            except (pypdfium2.PdfiumError, OSError) as problem:
                name = f"“{source.name}”" if isinstance(source, Path) else "这个 PDF"
                raise UserError(
                    f"{name}打不开：文件不存在、已损坏或有密码。", next_step="请重新生成这个文件，再试一次。"
                ) from problem

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    def size(self, number: int) -> tuple[float, float]:
        """Width and height in points of page `number`, counted from 0."""
        width, height = self._sizes[number]
        return float(width), float(height)

    def picture(self, number: int, scale: float) -> Picture:
        """Page `number` (from 0) at `scale` pixels a point. Raises UserError for a page that cannot be drawn."""
        import pypdfium2  # see above

        with pdfium_lock:
            if self._document is None:
                raise UserError("这个 PDF 已经关闭。", next_step="请重新打开预览。")
            try:
                page = self._document[number]
                try:
                    bitmap = page.render(scale=scale, prefer_bgrx=True, draw_annots=True)
                    return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
                finally:
                    page.close()
            except pypdfium2.PdfiumError as problem:
                raise UserError(
                    f"第 {number + 1} 页画不出来。", next_step="请重新生成这个文件，再试一次。"
                ) from problem

    def draw_on_device(self, number: int, device: int, box: tuple[int, int, int, int]) -> None:
        """Draw page `number` (from 0) as vectors on a Windows device context (HDC); `box` is left, top, width, height in
        the device's dots. Only on Windows.
        """
        import pypdfium2.raw as pdfium  # see above

        with pdfium_lock:
            if self._document is None:
                raise UserError("这个 PDF 已经关闭。", next_step="请重新打开再打印。")
            page = self._document[number]
            try:
                draw: Any = pdfium.FPDF_RenderPage  # type: ignore[attr-defined, unused-ignore]
                draw(device, page, *box, 0, pdfium.FPDF_PRINTING | pdfium.FPDF_ANNOT)
            finally:
                page.close()

    def close(self) -> None:
        """Let go of the document; closing twice does nothing."""
        with pdfium_lock:
            if self._document is not None:
                self._document.close()
                self._document = None

    def __enter__(self) -> PdfPages:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def single_page(source: Path, page: int) -> bytes:
    """Page `page` (from 1) of a PDF as a file of its own. Raises UserError when it cannot be read."""
    import pypdfium2  # see above

    with pdfium_lock:
        try:
            whole = pypdfium2.PdfDocument(source)
        except (pypdfium2.PdfiumError, OSError) as problem:
            raise UserError("存档的 PDF 打不开。", next_step="请从备份找回附件文件夹。") from problem
        single = pypdfium2.PdfDocument.new()
        try:
            single.import_pages(whole, [page - 1])
            out = BytesIO()
            single.save(out)
            return out.getvalue()
        finally:
            single.close()
            whole.close()
