"""Run by Alembic inside the program, on a transaction that is already open (storage/upgrade.py: run_revisions).

How to add a migration, say for a fourth ledger:

1. Write the ledger in `anjian_desktop/ledgers/<name>.py`.
2. Add `versions/NNNN_what_it_does.py` with the next number: `revision = "NNNN"`, `down_revision` the one before, and
   `upgrade()` made of `op.create_table(...)`, `op.add_column(...)` with every column spelt out. Never import a model
   there: the revision must do in five years what it does today. `test_models_and_migrated_schema_are_the_same` prints
   what is still missing, ready to be copied.
3. Constraints are named after `Base.metadata.naming_convention`. Altering a column needs `op.batch_alter_table`.
4. Foreign keys are off during a migration and checked before the commit; all revisions run in one transaction. Seals
   and search index of rows are written anew afterwards by the program itself.
5. Add a test to `tests/migrations/` that upgrades a store of the revision before with rows in it.
"""

from __future__ import annotations

from alembic import context

from anjian_desktop.ledgers.base import Base
from anjian_desktop.ledgers.registry import all_ledgers

all_ledgers()
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # One transaction for all revisions, begun by the caller; Alembic must neither begin nor commit.
    transactional_ddl=False,
    render_as_batch=True,
)
context.run_migrations()
