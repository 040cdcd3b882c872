"""The first page of a print's preview: a batch of 1,100 agreements beside a batch of one, and the whole of it worked out.

python tests/bench/bench_preview.py [COUNT]

From the press of the button on an open office with nothing loaded to the first page as pixels, each in a process of its
own. Medians of five. Then every other page is worked out, as the window does while one looks; the slowest piece is what a
page asked for meanwhile has to wait. Goal: the batch's first page in at most 1.5 times that of one.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

COUNT = 1_100
TODAY = date(2026, 1, 5)
SCALE = 96 / 72


def make_town(folder: Path, count: int) -> None:
    """An office with so many enterprises, all drafted."""
    from anjian_desktop.exchange.sample_town import make_sample_workbook
    from anjian_desktop.services.agreements import DraftRequest, draft
    from anjian_desktop.services.office import create_office
    from anjian_desktop.services.rosters import apply_roster, read_roster

    workbook = folder / "名册.xlsx"
    make_sample_workbook(workbook, enterprises=count)
    with create_office(folder / "data", name="示例镇安监办", today=TODAY) as office:
        apply_roster(office, read_roster(office, workbook, sheet="企业"))
        draft(office, DraftRequest(2026, "enterprise"))


def first_page(folder: Path, *, one: bool) -> dict[str, float]:
    """Seconds to the first page; for a batch also to all of them."""
    from anjian_desktop.services import browse
    from anjian_desktop.services.browse import Query
    from anjian_desktop.services.office import open_office
    from anjian_desktop.services.print_requests import PrintRequest

    with open_office(folder / "data", today=TODAY) as office:
        ids = tuple(browse.ids(office, Query("agreement"))[:1]) if one else None
        begun = time.perf_counter()
        from anjian_desktop.services.print_preview import PrintPreview

        preview = PrintPreview(office, PrintRequest(2026, folder / "out", ids=ids, merge=True, copies=1))
        preview.picture(0, SCALE)
        told = {"first": time.perf_counter() - begun}
        slowest, more = 0.0, True
        while more:
            piece = time.perf_counter()
            more = preview.settle()
            preview.publish()
            slowest = max(slowest, time.perf_counter() - piece)
        told |= {"all": time.perf_counter() - begun, "slowest": slowest, "pages": preview.count}
        preview.close()
    return told


def main() -> None:
    if sys.argv[1:2] == ["--work"]:
        print(json.dumps(first_page(Path(sys.argv[3]), one=sys.argv[2] == "one")))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with tempfile.TemporaryDirectory() as place:
        make_town(Path(place), count)
        rows = {}
        for what in ("one", "batch"):
            call = [sys.executable, __file__, "--work", what, place]
            told = [
                json.loads(subprocess.run(call, check=True, capture_output=True, text=True).stdout) for _ in range(5)
            ]
            rows[what] = {key: statistics.median(one[key] for one in told) for key in told[0]}
    one, batch = rows["one"], rows["batch"]
    print(f"first page, a batch of one       {one['first']:8.3f} s")
    print(f"first page, {batch['pages']:,.0f} pages      {batch['first']:12.3f} s")
    print(f"all pages known                  {batch['all']:8.3f} s, slowest piece {batch['slowest'] * 1000:.0f} ms")
    print(f"batch of {count:,}: {batch['first'] / one['first']:.2f} × a batch of one (goal ≤ 1.5)")


if __name__ == "__main__":
    main()
