"""The year's agreements through the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.calls import CommandLine
from support.towns import town_roster

from anjian_desktop.documents.scan_pages import pages_as_pdf

STATUS = {
    "kind",
    "due",
    "drafted",
    "issued",
    "signed",
    "archived",
    "on_time_rate",
    "cumulative_rate",
    "overdue",
    "left_out",
    "unsigned",
}


@pytest.fixture
def town(anjian: CommandLine, tmp_path: Path) -> CommandLine:
    """Six enterprises in two villages, two departments; nothing drafted."""
    file = town_roster(tmp_path / "名册.xlsx", enterprises=6, villages=2, departments=2)
    for kind, sheet in (("village", "村居"), ("department", "部门"), ("enterprise", "企业")):
        assert anjian("import", "organizations", file, "--kind", kind, "--sheet", sheet).code == 0
    return anjian


def draft(town: CommandLine, kind: str = "enterprise", *words: str) -> Any:
    return town.json("agreements", "draft", "--year", 2026, "--kind", kind, *words)


def printed(town: CommandLine, out: Path, *words: str | Path) -> Any:
    return town.json("agreements", "print", "--year", 2026, "--out", out, *words)


def test_each_group_drafts_one_agreement_a_unit_and_not_twice(town: CommandLine) -> None:
    for kind, count in (("enterprise", 6), ("village", 2), ("Z3", 2)):
        told = draft(town, kind)
        assert (told["year"], told["kind"], told["drafted"], told["existing"], told["left_out"]) == (
            2026,
            kind,
            count,
            0,
            [],
        )
        assert draft(town, kind)["existing"] == count
    assert {row["kind"] for row in town.json("list", "agreement")["rows"]} == {"Z1", "Z3", "Z5"}


def test_units_out_of_operation_are_left_out_and_that_is_no_refusal(town: CommandLine) -> None:
    row = town.json("list", "enterprise")["rows"][0]
    town("edit", "enterprise", row["id"], "经营状态=停业")
    told = draft(town)
    assert told["drafted"] == 5
    assert told["left_out"] == [{"id": row["id"], "name": row["name"], "reason": "经营状态为停业"}]


def test_a_draft_takes_what_the_call_says(town: CommandLine) -> None:
    draft(
        town,
        "enterprise",
        "--where",
        "所属村=示例1村",
        "--deadline",
        "2026-04-15",
        "--from",
        "2026-02-01",
        "--to",
        "2026-11-30",
        "--copies",
        "3",
    )
    rows = town.json("list", "agreement")["rows"]
    assert len(rows) == 3 and {row["village"] for row in rows} == {"示例1村"}
    assert {(row["deadline"], row["period_from"], row["period_to"], row["copies"]) for row in rows} == {
        ("2026-04-15", "2026-02-01", "2026-11-30", 3)
    }
    assert {row["state"] for row in rows} == {"drafted"} and {row["number"] for row in rows} == {None}


def test_one_pdf_a_unit_lies_in_its_villages_folder_under_its_number(town: CommandLine, tmp_path: Path) -> None:
    draft(town)
    told = printed(town, tmp_path / "out")
    files = sorted(Path(str(one)).relative_to(tmp_path / "out").as_posix() for one in told["files"])
    assert "示例1村/示安责〔2026〕1号 示例2号机械有限公司.pdf" in files and len(files) == 6
    assert all((tmp_path / "out" / one).read_bytes().startswith(b"%PDF") for one in files)


def test_word_files_and_one_merged_pdf_are_made_when_asked(town: CommandLine, tmp_path: Path) -> None:
    draft(town)
    told = printed(town, tmp_path / "out", "--format", "both", "--merge")
    names = [Path(str(one)).name for one in told["files"]]
    assert sum(name.endswith(".docx") for name in names) == 6
    assert next(name for name in names if name.endswith(".pdf")).endswith(" 2026 第1-6号.pdf")


def test_a_dry_run_counts_and_takes_no_number(town: CommandLine, tmp_path: Path) -> None:
    draft(town)
    dry = printed(town, tmp_path / "out", "--merge", "--dry-run")
    assert (dry["issued"], dry["pages"], dry["sheets"], dry["files"]) == (6, 48, 24, [])
    assert town.json("agreements", "register", "--year", 2026)["rows"] == [] and not (tmp_path / "out").exists()
    done = printed(town, tmp_path / "out", "--merge")
    assert {key: done[key] for key in ("issued", "pages", "sheets", "first_number", "last_number")} == {
        key: dry[key] for key in ("issued", "pages", "sheets", "first_number", "last_number")
    }


def test_chosen_agreements_are_printed_by_number_condition_and_limit(town: CommandLine, tmp_path: Path) -> None:
    draft(town)
    assert (
        printed(town, tmp_path / "1", "--where", "所属村=示例2村", "--limit", "2")["last_number"] == "示安责〔2026〕2号"
    )
    again = town.json(
        "agreements", "print", "--year", 2026, "1", "示安责〔2026〕2号", "--out", tmp_path / "2", "--copies", "1"
    )
    assert (again["issued"], again["reprinted"], again["pages"]) == (0, 2, 8)
    rest = printed(town, tmp_path / "3", "--kind", "enterprise", "--again")
    assert (rest["issued"], rest["reprinted"]) == (4, 2)
    assert town("agreements", "print", "--year", "2026", "77", "--out", tmp_path / "4").code == 2
    nothing = town("agreements", "print", "--year", "2026", "--out", tmp_path / "5")
    assert nothing.code == 0 and "没有要打印的" in nothing.out and not (tmp_path / "5").exists()


def test_many_are_signed_at_once_by_range_word_and_file(town: CommandLine, tmp_path: Path) -> None:
    draft(town)
    printed(town, tmp_path / "out")
    numbers = tmp_path / "编号.txt"
    numbers.write_text("\ufeff2026-4\n\n示安责〔2026〕5号\n", encoding="utf-8")
    later = town.on("2026-02-01")
    told = later.json(
        "agreements", "sign", "1-2", "示安责〔2026〕3号", f"@{numbers}", "--year", "2026", "--on", "2026-01-20"
    )
    assert [one["number"] for one in told["signed"]] == [f"示安责〔2026〕{n}号" for n in range(1, 6)]
    assert told["refused"] == [] and told["changed"] == ["agreement"] and len(told["ids"]) == 5
    rows = {row["number"]: row for row in later.json("list", "agreement")["rows"]}
    assert rows["示安责〔2026〕1号"]["signed_by"] == rows["示安责〔2026〕1号"]["principal"]


def test_a_date_before_issue_or_after_today_is_refused_the_rest_signed(town: CommandLine, tmp_path: Path) -> None:
    draft(town)
    printed(town, tmp_path / "1", "--limit", "3")
    printed(town.on("2026-01-20"), tmp_path / "2")
    told = town.on("2026-02-01").json("agreements", "sign", "1-6", "--year", "2026", "--on", "2026-01-10", code=1)
    assert len(told["signed"]) == 3
    assert {one["item"] for one in told["refused"]} == {f"示安责〔2026〕{n}号" for n in (4, 5, 6)}
    assert all(set(one) == {"item", "rule", "problem"} for one in told["refused"])
    assert town.json("agreements", "sign", "4", "--year", "2026", "--on", "2027-01-10", code=1)["signed"] == []


def test_with_its_scan_an_agreement_is_archived(town: CommandLine, tmp_path: Path) -> None:
    draft(town)
    printed(town, tmp_path / "out")
    scan = tmp_path / "扫描 件.pdf"
    scan.write_bytes(b"%PDF-1.4\nscan")
    assert town.json("agreements", "sign", "2026-1", "--on", "2026-01-05", "--by", "代签人", "--scan", scan)["signed"]
    row = town.json("list", "agreement", "--where", "状态=archived")["rows"][0]
    assert (row["signed_by"], row["archived_on"]) == ("代签人", "2026-01-05")
    assert town("agreements", "sign", "2-3", "--year", "2026", "--on", "2026-01-05", "--scan", scan).code == 2
    assert (
        town("agreements", "sign", "2", "--year", "2026", "--on", "2026-01-05", "--scan", tmp_path / "没有.pdf").code
        == 2
    )
    assert town.json("check", "--full")["attachments"] == {"missing": [], "changed": [], "orphans": []}


def test_the_status_counts_every_kind_and_names_who_is_missing(town: CommandLine, tmp_path: Path) -> None:
    for kind in ("enterprise", "village", "department"):
        draft(town, kind)
    printed(town, tmp_path / "out")
    told = town.json("agreements", "status", "--year", 2026)
    assert (told["year"], told["as_of"]) == (2026, "2026-01-05")
    assert all(set(one) >= STATUS for one in (*told["kinds"], told["total"]))
    assert {one["kind"]: one["due"] for one in told["kinds"]} == {"Z1": 2, "Z3": 2, "Z5": 6}
    assert (told["total"]["due"], told["total"]["issued"], told["total"]["signed"], told["total"]["on_time_rate"]) == (
        10,
        10,
        0,
        0.0,
    )
    unit = told["kinds"][2]["unsigned"][0]
    assert {"id", "number", "name", "village", "principal", "phone", "state"} <= set(unit)
    assert unit["phone"].startswith("139****")
    full = town.json("agreements", "status", "--year", 2026, "--full-ids")["kinds"][2]["unsigned"][0]
    assert "*" not in full["phone"]


def test_a_year_without_agreements_has_no_rate(town: CommandLine) -> None:
    total = town.json("agreements", "status", "--year", 2031)["total"]
    assert (total["due"], total["on_time_rate"], total["cumulative_rate"]) == (0, None, None)
    assert "—" in town("agreements", "status", "--year", 2031).out


def test_a_void_agreement_keeps_its_number_and_the_unit_is_due_again(town: CommandLine, tmp_path: Path) -> None:
    draft(town)
    printed(town, tmp_path / "out")
    assert town("agreements", "void", "3", "--year", "2026", "--reason", " ").code == 2
    told = town.json("agreements", "void", "3", "--year", "2026", "--reason", "负责人变更")
    assert len(told["ids"]) == 1 and told["changed"] == ["agreement"] and told["refused"] == []
    assert draft(town)["drafted"] == 1
    twice = town.json("agreements", "void", "3", "--year", "2026", "--reason", "再来", code=1)
    assert twice["refused"][0]["item"] == "示安责〔2026〕3号" and twice["ids"] == []


def test_ending_and_replacing_keep_the_counts_right(town: CommandLine, tmp_path: Path) -> None:
    draft(town)
    printed(town, tmp_path / "out")
    later = town.on("2026-07-20")
    later("agreements", "sign", "1-6", "--year", "2026", "--on", "2026-02-01")
    ended = later.json("agreements", "terminate", "1", "--year", "2026", "--on", "2026-06-30", "--reason", "企业注销")
    assert ended["changed"] == ["agreement"]
    made = later.json("agreements", "supersede", "2", "--year", "2026", "--from", "2026-07-20", "--by", "新示例")
    rows = {row["id"]: row for row in later.json("list", "agreement", "--limit", "0")["rows"]}
    new = rows[made["ids"][0]]
    assert (new["state"], new["number"], new["period_from"], new["period_to"], new["principal"]) == (
        "drafted",
        None,
        "2026-07-20",
        "2026-12-31",
        "新示例",
    )
    old = next(row for row in rows.values() if row["number"] == "示安责〔2026〕2号")
    assert (old["state"], old["ended_on"]) == ("superseded", "2026-07-19")
    assert later.json("agreements", "supersede", "2", "--year", "2026", "--from", "2026-08-01", code=1)["refused"]


def test_the_next_year_is_drafted_from_the_one_before(town: CommandLine, tmp_path: Path) -> None:
    for kind in ("enterprise", "village"):
        draft(town, kind)
    printed(town, tmp_path / "out")
    later = town.on("2026-12-31")
    later("agreements", "sign", "1-8", "--year", "2026", "--on", "2026-02-01")
    told = later.json("agreements", "renew", "--from", 2026)
    assert (told["year"], told["drafted"]) == (2027, 8)
    new = list(later.json("list", "agreement", "--where", "年度=2027")["rows"])
    assert {(row["state"], row["signed_on"], row["period_from"]) for row in new} == {("drafted", None, "2027-01-01")}
    assert later("agreements", "renew", "--from", "2026", "--to", "2026").code == 2


def test_ctrl_c_stops_after_the_present_piece_and_the_same_command_finishes(
    town: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import signal

    from anjian_desktop.services import print_files

    draft(town)
    whole = print_files.write_files
    calls = []

    def interrupted(*args: object, **kwargs: object) -> object:
        calls.append(1)
        signal.raise_signal(signal.SIGINT)
        return whole(*args, **kwargs)

    monkeypatch.setattr("anjian_desktop.services.printing.write_files", interrupted)
    stopped = town("--json", "agreements", "print", "--year", "2026", "--out", tmp_path / "out")
    assert stopped.code == 1 and stopped.json["stopped"] is True and "正在停止" in stopped.err
    monkeypatch.undo()
    done = printed(town, tmp_path / "out")
    assert (done["first_number"], done["last_number"], len(done["files"])) == (
        "示安责〔2026〕1号",
        "示安责〔2026〕6号",
        6,
    )
    assert town.json("agreements", "register", "--year", 2026)["gaps"] == []


def test_sheets_between_villages_are_counted_when_asked_for(town: CommandLine, tmp_path: Path) -> None:
    draft(town)
    bare = printed(town, tmp_path / "out", "--merge", "--dry-run")
    parted = printed(town, tmp_path / "out", "--merge", "--separators")
    assert (parted["pages"], parted["sheets"]) == (bare["pages"] + 4, bare["sheets"] + 2)
    refused = town("agreements", "print", "--year", 2026, "--out", tmp_path / "x", "--again", "--separators")
    assert refused.code == 2 and "分隔页" in refused.err


def test_filed_scans_are_told_in_pages_and_a_missing_page_is_exit_1(town: CommandLine, tmp_path: Path) -> None:
    draft(town, "enterprise", "--copies", "1")
    merged = Path(printed(town, tmp_path / "纸", "--merge")["files"][0])
    told = town.json("agreements", "file-scans", merged)
    assert (told["read"], told["filed"], told["blank"], told["duplicate"]) == (24, 24, 0, 0)
    assert (told["foreign"], told["queued"], told["queue"]) == (0, 0, [])
    assert {one["state"] for one in told["agreements"]} == {"archived"}
    assert all(one["missing_pages"] == [] and one["pages"] == 4 and one["date_assumed"] for one in told["agreements"])
    assert town.json("agreements", "file-scans", merged)["duplicate"] == 24
    draft(town, "village", "--copies", "1")
    single = next(Path(one) for one in printed(town, tmp_path / "村")["files"])
    part = tmp_path / "part.pdf"
    part.write_bytes(pages_as_pdf([(single, 1), (single, 3)]))
    (lacking,) = town.json("agreements", "file-scans", part, code=1)["agreements"]
    assert lacking["state"] == "issued"
    assert 2 in lacking["missing_pages"]
    assert "date_assumed" not in lacking
