"""What every command shares: the options before or after it, the office it opens, how it is declared."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from anjian_desktop import paths
from anjian_desktop.cli.usage import ChineseHelp
from anjian_desktop.domain.dates import DateProblem, parse_file_date

if TYPE_CHECKING:
    from anjian_desktop.services.office import Office


@dataclass
class Call:
    """One call of the command line, as its common options say."""

    data: Path | None = None
    today: date | None = None
    json: bool = False
    user: str = "文员"

    @property
    def folder(self) -> Path:
        """The store's folder. Raises UserError where a file stands in its place."""
        return paths.data_folder(self.data)

    def office(self) -> Office:
        """The office, open; a context manager. Raises NoStore, StoreError."""
        # SQLAlchemy comes with the store and costs a third of a second: help and usage errors do without.
        from anjian_desktop.services.office import open_office

        office = open_office(self.folder, today=self.today, actor=self.user)
        if office.db.lost_entries:
            told = f"注意：缺少最近 {office.db.lost_entries} 次操作，数据文件可能被换成了旧的。可用 anjian restore --list 查看备份。"
            print(told, file=sys.stderr)
        return office


class Day(click.ParamType[date]):
    """A date with its year: 2026-03-05, 20260305, 2026年3月5日."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        text = str(value).strip()
        try:
            if text.isdigit() and len(text) != 8:
                raise DateProblem(f"“{text}”不是日期，请写成 2026-03-05")
            return parse_file_date(text, today=date.min)
        except DateProblem as problem:
            self.fail(str(problem), param, ctx)


class Whole(click.ParamType[int]):
    """A whole number within bounds."""

    name = "N"

    def __init__(self, minimum: int = 0, maximum: int = 1_000_000_000) -> None:
        self.minimum = minimum
        self.maximum = maximum

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value).strip()
        number = int(text) if text.lstrip("+-").isdecimal() and len(text) < 12 else None
        if number is None:
            self.fail(f"“{value}”不是整数", param, ctx)
        if not self.minimum <= number <= self.maximum:
            self.fail(f"应在{self.minimum}到{self.maximum}之间", param, ctx)
        return number


class OneOf(click.ParamType[str]):
    """One of a few words."""

    name = "WORD"

    def __init__(self, *words: str) -> None:
        self.words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if str(value) not in self.words:
            self.fail(f"没有“{value}”，可以是：{'、'.join(self.words)}", param, ctx)
        return str(value)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "|".join(self.words)


class NewFile(click.ParamType[Path]):
    """A file or folder by its path; whether it can be read or written, the work itself finds out."""

    name = "FILE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        if not str(value).strip() or "\0" in str(value):
            self.fail("路径是空的或含有不能用的字符", param, ctx)
        if any("\ud800" <= char <= "\udfff" for char in str(value)):
            # A name in another encoding: it can be opened, but neither shown nor kept in the store.
            self.fail("文件名里有认不出的字符，请先给文件改名", param, ctx)
        return Path(value).expanduser()


DAY = Day()
FILE = NewFile()
YEAR = Whole(2000, 2199)


def _remember(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """The option may stand before the command or after it; the one given last wins."""
    if value is not None and value is not False:
        setattr(ctx.find_object(Call), str(param.name), value)


def _common_options() -> list[click.Parameter]:
    return [
        click.Option(["--data"], type=FILE, metavar="DIR", help="数据文件夹（也可用环境变量 ANJIAN_DATA）", expose_value=False, callback=_remember),
        click.Option(["--today"], type=DAY, help="把这一天当作今天", expose_value=False, callback=_remember),
        click.Option(["--json"], is_flag=True, help="只输出一个 JSON 对象", expose_value=False, callback=_remember),
        click.Option(["--user"], metavar="NAME", help="操作人，记入修改记录", expose_value=False, callback=_remember),
    ]  # fmt: skip


class Command(ChineseHelp, click.Command):
    """A command; the common options are accepted after it too."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        own = super().get_params(ctx)
        # `template render --data ROW.json` means its own rows there, not the folder.
        taken = {name for one in own for name in one.opts}
        self.common = [one for one in _common_options() if not taken.intersection(one.opts)]
        return [*own, *self.common]


class Group(ChineseHelp, click.Group):
    """A group of commands; the common options are accepted after its name too."""

    command_class = Command

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        own = super().get_params(ctx)
        self.common = _common_options()
        return [*own, *self.common]


def command(name: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Declare a function as a command; it gets the Call first and returns an Answer."""

    def declared(function: Callable[..., Any]) -> click.Command:
        return click.command(name, cls=Command)(click.pass_obj(function))

    return declared


def group(name: str, help_text: str) -> Group:
    """A group of commands without work of its own."""
    return Group(name, help=help_text)
