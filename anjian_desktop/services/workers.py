"""One person's file beside the fields: photo, earlier posts, the identity number in full for a look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select

from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.attachment import Attachment
from anjian_desktop.ledgers.organization import Enterprise
from anjian_desktop.ledgers.worker import Worker, WorkerPost
from anjian_desktop.services import reveal as looks
from anjian_desktop.services.office import Office
from anjian_desktop.storage import attachments
from anjian_desktop.storage.changes import Change

_PHOTO_NAME = "照片.jpg"
"""Never the file's own name: it often holds the person's."""


@dataclass(frozen=True)
class EarlierPost:
    """A post somebody held before the present one; days that are not known are None."""

    enterprise: str
    workshop: str
    team: str
    post: str
    from_on: date | None
    to_on: date | None

    @property
    def text(self) -> str:
        """Where, as what, from when to when, in words."""
        place = " ".join(one for one in (self.enterprise, self.workshop, self.team, self.post) if one)
        begun = self.from_on.isoformat() if self.from_on else "（起日未记）"
        return f"{place}，{begun} 至 {self.to_on.isoformat() if self.to_on else '（止日未记）'}"


def set_photo(office: Office, worker_id: int, path: Path) -> Change:
    """Store a person's photo, turned upright and cropped to 25:35; an earlier one stays in the store, unused.

    Raises UserError when the person is gone or the file is no usable photo (see `documents.portraits`); nothing was changed
    then.
    """
    from anjian_desktop.documents.portraits import MAX_BYTES, portrait  # the picture library: only here

    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UserError(
            "照片读不出来，没有存入。", next_step="请检查文件是否还在、是否正被占用。", code="unreadable"
        ) from error
    return keep_photo(office, worker_id, portrait(data))


def keep_photo(office: Office, worker_id: int, cropped: bytes) -> Change:
    """Store a JPEG that is a portrait already. Raises UserError when the person is gone."""
    with office.db.reading() as session:
        there = session.scalar(select(Worker.id).where(Worker.id == worker_id, Worker.retired_at.is_(None)))
    if there is None:
        raise UserError("这个人已不在名册里，照片没有存入。", next_step="请刷新列表。", code="gone")
    stored = attachments.add_bytes(office.folder, cropped)
    with office.db.transaction("存入照片", actor=office.actor) as tx:
        worker = tx.get(Worker, worker_id)
        kept = Attachment(
            sha256=stored.sha256, name=_PHOTO_NAME, size=stored.size, ledger="worker", row_id=worker_id, added_at=tx.now
        )
        tx.session.add(kept)
        tx.session.flush()
        tx.change(worker, {"photo_id": kept.id})
    return tx.change_set


def photo(office: Office, worker_id: int) -> bytes | None:
    """A person's photo as JPEG; None without one. Raises UserError when its file is lost or was changed."""
    with office.db.reading() as session:
        sha256 = session.scalar(
            select(Attachment.sha256).join(Worker, Worker.photo_id == Attachment.id).where(Worker.id == worker_id)
        )
    return attachments.open_path(office.folder, sha256).read_bytes() if sha256 else None


def posts(office: Office, worker_id: int) -> tuple[EarlierPost, ...]:
    """The posts a person held before the present one, the latest first."""
    wanted = (
        select(WorkerPost, Enterprise.name)
        .outerjoin(Enterprise, Enterprise.id == WorkerPost.enterprise_id)
        .where(WorkerPost.worker_id == worker_id)
        .order_by(WorkerPost.id.desc())
    )
    with office.db.reading() as session:
        earlier = session.execute(wanted).all()[1:]
    told = [
        EarlierPost(name or "", one.workshop or "", one.team or "", one.post or "", one.from_on, one.to_on)
        for one, name in earlier
    ]
    return tuple(sorted(told, key=lambda one: one.to_on or date.min, reverse=True))


def reveal(office: Office, worker_id: int) -> str:
    """A person's identity number in full; who looked is audited first. Raises UserError when the person is gone."""
    return looks.reveal(office, "worker", worker_id, keys=("identity_number",))["identity_number"]
