"""安委会成员: the town's safety committee, one row a person and unit, with the days of office."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from anjian_desktop.ledgers.base import About, Ledger
from anjian_desktop.ledgers.fields import Kind, computed, declare, link
from anjian_desktop.ledgers.organization import Department

_department = Department.__table__.alias("member_unit")


class CommitteeMember(Ledger):
    """A member; the unit is a department of the roster, whose former name is shown where it was renamed."""

    __tablename__ = "committee_member"
    about = About(
        key="committee_member",
        label="安委会成员",
        counter="人",
        subtitle=("role", "department"),
        icon="department",
        under="network",
        order=("name", "role", "department", "post"),
    )

    name: Mapped[str] = declare("姓名", required=True, max_length=40, searched=True, width=6)
    role: Mapped[str | None] = declare(
        "安委会职务",
        Kind.CHOICE,
        choices=("主任", "常务副主任", "副主任", "委员", "成员"),
        open_choices=True,
        max_length=20,
        width=6,
    )
    department_id: Mapped[int | None] = link(
        "成员单位", "department", "department.id", aliases=("单位",), max_length=60, width=14
    )
    post: Mapped[str | None] = declare("单位职务", aliases=("职务",), max_length=60, width=8)
    phone: Mapped[str | None] = declare("联系电话", Kind.PHONE, personal=True, searched=True, max_length=60)
    liaison: Mapped[str | None] = declare("联络员", max_length=40, width=6)
    liaison_phone: Mapped[str | None] = declare("联络员电话", Kind.PHONE, personal=True, max_length=60)
    duty: Mapped[str | None] = declare("安全职责", Kind.LONG_TEXT, max_length=1000, width=14)
    from_on: Mapped[date | None] = declare("任职起", Kind.DATE, width=6)
    to_on: Mapped[date | None] = declare("任职止", Kind.DATE, width=6)

    former_unit: Mapped[str | None] = computed(
        "单位原名称",
        select(_department.c.former_name).where(_department.c.id == department_id).scalar_subquery(),
        width=12,
    )
