"""Makes the two bundled font subsets from the full Noto fonts; run by hand when the character lists change.

    python resources/fonts/make_subsets.py --serif NotoSerifSC_400Regular.ttf --sans NotoSansSC_400Regular.ttf \
        --unihan DIRECTORY [--collect]

The inputs are pinned by their SHA-256 (README.md beside this file says where each comes from); the same inputs and the
same `project_characters.txt` give the same bytes. `--collect` renews that list from the texts of the project first.
"""

from __future__ import annotations

import argparse
import bz2
import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
PROJECT_CHARACTERS = HERE / "project_characters.txt"

SERIF_SHA256 = "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742"
SANS_SHA256 = "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16"

GENERAL_STANDARD_COUNT = 8105
"""通用规范汉字表 (2013) has 8105 characters; Unihan carries it as the field kTGH."""

SANS_COMMON = 3200
"""How many of the most frequent characters of 现代汉语频率词典 the window's font holds: what 5.0 MB leave room for."""

NAME_CHARACTERS = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温"
    "芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈"
    "鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来苟全褚廉简娄盖符奚木穆党"
    "燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌"
    "银扬明沙伏岑习胥保和蔺尉迟欧阳诸葛上官皇甫令狐宇文缪"
    "伟芳娜秀英敏静丽磊军洋勇艳杰娟涛超霞平刚鑫玲月莉丹萍红玉凤琳素云莲真环雪荣爱妹香莺媛瑞凡佳嘉琼勤珍贞娣璧璐娅琦晶妍茜"
    "秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓纨仪荷蓉眉君琴蕊薇菁梦岚婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽琬茗羽希欣飘育滢"
    "馥筠柔竹霭凝晓欢霄枫芸菲寒伊亚宜可影荔枝思慧巧美淑惠珠翠雅芝娥芬彩春菊浩轩昊泽俊豪鹏飞斌彬栋涵睿哲博辉煜炜烨熙旭晨曦"
    "皓瀚骏骞恺凯铭钧锋锐钰铠镇淼森焱垚晟昱昶昕晗曜炎焕煊灿珺祺琪瑜璇璟珂珩琛瑄翊翔翰承志建国庆卫东海波峰岭川淮济泰恒亮"
    "祥隆昌兴顺发丰禾润源诚信宏腾煌茂联众创绣跃捷迅驰骋晖熠泓沣渊汇淇沃沐淳钢铸锻轧焊锡锌铝铜钛镁铬磷硫氯氟氨氢氧氮碳硅"
    "烷烯醇醛酸酯苯酚胺腈酮醚炔塑橡胶泵阀轴承轮链铆钉螺栓纹模夹刨铣钻镗磨抛镀喷漆瓷砖窑坯塘溪湾坝坳坪岗垭埠堰堤屯寨堡圩墟"
    "畈埂埔塬沟洼浜渡桥淀泊汀洲浦港嘴埝疃峪崮夼泺濮兖郓菏鄄莒沂沭郯滕峄汶邹"
)
"""Surnames, given names and the words of firms and villages: what a clerk's lists are full of."""

RARE_IN_NAMES = "喆堃昇頔龑䶮㛃𬱖𠅤禤昜祎玥珺晗睿镕堯犇淼垚鑫燚骉"
"""Seen in personal names, partly outside 通用规范汉字表 and GB2312."""

SYMBOLS = (
    "〔〕【】〖〗《》〈〉「」『』（）［］｛｝—–―“”‘’·…、。，；：？！～﹏＿￣¨〃々〇"
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽"
    "□■○●◎◇◆△▲▽▼☆★◐✓℃㎡㎜㎝㎞㎏￥¥€‰§№→←↑↓±×÷≤≥≠≈∶㈠㈡㈢㈣㈤"
)


def general_standard(unihan: Path) -> set[str]:
    """The 8105 characters of 通用规范汉字表 from Unihan's kTGH."""
    found = {char for char, field, _ in _unihan(unihan, "OtherMappings") if field == "kTGH"}
    if len(found) != GENERAL_STANDARD_COUNT:
        sys.exit(f"kTGH has {len(found)} characters, expected {GENERAL_STANDARD_COUNT}")
    return found


def by_frequency(unihan: Path) -> list[str]:
    """Characters of 现代汉语频率词典 (Unihan's kHanyuPinlu), most frequent first, all readings summed."""
    counts = {
        char: sum(int(n) for n in re.findall(r"\((\d+)\)", value))
        for char, field, value in _unihan(unihan, "Readings")
        if field == "kHanyuPinlu"
    }
    return sorted(counts, key=lambda char: (-counts[char], char))


def _unihan(folder: Path, part: str) -> Iterator[tuple[str, str, str]]:
    path = folder / f"Unihan_{part}.txt"
    data = path.read_bytes() if path.exists() else bz2.decompress((folder / f"{path.name}.bz2").read_bytes())
    for line in data.decode("utf-8").splitlines():
        if line.startswith("U+"):
            code, field, value = line.split("\t", 2)
            yield chr(int(code[2:], 16)), field, value


def gb2312(rows: range) -> set[str]:
    """The characters of these rows of GB2312 (1–9 symbols, 16–55 level 1, 56–87 level 2)."""
    found: set[str] = set()
    for row in rows:
        for cell in range(1, 95):
            found.update(bytes((0xA0 + row, 0xA0 + cell)).decode("gb2312", "ignore"))
    return found


def latin() -> set[str]:
    """ASCII and Latin-1 without control characters."""
    return {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100))}


def collect_project_characters() -> None:
    """Writes every non-ASCII character of the project's own texts into project_characters.txt."""
    found: set[str] = set()
    for folder in ("anjian_desktop", "ui", "resources"):
        for path in sorted((PROJECT / folder).rglob("*")):
            if path.suffix in {".py", ".md", ".qss", ".json", ".html"} and HERE not in path.parents:
                found.update(path.read_text(encoding="utf-8"))
    chars = sorted(char for char in found if ord(char) > 0x7F and char not in RARE_IN_NAMES + "\ufffd")
    lines = ["".join(chars[n : n + 60]) for n in range(0, len(chars), 60)]
    PROJECT_CHARACTERS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def make_subset(source: Path, sha256: str, chars: set[str], target: Path) -> None:
    """Writes the subset: glyf outlines without hints, cmap formats 4 and 12, the family's own names kept."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    if hashlib.sha256(source.read_bytes()).hexdigest() != sha256:
        sys.exit(f"{source.name}: not the pinned file")
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    options.recalc_timestamp = False
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "vhea", "vmtx", "gasp"]
    font = TTFont(source, recalcTimestamp=False, lazy=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(char) for char in chars])
    subsetter.subset(font)
    font.save(target)
    missing = sorted(chars - {chr(code) for code in font.getBestCmap()})
    glyphs, size = len(font.getGlyphOrder()), target.stat().st_size
    print(f"{target.name}: {glyphs} glyphs, {size:,} bytes; not in source: {missing}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--serif", type=Path, required=True)
    parser.add_argument("--sans", type=Path, required=True)
    parser.add_argument("--unihan", type=Path, required=True, help="folder with Unihan_*.txt or Unihan_*.txt.bz2")
    parser.add_argument("--collect", action="store_true", help="renew project_characters.txt first")
    args = parser.parse_args()
    if args.collect:
        collect_project_characters()
    project = set(PROJECT_CHARACTERS.read_text(encoding="utf-8")) - {"\n"}
    symbols = latin() | set(SYMBOLS) | gb2312(range(1, 10))
    serif = symbols | project | general_standard(args.unihan) | gb2312(range(16, 88)) | set(RARE_IN_NAMES)
    kana_and_boxes = gb2312(range(4, 10)) - set(SYMBOLS)
    sans = (symbols - kana_and_boxes) | project | set(NAME_CHARACTERS) | set(by_frequency(args.unihan)[:SANS_COMMON])
    make_subset(args.serif, SERIF_SHA256, serif, HERE / "NotoSerifSC-subset.ttf")
    make_subset(args.sans, SANS_SHA256, sans, HERE / "NotoSansSC-subset.ttf")


if __name__ == "__main__":
    main()
