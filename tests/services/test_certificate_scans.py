"""A held certificate's photo or scan: kept with it, shown as pages, refused in words when it cannot be shown."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from support.training import E7

from anjian_desktop.errors import UserError
from anjian_desktop.services import certificate_scans, layouts, records
from anjian_desktop.services.office import Office
from anjian_desktop.services.template_checks import shipped_layout


@pytest.fixture
def held(office: Office) -> int:
    values = {
        "name": "甲示例", "identity_number": E7, "certificate_kind": "特种作业操作证", "number": f"T{E7}", "valid_to": "2029-01-01",
    }  # fmt: skip
    return records.add(office, "certificate", values).id


def test_pictures_and_pdf_files_are_kept_once_and_shown_as_pages(office: Office, held: int, tmp_path: Path) -> None:
    photo, scan = tmp_path / "甲示例的证.jpg", tmp_path / "扫描.pdf"
    Image.new("RGB", (1600, 1000), (200, 220, 240)).save(photo)
    scan.write_bytes(layouts.sample_pdf(shipped_layout("C1"), "C1"))
    for file in (photo, scan, photo):
        certificate_scans.attach(office, held, file)
    kept = certificate_scans.scans(office, held)
    assert [one.name for one in kept] == ["扫描件.pdf", "照片.jpg"]
    assert len(pypdf.PdfReader(BytesIO(certificate_scans.as_pdf(office, held))).pages) == 2


def test_what_cannot_be_shown_is_refused_in_words(office: Office, held: int, tmp_path: Path) -> None:
    wrong = tmp_path / "不是图.jpg"
    wrong.write_bytes(b"no picture")
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    for file in (wrong, broken, tmp_path / "没有.png"):
        with pytest.raises(UserError):
            certificate_scans.attach(office, held, file)
    with pytest.raises(UserError, match="没有附照片"):
        certificate_scans.as_pdf(office, held)
