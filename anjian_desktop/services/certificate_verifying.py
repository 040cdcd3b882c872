"""Whether a certificate is true and holds today: by its number, its code, a picture, a scan or a PDF of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from anjian_desktop.ledgers.certificate import Certificate
from anjian_desktop.services.office import Office


@dataclass(frozen=True)
class Verification:
    """What is known of a certificate: `state` is valid, void, replaced, expired, unknown, forged or unreadable."""

    state: str
    number: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether it holds today."""
        return self.state == "valid"


def verify(office: Office, text: str) -> Verification:
    """Whether a certificate is true and holds today: by the text of its code, its number, or a picture or PDF of it."""
    from anjian_desktop.documents.signed_codes import (
        ForeignCertificateCode,
        ForgedCertificateCode,
        UnreadableCertificateCode,
        private_key,
        public_key,
        read_facts,
    )  # fmt: skip

    code = text.strip()
    if not code.startswith("AJ1:"):
        if not _is_file(code):
            return _by_number(office, code, {})
        from anjian_desktop.documents.certificate_reading import certificate_codes_in

        codes = certificate_codes_in(Path(code))
        if len(codes) != 1:
            told = "图上没有读到本程序证书的二维码。" if not codes else f"图上有{len(codes)}本证书，请一次核验一本。"
            return Verification("unreadable", problems=(told,))
        code = codes[0]
    try:
        facts = read_facts(code, public_key(private_key(office.db.key)))
    except ForgedCertificateCode as problem:
        return Verification("forged", problems=(problem.message,))
    except ForeignCertificateCode as problem:
        return Verification("unknown", problems=(problem.message,))
    except UnreadableCertificateCode as problem:
        return Verification("unreadable", problems=(problem.message,))
    said = {
        "姓名": facts.holder, "证件号码": facts.identity, "培训名称": facts.course, "发证日期": facts.issued_on.isoformat(),
        "有效期至": facts.valid_to.isoformat() if facts.valid_to else "长期",
    }  # fmt: skip
    return _by_number(office, facts.number, said)


def _by_number(office: Office, number: str, said: Mapping[str, str]) -> Verification:
    with office.db.reading() as session:
        found = session.scalar(
            select(Certificate).where(
                Certificate.number == number, Certificate.origin == "issued", Certificate.retired_at.is_(None)
            )
        )
    if found is None or found.snapshot is None:
        return Verification("unknown", number, said, ("证书登记簿里没有这个编号。",))
    kept = found.snapshot
    shown = dict(said) or {key: kept[key] for key in ("姓名", "证件号码", "培训名称", "发证日期", "有效期至")}
    if said and (said["姓名"] != kept["姓名"] or said["证件号码"] != kept["证件号码"]):
        return Verification("forged", number, shown, ("二维码里的人与登记簿上的不是同一个人。",))
    if found.state == "void":
        return Verification("void", number, shown, (f"已作废：{found.reason or ''}",))
    if found.state == "replaced":
        return Verification("replaced", number, shown, ("已补发新证，这一本不再有效。",))
    if found.valid_to is not None and found.valid_to < office.today:
        return Verification("expired", number, shown, (f"有效期至{found.valid_to}，已过期。",))
    return Verification("valid", number, shown)


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False
