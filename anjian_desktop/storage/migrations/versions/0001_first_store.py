"""The first store: units, agreements, imports, audit with its triggers, the search index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _tables()
    _audit_is_append_only()
    _search_index()


def _tables() -> None:
    op.create_table("attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("ledger", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attachment")
    )
    op.create_index("ix_attachment_row_id", "attachment", ["row_id"], unique=False)
    op.create_index("ix_attachment_sha256", "attachment", ["sha256"], unique=False)
    op.create_table("audit_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("changes_digest", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit_entry")
    )
    op.create_table("campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_campaign"),
        sa.UniqueConstraint("year", "kind", name="uq_campaign_year_kind")
    )
    op.create_index("ix_campaign_year", "campaign", ["year"], unique=False)
    op.create_table("number_counter",
        sa.Column("prefix", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("next_n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", "year", name="pk_number_counter")
    )
    op.create_table("office_setting",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_office_setting")
    )
    op.create_table("organization",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("name_key", sa.String(length=80), nullable=False),
        sa.Column("name_order", sa.String(length=200), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=True),
        sa.Column("principal", sa.String(length=40), nullable=True),
        sa.Column("principal_phone", sa.String(length=60), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_organization")
    )
    op.create_index("ix_organization_kind", "organization", ["kind"], unique=False)
    op.create_index("ix_organization_name_key", "organization", ["name_key"], unique=False)
    op.create_index("ix_organization_retired_at", "organization", ["retired_at"], unique=False)
    op.create_table("print_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("request", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_print_run")
    )
    op.create_table("roster_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ledger", sa.String(length=40), nullable=False),
        sa.Column("file_name", sa.String(length=260), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_roster_import")
    )
    op.create_index("ix_roster_import_file_sha256", "roster_import", ["file_sha256"], unique=False)
    op.create_table("row_seal",
        sa.Column("ledger", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("mac", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("ledger", "row_id", name="pk_row_seal")
    )
    op.create_table("store_fact",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=500), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_store_fact")
    )
    op.create_table("agreement",
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("number_prefix", sa.String(length=40), nullable=True),
        sa.Column("number_year", sa.Integer(), nullable=True),
        sa.Column("number_n", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=200), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("template", sa.String(length=80), nullable=False),
        sa.Column("template_sha256", sa.String(length=64), nullable=True),
        sa.Column("drafted_on", sa.Date(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(length=40), nullable=True),
        sa.Column("date_assumed", sa.Boolean(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=True),
        sa.Column("issued_name", sa.String(length=80), nullable=True),
        sa.Column("issued_principal", sa.String(length=40), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.Column("docx_sha256", sa.String(length=64), nullable=True),
        sa.Column("scan_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name="fk_agreement_organization_id_organization"),
        sa.ForeignKeyConstraint(["scan_id"], ["attachment.id"], name="fk_agreement_scan_id_attachment"),
        sa.ForeignKeyConstraint(["supersedes_id"], ["agreement.id"], name="fk_agreement_supersedes_id_agreement"),
        sa.PrimaryKeyConstraint("id", name="pk_agreement"),
        sa.UniqueConstraint("number_prefix", "number_year", "number_n", name="uq_agreement_number")
    )
    op.create_index("ix_agreement_organization_id", "agreement", ["organization_id"], unique=False)
    op.create_index("ix_agreement_retired_at", "agreement", ["retired_at"], unique=False)
    op.create_index("ix_agreement_year_kind_state", "agreement", ["year", "kind", "state"], unique=False)
    op.create_table("audit_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("ledger", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["audit_entry.seq"], name="fk_audit_change_seq_audit_entry"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_change")
    )
    op.create_index("ix_audit_change_row", "audit_change", ["ledger", "row_id"], unique=False)
    op.create_index("ix_audit_change_seq", "audit_change", ["seq"], unique=False)
    op.create_table("department",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["organization.id"], name="fk_department_id_organization"),
        sa.PrimaryKeyConstraint("id", name="pk_department")
    )
    op.create_table("imported_row",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("ledger", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["roster_import.id"], name="fk_imported_row_import_id_roster_import"),
        sa.PrimaryKeyConstraint("import_id", "ledger", "row_id", name="pk_imported_row")
    )
    op.create_table("village",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["organization.id"], name="fk_village_id_organization"),
        sa.PrimaryKeyConstraint("id", name="pk_village")
    )
    op.create_table("enterprise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("credit_code", sa.String(length=40), nullable=True),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column("registered_address", sa.String(length=200), nullable=True),
        sa.Column("legal_representative", sa.String(length=40), nullable=True),
        sa.Column("safety_officer", sa.String(length=40), nullable=True),
        sa.Column("safety_officer_phone", sa.String(length=60), nullable=True),
        sa.Column("worker_count", sa.Integer(), nullable=True),
        sa.Column("industry", sa.String(length=40), nullable=True),
        sa.Column("size", sa.String(length=40), nullable=True),
        sa.Column("flags", sa.String(length=500), nullable=True),
        sa.Column("premises_kind", sa.String(length=40), nullable=True),
        sa.Column("subject_kind", sa.String(length=40), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=True),
        sa.Column("status_changed_on", sa.Date(), nullable=True),
        sa.Column("established_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["organization.id"], name="fk_enterprise_id_organization"),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name="fk_enterprise_village_id_village"),
        sa.PrimaryKeyConstraint("id", name="pk_enterprise")
    )
    op.create_index("ix_enterprise_credit_code", "enterprise", ["credit_code"], unique=False)
    op.create_index("ix_enterprise_village_id", "enterprise", ["village_id"], unique=False)
    op.create_table("print_item",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("newly_issued", sa.Boolean(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("problem", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name="fk_print_item_agreement_id_agreement"),
        sa.ForeignKeyConstraint(["run_id"], ["print_run.id"], name="fk_print_item_run_id_print_run"),
        sa.PrimaryKeyConstraint("run_id", "position", name="pk_print_item")
    )
    op.create_index("ix_print_item_agreement_id", "print_item", ["agreement_id"], unique=False)


def _audit_is_append_only() -> None:
    for table in ("audit_entry", "audit_change"):
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'the audit is append only'); END"
            )


def _search_index() -> None:
    # The rowid of search_text and `doc` of search_code are row id * 256 + search_ledger.no.
    op.execute("CREATE TABLE search_ledger (no INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE)")
    op.execute(
        "CREATE VIRTUAL TABLE search_text USING fts5("
        "title, other, initials, syllables, content='', contentless_delete=1, tokenize='ascii', prefix='4')"
    )
    op.execute("CREATE TABLE search_code (token TEXT NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (token, doc)) WITHOUT ROWID")
    op.execute("CREATE INDEX ix_search_code_doc ON search_code (doc)")
