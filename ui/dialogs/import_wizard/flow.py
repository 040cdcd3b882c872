"""The import wizard's steps without any Qt: what is chosen, what is known, and when one may go on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

from anjian_desktop.errors import UserError
from anjian_desktop.exchange.import_plan import RowPlan, SheetPlan
from anjian_desktop.ledgers.fields import heading_key
from anjian_desktop.services import browse, rosters
from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import Change
from anjian_desktop.services.progress import Step, no_step
from anjian_desktop.services.rosters import MissingUnit, RosterOutcome, RosterPlan, UndoOutcome

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


@dataclass(frozen=True)
class CellCorrection:
    """A cell typed over in the preview: the file's sheet and row, the field, what it is to be."""

    sheet: str
    row: int
    key: str
    value: str


@dataclass
class ImportFlow:
    """What the clerk has chosen so far. Going back keeps every choice; a changed choice makes the plan stale."""

    kind: str = "enterprise"
    kind_is_chosen: bool = False
    """The clerk said what the file holds; otherwise the headings are asked."""
    file: Path | None = None
    block: str | None = None
    """Text pasted from a spreadsheet, instead of a file."""
    block_keys: tuple[str, ...] = ()
    """The columns on the screen, for a block without headings."""
    sheet: str | None = None
    """One sheet's name, or None for every visible sheet with a heading."""
    mapping: dict[str, str] = field(default_factory=dict)
    """Heading as it reads -> field key, or IGNORED; only what differs from the program's own finding."""
    corrections: list[CellCorrection] = field(default_factory=list)
    plan: RosterPlan | None = None
    outcome: RosterOutcome | None = None
    missing: list[MissingUnit] = field(default_factory=list)
    """Units of the store that this file does not mention, known once it is imported."""
    waiting: list[str] = field(default_factory=list)
    """Other kinds of units in the same file, in the order they are to be imported."""
    imported: list[tuple[str, RosterOutcome]] = field(default_factory=list)
    """Everything written in this sitting, kind by kind."""
    at: WizardStep = WizardStep.SOURCE
    _planned: object = None

    # -- choosing ----------------------------------------------------------------------------------------------

    def choose_file(self, file: Path) -> None:
        """Another file starts afresh; the same one keeps the choices."""
        if file != self.file:
            self.file, self.block = file, None
            self._start_afresh()

    def choose_block(self, text: str, keys: Sequence[str]) -> None:
        """Take a pasted block; `keys` are the columns it falls on when it brings no headings."""
        self.file, self.block, self.block_keys = None, text, tuple(keys)
        self.kind_is_chosen = True
        self._start_afresh()

    def choose_kind(self, kind: str) -> None:
        """Say what the file holds; headings mean other fields then."""
        self.kind_is_chosen = True
        if kind != self.kind:
            self.kind = kind
            self._forget_columns()

    def choose_sheet(self, sheet: str | None) -> None:
        """Read one sheet only, or all."""
        self.sheet = sheet

    def map_heading(self, heading: str, key: str) -> None:
        """Say what a heading means: a field's key, or IGNORED. The column that had the field before gives it up."""
        if self.block is not None and self.sheets and self.sheets[0].heading.row_number == 0:
            self._map_column(heading, key)
            return
        if key != IGNORED:
            for sheet in self.sheets:
                for other, had in self.columns_of(sheet):
                    if other != heading and self.mapping.get(other, had) == key:
                        self.mapping[other] = IGNORED
        self.mapping[heading] = key

    def point_at_names(self, kind: str, heading: str) -> None:
        """The file holds units of that kind, and their names stand under that heading."""
        self.choose_kind(kind)
        self.mapping = {heading: rosters.naming_field(kind).key}

    def _map_column(self, heading: str, key: str) -> None:
        """As `map_heading`, for a block that brings no headings: what its columns are is said by their place."""
        headings = self.sheets[0].heading.headings
        column = next(place for place, text in headings.items() if text == heading)
        keys = [IGNORED if one == key else one for one in self.block_keys]
        keys[column] = key
        self.block_keys = tuple(keys)

    def next_kind(self) -> str | None:
        """Go on to the file's next kind of units, its own choices fresh; None when all are done."""
        if not self.waiting:
            return None
        self.kind = self.waiting.pop(0)
        self.kind_is_chosen = True
        self.sheet = None
        self.outcome = None
        self.plan = None
        self._forget_columns()
        return self.kind

    def _start_afresh(self) -> None:
        self.sheet = None
        self.plan = None
        self.waiting = []
        self._forget_columns()

    def _forget_columns(self) -> None:
        self.mapping = {}
        self.corrections = []

    # -- going on ----------------------------------------------------------------------------------------------

    @property
    def needs_reading(self) -> bool:
        """The plan does not belong to what is chosen now."""
        return self.plan is None or self._planned != self._choices()

    def can_go_on(self) -> bool:
        """Whether the page shown has all it needs."""
        if self.at is WizardStep.SOURCE:
            return self.file is not None or self.block is not None
        if self.at is WizardStep.COLUMNS:
            return self.plan is not None
        return self.at is WizardStep.PREVIEW and self.good_rows > 0

    def read(self, office: Office, step: Step = no_step) -> tuple[str, RosterPlan]:
        """Read the file as chosen, in whatever thread; gives the kind it was read as and the plan. Raises UserError."""
        kind, plan = self._read(office, step)
        for one in self.corrections if kind == self.kind else ():
            plan = rosters.correct(office, plan, one.sheet, one.row, one.key, one.value)
        return kind, plan

    def _read(self, office: Office, step: Step) -> tuple[str, RosterPlan]:
        if self.block is not None:
            found = rosters.read_block(
                office, self.kind, self.block, keys=self.block_keys, mapping=self.mapping, step=step
            )
            return self.kind, found
        if self.file is None:
            raise UserError("还没有选择文件。", next_step="请先选择要导入的 Excel 文件。")
        if self.kind_is_chosen:
            return self.kind, self._read_as(self.kind, office, step)
        first_problem: UserError | None = None
        for kind in [self.kind, *(one for one in kinds_offered() if one != self.kind)]:
            try:
                plan = self._read_as(kind, office, step)
            except UserError as problem:
                first_problem = first_problem or problem
                continue
            first = in_order({kind, *plan.other_kinds.values()})[0]
            better = first if first != kind or plan.listed is not None else recognise(all_headings(plan))
            if better is not None and better != kind:
                return better, rosters.read_roster(office, self.file, kind=better, sheet=self.sheet, step=step)
            return kind, plan
        assert first_problem is not None
        raise first_problem

    def _read_as(self, kind: str, office: Office, step: Step) -> RosterPlan:
        assert self.file is not None
        mapping = dict(self.mapping) if kind == self.kind else {}
        return rosters.read_roster(office, self.file, kind=kind, sheet=self.sheet, mapping=mapping, step=step)

    def take(self, kind: str, plan: RosterPlan) -> None:
        """Keep what `read` gave."""
        if kind != self.kind:
            self.kind = kind
            self._forget_columns()
        self.plan = plan
        self.outcome = None
        done = {one for one, _ in self.imported}
        self.waiting = [one for one in in_order(plan.other_kinds.values()) if one not in done and one != kind]
        self._planned = self._choices()

    def correct(self, office: Office, one: CellCorrection) -> None:
        """Type over a cell and judge its row again, and those that share its code or name."""
        assert self.plan is not None
        self.plan = rosters.correct(office, self.plan, one.sheet, one.row, one.key, one.value)
        self.corrections.append(one)
        self._planned = self._choices()

    def apply(self, office: Office, step: Step = no_step) -> tuple[RosterOutcome, list[MissingUnit]]:
        """Write the good rows, in whatever thread; the outcome, and the store's units not in the file. Raises UserError."""
        assert self.plan is not None
        outcome = rosters.apply_roster(office, self.plan, step=step)
        return outcome, [] if self.block is not None else rosters.missing_units(office, self.plan)

    def written(self, outcome: RosterOutcome, missing: Sequence[MissingUnit]) -> None:
        """Keep what `apply` gave. The plan is stale: what was new is now in the store."""
        self.outcome, self.missing = outcome, list(missing)
        self._planned = None
        if outcome.import_id is not None:
            self.imported.append((self.kind, outcome))

    def undo(self, office: Office) -> tuple[list[UndoOutcome], Change]:
        """Take back everything imported in this sitting, the last first."""
        undone = [
            rosters.undo_import(office, outcome.import_id)
            for _, outcome in reversed(self.imported)
            if outcome.import_id is not None
        ]
        kinds = frozenset(kind for one in undone for kind in one.change.kinds)
        return undone, Change(kinds, tuple(row for one in undone for row in one.change.ids))

    def forget_remembered(self, office: Office) -> None:
        """Forget the headings that were given fields by hand in an earlier file of this shape."""
        if self.plan is None:
            return
        remembered = self.plan.remembered.items()
        for one in rosters.remembered_mappings(office, self.kind):
            if one.mapping.items() <= remembered:
                rosters.forget_mapping(office, one.id)
        self._planned = None

    def _choices(self) -> object:
        return (self.file, self.block, self.block_keys, self.kind, self.sheet, tuple(sorted(self.mapping.items())))

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

    @property
    def corrected(self) -> frozenset[tuple[str, int, str]]:
        """The cells typed over: sheet, row, field key."""
        return frozenset((one.sheet, one.row, one.key) for one in self.corrections)

    def columns_of(self, sheet: SheetPlan) -> list[tuple[str, str]]:
        """(heading, field key or IGNORED) of a sheet from left to right, running numbers left out."""
        heading = sheet.heading
        found = []
        for column, text in sorted(heading.headings.items()):
            matched = heading.columns.get(column)
            if matched is not None or text in heading.unmatched or text in self.mapping:
                found.append((text, matched.key if matched else IGNORED))
        return found


def kinds_offered() -> list[str]:
    """Ledgers of the navigation that take rosters."""
    return [one.key for one in browse.ledgers() if one.importable and one.menu is not None]


def in_order(kinds: Iterable[str]) -> list[str]:
    """Kinds so that what others point to comes first: villages before the enterprises in them."""
    wanted = set(kinds)
    menu = [one for one in kinds_offered() if one in wanted]
    return sorted(menu, key=_depth)


def _depth(kind: str) -> int:
    links = {one.link for one in browse.fields(kind) if one.link} - {kind}
    return 1 + max((_depth(one) for one in links & set(kinds_offered())), default=-1)


def label_of(kind: str) -> str:
    """A ledger's Chinese name."""
    return next((one.label for one in browse.ledgers() if one.key == kind), kind)


def list_of(kind: str) -> str:
    """What a file of such rows is called: 企业名册, 培训记录."""
    return label_of(kind) + ("" if kind in ("training_record", "certificate") else "名册")


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
    title = rosters.naming_field(kind)
    return {heading_key(text) for text in (title.label, *title.aliases)}


def suggested_report(plan: RosterPlan) -> str:
    """The file name offered for the refused rows."""
    return f"{plan.file.stem} 拒收的行.xlsx"


def problem_rows(plan: RosterPlan) -> list[RowPlan]:
    """Rows with something wrong or odd."""
    return [row for row in plan.plan.rows if row.problems or row.warnings]
