"""Tell a sheet's data rows from the rest: totals, notes, titles, repeated headings, group titles, numbered blanks."""

from __future__ import annotations

import re

from anjian_desktop.domain.text import half_width, tidy, tidy_name
from anjian_desktop.exchange.cells import is_empty
from anjian_desktop.exchange.headings import HeadingMatch, repeats_heading
from anjian_desktop.exchange.sheet_rows import SheetRow

BLANK = "空行"
NUMBERED_BLANK = "空行（只有序号）"
TITLE = "标题行"
REPEATED_HEADING = "重复的标题行"
TOTAL = "合计行"
NOTE = "说明行"
GROUP = "分组标题行"

_TOTAL = re.compile(
    r"(.{0,15}?)(合计|小计|总计|共计|累计)([:(]?共?计?\d*[家户个人名]?\)?)?|共(计)?\d+(家|户|个|人|名|条|处).{0,10}"
)
_TOTAL_FIGURE = re.compile(r"共?计?\d*(\.\d+)?(家|户|个|人|名|条|处)?")
_NOTE = re.compile(
    r"\(?(备注|附注|注|说明|填表说明|填报说明|填写说明|填表人|填表单位|填表日期|制表|制表人|制表日期|填报人|填报单位|填报日期|填报时间|"
    r"统计人|统计日期|审核|审核人|审批|审批人|单位负责人|负责人签字|分管领导|主要领导|联系人|联系电话|日期|盖章|单位盖章|单位公章|例如|例)\)?"
    r"(\((签字|签章|盖章|公章)\))?[:：\)].*|(以上|以下)空白.*|(填报单位|单位)?\(?(盖章|公章)\)?",
    re.DOTALL,
)
_HINT = re.compile(r"必填|选填|可不填|文本|\d+位|格式.{0,12}|下拉选择|单选|多选")
_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?|[A-Za-z]|[甲乙丙丁戊己庚辛壬癸]|栏次|列次|—|-")
_NUMBERING = re.compile(r"^(\(?[一二三四五六七八九十百\d]{1,4}\)?[、.．)\s]*)(?=[^\d])")
_PLACE = re.compile(
    r"(?!.*(度假|民俗|文化|旅游|影视|美食|老年)村$)[^\x00-\x7f，。：；]{1,10}(村|社区|居委会|居民委员会|村委会|村民委员会)"
)


def kind_of(row: SheetRow, heading: HeadingMatch, name_column: int | None, titles: frozenset[str]) -> str | None:
    """Why a row below the heading is no data row; None for data. `titles` are texts that stood above the heading."""
    if _is_plainly_data(row, heading, name_column):
        return None
    filled = [(column, cell) for column, cell in enumerate(row.cells) if not is_empty(cell)]
    if not any(column in heading.columns for column, _ in filled):
        texts = [cell for _, cell in filled if isinstance(cell, str)]
        if _is_total(texts):
            return TOTAL
        if any(_is_note(text) for text in texts):
            return NOTE
        return NUMBERED_BLANK if all(_is_number(cell) for _, cell in filled) else NOTE
    first = filled[0][1]
    if row.number == heading.row_number + 1 and len(filled) >= 3 and all(_is_column_number(cell) for _, cell in filled):
        return NOTE
    if repeats_heading(row, heading):
        return REPEATED_HEADING
    texts = [cell for _, cell in filled[:4] if isinstance(cell, str)]
    name = row.cell(name_column) if name_column is not None else None
    if _is_total(texts) and _is_total_name(name):
        return TOTAL
    if _is_note(texts[0] if texts else "") and (is_empty(name) or (isinstance(name, str) and _is_note(name))):
        return NOTE
    if all(isinstance(cell, str) and _HINT.fullmatch(half_width(tidy(cell))) for _, cell in filled):
        return NOTE
    if len(filled) == 1 and isinstance(first, str):
        if tidy(first) in titles:
            return TITLE
        if len(first) > 60 or first.rstrip().endswith(("。", "；", "：", ":")):
            return NOTE
    return None


_SUSPECT = re.compile(r"计|共|注|必填|选填|文本|页|名称|全称|[:：]|^\W*\d+\W*[家户个人名条处]?\W*$")


def _is_plainly_data(row: SheetRow, heading: HeadingMatch, name_column: int | None) -> bool:
    """The usual case, told without a closer look: several cells, and an ordinary name."""
    cells = row.cells
    if name_column is None or name_column >= len(cells) or len(cells) - cells.count(None) < 4:
        return False
    name = cells[name_column]
    if not isinstance(name, str) or name.isspace() or _SUSPECT.search(name):
        return False
    first = next(cell for cell in cells if cell is not None)
    if isinstance(first, str) and first is not name and _SUSPECT.search(first):
        return False
    return name != heading.headings[name_column]


def kind_above(row: SheetRow) -> str:
    """What a row above the heading is: a note (填报单位：…) or a title."""
    return NOTE if any(isinstance(cell, str) and _is_note(cell) for cell in row.cells) else TITLE


def group_place(row: SheetRow) -> str | None:
    """The village of a group title row (「东河村」, 「一、东河村（12家）」 alone in its row); None for other rows."""
    if len(row.cells) - row.cells.count(None) > 4:
        return None
    filled = [cell for cell in row.cells if not is_empty(cell)]
    texts = [cell for cell in filled if isinstance(cell, str)]
    if len(texts) != 1 or len(texts[0]) > 30 or len(filled) > 2:
        return None
    return place_in(texts[0]) if all(cell is texts[0] or _is_number(cell) for cell in filled) else None


def place_in(text: str) -> str | None:
    """The village a title names: without its numbering and count; None when it names none."""
    bare = re.sub(r"[（(]?共?\d+[家户个][）)]?$|[:：]$", "", _NUMBERING.sub("", tidy(text)))
    bare = tidy_name(re.sub(r"[（(]\s*[）)]$", "", bare))
    return bare if _PLACE.fullmatch(bare) else None


def _is_total(texts: list[str]) -> bool:
    return any(_TOTAL.fullmatch(half_width(tidy(text)).replace(" ", "")) for text in texts if len(text) <= 40)


def _is_total_name(name: object) -> bool:
    """A total row's name cell is empty, a figure, or the word itself."""
    if is_empty(name) or not isinstance(name, str):
        return True
    text = half_width(tidy(name)).replace(" ", "")
    return bool(_TOTAL.fullmatch(text) or _TOTAL_FIGURE.fullmatch(text))


def _is_note(text: str) -> bool:
    return bool(_NOTE.fullmatch(half_width(tidy(text)).replace(" ", "")))


def _is_column_number(cell: object) -> bool:
    """What stands under a heading to number its columns: 1, （2）, A, 甲, 栏次."""
    if isinstance(cell, int):
        return 0 <= cell <= 99
    return isinstance(cell, str) and _COLUMN_NUMBER.fullmatch(half_width(tidy(cell))) is not None


def _is_number(cell: object) -> bool:
    return isinstance(cell, int | float) or (isinstance(cell, str) and bool(re.fullmatch(r"[\d.、]+", tidy(cell))))
