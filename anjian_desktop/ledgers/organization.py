"""责任单位: enterprises, villages and departments, the counterparties of every agreement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from anjian_desktop.domain.kinds import (
    ENTERPRISE_FLAGS,
    ENTERPRISE_SIZES,
    PREMISES_KINDS,
    STATUS_WORDS,
    STATUSES,
    SUBJECT_KINDS,
)
from anjian_desktop.domain.text import name_key, name_order
from anjian_desktop.ledgers.base import About, FollowedChange, Ledger
from anjian_desktop.ledgers.enterprise_file import EnterpriseFile
from anjian_desktop.ledgers.fields import Kind, declare, link
from anjian_desktop.ledgers.tenure import follow_persons


class Organization(Ledger):
    """A unit that signs agreements; one table for what all kinds share, one more for each kind's own."""

    __tablename__ = "organization"

    kind: Mapped[str] = mapped_column(String(20), index=True)
    name: Mapped[str] = declare("名称", Kind.NAME, required=True, min_length=2, max_length=60, searched=True, width=18)
    name_key: Mapped[str] = mapped_column(String(80), index=True)
    name_order: Mapped[str] = mapped_column(String(200))
    area: Mapped[str | None] = declare("管区", aliases=("上级",), max_length=40, width=7)
    principal: Mapped[str | None] = declare("负责人", max_length=40, searched=True, width=6, group="人员")
    principal_phone: Mapped[str | None] = declare(
        "联系电话", Kind.PHONE, personal=True, searched=True, width=8, max_length=60, group="人员"
    )
    principal_since: Mapped[date | None] = declare(
        "负责人任职日期", Kind.DATE, width=6, group="人员", in_grid=False, rare=True
    )
    """Since when `principal` has been so; earlier ones stand in ledgers/tenure.py."""
    note: Mapped[str | None] = declare("备注", Kind.LONG_TEXT, max_length=500, width=12, group="其他")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    """Of a unit found to stand twice: the one that was kept."""

    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "organization"}  # noqa: RUF012

    @classmethod
    def derive(cls, values: dict[str, Any]) -> None:
        if values.get("name"):
            values["name_key"] = name_key(values["name"])
            values["name_order"] = name_order(values["name"])

    @classmethod
    def follow(cls, session: Session, changes: Sequence[FollowedChange], now: datetime) -> None:
        follow_persons(session, changes, now)


class Village(Organization):
    """村（社区）."""

    __tablename__ = "village"
    about = About(
        key="village",
        label="村居",
        counter="个",
        subtitle=("area", "principal"),
        icon="village",
        menu=22,
        relabel={"name": {"label": "村名", "aliases": ("名称", "村居名称"), "unique": True, "width": 10}},
        order=("name", "area", "principal", "principal_phone"),
    )
    id: Mapped[int] = mapped_column(ForeignKey("organization.id"), primary_key=True)

    __mapper_args__ = {"polymorphic_identity": "village"}  # noqa: RUF012


class Department(Organization):
    """镇直部门、站所、学校."""

    __tablename__ = "department"
    about = About(
        key="department",
        label="部门",
        counter="个",
        subtitle=("principal",),
        icon="department",
        menu=24,
        relabel={
            "name": {"label": "部门名称", "aliases": ("名称",), "unique": True, "width": 14},
            "area": {"label": "上级", "aliases": ("管区",)},
        },
        order=("name", "principal", "principal_phone"),
    )
    id: Mapped[int] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    former_name: Mapped[str | None] = declare(
        "原名称", Kind.NAME, aliases=("更名前名称",), max_length=60, searched=True, width=12, in_grid=False, rare=True
    )
    renamed_on: Mapped[date | None] = declare("更名日期", Kind.DATE, width=6, in_grid=False, rare=True)

    __mapper_args__ = {"polymorphic_identity": "department"}  # noqa: RUF012


class Enterprise(EnterpriseFile, Organization):
    """企业（生产经营单位、场所）; without a credit code (stall, rented house) it is known by name and village."""

    __tablename__ = "enterprise"
    about = About(
        key="enterprise",
        label="企业",
        counter="家",
        subtitle=("village", "principal"),
        icon="enterprise",
        menu=20,
        relabel={
            "name": {"label": "企业名称", "aliases": ("单位名称", "名称", "单位全称")},
            "area": {"aliases": (), "group": "场所"},
            "principal": {"label": "主要负责人", "aliases": ("负责人",)},
            "principal_since": {"label": "主要负责人任职日期"},
            "principal_phone": {"aliases": ("电话", "手机")},
        },
        order=(
            "name", "credit_code", "village", "area", "address", "registered_address", "legal_representative",
            "principal", "principal_phone", "safety_officer", "safety_officer_phone", "worker_count", "industry",
            "size", "flags", "premises_kind", "status", "status_changed_on", "established_on",
        ),
    )  # fmt: skip
    id: Mapped[int] = mapped_column(ForeignKey("organization.id"), primary_key=True)

    credit_code: Mapped[str | None] = declare(
        "统一社会信用代码",
        Kind.CREDIT_CODE,
        aliases=("信用代码", "社会信用代码"),
        unique=True,
        searched=True,
        width=11,
        max_length=18,
    )
    subject_kind: Mapped[str | None] = declare(
        "主体类型",
        Kind.CHOICE,
        choices=SUBJECT_KINDS,
        code_table="subject_kind",
        open_choices=True,
        max_length=20,
        width=5,
        in_grid=False,
    )
    status: Mapped[str] = declare(
        "经营状态",
        Kind.CHOICE,
        choices=STATUSES,
        code_table="status",
        default=STATUSES[0],
        max_length=10,
        width=4,
        other_words=STATUS_WORDS,
    )
    status_changed_on: Mapped[date | None] = declare("状态变更日期", Kind.DATE, width=6, in_grid=False)
    established_on: Mapped[date | None] = declare("成立日期", Kind.DATE, aliases=("成立时间",), width=6, in_grid=False)
    village_id: Mapped[int | None] = link(
        "所属村",
        "village",
        "village.id",
        aliases=("村", "村居", "所属村（社区）", "所属村居"),
        max_length=60,
        width=7,
        group="场所",
    )
    address: Mapped[str | None] = declare(
        "经营地址", aliases=("地址", "实际经营地址"), max_length=200, width=16, group="场所"
    )
    registered_address: Mapped[str | None] = declare("注册地址", max_length=200, width=16, group="场所", in_grid=False)
    legal_representative: Mapped[str | None] = declare(
        "法定代表人", aliases=("法人", "法人代表"), max_length=40, searched=True, width=6, group="人员"
    )
    safety_officer: Mapped[str | None] = declare(
        "安全管理员", aliases=("安全员",), max_length=40, width=6, group="人员"
    )
    safety_officer_phone: Mapped[str | None] = declare(
        "安管员电话",
        Kind.PHONE,
        aliases=("安全员电话",),
        personal=True,
        width=8,
        max_length=60,
        group="人员",
        in_grid=False,
    )
    worker_count: Mapped[int | None] = declare(
        "从业人数",
        Kind.INTEGER,
        aliases=("职工人数", "从业人员", "从业人员数", "人数"),
        maximum=1_000_000,
        width=5,
        group="人员",
    )
    industry: Mapped[str | None] = declare(
        "行业代码",
        max_length=40,
        width=5,
        group="行业",
        in_grid=False,
        code_table="industry",
        hint="GB/T 4754：输代码、名称或拼音首字母",
    )
    size: Mapped[str | None] = declare(
        "规模",
        Kind.CHOICE,
        choices=ENTERPRISE_SIZES,
        code_table="size",
        open_choices=True,
        max_length=20,
        width=4,
        group="行业",
    )
    flags: Mapped[tuple[str, ...]] = declare(
        "行业领域",
        Kind.MULTI_CHOICE,
        aliases=("行业标志", "重点领域"),
        choices=ENTERPRISE_FLAGS,
        code_table="flag",
        open_choices=True,
        width=10,
        group="标志",
    )
    premises_kind: Mapped[str | None] = declare(
        "九小场所类别",
        Kind.CHOICE,
        aliases=("九小类别", "场所类别"),
        choices=PREMISES_KINDS,
        code_table="premises_kind",
        open_choices=True,
        max_length=20,
        width=6,
        group="标志",
        in_grid=False,
    )

    __mapper_args__ = {"polymorphic_identity": "enterprise"}  # noqa: RUF012
    __table_args__ = (Index("ix_enterprise_credit_code", "credit_code"),)
