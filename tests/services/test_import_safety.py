"""A verified backup stands before every import into an office that has something to lose."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from anjian_desktop.services import rosters
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
