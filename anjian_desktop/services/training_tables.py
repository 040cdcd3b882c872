"""What the training and expiry boards show, as workbooks; and the sheets that remind enterprises of their certificates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from anjian_desktop.domain.identity import mask_identity_number
from anjian_desktop.domain.training import LEVEL_LABELS, hours_text
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.fields import Field, Kind
from anjian_desktop.services import layouts
from anjian_desktop.services.certificate_board import BoardRow
from anjian_desktop.services.lists import ExportOutcome
from anjian_desktop.services.office import Office
from anjian_desktop.services.progress import Step, no_step
from anjian_desktop.services.training import UnitCoverage, WorkerStanding
from anjian_desktop.storage.files import write_atomically

_Cell = str | int | Decimal | date | None

_PEOPLE = (
    Field("name", "姓名", Kind.TEXT, width=6),
    Field("enterprise", "企业名称", Kind.NAME, width=16),
    Field("village", "所属村", Kind.TEXT, width=8),
    Field("missing", "缺的培训", Kind.TEXT, width=12),
    Field("hours", "已有学时", Kind.TEXT, width=5),
    Field("required", "应有学时", Kind.TEXT, width=5),
    Field("earliest", "最早完成", Kind.DATE, width=7),
    Field("problems", "问题", Kind.TEXT, width=24),
)
_UNITS = (
    Field("name", "单位名称", Kind.NAME, width=18),
    Field("village", "所属村", Kind.TEXT, width=8),
    Field("active", "在职", Kind.INTEGER, width=4),
    Field("complete", "培训齐全", Kind.INTEGER, width=5),
    Field("rate", "全员培训率（%）", Kind.DECIMAL, decimals=1, width=8),
    Field("special", "特种作业", Kind.INTEGER, width=5),
    Field("certified", "持证", Kind.INTEGER, width=4),
    Field("certified_rate", "持证率（%）", Kind.DECIMAL, decimals=1, width=7),
)
_BOARD = (
    Field("name", "姓名", Kind.TEXT, width=6),
    Field("identity", "身份证号", Kind.TEXT, width=11),
    Field("enterprise", "企业名称", Kind.NAME, width=16),
    Field("kind", "证书类别", Kind.TEXT, width=12),
    Field("item", "作业项目", Kind.TEXT, width=8),
    Field("number", "证书编号", Kind.TEXT, width=11),
    Field("valid_to", "有效期至", Kind.DATE, width=7),
    Field("state", "状态", Kind.TEXT, width=6),
    Field("apply_by", "应在此前办理", Kind.DATE, width=7),
    Field("problems", "问题", Kind.TEXT, width=24),
)


def export_status(
    file: Path, *, people: Sequence[WorkerStanding] | None = None, units: Sequence[UnitCoverage] | None = None
) -> ExportOutcome:
    """Write the persons, or the units, that a list shows. Raises UserError for a name that is no .xlsx."""
    if people is not None:
        return _write(file, "培训情况", _PEOPLE, [_person(one) for one in people])
    return _write(file, "培训情况", _UNITS, [_unit(one) for one in units or ()])


def export_board(file: Path, rows: Sequence[BoardRow]) -> ExportOutcome:
    """Write certificates as the expiry board shows them, identity numbers and those made of them masked."""
    return _write(file, "证书到期", _BOARD, [_certificate(one) for one in rows])


def print_reminders(office: Office, file: Path, rows: Sequence[BoardRow], *, step: Step = no_step) -> ExportOutcome:
    """A PDF with one sheet for each enterprise among the rows; `rows` of the outcome counts the enterprises.

    Raises UserError for a name that is no .pdf, or when no row has an enterprise.
    """
    from anjian_desktop.documents.fonts import FontBook  # the document libraries stay off the start-up path
    from anjian_desktop.documents.papers import PaperPress
    from anjian_desktop.documents.pdf.writer import PdfWriter

    if file.suffix.lower() != ".pdf":
        raise UserError(f"文件名应以 .pdf 结尾，这里是“{file.name}”。")
    groups: dict[str, list[BoardRow]] = {}
    for one in rows:
        if one.enterprise:
            groups.setdefault(one.enterprise, []).append(one)
    if not groups:
        raise UserError(
            "这些证书的持证人都不在从业人员名册里，不知道该提醒哪家企业。", next_step="请先把他们登记到所在企业。"
        )
    fonts = FontBook.of_machine()
    press = PaperPress(layouts.current(office, "T4").data, fonts)
    day = f"{office.today.year}年{office.today.month}月{office.today.day}日"
    with (
        write_atomically(file) as part,
        part.open("wb") as out,
        PdfWriter(out, fonts, title="证书到期提醒单") as writer,
    ):
        for number, (enterprise, members) in enumerate(groups.items(), 1):
            step(number - 1, len(groups), enterprise)
            record: dict[str, object] = {
                "单位名称": enterprise,
                "日期": day,
                "发出单位": office.profile.office,
                "证书": [_reminded(place, one) for place, one in enumerate(members, 1)],
            }
            writer.add(press.lay_out(record), blank_back=True)
    step(len(groups), len(groups), "")
    return ExportOutcome(file, len(groups))


def _write(file: Path, title: str, fields: Sequence[Field], rows: Sequence[Sequence[_Cell]]) -> ExportOutcome:
    from anjian_desktop.exchange.export import write_list  # the spreadsheet library stays off the start-up path

    if file.suffix.lower() != ".xlsx":
        raise UserError(f"导出的文件名应以 .xlsx 结尾，这里是“{file.name}”。")
    with write_atomically(file) as part:
        write_list(part, title=title, fields=fields, rows=iter(rows), footer=title)
    return ExportOutcome(file, len(rows))


def _person(one: WorkerStanding) -> list[_Cell]:
    found = one.standing
    return [
        one.name, one.enterprise, one.village or None, "、".join(LEVEL_LABELS[level] for level in found.missing_levels) or None,
        hours_text(found.half_hours), hours_text(found.required), found.earliest_finish,
        "；".join(problem.text for problem in found.problems) or None,
    ]  # fmt: skip


def _unit(one: UnitCoverage) -> list[_Cell]:
    counted = one.coverage
    return [
        one.name, one.village or None, counted.active, counted.complete, _rate(counted.full_coverage), counted.special,
        counted.certified, _rate(counted.certified_rate),
    ]  # fmt: skip


def _rate(rate: float | None) -> Decimal | None:
    return None if rate is None else Decimal(str(rate))


def masked_number(one: BoardRow) -> str:
    """The certificate's number; a number made of the holder's identity number is masked like it."""
    number = one.identity_number
    return one.number.replace(number, mask_identity_number(number)) if number and number in one.number else one.number


def _certificate(one: BoardRow) -> list[_Cell]:
    return [
        one.name, mask_identity_number(one.identity_number), one.enterprise or None, one.certificate_kind, one.item or None,
        masked_number(one), one.valid_to, one.state_text, one.apply_by, "；".join(problem.text for problem in one.problems) or None,
    ]  # fmt: skip


def _reminded(place: int, one: BoardRow) -> dict[str, str]:
    over = "（已过期）" if one.days < 0 else "（需核实）" if one.lapsed else ""
    return {
        "序号": str(place), "姓名": one.name, "证书类别": one.certificate_kind, "作业项目": one.item or "—",
        "有效期至": f"{one.valid_to}{over}", "办理": str(one.apply_by or "—"),
    }  # fmt: skip
