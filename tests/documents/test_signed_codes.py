"""The code on a certificate: what goes in comes out, and nobody can change a letter of it."""

from __future__ import annotations

import os
import random
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_desktop.documents.signed_codes import (
    CertificateFacts,
    ForeignCertificateCode,
    ForgedCertificateCode,
    UnreadableCertificateCode,
    private_key,
    public_key,
    read_facts,
    sign_facts,
)

OURS = private_key(b"the office's own secret, 32 byte")
THEIRS = private_key(b"another office's secret, 32 byte")
FACTS = CertificateFacts(
    "示安培〔2026〕0012号",
    "买买提·吐尔逊江",
    "990001********0015",
    "新上岗三级安全教育",
    date(2026, 3, 20),
    date(2029, 3, 19),
)
MUTATIONS = int(os.environ.get("ANJIAN_MUTATIONS", "1500"))

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=28)
days = st.dates(date(2000, 1, 1), date(2179, 6, 5))


@given(st.builds(CertificateFacts, texts, texts, texts, texts, days, st.none() | days))
def test_a_code_gives_back_what_was_signed(facts: CertificateFacts) -> None:
    assert read_facts(sign_facts(facts, OURS), public_key(OURS)) == facts


def test_the_same_facts_give_the_same_code() -> None:
    assert sign_facts(FACTS, OURS) == sign_facts(FACTS, OURS)
    assert len(sign_facts(FACTS, OURS)) < 270


def test_a_code_holds_no_whole_identity_number_and_no_secret() -> None:
    code = sign_facts(FACTS, OURS)
    assert "990001198503120015" not in code
    assert public_key(OURS) != OURS


def test_another_offices_code_is_told_apart_from_a_forged_one() -> None:
    with pytest.raises(ForeignCertificateCode):
        read_facts(sign_facts(FACTS, THEIRS), public_key(OURS))


@pytest.mark.parametrize(
    "text", ["", "AJ1:", "AJ1:0", "hello", "https://example.invalid", "AJ1:" + "Z" * 500, "AJ1:::::::", "A" * 20]
)
def test_what_is_no_code_is_refused_in_words(text: str) -> None:
    with pytest.raises(UnreadableCertificateCode) as refused:
        read_facts(text, public_key(OURS))
    assert refused.value.next_step


def test_a_changed_fact_under_the_old_signature_is_refused() -> None:
    """Every single fact of many certificates, changed and carried under the signature of the unchanged one."""
    from anjian_desktop.documents import signed_codes

    chance = random.Random(990001)
    tag = signed_codes._tag(public_key(OURS))
    for number in range(MUTATIONS):
        facts = replace(
            FACTS, number=f"示安培〔2026〕{number}号", holder=chance.choice("张王李赵钱") + chance.choice("一二三四")
        )
        signature = signed_codes._unbase45(sign_facts(facts, OURS))[-64:]
        name = chance.choice([field.name for field in fields(CertificateFacts)])
        value = getattr(facts, name)
        changed = (
            value + chance.choice("甲乙丙0123")
            if isinstance(value, str)
            else value + timedelta(days=chance.randint(1, 900))
        )
        forged = "AJ1:" + signed_codes._base45(signed_codes._packed(replace(facts, **{name: changed}), tag) + signature)
        with pytest.raises(ForgedCertificateCode):
            read_facts(forged, public_key(OURS))


def test_a_changed_character_is_refused() -> None:
    code = sign_facts(FACTS, OURS)
    for at in range(4, len(code)):
        other = "0" if code[at] != "0" else "1"
        with pytest.raises((ForgedCertificateCode, UnreadableCertificateCode, ForeignCertificateCode)):
            read_facts(code[:at] + other + code[at + 1 :], public_key(OURS))
