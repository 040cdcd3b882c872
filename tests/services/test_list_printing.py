"""Lists and cards on paper: every row once, the heading on each page, masked, the filter and the page below."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from support.offices import credit_code, enterprise, enterprises, on, village

from anjian_desktop.errors import UserError
from anjian_desktop.services import list_printing, records
from anjian_desktop.services.browse import Condition, Query
from anjian_desktop.services.list_printing import PrintedList, print_card, print_list
from anjian_desktop.services.maintenance import audit_verify
from anjian_desktop.services.office import Office


def pages(made: PrintedList) -> list[tuple[float, float, str]]:
    document = pypdfium2.PdfDocument(made.data)
    try:
        return [(*page.get_size(), page.get_textpage().get_text_range().replace("\r\n", "")) for page in document]
    finally:
        document.close()


def test_a_list_is_across_with_heading_place_and_filter_on_every_page(office: Office) -> None:
    enterprises(office, 70)
    made = print_list(office, Query("enterprise", where=(Condition("status", "=", "在营"),)))
    found = pages(made)
    assert made.rows == 70 and made.pages == len(found) >= 2
    for number, (width, height, text) in enumerate(found, start=1):
        assert width > height
        assert "统一社会信用代码" in text and "企业名册" in text
        assert f"第 {number} 页，共 {len(found)} 页" in text
        assert "筛选：经营状态=在营" in text and "2026-01-05" in text
    everything = "".join(text for *_, text in found)
    assert all(everything.count(credit_code(n)) == 1 for n in range(1, 71))
    assert "13900000001" not in everything and "139****0001" in everything


def test_the_same_list_makes_the_same_bytes(office: Office) -> None:
    enterprise(office, 1)
    assert print_list(office, Query("enterprise")).data == print_list(office, Query("enterprise")).data


def test_full_numbers_are_printed_only_when_asked_and_that_is_audited(office: Office) -> None:
    enterprise(office, 1)
    before = audit_verify(office).entries
    made = print_list(office, Query("enterprise"), full=True)
    assert "13900000001" in pages(made)[0][2]
    assert audit_verify(office).entries == before + 1


def test_chosen_columns_and_rows_only(office: Office) -> None:
    first, second = enterprises(office, 2)
    made = print_list(office, Query("enterprise"), keys=("principal", "name"), ids=[second])
    text = pages(made)[0][2]
    assert "示例2号" in text and "示例1号" not in text and "信用代码" not in text
    assert text.index("主要负责人") < text.index("企业名称") and first


def test_a_character_without_font_is_told(office: Office) -> None:
    enterprise(office, 1, name="示例\U0002b740店")
    made = print_list(office, Query("enterprise"))
    assert made.missing == ("\U0002b740",)


def test_too_many_columns_are_refused_in_words(office: Office) -> None:
    enterprise(office, 1)
    every = [one.key for one in list_printing.fields_of(list_printing.ledger_named("enterprise"))]
    with pytest.raises(UserError, match="一张纸排不下") as refused:
        print_list(office, Query("enterprise"), keys=every)
    assert "少选几列" in refused.value.next_step


def test_a_code_stays_on_one_line_where_the_paper_is_short_of_room(office: Office) -> None:
    enterprise(office, 1, flags="喷涂、食品", address="示例镇东河村大街一百零三号院内二层")
    made = print_list(office, Query("enterprise"))
    document = pypdfium2.PdfDocument(made.data)
    lines = document[0].get_textpage().get_text_range().split("\r\n")
    document.close()
    assert any(credit_code(1) in line for line in lines)
    assert any("139****0001" in line for line in lines)


def test_long_cells_are_broken_and_never_cut(office: Office) -> None:
    note = "需要在三月底前完成消防通道清理并提交照片" * 12
    enterprise(office, 1, note=note)
    text = pages(print_list(office, Query("enterprise"), keys=("name", "note")))[0][2]
    assert note in text


def test_a_card_shows_what_is_known_upright(office: Office) -> None:
    village(office, "东河村")
    unit = enterprise(office, 1, village="东河村", controller="控一", standard_level="三级", insured_sum="120.5")
    records.edit(on(office, date(2026, 3, 2)), "enterprise", unit, {"principal": "新一"})
    records.add(
        office,
        "licence",
        {"企业名称": "示例1号机械有限公司", "证照类型": "营业执照", "证号": "照1", "有效期至": "2029-01-01"},
    )
    made = print_card(office, "enterprise", unit)
    ((width, height, text),) = pages(made)
    assert width < height
    for wanted in (
        "企业基本情况表",
        "实际控制人",
        "控一",
        "三级",
        "120.5",
        "照1",
        "2029-01-01",
        "赵乙",
        "2026-03-01",
        "139****0001",
        "填表人",
    ):
        assert wanted in text, wanted
    assert "R值" not in text and "13900000001" not in text


def test_a_card_of_a_full_file_goes_over_pages_without_losing_a_section(office: Office) -> None:
    long = "制度" * 240
    unit = enterprise(office, 1, rules=long, note="备" * 400, products="产" * 150, materials="料" * 150)
    for n in range(40):
        records.add(
            office, "licence", {"企业名称": "示例1号机械有限公司", "证照类型": "营业执照", "证号": f"照{n:03d}"}
        )
    made = print_card(office, "enterprise", unit)
    found = pages(made)
    assert len(found) >= 2
    everything = "".join(text for *_, text in found)
    assert long in everything and all(f"照{n:03d}" in everything for n in range(40))
    assert found[-1][2].count("填表人") == 1 and "填表人" not in found[0][2]


def test_only_units_have_a_card(office: Office) -> None:
    with pytest.raises(UserError, match="没有基本情况表"):
        print_card(office, "code", 1)


def test_a_file_is_written_by_its_name(office: Office, tmp_path: Path) -> None:
    enterprise(office, 1)
    made = print_list(office, Query("enterprise"))
    assert made.write(tmp_path / "名册.pdf").read_bytes() == made.data
    with pytest.raises(UserError, match=r"\.pdf"):
        made.write(tmp_path / "名册.xlsx")
