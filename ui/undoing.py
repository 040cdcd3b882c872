"""Ctrl+Z and Ctrl+Y of the window: the newest act on rows is taken back or done again, off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from anjian_desktop.errors import UserError
from ui import messages
from ui.tasks import BUG, run_task

if TYPE_CHECKING:  # these come with SQLAlchemy, which is loaded after the first paint
    from anjian_desktop.services.acts import Act
    from anjian_desktop.services.office import Office
    from anjian_desktop.services.outcomes import Change
    from anjian_desktop.services.undo import Undone


class Undoing:
    """`show_change(change)` refreshes whatever the window shows; `tell(words, undo, verb)` is the status bar's."""

    def __init__(
        self,
        window: QWidget,
        tell: Callable[[str, Callable[[], None] | None, str], None],
        show_change: Callable[[Change], None],
    ) -> None:
        self._window, self._tell, self._show_change = window, tell, show_change

    def undo(self, office: Office, act: Act | None = None) -> None:
        """Take back this act, or the newest; a refusal is said and nothing changes."""
        from anjian_desktop.services import undo  # SQLAlchemy: only once the office is open

        wanted = act or office.acts.last_done
        if wanted is None:
            self._tell("没有可以撤销的操作", None, "")
            return

        def done(result: Undone) -> None:
            self._tell(f"已撤销：{result.words}", lambda: self.redo(office), "恢复")
            self._show_change(result.change)

        run_task(self._window, f"撤销：{wanted.words}", lambda _step: undo.undo(office, wanted), done, self._refused)

    def redo(self, office: Office) -> None:
        """Do again what was taken back last."""
        from anjian_desktop.services import undo  # SQLAlchemy: only once the office is open

        wanted = office.acts.last_undone
        if wanted is None:
            self._tell("没有可以恢复的操作", None, "")
            return

        def done(result: Undone) -> None:
            self._tell(f"已恢复：{result.words}", lambda: self.undo(office), "撤销")
            self._show_change(result.change)

        run_task(self._window, f"恢复：{wanted.words}", lambda _step: undo.redo(office), done, self._refused)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, UserError) and error.code != BUG:
            messages.say_error(self._window, error)
