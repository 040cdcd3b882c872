"""Scenes of workers and their training: the lists, a class at work; a home page with forms left unsaved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtGui import QPixmap

from anjian_desktop.errors import StoreError
from anjian_desktop.services import browse, drafts, records, sessions
from anjian_desktop.services.browse import Query
from anjian_desktop.services.drafts import Draft
from ui.dialogs.session_dialog import MARK, SessionDialog
from ui.messages import MessageDialog
from ui.pages.actions.session_marks import open_session
from ui.pages.ledger_page import LedgerPage

if TYPE_CHECKING:
    from ui.screenshot_scenes import Studio


def workers(studio: Studio) -> Iterator[tuple[str, QPixmap]]:
    """The workers' and the training's lists full, one worker opened, a new one with mistakes."""
    window = studio.window()
    for key in ("worker", "training_session", "training_record"):
        window.open_page(key)
        studio.settle()
        yield key, studio.shot(window)
    page = studio.ledger("worker")
    page.open_row(page.model.id_at(0))
    studio.settle()
    yield "worker-record", studio.shot(window)
    page.panel.tabs.setCurrentIndex(2)
    studio.settle()
    yield "worker-posts", studio.shot(window)
    page.close_panel()
    page.add()
    page.panel.form.put({"identity_number": "990001198503120016", "name": "张示例"})
    page.panel.save()
    yield "worker-wrong", studio.shot(window)
    page.panel.show_new()
    page.close_panel()
    drafts.drop(page.office, "worker", None)


def class_at_work(studio: Studio) -> Iterator[tuple[str, QPixmap]]:
    """学员和成绩: nobody yet, marks being typed, one of them no mark."""
    window = studio.window()
    page = studio.ledger("training_session")
    values = {"name": "节后复工培训", "level": "公司级", "started_on": "2026-03-02", "class_hours": "8"}
    made = records.add(page.office, "training_session", values).id
    open_session(page, [made])
    yield "class-empty", studio.shot(window)
    studio.close_dialogs(window)
    people = browse.ids(page.office, Query("worker"))[:40]
    sessions.enrol(page.office, made, people)
    open_session(page, [made])
    studio.settle()
    for dialog in window.findChildren(SessionDialog):
        for row, mark in enumerate(("92", "88", "缺考", "一百", "59")):
            dialog.marks.setData(dialog.marks.index(row, MARK), mark)
        dialog.table.setCurrentIndex(dialog.marks.index(5, MARK))
        yield "class-marks", studio.shot(window)
        dialog.marks.show([])
        dialog.close()
    studio.settle()
    studio.close_dialogs(window)


def left_unsaved(studio: Studio) -> Iterator[tuple[str, QPixmap]]:
    """Forms left unsaved on the home page; a refusal that can be copied; a question before leaving."""
    window = studio.window()
    page = studio.ledger("enterprise")
    assert isinstance(page, LedgerPage)
    drafts.keep(page.office, Draft("enterprise", None, {"name": "示例新厂", "principal": "赵甲"}))
    drafts.keep(page.office, Draft("enterprise", page.model.id_at(3), {"worker_count": "12"}))
    window.open_page("home")
    window.load_figures()
    studio.settle()
    yield "home-unsaved", studio.shot(window)
    for row in (None, page.model.id_at(3)):
        drafts.drop(page.office, "enterprise", row)
    error = StoreError(
        "磁盘已满，没有保存，已有数据没有变化。", next_step="请腾出空间后再保存，填写的内容都还在。", code="full"
    )
    refused = MessageDialog(
        window, error.message, error.next_step, tone="warning", details=(), choices=(("ok", "知道了(&K)"),),
        code=error.code,
    )  # fmt: skip
    refused.open()
    yield "refusal", studio.shot(window)
    studio.close_dialogs(window)
    asked = MessageDialog(
        window, "“示例新厂”有改动没有保存。", "", tone="warning", details=(),
        choices=(("save", "保存(&S)"), ("drop", "不保存(&D)"), ("stay", "继续编辑(&E)")), safe="stay", default="save",
    )  # fmt: skip
    asked.open()
    yield "leaving", studio.shot(window)
    studio.close_dialogs(window)
