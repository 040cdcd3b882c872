"""Files of a unit: kept by content, named as the clerk named them, taken off and brought back, told in the history."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas
from support.offices import enterprise

from anjian_desktop.errors import Refused, UserError
from anjian_desktop.services import merging_units, records, row_files
from anjian_desktop.services.maintenance import check
from anjian_desktop.services.office import Office


@pytest.fixture
def licence(tmp_path: Path) -> Path:
    file = tmp_path / "营业执照 正本.pdf"
    canvas = Canvas(str(file), invariant=True)
    canvas.drawString(72, 720, "licence")
    canvas.save()
    return file


def test_a_file_is_kept_with_what_it_is_and_written_out_again(office: Office, licence: Path, tmp_path: Path) -> None:
    unit = enterprise(office, 1)
    done = row_files.add_files(office, "enterprise", unit, [licence], kind="营业执照", dated_on=date(2024, 5, 1))
    (kept,) = row_files.row_files(office, "enterprise", unit)
    assert (kept.name, kept.kind, kept.dated_on) == ("营业执照 正本.pdf", "营业执照", date(2024, 5, 1))
    assert done.refused == () and row_files.preview(office, kept.id).startswith(b"%PDF")
    copied = row_files.save_copy(office, kept.id, tmp_path / "副本.pdf")
    assert copied.read_bytes() == licence.read_bytes()
    assert records.history(office, "enterprise", unit)[0].lines == ("附件：（空） → 营业执照 正本.pdf",)
    assert check(office).ok


def test_a_file_taken_off_comes_back(office: Office, licence: Path) -> None:
    unit = enterprise(office, 1)
    (number,) = row_files.add_files(office, "enterprise", unit, [licence]).ids
    row_files.describe_file(office, number, kind="许可证", dated_on=None)
    row_files.remove_file(office, number)
    assert row_files.row_files(office, "enterprise", unit) == []
    with pytest.raises(UserError, match="已不在"):
        row_files.remove_file(office, number)
    row_files.bring_back_file(office, number)
    assert [one.kind for one in row_files.row_files(office, "enterprise", unit)] == ["许可证"]
    assert check(office).ok


def test_what_cannot_be_kept_is_refused_by_name(office: Office, licence: Path, tmp_path: Path) -> None:
    unit = enterprise(office, 1)
    empty = tmp_path / "空.jpg"
    empty.write_bytes(b"")
    done = row_files.add_files(office, "enterprise", unit, [empty, tmp_path / "没有.pdf", licence])
    assert [one.item for one in done.refused] == ["空.jpg", "没有.pdf"] and len(done.ids) == 1


def test_a_name_cannot_read_otherwise_than_it_is(office: Office, tmp_path: Path) -> None:
    unit = enterprise(office, 1)
    sly = tmp_path / "照片\u202egpj.exe"
    sly.write_bytes(b"x")
    row_files.add_files(office, "enterprise", unit, [sly])
    (kept,) = row_files.row_files(office, "enterprise", unit)
    assert kept.name == "照片gpj.exe" and not row_files.can_preview(kept.name)
    with pytest.raises(UserError):
        row_files.preview(office, kept.id)


def test_files_go_along_when_units_are_merged(office: Office, licence: Path) -> None:
    good, other = enterprise(office, 1, name="示例厂"), enterprise(office, 2, name="示例厂（新）", credit_code="")
    row_files.add_files(office, "enterprise", other, [licence])
    merging_units.merge(office, good, other)
    assert len(row_files.row_files(office, "enterprise", good)) == 1
    merging_units.undo_merge(office)
    assert len(row_files.row_files(office, "enterprise", other)) == 1


def test_persons_take_no_files(office: Office, licence: Path) -> None:
    with pytest.raises(Refused, match="不存附件"):
        row_files.add_files(office, "worker", 1, [licence])
