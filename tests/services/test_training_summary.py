"""The kept summary of who lacks what always equals working everybody out anew, whatever is entered, taken back, or day it is."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from support.offices import NEW_YEAR, on
from support.training import CERTIFICATES, CHEMICAL, MACHINES, TRAINING, listed, person_number, took

from anjian_desktop.domain.training import LEVEL_LABELS
from anjian_desktop.errors import UserError
from anjian_desktop.services import certificates, maintenance, records, rosters, sessions, training
from anjian_desktop.services.kept_standings import Kept
from anjian_desktop.services.office import Office
from anjian_desktop.services.office_profile import set_profile
from anjian_desktop.services.person_imports import import_list
from anjian_desktop.services.training_reckoning import in_order, reckon
from anjian_desktop.services.training_summary import FACT, Flag, differing, flags_of, is_behind

PERSONS = 14


@pytest.fixture
def town(office: Office) -> Office:
    """Two enterprises, one of the five sectors, and some persons with every kind of post."""
    for name, flags in ((CHEMICAL, "危险化学品"), (MACHINES, "")):
        records.add(office, "enterprise", {"name": name, "status": "在营", "flags": flags})
    roles = ("其他从业人员", "特种作业人员", "安全管理人员", "主要负责人")
    for n in range(PERSONS):
        records.add(office, "worker", {
            "name": f"甲{n}", "identity_number": person_number(n), "enterprise": (CHEMICAL, MACHINES)[n % 2],
            "role": roles[n % 4], "hired_on": f"2025-0{1 + n % 9}-10",
        })  # fmt: skip
    return office


def agree(office: Office) -> None:
    """Every figure and every standing as the summary gives it is what the rules say of the rows as they are."""
    with office.db.reading() as session:
        assert differing(session, today=office.today) == []
        kept = Kept(session, office.today)
        wanted = in_order(session, today=office.today)
        anew = [one for one in reckon(session, kept.profile, wanted, today=office.today) if one.found is not None]
        assert kept.ids() == [one.worker_id for one in anew]
        assert kept.standings(kept.ids()) == [one.found for one in anew]
    told = training.overview(office)
    bits = [flags_of(one.found, one.in_equal_class) for one in anew if one.found is not None]
    assert told.figures == {
        key: sum(bool(one & bit) for one in bits) for key, bit in training.FIGURES.items()
    }  # fmt: skip
    assert told.total.complete == sum(Flag.COMPLETE in one for one in bits)
    assert sum(one.coverage.active for one in told.enterprises) == len(anew)
    assert training.status(office).lacking == told.figures["lacks"] == len(training.people(office, "lacks"))


class Clerk:
    """Does one thing or another, never the same twice; a refusal is as good as a success."""

    def __init__(self, office: Office, folder: Path, chance: random.Random) -> None:
        self.office, self.folder, self.chance = office, folder, chance
        self.count = 0

    def acts(self) -> tuple[Callable[[], object], ...]:
        return (
            self.record, self.record, self.marks, self.marks, self.edit_record, self.edit_worker, self.edit_worker,
            self.throw_away, self.certificate, self.training_list, self.certificate_list, self.take_back, self.a_class,
            self.unit, self.setting, self.another_day, self.another_day,
        )  # fmt: skip

    def day(self, around: int = 500) -> str:
        return str(self.office.today + timedelta(days=self.chance.randint(-around, 0)))

    def rows(self, ledger: str) -> list[int]:
        from anjian_desktop.services import browse

        return browse.ids(self.office, browse.Query(ledger))

    def record(self) -> None:
        records.add(self.office, "training_record", {
            "worker": f"甲{self.chance.randrange(PERSONS)}", "level": self.chance.choice(list(LEVEL_LABELS.values())),
            "enterprise": self.chance.choice((CHEMICAL, MACHINES)), "started_on": self.day(), "score": str(self.chance.choice((70, 90))),
            "class_hours": str(self.chance.choice((4, 8, 8.5, 24))),
        })  # fmt: skip

    def marks(self) -> None:
        """A class of ten or more with one mark, or not quite (T16)."""
        session_id = records.add(self.office, "training_session", {
            "name": f"班{self.count}", "level": "公司级", "started_on": self.day(), "class_hours": "8",
        }).id  # fmt: skip
        sessions.enrol(self.office, session_id, self.rows("worker")[:12])
        everybody = [one.record_id for one in sessions.participants(self.office, session_id)]
        sessions.set_marks(self.office, session_id, {one: {"score": "88"} for one in everybody})
        if self.chance.random() < 0.5:
            sessions.set_marks(self.office, session_id, {self.chance.choice(everybody): {"score": "87"}})

    def a_class(self) -> None:
        """Certificates given out for a class, and one of them voided."""
        for session_id in self.rows("training_session")[:1]:
            done = certificates.issue(self.office, session_id=session_id)
            if done.issued:
                certificates.void(self.office, [done.issued[0].id], reason="写错")

    def edit_record(self) -> None:
        if found := self.rows("training_record"):
            values = self.chance.choice((
                {"score": "60"}, {"score": "88"}, {"passed": "否"}, {"absent": "是"}, {"started_on": self.day(), "ended_on": ""},
                {"worker": f"甲{self.chance.randrange(PERSONS)}"}, {"class_hours": "72"}, {"level": "车间级"}, {"post_on": self.day()},
            ))  # fmt: skip
            records.edit(self.office, "training_record", self.chance.choice(found), values)

    def edit_worker(self) -> None:
        if found := self.rows("worker"):
            values = self.chance.choice((
                {"left_on": self.day(100)}, {"left_on": ""}, {"enterprise": MACHINES}, {"role": "特种作业人员"}, {"special_work": "是"},
                {"last_work_day": "2024-02-01", "returned_on": self.day(100)}, {"transferred_on": self.day(300)}, {"hired_on": self.day(300)},
                {"left_on": str(self.office.today + timedelta(days=40))},
            ))  # fmt: skip
            records.edit(self.office, "worker", self.chance.choice(found), values)

    def throw_away(self) -> None:
        ledger = self.chance.choice(("training_record", "certificate", "worker"))
        if found := self.rows(ledger):
            one = self.chance.choice(found)
            records.retire(self.office, ledger, [one])
            if ledger == "worker" or self.chance.random() < 0.5:
                records.restore(self.office, ledger, [one])

    def certificate(self) -> None:
        n = self.chance.randrange(PERSONS)
        records.add(self.office, "certificate", {
            "name": f"甲{n}", "identity_number": person_number(n), "number": f"T{self.count}",
            "certificate_kind": self.chance.choice(("特种作业操作证", "安全生产知识和管理能力考核合格证（安全管理人员）")),
            "valid_from": str(self.chance.choice((date(2023, 3, 1), date(2023, 8, 1), date(2025, 1, 1)))),
            "valid_to": str(self.office.today + timedelta(days=self.chance.randint(-60, 60))),
        })  # fmt: skip

    def training_list(self) -> None:
        some = self.chance.sample(range(PERSONS), 11)
        day, mark = self.day(), self.chance.choice((88, None))
        rows = [
            took(person_number(n), "班组级", day, 8, 培训名称="一班", 成绩=mark or self.chance.randint(60, 99))
            for n in some
        ]
        import_list(self.office, "training_record", listed(self.folder / f"{self.count}.xlsx", TRAINING, *rows))

    def certificate_list(self) -> None:
        n = self.chance.randrange(PERSONS)
        row = {
            "身份证号": person_number(n),
            "姓名": f"甲{n}",
            "证书类别": "特种作业操作证",
            "证书编号": f"L{self.count}",
            "有效期至": self.day(90),
        }
        import_list(self.office, "certificate", listed(self.folder / f"c{self.count}.xlsx", CERTIFICATES, row))

    def take_back(self) -> None:
        rosters.undo_import(self.office)

    def unit(self) -> None:
        records.edit(self.office, "enterprise", self.rows("enterprise")[0], {"flags": self.chance.choice(("", "煤矿"))})

    def setting(self) -> None:
        key, words = self.chance.choice((
            ("pass_mark", ("60", "80", "88")), ("day_cap", ("8", "12")), ("levels_merged", ("是", "否")), ("province", ("山东", "全国")),
        ))  # fmt: skip
        set_profile(self.office, {key: self.chance.choice(words)})

    def another_day(self) -> None:
        self.office = on(
            self.office, self.office.today + timedelta(days=self.chance.choice((-400, -30, 1, 29, 61, 365)))
        )


@pytest.mark.parametrize("seed", range(4))
def test_the_summary_equals_working_everybody_out_after_any_edits(town: Office, tmp_path: Path, seed: int) -> None:
    clerk = Clerk(town, tmp_path, random.Random(seed))
    refused = 0
    for clerk.count in range(20):
        try:
            clerk.chance.choice(clerk.acts())()
        except UserError:
            refused += 1
        agree(clerk.office)
    assert refused < 14


def test_what_the_calendar_turned_is_right_before_and_after_it_is_brought_up_to_date(town: Office) -> None:
    records.add(town, "certificate", {
        "name": "甲1", "identity_number": person_number(1), "number": "T1", "certificate_kind": "特种作业操作证",
        "valid_to": str(NEW_YEAR + timedelta(days=9)),
    })  # fmt: skip
    later = on(town, NEW_YEAR + timedelta(days=10))
    assert training.overview(town).total.certified == 1 and training.overview(later).total.certified == 0
    agree(later)
    with later.db.reading() as session:
        assert is_behind(session, today=later.today)
    assert training.bring_up_to_date(later) >= 1 and training.bring_up_to_date(later) == 0
    agree(later)
    assert training.overview(on(town, NEW_YEAR)).total.certified == 1


def test_a_store_without_a_summary_answers_alike_and_gets_one_with_the_next_entry(town: Office) -> None:
    before = training.overview(town), training.status(town, everyone=True)
    with town.db.transaction("试验") as tx:
        from sqlalchemy import text

        tx.session.execute(text("DELETE FROM training_summary"))
        tx.session.execute(text("DELETE FROM store_fact WHERE key = :key"), {"key": FACT})
    assert (training.overview(town), training.status(town, everyone=True)) == before
    records.add(town, "enterprise", {"name": "示例纺织有限公司", "status": "在营"})
    with town.db.reading() as session:
        assert not is_behind(session, today=town.today)
    agree(town)


def test_the_check_finds_a_summary_that_is_not_what_the_rows_say_and_repair_mends_it(town: Office) -> None:
    assert maintenance.check(town).ok and maintenance.summary_differs(town) == []
    with town.db.transaction("试验") as tx:
        from sqlalchemy import text

        tx.session.execute(text("UPDATE training_summary SET flags = 3 WHERE worker_id = 2"))
    assert maintenance.summary_differs(town) == [2]
    done = maintenance.repair(town)
    assert any("培训汇总" in one for one in done.done), done.after.integrity
    assert maintenance.summary_differs(town) == []
    agree(town)


def test_t18_counts_persons_once_however_often_they_were_trained(office: Office) -> None:
    """Distinct active persons with what is due ÷ distinct active persons; nobody counted is no rate."""
    assert training.overview(office).total.full_coverage is None
    records.add(office, "enterprise", {"name": MACHINES, "status": "在营"})
    for n in range(3):
        records.add(office, "worker", {
            "name": f"甲{n}", "identity_number": person_number(n), "enterprise": MACHINES, "left_on": "2026-01-05" if n == 2 else "",
        })  # fmt: skip
    for day in (2, 3):
        for level in ("公司级", "车间级", "班组级"):
            records.add(office, "training_record", {
                "worker": "甲0", "enterprise": MACHINES, "level": level, "started_on": f"2025-0{day}-01", "class_hours": "8", "score": "90",
            })  # fmt: skip
    told = training.overview(office)
    assert (told.total.active, told.total.complete, told.total.full_coverage) == (2, 1, 50.0)
    assert [(one.name, one.coverage.full_coverage) for one in told.villages] == [(training.NO_VILLAGE, 50.0)]
    assert told.total.certified_rate is None
