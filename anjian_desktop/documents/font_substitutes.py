"""Which font stands in for which: the table of official-document fonts and of common Latin ones, as data."""

from __future__ import annotations

from dataclasses import dataclass

SERIF = "Noto Serif SC"
SANS = "Noto Sans SC"
"""The two families that come with the program (resources/fonts)."""

_SONG = ("宋体", "SimSun", "新宋体", "NSimSun", "STSong", "华文宋体")
_FANG = ("仿宋", "FangSong", "仿宋_GB2312", "FangSong_GB2312", "STFangsong", "华文仿宋")
_KAI = ("楷体", "KaiTi", "楷体_GB2312", "KaiTi_GB2312", "STKaiti", "华文楷体")
_HEI = ("黑体", "SimHei", "STHeiti", "华文黑体", "STXihei", "华文细黑")
_TITLE = ("方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "小标宋", "文星标宋")
_ZHONGSONG = ("华文中宋", "STZhongsong")
_SANS_NAMES = frozenset(
    name.casefold()
    for name in (
        "微软雅黑", "Microsoft YaHei", "Microsoft YaHei UI", "等线", "DengXian", "等线 Light", "Arial", "Calibri", "Calibri Light",
        "Helvetica", "Tahoma", "Verdana", "Segoe UI", "苹方-简", "PingFang SC", "思源黑体", "Source Han Sans SC", SANS,
    )
)  # fmt: skip
_CHINESE = frozenset(
    name.casefold()
    for name in (
        *_SONG, *_FANG, *_KAI, *_HEI, *_TITLE, *_ZHONGSONG, "Microsoft YaHei", "Microsoft YaHei UI", "Microsoft YaHei Light",
        "DengXian", "DengXian Light", "PingFang SC", "Source Han Sans SC", "Source Han Serif SC", SERIF, SANS,
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A family to try; `bold`: it stands in for a heavier face and is thickened when it has no bold of its own."""

    family: str
    bold: bool = False


def candidates(asked: str) -> tuple[Candidate, ...]:
    """The families to try for an asked name, best first; the last one always comes with the program.

    The order for official documents: 小标宋, 华文中宋, bold 宋体, the bundled serif thickened; 仿宋_GB2312, 仿宋, the serif;
    楷体 likewise; 黑体, the bundled sans.
    """
    name = asked.strip()
    for group in (_SONG, _FANG, _KAI):
        if name in group:
            return (Candidate(name), *(Candidate(other) for other in group if other != name), Candidate(SERIF))
    if name in _HEI:
        return (Candidate(name), *(Candidate(other) for other in _HEI if other != name), Candidate(SANS))
    if name in _TITLE or "小标宋" in name:
        others = [Candidate(other) for other in (*_TITLE, *_ZHONGSONG) if other != name]
        heavier = [Candidate(other, bold=True) for other in (*_SONG[:2], SERIF)]
        return (Candidate(name), *others, *heavier)
    if name in _ZHONGSONG:
        heavier = [Candidate(other, bold=True) for other in (*_SONG[:2], SERIF)]
        return (Candidate(name), *(Candidate(other) for other in _ZHONGSONG if other != name), *heavier)
    bundled = SANS if name.casefold() in _SANS_NAMES or "黑" in name else SERIF
    return (Candidate(name), Candidate(bundled)) if name else (Candidate(bundled),)


def is_chinese(name: str) -> bool:
    """Whether a font's name is that of one for Chinese."""
    return name.casefold() in _CHINESE or any("\u4e00" <= character <= "\u9fff" for character in name)


RARE = ("SimSun-ExtB", "SimSun-ExtG", "宋体-ExtB", "宋体-ExtG")
"""Families asked for single characters that neither the font nor the bundled ones hold (rare names)."""
