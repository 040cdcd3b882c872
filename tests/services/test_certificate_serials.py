"""Numbers of certificates without a gap and without a double, though two processes issue at once and one is killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from support.training import MACHINES, identity_number

from anjian_desktop.services import certificates, commendations, records, sessions
from anjian_desktop.services.office import Office

ROOT = Path(__file__).resolve().parents[2]
ISSUING = """
import sys
from datetime import date
from pathlib import Path
from anjian_desktop.services import certificates
from anjian_desktop.services.office import open_office

with open_office(Path(sys.argv[1]), today=date(2026, 1, 5)) as office:
    for record in map(int, sys.argv[2:]):
        certificates.issue(office, record_ids=[record])
        print(record, flush=True)
"""
COUNT = 40


@contextmanager
def issuing(office: Office, records_: list[int]) -> Iterator[subprocess.Popen[str]]:
    """A process that issues one certificate after the other; it is ended with the block."""
    call = [sys.executable, "-c", ISSUING, str(office.folder), *map(str, records_)]
    with subprocess.Popen(call, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def serials(office: Office) -> list[int]:
    with office.db.statements() as execute:
        return [n for (n,) in execute("SELECT serial_n FROM certificate ORDER BY id", ())]


def test_two_processes_issue_and_one_is_killed(office: Office) -> None:
    records.add(office, "enterprise", {"name": MACHINES})
    people = [
        records.add(
            office, "worker", {"name": f"示例{n}", "identity_number": identity_number(n), "enterprise": MACHINES}
        ).id
        for n in range(COUNT)
    ]
    held = {"name": "安全基础班", "level": "公司级", "started_on": "2026-01-03", "class_hours": "8"}
    class_id = records.add(office, "training_session", held).id
    sessions.enrol(office, class_id, people)
    taught = [one.record_id for one in sessions.participants(office, class_id)]
    sessions.set_marks(office, class_id, {one: {"score": "90"} for one in taught})
    with ExitStack() as both:
        first, second = (both.enter_context(issuing(office, taught[start::2])) for start in (0, 1))
        assert first.stdout is not None and second.stdout is not None
        for _ in range(6):
            assert first.stdout.readline()
        first.kill()
        assert len(second.stdout.readlines()) == COUNT // 2 and second.wait() == 0
    found = serials(office)
    assert COUNT // 2 + 6 <= len(found) < COUNT
    assert sorted(found) == list(range(1, len(found) + 1))
    done = certificates.issue(office, session_id=class_id)
    assert len(done.issued) == COUNT - len(found) and len(done.refused) == len(found)
    assert sorted(serials(office)) == list(range(1, COUNT + 1))
    assert len({one.number for one in done.issued}) == len(done.issued)


def test_a_print_of_commendations_that_is_stopped_after_its_numbers_goes_on_with_them(
    office: Office, tmp_path: Path
) -> None:
    drafts = [
        records.add(office, "commendation", {"name": f"示例{n}厂", "award": "优秀组织奖", "year": "2025"}).id
        for n in range(3)
    ]
    stopped = iter(range(5))

    def step(done: int, total: int, name: str) -> None:
        if next(stopped) == 4:
            raise KeyboardInterrupt

    try:
        commendations.print_commendations(office, drafts, tmp_path, step=step)
    except KeyboardInterrupt:
        assert not list(tmp_path.glob("*.pdf"))
    again = commendations.print_commendations(office, drafts, tmp_path)
    assert again.numbers == ("安奖〔2026〕001号", "安奖〔2026〕002号", "安奖〔2026〕003号")
    assert (again.issued, again.reprinted) == (3, 0)
