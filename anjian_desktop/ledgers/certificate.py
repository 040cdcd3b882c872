"""证书: those people hold from elsewhere, and those this office issued for its own classes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from anjian_desktop.domain.certificate_kinds import KINDS, equipment_item_warning, kind_named
from anjian_desktop.domain.certificate_rules import is_lapsed, needs_re_examination, term
from anjian_desktop.domain.identity import identity_number_problem
from anjian_desktop.ledgers.base import About, Examined, Ledger
from anjian_desktop.ledgers.fields import Kind, declare

ORIGINS = {"held": "外单位发证", "issued": "本单位发证"}
STATES = {"valid": "有效", "void": "作废", "replaced": "已补发"}


class Certificate(Ledger):
    """A certificate of a person, known by their identity number whether or not they are on the roster.

    What this office issued is frozen in `snapshot`; its number, year and serial never change.
    """

    __tablename__ = "certificate"
    about = About(
        key="certificate",
        label="证书",
        counter="本",
        subtitle=("certificate_kind", "number"),
        icon="certificate",
        menu=40,
        sort="ends_on",
        order=("name", "identity_number", "certificate_kind", "item", "number", "issuer", "ends_on", "state", "origin"),
    )

    name: Mapped[str] = declare("姓名", required=True, max_length=40, searched=True, width=6, aliases=("持证人",))
    identity_number: Mapped[str] = declare(
        "身份证号", Kind.IDENTITY, required=True, personal=True, searched=True, max_length=30, width=11,
        aliases=("证件号码", "身份证号码", "身份证", "公民身份号码", "证件号"),
    )  # fmt: skip
    certificate_kind: Mapped[str] = declare(
        "证书类别", Kind.CHOICE, required=True, choices=tuple(one.label for one in KINDS), open_choices=True, max_length=60,
        code_table="certificate_kind",
        width=10, aliases=("证书名称", "证件名称", "证书种类"),
    )  # fmt: skip
    item: Mapped[str | None] = declare(
        "作业项目", Kind.CHOICE, open_choices=True, code_table="certificate_item", max_length=80, width=8,
        aliases=("准操项目", "作业类别", "操作项目", "工种", "准驾项目"),
    )  # fmt: skip
    number: Mapped[str] = declare(
        "证书编号",
        required=True,
        max_length=60,
        searched=True,
        width=11,
        aliases=("证号", "证书号码", "证件编号", "操作证号"),
    )
    issuer: Mapped[str | None] = declare("发证机关", max_length=60, width=8, aliases=("发证单位", "签发机关"))
    issued_on: Mapped[date | None] = declare(
        "初领日期", Kind.DATE, width=6, in_grid=False, aliases=("发证日期", "初次领证日期", "领证日期")
    )
    valid_from: Mapped[date | None] = declare(
        "有效期起", Kind.DATE, width=6, in_grid=False, aliases=("有效期开始", "有效起始日期", "有效期自")
    )
    valid_to: Mapped[date | None] = declare(
        "有效期至",
        Kind.DATE,
        width=6,
        in_grid=False,
        aliases=("有效期止", "有效期结束", "有效截止日期", "到期日期", "有效期限至"),
    )
    ends_on: Mapped[date | None] = declare(
        "到期日", Kind.DATE, width=6, computed=True, in_form=False, hint="有效期至；没有填时按证书类别推算"
    )
    re_examined_on: Mapped[date | None] = declare(
        "复审日期", Kind.DATE, width=6, in_grid=False, aliases=("实际复审日期", "复审时间")
    )
    origin: Mapped[str] = declare(
        "来源",
        Kind.CHOICE,
        choices=tuple(ORIGINS),
        choice_labels=ORIGINS,
        default="held",
        width=5,
        in_form=False,
        max_length=10,
    )
    state: Mapped[str] = declare(
        "状态",
        Kind.CHOICE,
        choices=tuple(STATES),
        choice_labels=STATES,
        default="valid",
        width=4,
        in_form=False,
        max_length=10,
    )
    reason: Mapped[str | None] = declare("作废原因", max_length=200, width=8, in_grid=False, in_form=False)
    note: Mapped[str | None] = declare("备注", Kind.LONG_TEXT, max_length=500, width=10, group="其他", in_grid=False)
    serial_year: Mapped[int | None] = mapped_column(Integer)
    serial_n: Mapped[int | None] = mapped_column(Integer)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("training_session.id"))
    record_id: Mapped[int | None] = mapped_column(ForeignKey("training_record.id"), index=True)
    snapshot: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Everything the certificate says, as it was issued; printing reads nothing else."""
    code: Mapped[str | None] = mapped_column(String(600))
    """The text of its QR code, signed."""
    photo_sha256: Mapped[str | None] = mapped_column(String(64))
    layout_sha256: Mapped[str | None] = mapped_column(String(64))
    card_layout_sha256: Mapped[str | None] = mapped_column(String(64))
    """The layouts (A4 and card) it was issued with, among the attachments."""
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    pdf_page: Mapped[int | None] = mapped_column(Integer)
    """The PDF of its first print on A4, among the attachments, and its page there (from 1); 0: printed, no file kept."""
    card_sha256: Mapped[str | None] = mapped_column(String(64))
    card_page: Mapped[int | None] = mapped_column(Integer)
    """The same of its first print as a card."""
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))

    __table_args__ = (
        UniqueConstraint("serial_year", "serial_n", name="uq_certificate_serial"),
        Index("ix_certificate_identity_number", "identity_number"),
        Index("ix_certificate_number", "number"),
        Index("ix_certificate_ends_on", "ends_on"),
    )

    def fixed(self) -> str:
        return "" if self.origin != "issued" else f"{self.number} 是本单位发的，内容不再改动；写错了请作废或补发"

    @classmethod
    def examine(cls, values: Mapping[str, Any], *, today: date) -> Examined:
        number = str(values.get("identity_number") or "")
        kind = kind_named(str(values.get("certificate_kind") or ""))
        problems: dict[str, str] = {}
        warnings: dict[str, str] = {}
        if len(number) == 18 and number[:17].isdigit() and (wrong := identity_number_problem(number, today=today)):
            problems["identity_number"] = wrong
        start, end = values.get("valid_from") or values.get("issued_on"), values.get("valid_to")
        if start and end and end < start:
            problems["valid_to"] = "有效期至早于有效期起"
        held = term(kind, start=start, typed_end=end)
        if held.differs:
            warnings["valid_to"] = f"按有效期{kind.years if kind else ''}年推算应为{held.computed}，以填写的为准"
        if told := equipment_item_warning(kind, values.get("item")):
            warnings["item"] = told
        if needs_re_examination(kind) and start and is_lapsed(start, values.get("re_examined_on"), today=today):
            warnings["re_examined_on"] = "2026-06-01前应复审而没有复审日期，证书可能已失效，请核实（T11）"
        follows: dict[str, Any] = {"ends_on": held.end}
        if kind is not None and kind.label != values.get("certificate_kind"):
            follows["certificate_kind"] = kind.label
            warnings.setdefault("certificate_kind", f"“{values['certificate_kind']}”按“{kind.label}”登记")
        return Examined(problems, warnings, follows)
