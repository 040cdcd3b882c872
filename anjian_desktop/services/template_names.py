"""Which field a template's placeholder means: by its label, by another heading of the same, or the one nearest to it."""

from __future__ import annotations

import difflib
import re
from functools import cache

from anjian_desktop.ledgers.base import fields_of
from anjian_desktop.ledgers.organization import Department, Enterprise, Village

_LOOSE = re.compile(r"[\s_＿（）()【】\[\]：:·“”\"«»]+")


@cache
def known_fields() -> tuple[str, ...]:
    """Everything an agreement can merge: its own names, then the labels of its unit."""
    from anjian_desktop.documents.templates import AGREEMENT_NAMES  # the document libraries stay off the start-up path

    labels = [one.label for ledger in (Enterprise, Village, Department) for one in fields_of(ledger)]
    return tuple(dict.fromkeys((*AGREEMENT_NAMES, *labels)))


@cache
def _by_loose_name() -> dict[str, str]:
    found = {_loose(name): name for name in reversed(known_fields())}
    for ledger in (Enterprise, Village, Department):
        for one in fields_of(ledger):
            for alias in one.aliases:
                found.setdefault(_loose(alias), one.label)
    return found


def _loose(name: str) -> str:
    """Word writes spaces and brackets of a heading as underlines or drops them."""
    return _LOOSE.sub("", name)


def resolve(name: str) -> str:
    """The field a placeholder of this name means; the name itself when none does."""
    return _by_loose_name().get(_loose(name), name)


def field_or_nothing(name: str) -> str:
    """The same, empty when no field answers to the name."""
    found = resolve(name)
    return found if found in known_fields() else ""


def nearest(name: str) -> str:
    """The known field most like this name, empty when none is."""
    close = difflib.get_close_matches(_loose(name), list(_by_loose_name()), n=1, cutoff=0.5)
    return _by_loose_name()[close[0]] if close else ""
