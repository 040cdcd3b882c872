"""Scenes of certificates: the list, before they are printed, the very pages, verified, on the expiry board; 奖状."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtGui import QPixmap

from anjian_desktop.services import browse, certificates, commendations, records
from anjian_desktop.services.browse import Condition, Query
from ui.dialogs import certificate_acts, commendation_acts
from ui.pages.expiry_page import ExpiryPage
from ui.printing.backend import Printer
from ui.printing.to_folder import FileBackend

if TYPE_CHECKING:
    from ui.screenshot_scenes import Studio

_OWN = Query("certificate", where=(Condition("origin", "=", "issued"),))


def certificate_pages(studio: Studio) -> Iterator[tuple[str, QPixmap]]:
    """Certificates and the board, each with the ways to narrow them."""
    page = studio.ledger("certificate")
    window = studio.window()
    page.show_query(_OWN)
    yield "certificates", studio.shot(window)
    values = {
        "name": "叉车示例", "identity_number": "990001198503120015", "certificate_kind": "特种作业操作证", "item": "N1 叉车司机",
        "number": "T1", "valid_from": "2023-03-01",
    }  # fmt: skip
    held = records.add(page.office, "certificate", values)
    page.open_row(held.id)
    yield "certificate-held", studio.shot(window)
    page.close_panel()
    page.add()
    page.panel.form.put(values)
    page.panel.save()
    yield "certificate-forklift-warned", studio.shot(window)
    page.panel.show_new()
    page.close_panel()
    window.open_page("certificate_expiry")
    studio.settle()
    board = window.page("certificate_expiry")
    assert isinstance(board, ExpiryPage)
    yield "expiry-board", studio.shot(window)
    board.days.choose("365")
    board.refresh()
    studio.settle()
    board.figures.chosen.emit("expired")
    yield "expiry-board-expired", studio.shot(window)
    board.figures.chosen.emit("")


def certificate_printing(studio: Studio) -> Iterator[tuple[str, QPixmap]]:
    """打印证书 as A4 and as cards from the fourth place on; the pages; one verified, one void."""
    page = studio.ledger("certificate")
    window = studio.window()
    page.show_query(_OWN)
    studio.settle()
    backend = FileBackend(studio.scratch, (Printer("办公室激光打印机", is_default=True),))
    ids = browse.ids(page.office, _OWN)
    dialog = certificate_acts.ask_print(page, page.office, ids, window.tell_changed, backend=backend)
    studio.settle(20)
    dialog.to_printer.click()
    yield "certificate-print", studio.shot(window)
    dialog.preview()
    studio.settle(30)
    yield "certificate-preview", studio.shot(window)
    studio.close_dialogs(window)
    dialog = certificate_acts.ask_print(page, page.office, ids, window.tell_changed, backend=backend, cards=True)
    dialog.sheet.set_start(4)
    studio.settle(20)
    yield "certificate-print-cards", studio.shot(window)
    dialog.preview()
    studio.settle(30)
    yield "certificate-preview-cards", studio.shot(window)
    studio.close_dialogs(window)
    numbers = [browse.row(page.office, "certificate", one).full["number"] for one in ids[:2]]
    certificates.void(page.office, ids[:1], reason="照片贴错")
    for name, number in zip(("void", "valid"), numbers, strict=True):
        verifying = certificate_acts.ask_verify(page, page.office)
        verifying.line.setText(number)
        verifying.act_button.click()
        yield f"certificate-verify-{name}", studio.shot(window)
        studio.close_dialogs(window)


def commending(studio: Studio) -> Iterator[tuple[str, QPixmap]]:
    """奖状: asked for on the roster, before they are printed, the page, the list."""
    page = studio.ledger("enterprise")
    window = studio.window()
    units = page.model.ids[:4]
    page.table.select_ids(units)
    commendation_acts.ask_commend(
        page, page.office, "enterprise", "家", units, window.tell_changed, memory=window.memory
    )
    yield "commend", studio.shot(window)
    studio.close_dialogs(window)
    drafts = commendations.draft(page.office, "enterprise", units, award="优秀组织奖").done
    page = studio.ledger("commendation")
    yield "commendations", studio.shot(window)
    backend = FileBackend(studio.scratch, (Printer("办公室激光打印机", is_default=True),))
    dialog = commendation_acts.ask_print(
        page, page.office, drafts, window.tell_changed, memory=window.memory, backend=backend
    )
    studio.settle(20)
    dialog.to_printer.click()
    dialog.right.setValue(1.5)
    yield "commendation-print", studio.shot(window)
    dialog.preview()
    studio.settle(30)
    yield "commendation-preview", studio.shot(window)
    studio.close_dialogs(window)


def layouts_of_certificates(studio: Studio) -> Iterator[tuple[str, QPixmap]]:
    """The templates page on a certificate's layout."""
    from ui.pages.templates_page import TemplatesPage

    window = studio.window()
    window.open_page("template")
    studio.settle(10)
    page = window.page("template")
    assert isinstance(page, TemplatesPage)
    page.choose("C1")
    studio.settle(20)
    yield "templates-certificate", studio.shot(window)
