"""All ledgers, in menu order: every module of this package is looked at, so a new ledger is one new file."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from anjian_desktop import ledgers as package
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.base import Ledger


@cache
def all_ledgers() -> tuple[type[Ledger], ...]:
    """Every ledger that says what it is about, those of the navigation first."""
    for module in pkgutil.iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
    found: list[type[Ledger]] = []
    waiting = list(Ledger.__subclasses__())
    while waiting:
        ledger = waiting.pop(0)
        waiting.extend(ledger.__subclasses__())
        if "about" in vars(ledger):
            found.append(ledger)
    return tuple(sorted(found, key=lambda one: (one.about.menu is None, one.about.menu or 0, one.about.key)))


def ledger_named(name: str) -> type[Ledger]:
    """The ledger of that key or Chinese label. Raises UserError."""
    for ledger in all_ledgers():
        if name in (ledger.about.key, ledger.about.label):
            return ledger
    known = "、".join(f"{one.about.key}（{one.about.label}）" for one in all_ledgers())
    raise UserError(f"没有叫“{name}”的台账。", next_step=f"现有：{known}。")
