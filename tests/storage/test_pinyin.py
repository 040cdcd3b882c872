"""Readings, and cutting typed letters into syllables."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from anjian_desktop.storage.pinyin import SURNAMES, SYLLABLES, readings, segmentations, spellings


def common_characters() -> list[str]:
    """The 6,763 characters of GB 2312."""
    return [
        bytes((row, cell)).decode("gb2312")
        for row in range(0xB0, 0xF8)
        for cell in range(0xA1, 0xFF)
        if not (row == 0xD7 and cell > 0xF9)
    ]


def test_every_reading_of_a_common_character_can_be_typed() -> None:
    odd = {"m", "n", "ng", "hm", "hng", "len"}
    unknown = {(one, read) for one in common_characters() for read in readings(one) if read not in SYLLABLES | odd}
    assert unknown == set()
    assert all(readings(one) for one in common_characters())


def test_every_surname_reading_is_a_syllable() -> None:
    assert set(SURNAMES.values()) <= SYLLABLES


def test_a_person_is_read_in_every_way_the_surname_first() -> None:
    assert next(iter(spellings("单雄信"))) == ("shan", "xiong", "xin")
    assert ("dan", "xiong", "xin") in set(spellings("单雄信"))
    assert next(iter(spellings("尉迟恭"))) == ("yu", "chi", "gong")
    assert list(spellings("ABC12")) == []


def test_a_second_reading_in_a_long_name_comes_with_its_neighbours() -> None:
    ways = list(spellings("示例镇银行山东东河村第二支行有限公司"))
    assert all(len(one) <= len(ways[0]) for one in ways)
    assert any("hang" in one and "you" not in one for one in ways[1:])


def test_letters_are_cut_in_every_sensible_way() -> None:
    assert segmentations("zhangsan") == ((("zhang", "san"), ""),)
    assert set(segmentations("xian")) == {(("xian",), ""), (("xi", "an"), "")}
    assert (("zhang",), "s") in segmentations("zhangs")
    assert segmentations("zhw") == segmentations("vx") == ()


@given(st.lists(st.sampled_from(sorted(SYLLABLES)), min_size=1, max_size=5))
def test_what_was_joined_is_among_the_cuts(syllables: list[str]) -> None:
    cuts = segmentations("".join(syllables))
    assert 1 <= len(cuts) <= 8
    assert all("".join(whole) + begun == "".join(syllables) for whole, begun in cuts)
    if len(cuts) < 8:
        assert tuple(syllables) in {whole for whole, _ in cuts}


def test_a_long_row_of_letters_is_cut_at_once() -> None:
    assert len(segmentations("an" * 30)) == 8
    assert segmentations("an" * 40 + "vv") == segmentations("a" * 80 + "v") == ()
