"""A verified backup stands before every import into an office that has something to lose."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from anjian_desktop.errors import Cancelled
from anjian_desktop.services import maintenance, rosters
from anjian_desktop.services.office import Office
from anjian_desktop.storage.backup import list_backups


def test_an_import_is_preceded_by_a_backup_of_what_was_there(office: Office, tmp_path: Path) -> None:
    def take_in(name: str) -> None:
        book = Workbook()
        assert book.active is not None
        book.active.append(["企业名称", "所属村"])
        book.active.append([name, "东河村"])
        book.save(tmp_path / "名册.xlsx")
        rosters.apply_roster(office, rosters.read_roster(office, tmp_path / "名册.xlsx"))

    take_in("示例甲厂")
    assert list_backups(office.folder) == []
    take_in("示例乙厂")
    (made,) = list_backups(office.folder)
    assert "before-import" in made.file.name
    assert made.counts["enterprise"] == 1


def test_an_import_stopped_while_it_writes_leaves_nothing_behind(office: Office, tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["企业名称", "所属村"])
    for n in range(3500):
        book.active.append([f"示例{n}号厂", "东河村"])
    book.save(tmp_path / "名册.xlsx")
    plan = rosters.read_roster(office, tmp_path / "名册.xlsx")
    looks: list[str] = []
    rosters_before = maintenance.counts(office), maintenance.audit_verify(office).entries
    for stop_at in (1, 3, 8):

        def step(done: int, total: int, name: str, stop_at: int = stop_at) -> None:
            looks.append(name)
            if len(looks) == stop_at:
                raise Cancelled

        looks.clear()
        with pytest.raises(Cancelled):
            rosters.apply_roster(office, plan, step=step)
        assert (maintenance.counts(office), maintenance.audit_verify(office).entries) == rosters_before
        assert rosters.last_import(office) is None
    assert rosters.apply_roster(office, plan).counts["new"] == 3500
    assert maintenance.check(office).ok
