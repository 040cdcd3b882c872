"""What click says about a call it cannot use, and its help pages, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click

HELP_COMMAND = "加 --help 可以看用法。"


class ChineseHelp(click.Command):
    """Help pages in Chinese; the common options stand last, by themselves."""

    common: Sequence[click.Parameter] = ()

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这段说明"
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self._pieces(ctx)), prefix="用法：")

    def _pieces(self, ctx: click.Context) -> list[str]:
        pieces = ["[选项]"]
        for param in self.get_params(ctx):
            if isinstance(param, click.Argument):
                shown = param.make_metavar(ctx).strip("[]").removesuffix("...")
                shown += " …" if param.nargs != 1 else ""
                pieces.append(shown if param.required else f"[{shown}]")
        if isinstance(self, click.Group):
            pieces.append("命令 …")
        return pieces

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        params = self.get_params(ctx)
        common = {id(param) for param in self.common}
        self._write(ctx, formatter, "选项", [param for param in params if id(param) not in common])
        if isinstance(self, click.Group):
            rows = [(name, _summary(self.get_command(ctx, name))) for name in self.list_commands(ctx)]
            with formatter.section("命令"):
                formatter.write_dl(rows)
        self._write(
            ctx, formatter, "通用选项（写在命令前后都可以）", [param for param in params if id(param) in common]
        )

    def _write(
        self, ctx: click.Context, formatter: click.HelpFormatter, title: str, params: list[click.Parameter]
    ) -> None:
        rows = [record for param in params if (record := _record(param, ctx)) is not None]
        if rows:
            with formatter.section(title):
                formatter.write_dl(rows)


def _summary(command: click.Command | None) -> str:
    return (command.help or "").strip().split("\n")[0].rstrip("。") if command else ""


def _record(param: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
    if not isinstance(param, click.Option) or param.hidden:
        return None
    names = ", ".join(param.opts)
    if not param.is_flag:
        names += f" {param.make_metavar(ctx)}"
    told = param.help or ""
    if param.required:
        told += "（必填）"
    elif param.multiple:
        told += "（可写多次）"
    return names, told


def explain(error: click.ClickException) -> tuple[str, str, str]:
    """code, what is wrong, what to do: for a call that cannot be used."""
    hint = HELP_COMMAND
    if isinstance(error, click.NoSuchOption):
        near = f"是不是 {'、'.join(error.possibilities)}？" if error.possibilities else ""
        return "unknown_option", f"没有选项 {error.option_name}。", near + hint
    if isinstance(error, click.exceptions.NoSuchCommand):
        near = f"是不是 {'、'.join(error.possibilities)}？" if error.possibilities else ""
        return "unknown_command", f"没有命令“{error.command_name}”。", near + hint
    if isinstance(error, click.MissingParameter):
        return "missing_parameter", f"缺少{_shown(error).strip()}。", hint
    if isinstance(error, click.BadParameter):
        return "bad_value", f"{_shown(error)} 不对：{error.message}。", hint
    if isinstance(error, click.BadOptionUsage):
        takes_none = "does not take" in error.message
        return "bad_option", f"选项 {error.option_name} 后面{'不能带值' if takes_none else '要跟一个值'}。", hint
    if extra := re.search(r"extra arguments? \((.*)\)", error.message):
        return "extra_argument", f"多出了“{extra[1]}”。", hint
    if isinstance(error, click.exceptions.NoArgsIsHelpError) or "Missing command" in error.message:
        return "missing_command", "没有说要做什么。", hint
    return "unusable", "这条命令写得不对。", hint


def _shown(error: click.BadParameter) -> str:
    if isinstance(error.param, click.Option):
        return f"选项 {max(error.param.opts, key=len)}"
    if error.param is not None:
        return f"参数 {error.param.metavar or (error.param.name or '').upper()}"
    return "参数"
