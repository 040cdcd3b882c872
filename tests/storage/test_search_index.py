"""Names by character, pinyin and initials with surname readings; codes and phones by their ends; best first."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anjian_desktop.ledgers.agreement import Agreement
from anjian_desktop.ledgers.organization import Department, Enterprise, Village
from anjian_desktop.storage.database import Database
from anjian_desktop.storage.search_index import count, ids_matching, search


def names(database: Database, text: str, *, limit: int = 20) -> list[str]:
    with database.reading() as session:
        hits = search(session, text, limit=limit)
        ledgers = {"enterprise": Enterprise, "village": Village, "department": Department}
        return [session.get_one(ledgers[hit.ledger], hit.row_id).name for hit in hits]


def add(database: Database, name: str, **values: object) -> int:
    with database.transaction("新增") as tx:
        return tx.add(Enterprise, {"name": name, **values}).id


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("张三", "张 三 张三 zs zhangsan zhangs zhang z"),
        ("单雄信", "sxx shanxiongxin dxx danxiongxin 雄"),
        ("仇英", "qy qiuying cy chouying"),
        ("解晓东", "xxd xiexiaodong jxd"),
        ("查良镛", "zly zhaliangyong cly"),
        ("曾志伟", "zzw zengzhiwei czw"),
        ("朴素珍", "psz piaosuzhen"),
        ("尉迟恭", "ycg yuchigong"),
        ("区志强", "ozq ouzhiqiang qzq"),
        ("盖叫天", "gjt gejiaotian gaijiaotian"),
        ("缪荃孙", "mqs miaoquansun"),
        ("任小明", "rxm renxiaoming"),
        ("华国强", "hgq huaguoqiang"),
        ("召小虎", "sxh zxh shaoxiaohu"),
        ("冼星海", "xxh xianxinghai"),
        ("万俟雪", "mqx moqixue"),
        ("吕小绿", "lxl lvxiaolv"),
        ("欧阳喆", "oyz ouyangzhe 喆"),
    ],
)
def test_a_person_is_found_by_character_pinyin_and_initials(database: Database, name: str, typed: str) -> None:
    add(database, "某某经营部", principal=name)
    add(database, "另一家商店", principal="乌有")
    for word in typed.split():
        assert names(database, word) == ["某某经营部"], word


def test_a_unit_is_found_by_any_part_of_its_name(database: Database) -> None:
    add(database, "示例镇长青精细化工有限公司")
    for word in (
        "化",
        "化工",
        "细化工有",
        "示例镇长青精细化工有限公司",
        "hg",
        "jxhg",
        "huagong",
        "jingxihuag",
        "slz",
        "cqjx",
        "zqjx",
        "公司",
    ):
        assert names(database, word) == ["示例镇长青精细化工有限公司"], word
    for word in ("化学", "工化", "司示", "xhj", "gonghua", "xyz"):
        assert names(database, word) == [], word


def test_brackets_width_case_and_signs_do_not_matter(database: Database) -> None:
    add(database, "东河（示例）ＫＴＶ·分店")
    for word in ("东河示例", "东河(示例)", "ktv", "KTV分", "ＫＴＶ", "东河（示例）KTV·分店"):
        assert names(database, word) == ["东河（示例）ＫＴＶ·分店"], word


def test_codes_and_phones_are_found_by_their_ends(database: Database) -> None:
    add(database, "甲厂", credit_code="91990001MA00000017", principal_phone="13900012345、0533-7654321")
    add(database, "乙厂", credit_code="92990001MA00000029", principal_phone="13911119999")
    for word in (
        "0017",
        "17",
        "91990001ma00000017",
        "91990001",
        "2345",
        "12345",
        "13900012345",
        "054",
        "139000",
        "4321",
        "0533",
    ):
        expected = ["甲厂"] if word != "054" else []
        assert names(database, word) == expected, word
    assert names(database, "139") == ["乙厂", "甲厂"]


def test_words_are_all_required(database: Database) -> None:
    add(database, "东村化工厂", principal="张三", principal_phone="13900012345")
    add(database, "东村机械厂", principal="李四", principal_phone="13900012345")
    assert names(database, "东村 化工") == ["东村化工厂"]
    assert names(database, "东村　ls") == ["东村机械厂"]
    assert names(database, "2345 李") == ["东村机械厂"]
    assert names(database, "2345 hg 东") == ["东村化工厂"]
    assert names(database, "2345 139") == ["东村化工厂", "东村机械厂"]
    assert names(database, "东村 没有") == []
    assert names(database, " ，。 ") == []


def test_titles_that_begin_with_the_word_come_first_then_shorter_ones(database: Database) -> None:
    for name, principal in (
        ("化工东厂", "甲"),
        ("某厂", "化工"),
        ("东方化工厂", "乙"),
        ("大东方化工厂", "丙"),
        ("化工", "丁"),
    ):
        add(database, name, principal=principal)
    assert names(database, "化工") == ["化工", "化工东厂", "东方化工厂", "大东方化工厂", "某厂"]
    assert names(database, "化工", limit=2) == ["化工", "化工东厂"]


def test_a_hit_says_in_which_fields_the_words_stand(database: Database) -> None:
    add(database, "张三经营部", principal="张三", legal_representative="李四", principal_phone="13900012345")
    with database.reading() as session:
        assert search(session, "zs", limit=5)[0].matched == ("name", "principal")
        assert search(session, "李 2345", limit=5)[0].matched == ("legal_representative", "principal_phone")
        assert search(session, "zs", limit=5, ledgers=["village"]) == []
        assert (count(session, "zs"), count(session, "zs", ledgers=["village"])) == (1, 0)


def test_the_index_follows_change_retirement_and_restoration(database: Database) -> None:
    row_id = add(database, "旧名厂", principal_phone="13900012345")
    with database.transaction("改名") as tx:
        tx.change(tx.get(Enterprise, row_id), {"name": "新名厂", "principal_phone": "13911118888"})
    assert (names(database, "旧名"), names(database, "新名")) == ([], ["新名厂"])
    assert (names(database, "2345"), names(database, "8888")) == ([], ["新名厂"])
    with database.transaction("删除") as tx:
        tx.retire(tx.get(Enterprise, row_id))
    assert (names(database, "新名"), names(database, "8888"), names(database, "xmc")) == ([], [], [])
    with database.transaction("恢复") as tx:
        tx.restore(tx.get(Enterprise, row_id, retired=True))
    assert names(database, "xmc") == ["新名厂"]
    with database.transaction("批量") as tx:
        tx.change_many(Enterprise, [(row_id, {"name": "又一名厂"})])
    assert (names(database, "新名"), names(database, "又一")) == ([], ["又一名厂"])


def test_a_rolled_back_change_is_not_in_the_index(database: Database) -> None:
    row_id = add(database, "旧名厂")
    with pytest.raises(ZeroDivisionError), database.transaction("改名") as tx:
        tx.change(tx.get(Enterprise, row_id), {"name": "新名厂"})
        raise ZeroDivisionError
    assert (names(database, "旧名"), names(database, "新名")) == (["旧名厂"], [])


def test_a_list_is_filtered_by_what_its_rows_are_about(database: Database) -> None:
    from datetime import date

    with database.transaction("新增") as tx:
        east = tx.add(Village, {"name": "东村", "principal": "张三"})
        one = tx.add(Enterprise, {"name": "化工厂", "village_id": east.id})
        two = tx.add(Enterprise, {"name": "东来商店"})
        day = date(2026, 1, 1)
        common = {
            "year": 2026, "kind": "Z5", "state": "drafted", "period_from": day, "period_to": day, "copies": 2,
            "deadline": day, "template": "Z5", "drafted_on": day,
        }  # fmt: skip
        first, second = (tx.add(Agreement, {**common, "organization_id": unit.id}) for unit in (one, two))
    with database.reading() as session:
        assert ids_matching(session, "enterprise", "东") == [one.id, two.id]
        assert ids_matching(session, "enterprise", "东村 hg") == [one.id]
        assert ids_matching(session, "enterprise", "张三") == []
        assert ids_matching(session, "agreement", "化工") == [first.id]
        assert ids_matching(session, "agreement", "东") == [first.id, second.id]
        assert ids_matching(session, "agreement", "东 没有") == []


CHARACTERS = st.sampled_from("东西化工厂张三单解长行ABk12·（）")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(CHARACTERS, min_size=2, max_size=9), min_size=1, max_size=6), st.data())
def test_every_part_of_every_name_is_found(database: Database, texts: list[str], data: st.DataObject) -> None:
    def plain(text: str) -> str:
        return "".join(one for one in text.casefold() if one.isalnum())

    with database.transaction("导入") as tx:
        ids = tx.add_many(Department, [{"name": text} for text in texts])
    whole = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, len(whole) - 1))
    part = whole[start : data.draw(st.integers(start + 1, len(whole)))]
    with database.reading() as session:
        found = set(ids_matching(session, "department", part)) & set(ids)
        hits = {hit.row_id for hit in search(session, part, limit=10_000)} & set(ids)
    expected = {one for one, text in zip(ids, texts, strict=True) if plain(part) and plain(part) in plain(text)}
    assert expected <= found, part
    assert expected <= hits, part
    if not plain(part).isascii():  # Latin letters are pinyin initials too: 厂 is also read ān
        assert found == expected and hits == expected
