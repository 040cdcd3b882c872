"""1,100 four-page agreements on paper: ours beside reportlab's platypus and the bare writing of pages, in the same run.

python tests/bench/bench_print.py [COUNT]

Every way runs in a process of its own, reads nothing but the template and the fonts, and writes real files. The peer sets
the same filled text with platypus (paragraphs, tables, page numbers), fonts embedded. The floor deflates and writes ready
page contents. Seconds are medians of three runs, wall time and the process's own (the machine may be busy); the peer runs
once. Memory is the peak of the process. Also told: one code on every page, a file for each agreement, and the first
agreement alone.
"""

from __future__ import annotations

import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from anjian_desktop.documents.codes import page_code
from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import Typesetter, lay_out_docx
from anjian_desktop.documents.layout.filling import Filling, fill_table
from anjian_desktop.documents.layout.model import Align, Paragraph, Table
from anjian_desktop.documents.layout.reading import read_document
from anjian_desktop.documents.pdf import PdfFamily, PdfWriter

COUNT = 1_100
ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "resources" / "templates" / "Z5.docx"
FONTS = ROOT / "resources" / "fonts"
SYLLABLES = "宏达永兴恒源鑫隆顺发金鼎瑞丰华泰安康同盛利民东方远大嘉禾"
KINDS = ("化工有限公司", "机械制造有限责任公司", "建材厂", "食品加工有限公司")


def values(n: int) -> dict[str, str]:
    """A fictitious enterprise's agreement; every unit has its own name, number, address, people."""
    name = "示例" + "".join(SYLLABLES[(n * step + step) % len(SYLLABLES)] for step in (3, 5, 7)) + KINDS[n % len(KINDS)]
    return {
        "编号": f"示安责〔2026〕{n}号", "年度": "2026", "责任书名称": "安全生产责任书", "甲方": "示例镇人民政府", "甲方负责人": "王示例",
        "单位名称": name, "乙方": name, "乙方负责人": "张" + SYLLABLES[n % 26] + SYLLABLES[n * 7 % 26],
        "联系电话": f"1380000{n:04d}", "统一社会信用代码": f"91990001MA0000{n:04d}",
        "地址": f"示例镇{SYLLABLES[n % 20]}{SYLLABLES[n % 13]}村工业路{n}号", "所属村": f"{SYLLABLES[n % 20]}村",
        "期限起": "2026年1月1日", "期限止": "2026年12月31日", "份数": "2", "签订截止日": "2026年3月31日",
    }  # fmt: skip


def merged(count: int, *, codes: bool) -> None:
    fonts = FontBook.bundled_only()
    typesetter = Typesetter(TEMPLATE.read_bytes(), fonts)
    with tempfile.TemporaryFile() as out, PdfWriter(out, fonts, title="责任书") as writer:
        for n in range(1, count + 1):

            def code(page: int, pages: int, n: int = n) -> str:
                return page_code("K7Q2", n, 1, page, pages)

            writer.add(typesetter.lay_out(values(n)), page_code=code if codes else None)


def ours(count: int) -> None:
    merged(count, codes=False)


def with_codes(count: int) -> None:
    merged(count, codes=True)


def files(count: int) -> None:
    fonts = FontBook.bundled_only()
    typesetter = Typesetter(TEMPLATE.read_bytes(), fonts)
    family = PdfFamily(fonts)
    for n in range(1, count + 1):
        family.see(typesetter.lay_out(values(n)))
    with tempfile.TemporaryDirectory() as folder:
        for n in range(1, count + 1):
            with (Path(folder) / f"{n}.pdf").open("wb") as out:
                family.write(out, typesetter.lay_out(values(n)), title=f"{n}号")


def first(count: int) -> None:
    del count
    merged(1, codes=True)


def platypus(count: int) -> None:
    with tempfile.TemporaryFile() as out:
        _platypus(out, range(1, count + 1))


def platypus_files(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for n in range(1, count + 1):
            with (Path(folder) / f"{n}.pdf").open("wb") as out:
                _platypus(out, [n])


def _platypus(out: Any, numbers: Any) -> None:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import PageBreak, SimpleDocTemplate
    from reportlab.platypus import Paragraph as Text
    from reportlab.platypus import Table as Grid

    for name, file in (("Serif", "NotoSerifSC-subset.ttf"), ("Sans", "NotoSansSC-subset.ttf")):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, FONTS / file))
    (section,) = read_document(TEMPLATE.read_bytes()).sections
    styles: dict[tuple[object, ...], ParagraphStyle] = {}

    def text(paragraph: Paragraph) -> Text:
        look = paragraph.pieces[0].format if paragraph.pieces else paragraph.mark
        font = "Sans" if look.east_asian == "黑体" else "Serif"
        indent = (paragraph.format.first_chars or 0) * look.size
        centred = paragraph.format.align is Align.CENTER
        key = (font, look.size, indent, centred)
        if key not in styles:
            styles[key] = ParagraphStyle(
                str(key), fontName=font, fontSize=look.size, leading=29 if look.size > 12 else 15, firstLineIndent=indent,
                alignment=1 if centred else 4, wordWrap="CJK",
            )  # fmt: skip
        return Text(paragraph.text or "\u00a0", styles[key])

    def grid(table: Table) -> Grid:
        cells = [
            [[text(block) for block in cell.blocks if isinstance(block, Paragraph)] for cell in row.cells]
            for row in table.rows
        ]
        lined = table.rows[0].cells[0].borders.top is not None
        heights = [max(row.height, 15) if row.height > 100 else None for row in table.rows]
        look = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")] if lined else []
        return Grid(cells, colWidths=table.columns, rowHeights=heights, repeatRows=int(lined), style=look)

    story: list[Any] = []
    for n in numbers:
        unit = values(n)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                story.append(text(Filling(block).fill(unit)))
            else:
                story.append(grid(fill_table(block, unit)))
        story.append(PageBreak())

    def number(canvas: Any, document: Any) -> None:
        canvas.setFont("Serif", 14)
        canvas.drawCentredString(297, 70, f"— {document.page} —")

    document = SimpleDocTemplate(
        out, pagesize=(section.width, section.height), leftMargin=section.left - 6, rightMargin=section.right - 6,
        topMargin=section.top - 6, bottomMargin=section.bottom - 6,
    )  # fmt: skip
    document.build(story, onFirstPage=number, onLaterPages=number)


def floor(count: int) -> None:
    """Four ready page contents, deflated and written for every agreement; the fonts once."""
    from anjian_desktop.documents.pdf.drawing import draw

    fonts = FontBook.bundled_only()
    document = lay_out_docx(TEMPLATE.read_bytes(), fonts)
    once = io.BytesIO()
    with PdfWriter(once, fonts, title="") as writer:
        writer.add(document)
    contents = [draw(page.placed, page.height) for page in document.pages]
    with tempfile.TemporaryFile() as out:
        out.write(once.getvalue())
        for _ in range(count):
            for content in contents:
                out.write(zlib.compress(content, 5))


WORK: dict[str, Callable[[int], None]] = {
    "ours": ours,
    "ours with codes": with_codes,
    "platypus": platypus,
    "floor": floor,
    "ours, files": files,
    "platypus, files": platypus_files,
    "ours, first one": first,
}


def peak_mib() -> float:
    """The most memory this process has held; nothing where the system cannot say."""
    if sys.platform == "win32":
        return 0.0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(name: str, count: int, runs: int) -> tuple[float, float, float]:
    """(median seconds, median seconds of the processor, peak MiB) of one way."""
    results = []
    for _ in range(runs):
        call = [sys.executable, __file__, "--work", name, str(count)]
        results.append(json.loads(subprocess.run(call, check=True, capture_output=True, text=True).stdout))
    seconds, own = (statistics.median(result[key] for result in results) for key in ("seconds", "own"))
    return seconds, own, max(result["peak"] for result in results)


def main() -> None:
    if sys.argv[1:2] == ["--work"]:
        start, own = time.perf_counter(), time.process_time()
        WORK[sys.argv[2]](int(sys.argv[3]))
        spent = {"seconds": time.perf_counter() - start, "own": time.process_time() - own, "peak": peak_mib()}
        print(json.dumps(spent))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    rows = {name: measure(name, count, 1 if "platypus" in name else 3) for name in WORK}
    pages = count * lay_out_docx(TEMPLATE.read_bytes(), FontBook.bundled_only()).page_count
    print(f"{count:,} agreements from {TEMPLATE.name}, {pages:,} pages")
    print(f"{'':18}{'seconds':>10}{'processor':>11}{'of platypus':>13}{'MiB':>8}")
    for name, (seconds, own, peak) in rows.items():
        peer = rows["platypus, files" if "files" in name else "platypus"][1]
        print(f"{name:18}{seconds:10.2f}{own:11.2f}{own / peer:13.3f}{peak:8.0f}")


if __name__ == "__main__":
    main()
