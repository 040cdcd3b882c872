"""Units told apart, former names, files of a unit with kind and day, what service knows of an enterprise."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("distinct_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["first_id"], ["organization.id"], name="fk_distinct_pair_first_id_organization"),
        sa.ForeignKeyConstraint(["second_id"], ["organization.id"], name="fk_distinct_pair_second_id_organization"),
        sa.PrimaryKeyConstraint("id", name="pk_distinct_pair"),
        sa.UniqueConstraint("first_id", "second_id", name="uq_distinct_pair_first_id")
    )  # fmt: skip
    op.create_index("ix_distinct_pair_first_id", "distinct_pair", ["first_id"], unique=False)
    op.create_index("ix_distinct_pair_second_id", "distinct_pair", ["second_id"], unique=False)
    op.create_table("former_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name="fk_former_name_organization_id_organization"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_former_name")
    )  # fmt: skip
    op.create_index("ix_former_name_organization_id", "former_name", ["organization_id"], unique=False)
    op.add_column("enterprise", sa.Column("last_inspected_on", sa.Date(), nullable=True))
    op.add_column("enterprise", sa.Column("risk_score", sa.Integer(), nullable=True))
    op.add_column("enterprise", sa.Column("next_drill_on", sa.Date(), nullable=True))
    op.add_column("attachment", sa.Column("kind", sa.String(length=40), nullable=True))
    op.add_column("attachment", sa.Column("dated_on", sa.Date(), nullable=True))
    op.add_column("attachment", sa.Column("removed_at", sa.DateTime(), nullable=True))
