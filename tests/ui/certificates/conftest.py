"""A class whose three members passed, with and without photos, and what it takes to print them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from support.training import MACHINES, identity_number

from anjian_desktop.services import certificates, records, sessions, workers
from anjian_desktop.services.certificates import Issued
from anjian_desktop.services.office import Office
from ui.printing.backend import Printer
from ui.printing.to_folder import FileBackend

NAMES = ("丙示例", "乙示例", "甲示例")
"""In the order certificates are numbered."""


@pytest.fixture
def class_id(office: Office, tmp_path: Path) -> int:
    """Everybody passed; the first two have a photo."""
    records.add(office, "enterprise", {"name": MACHINES})
    people = [
        records.add(office, "worker", {"name": name, "identity_number": identity_number(n), "enterprise": MACHINES}).id
        for n, name in enumerate(NAMES, 1)
    ]
    for n, one in enumerate(people[:2]):
        photo = tmp_path / f"{n}.png"
        Image.effect_noise((300, 420), 40 + n).convert("RGB").save(photo)
        workers.set_photo(office, one, photo)
    held = {"name": "安全基础班", "level": "公司级", "started_on": "2026-01-03", "class_hours": "8"}
    made = records.add(office, "training_session", held).id
    sessions.enrol(office, made, people)
    marks = {one.record_id: {"score": "90"} for one in sessions.participants(office, made)}
    sessions.set_marks(office, made, marks)
    return made


@pytest.fixture
def issued(office: Office, class_id: int) -> tuple[Issued, ...]:
    """Their certificates, not printed yet."""
    return certificates.issue(office, session_id=class_id).issued


@pytest.fixture
def backend(tmp_path: Path) -> FileBackend:
    """One printer, which is a folder."""
    return FileBackend(tmp_path / "打印机", (Printer("办公室激光打印机", is_default=True),))
