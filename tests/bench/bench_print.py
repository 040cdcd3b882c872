"""1,100 four-page agreements on paper: ours beside reportlab's platypus and the bare writing of pages, in the same run.

python tests/bench/bench_print.py [COUNT]

Every way runs in a process of its own, reads nothing but the template and the fonts, and writes real files. The peers set
the same filled text, fonts embedded: reportlab's platypus, typst (where its package is installed), LibreOffice (a sample
of files, seconds multiplied; its own memory and processor are not counted). The floor deflates and writes ready page
contents. Seconds are medians of three runs, wall time and the process's own (the machine may be busy); peers run once.
Memory is the peak of the process. Also told: one code on every page, a file for each agreement, the first agreement alone,
and ten thousand agreements, whose memory must not grow.
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

sys.path.insert(0, str(Path(__file__).parents[2]))

from print_peers import convert_with_libreoffice, missing, write_platypus, write_typst

from anjian_desktop.documents.codes import page_code
from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.layout import Typesetter, lay_out_docx
from anjian_desktop.documents.pdf import PdfFamily, PdfWriter

COUNT = 1_100
MANY = 10_000
MANY_ROW = "ours, 10,000"
ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "resources" / "templates" / "Z5.docx"
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
        write_platypus(out, TEMPLATE, [values(n) for n in range(1, count + 1)])


def platypus_files(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for n in range(1, count + 1):
            with (Path(folder) / f"{n}.pdf").open("wb") as out:
                write_platypus(out, TEMPLATE, [values(n)])


def typst(count: int) -> None:
    write_typst(TEMPLATE, [values(n) for n in range(1, count + 1)])


def libreoffice(count: int) -> None:
    convert_with_libreoffice(TEMPLATE, [values(n) for n in range(1, count + 1)])


def many(count: int) -> None:
    merged(count * MANY // COUNT, codes=True)


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
    "typst": typst,
    "floor": floor,
    "ours, files": files,
    "platypus, files": platypus_files,
    "LibreOffice, files": libreoffice,
    "ours, first one": first,
    "ours, 10,000": many,
}
SAMPLE = {"LibreOffice, files": 20}
"""Peers too slow for all: so many are made and the seconds multiplied."""

GOALS = (
    ("one PDF", "ours", "platypus", 1 / 4, 1 / 8),
    ("one PDF", "ours", "typst", None, 1 / 2),
    ("a file for each", "ours, files", "platypus, files", 1 / 8, 1 / 15),
)
MEMORY = (("ours", 300, 120), ("ours, 10,000", 300, 300))
"""Peak MiB: must and goal."""


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
    rows = {}
    for name in WORK:
        if why := missing(name.partition(",")[0]):
            print(f"{name}: left out, {why}")
            continue
        some = min(SAMPLE.get(name, count), count)
        seconds, own, peak = measure(name, some, 3 if name.startswith(("ours", "floor")) and name != MANY_ROW else 1)
        rows[name] = (seconds * count / some, own * count / some, peak)
    pages = count * lay_out_docx(TEMPLATE.read_bytes(), FontBook.bundled_only()).page_count
    print(f"{count:,} agreements from {TEMPLATE.name}, {pages:,} pages")
    print(f"{'':20}{'seconds':>10}{'processor':>11}{'of platypus':>13}{'MiB':>8}")
    for name, (seconds, own, peak) in rows.items():
        peer = rows["platypus, files" if "files" in name else "platypus"][1]
        print(f"{name:20}{seconds:10.2f}{own:11.2f}{own / peer:13.3f}{peak:8.0f}")
    for what, name, other, must, goal in GOALS:
        if other in rows:
            share = rows[name][1] / rows[other][1]
            wanted = f"must ≤ {must:.3f}, " if must else ""
            print(f"{what}: {share:.3f} of {other} (processor; {wanted}goal ≤ {goal:.3f})")
    for name, most, wished in MEMORY:
        print(f"{name}: {rows[name][2]:.0f} MiB (must ≤ {most}, goal ≤ {wished})")


if __name__ == "__main__":
    main()
