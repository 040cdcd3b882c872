"""What can be done with certificates: print, replace, void, look at, attach a scan, verify."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from anjian_desktop.ledgers.base import About
from ui.dialogs import certificate_acts
from ui.pages.actions.action import Action, ActionPage


def _own(about: About) -> bool:
    return about.key == "certificate"


def _showing(open_dialog: Callable[[ActionPage, Sequence[int]], object]) -> Callable[[ActionPage, Sequence[int]], None]:
    """The dialog lives by itself."""

    def run(page: ActionPage, ids: Sequence[int]) -> None:
        open_dialog(page, ids)

    return run


PRINT_CERTIFICATES = Action(
    "打印证书{n}…(&P)",
    "print",
    _showing(
        lambda page, ids: certificate_acts.ask_print(
            page.widget(), page.office, ids, page.was_changed, memory=page.frame.memory
        )
    ),
    _own,
)
KEPT = Action(
    "看存档件(&O)",
    "preview",
    _showing(lambda page, ids: certificate_acts.show_kept(page.widget(), page.office, ids[0])),
    _own,
    one_only=True,
)
ATTACH = Action(
    "附照片或扫描件…(&H)",
    "file",
    lambda page, ids: certificate_acts.ask_scan(page.widget(), page.office, ids[0], page.was_changed),
    _own,
    one_only=True,
)
SCANS = Action(
    "看照片或扫描件(&L)",
    "eye",
    _showing(lambda page, ids: certificate_acts.show_scans(page.widget(), page.office, ids[0])),
    _own,
    one_only=True,
)
REISSUE = Action(
    "补发…(&R)",
    "sign",
    _showing(lambda page, ids: certificate_acts.ask_reissue(page.widget(), page.office, ids[0], page.was_changed)),
    _own,
    one_only=True,
)
VOID = Action(
    "作废{n}…(&V)",
    "void",
    _showing(lambda page, ids: certificate_acts.ask_void(page.widget(), page.office, ids, page.was_changed)),
    _own,
)
VERIFY = Action(
    "核验证书…(&Y)",
    "search",
    _showing(lambda page, _: certificate_acts.ask_verify(page.widget(), page.office)),
    _own,
)
CERTIFICATE_ROWS = (PRINT_CERTIFICATES, KEPT, ATTACH, SCANS, REISSUE, VOID)
