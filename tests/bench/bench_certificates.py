"""3,000 certificates with photo and signed code in one PDF: ours beside reportlab with qrcode, in the same run.

python tests/bench/bench_certificates.py [COUNT]

Every way runs in a process of its own and writes a real file. Each certificate has a photo of its own (a JPEG of 295 × 413
pixels, some 20 kB), ten texts and a code of some 250 characters, signed with ed25519 beforehand in both. The peer draws the
same texts with reportlab's canvas, fonts embedded, the photo with drawImage, the code as qrcode's picture (reportlab's own
QR widget where qrcode is not installed). Seconds are medians of three runs; the peer runs once.
"""

from __future__ import annotations

import importlib.util
import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench_print import SYLLABLES, peak_mib

from anjian_desktop.documents.certificate_press import CertificatePress, CertificateSheet, impose_cards
from anjian_desktop.documents.fonts import FontBook
from anjian_desktop.documents.pdf import PdfWriter
from anjian_desktop.documents.signed_codes import CertificateFacts, private_key, public_key, read_facts, sign_facts

COUNT = 3_000
RESOURCES = Path(__file__).parents[2] / "resources"
KEY = private_key(b"a secret for this bench, 32 byte")


def sheets(count: int) -> Iterator[CertificateSheet]:
    """Fictitious holders, each with a photo that differs in a few bytes."""
    from PIL import Image

    base = io.BytesIO()
    noise = Image.effect_noise((295, 413), 60).convert("RGB")
    noise.save(base, "JPEG", quality=60)
    photo = base.getvalue()
    for n in range(1, count + 1):
        values = {
            "证书名称": "培训合格证", "姓名": "张" + SYLLABLES[n % 26] + SYLLABLES[n * 7 % 26], "证件号码": f"990001********{n % 10_000:04d}",
            "培训开始": "2026年3月2日", "培训结束": "2026年3月4日", "培训名称": "新上岗从业人员三级安全教育", "学时": "24",
            "单位名称": f"示例{SYLLABLES[n % 20]}化工有限公司", "证书编号": f"示安培〔2026〕{n}号", "发证日期": "2026年3月20日",
            "有效期至": "2029年3月19日", "发证单位": "示例镇应急管理办公室",
        }  # fmt: skip
        facts = CertificateFacts(
            values["证书编号"], values["姓名"], values["证件号码"], values["培训名称"], date(2026, 3, 20)
        )
        # A comment segment of its own makes the photo another one without drawing it anew.
        own = photo[:2] + b"\xff\xfe" + (10).to_bytes(2, "big") + f"{n:08d}".encode() + photo[2:]
        yield CertificateSheet(values, sign_facts(facts, KEY), own)


def ours(count: int, template: str = "C1") -> None:
    fonts = FontBook.bundled_only()
    press = CertificatePress((RESOURCES / "templates" / f"{template}.docx").read_bytes(), fonts)
    with tempfile.TemporaryFile() as out, PdfWriter(out, fonts, title="证书") as writer:
        batch = []
        for sheet in sheets(count):
            laid = press.lay_out(sheet)
            if template == "C1":
                writer.add(laid)
                continue
            batch.append(laid)
            if len(batch) == 10:
                writer.add(impose_cards(batch))
                batch.clear()
        if batch:
            writer.add(impose_cards(batch))


def cards(count: int) -> None:
    ours(count, "C2")


def signing(count: int) -> None:
    """What both ways do beforehand: making photos, texts and signatures."""
    for _ in sheets(count):
        pass


def verifying(count: int) -> None:
    del count
    for sheet in sheets(1_000):
        read_facts(sheet.code or "", public_key(KEY))


def reportlab(count: int) -> None:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Serif", RESOURCES / "fonts" / "NotoSerifSC-subset.ttf"))
    with tempfile.TemporaryFile() as out:
        canvas = Canvas(out, pagesize=(842, 595))
        for sheet in sheets(count):
            for line, (name, text) in enumerate(sheet.values.items()):
                canvas.setFont("Serif", 18)
                canvas.drawString(240, 480 - line * 28, f"{name}：{text}")
            canvas.drawImage(ImageReader(io.BytesIO(sheet.photo or b"")), 80, 300, 99, 139)
            _peer_code(canvas, sheet.code or "")
            canvas.showPage()
        canvas.save()


def _peer_code(canvas: Any, text: str) -> None:
    from reportlab.lib.utils import ImageReader

    if importlib.util.find_spec("qrcode") is not None:
        import qrcode

        code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4, box_size=4)
        code.add_data(text)
        code.make(fit=True)
        canvas.drawImage(ImageReader(code.make_image().convert("L")), 80, 120, 90, 90)
        return
    from reportlab.graphics import renderPDF
    from reportlab.graphics.barcode.qr import QrCodeWidget
    from reportlab.graphics.shapes import Drawing

    drawing = Drawing(90, 90)
    drawing.add(QrCodeWidget(text, barWidth=90, barHeight=90, barLevel="M"))
    renderPDF.draw(drawing, canvas, 80, 120)


WORK: dict[str, Callable[[int], None]] = {
    "ours": ours,
    "ours, cards": cards,
    "reportlab": reportlab,
    "floor": signing,
    "verify 1,000": verifying,
}


def measure(name: str, count: int, runs: int) -> tuple[float, float]:
    """(median seconds, peak MiB) of one way."""
    results = []
    for _ in range(runs):
        call = [sys.executable, __file__, "--work", name, str(count)]
        results.append(json.loads(subprocess.run(call, check=True, capture_output=True, text=True).stdout))
    return statistics.median(result["seconds"] for result in results), max(result["peak"] for result in results)


def main() -> None:
    if sys.argv[1:2] == ["--work"]:
        start = time.perf_counter()
        WORK[sys.argv[2]](int(sys.argv[3]))
        print(json.dumps({"seconds": time.perf_counter() - start, "peak": peak_mib()}))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    peer = "qrcode" if importlib.util.find_spec("qrcode") is not None else "its own QR widget"
    print(f"{count:,} certificates with photo and signed code; peer: reportlab with {peer}")
    rows = {name: measure(name, count, 1 if name == "reportlab" else 3) for name in WORK}
    theirs = rows["reportlab"][0]
    for name, (seconds, peak) in rows.items():
        ratio = f"{seconds / theirs:6.3f} of the peer" if name.startswith("ours") else ""
        print(f"  {name:14} {seconds:7.2f} s  {peak:6.0f} MiB  {ratio}")


if __name__ == "__main__":
    main()
