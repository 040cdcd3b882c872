"""The templates page: what a template asks for is shown, a place is confirmed, a file is added or refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.windows import Answers, settle

from anjian_desktop.documents.document_reader import document_reader
from anjian_desktop.sandbox.process import Limits
from anjian_desktop.services.office import Office
from anjian_desktop.services.templates import TemplateRow, add_template, list_templates
from tests.support.word_files import paragraph, word_file
from ui.dialogs.draft_dialog import DraftDialog
from ui.main_window import MainWindow
from ui.pages.templates_page import TemplatesPage


@pytest.fixture
def page(office: Office, window: MainWindow, tmp_path: Path) -> TemplatesPage:
    file = tmp_path / "县版.docx"
    file.write_bytes(word_file(paragraph("{{编号}}{{企业名}}"), paragraph("乙方：××公司")))
    add_template(office, file, name="县版", kind="Z5")
    window.open_page("template")
    settle()
    settle()
    found = window.page("template")
    assert isinstance(found, TemplatesPage)
    return found


def own(office: Office) -> TemplateRow:
    """The office's own agreement template that was added last."""
    return [one for one in list_templates(office) if one.id is not None][-1]


def shown(page: TemplatesPage) -> list[tuple[str, str]]:
    return [(row.name, row.verdict) for row in page.places.rows]


def test_shipped_templates_are_listed_with_the_offices_own(page: TemplatesPage, office: Office) -> None:
    assert page.list.count() == len(list_templates(office)) == 11
    assert {verdict for _, verdict in shown(page)} == {"已对应"} and not page.bind_button.isEnabled()


def test_a_place_is_confirmed_from_its_proposal_or_by_hand(page: TemplatesPage, office: Office) -> None:
    page.choose("县版")
    settle()
    assert shown(page) == [("编号", "已对应"), ("企业名", "认不出"), ("××公司", "待确认")]
    page.place_list.selectRow(1)
    assert page.field.currentData() == "企业名称"
    page.bind_button.click()
    settle()
    settle()
    page.all_button.click()
    settle()
    settle()
    assert {verdict for _, verdict in shown(page)} == {"已对应"} and not page.all_button.isVisible()
    assert own(office).edition == 3


def test_a_file_is_added_under_the_name_given(page: TemplatesPage, office: Office, tmp_path: Path) -> None:
    file = tmp_path / "市里的.docx"
    file.write_bytes(word_file(paragraph("{{编号}}")))
    dialog = page.ask_add(file)
    assert dialog.name.text() == "市里的"
    dialog.kind.choose("Z1")
    dialog.add_button.click()
    settle()
    settle()
    added = own(office)
    assert (added.name, added.kind) == ("市里的", "Z1")
    assert page.summary.text().startswith("“市里的”")


def test_checking_a_file_stores_nothing_and_fonts_are_told(page: TemplatesPage, office: Office, tmp_path: Path) -> None:
    file = tmp_path / "看看.docx"
    file.write_bytes(word_file(paragraph("{{编号}}")))
    page.check_file(file)
    settle()
    assert page.summary.text().startswith("“看看.docx（没有加入）”")
    assert any(row.name == "字体 仿宋_GB2312" for row in page.findings.rows)
    assert len(list_templates(office)) == 11


def test_drafting_offers_the_offices_own_template_to_its_own_kind(
    page: TemplatesPage, office: Office, window: MainWindow
) -> None:
    dialog = DraftDialog(window, office, 2026)
    dialog.template.choose("县版")
    assert [(one.kind, one.template) for one in dialog.requests()] == [
        ("village", None),
        ("department", None),
        ("enterprise", "县版"),
    ]
    dialog.reject()
    settle()


def test_the_findings_are_summed_up_in_words(page: TemplatesPage, office: Office, tmp_path: Path) -> None:
    file = tmp_path / "修订.docx"
    deleted = "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
    file.write_bytes(word_file(paragraph("甲", deleted)))
    page.check_file(file)
    settle()
    assert "1 处排不出来或从简" in page.finding_words.text() and "字体这台电脑没有" in page.finding_words.text()


def test_a_file_over_which_the_reader_dies_is_told_and_the_next_one_is_checked(
    page: TemplatesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("ui.messages.say_error", lambda _parent, error: told.append(str(error)))
    monkeypatch.setattr(document_reader(), "_limits", Limits(memory=150_000_000))
    document_reader().close()
    file = tmp_path / "大.docx"
    file.write_bytes(word_file(paragraph("安" * 2_000_000)))
    page.check_file(file)
    settle()
    assert len(told) == 1 and ("太大" in told[0] or "已安全终止" in told[0])
    monkeypatch.setattr(document_reader(), "_limits", Limits())
    document_reader().close()
    file.write_bytes(word_file(paragraph("{{编号}}")))
    page.check_file(file)
    settle()
    assert shown(page) == [("编号", "已对应")]


def test_a_certificates_layout_goes_to_word_and_back_and_is_chosen(
    page: TemplatesPage, office: Office, tmp_path: Path
) -> None:
    page.choose("C2")
    settle()
    assert page.use_button.isVisible() and not page.use_button.isEnabled() and "现用" in page.list.currentItem().text()
    page.export(tmp_path / "卡片.docx")
    settle()
    page.add(tmp_path / "卡片.docx", "镇里的卡片", "C2")
    settle()
    settle()
    assert not page.bind_button.isEnabled() and page.use_button.isEnabled()
    page.use()
    settle()
    settle()
    assert "现用" in page.list.currentItem().text() and not page.use_button.isEnabled()
    page.choose("C2")
    settle()
    assert page.use_button.isEnabled()
    page.choose("Z5")
    settle()
    assert not page.use_button.isVisible()


def test_a_layout_that_lacks_its_code_is_stored_told_of_and_not_chosen(
    page: TemplatesPage, answers: Answers, tmp_path: Path
) -> None:
    bare = tmp_path / "光秃.docx"
    bare.write_bytes(word_file(paragraph("{{姓名}}{{证书编号}}")))
    page.add(bare, "光秃", "C1")
    settle()
    settle()
    assert "还不能选用" in answers.said[-1] and "没有“二维码”" in answers.said[-1]
    assert "▲ 没有“二维码”" in page.summary.text()
