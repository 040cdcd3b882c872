"""A batch of certificates with a name no font can print: that one is listed, all others are printed, and back it comes."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader
from support.training import MACHINES, identity_number

from anjian_desktop.services import certificates, records, sessions
from anjian_desktop.services.certificate_prints import print_certificates
from anjian_desktop.services.office import Office

UNPRINTABLE = "\U0002ebf0"


def test_of_fifty_certificates_one_that_cannot_be_printed_is_listed_and_49_are_done(
    office: Office, tmp_path: Path
) -> None:
    records.add(office, "enterprise", {"name": MACHINES})
    people = [
        records.add(
            office,
            "worker",
            {
                "name": f"{UNPRINTABLE if n == 17 else '示'}{n}例",
                "identity_number": identity_number(n),
                "enterprise": MACHINES,
            },
        ).id
        for n in range(1, 51)
    ]
    held = {"name": "安全基础班", "level": "公司级", "started_on": "2026-01-03", "class_hours": "8"}
    session = records.add(office, "training_session", held).id
    sessions.enrol(office, session, people)
    taking = sessions.participants(office, session)
    sessions.set_marks(office, session, {one.record_id: {"score": "90"} for one in taking})
    issued = certificates.issue(office, session_id=session).issued
    made = print_certificates(office, [one.id for one in issued], tmp_path)
    assert (made.printed, made.pages, len(made.failed)) == (49, 49, 1)
    assert made.failed[0].problem
    assert len(PdfReader(made.files[0]).pages) == 49
    unlucky = next(one for one in issued if one.number in made.failed[0].item or "17" in made.failed[0].item)
    again = print_certificates(office, [unlucky.id], tmp_path / "再")
    assert (again.printed, len(again.failed)) == (0, 1)
