"""Under a field of a code table: what the code means, or where the bounds of a kind lie and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from anjian_desktop.services import code_tables
from ui.tasks import run_quiet

if TYPE_CHECKING:
    from anjian_desktop.services.office import Office
    from ui.widgets.ledger_form import FieldRow, LedgerForm

TABLES = frozenset({"industry", "premises_kind", "certificate_kind", "certificate_item"})
"""Tables whose words need an explanation."""


class CodeNotes(QObject):
    """Follows the fields of a form; the words come from the store, off the window's thread."""

    def __init__(self, form: LedgerForm, office: Office) -> None:
        super().__init__(form)
        self._office = office
        self._rows = [row for row in form.rows.values() if row.field.code_table in TABLES]
        for row in self._rows:
            row.edited.connect(lambda _key, one=row: self._explain(one))

    def show_all(self) -> None:
        """After a record was loaded."""
        for row in self._rows:
            self._explain(row)

    def _explain(self, row: FieldRow) -> None:
        office, table, text = self._office, row.field.code_table, row.editor.text()
        if not text.strip():
            row.show_note("")
            return

        def show(words: str) -> None:
            if row.editor.text() == text:
                row.show_note(words)

        run_quiet(row, lambda: code_tables.explained(office, table, text), show, key="note")
