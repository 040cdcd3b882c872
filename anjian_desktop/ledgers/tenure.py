"""任职记录: who was principal, legal representative, safety officer of a unit before, from which day to which."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from anjian_desktop.domain.kinds import UNIT_ROLES
from anjian_desktop.ledgers.base import About, Ledger
from anjian_desktop.ledgers.fields import Kind, declare, link


class Tenure(Ledger):
    """An earlier holder of a role; the present one stands in the unit's own fields.

    Kept by services/tenures.py when those fields change; the days may be corrected by hand.
    """

    __tablename__ = "tenure"
    about = About(
        key="tenure",
        label="任职记录",
        counter="条",
        subtitle=("organization", "role"),
        icon="history",
        under="enterprise",
        sort="to_on",
        importable=False,
    )

    organization_id: Mapped[int] = link("单位", "organization", "organization.id", required=True, width=18)
    role: Mapped[str] = declare(
        "职责", Kind.CHOICE, required=True, choices=tuple(UNIT_ROLES), choice_labels=UNIT_ROLES, width=8
    )
    name: Mapped[str] = declare("姓名", required=True, max_length=40, width=6)
    phone: Mapped[str | None] = declare("电话", Kind.PHONE, personal=True, max_length=60)
    from_on: Mapped[date | None] = declare("起", Kind.DATE, width=6)
    """Empty: since before the office knew."""
    to_on: Mapped[date] = declare("止", Kind.DATE, required=True, width=6)
