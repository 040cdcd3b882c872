"""Paper that helps to print true: a test sheet to measure with a ruler, and pages moved by tenths of a millimetre."""

from __future__ import annotations

from importlib.resources import as_file, files
from io import BytesIO
from pathlib import Path

from anjian_desktop.errors import UserError

POINTS_PER_MM = 72 / 25.4
PAPER = (210.0, 297.0)
TYPE_AREA = (28.0, 37.0, 156.0, 225.0)
"""Left, top, width, height in mm of the type area on A4, GB/T 9704-2012, 5.2."""
RULER = 100.0
"""Length in mm of the bars on the test sheet."""


def measuring_sheet(printer: str = "") -> bytes:
    """One A4 page: two bars of exactly 100.0 mm with marks each millimetre, and the type area's frame.

    Measured on paper, the bars tell the printer's scale and the frame's distance from the edges its offset.
    """
    from reportlab.pdfbase.pdfmetrics import registerFont  # a heavy library: only where a sheet is made
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    with as_file(files("resources") / "fonts" / "NotoSerifSC-subset.ttf") as font:
        registerFont(TTFont("TestSheet", str(font)))
    out = BytesIO()
    canvas = Canvas(out, pagesize=(PAPER[0] * POINTS_PER_MM, PAPER[1] * POINTS_PER_MM), invariant=True)
    canvas.setTitle("打印测试页")
    canvas.scale(POINTS_PER_MM, POINTS_PER_MM)
    left, top, width, height = TYPE_AREA
    canvas.setLineWidth(0.1)
    canvas.rect(left, PAPER[1] - top - height, width, height)
    canvas.setFont("TestSheet", 6)
    canvas.drawString(left + 5, PAPER[1] - top - 12, "打印测试页")
    canvas.setFont("TestSheet", 4)
    lines = (
        f"打印机：{printer}" if printer else "",
        "按“实际大小”打印，不要“适合纸张”。",
        "一、量两条尺，应各为 100.0 毫米；不是，请检查打印机的缩放设置。",
        "二、量方框到纸边的距离：左 28.0 毫米，上 37.0 毫米。",
        "三、方框偏右几毫米，在“校准”里就向左移几毫米；偏左、偏上、偏下同理。",
    )
    for number, line in enumerate(one for one in lines if one):
        canvas.drawString(left + 5, PAPER[1] - top - 24 - number * 8, line)
    canvas.saveState()
    canvas.translate(left + 20, 120)
    _bar(canvas)
    canvas.restoreState()
    canvas.translate(left + 10, 120)
    canvas.rotate(-90)
    canvas.translate(-30, 0)
    _bar(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _bar(canvas: object) -> None:
    """A bar of RULER mm along x from the origin; long marks each ten millimetres."""
    draw = canvas.line  # type: ignore[attr-defined]
    draw(0, 0, RULER, 0)
    for mark in range(int(RULER) + 1):
        draw(mark, 0, mark, 6 if mark % 10 == 0 else 4 if mark % 5 == 0 else 2.5)


def shift_pages(source: Path, target: Path, right: int, down: int) -> None:
    """Write the PDF with everything on its pages moved by tenths of a millimetre; the paper stays as large as it is.

    Raises UserError when the file cannot be read.
    """
    import pypdfium2  # a 6 MB library: only where pages are moved

    from anjian_desktop.documents.rendering import pdfium_lock

    x, y = right / 10 * POINTS_PER_MM, down / 10 * POINTS_PER_MM
    with pdfium_lock:
        try:
            document = pypdfium2.PdfDocument(source)
        except (pypdfium2.PdfiumError, OSError) as problem:
            raise UserError(f"“{source.name}”打不开，没有送到打印机。", next_step="请重新生成后再打印。") from problem
        try:
            for page in document:
                # A box that stands in the file once for all pages is not seen on the page itself.
                left, bottom, end, top = page.get_mediabox(fallback_ok=False) or (0, 0, *page.get_size())
                box = (left - x, bottom + y, end - x, top + y)
                page.set_mediabox(*box)
                page.set_cropbox(*box)
                page.close()
            document.save(target)
        finally:
            document.close()
