"""Layouts of certificates and forms: shipped or the office's own, which is used now, which an issued paper keeps."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select
from sqlalchemy.orm import Session

from anjian_desktop.domain.layout_kinds import CARD, CERTIFICATE, LAYOUT_KINDS
from anjian_desktop.errors import Refused, UserError
from anjian_desktop.ledgers.attachment import Attachment
from anjian_desktop.ledgers.office import OfficeSetting
from anjian_desktop.services.office import Office
from anjian_desktop.services.template_checks import check_content, shipped_layout
from anjian_desktop.services.template_shelf import Edition, editions, in_use, keep_file
from anjian_desktop.storage import attachments
from anjian_desktop.storage.changes import Change
from anjian_desktop.storage.files import write_atomically
from anjian_desktop.storage.transaction import Transaction

_KEY = "layout_"


@dataclass(frozen=True)
class Layout:
    """A layout to print with: the office's own by its name, the shipped one by its kind."""

    kind: str
    name: str
    sha256: str
    data: bytes


def current(office: Office, kind: str) -> Layout:
    """The layout a paper of this kind is printed with now."""
    with office.db.reading() as session:
        return _current(session, office.folder, kind)


def in_use_now(office: Office, kind: str) -> str:
    """The name of the office's own layout of this kind that is used now; empty for the shipped one."""
    return chosen(office).get(kind, "")


def chosen(office: Office) -> dict[str, str]:
    """The office's own layouts that are used, by kind; kinds printed with the shipped one are left out."""
    with office.db.reading() as session:
        return {kind: one.name for kind, one in _chosen(session).items()}


def choose(office: Office, name: str) -> Change:
    """Print papers of its kind with this layout from now on; a kind's code goes back to the shipped one.

    What was issued keeps its own. Raises UserError when there is none of that name, Refused when it lacks what its kind
    cannot do without.
    """
    with office.db.reading() as session:
        own = in_use(editions(session)).get(name)
    kind = name if name in LAYOUT_KINDS else own.kind if own else ""
    if kind not in LAYOUT_KINDS:
        raise UserError(
            f"没有叫“{name}”的证书或表格模板。" if own is None else f"“{name}”是责任书的模板，起草时选用。",
            next_step="请用 template list 查看名称。",
        )
    if own is not None:
        check = check_content(_data(office.folder, own), own.file_name, kind=kind)
        if check.lacking:
            raise Refused(
                f"“{name}”{check.lacking[0]}，没有选用。",
                item=name,
                rule="layout",
                next_step="请在 Word 里改好再加入。",
            )
        if check.unknown:
            raise Refused(
                f"“{name}”里的占位符“{check.unknown[0].name}”认不出，没有选用。", item=name, rule="layout",
                next_step=f"是不是“{check.unknown[0].nearest}”？" if check.unknown[0].nearest else "请在 Word 里改好再加入。",
            )  # fmt: skip
    with office.db.transaction("选用模板", actor=office.actor) as tx:
        tx.session.merge(OfficeSetting(key=_KEY + kind, value=own.name if own else ""))
        tx.note(f"{LAYOUT_KINDS[kind].label}：{own.name if own else '随程序提供'}", kinds=("template",))
    return tx.change_set


def freeze(tx: Transaction, folder: Path, kind: str) -> str:
    """The hash of the layout used now, which stays among the attachments for the paper being issued."""
    layout = _current(tx.session, folder, kind)
    known = select(Attachment.id).where(Attachment.sha256 == layout.sha256, Attachment.ledger == "template").limit(1)
    if tx.session.scalar(known) is None:
        # A later program may ship another one.
        with TemporaryDirectory() as scratch:
            file = Path(scratch) / f"{kind}.docx"
            file.write_bytes(layout.data)
            keep_file(tx, folder, file, row_id=0)
    return layout.sha256


def open_layout(office: Office, kind: str, sha256: str | None) -> bytes:
    """The Word file an issued paper keeps; None: it was issued before any was kept, with the shipped one."""
    return shipped_layout(kind) if sha256 is None else attachments.open_path(office.folder, sha256).read_bytes()


def export(office: Office, name: str, file: Path) -> Path:
    """Write a layout's or template's Word file, to be edited there. Raises UserError."""
    from anjian_desktop.documents.templates import shipped_templates

    if file.suffix.lower() != ".docx":
        raise UserError(f"文件名应以 .docx 结尾，这里是“{file.name}”。")
    if name in LAYOUT_KINDS:
        data = shipped_layout(name)
    elif shipped := shipped_templates().get(name):
        data = shipped.data
    else:
        with office.db.reading() as session:
            own = in_use(editions(session)).get(name)
        if own is None:
            raise UserError(f"没有叫“{name}”的模板。", next_step="请用 template list 查看名称。")
        data = _data(office.folder, own)
    file.parent.mkdir(parents=True, exist_ok=True)
    with write_atomically(file) as part:
        part.write_bytes(data)
    return file


def sample_pdf(data: bytes, kind: str) -> bytes:
    """The pages of a layout with sample values, a sample code, and the frame where a photo comes."""
    from anjian_desktop.documents.certificate_press import CertificatePress, CertificateSheet
    from anjian_desktop.documents.fonts import FontBook
    from anjian_desktop.documents.papers import PaperPress
    from anjian_desktop.documents.pdf import PdfWriter

    fonts = FontBook.of_machine()
    if kind in (CERTIFICATE, CARD):
        laid = CertificatePress(data, fonts).lay_out(CertificateSheet(_SAMPLE, "AJ1:" + "A1" * 120))
    else:
        rows = [{**_SAMPLE, "序号": str(n)} for n in range(1, 4)]
        laid = PaperPress(data, fonts).lay_out({**_SAMPLE, "人员": rows, "再教育": rows, "证书": rows})
    out = BytesIO()
    with PdfWriter(out, fonts, title=LAYOUT_KINDS[kind].label) as writer:
        writer.add(laid)
    return out.getvalue()


_SAMPLE = {
    "证书名称": "培训合格证", "姓名": "张示例", "证件号码": "990001********0015", "培训开始": "2026年3月2日", "培训结束": "2026年3月4日",
    "培训名称": "岗位安全培训", "学时": "24", "单位名称": "示例精细化工有限公司", "证书编号": "安培证〔2026〕0001号",
    "发证日期": "2026年3月20日", "有效期至": "2029年3月19日", "发证单位": "示例镇应急管理办公室", "获奖者": "示例精细化工有限公司",
    "表彰内容": "在2026年度安全生产工作中成绩突出，被评为", "荣誉称号": "安全生产先进单位", "编号": "安奖〔2026〕001号",
    "年度": "2026", "颁发日期": "2026年12月28日", "成绩": "90", "结果": "合格", "岗位": "操作工", "证书类别": "特种作业操作证",
    "作业项目": "低压电工", "有效期": "2026-12-31", "办理": "2026-11-01", "日期": "2026年3月20日",
}  # fmt: skip


def _chosen(session: Session) -> dict[str, Edition]:
    said = session.execute(select(OfficeSetting.key, OfficeSetting.value).where(OfficeSetting.key.startswith(_KEY)))
    own = in_use(editions(session))
    names = {key.removeprefix(_KEY): value for key, value in said if value}
    return {kind: own[name] for kind, name in names.items() if name in own and own[name].kind == kind}


def _current(session: Session, folder: Path, kind: str) -> Layout:
    if (own := _chosen(session).get(kind)) is not None:
        return Layout(kind, own.name, own.content_sha256, _data(folder, own))
    data = shipped_layout(kind)
    return Layout(kind, kind, hashlib.sha256(data).hexdigest(), data)


def _data(folder: Path, edition: Edition) -> bytes:
    return attachments.open_path(folder, edition.content_sha256).read_bytes()
