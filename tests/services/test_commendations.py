"""奖状 on pre-printed stock: drafted for the chosen, numbered at the first print, frozen, moved by tenths of a millimetre."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pypdf
import pytest
from support.offices import enterprises, on

from anjian_desktop.errors import Refused, UserError
from anjian_desktop.services import browse, commendations, records
from anjian_desktop.services.office import Office
from anjian_desktop.services.office_profile import set_profile
from anjian_desktop.storage import attachments

AWARD = "安全生产先进单位"


def text_of(file: Path, page: int = 0) -> str:
    return "".join(pypdf.PdfReader(file).pages[page].extract_text().split())


def row(office: Office, row_id: int) -> dict[str, str]:
    return dict(browse.row(office, "commendation", row_id).full)


@pytest.fixture
def drafts(office: Office) -> list[int]:
    """Three enterprises commended, nothing printed."""
    return list(commendations.draft(office, "enterprise", enterprises(office, 3), award=AWARD).done)


def test_each_chosen_unit_gets_one_draft_and_a_second_time_none(office: Office, drafts: list[int]) -> None:
    assert [row(office, one)["name"] for one in drafts] == [f"示例{n}号机械有限公司" for n in (1, 2, 3)]
    assert all(not row(office, one)["number"] for one in drafts)
    units = browse.ids(office, browse.Query("enterprise"))
    again = commendations.draft(office, "enterprise", units, award=AWARD)
    assert again.done == () and len(again.refused) == 3
    assert commendations.draft(office, "enterprise", units, award="优秀组织奖").refused == ()


def test_numbers_are_taken_at_the_first_print_and_only_variable_words_are_printed(
    office: Office, drafts: list[int], tmp_path: Path
) -> None:
    planned = commendations.plan(office, drafts)
    assert (planned.new, planned.again, planned.first_number) == (3, 0, "安奖〔2026〕001号")
    assert not row(office, drafts[0])["number"]
    made = commendations.print_commendations(office, drafts, tmp_path)
    assert made.numbers == ("安奖〔2026〕001号", "安奖〔2026〕002号", "安奖〔2026〕003号") and made.pages == 3
    said = text_of(made.files[0], 1)
    assert "示例2号机械有限公司：" in said and "在2026年度安全生产工作中成绩突出，被评为" in said and AWARD in said
    assert "2026年1月5日" in said and "安奖〔2026〕002号" in said and "补发" not in said
    assert "奖状" not in said.replace("安奖", "")


def test_what_was_printed_is_kept_and_a_reprint_says_so_with_the_same_words(
    office: Office, drafts: list[int], tmp_path: Path
) -> None:
    first = commendations.print_commendations(office, drafts, tmp_path / "一")
    with office.db.statements() as execute:
        kept = {found for (found,) in execute("SELECT pdf_sha256 FROM commendation", ())}
    assert kept == {hashlib.sha256(first.files[0].read_bytes()).hexdigest()}
    assert attachments.open_path(office.folder, kept.pop()).read_bytes() == first.files[0].read_bytes()
    unit = browse.ids(office, browse.Query("enterprise"))[0]
    records.edit(office, "enterprise", unit, {"name": "改了名的厂"})
    set_profile(office, {"party_a": "别的镇人民政府"})
    again = commendations.print_commendations(on(office, date(2026, 2, 1)), drafts[:1], tmp_path / "一")
    assert again.files[0].name == "奖状 安奖〔2026〕001号 补发.pdf" and first.files[0].exists()
    assert (again.issued, again.reprinted) == (0, 1)
    assert text_of(again.files[0]) == text_of(first.files[0]).replace("001号", "001号（补发）")
    archived = tmp_path / "存档.pdf"
    archived.write_bytes(commendations.kept_page(office, drafts[0]))
    assert text_of(archived) == text_of(first.files[0])


def test_the_words_move_by_tenths_of_a_millimetre(office: Office, drafts: list[int], tmp_path: Path) -> None:
    import pypdfium2

    def ink(file: Path) -> tuple[float, float]:
        with pypdfium2.PdfDocument(file) as document:
            picture = document[0].render(scale=300 / 72).to_pil().convert("L").point(lambda tone: 255 * (tone < 128))
        left, top, *_ = picture.getbbox() or (0, 0)
        return left / 300 * 25.4, top / 300 * 25.4

    plain = commendations.print_commendations(office, drafts, tmp_path / "原").files[0]
    moved = commendations.print_commendations(office, drafts, tmp_path / "移", offset=(37, -52)).files[0]
    (left, top), (new_left, new_top) = ink(plain), ink(moved)
    assert new_left - left == pytest.approx(3.7, abs=0.1) and new_top - top == pytest.approx(-5.2, abs=0.1)
    with pytest.raises(UserError, match="最多移动20毫米"):
        commendations.print_commendations(office, drafts, tmp_path, offset=(0, 201))


def test_an_issued_one_is_not_typed_over_not_put_away_and_void_keeps_its_number(
    office: Office, drafts: list[int], tmp_path: Path
) -> None:
    records.edit(office, "commendation", drafts[0], {"wording": "在专项整治中表现突出，被评为"})
    commendations.print_commendations(office, drafts[:2], tmp_path)
    for act in (
        lambda: records.edit(office, "commendation", drafts[0], {"wording": "别的话"}),
        lambda: records.retire(office, "commendation", drafts[:1]),
    ):
        with pytest.raises(Refused, match="已经发出"):
            act()
    with pytest.raises(UserError, match="没有“编号”这一项"):
        records.edit(office, "commendation", drafts[2], {"编号": "安奖〔2026〕009号"})
    commendations.void(office, drafts[:1], reason="发错了")
    assert row(office, drafts[0])["state"] == "作废"
    assert commendations.print_commendations(office, drafts[:1], tmp_path / "废").failed[0].rule == "not_valid"
    (new,) = commendations.reissue(office, drafts[1], reason="名称写错", values={"name": "示例新厂"}).done
    made = commendations.print_commendations(office, [new, drafts[2]], tmp_path / "新")
    assert made.numbers == ("安奖〔2026〕003号", "安奖〔2026〕004号") and "示例新厂：" in text_of(made.files[0])
    assert row(office, drafts[1])["state"] == "已补发"
    with pytest.raises(Refused, match="草稿"):
        draft = commendations.draft(office, "enterprise", enterprises_of(office)[:1], award="优秀组织奖").done
        commendations.void(office, draft, reason="不要了")


def enterprises_of(office: Office) -> list[int]:
    return list(browse.ids(office, browse.Query("enterprise")))


def test_a_name_no_font_prints_is_told_and_gets_no_number(office: Office, tmp_path: Path) -> None:
    names = ("示例甲", "\U0002ebf0示例")
    made = [
        records.add(
            office, "commendation", {"name": name, "holder_kind": "个人", "award": "安全标兵", "year": "2025"}
        ).id
        for name in names
    ]
    done = commendations.print_commendations(office, made, tmp_path)
    assert done.numbers == ("安奖〔2026〕001号",)
    assert names[1] in done.failed[0].item and "没有字体能打印" in done.failed[0].problem
    assert row(office, made[1])["state"] == "草稿"


def test_a_long_name_shrinks_instead_of_pushing_the_words_off_their_places(office: Office, tmp_path: Path) -> None:
    name = "示例市东河经济技术开发区精细化学品循环利用与安全环保科技发展有限责任公司第二生产基地"
    row_id = records.add(office, "commendation", {"name": name, "award": AWARD, "year": "2025"}).id
    made = commendations.print_commendations(office, [row_id], tmp_path)
    assert made.pages == 1 and name in text_of(made.files[0])
