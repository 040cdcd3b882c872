"""The command line's entry: finds the command, says what went wrong, gives the exit code."""

from __future__ import annotations

import errno
import io
import logging
import os
import sys
import time
from collections.abc import Sequence
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path

import click

from anjian_desktop import __version__, paths
from anjian_desktop.cli.call import Call, Group
from anjian_desktop.cli.report import BUG, DONE, REFUSED, UNUSABLE, Answer, emit, emit_error
from anjian_desktop.cli.usage import explain
from anjian_desktop.errors import Cancelled, Refused, UserError
from anjian_desktop.log import LOGGER, logging_to, write_crash_report

COMMANDS = {
    "init": "store",
    "office": "store",
    "backup": "store",
    "restore": "store",
    "pack": "store",
    "check": "store",
    "audit": "store",
    "list": "records",
    "add": "records",
    "edit": "records",
    "retire": "records",
    "restore-row": "records",
    "export": "records",
    "search": "records",
    "print-list": "printed_lists",
    "card": "printed_lists",
    "duplicates": "roster_care",
    "network": "roster_care",
    "tenures": "roster_care",
    "recycle-bin": "roster_care",
    "rename": "unit_papers",
    "files": "unit_papers",
    "import": "imports",
    "blank": "blank_sheets",
    "agreements": "agreements",
    "training": "training",
    "certificates": "certificates",
    "remind": "certificates",
    "commendations": "commendations",
    "template": "templates",
    "convert": "word_files",
    "demo": "demo",
    "selftest": "selftest",
}
"""Command -> the module that holds it: only the one asked for is imported."""

STOPPED = 130
"""What a shell expects of a program that was stopped by Ctrl+C."""


class Root(Group):
    """`anjian`, whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"anjian_desktop.cli.{COMMANDS[cmd_name]}")
        found = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        assert isinstance(found, click.Command)
        return found


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        click.echo(f"安监桌面 {__version__}")
        ctx.exit()


ROOT = Root(
    "anjian",
    help="安监桌面：乡镇安监办的责任书、企业名册。",
    params=[
        click.Option(
            ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="版本"
        )
    ],
)


def run(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code as the contract says: 0 done, 1 something refused, 2 unusable, 3 no store, 70 a bug."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    call = Call()
    started = time.perf_counter()
    folder = _log_folder(arguments)
    with logging_to(folder) if folder else nullcontext():
        try:
            code = _answer(arguments, call)
            sys.stdout.flush()
        except OSError as error:
            if not _reader_left(error):
                raise
            # The reader went away (| head): nothing to say, and nobody to say it to.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = REFUSED
        LOGGER.log(logging.INFO, "%s exit %d %.2f s", _command_words(arguments), code, time.perf_counter() - started)
    return code


def _answer(arguments: list[str], call: Call) -> int:
    # A call that cannot be parsed never reaches its --json option.
    as_json = "--json" in arguments
    try:
        answer = ROOT.main(arguments, prog_name="anjian", standalone_mode=False, obj=call)
        return emit(answer, as_json=call.json) if isinstance(answer, Answer) else DONE
    except click.exceptions.NoArgsIsHelpError as error:
        if as_json:
            emit_error(*explain(error), as_json=True)
        else:
            print(error.format_message(), file=sys.stderr)
        return UNUSABLE
    except click.ClickException as error:
        emit_error(*explain(error), as_json=as_json)
        return UNUSABLE
    except Refused as error:
        answer = Answer(
            {"ids": [], "changed": [], "refused": error.refusals},
            [error.message, *filter(None, [error.next_step])],
            REFUSED,
        )
        return emit(answer, as_json=as_json)
    except UserError as error:
        emit_error(error.code, error.message, error.next_step, as_json=as_json)
        return error.exit_code
    except Cancelled:
        emit_error("cancelled", "已按要求停止；已完成的部分已保存。", "", as_json=as_json)
        return REFUSED
    except (KeyboardInterrupt, click.Abort):
        emit_error("cancelled", "已停止。没有写完的改动没有生效，数据是安全的。", "", as_json=as_json)
        return STOPPED
    except Exception as error:
        if isinstance(error, OSError) and _reader_left(error):
            raise
        LOGGER.error("bug", exc_info=error)
        return _bug(error, arguments, as_json=as_json)


def _reader_left(error: OSError) -> bool:
    """A pipe whose reader is gone; Windows calls that an invalid argument."""
    windows = sys.platform == "win32" and error.errno == errno.EINVAL and error.filename is None
    return windows or isinstance(error, BrokenPipeError)


def _bug(error: Exception, arguments: list[str], *, as_json: bool) -> int:
    file = write_crash_report(error, _log_folder(arguments) or paths.log_folder(Path()))
    told = f"请把这个报告交给维护人员：{file}" if file else "报告文件也没能写成，请检查磁盘。"
    emit_error("bug", "程序出了意外，这一步没有完成。已保存的数据没有受影响。", told, as_json=as_json)
    return BUG


def _log_folder(arguments: list[str]) -> Path | None:
    """The log lies with the store, so it is looked for before the options are parsed; None without a store."""
    if "demo" in arguments:
        # It may replace its own store, and Windows deletes no file that is open.
        return None
    chosen = None
    for n, argument in enumerate(arguments):
        if argument == "--data" and n + 1 < len(arguments):
            chosen = arguments[n + 1]
        elif argument.startswith("--data="):
            chosen = argument.removeprefix("--data=")
    try:
        data = paths.data_folder(chosen)
        return paths.log_folder(data) if (data / "anjian.db").exists() else None
    except (UserError, OSError, ValueError):
        return None


def _command_words(arguments: list[str]) -> str:
    """The command's own words for the log, never what was typed as values."""
    known = {
        *COMMANDS,
        "show",
        "set",
        "verify",
        "undo",
        "organizations",
        "signatures",
        "draft",
        "print",
        "sign",
        "void",
    }
    known |= {"terminate", "supersede", "renew", "status", "register"}
    known |= {"workers", "session", "marks", "expiring", "issue"}
    words = [word for word in arguments if word in known]
    return " ".join(words[:2]) or "-"


def _speak_utf8() -> None:
    """UTF-8 whatever the console's code page is; a name that cannot be encoded is shown escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
