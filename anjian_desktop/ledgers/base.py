"""What every table shares, and what a ledger (台账) says about itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Any, ClassVar

from sqlalchemy import DateTime, MetaData, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from anjian_desktop.ledgers.fields import Field


class Base(DeclarativeBase):
    """All tables; constraints have stable names so that migrations can address them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


@dataclass(frozen=True)
class About:
    """What a ledger is called and how its rows are named; `menu` orders the navigation, None keeps it out."""

    key: str
    label: str
    counter: str = "条"
    title: str = "name"
    """Key of the field that names a row."""
    subtitle: tuple[str, ...] = ()
    icon: str = "ledger"
    menu: int | None = None
    under: str = ""
    """Navigation key of the page that leads to this ledger's; for ledgers without a place in the navigation."""
    order: tuple[str, ...] = ()
    """Keys in the order of grid, form and export; fields left out follow in declared order."""
    relabel: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Changes to inherited fields: {"name": {"label": "企业名称", "aliases": (…)}}."""
    importable: bool = True
    sort: str = ""
    """Key of the field a list is sorted by at first; default the title."""


@dataclass(frozen=True)
class Examined:
    """What a whole row's look says: problems that keep it out and warnings, by field key, and columns that follow."""

    problems: Mapping[str, str] = field(default_factory=dict)
    warnings: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)


NOTHING_FOUND = Examined()


@dataclass(frozen=True, slots=True)
class FollowedChange:
    """One row changed in a transaction: its id, whether it is new, and each column's value before and after."""

    row_id: int
    is_new: bool
    values: Mapping[str, tuple[Any, Any]]


class Ledger(Base):
    """A row the clerk sees: listed, searched, edited, retired to the recycle bin, never deleted."""

    __abstract__ = True
    about: ClassVar[About]

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    """Goes up with every change; an edit of an older version is refused."""
    retired_at: Mapped[datetime | None] = mapped_column(DateTime, index=True)

    def fixed(self) -> str:
        """Why this row is not typed over and not put into the recycle bin any more; empty while it may be."""
        return ""

    @classmethod
    def derive(cls, values: dict[str, Any]) -> None:
        """Fill in columns that follow from others before `values` are stored (a name's comparing key)."""

    @classmethod
    def examine(cls, values: Mapping[str, Any], *, today: date) -> Examined:
        """Judge a whole row, by column attribute, where one field alone says too little; every field is sound by itself.

        While a form is being filled in, columns may be missing.
        """
        return NOTHING_FOUND

    @classmethod
    def clashes(cls, session: Session, values: Mapping[str, Any], row_id: int | None) -> Mapping[str, str]:
        """What other rows in use forbid of a whole row, by field key, beyond its unique fields."""
        return {}

    @classmethod
    def follow(cls, session: Session, changes: Sequence[FollowedChange], now: datetime) -> None:
        """Bring tables up to date that follow from rows of this ledger, before the transaction commits."""


@cache
def fields_of(ledger: type[Ledger]) -> tuple[Field, ...]:
    """The declared fields of a ledger, in its order."""
    about = ledger.about
    found: dict[str, Field] = {}
    mapper = inspect(ledger)
    for attribute in _declared_order(ledger, mapper.attrs.keys()):
        prop = mapper.attrs[attribute]
        info = prop.info if "field" in prop.info else getattr(getattr(prop, "columns", [None])[0], "info", {})
        if (declared := info.get("field")) is None:
            continue
        key = attribute.removesuffix("_id") if declared.link else attribute
        found[key] = replace(declared, key=key, column=attribute, **about.relabel.get(key, {}))
    ordered = [key for key in about.order if key in found]
    return tuple(found[key] for key in (*ordered, *(k for k in found if k not in ordered)))


def _declared_order(ledger: type[Ledger], keys: Iterable[str]) -> list[str]:
    """Attributes as written in the classes, the base class first (SQLAlchemy's own order differs by kind of attribute)."""
    written = [name for cls in reversed(ledger.__mro__) for name in vars(cls)]
    return sorted(keys, key=lambda name: written.index(name) if name in written else len(written))


def field_of(ledger: type[Ledger], name: str) -> Field | None:
    """The field of that key or label (aliases count when nothing else fits)."""
    fields = fields_of(ledger)
    exact = next((f for f in fields if name in (f.key, f.label)), None)
    return exact or next((f for f in fields if name in f.aliases), None)
