"""1,100 Word files from one template: ours beside its peer and its floor, each in a process of its own.

python tests/bench/bench_word.py [COUNT]

The peer is docxtpl where it is installed, else the plain way with python-docx: open the template, replace in every run,
save. The floor packs one changed part 1,100 times and does nothing else. Time is the median of three runs (the peer runs
once); memory the peak of the process above an idle one.
"""

from __future__ import annotations

import importlib.util
import json
import statistics
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from anjian_desktop.documents.templates import AGREEMENT_NAMES, shipped_templates

TEMPLATE = "Z5"
COUNT = 1_100


def values(n: int) -> dict[str, str]:
    return {name: f"{name}{n}" for name in AGREEMENT_NAMES} | {"单位名称": f"示例镇第{n}化工有限公司"}


def ours(count: int) -> None:
    from anjian_desktop.documents.word import WordTemplate

    template = WordTemplate(shipped_templates()[TEMPLATE].data)
    for n in range(count):
        assert not template.fill(values(n)).missing


def docxtpl_peer(count: int) -> None:
    from docxtpl import DocxTemplate  # type: ignore[import-not-found]

    data = shipped_templates()[TEMPLATE].data
    for n in range(count):
        template = DocxTemplate(BytesIO(data))
        template.render(values(n), autoescape=True)
        template.save(BytesIO())


def python_docx_peer(count: int) -> None:
    from docx import Document

    data = shipped_templates()[TEMPLATE].data
    for n in range(count):
        document = Document(BytesIO(data))
        mapping = values(n)
        cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
        for paragraph in [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]:
            for run in paragraph.runs:
                text = run.text
                if "{{" in text:
                    for name, value in mapping.items():
                        text = text.replace("{{" + name + "}}", value)
                    run.text = text
        document.save(BytesIO())


def floor(count: int) -> None:
    from anjian_desktop.documents.docx_package import open_package

    members = {member.name: member for member in open_package(shipped_templates()[TEMPLATE].data)}
    part = members["word/document.xml"].content()
    for _ in range(count):
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        packer.compress(part)
        packer.flush()
        zlib.crc32(part)


def idle(count: int) -> None:
    del count


WORK: dict[str, Callable[[int], None]] = {
    "idle": idle,
    "ours": ours,
    "docxtpl": docxtpl_peer,
    "python-docx": python_docx_peer,
    "floor": floor,
}


def peak_kib() -> int:
    """The most memory this process has held; nothing where the system cannot say."""
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def measure(name: str, count: int, runs: int) -> tuple[float, float]:
    """(median seconds, peak MiB) of one way."""
    results = []
    for _ in range(runs):
        call = [sys.executable, __file__, "--work", name, str(count)]
        results.append(json.loads(subprocess.run(call, check=True, capture_output=True, text=True).stdout))
    return statistics.median(r["seconds"] for r in results), max(r["peak_kib"] for r in results) / 1024


def main() -> None:
    if sys.argv[1:2] == ["--work"]:
        start = time.perf_counter()
        WORK[sys.argv[2]](int(sys.argv[3]))
        print(json.dumps({"seconds": time.perf_counter() - start, "peak_kib": peak_kib()}))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    peer = "docxtpl" if importlib.util.find_spec("docxtpl") else "python-docx"
    _, base = measure("idle", count, 1)
    rows = [(name, *measure(name, count, runs)) for name, runs in (("ours", 3), (peer, 1), ("floor", 3))]
    peer_seconds = rows[1][1]
    print(f"{count:,} Word files from {TEMPLATE}.docx (peer: {peer})")
    print(f"{'':14}{'seconds':>10}{'of peer':>10}{'MiB':>8}")
    for name, seconds, peak in rows:
        print(f"{name:14}{seconds:10.3f}{seconds / peer_seconds:10.3f}{peak - base:8.1f}")


if __name__ == "__main__":
    main()
