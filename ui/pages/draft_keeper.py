"""Keeps what is typed into a record's form every two seconds, and offers it again when the form is next opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from anjian_desktop.errors import UserError
from anjian_desktop.services import drafts
from anjian_desktop.services.drafts import Draft
from anjian_desktop.services.office import Office
from ui.widgets.draft_banner import DraftBanner

DRAFT_MS = 2000
"""So long after the first key that is not yet kept, all that is typed is."""


class DraftedForm(Protocol):
    """What the keeper asks of the form's owner."""

    @property
    def row_id(self) -> int | None:
        """The record shown; None while a new one is typed."""

    @property
    def version(self) -> int:
        """The record's version when it was loaded; 0 for a new one."""

    def is_changed(self) -> bool:
        """Whether something typed is not saved."""

    def typed_values(self) -> dict[str, str]:
        """What is typed and not saved, by field key."""


class DraftKeeper(QObject):
    """`undecided(bool)`: a draft is offered (nothing can be typed meanwhile: one of the two would be lost) or decided on;
    `continued` carries a draft's texts."""

    undecided = Signal(bool)
    continued = Signal(dict)

    def __init__(self, form: DraftedForm, parent: QWidget, office: Office, ledger: str, tell: Callable[[str], None]):
        super().__init__(parent)
        self._form, self._office, self._ledger, self._tell = form, office, ledger, tell
        self._offered: Draft | None = None
        self.banner = DraftBanner()
        self.banner.continued.connect(self._continue)
        self.banner.given_up.connect(self._give_up)
        self._soon = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self._soon.timeout.connect(self.keep)
        app = QCoreApplication.instance()
        if isinstance(app, QGuiApplication):
            # The user logs off or the machine is switched off: nobody is asked any more.
            app.commitDataRequest.connect(self._keep_at_once, Qt.ConnectionType.DirectConnection)

    @property
    def offering(self) -> bool:
        """Whether the clerk has still to say what becomes of a draft."""
        return self._offered is not None

    def touched(self) -> None:
        """A key was typed."""
        if not self._soon.isActive():
            self._soon.start()

    def keep(self) -> None:
        """Put what is typed into the draft's file, or take that away when nothing differs any more."""
        self._soon.stop()
        if self.offering:
            return
        if not self._form.is_changed():
            self.forget()
            return
        draft = Draft(self._ledger, self._form.row_id, self._form.typed_values(), self._form.version)
        self._safely(lambda: drafts.keep(self._office, draft), "草稿没有存上")

    def forget(self) -> None:
        """The form was saved or given up."""
        self._soon.stop()
        self._safely(lambda: drafts.drop(self._office, self._ledger, self._form.row_id), "草稿没有删掉")

    def offer(self) -> bool:
        """Offer the draft of the form just loaded, if there is one."""
        self._soon.stop()
        found = drafts.find(self._office, self._ledger, self._form.row_id)
        self._decide(found)
        if found is None:
            return False
        since = self._form.row_id is not None and self._form.version != found.version
        filled = sum(1 for text in found.values.values() if text.strip()) or len(found.values)
        self.banner.offer(found.at, today=found.at.date() == datetime.now().date(), count=filled, changed_since=since)
        return True

    def _decide(self, offered: Draft | None) -> None:
        self._offered = offered
        self.banner.setVisible(offered is not None)
        self.undecided.emit(offered is not None)

    def _keep_at_once(self, _session: object) -> None:
        if self._soon.isActive():
            self.keep()

    def _continue(self) -> None:
        values: Mapping[str, str] = self._offered.values if self._offered is not None else {}
        self._decide(None)
        self.continued.emit(dict(values))

    def _give_up(self) -> None:
        self._decide(None)
        self.forget()
        self.continued.emit({})

    def _safely(self, act: Callable[[], None], words: str) -> None:
        try:
            act()
        except UserError as error:
            self._tell(f"{words}：{error.message}")
