"""Lists of persons read and written in one call, as the command line and the sample town do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from anjian_desktop.exchange.sheet import read_workbook
from anjian_desktop.services.import_memory import memory_of
from anjian_desktop.services.list_imports import ListImport
from anjian_desktop.services.list_kinds import PERSON_LISTS
from anjian_desktop.services.office import Office
from anjian_desktop.services.person_lists import plan_list, write_list
from anjian_desktop.services.progress import Step, no_step


def import_list(
    office: Office,
    kind: str,
    path: Path,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    dry_run: bool = False,
    all_or_nothing: bool = False,
    step: Step = no_step,
) -> ListImport:
    """Read a list of workers, training records or certificates into the store; rows a rule refuses are told and left out.

    Whose list it is comes from a column, a credit code, a group row, a title above the heading, the sheet's or the file's
    name. Raises UserError when it cannot be read.
    """
    step(0, 3, f"读取 {path.name}")
    workbook = read_workbook(path, sheet=sheet, watch=lambda: step(0, 3, f"读取 {path.name}"))
    step(1, 3, "与名册比对")
    own = PERSON_LISTS[kind]
    with office.db.reading() as session:
        memory = memory_of(session, kind, fields=own.fields())
    visible = [one for one in workbook.sheets if not one.hidden or one.name == sheet]
    listed = plan_list(office, own, visible, stem=path.stem, mapping=mapping, memory=memory)
    created = {key: len(names) for key, names in listed.desk.created.items()}
    summary = ListImport(None, listed.plan, created, listed.desk.missing, False)
    if dry_run or (all_or_nothing and summary.counts["refused"]):
        return summary
    if not listed.writes_something:
        return ListImport(None, listed.plan, dict.fromkeys(created, 0), listed.desk.missing, True)
    step(2, 3, "写入")
    import_id, change = write_list(office, listed, path.name, workbook.sha256)
    step(3, 3, "")
    return ListImport(import_id, listed.plan, created, listed.desk.missing, True, change)
