"""A thousand certificates verified through the service, ten thousand changed codes refused, codes read from noisy scans."""

from __future__ import annotations

import random
import string
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter
from support.training import MACHINES, WORKERS, listed, person_number, worker

from anjian_desktop.documents import signed_codes
from anjian_desktop.documents.certificate_reading import certificate_codes_in
from anjian_desktop.documents.signed_codes import CertificateFacts, private_key, public_key, read_facts
from anjian_desktop.services import certificates, records, sessions
from anjian_desktop.services.certificate_prints import print_certificates
from anjian_desktop.services.certificate_verifying import verify
from anjian_desktop.services.office import Office
from anjian_desktop.services.person_imports import import_list

COUNT = 1_000
CHARACTERS = "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
Change = Callable[[CertificateFacts, random.Random], CertificateFacts]


@pytest.fixture
def town(office: Office, tmp_path: Path) -> list[tuple[int, str]]:
    """A thousand certificates: their ids and codes."""
    records.add(office, "enterprise", {"name": MACHINES})
    rows = [
        worker(f"{CHARACTERS[n % 30]}{CHARACTERS[n // 30 % 30]}示例"[: 3 + n % 2], person_number(n))
        for n in range(COUNT)
    ]
    import_list(office, "worker", listed(tmp_path / "人员.xlsx", WORKERS, *rows))
    held = {"name": "安全生产基础知识培训班", "level": "公司级", "started_on": "2026-01-03", "class_hours": "8"}
    class_id = records.add(office, "training_session", held).id
    sessions.enrol(office, class_id, sessions.candidates(office, class_id))
    marks = {one.record_id: {"score": "90"} for one in sessions.participants(office, class_id)}
    sessions.set_marks(office, class_id, marks)
    issued = certificates.issue(office, session_id=class_id).issued
    assert len(issued) == COUNT
    with office.db.statements() as execute:
        return list(execute("SELECT id, code FROM certificate ORDER BY id", ()))


def text(value: str, chance: random.Random) -> str:
    """The value with one character another one, or one more, or one less."""
    place = chance.randrange(len(value))
    other = chance.choice([one for one in CHARACTERS + string.digits if one != value[place]])
    return chance.choice(
        [
            value[:place] + other + value[place + 1 :],
            value[:place] + other + value[place:],
            value[:place] + value[place + 1 :],
        ]
    )


CHANGES: tuple[Change, ...] = (
    lambda facts, chance: replace(facts, number=text(facts.number, chance)),
    lambda facts, chance: replace(facts, holder=text(facts.holder, chance)),
    lambda facts, chance: replace(facts, identity=text(facts.identity, chance)),
    lambda facts, chance: replace(facts, course=text(facts.course, chance)),
    lambda facts, chance: replace(facts, issued_on=facts.issued_on + timedelta(days=chance.randint(1, 900))),
    lambda facts, chance: replace(facts, valid_to=facts.issued_on + timedelta(days=chance.randint(1, 3000))),
)


def forged(code: str, changed: CertificateFacts, public: bytes) -> str:
    """The code with other facts under the signature of the true ones, well-formed in every other way."""
    signature = signed_codes._unbase45(code)[-64:]
    said = signed_codes._packed(changed, signed_codes._tag(public))
    return "AJ1:" + signed_codes._base45(said + signature)


def test_a_thousand_are_valid_and_ten_thousand_with_one_field_changed_are_not(
    office: Office, town: list[tuple[int, str]]
) -> None:
    public = public_key(private_key(office.db.key))
    assert all(verify(office, code).valid for _, code in town)
    chance = random.Random(20261123)
    states: dict[str, int] = {}
    for round_ in range(10):
        for _, code in town:
            facts = read_facts(code, public)
            changed = CHANGES[chance.randrange(len(CHANGES))](facts, chance)
            assert changed != facts
            found = verify(office, forged(code, changed, public))
            states[found.state] = states.get(found.state, 0) + 1
            assert found.state == "forged", (round_, changed)
    assert sum(states.values()) == 10 * COUNT
    print(states)


def noisy(picture: Image.Image, chance: random.Random) -> Image.Image:
    """What a tired office scanner makes of a page: askew, soft, grey, grainy."""
    turned = picture.rotate(chance.uniform(-2.0, 2.0), fillcolor=255, resample=Image.Resampling.BILINEAR)
    soft = turned.filter(ImageFilter.GaussianBlur(chance.uniform(0.3, 0.9)))
    contrast, dark = chance.uniform(0.75, 0.95), chance.uniform(10, 40)
    grey = soft.point([min(255, round(tone * contrast + dark)) for tone in range(256)])
    # The grain lies around 128.
    return ImageChops.add(grey, Image.effect_noise(grey.size, 20), 1.0, -128)


@pytest.mark.parametrize("cards", [False, True], ids=["A4", "cards"])
def test_codes_are_read_from_noisy_scans_at_200_dpi(
    office: Office, town: list[tuple[int, str]], tmp_path: Path, cards: bool
) -> None:
    chosen = town[: 300 if cards else 200]
    made = print_certificates(office, [one for one, _ in chosen], tmp_path, cards=cards)
    chance = random.Random(20261123)
    read: set[str] = set()
    with pypdfium2.PdfDocument(made.files[0]) as document:
        for page in document:
            noisy(page.render(scale=200 / 72).to_pil().convert("L"), chance).save(tmp_path / "扫描.png")
            read |= set(certificate_codes_in(tmp_path / "扫描.png"))
    share = len(read & {code for _, code in chosen}) / len(chosen)
    print(f"{share:.4f} of {len(chosen)}")
    assert share >= 0.99
