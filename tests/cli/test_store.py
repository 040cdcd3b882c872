"""init, office, backup, check, audit through the command line."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from support.calls import CommandLine

from anjian_desktop.storage import lock


def test_init_makes_an_office_and_says_where_and_what_next(bare: CommandLine) -> None:
    done = bare("init", "--office", "示例镇安监办")
    assert done.code == 0
    assert str(bare.folder) in done.out and "anjian import" in done.out
    shown = bare.json("office", "show")
    assert {key: shown[key] for key in ("office", "prefix", "deadline", "copies", "province")} == {
        "office": "示例镇安监办",
        "prefix": "示安责",
        "deadline": "03-31",
        "copies": "2",
        "province": "全国",
    }


def test_init_where_a_store_is_changes_nothing(anjian: CommandLine) -> None:
    before = anjian.json("office", "show")
    assert anjian("init", "--office", "别的办公室").code == 2
    assert anjian.json("office", "show") == before


def test_init_with_a_wrong_fact_makes_nothing(bare: CommandLine) -> None:
    assert bare("init", "--office", "镇").code == 2
    assert bare("init", "--office", "示例镇安监办", "--next-number", "0").code == 2
    assert not (bare.folder / "anjian.db").exists()


def test_init_goes_on_from_numbers_given_out_by_hand(bare: CommandLine, tmp_path: Path) -> None:
    bare("init", "--office", "示例镇安监办", "--prefix", "示镇责", "--next-number", "31")
    bare("add", "village", "村名=东河村")
    bare("agreements", "draft", "--year", "2026", "--kind", "village")
    printed = bare.json("agreements", "print", "--year", "2026", "--out", tmp_path / "out")
    assert printed["first_number"] == "示镇责〔2026〕31号"


def test_without_a_store_every_command_says_how_to_begin(bare: CommandLine, tmp_path: Path) -> None:
    for words in (
        ["list", "enterprise"],
        ["office", "show"],
        ["check"],
        ["import", "organizations", tmp_path / "x.xlsx"],
    ):
        done = bare(*words)
        assert done.code == 2 and "anjian init" in done.err
    assert bare.json("check", code=2)["error"]["code"] == "no_store"
    assert not bare.folder.exists()


def test_a_lost_store_is_not_a_new_one(bare: CommandLine) -> None:
    (bare.folder / "backups").mkdir(parents=True)
    assert bare("list", "enterprise").code == 3
    assert bare("init", "--office", "示例镇安监办").code in (2, 3)
    assert not (bare.folder / "anjian.db").exists()


def test_a_damaged_store_is_told_and_left_as_it_is(anjian: CommandLine) -> None:
    file = anjian.folder / "anjian.db"
    file.write_bytes(b"x" * 8192)
    for extra in anjian.folder.glob("anjian.db-*"):
        extra.unlink()
    done = anjian("list", "enterprise")
    assert done.code == 3 and "Traceback" not in done.err
    assert anjian.json("list", "enterprise", code=3)["error"]["message"]
    assert file.read_bytes() == b"x" * 8192


def test_office_facts_are_set_by_key_or_label(anjian: CommandLine) -> None:
    changed = anjian.json("office", "set", "leader=安示例", "甲方=示例镇人民政府", "copies=3", "phone=0530-9900001")
    assert changed["changed"] == ["office"]
    shown = anjian.json("office", "show")
    assert (shown["leader"], shown["party_a"], shown["copies"]) == ("安示例", "示例镇人民政府", "3")
    assert anjian.json("office", "set", "copies=3")["changed"] == []


def test_a_wrong_office_fact_is_named_and_nothing_is_changed(anjian: CommandLine) -> None:
    before = anjian.json("office", "show")
    for wrong in ("copies=viele", "deadline=13-31", "province=月球", "farbe=rot"):
        done = anjian("office", "set", "leader=别人", wrong)
        assert done.code == 2, wrong
    assert anjian.json("office", "show") == before


def test_a_backup_is_verified_and_holds_every_row(anjian: CommandLine, tmp_path: Path) -> None:
    anjian("add", "village", "村名=东河村")
    made = anjian.json("backup", tmp_path / "备份 1.db")
    file = Path(made["file"])
    assert made["verified"] is True and made["counts"]["village"] == 1
    assert made["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert Path(anjian.json("backup")["file"]).parent == anjian.folder / "backups"


def test_a_backup_is_restored_and_the_restore_taken_back(anjian: CommandLine, tmp_path: Path) -> None:
    anjian("add", "village", "村名=东河村")
    file = anjian.json("backup", tmp_path / "备份 1.db")["file"]
    anjian("add", "village", "村名=西山村")
    looked = anjian.json("restore", file, "--dry-run")
    assert (looked["counts"]["village"], looked["present"]["counts"]["village"]) == (1, 2)
    assert anjian.json("list", "village")["total"] == 2
    done = anjian.json("restore", file)
    assert done["counts"]["village"] == 1 and "village" in done["changed"] and done["attachments_missing"] == 0
    assert anjian.json("list", "village")["total"] == 1
    assert anjian.json("check", "--full")["ok"] is True and anjian.json("audit", "verify")["ok"] is True
    listed = anjian.json("restore", "--list")["backups"]
    assert [(one["replaced"], one["counts"]["village"], one["verified"]) for one in listed] == [(True, 2, True)]
    assert anjian("restore", done["kept"]).code == 0
    assert anjian.json("list", "village")["total"] == 2


def test_a_backup_is_restored_where_there_is_no_store_yet(anjian: CommandLine, tmp_path: Path) -> None:
    anjian("add", "village", "村名=东河村")
    file = anjian.json("backup", tmp_path / "备份.db")["file"]
    new = CommandLine(tmp_path / "新电脑", anjian.capsys)
    done = new.json("restore", file)
    assert done["kept"] is None and done["office"] == "示例镇安监办"
    assert new.json("list", "village")["total"] == 1


def test_a_package_moves_the_office_to_another_computer(anjian: CommandLine, tmp_path: Path) -> None:
    anjian("add", "village", "村名=东河村")
    made = anjian.json("pack", tmp_path / "示例镇.anjian")
    assert made["verified"] is True and made["missing"] == [] and made["counts"]["village"] == 1
    assert made["sha256"] == hashlib.sha256((tmp_path / "示例镇.anjian").read_bytes()).hexdigest()
    new = CommandLine(tmp_path / "新电脑", anjian.capsys)
    assert new("restore", tmp_path / "示例镇.anjian").code == 0
    assert new.json("list", "village")["total"] == 1
    assert new.json("check", "--full")["ok"] is True


def test_what_cannot_be_restored_is_said_and_changes_nothing(anjian: CommandLine, tmp_path: Path) -> None:
    anjian("add", "village", "村名=东河村")
    (tmp_path / "照片.db").write_bytes(b"JFIF" * 100)
    assert anjian.json("restore", tmp_path / "照片.db", code=2)["error"]["code"] == "bad_backup"
    assert anjian.json("restore", tmp_path / "没有.db", code=2)["error"]["code"] == "no_file"
    assert anjian("restore").code == 2
    file = anjian.json("backup")["file"]
    with lock.hold(anjian.folder, "窗口"):
        assert anjian.json("restore", file, code=3)["error"]["code"] == "held"
    assert anjian.json("list", "village")["total"] == 1
    assert anjian("restore", "--list").out.count("已校验") == 1


def test_check_tells_a_row_that_was_changed_outside(anjian: CommandLine) -> None:
    row = anjian.json("add", "village", "村名=东河村")["id"]
    good = anjian.json("check", "--full")
    assert good["ok"] is True and good["integrity"] == "ok" and good["rows_changed_outside"] == []
    assert set(good["attachments"]) == {"missing", "changed", "orphans"}
    _tamper(anjian.folder, "UPDATE organization SET principal = '别人' WHERE id = ?", row)
    bad = anjian.json("check", code=1)
    assert bad["ok"] is False and bad["rows_changed_outside"] == [["village", row]]


def test_audit_verify_tells_where_the_chain_breaks(anjian: CommandLine) -> None:
    anjian("add", "village", "村名=东河村")
    anjian("add", "village", "村名=西山村")
    good = anjian.json("audit", "verify")
    assert good["ok"] is True and good["entries"] == 3 and good["first_bad"] is None and len(good["head"]) == 64
    _tamper(anjian.folder, "UPDATE audit_entry SET actor = '别人' WHERE seq = ?", 2)
    bad = anjian.json("audit", "verify", code=1)
    assert bad["ok"] is False and bad["first_bad"] == 2
    assert "第 2 条" in anjian("audit", "verify").out


def test_a_store_moved_with_its_folder_opens_elsewhere(anjian: CommandLine, tmp_path: Path) -> None:
    anjian("add", "village", "村名=东河村")
    shutil.move(anjian.folder, tmp_path / "U盘")
    there = CommandLine(tmp_path / "U盘", anjian.capsys)
    assert there.json("list", "village")["total"] == 1
    assert there.json("check")["ok"] is True


def _tamper(folder: Path, statement: str, row: int) -> None:
    """What somebody with another program could do to the file."""
    import sqlcipher3

    connection = sqlcipher3.connect(str(folder / "anjian.db"))
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        if name.startswith("audit"):
            connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute(statement, (row,))
    connection.commit()
    connection.close()
