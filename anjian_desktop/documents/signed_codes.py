"""The code on a certificate: what the certificate says, signed with ed25519, as characters a QR code holds briefly."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from anjian_desktop.errors import UserError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_MARK = "AJ1:"
_VERSION = 1
_TAG = 4
_SIGNATURE = 64
_DAY_ZERO = date(2000, 1, 1)
_NO_DAY = 0xFFFF
_BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {character: number for number, character in enumerate(_BASE45)}
_LONGEST = 120
"""Bytes of one text: 60 Chinese characters, the longest name of a course."""


class UnreadableCertificateCode(UserError):
    """The text is no certificate code of this program, or a part of it is lost."""

    code = "certificate_code"


class ForeignCertificateCode(UserError):
    """The code was signed with another office's key: whether it is true cannot be told here."""

    code = "certificate_foreign"


class ForgedCertificateCode(UserError):
    """The code says it is from this office, and its signature is not."""

    code = "certificate_forged"


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a certificate's code says. `identity` is masked; `valid_to` None: without an end."""

    number: str
    holder: str
    identity: str
    course: str
    issued_on: date
    valid_to: date | None = None


def private_key(seed: bytes) -> bytes:
    """The office's signing key (32 bytes), drawn from the store's secret: kept with the store, in every backup."""
    return hashlib.blake2b(b"certificate codes", key=seed, digest_size=32).digest()


@lru_cache(maxsize=8)
def public_key(private: bytes) -> bytes:
    """The key that checks what `private` signed (32 bytes); it may be given to anybody."""
    return _signer(private).public_key().public_bytes_raw()


def sign_facts(facts: CertificateFacts, private: bytes) -> str:
    """The text of a certificate's code: `AJ1:` and base 45 (RFC 9285) of the facts and their signature (RFC 8032).

    Raises ValueError when a text is longer than 120 bytes in GB 18030 or a day lies outside 2000–2179.
    """
    said = _packed(facts, _tag(public_key(private)))
    return _MARK + _base45(said + _signer(private).sign(said))


def read_facts(text: str, public: bytes) -> CertificateFacts:
    """What a code says, once its signature is found to be true.

    Raises UnreadableCertificateCode, ForeignCertificateCode or ForgedCertificateCode.
    """
    from cryptography.exceptions import InvalidSignature  # its library costs 30 ms at start
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    data = _unbase45(text)
    said, signature = data[:-_SIGNATURE], data[-_SIGNATURE:]
    facts = _unpacked(said)
    if said[1 : 1 + _TAG] != _tag(public):
        raise ForeignCertificateCode(
            "这张证的二维码不是本办公室签发的，在这里核不出真假。", next_step="请到发证的单位核验。"
        )
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, said)
    except InvalidSignature as problem:
        raise ForgedCertificateCode(
            "二维码的内容和签名对不上，是伪造或被改过的。", next_step="请收下原件，按假证处理。"
        ) from problem
    return facts


@lru_cache(maxsize=8)
def _signer(private: bytes) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # as in read_facts

    return Ed25519PrivateKey.from_private_bytes(private)


def _tag(public: bytes) -> bytes:
    """Four bytes that name a key."""
    return hashlib.sha256(public).digest()[:_TAG]


def _packed(facts: CertificateFacts, tag: bytes) -> bytes:
    parts = [bytes([_VERSION]), tag]
    for value in astuple(facts):
        if isinstance(value, str):
            text = value.encode("gb18030")
            if len(text) > _LONGEST:
                raise ValueError(f"{len(text)} bytes of text are too many for a code")
            parts.append(bytes([len(text)]) + text)
        else:
            day = _NO_DAY if value is None else (value - _DAY_ZERO).days
            if not 0 <= day <= _NO_DAY:
                raise ValueError(f"{value} does not fit a code")
            parts.append(day.to_bytes(2, "big"))
    return b"".join(parts)


def _unpacked(said: bytes) -> CertificateFacts:
    try:
        if said[0] != _VERSION:
            raise ValueError("version")
        texts, at = [], 1 + _TAG
        for _ in range(4):
            end = at + 1 + said[at]
            texts.append(said[at + 1 : end].decode("gb18030"))
            at = end
        first, last = said[at : at + 2], said[at + 2 :]
        if len(first) != 2 or len(last) != 2:
            raise ValueError("length")
        issued_on = _DAY_ZERO + timedelta(days=int.from_bytes(first, "big"))
        end_day = int.from_bytes(last, "big")
    except (ValueError, IndexError) as problem:
        raise _unreadable() from problem
    valid_to = None if end_day == _NO_DAY else _DAY_ZERO + timedelta(days=end_day)
    return CertificateFacts(texts[0], texts[1], texts[2], texts[3], issued_on, valid_to)


def _unreadable() -> UnreadableCertificateCode:
    return UnreadableCertificateCode(
        "这不是本程序证书上的二维码，或没有读完整。", next_step="请放平、照亮后重新扫描，或按证书编号查询。"
    )


def _base45(data: bytes) -> str:
    """RFC 9285: two bytes become three characters, a last single byte two."""
    characters: list[str] = []
    for at in range(0, len(data) - 1, 2):
        rest, first = divmod(data[at] << 8 | data[at + 1], 45)
        third, second = divmod(rest, 45)
        characters += (_BASE45[first], _BASE45[second], _BASE45[third])
    if len(data) % 2:
        second, first = divmod(data[-1], 45)
        characters += (_BASE45[first], _BASE45[second])
    return "".join(characters)


def _unbase45(text: str) -> bytes:
    shown = text.strip("\r\n\t\ufeff")
    numbers = [_VALUES.get(character, 45) for character in shown[len(_MARK) :]]
    if not shown.startswith(_MARK) or len(numbers) % 3 == 1 or 45 in numbers or len(numbers) > 2000:
        raise _unreadable()
    data = bytearray()
    for at in range(0, len(numbers), 3):
        group = numbers[at : at + 3]
        value = group[0] + group[1] * 45 + (group[2] * 2025 if len(group) == 3 else 0)
        if value > (0xFFFF if len(group) == 3 else 0xFF):
            raise _unreadable()
        data += value.to_bytes(len(group) - 1, "big")
    if len(data) <= _SIGNATURE:
        raise _unreadable()
    return bytes(data)
