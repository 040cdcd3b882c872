"""The files of a print run: one laid-out document an agreement, as PDF or Word, one file a unit or one for the whole press."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from unicodedata import category

from anjian_desktop.domain.agreements import KINDS
from anjian_desktop.errors import UserError
from anjian_desktop.services.office import Office
from anjian_desktop.services.progress import Step
from anjian_desktop.services.template_shelf import TemplateShelf
from anjian_desktop.storage.files import make_durable, write_atomically

if TYPE_CHECKING:
    from anjian_desktop.documents.fonts import FontBook
    from anjian_desktop.documents.layout import LaidOut, Typesetter
    from anjian_desktop.documents.merging import MergeTemplate

_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
_NO_VILLAGE = {"department": "部门", "enterprise": "未分村", "village": "村居"}
PAGES_OF_SEPARATOR = 2
"""A sheet between villages and its blank back."""
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\..*)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Job:
    """One agreement to print: its merged values and where its file goes. `code_id` None prints no page code (a preview)."""

    agreement_id: int
    number: str
    kind: str
    template: str
    unit: str
    village: str
    ledger: str
    values: Mapping[str, str]
    copies: int
    revision: int
    code_id: int | None
    mark: str | None = None
    template_sha256: str | None = None
    """The edition an issued agreement was made from; None takes the one in use."""

    @property
    def gaps(self) -> tuple[str, ...]:
        """Facts an agreement should name and that are not known: they print as a gap for the pen."""
        return tuple(name for name in ("乙方负责人", "联系电话") if not self.values.get(name))


@dataclass
class Printed:
    """The files written, counted; `kept` is what each agreement remembers of it."""

    files: tuple[Path, ...] = ()
    pages: int = 0
    sheets: int = 0
    kept: dict[int, dict[str, object]] = field(default_factory=dict)


class Press:
    """Templates, fonts and typesetters, each opened once and only when needed."""

    def __init__(self, office: Office) -> None:
        self.store_tag = office.store_tag
        self.shelf = TemplateShelf(office)
        self._typesetters: dict[str, Typesetter] = {}
        self._checked: set[str] = set()
        self._printable: set[str] = set()

    @cached_property
    def fonts(self) -> FontBook:
        """The machine's fonts, or the ones carried along."""
        from anjian_desktop.documents.fonts import FontBook  # the document libraries stay off the start-up path

        return FontBook.of_machine()

    def lay_out(self, job: Job) -> LaidOut:
        """The document on its pages."""
        return self._typesetter(job).lay_out(self._template(job).flat(job.values))

    def page_count(self, job: Job) -> int:
        """Pages of one copy."""
        return self.lay_out(job).page_count

    def problem(self, job: Job) -> str | None:
        """Why this agreement must not be printed: a character no font has; None when it may."""
        if (edition := self.template_sha256(job)) not in self._checked:
            self._checked.add(edition)
            if glyphs := self.lay_out(job).missing_glyphs:
                return _unprintable(glyphs[0].char, glyphs[0].text)
        # The template's own text is checked once; of the others only the values can hold a new character.
        for name in self._template(job).fields:
            value = job.values.get(name, "")
            for char in set(value) - self._printable:
                # Characters younger than Python's own tables (category Cn) are letters all the same: no isprintable().
                if category(char) not in _INVISIBLE and self._any_font[char] is None:
                    return _unprintable(char, value)
                self._printable.add(char)
        return None

    def template_sha256(self, job: Job) -> str:
        """The template this agreement was made from."""
        return job.template_sha256 or self.shelf.sha256(job.template)

    def word(self, job: Job) -> bytes:
        """The filled Word file."""
        return self._template(job).fill(job.values).data

    def merge(
        self,
        jobs: Iterable[Job],
        out: BinaryIO,
        *,
        title: str,
        separators: Mapping[int, Mapping[str, str]] | None = None,
        blank_backs: bool = True,
    ) -> dict[int, tuple[int, str]]:
        """All jobs into one PDF, each agreement its number of copies. Gives id -> (pages of one copy, hash of them).

        `separators`: what stands on the sheet before the agreement of that id. `blank_backs`: every copy begins on a
        sheet of its own when both sides are printed.
        """
        from anjian_desktop.documents.pdf import PdfWriter

        written: dict[int, tuple[int, str]] = {}
        with PdfWriter(out, self.fonts, title=title) as writer:
            for job in jobs:
                if separators and (words := separators.get(job.agreement_id)):
                    writer.add(self._separator.lay_out(words), copies=1, blank_back=True)
                laid_out = self.lay_out(job)
                writer.add(
                    laid_out, copies=job.copies, page_code=self._coder(job), mark=job.mark, blank_back=blank_backs
                )
                written[job.agreement_id] = (laid_out.page_count, digest_of(laid_out))
        return written

    def family(self, jobs: Sequence[Job]) -> Callable[[Job], tuple[bytes, int]]:
        """A writer of one file an agreement (one copy each), all with the same fonts; gives the file and its pages."""
        from anjian_desktop.documents.pdf import PdfFamily

        family = PdfFamily(self.fonts)
        for job in jobs:
            family.see(self.lay_out(job))

        def write(job: Job) -> tuple[bytes, int]:
            out = BytesIO()
            title = f"{job.number} {job.unit}"
            count = family.write(out, self.lay_out(job), title=title, page_code=self._coder(job), mark=job.mark)
            return out.getvalue(), count

        return write

    def _coder(self, job: Job) -> Callable[[int, int], str] | None:
        from anjian_desktop.documents.codes import page_code

        if job.code_id is None:
            return None
        tag, agreement_id, revision = self.store_tag, job.code_id, job.revision
        return lambda page, pages: page_code(tag, agreement_id, revision, page, pages)

    @cached_property
    def _any_font(self) -> Mapping[str, object]:
        """Character -> what draws it; every chain ends in the same fonts, so any will do."""
        return self.fonts.chain("仿宋_GB2312")

    @cached_property
    def _separator(self) -> Typesetter:
        from anjian_desktop.documents.layout import Typesetter
        from anjian_desktop.documents.separator import separator_template

        return Typesetter(separator_template(), self.fonts)

    def _template(self, job: Job) -> MergeTemplate:
        return self.shelf.open(job.template, job.template_sha256)

    def _typesetter(self, job: Job) -> Typesetter:
        from anjian_desktop.documents.layout import Typesetter

        edition = self.template_sha256(job)
        if edition not in self._typesetters:
            self._typesetters[edition] = Typesetter(self._template(job).braces(), self.fonts)
        return self._typesetters[edition]


def write_files(
    press: Press,
    jobs: Sequence[Job],
    out: Path,
    *,
    format: str,
    merge: bool,
    year: int,
    step: Step,
    separators: bool = False,
) -> Printed:
    """Write the files of a run into `out`. Raises Cancelled from `step`; complete files stay, half ones never.

    Pages count copies; sheets are duplex, every copy on sheets of its own. `separators` puts a sheet, counted too, before
    each village of a merged file.
    """
    printed = Printed()
    files: list[Path] = []
    _make_folder(out)
    works = (format in ("pdf", "both")) + (format in ("docx", "both"))
    total = len(jobs) * works
    done = 0

    def watched(items: Sequence[Job], what: str) -> Iterable[Job]:
        nonlocal done
        for job in items:
            step(done, total, f"{what} {job.number} {job.unit}")
            yield job
            done += 1

    if format in ("pdf", "both"):
        if merge:
            target = out / f"{merged_name(jobs, year)}.pdf"
            with write_atomically(target) as part, part.open("wb") as stream:
                parted = separators_of(jobs) if separators else {}
                printed.pages += PAGES_OF_SEPARATOR * len(parted)
                printed.sheets += len(parted)
                pages = press.merge(watched(jobs, "排版"), stream, title=merged_name(jobs, year), separators=parted)
            for job in jobs:
                count, digest = pages[job.agreement_id]
                printed.kept[job.agreement_id] = {"pages": count, "pdf_sha256": digest}
            files.append(target)
        else:
            write_one = press.family(jobs)
            for job in watched(jobs, "生成 PDF"):
                target = unit_file(out, job, "pdf")
                data, count = write_one(job)
                with write_atomically(target, durable=False) as part:
                    part.write_bytes(data)
                printed.kept[job.agreement_id] = {"pages": count, "pdf_sha256": hashlib.sha256(data).hexdigest()}
                files.append(target)
    if format in ("docx", "both"):
        for job in watched(jobs, "生成 Word"):
            data = press.word(job)
            target = unit_file(out, job, "docx")
            with write_atomically(target, durable=False) as part:
                part.write_bytes(data)
            kept = printed.kept.setdefault(job.agreement_id, {"pages": 0})
            kept["docx_sha256"] = hashlib.sha256(data).hexdigest()
            kept["pages"] = kept["pages"] or press.page_count(job)
            files.append(target)
    for job in jobs:
        count = int(str(printed.kept[job.agreement_id]["pages"]))
        printed.sheets += (count + 1) // 2 * job.copies
        printed.pages += pages_in_file(count, merge=merge) * job.copies
    step(total, total, "")
    make_durable(files)
    printed.files = tuple(files)
    return printed


def pages_in_file(count: int, *, merge: bool) -> int:
    """Pages one copy takes: in a merged file an odd copy gets a blank back, so that duplex never mixes two agreements."""
    return count + count % 2 if merge else count


def merged_name(jobs: Sequence[Job], year: int) -> str:
    """<类别> 2026 第1-1100号, the file for the whole press."""
    kinds = {job.kind for job in jobs}
    label = KINDS[kinds.pop()].label if len(kinds) == 1 else "安全生产责任书"
    first, last = (re.sub(r".*〕(\d+)号$", r"\1", job.number) for job in (jobs[0], jobs[-1]))
    return safe_name(f"{label} {year} 第{first}-{last}号")


def unit_file(out: Path, job: Job, suffix: str) -> Path:
    """<所属村>/示安责〔2026〕1号 <单位名称>.pdf, the folder made when missing. Never a person's name."""
    folder = out / safe_name(_home(job))
    _make_folder(folder)
    return folder / f"{safe_name(f'{job.number} {job.unit}')}.{suffix}"


def _home(job: Job) -> str:
    return job.village or _NO_VILLAGE.get(job.ledger, "其他")


def separators_of(jobs: Sequence[Job]) -> dict[int, dict[str, str]]:
    """First agreement of each run of one village -> what its sheet says."""
    found: dict[int, dict[str, str]] = {}
    for home, run in groupby(jobs, key=_home):
        together = list(run)
        first, last = together[0].number, together[-1].number
        numbers = first if first == last else f"{first} 至 {last}"
        found[together[0].agreement_id] = {"村": home, "份数": str(len(together)), "编号": numbers}
    return found


def safe_name(text: str) -> str:
    """A file name Windows takes: forbidden signs full-width, no trailing dot or blank, reserved names changed, ≤ 60 characters."""
    forbidden = str.maketrans('<>:"/\\|?*', "＜＞：＂／＼｜？＊")
    name = "".join(c for c in text.translate(forbidden) if c.isprintable())[:60].strip(" .")
    return f"_{name}" if not name or _RESERVED.match(name) else name


def _unprintable(char: str, text: str) -> str:
    return f"“{text}”里的“{char}”（U+{ord(char):04X}）没有字体能打印，请安装含这个字的字体或改用规范字"


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"不能建立文件夹“{folder.name}”。", next_step="没有打印任何内容，请换一个能写入的文件夹。"
        ) from error


def digest_of(laid_out: LaidOut) -> str:
    """A hash of what stands on the pages: characters and places."""
    digest = hashlib.sha256()
    for page in laid_out.pages:
        for fragment, x, y in page.placed:
            digest.update(f"{x:.3f} {y:.3f} {fragment.text}\n".encode())
        digest.update(b"\f")
    return digest.hexdigest()
