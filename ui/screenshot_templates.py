"""The scenes of the templates page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtGui import QPixmap

from anjian_desktop.documents import docx_package
from anjian_desktop.documents.templates import shipped_templates
from ui.pages.templates_page import TemplatesPage

if TYPE_CHECKING:
    from ui.screenshot_scenes import Studio


def templates(studio: Studio) -> Iterator[tuple[str, QPixmap]]:
    """模板: a shipped one, the office's own with places to confirm, adding one, its pages."""
    window = studio.window()
    window.open_page("template")
    yield "templates", studio.shot(window)
    page = window.page("template")
    assert isinstance(page, TemplatesPage)
    file = studio.scratch / "县里的责任书.docx"
    file.write_bytes(_county_template())
    page.ask_add(file)
    yield "template-add-dialog", studio.shot(window)
    studio.close_dialogs(window)
    page.add(file, "县版企业责任书", "Z5")
    studio.settle()
    page.place_list.selectRow(len(page.places.rows) - 1)
    yield "template-check", studio.shot(window)
    page.preview()
    studio.settle(8)
    yield "template-preview", studio.shot(window)
    studio.close_dialogs(window)


def _county_template() -> bytes:
    """The shipped agreement as another office might have it: a misspelt placeholder, a line to write on."""
    members = []
    for member in docx_package.open_package(shipped_templates()["Z5"].data):
        content = member.content()
        for ours, theirs in (("{{甲方负责人}}", "{{甲方领导}}"), ("{{联系电话}}", "________")):
            content = content.replace(ours.encode(), theirs.encode())
        members.append(docx_package.Member.plain(member.name, content))
    return docx_package.write_package(members)
