"""Words of a call as values: FIELD=VALUE, conditions, numbers from a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from anjian_desktop.errors import UserError
from anjian_desktop.services.browse import Condition, parse_condition


def assignments(texts: Sequence[str]) -> dict[str, str]:
    """`企业名称=某厂` and the like; the value may be empty or hold further = signs. Raises UserError."""
    found: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise UserError(f"看不懂“{text}”。", next_step="请写成 栏目=内容，例如 企业名称=某某有限公司。")
        found[name.strip()] = value
    return found


def conditions(ledger: str, texts: Sequence[str]) -> tuple[Condition, ...]:
    """The conditions of --where, all of which must hold. Raises UserError."""
    return tuple(parse_condition(ledger, text) for text in texts)


def numbers(texts: Sequence[str]) -> list[str]:
    """NUMBER arguments; `@FILE` stands for the numbers in a text file, one a line. Raises UserError."""
    found: list[str] = []
    for text in texts:
        if not text.startswith("@"):
            found.append(text)
            continue
        file = Path(text[1:]).expanduser()
        try:
            lines = file.read_text(encoding="utf-8-sig").splitlines()
        except UnicodeDecodeError:
            raise UserError(f"“{file}”不是 UTF-8 文本。", next_step="请另存为 UTF-8 编码，一行一个编号。") from None
        except OSError:
            raise UserError(f"读不了文件“{file}”。", next_step="请核对路径。") from None
        found += [line.strip() for line in lines if line.strip()]
    if texts and not found:
        raise UserError("文件里没有编号。", next_step="请一行写一个编号。")
    return found
