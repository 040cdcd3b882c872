"""The kept summary of who lacks which training, and what finds the persons of one class."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "training_summary",
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("flags", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Integer(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name="fk_training_summary_worker_id_worker"),
        sa.PrimaryKeyConstraint("worker_id", name="pk_training_summary"),
    )
    op.create_index("ix_training_summary_place", "training_summary", ["enterprise_id", "flags"], unique=False)
    op.create_index("ix_training_summary_first_day", "training_summary", ["first_day"], unique=False)
    op.create_index("ix_training_summary_last_day", "training_summary", ["last_day"], unique=False)
    op.create_index("ix_training_record_class", "training_record", ["started_on", "enterprise_id"], unique=False)
