"""What was issued is frozen: the file of a first print is kept, a reprint differs in 补发 alone; sheets, photos, codes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pypdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops
from support.offices import on
from support.training import MACHINES, identity_number

from anjian_desktop.errors import UserError
from anjian_desktop.services import certificate_prints, certificates, layouts, records, sessions, templates, workers
from anjian_desktop.services.certificate_prints import CertificateOrder, CertificatePreview, print_certificates
from anjian_desktop.services.certificate_verifying import verify
from anjian_desktop.services.office import Office
from anjian_desktop.services.office_profile import set_profile
from anjian_desktop.storage import attachments

MM = 72 / 25.4
RARE = "㛃𬭎䶮"
LONG = "阿卜杜热合曼·阿卜杜克热木·买买提吐尔逊江·艾合买提江"


def photo(folder: Path, shade: int) -> Path:
    file = folder / f"{shade}.png"
    Image.effect_noise((300, 420), shade).convert("RGB").save(file)
    return file


def taught(office: Office, names: Sequence[str]) -> list[int]:
    """A class all of whom passed; ids of the persons."""
    records.add(office, "enterprise", {"name": MACHINES})
    people = [
        records.add(office, "worker", {"name": name, "identity_number": identity_number(n), "enterprise": MACHINES}).id
        for n, name in enumerate(names, 1)
    ]
    held = {"name": "安全基础班", "level": "公司级", "started_on": "2026-01-03", "class_hours": "8"}
    class_id = records.add(office, "training_session", held).id
    sessions.enrol(office, class_id, people)
    marks = {one.record_id: {"score": "90"} for one in sessions.participants(office, class_id)}
    sessions.set_marks(office, class_id, marks)
    return people


def issued(office: Office) -> list[int]:
    return [one.id for one in certificates.issue(office, session_id=1).issued]


def words(file: Path, page: int = 0) -> str:
    return "".join(pypdf.PdfReader(file).pages[page].extract_text().split())


def picture(file: Path, page: int = 0, dpi: int = 150) -> Image.Image:
    with pypdfium2.PdfDocument(file) as document:
        return document[page].render(scale=dpi / 72).to_pil().convert("L")


def kept(office: Office, column: str = "pdf_sha256") -> list[str | None]:
    with office.db.statements() as execute:
        return [found for (found,) in execute(f"SELECT {column} FROM certificate ORDER BY id", ())]


def test_the_hash_kept_is_that_of_the_very_file_and_the_file_is_kept(office: Office, tmp_path: Path) -> None:
    taught(office, ["丙示例", "乙示例"])
    ids = issued(office)
    made = print_certificates(office, ids, tmp_path)
    written = made.files[0].read_bytes()
    assert kept(office) == [hashlib.sha256(written).hexdigest()] * 2
    assert attachments.open_path(office.folder, str(kept(office)[0])).read_bytes() == written
    archived = tmp_path / "存档.pdf"
    archived.write_bytes(certificate_prints.kept_page(office, ids[1]))
    assert words(archived) == words(made.files[0], 1)
    with pytest.raises(UserError, match="还没有打印过"):
        certificate_prints.kept_page(office, ids[0], card=True)


def test_a_reprint_differs_in_its_one_word_alone_whatever_changed_meanwhile(office: Office, tmp_path: Path) -> None:
    people = taught(office, ["丙示例"])
    workers.set_photo(office, people[0], photo(tmp_path, 40))
    ids = issued(office)
    first = print_certificates(office, ids, tmp_path / "一").files[0]
    records.edit(office, "worker", people[0], {"name": "改名人"})
    records.edit(office, "enterprise", 1, {"name": "改名厂"})
    workers.set_photo(office, people[0], photo(tmp_path, 200))
    set_profile(office, {"office": "别的镇安监办", "certificate_number": "别〔{年}〕{序号}号"})
    own = layouts.export(office, "C1", tmp_path / "别的.docx")
    templates.add_template(office, own, name="别的版式", kind="C1")
    layouts.choose(office, "别的版式")
    later = on(office, date(2026, 6, 1))
    again, twice = (print_certificates(later, ids, tmp_path / name).files[0] for name in "二三")
    assert again.read_bytes() == twice.read_bytes()
    assert words(again) == words(first).replace("0001号", "0001号（补发）")
    differing = ImageChops.difference(picture(first), picture(again)).getbbox()
    assert differing is not None
    left, top, right, bottom = (edge / 150 * 25.4 for edge in differing)
    assert bottom - top < 8 and right - left < 30, "nothing but the word behind the number"
    assert kept(office) == [hashlib.sha256(first.read_bytes()).hexdigest()]


def test_a_card_after_a4_is_no_reprint_and_each_form_is_kept(office: Office, tmp_path: Path) -> None:
    taught(office, ["丙示例"])
    ids = issued(office)
    print_certificates(office, ids, tmp_path)
    card = print_certificates(office, ids, tmp_path, cards=True)
    assert card.reprinted == 0 and "补发" not in words(card.files[0])
    again = print_certificates(office, ids, tmp_path, cards=True)
    assert again.reprinted == 1 and again.files != card.files and card.files[0].exists()
    assert kept(office, "card_sha256") == [hashlib.sha256(card.files[0].read_bytes()).hexdigest()]
    assert certificate_prints.kept_page(office, ids[0], card=True)[:5] == b"%PDF-"


def test_a_photo_that_comes_before_the_print_counts_and_one_after_it_does_not(office: Office, tmp_path: Path) -> None:
    people = taught(office, ["丙示例", "乙示例"])
    ids = issued(office)
    plan = certificate_prints.plan_certificates(office, CertificateOrder(tuple(ids)))
    assert [name for _, name in plan.without_photo] == ["丙示例", "乙示例"]
    workers.set_photo(office, people[0], photo(tmp_path, 40))
    made = print_certificates(office, ids, tmp_path)
    assert made.without_photo == ("安培证〔2026〕0002号",)
    workers.set_photo(office, people[1], photo(tmp_path, 60))
    again = certificate_prints.plan_certificates(office, CertificateOrder(tuple(ids)))
    assert [name for _, name in again.without_photo] == ["乙示例"] and again.again == 2


def test_cards_begin_at_any_place_and_crop_marks_can_be_left_out(office: Office, tmp_path: Path) -> None:
    taught(office, [f"示例{one}" for one in "甲乙丙丁戊己庚辛壬癸子丑"])
    ids = issued(office)
    made = print_certificates(office, ids, tmp_path, cards=True, start=9)
    found = [
        sorted((round(one.position.top_left.x), round(one.position.top_left.y)) for one in codes(made.files[0], page))
        for page in range(made.pages)
    ]
    assert [len(page) for page in found] == [2, 10]
    assert all(y > 0.8 * 297 / 25.4 * 200 for _, y in found[0]), "the last row of the used sheet"
    bare = print_certificates(office, ids, tmp_path / "无线", cards=True, start=9, crop_marks=False)
    marked, plain = picture(made.files[0]), picture(bare.files[0])
    assert marked.getpixel((5, 5)) == 255
    assert _dark(marked) > _dark(plain)
    with pytest.raises(UserError, match="1到10"):
        print_certificates(office, ids, tmp_path, cards=True, start=11)


def _dark(image: Image.Image) -> int:
    """Dark dots in the margins, where only crop marks stand."""
    width, height = image.size
    edge = image.crop((0, 0, width, round(height * 0.04)))
    return sum(edge.histogram()[:128])


def codes(file: Path, page: int = 0) -> list[zxingcpp.Barcode]:
    return list(zxingcpp.read_barcodes(picture(file, page, 200), formats=zxingcpp.BarcodeFormat.QRCode))


def test_codes_are_as_large_as_promised_measured_from_the_pdf(office: Office, tmp_path: Path) -> None:
    taught(office, ["丙示例", LONG])
    ids = issued(office)
    a4 = print_certificates(office, ids, tmp_path).files[0]
    cards = print_certificates(office, ids, tmp_path, cards=True).files[0]
    for file, least in ((a4, 26.0), (cards, 24.0)):
        sides = [
            float(side)
            for page in pypdf.PdfReader(file).pages
            for side in re.findall(rb"q ([\d.]+) 0 0 [\d.]+ [\d.]+ [\d.]+ cm\s+BI", page.get_contents().get_data())  # type: ignore[union-attr]
        ]
        assert len(sides) == 2 and all(side / MM >= least for side in sides), [side / MM for side in sides]


@pytest.mark.parametrize("cards", [False, True])
def test_rare_and_long_names_fit_their_frame_and_a_missing_glyph_stops_with_the_name(
    office: Office, tmp_path: Path, cards: bool
) -> None:
    names = [RARE, LONG, "\U0002ebf0示例"]
    taught(office, names)
    done = print_certificates(office, issued(office), tmp_path, cards=cards)
    text = "".join(words(done.files[0], page) for page in range(done.pages))
    assert RARE in text and LONG in text and done.printed == 2 and done.pages == (1 if cards else 2)
    (failed,) = done.failed
    assert failed.rule == "missing_glyph" and names[2] in failed.problem and "没有字体能打印" in failed.problem
    numbers = {number for (number,) in _numbers_printed(office, cards)}
    assert failed.item not in numbers


def _numbers_printed(office: Office, cards: bool) -> list[tuple[str]]:
    column = "card_sha256" if cards else "pdf_sha256"
    with office.db.statements() as execute:
        return list(execute(f"SELECT number FROM certificate WHERE {column} IS NOT NULL", ()))


def test_the_preview_is_what_will_be_printed(office: Office, tmp_path: Path) -> None:
    taught(office, [f"示例{one}" for one in "甲乙丙"])
    ids = issued(office)
    order = CertificateOrder(tuple(ids))
    preview = CertificatePreview(office, order)
    seen = [preview.picture(page, 1.0).pixels for page in range(preview.count)]
    preview.close()
    made = print_certificates(office, ids, tmp_path)
    from anjian_desktop.documents.rendering import PdfPages

    with PdfPages(made.files[0]) as pages:
        assert seen == [pages.picture(page, 1.0).pixels for page in range(pages.count)]


def test_what_was_issued_is_not_typed_over_and_not_put_away(office: Office) -> None:
    taught(office, ["丙示例"])
    (one,) = issued(office)
    for act in (
        lambda: records.edit(office, "certificate", one, {"name": "别人"}),
        lambda: records.retire(office, "certificate", [one]),
    ):
        with pytest.raises(UserError, match="内容不再改动"):
            act()
    records.edit(office, "certificate", one, {"备注": "本人已领"})
    held = {
        "name": "乙示例",
        "identity_number": identity_number(9),
        "certificate_kind": "注册安全工程师",
        "number": "1",
    }
    other = records.add(office, "certificate", held).id
    with pytest.raises(UserError, match="没有“状态”这一项"):
        records.edit(office, "certificate", other, {"状态": "void"})


@pytest.mark.parametrize(("dpi", "grain"), [(80, 0), (200, 60)], ids=["small", "grainy"])
def test_a_small_or_grainy_picture_of_a_certificate_is_still_verified(
    office: Office, tmp_path: Path, dpi: int, grain: int
) -> None:
    taught(office, ["丙示例"])
    made = print_certificates(office, issued(office), tmp_path)
    shot = picture(made.files[0], dpi=dpi).rotate(1.3, fillcolor=255, resample=Image.Resampling.BILINEAR)
    if grain:
        # The grain lies around 128.
        grey = shot.point([round(tone * 0.8 + 20) for tone in range(256)])
        shot = ImageChops.add(grey, Image.effect_noise(grey.size, grain), 1.0, -128)
    shot.save(tmp_path / "照片.png")
    assert verify(office, str(tmp_path / "照片.png")).valid
