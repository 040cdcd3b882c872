"""Layouts and kept PDF files of certificates; commendations (奖状)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("certificate", sa.Column("layout_sha256", sa.String(length=64), nullable=True))
    op.add_column("certificate", sa.Column("card_layout_sha256", sa.String(length=64), nullable=True))
    op.add_column("certificate", sa.Column("pdf_page", sa.Integer(), nullable=True))
    op.add_column("certificate", sa.Column("card_sha256", sa.String(length=64), nullable=True))
    op.add_column("certificate", sa.Column("card_page", sa.Integer(), nullable=True))
    # Until now pdf_sha256 was a hash of the layout and no file was kept: page 0 says so, and that it was printed.
    op.execute("UPDATE certificate SET pdf_page = 0 WHERE pdf_sha256 IS NOT NULL")
    op.create_table("commendation",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("holder_kind", sa.String(length=40), nullable=True),
        sa.Column("award", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=True),
        sa.Column("awarded_on", sa.Date(), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("serial_year", sa.Integer(), nullable=True),
        sa.Column("serial_n", sa.Integer(), nullable=True),
        sa.Column("snapshot", sa.JSON(), nullable=True),
        sa.Column("layout_sha256", sa.String(length=64), nullable=True),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.Column("pdf_page", sa.Integer(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["replaces_id"], ["commendation.id"], name="fk_commendation_replaces_id_commendation"),
        sa.PrimaryKeyConstraint("id", name="pk_commendation"),
        sa.UniqueConstraint("serial_year", "serial_n", name="uq_commendation_serial")
    )
    op.create_index("ix_commendation_number", "commendation", ["number"], unique=False)
    op.create_index("ix_commendation_retired_at", "commendation", ["retired_at"], unique=False)
