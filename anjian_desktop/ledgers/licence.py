"""证照和租赁: an enterprise's licences with their terms, and who rents premises from whom."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from anjian_desktop.ledgers.base import About, Ledger
from anjian_desktop.ledgers.fields import Kind, declare, link


class Licence(Ledger):
    """One licence of one enterprise."""

    __tablename__ = "licence"
    about = About(
        key="licence",
        label="证照",
        counter="本",
        title="licence_kind",
        subtitle=("enterprise", "number"),
        under="enterprise",
        sort="valid_to",
        importable=False,
    )

    enterprise_id: Mapped[int] = link("企业名称", "enterprise", "enterprise.id", required=True, width=18)
    licence_kind: Mapped[str] = declare(
        "证照类型",
        Kind.CHOICE,
        required=True,
        choices=(
            "营业执照", "安全生产许可证", "危险化学品经营许可证", "危险化学品使用许可证", "成品油零售经营批准证书",
            "烟花爆竹经营（零售）许可证", "食品经营许可证", "燃气经营许可证", "道路运输经营许可证", "消防验收意见书", "建筑业企业资质证书",
        ),
        open_choices=True,
        max_length=60,
        width=12,
    )  # fmt: skip
    number: Mapped[str | None] = declare("证号", max_length=60, searched=True, width=12)
    authority: Mapped[str | None] = declare("发证机关", max_length=60, width=12)
    valid_from: Mapped[date | None] = declare("有效期起", Kind.DATE, width=6)
    valid_to: Mapped[date | None] = declare("有效期至", Kind.DATE, width=6)
    scope: Mapped[str | None] = declare("许可范围", max_length=200, width=14, in_grid=False)
    note: Mapped[str | None] = declare("备注", Kind.LONG_TEXT, max_length=500, width=12, in_grid=False)


class Lease(Ledger):
    """出租厂房、场地: the landlord and the tenant are both enterprises of the roster (安全生产法 第四十九条)."""

    __tablename__ = "lease"
    about = About(
        key="lease",
        label="租赁",
        counter="处",
        title="place",
        subtitle=("landlord", "tenant"),
        under="enterprise",
        importable=False,
    )

    landlord_id: Mapped[int] = link("出租方", "enterprise", "enterprise.id", required=True, width=16)
    tenant_id: Mapped[int] = link("承租方", "enterprise", "enterprise.id", required=True, width=16)
    place: Mapped[str] = declare("出租场所", required=True, max_length=100, width=14)
    floor_area: Mapped[Decimal | None] = declare("面积（㎡）", Kind.DECIMAL, width=6)
    agreement_signed: Mapped[bool | None] = declare("已签安全管理协议", Kind.YES_NO, width=8)
    from_on: Mapped[date | None] = declare("租期起", Kind.DATE, width=6)
    to_on: Mapped[date | None] = declare("租期止", Kind.DATE, width=6)
    note: Mapped[str | None] = declare("备注", Kind.LONG_TEXT, max_length=500, width=12, in_grid=False)
