"""Bring an Excel roster into a ledger through the import wizard."""

from __future__ import annotations

from collections.abc import Sequence

from ui.pages.actions.action import Action, ActionPage


def _run(page: ActionPage, ids: Sequence[int]) -> None:
    # The wizard brings the workbook readers along; nobody waits for them at start.
    from ui.dialogs.import_wizard.wizard import ImportWizard

    wizard = ImportWizard.open(page.widget(), page.office, page.about.key)
    wizard.imported.connect(page.was_changed)


IMPORT = Action("导入Excel(&I)", "import", _run, lambda about: about.importable)
