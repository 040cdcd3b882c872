"""The import wizard's scenes: its four pages, corrections, several kinds in one file, units not mentioned, a pasted block."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QPixmap

from anjian_desktop.exchange.sample_town import make_sample_workbook
from anjian_desktop.services import browse, records
from ui.dialogs.import_wizard import ImportWizard
from ui.dialogs.import_wizard.heading_dialog import HeadingDialog
from ui.pages.ledger_page import LedgerPage

if TYPE_CHECKING:
    from ui.screenshot_scenes import Studio

_BLOCK = (
    "单位名称\t信用代码\t村\t负责人\t电话\n"
    "示例甲机械厂\t91990001MA00000157\t东河村\t赵示例\t13900001234\n"
    "示例乙饭店\t91990001MA00000158\t东河村\t钱示例\t1390000123\n"
)


def importing(studio: Studio) -> Iterator[tuple[str, QPixmap]]:
    """From the first page to the last, with a file it cannot read, and what comes after."""
    book = studio.scratch / "示例镇名册.xlsx"
    make_sample_workbook(book, enterprises=60, bad=8, villages=6, departments=4)
    window = studio.empty_office()
    window.open_page("enterprise")
    wizard = ImportWizard.open(window, window.office, "enterprise")
    yield "import-1-file", studio.shot(window)
    bad = studio.scratch / "照片.xlsx"
    bad.write_bytes(b"\xff\xd8\xff\xe0JFIF")
    wizard.read_file(bad)
    yield "import-1-unreadable", studio.shot(window)
    unknown = studio.scratch / "摸底.csv"
    unknown.write_text(
        "\n".join(("示例镇商户摸底\t\t", "招牌\t证照\t老板", "示例饭店\t91990001MA00000157\t赵示例", "")),
        encoding="utf-8",
    )
    wizard.read_file(unknown)
    studio.settle()
    for dialog in wizard.findChildren(HeadingDialog):
        dialog.table.setCurrentCell(1, 0)
        yield "import-1-pointing", studio.shot(window)
        dialog.reject()
    wizard.read_file(book)
    studio.settle()
    yield "import-2-headings", studio.shot(window)
    while True:
        wizard.next_button.click()
        studio.settle()
        kind = wizard.flow.kind
        if kind == "enterprise":
            break
        wizard.next_button.click()
        studio.settle()
        yield f"import-4-done-{kind}", studio.shot(window)
        if not wizard.flow.waiting:
            break
        wizard.finish.next_button.click()
        studio.settle()
    yield "import-3-preview", studio.shot(window)
    wizard.preview.only_problems.setChecked(True)
    wizard.preview.walk(1)
    wizard.preview.walk(1)
    yield "import-3-problems", studio.shot(window)
    section = wizard.preview.model.column_of("principal_phone")
    wizard.preview.table.go_to(2, section)
    wizard.preview.table.edit(wizard.preview.table.currentIndex())
    yield "import-3-correcting", studio.shot(window)
    wizard.preview.table.reset()
    index = wizard.preview.model.index(2, section)
    wizard.preview.model.setData(index, "13900001234")
    yield "import-3-corrected", studio.shot(window)
    wizard.preview.table.meaning_asked.emit(section)
    yield "import-3-meaning", studio.shot(window)
    wizard.preview.popup.close_now()
    wizard.next_button.click()
    studio.settle()
    yield "import-4-done", studio.shot(window)
    studio.close_dialogs(window)
    yield from _next_year(studio, book)
    yield from _pasting(studio)


def _next_year(studio: Studio, book: Path) -> Iterator[tuple[str, QPixmap]]:
    """Last year's units that this year's file does not mention."""
    window = studio.empty_office()
    for n in range(1, 6):
        records.add(
            window.office,
            "enterprise",
            {"name": f"示例{n}号旧厂", "village": browse.link_names(window.office, "village")[0]},
        )
    wizard = ImportWizard.open(window, window.office, "enterprise", book)
    studio.settle()
    wizard.flow.choose_kind("enterprise")
    wizard.mapping.choices_changed.emit()
    studio.settle()
    wizard.next_button.click()
    studio.settle()
    row = wizard.preview.model.place_of(*_first_same(wizard))
    wizard.preview.model.setData(wizard.preview.model.index(row, wizard.preview.model.column_of("worker_count")), "321")
    wizard.next_button.click()
    studio.settle()
    wizard.finish.tabs.setCurrentIndex(1)
    panel = wizard.finish.missing
    panel.table.selectRow(1)
    panel.choice_buttons["停业"].click()
    yield "import-4-missing", studio.shot(window)
    studio.close_dialogs(window)


def _first_same(wizard: ImportWizard) -> tuple[str, int]:
    row = next(one for one in wizard.flow.plan.plan.rows if not one.problems)
    return row.sheet, row.number


def _pasting(studio: Studio) -> Iterator[tuple[str, QPixmap]]:
    """A block from WPS; the menu that offers it; an empty page with the blank sheet."""
    window = studio.empty_office()
    window.open_page("enterprise")
    page = window.page("enterprise")
    assert isinstance(page, LedgerPage)
    ImportWizard.open(window, window.office, "enterprise", block=_BLOCK, keys=page.shown_keys())
    studio.settle()
    yield "paste-preview", studio.shot(window)
    studio.close_dialogs(window)
