"""What the text of one responsibility agreement consists of, before it becomes a Word file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """A row of the targets table: what is measured, the value to reach, what proves it.

    One line each: at most 14, 6 and 10 characters fit the columns.
    """

    indicator: str
    value: str
    evidence: str


@dataclass(frozen=True)
class Clause:
    """A numbered clause: a short lead and its sentence; the number （一）（二）… is given by its place."""

    lead: str
    text: str


@dataclass(frozen=True)
class AgreementText:
    """The words of one kind of agreement (GB/T 9704 layout is added when the Word file is made).

    Four pages in all, two sheets printed on both sides: a clause takes two lines, about 50 characters.
    """

    code: str
    name: str
    parties: tuple[str, ...]
    basis: str
    targets: tuple[Target, ...]
    party_a: tuple[Clause, ...]
    party_b: tuple[Clause, ...]
    assessment: tuple[Clause, ...]
    change: str
    signer: str
    """What the second party's signer is called (负责人、主要负责人)."""


PARTY_A = "甲方：{{甲方}}　　负责人：{{甲方负责人}}"

PERIOD = "自{{期限起}}起至{{期限止}}止。"

TARGETS_INTRO = "乙方在责任期限内应当实现下列目标："

CLOSING = (
    Clause(
        "法定责任",
        "本责任书不免除乙方法定责任，与法律、法规、规章不一致的，按照法律、法规、规章执行。",
    ),
    Clause(
        "份数生效",
        "本责任书一式{{份数}}份，双方分别保存，自双方签字盖章之日起生效。委托他人签订的，附授权委托书。",
    ),
)
