"""Invented names for the sample town 示例镇 (division 990001, which does not exist): villages, people, firms, trades."""

from __future__ import annotations

from random import Random

from anjian_desktop.domain.identity import credit_code_check, organization_check

DIVISION = "990001"
AREAS = ("城东管区", "河西管区", "南岭管区", "北塘管区", "中心管区")

_VILLAGES = [
    "东河村",
    "西河村",
    "南岭村",
    "北塘村",
    "上溪村",
    "下溪村",
    "柳湾村",
    "槐树村",
    "石桥村",
    "青山村",
    "白杨村",
    "大庄村",
    "小庄村",
    "前屯村",
    "后屯村",
    "新店村",
    "官路村",
    "双井村",
    "高坡村",
    "低洼村",
    "枣园村",
    "桃园村",
    "梨沟村",
    "竹林村",
    "荷塘村",
    "马家村",
    "赵庄村",
    "孙家村",
    "周村",
    "吴庄村",
    "郑家村",
    "冯营村",
    "陈集村",
    "卫城村",
    "沈桥村",
    "韩庄村",
    "杨柳村",
    "朱寨村",
    "新城社区",
    "安居社区",
]
_DEPARTMENTS = [
    "党政办公室",
    "经济发展办公室",
    "社会事务办公室",
    "平安建设办公室",
    "应急管理办公室",
    "自然资源和规划所",
    "生态环境所",
    "农业农村办公室",
    "水利站",
    "林业站",
    "交通管理所",
    "城镇建设办公室",
    "综合行政执法队",
    "市场监管所",
    "派出所",
    "司法所",
    "财政所",
    "税务分局",
    "供电所",
    "卫生院",
    "文化站",
    "退役军人服务站",
    "便民服务中心",
    "中心小学",
    "第一中学",
    "中心幼儿园",
    "敬老院",
    "供销社",
    "自来水厂",
    "消防救援站",
]
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜单仇解查曾"
_GIVEN = [
    "建国",
    "建华",
    "志强",
    "志明",
    "秀英",
    "桂兰",
    "海涛",
    "海燕",
    "晓东",
    "晓梅",
    "永胜",
    "永康",
    "玉珍",
    "玉兰",
    "春生",
    "春梅",
    "文博",
    "文静",
    "子轩",
    "雨桐",
    "喆",
    "䶮",
    "德福",
    "德顺",
    "国栋",
    "国庆",
    "丽华",
    "丽娟",
    "明远",
    "明霞",
    "卫东",
    "卫平",
    "伟",
    "敏",
    "静",
    "磊",
    "军",
    "洋",
    "勇",
    "艳",
    "涛",
    "超",
]
_BRANDS_FIRST = "鑫宏瑞泰恒盛达隆昌顺安康丰茂益祥利兴旺嘉德诚信远航凯博禾源汇"
_BRANDS_SECOND = "禾源达通泰丰和润成明远洋海川岳峰林森阳辰宇腾飞跃升华光辉"
_COMPANY_TRADES = (
    ("机械", ("机械加工",), "3011"),
    ("化工", ("危险化学品",), "2614"),
    ("食品", ("食品",), "1431"),
    ("木业", ("粉尘涉爆",), "2021"),
    ("物流", ("仓储物流", "道路运输"), "5430"),
    ("建材", ("有限空间",), "3021"),
    ("纺织", ("人员密集",), "1711"),
    ("塑料制品", (), "2927"),
    ("冷链", ("涉氨制冷", "仓储物流"), "5951"),
    ("建筑工程", ("建筑施工",), "4710"),
    ("铸造", ("金属冶炼", "深井铸造"), "3391"),
    ("包装", (), "2231"),
    ("汽车修理", ("喷涂",), "8111"),
    ("农机", ("特种设备",), "3571"),
)
_SHOP_TRADES = (
    ("饭店", ("九小",), "6210"),
    ("便民超市", ("九小",), "5212"),
    ("五金经营部", ("九小",), "5273"),
    ("旅馆", ("九小", "人员密集"), "6129"),
    ("理发店", ("九小",), "8040"),
    ("废品收购站", ("废品收购",), "5191"),
    ("服装加工部", ("小作坊", "九小"), "1821"),
    ("药店", ("九小",), "5251"),
)
LONGEST_NAME = "示例镇农业机械修理与配件供应及粮食烘干仓储物流综合服务农民专业合作社联合社（东河村第一生产经营部及直属门市）有限责任公司"


def village_names(count: int) -> list[str]:
    """The first villages of the town, numbered ones when there are not enough."""
    return [*_VILLAGES, *(f"新{number}村" for number in range(1, max(count - len(_VILLAGES), 0) + 1))][:count]


def department_names(count: int) -> list[str]:
    """The first departments, numbered ones when there are not enough."""
    extra = (f"第{number}工作站" for number in range(1, max(count - len(_DEPARTMENTS), 0) + 1))
    return [*(f"示例镇{name}" for name in _DEPARTMENTS), *extra][:count]


def person(random: Random) -> str:
    """A name of two or three characters."""
    return random.choice(_SURNAMES) + random.choice(_GIVEN)


def firm(random: Random, number: int, village: str) -> tuple[str, bool, tuple[str, ...], str]:
    """Name (different for every number), whether it is a company, its sector flags, its industry code."""
    first, rest = _BRANDS_FIRST[number % len(_BRANDS_FIRST)], number // len(_BRANDS_FIRST)
    brand = first + _BRANDS_SECOND[rest % len(_BRANDS_SECOND)]
    more = rest // len(_BRANDS_SECOND)
    brand += _BRANDS_SECOND[more % len(_BRANDS_SECOND)] if more else ""
    if number % 5 < 3:
        trade, flags, code = random.choice(_COMPANY_TRADES)
        place = village.removesuffix("村").removesuffix("社区")
        name = random.choice((f"示例{brand}{trade}有限公司", f"示例{brand}（{place}）{trade}有限公司"))
        return name, True, flags, code
    trade, flags, code = random.choice(_SHOP_TRADES)
    return f"示例镇{village}{brand}{trade}", False, flags, code


def credit_code(number: int, *, company: bool) -> str:
    """A sound credit code of the division that does not exist."""
    body = f"MA{number:06d}"
    code = f"{'91' if company else '92'}{DIVISION}{body}{organization_check(body)}"
    return code + credit_code_check(code)
