"""One person's file on paper: everything known, masked unless asked for, the photo where it belongs."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from support.training import E7, MACHINES

from anjian_desktop.errors import UserError
from anjian_desktop.services import maintenance, person_file, records, workers
from anjian_desktop.services.office import Office

TEXTILE = "示例纺织有限公司"


@pytest.fixture
def person(office: Office) -> int:
    for name in (MACHINES, TEXTILE):
        records.add(office, "enterprise", {"name": name, "status": "在营"})
    made = records.add(office, "worker", {
        "name": "甲示例", "identity_number": E7, "enterprise": TEXTILE, "post": "挡车工", "phone": "13900001234", "hired_on": "2020-03-02",
    })  # fmt: skip
    records.edit(office, "worker", made.id, {"enterprise": MACHINES, "post": "车工", "hired_on": "2023-05-04"})
    for level, day, mark in (
        ("公司级", "2023-05-05", "86"),
        ("车间级", "2023-05-06", "91.5"),
        ("班组级", "2023-05-07", ""),
    ):
        records.add(office, "training_record", {
            "worker": "甲示例", "enterprise": MACHINES, "level": level, "started_on": day, "class_hours": "7.5", "score": mark,
        })  # fmt: skip
    records.add(office, "certificate", {
        "name": "甲示例", "identity_number": E7, "certificate_kind": "特种作业操作证", "item": "低压电工作业", "number": f"T{E7}",
        "valid_to": "2025-12-31",
    })  # fmt: skip
    return made.id


def text_of(data: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(data)).pages)


def test_the_file_tells_posts_trainings_marks_and_certificates(office: Office, person: int) -> None:
    told = text_of(person_file.print_person_file(office, person).data)
    for expected in (
        "甲示例",
        MACHINES,
        TEXTILE,
        "挡车工",
        "公司级",
        "2023-05-06",
        "91.5",
        "7.5",
        "低压电工作业",
        "已过期",
        "还缺的培训班组级",
    ):
        assert expected in told, expected


def test_numbers_are_masked_unless_asked_for_and_the_look_is_audited(office: Office, person: int) -> None:
    told = text_of(person_file.print_person_file(office, person).data)
    assert E7 not in told and "13900001234" not in told and "990001********0015" in told
    before = maintenance.audit_verify(office).entries
    assert E7 in text_of(person_file.print_person_file(office, person, full=True).data)
    assert maintenance.audit_verify(office).entries == before + 1


def test_the_photo_is_on_the_first_page_and_the_bytes_are_always_the_same(
    office: Office, person: int, tmp_path: Path
) -> None:
    bare = person_file.print_person_file(office, person).data
    assert not PdfReader(BytesIO(bare)).pages[0].images
    Image.new("RGB", (300, 420), "grey").save(tmp_path / "a.jpg")
    workers.set_photo(office, person, tmp_path / "a.jpg")
    made = person_file.print_person_file(office, person)
    assert len(PdfReader(BytesIO(made.data)).pages[0].images) == 1
    assert made.data == person_file.print_person_file(office, person).data != bare


def test_many_trainings_go_on_to_a_second_page(office: Office, person: int) -> None:
    for day in range(1, 29):
        records.add(office, "training_record", {
            "worker": "甲示例", "enterprise": MACHINES, "level": "年度再培训", "started_on": f"2025-02-{day:02}", "class_hours": "2",
        })  # fmt: skip
    made = person_file.print_person_file(office, person)
    assert made.pages == 2 and "第2页，共2页" in text_of(made.data)


def test_nobody_has_no_file(office: Office, person: int) -> None:
    records.retire(office, "worker", [person])
    with pytest.raises(UserError, match="已不在名册"):
        person_file.print_person_file(office, person)
