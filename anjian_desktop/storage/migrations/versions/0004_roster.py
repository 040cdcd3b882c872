"""The whole roster: the enterprises' files, code tables, responsible persons, the responsibility network."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _tables()
    _columns()
    # With its reference in the statement, SQLite adds the column without rebuilding the table.
    op.execute(
        "ALTER TABLE organization ADD COLUMN merged_into_id INTEGER "
        "CONSTRAINT fk_organization_merged_into_id_organization REFERENCES organization (id)"
    )


def _tables() -> None:
    op.create_table("area",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("principal", sa.String(length=40), nullable=True),
        sa.Column("principal_phone", sa.String(length=60), nullable=True),
        sa.Column("deputy", sa.String(length=40), nullable=True),
        sa.Column("deputy_phone", sa.String(length=60), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_area")
    )
    op.create_index("ix_area_retired_at", "area", ["retired_at"], unique=False)
    op.create_table("code",
        sa.Column("table", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("threshold", sa.String(length=200), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_code")
    )
    op.create_index("ix_code_retired_at", "code", ["retired_at"], unique=False)
    op.create_index("ix_code_table_code", "code", ["table", "code"], unique=False)
    op.create_table("leader_duty",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("post", sa.String(length=60), nullable=True),
        sa.Column("phone", sa.String(length=60), nullable=True),
        sa.Column("sectors", sa.String(length=200), nullable=True),
        sa.Column("area", sa.String(length=40), nullable=True),
        sa.Column("villages", sa.String(length=500), nullable=True),
        sa.Column("enterprises", sa.String(length=500), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_leader_duty")
    )
    op.create_index("ix_leader_duty_retired_at", "leader_duty", ["retired_at"], unique=False)
    op.create_table("tenure",
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name="fk_tenure_organization_id_organization"),
        sa.PrimaryKeyConstraint("id", name="pk_tenure")
    )
    op.create_index("ix_tenure_organization_id", "tenure", ["organization_id"], unique=False)
    op.create_table("unit_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("retired_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("filled", sa.JSON(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.Column("dropped", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["kept_id"], ["organization.id"], name="fk_unit_merge_kept_id_organization"),
        sa.ForeignKeyConstraint(["retired_id"], ["organization.id"], name="fk_unit_merge_retired_id_organization"),
        sa.PrimaryKeyConstraint("id", name="pk_unit_merge")
    )
    op.create_index("ix_unit_merge_kept_id", "unit_merge", ["kept_id"], unique=False)
    op.create_index("ix_unit_merge_retired_id", "unit_merge", ["retired_id"], unique=False)
    op.create_table("committee_member",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("post", sa.String(length=60), nullable=True),
        sa.Column("phone", sa.String(length=60), nullable=True),
        sa.Column("liaison", sa.String(length=40), nullable=True),
        sa.Column("liaison_phone", sa.String(length=60), nullable=True),
        sa.Column("duty", sa.Text(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name="fk_committee_member_department_id_department"),
        sa.PrimaryKeyConstraint("id", name="pk_committee_member")
    )
    op.create_index("ix_committee_member_department_id", "committee_member", ["department_id"], unique=False)
    op.create_index("ix_committee_member_retired_at", "committee_member", ["retired_at"], unique=False)
    op.create_table("lease",
        sa.Column("landlord_id", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("floor_area", sa.Integer(), nullable=True),
        sa.Column("agreement_signed", sa.Boolean(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["landlord_id"], ["enterprise.id"], name="fk_lease_landlord_id_enterprise"),
        sa.ForeignKeyConstraint(["tenant_id"], ["enterprise.id"], name="fk_lease_tenant_id_enterprise"),
        sa.PrimaryKeyConstraint("id", name="pk_lease")
    )
    op.create_index("ix_lease_landlord_id", "lease", ["landlord_id"], unique=False)
    op.create_index("ix_lease_retired_at", "lease", ["retired_at"], unique=False)
    op.create_index("ix_lease_tenant_id", "lease", ["tenant_id"], unique=False)
    op.create_table("licence",
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("licence_kind", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("authority", sa.String(length=60), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("scope", sa.String(length=200), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["enterprise_id"], ["enterprise.id"], name="fk_licence_enterprise_id_enterprise"),
        sa.PrimaryKeyConstraint("id", name="pk_licence")
    )
    op.create_index("ix_licence_enterprise_id", "licence", ["enterprise_id"], unique=False)
    op.create_index("ix_licence_retired_at", "licence", ["retired_at"], unique=False)


def _columns() -> None:
    column: sa.Column[Any]
    for column in (
        sa.Column("former_name", sa.String(length=60), nullable=True),
        sa.Column("renamed_on", sa.Date(), nullable=True),
    ):
        op.add_column("department", column)
    for column in (
        sa.Column("short_name", sa.String(length=40), nullable=True),
        sa.Column("premises_number", sa.String(length=40), nullable=True),
        sa.Column("operator", sa.String(length=40), nullable=True),
        sa.Column("status_reason", sa.String(length=100), nullable=True),
        sa.Column("grid", sa.String(length=40), nullable=True),
        sa.Column("longitude", sa.Integer(), nullable=True),
        sa.Column("latitude", sa.Integer(), nullable=True),
        sa.Column("landlord", sa.String(length=60), nullable=True),
        sa.Column("landlord_phone", sa.String(length=60), nullable=True),
        sa.Column("land_area", sa.Integer(), nullable=True),
        sa.Column("floor_area", sa.Integer(), nullable=True),
        sa.Column("floors", sa.Integer(), nullable=True),
        sa.Column("sleeps_on_site", sa.Boolean(), nullable=True),
        sa.Column("legal_representative_phone", sa.String(length=60), nullable=True),
        sa.Column("controller", sa.String(length=40), nullable=True),
        sa.Column("controller_phone", sa.String(length=60), nullable=True),
        sa.Column("safety_deputy", sa.String(length=40), nullable=True),
        sa.Column("safety_deputy_phone", sa.String(length=60), nullable=True),
        sa.Column("safety_officer_kind", sa.String(length=40), nullable=True),
        sa.Column("health_officer", sa.String(length=40), nullable=True),
        sa.Column("health_officer_phone", sa.String(length=60), nullable=True),
        sa.Column("workshop_count", sa.Integer(), nullable=True),
        sa.Column("team_count", sa.Integer(), nullable=True),
        sa.Column("dispatched_count", sa.Integer(), nullable=True),
        sa.Column("intern_count", sa.Integer(), nullable=True),
        sa.Column("products", sa.String(length=200), nullable=True),
        sa.Column("materials", sa.String(length=200), nullable=True),
        sa.Column("above_scale", sa.Boolean(), nullable=True),
        sa.Column("output_value", sa.Integer(), nullable=True),
        sa.Column("revenue", sa.Integer(), nullable=True),
        sa.Column("major_hazard", sa.Boolean(), nullable=True),
        sa.Column("major_hazard_level", sa.String(length=40), nullable=True),
        sa.Column("hazard_r", sa.Integer(), nullable=True),
        sa.Column("hazard_filing", sa.String(length=60), nullable=True),
        sa.Column("hazard_assessed_on", sa.Date(), nullable=True),
        sa.Column("hazard_next_on", sa.Date(), nullable=True),
        sa.Column("monitored", sa.Boolean(), nullable=True),
        sa.Column("risk_level", sa.String(length=40), nullable=True),
        sa.Column("standard_level", sa.String(length=40), nullable=True),
        sa.Column("standard_number", sa.String(length=60), nullable=True),
        sa.Column("standard_from", sa.Date(), nullable=True),
        sa.Column("standard_to", sa.Date(), nullable=True),
        sa.Column("standard_score", sa.Integer(), nullable=True),
        sa.Column("three_simultaneous", sa.String(length=40), nullable=True),
        sa.Column("rules", sa.Text(), nullable=True),
        sa.Column("plan_number", sa.String(length=60), nullable=True),
        sa.Column("plan_filed_on", sa.Date(), nullable=True),
        sa.Column("insurance_policy", sa.String(length=60), nullable=True),
        sa.Column("insurer", sa.String(length=60), nullable=True),
        sa.Column("insured_sum", sa.Integer(), nullable=True),
        sa.Column("insured_from", sa.Date(), nullable=True),
        sa.Column("insured_to", sa.Date(), nullable=True),
        sa.Column("expense_rate", sa.Integer(), nullable=True),
        sa.Column("contact_leader", sa.String(length=40), nullable=True),
        sa.Column("contact_cadre", sa.String(length=40), nullable=True),
        sa.Column("contact_cadre_phone", sa.String(length=60), nullable=True),
    ):
        op.add_column("enterprise", column)
    for column in (
        sa.Column("principal_since", sa.Date(), nullable=True),
    ):
        op.add_column("organization", column)
