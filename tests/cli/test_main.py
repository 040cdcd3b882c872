"""What every command does alike: options, refusals, help, bugs, streams."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from support.calls import CommandLine

from anjian_desktop.cli import main
from anjian_desktop.services import browse, records

ROOT = Path(__file__).resolve().parents[2]
CLICKS_OWN_WORDS = re.compile("No such|Missing|Invalid|Error|Try|Usage|argument|option|required|Did you")


def outside(*words: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """A call in a process of its own."""
    given = {**os.environ, "PYTHONPATH": str(ROOT), **(env or {})}
    return subprocess.run([sys.executable, "-m", "anjian_desktop", *words], capture_output=True, env=given, check=False)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["lst"], "unknown_command"),
        (["agreements", "file-scan", "x.pdf"], "unknown_command"),
        (["hazard", "add"], "unknown_command"),
        (["training", "sing"], "unknown_command"),
        (["list", "enterprise", "--nope"], "unknown_option"),
        (["list"], "missing_parameter"),
        (["init"], "missing_parameter"),
        (["list", "enterprise", "zuviel"], "extra_argument"),
        (["list", "enterprise", "--limit", "viele"], "bad_value"),
        (["list", "enterprise", "--limit", "-1"], "bad_value"),
        (["list", "enterprise", "--limit"], "bad_option"),
        (["list", "enterprise", "--full-ids=ja"], "bad_option"),
        (["agreements", "draft", "--year", "99", "--kind", "enterprise"], "bad_value"),
        (["agreements", "sign", "1", "--year", "2026", "--on", "2026-02-30"], "bad_value"),
        (["agreements", "sign", "1", "--year", "2026", "--on", "3月5日"], "bad_value"),
        (["agreements", "print", "--year", "2026", "--out", "x", "--format", "odt"], "bad_value"),
        (["import", "organizations", "\udcb4\udce5.csv"], "bad_value"),
        (["export", "enterprise", " "], "bad_value"),
        (["list", "enterprise", "--data="], "bad_value"),
        (["agreements"], "missing_command"),
        ([], "missing_command"),
        (["list", "firma"], "unusable"),
        (["list", "enterprise", "--where", "Farbe=rot"], "unusable"),
        (["list", "enterprise", "--where", "企业名称"], "unusable"),
        (["add", "enterprise", "企业名称"], "unusable"),
        (["agreements", "draft", "--year", "2026", "--kind", "Z99"], "unusable"),
        (["agreements", "sign", "zwölf", "--on", "2026-01-05"], "unusable"),
        (["agreements", "sign", "12", "--on", "2026-01-05"], "unusable"),
        (["agreements", "sign", "@没有这个文件.txt", "--on", "2026-01-05"], "unusable"),
    ],
)
def test_an_unusable_call_is_exit_2_in_chinese_and_one_object_as_json(
    anjian: CommandLine, words: list[str], code: str
) -> None:
    done = anjian(*words)
    assert (done.code, done.out) == (2, "")
    assert re.search("[\u4e00-\u9fff]", done.err) and not CLICKS_OWN_WORDS.search(done.err)
    error = anjian.json(*words, code=2)["error"]
    assert error["code"] == code
    assert set(error) == {"code", "message", "next"} and re.search("[\u4e00-\u9fff]", error["message"])


def test_an_unusable_call_changes_nothing(anjian: CommandLine) -> None:
    before = anjian.json("audit", "verify")
    anjian("add", "enterprise", "企业名称=示例厂", "颜色=红")
    anjian("agreements", "sign", "12", "--year", "2026", "--on", "2026-01-05")
    assert anjian.json("audit", "verify") == before


def test_the_common_options_stand_before_the_command_or_after_it(
    bare: CommandLine, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(bare.folder)
    assert (
        main.run(
            ["--json", "--today", "2026-02-03", "--user", "甲", "--data", folder, "init", "--office", "示例镇安监办"]
        )
        == 0
    )
    assert json.loads(capsys.readouterr().out)["changed"] == ["office"]
    assert main.run(["office", "--data", folder, "show", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["office"] == "示例镇安监办"
    assert main.run(["audit", "verify", "--today", "2026-02-03", "--data", folder, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is True


def test_the_environment_names_the_folder_too(
    anjian: CommandLine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ANJIAN_DATA", str(anjian.folder))
    assert main.run(["office", "show", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["office"] == "示例镇安监办"


def test_whoever_acts_is_kept_with_the_change(anjian: CommandLine) -> None:
    made = anjian.json("add", "village", "村名=东河村", "--user", "李文员")
    from datetime import date

    from anjian_desktop.services.office import open_office

    with open_office(anjian.folder, today=date(2026, 1, 5)) as office:
        assert [one.actor for one in records.history(office, "village", made["id"])] == ["李文员"]


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        yield (*path, name)
        if isinstance(found, click.Group):
            yield from commands(found, (*path, name))


@pytest.mark.parametrize("words", [(), *commands(main.ROOT)], ids=" ".join)
def test_every_command_explains_itself_in_chinese(bare: CommandLine, words: tuple[str, ...]) -> None:
    done = bare(*words, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("用法：anjian")
    assert not re.search("Usage|Options|Commands|Show this|[Rr]equired|default|Arguments", done.out)
    lines = [line.strip() for line in done.out.splitlines() if line.strip().startswith("--")]
    assert lines and all(re.search("[\u4e00-\u9fff]", line) for line in lines)


def test_a_bug_is_one_sentence_exit_70_and_a_report_without_anybodys_data(
    anjian: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("张三 13900001234")

    monkeypatch.setattr(browse, "page", broken)
    done = anjian("list", "enterprise")
    assert (done.code, done.out) == (70, "")
    assert "Traceback" not in done.err and "RuntimeError" not in done.err and "张三" not in done.err
    report = next(Path(part) for part in re.findall(r"：(\S.*\.txt)", done.err))
    assert report.parent == anjian.folder / "logs"
    told = report.read_text(encoding="utf-8")
    assert "RuntimeError" in told and "anjian_desktop/cli/records.py" in told
    log = (anjian.folder / "logs" / "anjian.log").read_text(encoding="utf-8")
    assert "list exit 70" in log
    for text in (told, log):
        assert "张三" not in text and "13900001234" not in text
    assert anjian.json("list", "enterprise", code=70)["error"]["code"] == "bug"


def test_the_log_names_the_command_and_none_of_its_values(anjian: CommandLine) -> None:
    anjian("add", "enterprise", "企业名称=示例化工有限公司", "主要负责人=张三", "联系电话=13900001234")
    log = (anjian.folder / "logs" / "anjian.log").read_text(encoding="utf-8")
    assert "add exit 0" in log
    assert not re.search("张三|13900001234|示例化工", log)


def test_words_are_utf8_whatever_the_console_is_set_to(anjian: CommandLine) -> None:
    anjian("add", "enterprise", "企业名称=示例㛃化工厂", "主要负责人=王喆")
    done = outside("--data", str(anjian.folder), "list", "enterprise", "--json", env={"PYTHONIOENCODING": "gbk"})
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8"))["rows"][0]["name"] == "示例㛃化工厂"
    done = outside("lst", env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"})
    assert "没有命令" in done.stderr.decode("utf-8")


def test_a_reader_that_goes_away_is_no_bug(anjian: CommandLine) -> None:
    for n in range(3):
        anjian("add", "village", f"村名=示例{n}村")
    command = [sys.executable, "-m", "anjian_desktop", "--data", str(anjian.folder), "list", "village"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ) as call:
        assert call.stdout is not None and call.stderr is not None
        call.stdout.close()
        told = call.stderr.read().decode("utf-8")
    assert "Traceback" not in told and "BrokenPipe" not in told and "意外" not in told


def test_a_command_without_documents_loads_no_library_for_them(anjian: CommandLine) -> None:
    anjian("add", "village", "村名=东河村")
    told = (
        "import sys; from anjian_desktop.cli.main import run; "
        f"data = ['--data', {str(anjian.folder)!r}]; "
        "calls = ('list village', 'office show', 'agreements status --year 2026', 'check', 'search 东河'); "
        "codes = [run([*data, *words.split()]) for words in calls]; "
        "print(*codes, *sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", told],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )
    heavy = {
        "docx",
        "lxml",
        "reportlab",
        "openpyxl",
        "xlsxwriter",
        "fontTools",
        "pypdf",
        "pypdfium2",
        "zxingcpp",
        "PySide6",
        "rich",
    }
    loaded = done.stderr.decode("utf-8").split()
    assert loaded[:5] == ["0"] * 5
    assert heavy & set(loaded) == set()


def test_a_usage_error_does_not_even_load_the_database(bare: CommandLine) -> None:
    told = (
        "import sys; from anjian_desktop.cli.main import run; code = run(['lst']); "
        "print(code, 'sqlalchemy' in sys.modules, 'sqlcipher3' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert done.stdout.decode().split() == ["2", "False", "False"]


def test_the_version_is_told(bare: CommandLine) -> None:
    from anjian_desktop import __version__

    assert bare("--version").out == f"安监桌面 {__version__}\n"
