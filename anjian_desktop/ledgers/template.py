"""The office's own Word templates: every edition is a row, its file an attachment; an edition never changes."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from anjian_desktop.domain.agreements import KINDS
from anjian_desktop.domain.layout_kinds import LAYOUT_KINDS
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.base import About, Ledger
from anjian_desktop.ledgers.fields import Kind, declare


class Template(Ledger):
    """One edition of a template; the newest edition of a name is the one in use."""

    __tablename__ = "template"
    about = About(
        key="template",
        label="模板",
        counter="个",
        subtitle=("kind", "edition"),
        icon="template",
        menu=90,
        importable=False,
    )

    name: Mapped[str] = declare("模板名称", required=True, max_length=40, searched=True, width=14)
    kind: Mapped[str] = declare(
        "类别",
        Kind.CHOICE,
        required=True,
        choices=(*KINDS, *LAYOUT_KINDS),
        choice_labels={
            **{one.code: one.label for one in KINDS.values()},
            **{one.code: one.label for one in LAYOUT_KINDS.values()},
        },
        width=10,
    )
    edition: Mapped[int] = declare("版本", Kind.INTEGER, required=True, minimum=1, maximum=9999, width=3)
    file_name: Mapped[str] = declare("文件", required=True, max_length=200, width=14)
    added_on: Mapped[date] = declare("加入日期", Kind.DATE, required=True, width=6)
    content_sha256: Mapped[str] = mapped_column(String(64))
    """The Word file as it came, among the attachments."""
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    """The edition itself: its file and its bindings. What an issued agreement remembers."""
    bindings: Mapped[dict[str, str]] = mapped_column(JSON)
    """A placeholder's name or a blank's place -> the field that fills it, as the clerk confirmed."""

    @classmethod
    def derive(cls, values: dict[str, Any]) -> None:
        """Refuse an edition without its file: an edition is made from a Word file and never changes."""
        if "content_sha256" not in values and values.keys() & {"name", "kind", "edition", "file_name", "added_on"}:
            raise UserError(
                "模板要从 Word 文件加入，不能直接填写或改写，没有保存。",
                next_step="请用“加入模板”或 template add，同名的成为新版本。",
            )

    __table_args__ = (UniqueConstraint("name", "edition", name="uq_template_edition"),)
