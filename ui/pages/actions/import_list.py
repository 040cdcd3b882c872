"""Bring an Excel roster, or a block pasted from a spreadsheet, into a ledger through the import wizard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import Change
from ui import messages
from ui.navigation import Frame
from ui.pages.actions.action import Action, ActionPage
from ui.tasks import run_task

if TYPE_CHECKING:  # it brings the workbook readers along; nobody waits for them at start
    from ui.dialogs.import_wizard import ImportWizard


def begin_import(
    parent: QWidget,
    frame: Frame,
    office: Office,
    changed: Callable[[Change], None],
    *,
    kind: str | None = None,
    path: Path | None = None,
    block: str = "",
    keys: Sequence[str] = (),
) -> ImportWizard:
    """Show the wizard; `changed` gets what every import and its taking back changed. 最近操作 offers 撤销 afterwards."""
    from ui.dialogs.import_wizard.flow import label_of
    from ui.dialogs.import_wizard.wizard import ImportWizard

    wizard = ImportWizard.open(parent, office, kind, path, block=block, keys=keys)
    flow = wizard.flow

    def take_back() -> None:
        def undone(found: tuple[object, Change]) -> None:
            frame.tell_done("已撤销导入")
            changed(found[1])

        run_task(parent, "撤销导入", lambda _step: flow.undo(office), undone)

    def on_imported(change: Change) -> None:
        changed(change)
        if flow.imported:
            many = sum(outcome.counts["new"] + outcome.counts["updated"] for _, outcome in flow.imported)
            kinds = "、".join(dict.fromkeys(label_of(kind) for kind, _ in flow.imported))
            frame.tell_done(f"导入{kinds} {many:,} 条", take_back)
        else:
            frame.tell_done("已撤销导入")

    wizard.imported.connect(on_imported)
    return wizard


def _run(page: ActionPage, ids: Sequence[int]) -> None:
    begin_import(page.widget(), page.frame, page.office, page.was_changed, kind=page.about.key)


def _paste(page: ActionPage, ids: Sequence[int]) -> None:
    text = QApplication.clipboard().text()
    if "\t" not in text and "\n" not in text.strip():
        messages.toast(page.widget(), "剪贴板里没有表格。先在 WPS 或 Excel 里选中一块，复制，再回到这里粘贴。")
        return
    begin_import(
        page.widget(), page.frame, page.office, page.was_changed,
        kind=page.about.key, block=text, keys=page.shown_keys(),
    )  # fmt: skip


IMPORT = Action("导入Excel(&I)", "import", _run, lambda about: about.importable)
PASTE = Action("粘贴从表格复制的内容(&P)", "add", _paste, lambda about: about.importable, shortcut="Ctrl+V")
