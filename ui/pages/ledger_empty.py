"""What a ledger's page says without rows: what to do first, or that nothing fits the filters."""

from __future__ import annotations

from collections.abc import Callable

from anjian_desktop.ledgers.base import About
from ui.pages.actions.action import Action
from ui.pages.actions.blank_sheet import BLANK
from ui.pages.actions.import_list import IMPORT
from ui.widgets.empty_state import EmptyState


def nothing_yet(about: About, add: Callable[[], None], run: Callable[[Action], None]) -> EmptyState:
    """The ledger holds nothing."""
    acts = [(f"新增{about.label}", add)]
    text = f"一{about.counter}一{about.counter}新增。"
    if about.importable:
        acts.insert(0, ("导入Excel名册", lambda: run(IMPORT)))
        acts.append(("下载空白表…", lambda: run(BLANK)))
        text = f"把手头的 Excel 名册导入进来，或者{text}"
    return EmptyState(f"还没有{about.label}", text, acts, icon_name=about.icon)


def nothing_found(about: About, show_all: Callable[[], None]) -> EmptyState:
    """No row fits search and filters."""
    return EmptyState(
        f"没有符合条件的{about.label}",
        "换个词，或者去掉上面的筛选条件。",
        (("显示全部", show_all),),
        icon_name="search",
    )
