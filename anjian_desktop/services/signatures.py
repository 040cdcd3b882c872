"""Register who signed: one, many, or from Excel; with a scan the agreement is archived at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from anjian_desktop.domain.agreements import State, signing_problem
from anjian_desktop.domain.text import tidy
from anjian_desktop.errors import UserError
from anjian_desktop.ledgers.agreement import Agreement
from anjian_desktop.ledgers.attachment import Attachment
from anjian_desktop.services.agreements import name_of
from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import NOTHING_CHANGED, RefusedItem
from anjian_desktop.storage import attachments
from anjian_desktop.storage.changes import Change
from anjian_desktop.storage.transaction import Transaction


@dataclass(frozen=True)
class SignedItem:
    """An agreement registered as signed."""

    id: int
    number: str


@dataclass(frozen=True)
class SignOutcome:
    """Which agreements were registered, which a rule refused."""

    signed: tuple[SignedItem, ...] = ()
    refused: tuple[RefusedItem, ...] = ()
    change: Change = field(default=NOTHING_CHANGED)


def sign(
    office: Office, ids: Sequence[int], *, on: date, by: str | None = None, scan: Path | None = None
) -> SignOutcome:
    """Register signatures dated `on`; `by` defaults to the principal named when the agreement was issued.

    A date before issue or after today is refused. With `scan` (one agreement) the file is kept and the agreement archived.
    """
    if scan is not None and len(ids) != 1:
        raise UserError("一个扫描件只能归到一份责任书。", next_step="没有登记任何签订，请一次选一份。")
    stored = attachments.add_file(office.folder, scan) if scan is not None else None
    signed: list[SignedItem] = []
    refused: list[RefusedItem] = []
    with office.db.transaction("登记签订", actor=office.actor) as tx:
        for agreement_id in dict.fromkeys(ids):
            agreement = tx.get(Agreement, agreement_id)
            if problem := sign_one(tx, agreement, on=on, by=by, today=office.today):
                refused.append(RefusedItem(name_of(tx.session, agreement), "signing", problem))
                continue
            if stored is not None and scan is not None:
                archive(tx, agreement, _keep(tx, agreement, stored, scan), office.today)
            signed.append(SignedItem(agreement_id, agreement.number or ""))
    return SignOutcome(tuple(signed), tuple(refused), tx.change_set)


def sign_one(tx: Transaction, agreement: Agreement, *, on: date, by: str | None, today: date) -> str | None:
    """Register one signature in an open transaction; gives the reason when a rule refuses it."""
    state = agreement.state_for_signing
    if problem := signing_problem(state=state, issued_on=agreement.issued_on, on=on, today=today):
        return problem
    signer = tidy(by or "") or (agreement.snapshot or {}).get("乙方负责人") or None
    if signer and len(signer) > 40:
        return "签订人姓名最多40个字"
    now = agreement.state if agreement.date_assumed else State.SIGNED.value
    tx.change(agreement, {"state": now, "signed_on": on, "signed_by": signer, "date_assumed": False})
    return None


def archive(tx: Transaction, agreement: Agreement, scan: Attachment, today: date) -> None:
    """Archive a signed agreement by its scan in an open transaction."""
    tx.change(agreement, {"state": State.ARCHIVED.value, "archived_on": today, "scan_id": scan.id})


def _keep(tx: Transaction, agreement: Agreement, stored: attachments.StoredFile, scan: Path) -> Attachment:
    attachment = Attachment(
        sha256=stored.sha256,
        name=tidy(scan.name)[:200],
        size=stored.size,
        ledger="agreement",
        row_id=agreement.id,
        added_at=tx.now,
    )
    tx.session.add(attachment)
    tx.session.flush()
    return attachment
