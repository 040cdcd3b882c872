"""What differs from province to province: data with its source, never an `if` in a rule."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ProvinceProfile:
    """A province's numbers; `sources` says for each where it is written and whether that still has to be verified."""

    name: str
    off_post_months: int
    """So long off the post, and workshop and team level are due again (T10)."""
    sources: tuple[str, ...]


NATIONAL = ProvinceProfile("全国", 12, ("生产经营单位安全培训规定 第十七条：离岗一年以上",))
SHANDONG = ProvinceProfile(
    "山东",
    6,
    ("山东省安全生产条例 第二十八条：离岗六个月以上或者换岗；条文没有写明级别，按车间级、班组级办理（待核实）",),
)

PROFILES = {one.name: one for one in (NATIONAL, SHANDONG)}
"""By name, as the office's setting 省份规则 says it; the nation's first."""
