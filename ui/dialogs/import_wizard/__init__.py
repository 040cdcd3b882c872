"""The import wizard: file, sheet and headings, preview with errors, result."""

from ui.dialogs.import_wizard.wizard import ImportWizard

__all__ = ["ImportWizard"]
