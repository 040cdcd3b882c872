"""Certificates on paper, from what was frozen when they were issued; and whether a paper, picture or code is true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from anjian_desktop.ledgers.certificate import Certificate
from anjian_desktop.services.office import Office
from anjian_desktop.services.outcomes import NOTHING_CHANGED, RefusedItem
from anjian_desktop.services.print_files import digest_of, safe_name
from anjian_desktop.services.progress import Step, no_step
from anjian_desktop.storage import attachments
from anjian_desktop.storage.changes import Change
from anjian_desktop.storage.files import write_atomically

REPRINTED = "（补发）"


@dataclass(frozen=True)
class CertificatePrint:
    """The file written: certificates in it, those that were printed before, those that could not be."""

    files: tuple[Path, ...]
    printed: int
    reprinted: int
    pages: int
    failed: tuple[RefusedItem, ...]
    change: Change = field(default=NOTHING_CHANGED)


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


def print_certificates(
    office: Office, ids: Sequence[int], out: Path, *, cards: bool = False, step: Step = no_step
) -> CertificatePrint:
    """Print certificates into one PDF in `out`: A4 landscape, or cards ten to an A4 sheet with crop marks.

    One that was printed before keeps its number and says 补发. A name no font can print is told and left out. Void ones are
    refused.
    """
    from importlib.resources import files  # with the document libraries: not at start

    from anjian_desktop.documents.certificate_press import CertificatePress, CertificateSheet, impose_cards
    from anjian_desktop.documents.fonts import FontBook
    from anjian_desktop.documents.pdf import PdfWriter

    fonts = FontBook.of_machine()
    template = files("resources").joinpath("templates", "C2.docx" if cards else "C1.docx").read_bytes()
    press = CertificatePress(template, fonts)
    with office.db.reading() as session:
        found = {one.id: one for one in session.scalars(select(Certificate).where(Certificate.id.in_(ids)))}
    chosen = [found[one] for one in ids if one in found]
    failed: list[RefusedItem] = []
    hashes: dict[int, str] = {}
    laid_out = []
    numbers: list[str] = []
    reprinted = 0
    for position, one in enumerate(chosen):
        step(position, len(chosen), one.number)
        if one.origin != "issued" or one.state != "valid" or one.snapshot is None:
            failed.append(RefusedItem(one.number, "not_valid", "已作废、已补发或不是本办公室发的，不能打印"))
            continue
        values = dict(one.snapshot)
        if one.pdf_sha256 is not None:
            values["证书编号"] += REPRINTED
        photo = attachments.open_path(office.folder, one.photo_sha256).read_bytes() if one.photo_sha256 else None
        laid = press.lay_out(CertificateSheet(values, one.code, photo))
        if laid.missing_glyphs:
            glyph = laid.missing_glyphs[0]
            told = f"“{glyph.text}”里的“{glyph.char}”没有字体能打印，请安装含这个字的字体"
            failed.append(RefusedItem(one.number, "missing_glyph", told))
            continue
        if one.pdf_sha256 is None:
            hashes[one.id] = digest_of(laid)
        else:
            reprinted += 1
        laid_out.append(laid)
        numbers.append(one.number)
    if not laid_out:
        return CertificatePrint((), 0, 0, 0, tuple(failed))
    out.mkdir(parents=True, exist_ok=True)
    span = numbers[0] if len(numbers) == 1 else f"{numbers[0]} 至 {numbers[-1]}"
    name = safe_name(f"卡片 {span}" if cards else span)
    file = out / f"{name}.pdf"
    pages = 0
    with write_atomically(file) as part, part.open("wb") as writing, PdfWriter(writing, fonts, title=span) as writer:
        for laid in [impose_cards(laid_out)] if cards else laid_out:
            pages += writer.add(laid)
    change = NOTHING_CHANGED
    if hashes:
        with office.db.transaction("打印证书", actor=office.actor) as tx:
            tx.change_many(Certificate, [(row_id, {"pdf_sha256": digest}) for row_id, digest in hashes.items()])
        change = tx.change_set
    return CertificatePrint((file,), len(laid_out), reprinted, pages, tuple(failed), change)


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
