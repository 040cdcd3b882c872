"""Scanned pages that were filed, and those that wait."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("scan_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ledger", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("filed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name="fk_scan_page_attachment_id_attachment"),
        sa.PrimaryKeyConstraint("id", name="pk_scan_page"),
        sa.UniqueConstraint("ledger", "row_id", "revision", "pages", "page", name="uq_scan_page_page")
    )  # fmt: skip
    op.create_index("ix_scan_page_row", "scan_page", ["ledger", "row_id"], unique=False)
    op.create_table("waiting_scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(length=200), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name="fk_waiting_scan_attachment_id_attachment"),
        sa.PrimaryKeyConstraint("id", name="pk_waiting_scan")
    )  # fmt: skip
    op.create_index("ix_waiting_scan_settled_at", "waiting_scan", ["settled_at"], unique=False)
