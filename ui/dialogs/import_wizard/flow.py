"""The import wizard's steps without any Qt: what is chosen, what is known, when one may go on, and what is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.import_plan import RowPlan, SheetPlan
from anjian_desktop.ledgers.fields import heading_key
from anjian_desktop.services import browse, rosters
from anjian_desktop.services.office import Office
from anjian_desktop.services.progress import Step, no_step
from anjian_desktop.services.rosters import RosterOutcome, RosterPlan

SUFFIXES = (".xlsx", ".xlsm", ".csv")
"""What may be dropped onto the wizard; whether a file can be read is found out by its content."""

IGNORED = ""
"""The field of a heading that is not to be imported."""


class WizardStep(IntEnum):
    """The four pages, in order."""

    SOURCE = 0
    COLUMNS = 1
    PREVIEW = 2
    DONE = 3


TITLES: Mapping[WizardStep, str] = {
    WizardStep.SOURCE: "选择文件",
    WizardStep.COLUMNS: "核对标题",
    WizardStep.PREVIEW: "预览",
    WizardStep.DONE: "完成",
}


@dataclass
class ImportFlow:
    """What the clerk has chosen so far. Going back keeps every choice; a changed choice makes the plan stale."""

    kind: str = "enterprise"
    kind_is_chosen: bool = False
    """The clerk said what the file holds; otherwise the headings are asked."""
    file: Path | None = None
    sheet: str | None = None
    """One sheet's name, or None for every visible sheet with a heading."""
    mapping: dict[str, str] = field(default_factory=dict)
    """Heading as it reads -> field key, or IGNORED; only what differs from the program's own finding."""
    plan: RosterPlan | None = None
    outcome: RosterOutcome | None = None
    at: WizardStep = WizardStep.SOURCE
    _planned: object = None

    # -- choosing ----------------------------------------------------------------------------------------------

    def choose_file(self, file: Path) -> None:
        """Another file starts afresh; the same one keeps the choices."""
        if file != self.file:
            self.file = file
            self.sheet = None
            self.mapping = {}
            self.plan = None

    def choose_kind(self, kind: str) -> None:
        """Say what the file holds; headings mean other fields then."""
        self.kind_is_chosen = True
        if kind != self.kind:
            self.kind = kind
            self.mapping = {}

    def choose_sheet(self, sheet: str | None) -> None:
        """Read one sheet only, or all."""
        self.sheet = sheet

    def map_heading(self, heading: str, key: str) -> None:
        """Say what a heading means: a field's key, or IGNORED."""
        self.mapping[heading] = key

    # -- going on ----------------------------------------------------------------------------------------------

    @property
    def needs_reading(self) -> bool:
        """The plan does not belong to what is chosen now."""
        return self.plan is None or self._planned != self._choices()

    def can_go_on(self) -> bool:
        """Whether the page shown has all it needs."""
        if self.at is WizardStep.SOURCE:
            return self.file is not None
        if self.at is WizardStep.COLUMNS:
            return self.plan is not None
        return self.at is WizardStep.PREVIEW and self.good_rows > 0

    def read(self, office: Office, step: Step = no_step) -> tuple[str, RosterPlan]:
        """Read the file as chosen, in whatever thread; gives the kind it was read as and the plan. Raises UserError."""
        if self.file is None:
            raise UserError("还没有选择文件。", next_step="请先选择要导入的 Excel 文件。")
        kinds = (
            [self.kind] if self.kind_is_chosen else [self.kind, *(one for one in kinds_offered() if one != self.kind)]
        )
        first_problem: UserError | None = None
        for kind in kinds:
            try:
                plan = rosters.read_roster(
                    office, self.file, kind=kind, sheet=self.sheet, mapping=self._mapping_for(kind), step=step
                )
            except UserError as problem:
                first_problem = first_problem or problem
                continue
            better = None if self.kind_is_chosen else recognise(all_headings(plan))
            if better is not None and better != kind:
                return better, rosters.read_roster(office, self.file, kind=better, sheet=self.sheet, step=step)
            return kind, plan
        assert first_problem is not None
        raise first_problem

    def take(self, kind: str, plan: RosterPlan) -> None:
        """Keep what `read` gave."""
        if kind != self.kind:
            self.kind = kind
            self.mapping = {}
        self.plan = plan
        self._planned = self._choices()

    def apply(self, office: Office, step: Step = no_step) -> RosterOutcome:
        """Write the good rows, in whatever thread. Raises UserError."""
        assert self.plan is not None
        return rosters.apply_roster(office, self.plan, step=step)

    def _choices(self) -> object:
        return (self.file, self.kind, self.sheet, tuple(sorted(self.mapping.items())))

    def _mapping_for(self, kind: str) -> dict[str, str]:
        return dict(self.mapping) if kind == self.kind else {}

    # -- what is known -----------------------------------------------------------------------------------------

    @property
    def counts(self) -> Mapping[str, int]:
        """read = new + updated + same + refused."""
        return self.plan.counts if self.plan else dict.fromkeys(("read", "new", "updated", "same", "refused"), 0)

    @property
    def good_rows(self) -> int:
        """Rows that would be written."""
        return self.counts["new"] + self.counts["updated"]

    @property
    def sheets(self) -> Sequence[SheetPlan]:
        """The sheets that were read."""
        return self.plan.plan.sheets if self.plan else ()

    def columns_of(self, sheet: SheetPlan) -> list[tuple[str, str]]:
        """(heading, field key or IGNORED) of a sheet from left to right, running numbers left out."""
        heading = sheet.heading
        found = []
        for column, text in sorted(heading.headings.items()):
            matched = heading.columns.get(column)
            if matched is not None or text in heading.unmatched or text in self.mapping:
                found.append((text, matched.key if matched else IGNORED))
        return found

    # -- what is said ------------------------------------------------------------------------------------------

    def preview_sentences(self) -> list[str]:
        """The counts, adding up, then what else will happen."""
        if self.plan is None:
            return []
        counts, plan = self.counts, self.plan.plan
        unit = counter(self.kind)
        said = [
            f"共 {counts['read']:,} 行：新增 {counts['new']:,}，更新 {counts['updated']:,}，"
            f"相同 {counts['same']:,}，拒收 {counts['refused']:,}。"
        ]
        for ledger, names in plan.created.items():
            shown = "、".join(names[:5]) + ("…" if len(names) > 5 else "")
            said.append(f"会同时建立{label_of(ledger)} {len(names):,} {counter(ledger)}（{shown}），请导入后核对。")
        if plan.skipped:
            said.append(f"跳过空行、标题、合计等 {len(plan.skipped):,} 处。")
        if plan.missing:
            said.append(f"名册里另有 {len(plan.missing):,} {unit}不在这个文件里，不会改动。")
        for name in plan.without_heading:
            said.append(f"工作表“{name}”没有标题行，没有读取。")
        said.extend(plan.notes)
        if self.plan.seen_before:
            said.append(f"这个文件在 {self.plan.seen_before:%Y-%m-%d %H:%M} 导入过。")
        return said

    def done_sentences(self) -> list[str]:
        """What was written."""
        if self.outcome is None:
            return []
        counts = self.outcome.counts
        said = [
            f"{counts['new']:,} {counter(self.kind)}新增，{counts['updated']:,} {counter(self.kind)}更新，"
            f"{counts['same']:,} 行相同，{counts['refused']:,} 行拒收。"
        ]
        if self.outcome.import_id is None:
            said.append("名册没有变化。")
        for ledger, many in self.outcome.created.items():
            said.append(f"同时建立了{label_of(ledger)} {many:,} {counter(ledger)}，备注里写着“待核对”。")
        if counts["refused"]:
            said.append("拒收的行没有导入。导出来改好以后，再导入那一份即可，已经导入的不会重复。")
        return said


def kinds_offered() -> list[str]:
    """Ledgers of the navigation that take rosters."""
    return [one.key for one in browse.ledgers() if one.importable and one.menu is not None]


def label_of(kind: str) -> str:
    """A ledger's Chinese name."""
    return next((one.label for one in browse.ledgers() if one.key == kind), kind)


def counter(kind: str) -> str:
    """The measure word of a ledger's rows."""
    return next((one.counter for one in browse.ledgers() if one.key == kind), "条")


def all_headings(plan: RosterPlan) -> list[str]:
    """Every heading of the sheets that were read."""
    return [text for sheet in plan.plan.sheets for text in sheet.heading.headings.values()]


def recognise(headings: Sequence[str]) -> str | None:
    """The one ledger whose own word for a unit's name (企业名称, 村名, 部门名称) stands among the headings; None if unclear."""
    names = {kind: _name_headings(kind) for kind in kinds_offered()}
    present = {heading_key(text) for text in headings}
    fitting = []
    for kind, own in names.items():
        others = set().union(*(words for other, words in names.items() if other != kind))
        if present & (own - others):
            fitting.append(kind)
    return fitting[0] if len(fitting) == 1 else None


def _name_headings(kind: str) -> set[str]:
    about = next(one for one in browse.ledgers() if one.key == kind)
    title = next(one for one in browse.fields(kind) if one.key == about.title)
    return {heading_key(text) for text in (title.label, *title.aliases)}


def suggested_report(plan: RosterPlan) -> str:
    """The file name offered for the refused rows."""
    return f"{plan.file.stem} 拒收的行.xlsx"


def problem_rows(plan: RosterPlan) -> list[RowPlan]:
    """Rows with something wrong or odd."""
    return [row for row in plan.plan.rows if row.problems or row.warnings]
