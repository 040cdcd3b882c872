"""Scenes of training: who lacks what, what was feigned, a class with its marks and its picker, a person's file, lists in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtGui import QPixmap

from anjian_desktop.services import browse, records
from anjian_desktop.services.browse import Query
from ui.dialogs.import_wizard import ImportWizard
from ui.dialogs.session_dialog import SessionDialog
from ui.pages.ledger_page import LedgerPage
from ui.pages.office_page import OfficePage
from ui.pages.training_page import TrainingPage

if TYPE_CHECKING:
    from ui.screenshot_scenes import Studio

_LIST = (
    "姓名\t身份证号\t单位名称\t干什么活\t进厂日期\r\n"
    "甲示例\t990001198503120015\t{unit}\t操作工\t2020.3.2\r\n"
    "乙示例\t990001198503120021\t{unit}\t焊工\t2020.3.2\r\n"
    "丙示例\t99000119880815008x\t没有的厂\t车工\t2021.5.6\r\n"
)


def training_pages(studio: Studio) -> Iterator[tuple[str, QPixmap]]:
    """培训情况 by person, by what cannot be true, by enterprise; where the numbers come from."""
    window = studio.window()
    window.open_page("training_status")
    studio.settle()
    page = window.page("training_status")
    assert isinstance(page, TrainingPage)
    yield "training-lacking", studio.shot(window)
    page.figures.chosen.emit("errors")
    yield "training-feigned", studio.shot(window)
    page.view.choose("enterprise")
    page.view.activated.emit(1)
    yield "training-units", studio.shot(window)
    window.open_page("office")
    studio.settle()
    office = window.page("office")
    assert isinstance(office, OfficePage)
    office.show_rules()
    yield "training-rules", studio.shot(window)
    studio.close_dialogs(window)


def training_class(studio: Studio) -> Iterator[tuple[str, QPixmap]]:
    """A class with its marks; who could still be put into the next one."""
    page = studio.ledger("training_session")
    window = studio.window()
    if page.model.ids:
        dialog = SessionDialog(page, page.office, page.model.ids[0], window.memory)
        dialog.show()
        yield "training-class", studio.shot(window)
        studio.close_dialogs(window)
    values = {"name": "补课班", "level": "班组级", "started_on": str(page.office.today), "class_hours": "8"}
    held = records.add(page.office, "training_session", values).id
    dialog = SessionDialog(page, page.office, held, window.memory)
    dialog.show()
    studio.settle()
    dialog.pick_button.click()
    yield "training-pick", studio.shot(window)
    studio.close_dialogs(window)
    records.retire(page.office, "training_session", [held])


def training_person(studio: Studio) -> Iterator[tuple[str, QPixmap]]:
    """Photo and posts beside a person's record; their list in the wizard's preview."""
    page = studio.ledger("worker")
    window = studio.window()
    assert isinstance(page, LedgerPage)
    if page.model.ids:
        page.open_row(page.model.ids[2])
        studio.settle()
        page.panel.tabs.setCurrentIndex(2)
        yield "training-person", studio.shot(window)
        page.panel.ask_to_close()
    units = browse.ids(page.office, Query("enterprise"))
    unit = browse.row(page.office, "enterprise", units[0]).full["name"] if units else "示例机械厂"
    ImportWizard.open(window, page.office, "worker", block=_LIST.format(unit=unit))
    studio.settle()
    yield "training-import", studio.shot(window)
    studio.close_dialogs(window)
