"""Papers whose layout the office may change in Word, besides agreements: what each is called and what it must show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PHOTO = "照片"
CODE = "二维码"
"""Alternative texts (替换文字) of the pictures in a layout whose places photo and code take."""

LEAST_CODE_MM = 26.0
"""Side of a certificate's code on A4 without its quiet zone, in mm: smaller ones are read badly from paper."""


@dataclass(frozen=True)
class LayoutKind:
    """A paper the program fills: `pictures` are places it should have, `needed` what it may not be without."""

    code: str
    label: str
    pictures: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    """Placeholders and picture places."""
    least_code_mm: float = 0.0


CERTIFICATE, CARD, AWARD = "C1", "C2", "C3"

LAYOUT_KINDS: Mapping[str, LayoutKind] = {
    one.code: one
    for one in (
        LayoutKind(
            CERTIFICATE, "培训合格证（A4）", (PHOTO, CODE), ("姓名", "证书编号", CODE), least_code_mm=LEAST_CODE_MM
        ),
        LayoutKind(CARD, "培训合格证（卡片）", (PHOTO, CODE), ("姓名", "证书编号", CODE)),
        LayoutKind(AWARD, "奖状（印在预印纸上）", (), ("获奖者",)),
        LayoutKind("T1", "三级安全教育登记卡", (PHOTO,), ("姓名",)),
        LayoutKind("T2", "培训签到表"),
        LayoutKind("T3", "培训成绩单"),
        LayoutKind("T4", "证书到期提醒单", (), ("单位名称",)),
    )
}
