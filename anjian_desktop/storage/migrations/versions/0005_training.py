"""Workers, training sessions and certificates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _workers()
    _posts()
    _sessions()
    _records()
    _certificates()


def _workers() -> None:
    op.create_table("worker",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("identity_kind", sa.String(length=40), nullable=True),
        sa.Column("identity_number", sa.String(length=40), nullable=False),
        sa.Column("sex", sa.String(length=40), nullable=True),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("phone", sa.String(length=60), nullable=True),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("workshop", sa.String(length=40), nullable=True),
        sa.Column("team", sa.String(length=40), nullable=True),
        sa.Column("post", sa.String(length=40), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("special_work", sa.Boolean(), nullable=True),
        sa.Column("employment", sa.String(length=40), nullable=True),
        sa.Column("education", sa.String(length=40), nullable=True),
        sa.Column("hired_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("last_work_day", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("transferred_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["enterprise_id"], ["enterprise.id"], name="fk_worker_enterprise_id_enterprise"),
        sa.ForeignKeyConstraint(["photo_id"], ["attachment.id"], name="fk_worker_photo_id_attachment"),
        sa.PrimaryKeyConstraint("id", name="pk_worker")
    )
    op.create_index("ix_worker_enterprise_id", "worker", ["enterprise_id"], unique=False)
    op.create_index("ix_worker_identity_number", "worker", ["identity_number"], unique=False)
    op.create_index("ix_worker_retired_at", "worker", ["retired_at"], unique=False)


def _posts() -> None:
    op.create_table("worker_post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("workshop", sa.String(length=40), nullable=True),
        sa.Column("team", sa.String(length=40), nullable=True),
        sa.Column("post", sa.String(length=40), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["enterprise_id"], ["enterprise.id"], name="fk_worker_post_enterprise_id_enterprise"),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name="fk_worker_post_worker_id_worker"),
        sa.PrimaryKeyConstraint("id", name="pk_worker_post")
    )
    op.create_index("ix_worker_post_worker_id", "worker_post", ["worker_id"], unique=False)


def _sessions() -> None:
    op.create_table("training_session",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("class_hours", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=True),
        sa.Column("trainer", sa.String(length=40), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("material", sa.String(length=100), nullable=True),
        sa.Column("examined_by", sa.String(length=40), nullable=True),
        sa.Column("recorder", sa.String(length=40), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["enterprise_id"], ["enterprise.id"], name="fk_training_session_enterprise_id_enterprise"),
        sa.PrimaryKeyConstraint("id", name="pk_training_session")
    )
    op.create_index("ix_training_session_enterprise_id", "training_session", ["enterprise_id"], unique=False)
    op.create_index("ix_training_session_retired_at", "training_session", ["retired_at"], unique=False)


def _records() -> None:
    op.create_table("training_record",
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=True),
        sa.Column("session", sa.String(length=80), nullable=True),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("class_hours", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("trainer", sa.String(length=40), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("absent", sa.Boolean(), nullable=True),
        sa.Column("post_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["enterprise_id"], ["enterprise.id"], name="fk_training_record_enterprise_id_enterprise"),
        sa.ForeignKeyConstraint(["session_id"], ["training_session.id"], name="fk_training_record_session_id_training_session"),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name="fk_training_record_worker_id_worker"),
        sa.PrimaryKeyConstraint("id", name="pk_training_record")
    )
    op.create_index("ix_training_record_enterprise_id", "training_record", ["enterprise_id"], unique=False)
    op.create_index("ix_training_record_retired_at", "training_record", ["retired_at"], unique=False)
    op.create_index("ix_training_record_session_id", "training_record", ["session_id"], unique=False)
    op.create_index("ix_training_record_worker_id", "training_record", ["worker_id"], unique=False)


def _certificates() -> None:
    op.create_table("certificate",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("identity_number", sa.String(length=40), nullable=False),
        sa.Column("certificate_kind", sa.String(length=60), nullable=False),
        sa.Column("item", sa.String(length=80), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("issuer", sa.String(length=60), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("re_examined_on", sa.Date(), nullable=True),
        sa.Column("origin", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("serial_year", sa.Integer(), nullable=True),
        sa.Column("serial_n", sa.Integer(), nullable=True),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("snapshot", sa.JSON(), nullable=True),
        sa.Column("code", sa.String(length=600), nullable=True),
        sa.Column("photo_sha256", sa.String(length=64), nullable=True),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["training_record.id"], name="fk_certificate_record_id_training_record"),
        sa.ForeignKeyConstraint(["replaces_id"], ["certificate.id"], name="fk_certificate_replaces_id_certificate"),
        sa.ForeignKeyConstraint(["session_id"], ["training_session.id"], name="fk_certificate_session_id_training_session"),
        sa.PrimaryKeyConstraint("id", name="pk_certificate"),
        sa.UniqueConstraint("serial_year", "serial_n", name="uq_certificate_serial")
    )
    op.create_index("ix_certificate_ends_on", "certificate", ["ends_on"], unique=False)
    op.create_index("ix_certificate_identity_number", "certificate", ["identity_number"], unique=False)
    op.create_index("ix_certificate_number", "certificate", ["number"], unique=False)
    op.create_index("ix_certificate_record_id", "certificate", ["record_id"], unique=False)
    op.create_index("ix_certificate_retired_at", "certificate", ["retired_at"], unique=False)
