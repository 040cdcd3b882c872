"""A person's file: the photo that is stored, the posts before, the look at the identity number."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from support.training import E7, MACHINES

from anjian_desktop.documents.portraits import portrait
from anjian_desktop.errors import UserError
from anjian_desktop.services import records, training_papers, workers
from anjian_desktop.services.maintenance import check
from anjian_desktop.services.office import Office


@pytest.fixture
def person(office: Office) -> int:
    for name in (MACHINES, "示例纺织有限公司"):
        records.add(office, "enterprise", {"name": name, "status": "在营"})
    values = {"name": "甲示例", "identity_number": E7, "enterprise": MACHINES, "post": "车工", "hired_on": "2020-03-02"}
    return records.add(office, "worker", values).id


def picture(path: Path, size: tuple[int, int] = (600, 800), kind: str = "JPEG", **more: object) -> Path:
    """Red above, blue below: turned pictures are told apart."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0], size[1] // 2))
    image.save(path, kind, **more)
    return path


def opened(data: bytes | None) -> Image.Image:
    assert data is not None
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP"])
def test_a_photo_is_stored_as_jpeg_in_the_ratio_of_paper(
    office: Office, person: int, tmp_path: Path, kind: str
) -> None:
    assert workers.photo(office, person) is None
    change = workers.set_photo(office, person, picture(tmp_path / "甲示例.x", kind=kind))
    assert change.kinds == {"worker"}
    stored = opened(workers.photo(office, person))
    assert stored.format == "JPEG" and stored.size == (500, 700)
    assert check(office).ok
    assert not [one for one in office.folder.rglob("*") if "甲示例" in one.name]


def test_a_photo_comes_onto_the_card_and_replaces_the_one_before(office: Office, person: int, tmp_path: Path) -> None:
    workers.set_photo(office, person, picture(tmp_path / "1.jpg"))
    first = workers.photo(office, person)
    workers.set_photo(office, person, picture(tmp_path / "2.jpg", (300, 420)))
    assert workers.photo(office, person) != first
    assert opened(workers.photo(office, person)).size == (300, 420)
    assert training_papers.print_cards(office, [person], tmp_path / "out").printed == 1


def test_the_cameras_turn_is_obeyed_and_its_notes_are_gone(tmp_path: Path) -> None:
    notes = Image.Exif()
    notes[0x0112] = 3  # upside down
    notes[0x010F] = "Camera"
    turned = opened(portrait(picture(tmp_path / "a.jpg", exif=notes).read_bytes()))
    below = turned.convert("RGB").getpixel((250, 650))
    assert isinstance(below, tuple) and below[0] > 200 and below[2] < 60
    assert not turned.getexif()


def test_what_is_transparent_becomes_white_paper() -> None:
    out = BytesIO()
    Image.new("RGBA", (250, 350), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(portrait(out.getvalue())).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("size", [(1000, 300), (300, 1000), (250, 350), (251, 350)])
def test_every_shape_is_cropped_never_stretched(tmp_path: Path, size: tuple[int, int]) -> None:
    width, height = opened(portrait(picture(tmp_path / "a.png", size, "PNG").read_bytes())).size
    assert abs(width * 35 - height * 25) <= 35 and width <= size[0] and height <= size[1]


def bomb() -> bytes:
    """A small file that would unpack to 100 million pixels."""
    out = BytesIO()
    Image.new("1", (10_000, 10_000)).save(out, "PNG")
    return out.getvalue()


def small() -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 84)).save(out, "PNG")
    return out.getvalue()


def cut() -> bytes:
    out = BytesIO()
    Image.effect_noise((400, 560), 50).save(out, "JPEG")
    return out.getvalue()[:5000]


@pytest.mark.parametrize(
    ("data", "told"),
    [(bomb(), "4000万像素"), (b"\xff\xd8" + bytes(20_000_001), "20 MB"), (b"GIF89a", "不是能用的照片"), (cut(), "不是能用的照片"),
     (small(), "太小"), (b"", "不是能用的照片")],
    ids=["bomb", "large", "other kind", "cut off", "small", "empty"],
)  # fmt: skip
def test_what_is_no_usable_photo_is_refused_and_nothing_changes(
    office: Office, person: int, tmp_path: Path, data: bytes, told: str
) -> None:
    (tmp_path / "a.jpg").write_bytes(data)
    with pytest.raises(UserError, match=told):
        workers.set_photo(office, person, tmp_path / "a.jpg")
    assert workers.photo(office, person) is None
    assert not list((office.folder / "attachments").rglob("*.*")) and not list(
        (office.folder / "attachments").glob("??/*")
    )


def test_a_photo_of_nobody_and_a_file_that_is_gone_are_told(office: Office, person: int, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="不在名册"):
        workers.set_photo(office, person + 9, picture(tmp_path / "a.jpg"))
    with pytest.raises(UserError, match="读不出来"):
        workers.set_photo(office, person, tmp_path / "没有.jpg")


def test_the_posts_before_the_present_one_are_told_in_words(office: Office, person: int) -> None:
    assert workers.posts(office, person) == ()
    records.edit(office, "worker", person, {"post": "铣工", "transferred_on": "2023-05-04"})
    moved = {"enterprise": "示例纺织有限公司", "hired_on": "2025-01-06", "post": "挡车工", "transferred_on": ""}
    records.edit(office, "worker", person, moved)
    assert [one.text for one in workers.posts(office, person)] == [
        f"{MACHINES} 铣工，2023-05-04 至 2025-01-06",
        f"{MACHINES} 车工，2020-03-02 至 2023-05-04",
    ]


def test_a_look_at_the_number_in_full_stands_in_the_audit_without_the_number(office: Office, person: int) -> None:
    assert workers.reveal(office, person) == E7
    with office.db.statements() as execute:
        action, note = execute("SELECT action, note FROM audit_entry ORDER BY seq DESC LIMIT 1").fetchone()
    assert action == "查看完整信息" and note == f"从业人员第{person}号记录：身份证号"
