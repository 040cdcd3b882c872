"""责任网络: the areas between town and village, and which leader answers for what (一岗双责)."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from anjian_desktop.ledgers.base import About, Ledger
from anjian_desktop.ledgers.fields import NAMES, Kind, declare


class Area(Ledger):
    """管区（片区）: supervises villages, which name it in their own field."""

    __tablename__ = "area"
    about = About(
        key="area",
        label="管区",
        counter="个",
        subtitle=("principal",),
        icon="village",
        under="network",
        importable=False,
    )

    name: Mapped[str] = declare("管区名称", required=True, max_length=40, unique=True, searched=True, width=10)
    principal: Mapped[str | None] = declare("负责人", max_length=40, searched=True, width=6)
    principal_phone: Mapped[str | None] = declare("联系电话", Kind.PHONE, personal=True, searched=True, max_length=60)
    deputy: Mapped[str | None] = declare("安全专干", max_length=40, width=6)
    deputy_phone: Mapped[str | None] = declare("专干电话", Kind.PHONE, personal=True, max_length=60)
    note: Mapped[str | None] = declare("备注", Kind.LONG_TEXT, max_length=500, width=12)


class LeaderDuty(Ledger):
    """领导分工: one leader, the sectors they answer for, the area, villages and enterprises they keep contact with."""

    __tablename__ = "leader_duty"
    about = About(
        key="leader_duty",
        label="领导分工",
        counter="人",
        subtitle=("post", "sectors"),
        icon="office",
        under="network",
        importable=False,
    )

    name: Mapped[str] = declare("姓名", required=True, max_length=40, searched=True, width=6)
    post: Mapped[str | None] = declare("职务", max_length=60, searched=True, width=10)
    phone: Mapped[str | None] = declare("联系电话", Kind.PHONE, personal=True, searched=True, max_length=60)
    sectors: Mapped[str | None] = declare("分管领域", max_length=200, width=14)
    area: Mapped[str | None] = declare(
        "联系管区", Kind.CHOICE, open_choices=True, code_table=f"{NAMES}area", max_length=40, width=8
    )
    villages: Mapped[tuple[str, ...]] = declare(
        "联系村", Kind.MULTI_CHOICE, open_choices=True, code_table=f"{NAMES}village", width=12
    )
    enterprises: Mapped[tuple[str, ...]] = declare("联系企业", Kind.MULTI_CHOICE, open_choices=True, width=12)
    from_on: Mapped[date | None] = declare("起", Kind.DATE, width=6)
    to_on: Mapped[date | None] = declare("止", Kind.DATE, width=6)
    note: Mapped[str | None] = declare("备注", Kind.LONG_TEXT, max_length=500, width=12, in_grid=False)
