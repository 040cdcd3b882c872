"""What F1 shows: the pages of resources/help/pages, in the manual's order, and which one belongs to which window."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files

ORDER = (
    "start", "roster", "import", "agreement", "print", "template", "network", "worker", "training", "certificate",
    "commendation", "duplicates", "recycle_bin", "code", "office", "backup", "hands",
)  # fmt: skip
_OF_PAGE = {
    "home": "start",
    **dict.fromkeys(("enterprise", "village", "department", "licence", "lease"), "roster"),
    **dict.fromkeys(("area", "committee_member", "leader_duty"), "network"),
    **dict.fromkeys(("training_session", "training_record", "training_status"), "training"),
    "certificate_expiry": "certificate",
}
_OF_DIALOG = {
    **dict.fromkeys(("ImportWizard", "HeadingDialog"), "import"),
    **dict.fromkeys(("PrintDialog", "PrintRunsDialog", "CalibrationDialog", "BatchPreviewDialog"), "print"),
    **dict.fromkeys(("DraftDialog", "SignDialog", "VoidDialog"), "agreement"),
    **dict.fromkeys(("BackupsDialog", "RestoreDialog"), "backup"),
    **dict.fromkeys(("SessionDialog", "EnrolDialog"), "training"),
    "RulesDialog": "office",
    "AddTemplateDialog": "template",
    "BatchEditDialog": "roster",
}
_MARKS = re.compile(r"[*`#]")


@dataclass(frozen=True)
class Topic:
    """One page of the manual; `text` is Markdown whose first line is the title."""

    key: str
    text: str

    @property
    def title(self) -> str:
        """What stands over it."""
        return self.text.splitlines()[0].lstrip("# ")

    def holds(self, words: str) -> bool:
        """Whether every word stands somewhere in it."""
        plain = _MARKS.sub("", self.text).casefold()
        return all(word in plain for word in words.casefold().split())


def topics() -> list[Topic]:
    """The whole manual."""
    folder = files("resources").joinpath("help", "pages")
    return [Topic(key, folder.joinpath(f"{key}.md").read_text(encoding="utf-8")) for key in ORDER]


def topic_of(page_key: str, dialog: str = "") -> str:
    """The topic of a page of the window, or of a dialog by its class; a list without one of its own gets the list's."""
    of_page = _OF_PAGE.get(page_key, page_key)
    return _OF_DIALOG.get(dialog) or (of_page if of_page in ORDER else "hands")
