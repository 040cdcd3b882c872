"""How a Chinese text may be typed in pinyin: its syllables, with every reading of a person's name, surnames first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from itertools import islice, product

_PERSON = 4
"""Up to this many characters a text may be a person's name: every reading of every character counts."""
_MOST = 48
"""Combinations of readings of one name; 48 covers all but names of four rare heteronyms."""
_AROUND = 6
"""Characters on either side of a second reading in a longer text, so that so many letters can be typed around it."""

SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "曾": "zeng", "朴": "piao", "区": "ou", "盖": "ge", "缪": "miao",
    "任": "ren", "华": "hua", "召": "shao", "冼": "xian", "翟": "zhai", "乐": "yue", "员": "yun", "繁": "po", "种": "chong",
    "黑": "he", "折": "she", "秘": "bi", "那": "na", "牟": "mu", "隗": "wei", "盛": "sheng", "燕": "yan", "葛": "ge",
    "纪": "ji", "祭": "zhai", "宁": "ning", "车": "che", "卜": "bu", "应": "ying", "谌": "chen", "郗": "xi", "厍": "she",
    "訾": "zi", "相": "xiang", "哈": "ha", "尉": "wei", "臧": "zang", "贾": "jia", "柏": "bai", "薄": "bo", "曲": "qu",
    "石": "shi", "粘": "nian", "句": "gou", "过": "guo", "干": "gan", "教": "jiao", "谷": "gu", "费": "fei", "郄": "qie",
    "都": "du", "兴": "xing", "观": "guan", "洗": "xian", "尹": "yin", "覃": "qin", "逄": "pang", "晁": "chao", "宓": "mi",
    "幸": "xing", "适": "kuo", "能": "nai", "藏": "zang", "璩": "qu", "撒": "sa", "郇": "huan", "鲜": "xian", "邸": "di",
    "褚": "chu", "令": "ling", "亓": "qi", "万": "wan", "无": "wu", "莘": "shen", "郝": "hao", "庾": "yu", "佴": "nai",
}  # fmt: skip
"""Readings as a surname, where a dictionary's first reading may be another."""

DOUBLE_SURNAMES = {
    "尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "澹台": ("tan", "tai"), "长孙": ("zhang", "sun"), "单于": ("chan", "yu"),
    "亓官": ("qi", "guan"), "令狐": ("ling", "hu"), "鲜于": ("xian", "yu"), "夏侯": ("xia", "hou"), "呼延": ("hu", "yan"),
    "皇甫": ("huang", "fu"), "宰父": ("zai", "fu"), "濮阳": ("pu", "yang"), "钟离": ("zhong", "li"), "乐正": ("yue", "zheng"),
}  # fmt: skip

_SECOND_READINGS = frozenset(
    "行长重乐朝会区调转传单盛曾朴解查厂车石和大都发奔差藏称乘处当倒地得的度恶分佛干给更冠观横华还划圾几济假间将降角教结解"
    "禁劲卷壳空累量率落曼没蒙模磨难宁片铺奇强切曲任撒塞散丧色扇少舍射什省石似属数宿弹挑通吐旺为鲜相校兴削畜血咽应与晕"
    "载扎炸粘着占正只种轴爪转钻作柏堡泊薄蚌秘便卜埔浦贾纪荷轧仔莘尉蔚夏厦洋涌圩峪垛堰崖亳涡浍汤氾缪谌覃翟晟"
)
"""Characters with two living readings; in a longer text only theirs count, a dictionary's rare ones would swamp it."""


@cache
def readings(character: str) -> tuple[str, ...]:
    """The readings of one character, the usual one first, without tones (ü as v); empty when it has none."""
    # Loaded at the first writing, without its book of phrases, which single characters have no use for: 47 MiB, 0.1 s.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(found[0])) if found else ()


class _Usual(dict[int, str]):
    """For `str.translate`: each character's usual syllable with a blank behind it, or its first letter alone."""

    def __init__(self, *, whole: bool) -> None:
        super().__init__()
        self._whole = whole

    def __missing__(self, number: int) -> str:
        read = readings(chr(number))
        self[number] = written = (read[0] + " " if self._whole else read[0][0]) if read else ""
        return written


_SYLLABLES, _INITIALS = _Usual(whole=True), _Usual(whole=False)


def only_spelling(text: str) -> tuple[str, str] | None:
    """The syllables with a blank between two, and their first letters, of a longer text that `spellings` reads in one
    way; None for any other. Most of a large import's addresses are such."""
    if len(text) <= _PERSON or text[:2] in DOUBLE_SURNAMES or not _SECOND_READINGS.isdisjoint(text):
        return None
    return text.translate(_SYLLABLES)[:-1], text.translate(_INITIALS)


def spellings(text: str) -> Iterator[tuple[str, ...]]:
    """Ways to read a text, each as syllables; the likeliest first. Characters without a reading are left out.

    A second reading in a longer text comes with its neighbours only.
    """
    characters = [(one, read) for one in text if (read := readings(one))]
    if not characters:
        return
    if len(text) <= _PERSON:
        yield from _every_reading(text, characters)
        return
    usual = [read[0] for _, read in characters]
    if (double := DOUBLE_SURNAMES.get(text[:2])) is not None:
        usual[:2] = double
    yield tuple(usual)
    for place, (one, read) in enumerate(characters):
        if one in _SECOND_READINGS:
            for other in read:
                if other != usual[place]:
                    yield (*usual[max(0, place - _AROUND) : place], other, *usual[place + 1 : place + 1 + _AROUND])


def _every_reading(text: str, characters: list[tuple[str, tuple[str, ...]]]) -> Iterator[tuple[str, ...]]:
    choices = [read for _, read in characters]
    if (surname := SURNAMES.get(text[0])) is not None:
        choices[0] = tuple(dict.fromkeys((surname, *choices[0])))
    double = DOUBLE_SURNAMES.get(text[:2])
    if double is not None and len(choices) > 1:
        choices[:2] = [tuple(dict.fromkeys((double[n], *choices[n]))) for n in (0, 1)]
    for number, one in enumerate(product(*choices)):
        if number == _MOST:
            return
        yield one


_FINALS = {
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng iao o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan un uo v ve",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo v ve",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ao ei en eng o u",
    "": "a ai an ang ao e ei en eng er o ou",
}
SYLLABLES = frozenset(initial + final for initial, finals in _FINALS.items() for final in finals.split())
"""Every syllable of 汉语拼音 without tones."""
_LONGEST = 6
_WAYS = 8


@cache
def completions(start: str) -> tuple[str, ...]:
    """Syllables that begin so, itself included."""
    return tuple(sorted(one for one in SYLLABLES if one.startswith(start)))


def segmentations(letters: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Ways to cut typed letters into whole syllables, or, when that cannot be, into whole ones and the beginning of one
    more ("" when it ends with a whole one). At most eight, those with the longest first syllables first.
    """
    return tuple(islice(_cuts(letters, unfinished=False), _WAYS)) or tuple(
        islice(_cuts(letters, unfinished=True), _WAYS)
    )


def _cuts(letters: str, *, unfinished: bool) -> Iterator[tuple[tuple[str, ...], str]]:
    end = len(letters)

    def may_begin(start: int) -> bool:
        """Whether the rest is the beginning of a syllable and no syllable yet."""
        rest = letters[start:]
        return unfinished and len(rest) < _LONGEST and rest not in SYLLABLES and bool(completions(rest))

    # From the end backwards: where the rest can be cut at all. Without it a long row of letters would take for ever.
    leads_on = {end}
    for start in range(end - 1, -1, -1):
        nexts = (start + length for length in range(1, _LONGEST + 1) if letters[start : start + length] in SYLLABLES)
        if may_begin(start) or any(one in leads_on for one in nexts):
            leads_on.add(start)

    def cut(start: int) -> Iterator[tuple[tuple[str, ...], str]]:
        if start == end:
            yield (), ""
            return
        for length in range(min(_LONGEST, end - start), 0, -1):
            syllable = letters[start : start + length]
            if start + length in leads_on and syllable in SYLLABLES:
                for whole, begun in cut(start + length):
                    yield (syllable, *whole), begun
        if may_begin(start):
            yield (), letters[start:]

    if 0 in leads_on:
        yield from cut(0)
