"""The open office: one folder, one store, one day that is today; window and command line hold the same thing."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from types import TracebackType

from anjian_desktop.domain.text import tidy_name
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.agreement import NumberCounter
from anjian_desktop.ledgers.office import StoreFact
from anjian_desktop.services.acts import ActList
from anjian_desktop.services.office_profile import OfficeProfile, check_profile, read_profile, write_profile
from anjian_desktop.services.shipped_codes import add_shipped, complete_codes
from anjian_desktop.storage import lock, upgrade
from anjian_desktop.storage.database import Database
from anjian_desktop.storage.transaction import Transaction

_SUMMED = frozenset({"worker", "training_record", "certificate", "enterprise", "office"})
"""What was changed when who lacks which training may be another."""


class Office:
    """A store in use. Any thread may call services with it; `close` ends it."""

    def __init__(self, db: Database, folder: Path, *, today: date | None, actor: str) -> None:
        self.db = db
        self.folder = folder
        self.actor = actor
        self.acts = ActList()
        """What can be taken back."""
        self._today = today
        db.before_commit = self._keep_summaries

    @property
    def today(self) -> date:
        """The civil date rules count from: the one given, else the computer's."""
        return self._today or date.today()

    @property
    def profile(self) -> OfficeProfile:
        """The office's facts as they stand now."""
        with self.db.reading() as session:
            return read_profile(session)

    @property
    def store_tag(self) -> str:
        """Four characters on every page code: tell this office's papers from another's."""
        with self.db.reading() as session:
            return session.get_one(StoreFact, "tag").value

    def _keep_summaries(self, tx: Transaction) -> None:
        if tx.change_set.kinds & _SUMMED:
            from anjian_desktop.services.training_summary import settle  # the training rules stay off the start-up path

            settle(tx, today=self.today)

    def close(self) -> None:
        """Leave the store tidy: the write-ahead log folded in, connections closed."""
        self.db.close()

    def __enter__(self) -> Office:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_office(folder: Path, *, today: date | None = None, actor: str = "文员") -> Office:
    """Open the office in a folder, upgrading its store after a verified backup if need be. Raises NoStore, StoreError."""
    db = upgrade.open_store(folder)
    complete_codes(db, actor=actor)
    return Office(db, folder, today=today, actor=actor)


def view_office(folder: Path, scratch: Path, *, today: date | None = None, actor: str = "文员") -> Office:
    """An office for looking only, over a copy of the store in the empty folder `scratch`. Raises StoreError."""
    return Office(upgrade.open_copy(folder, scratch), folder, today=today, actor=actor)


def create_office(
    folder: Path,
    *,
    name: str,
    prefix: str = "示安责",
    province: str = "全国",
    next_number: int = 1,
    today: date | None = None,
    actor: str = "文员",
) -> Office:
    """Make a new office. `next_number` continues this year's numbers given out by hand.

    Raises UserError when a store is there already or a fact is wrong; then nothing is made.
    """
    if not 2 <= len(tidy_name(name)) <= 60:
        raise UserError("办公室名称应为2到60个字。", next_step="请写全称，例如：示例镇安监办。")
    if not 1 <= next_number <= 999_999:
        raise UserError("下一个编号应在1到999999之间。")
    facts = check_profile({"office": name, "prefix": prefix, "province": province})
    db = upgrade.create_store(folder)
    office = Office(db, folder, today=today, actor=actor)
    with db.transaction("建立办公室", actor=actor) as tx:
        write_profile(tx, facts)
        add_shipped(tx)
        if next_number > 1:
            tx.session.add(NumberCounter(prefix=facts["prefix"], year=office.today.year, next_n=next_number))
    return office


def hold_window(office: Office) -> AbstractContextManager[None]:
    """The lock a window holds while it is open; StoreError with code `held` when another window has it. A window that
    only looks holds nothing."""
    if office.db.read_only:
        return nullcontext()
    return lock.hold(office.folder, "窗口")
