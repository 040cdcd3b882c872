"""Layouts of certificates and forms: exported, edited in Word, added, checked, chosen; issued papers keep theirs."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdf
import pytest
from support.training import MACHINES, identity_number

from anjian_desktop.domain.layout_kinds import LAYOUT_KINDS
from anjian_desktop.errors import Refused, UserError
from anjian_desktop.services import certificate_prints, certificates, layouts, records, sessions, templates
from anjian_desktop.services.office import Office
from anjian_desktop.services.template_checks import check_content, shipped_layout
from tests.support.word_files import paragraph, word_file


def edited(file: Path, old: str, new: str) -> Path:
    """The Word file with a text of its body changed, as Word would save it."""
    out = BytesIO()
    with ZipFile(file) as before, ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "word/document.xml":
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode())
            after.writestr(name, data)
    file.write_bytes(out.getvalue())
    return file


def words(file: Path) -> str:
    return "".join(pypdf.PdfReader(file).pages[0].extract_text().split())


@pytest.fixture
def passed(office: Office) -> int:
    """A class of two who passed."""
    records.add(office, "enterprise", {"name": MACHINES})
    people = [
        records.add(
            office, "worker", {"name": f"{name}示例", "identity_number": identity_number(n), "enterprise": MACHINES}
        ).id
        for n, name in enumerate("甲乙", 1)
    ]
    held = {"name": "安全基础班", "level": "公司级", "started_on": "2026-01-03", "class_hours": "8"}
    class_id = records.add(office, "training_session", held).id
    sessions.enrol(office, class_id, people)
    sessions.set_marks(
        office, class_id, {one.record_id: {"score": "90"} for one in sessions.participants(office, class_id)}
    )
    return class_id


@pytest.mark.parametrize("kind", LAYOUT_KINDS)
def test_every_shipped_layout_passes_its_own_check_and_can_be_looked_at(kind: str) -> None:
    found = check_content(shipped_layout(kind), f"{kind}.docx", kind=kind)
    assert (found.unknown, found.lacking, found.not_laid_out) == ((), (), ())
    assert pypdf.PdfReader(BytesIO(layouts.sample_pdf(shipped_layout(kind), kind))).pages


def test_an_edited_layout_is_used_after_it_was_chosen_and_what_was_issued_keeps_the_old_one(
    office: Office, passed: int, tmp_path: Path
) -> None:
    (before, *_) = certificates.issue(office, session_id=passed).issued
    file = layouts.export(office, "C1", tmp_path / "合格证.docx")
    edited(file, "特发此证", "准予发给本证")
    saved = templates.add_template(office, file, name="镇里的合格证", kind="C1")
    assert saved.check.lacking == () and layouts.in_use_now(office, "C1") == ""
    layouts.choose(office, "镇里的合格证")
    certificates.void(office, [before.id], reason="试印")
    (after,) = [
        one for one in certificates.issue(office, session_id=passed).issued if one.worker_id == before.worker_id
    ]
    second = certificates.issue(office, session_id=passed).refused
    assert len(second) == 2
    new = certificate_prints.print_certificates(office, [after.id], tmp_path)
    assert "准予发给本证" in words(new.files[0])
    kept = certificates.find_certificates(office, [])
    old = certificate_prints.print_certificates(office, kept, tmp_path)
    assert "特发此证" in words(old.files[0])
    layouts.choose(office, "C1")
    again = certificate_prints.print_certificates(office, [after.id], tmp_path / "再")
    assert "准予发给本证" in words(again.files[0]) and "补发" in words(again.files[0])
    current = {one.name: one.current for one in templates.list_templates(office) if one.kind == "C1"}
    assert current == {"C1": True, "镇里的合格证": False}


def test_what_a_layout_lacks_is_told_and_keeps_it_from_being_chosen(office: Office, tmp_path: Path) -> None:
    bare = tmp_path / "光秃.docx"
    bare.write_bytes(word_file(paragraph("{{姓名}}{{单位名}}")))
    found = templates.check_file(bare, kind="C1")
    assert [one.name for one in found.unknown] == ["单位名"] and found.unknown[0].nearest == "单位名称"
    assert found.lacking == ("没有“证书编号”，培训合格证（A4）不能少", "没有“二维码”，培训合格证（A4）不能少")
    assert found.remarks == ("没有替换文字是“照片”的图片，印出来没有照片",)
    templates.add_template(office, bare, name="光秃", kind="C1")
    with pytest.raises(Refused, match="没有“证书编号”"):
        layouts.choose(office, "光秃")
    small = edited(layouts.export(office, "C1", tmp_path / "小.docx"), str(32 * 36000), str(24 * 36000))
    assert "二维码只有" in templates.check_file(small, kind="C1").lacking[0]


def test_a_layout_in_use_is_not_replaced_by_a_worse_edition_of_itself(office: Office, tmp_path: Path) -> None:
    file = layouts.export(office, "C3", tmp_path / "奖状.docx")
    templates.add_template(office, edited(file, "以资鼓励", "以示鼓励"), name="镇里的奖状", kind="c3")
    layouts.choose(office, "镇里的奖状")
    with pytest.raises(UserError, match="正在用"):
        templates.add_template(office, edited(file, "获奖者", "得奖人"), name="镇里的奖状", kind="C3")
    assert layouts.in_use_now(office, "C3") == "镇里的奖状"


def test_layouts_and_agreement_templates_do_not_mix(office: Office, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有叫“Z5”的证书或表格模板"):
        layouts.choose(office, "Z5")
    file = layouts.export(office, "T2", tmp_path / "签到表.docx")
    templates.add_template(office, file, name="我的签到表", kind="T2")
    with pytest.raises(UserError, match="不用确认字段"):
        templates.bind(office, "我的签到表", {"培训名称": "单位名称"})
    with pytest.raises(UserError, match="可用：Z1"):
        templates.add_template(office, file, name="别的", kind="C9")
    with pytest.raises(UserError, match="docx"):
        layouts.export(office, "T2", tmp_path / "签到表.pdf")
