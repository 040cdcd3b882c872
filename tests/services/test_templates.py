"""The office's own templates: editions, confirmed fields, agreements that keep theirs, rendering without a store."""

from __future__ import annotations

import json
from dataclasses import replace

import pypdfium2
import pytest
from support.offices import enterprises

from anjian_desktop.documents import templates as shipped
from anjian_desktop.errors import UserError
from anjian_desktop.services import browse, records, templates
from anjian_desktop.services.agreements import DraftRequest, draft
from anjian_desktop.services.maintenance import check
from anjian_desktop.services.print_requests import PrintRequest
from anjian_desktop.services.printing import issued_pdf, preview_pdf, print_agreements
from tests.support.merge_files import three_dialects
from tests.support.word_files import paragraph, word_file


def texts(source) -> list[str]:
    with pypdfium2.PdfDocument(source) as document:
        found = []
        for page in document:
            text_page = page.get_textpage()
            found.append(text_page.get_text_bounded().replace("\r\n", "").replace(" ", ""))
            text_page.close()
            page.close()
        return found


@pytest.fixture
def county(tmp_path):
    """The county's own agreement, as a file."""

    def write(*words: str):
        file = tmp_path / "县里的责任书.docx"
        file.write_bytes(word_file(*(paragraph(text) for text in words)))
        return file

    return write


def test_a_stored_template_is_drafted_and_printed_with(office, county, tmp_path):
    enterprises(office, 2)
    saved = templates.add_template(office, county("县责任书 {{编号}}", "{{企业名称}}"), name="县版", kind="Z5")
    assert (saved.edition, saved.check.unknown) == (1, ())
    draft(office, DraftRequest(2026, "enterprise", template="县版"))
    outcome = print_agreements(office, PrintRequest(2026, tmp_path / "out", merge=True, copies=1))
    pages = texts(outcome.files[0])
    assert [text for text in pages if text] == [
        "县责任书示安责〔2026〕1号示例1号机械有限公司",
        "县责任书示安责〔2026〕2号示例2号机械有限公司",
    ]


def test_issued_agreements_keep_their_edition_and_drafts_follow_the_newest(office, county, tmp_path):
    enterprises(office, 2)
    templates.add_template(office, county("旧版 {{编号}}"), name="县版", kind="enterprise")
    first, second = draft(office, DraftRequest(2026, "enterprise", template="县版")).ids
    print_agreements(office, PrintRequest(2026, tmp_path / "out", ids=(first,)))
    saved = templates.add_template(office, county("新版 {{编号}}"), name="县版", kind="enterprise")
    assert saved.edition == 2
    assert texts(issued_pdf(office, [first], copies=1))[0].startswith("旧版")
    assert texts(preview_pdf(office, second))[0].startswith("新版")
    again = print_agreements(office, PrintRequest(2026, tmp_path / "again", ids=(first, second)))
    assert sorted(texts(file)[0][:2] for file in again.files) == ["新版", "旧版"]
    assert check(office, full=True).ok


def test_the_same_file_again_makes_no_new_edition(office, county):
    file = county("{{编号}}")
    templates.add_template(office, file, name="县版", kind="Z5")
    again = templates.add_template(office, file, name="县版", kind="Z5")
    assert (again.edition, again.changed, again.change.kinds) == (1, False, frozenset())


def test_a_blank_is_filled_once_the_clerk_confirms_it(office, county, tmp_path):
    enterprises(office, 1)
    saved = templates.add_template(office, county("甲乙双方", "乙方：××公司　电话：____"), name="县版", kind="Z5")
    found = [(one.name, one.place, one.field, one.confirmed) for one in saved.check.placeholders]
    assert found == [
        ("××公司", "正文第2段第1处", "单位名称", False),
        ("____", "正文第2段第2处", "联系电话", False),
    ]
    (agreement,) = draft(office, DraftRequest(2026, "enterprise", template="县版")).ids
    assert "××公司" in texts(preview_pdf(office, agreement))[0]
    bound = templates.bind(office, "县版", {"正文第2段第1处": "企业名称"})
    assert bound.edition == 2 and bound.check.placeholders[0].confirmed
    assert "乙方：示例1号机械有限公司" in texts(preview_pdf(office, agreement))[0]
    # A corrected file keeps what was confirmed for the places it still has.
    next_edition = templates.add_template(office, county("甲乙双方签订", "乙方：××公司"), name="县版", kind="Z5")
    assert next_edition.check.placeholders[0].confirmed
    assert templates.bind(office, "县版", {"正文第2段第1处": ""}).check.placeholders[0].confirmed is False


def test_a_name_nobody_knows_can_be_bound_and_the_nearest_is_told(office, county):
    saved = templates.add_template(office, county("{{企业名}}与{{联系 电话}}"), name="县版", kind="Z5")
    assert [(one.name, one.nearest) for one in saved.check.unknown] == [("企业名", "企业名称")]
    assert [one.field for one in saved.check.placeholders] == ["", "联系电话"]
    assert templates.bind(office, "县版", {"企业名": "企业名称"}).check.unknown == ()
    for wrong in ({"没有": "企业名称"}, {"企业名": "不存在的字段"}):
        with pytest.raises(UserError):
            templates.bind(office, "县版", wrong)


@pytest.mark.parametrize(
    ("name", "kind", "words"), [("Z5", "Z5", "随程序"), ("", "Z5", "1到40"), ("县版", "没有", "没有“没有”")]
)
def test_a_template_needs_a_name_of_its_own_and_a_kind(office, county, name, kind, words):
    with pytest.raises(UserError, match=words):
        templates.add_template(office, county("{{编号}}"), name=name, kind=kind)


def test_a_template_of_another_kind_is_not_drafted_with(office, county):
    enterprises(office, 1)
    templates.add_template(office, county("{{编号}}"), name="村版", kind="village")
    with pytest.raises(UserError, match="不是"):
        draft(office, DraftRequest(2026, "enterprise", template="村版"))
    with pytest.raises(UserError, match="村版"):
        draft(office, DraftRequest(2026, "enterprise", template="没有的"))


def test_an_agreement_from_an_older_programs_template_is_printed_from_the_copy_kept(office, tmp_path, monkeypatch):
    enterprises(office, 1)
    (agreement,) = draft(office, DraftRequest(2026, "enterprise")).ids
    print_agreements(office, PrintRequest(2026, tmp_path / "out"))
    before = texts(issued_pdf(office, [agreement], copies=1))
    newer = tmp_path / "newer.docx"
    newer.write_bytes(word_file(paragraph("新程序的 {{编号}}")))
    known = shipped.shipped_templates()

    class Newer(shipped.TemplateInfo):
        @property
        def data(self) -> bytes:
            return newer.read_bytes()

    replaced = {**known, "Z5": Newer("Z5", "企业安全生产责任书", "Z5.docx")}
    monkeypatch.setattr(shipped, "shipped_templates", lambda: replaced)
    assert texts(issued_pdf(office, [agreement], copies=1)) == before
    enterprises_more = replace(DraftRequest(2026, "enterprise"), ids=None)
    assert draft(office, enterprises_more).existing == 1


def test_a_check_tells_fonts_dialects_and_what_is_in_the_properties(tmp_path):
    file = tmp_path / "合并.docx"
    file.write_bytes(three_dialects()["mergefield"])
    found = templates.check_file(file)
    assert {one.dialect for one in found.placeholders} == {"mergefield"}
    assert {one.field for one in found.placeholders} == {"企业名称", "编号"}
    assert found.unknown == () and found.pages >= 2 and found.fonts


def test_a_file_is_rendered_for_every_row(tmp_path):
    file, data = tmp_path / "合并.docx", tmp_path / "rows.json"
    file.write_bytes(three_dialects()["mergefield"])
    rows = [{"企业名称": f"示例{n}厂", "编号": n} for n in (1, 2)] + [{"企业名称": "示例3厂"}]
    data.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    for ending in ("docx", "pdf"):
        files, missing = templates.render(file, data, tmp_path / f"出.{ending}")
        assert [one.name for one in files] == [f"出-{n}.{ending}" for n in (1, 2, 3)]
        assert missing == {f"出-3.{ending}": ["编号"]}
    assert "责任单位：示例2厂，以下称乙方。" in texts(tmp_path / "出-2.pdf")[0]
    data.write_text(json.dumps(rows[0]), "utf-8")
    assert [one.name for one in templates.render(file, data, tmp_path / "一.pdf")[0]] == ["一.pdf"]


@pytest.mark.parametrize("text", ["", "[]", "3", "[1]", "{", '{"企业名称": {"a": 1}}'])
def test_unusable_data_is_refused(tmp_path, text):
    file, data = tmp_path / "合并.docx", tmp_path / "rows.json"
    file.write_bytes(three_dialects()["mergefield"])
    data.write_text(text, "utf-8")
    with pytest.raises(UserError):
        templates.render(file, data, tmp_path / "出.docx")
    assert not (tmp_path / "出.docx").exists()


def test_an_edition_is_never_typed_or_changed_by_hand(office, county):
    saved = templates.add_template(office, county("{{编号}}"), name="县版", kind="Z5")
    typed = {"name": "手填", "kind": "Z5", "edition": "1", "file_name": "x.docx", "added_on": "2026-01-05"}
    for act in (
        lambda: records.add(office, "template", typed),
        lambda: records.edit(office, "template", saved.id, {"name": "改名"}),
    ):
        with pytest.raises(UserError, match="从 Word 文件加入"):
            act()
    records.retire(office, "template", [saved.id])
    assert [one.name for one in templates.list_templates(office) if one.kind[0] == "Z"] == ["Z1", "Z3", "Z5"]


def test_what_was_issued_is_printed_from_its_edition_after_it_went_to_the_recycle_bin(office, county, tmp_path):
    enterprises(office, 1)
    templates.add_template(office, county("{{编号}}", "乙方：××公司"), name="县版", kind="Z5")
    bound = templates.bind(office, "县版", {"正文第2段第1处": "单位名称"})
    (agreement,) = draft(office, DraftRequest(2026, "enterprise", template="县版")).ids
    print_agreements(office, PrintRequest(2026, tmp_path / "out"))
    for row in browse.ids(office, browse.Query("template")):
        records.retire(office, "template", [row])
    assert "示例1号机械有限公司" in texts(issued_pdf(office, [agreement], copies=1))[0]
    assert templates.add_template(office, county("{{年度}}"), name="县版", kind="Z5").edition == bound.edition + 1
