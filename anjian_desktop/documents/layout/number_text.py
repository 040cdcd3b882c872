"""Numbers as lists and pages show them: Arabic, Chinese, Roman, letters, in words, in circles (ISO/IEC 29500-1, 17.18.59)."""

from __future__ import annotations

from collections.abc import Callable

from anjian_desktop.documents.layout import number_words

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_FORMAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_FORMAL_JAPANESE = "〇壱弐参四伍六七八九"
_KOREAN = "영일이삼사오육칠팔구"
_KOREAN_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
_KOREAN_ONES = ("", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MOST = 32_767


def number_text(number: int, kind: str) -> str:
    """A number in one of the formats of w:numFmt; an unknown format is Arabic."""
    if not 0 <= number <= _MOST:
        return str(number)
    return _KINDS.get(kind, str)(number)


def is_known(kind: str) -> bool:
    """Whether numbers of this format are written as the document asks."""
    return kind in _KINDS


def chinese_number(number: int, digits: str = _DIGITS, units: str = "十百千万") -> str:
    """A number in Chinese as counted: 十一, 一百〇五."""
    if number < 10:
        return digits[number]
    if number >= 10_000:
        head, rest = divmod(number, 10_000)
        text = chinese_number(head, digits, units) + units[3]
        if not rest:
            return text
        return text + (digits[0] if rest < 1000 else "") + chinese_number(rest, digits, units)
    text, zero = "", False
    for power, unit in ((1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
        digit, number = divmod(number, power)
        if digit:
            if zero and text:
                text += digits[0]
            text += digits[digit] + unit
            zero = False
        else:
            zero = True
    return text


def _counting(number: int) -> str:
    text = chinese_number(number)
    return text[1:] if text.startswith("一十") else text


def _legal(number: int) -> str:
    return chinese_number(number, _FORMAL, "拾佰仟万")


def _legal_traditional(number: int) -> str:
    return chinese_number(number, _FORMAL_TRADITIONAL, "拾佰仟萬")


def _east_of_china(digits: str, units: str, *, tells_one: bool) -> Callable[[int], str]:
    """Counting as in Japan and Korea: no zero between, and one before a unit below ten thousand only where told."""

    def below(number: int) -> str:
        text = ""
        for at, worth in enumerate((1000, 100, 10)):
            digit, number = divmod(number, worth)
            if digit:
                text += ("" if digit == 1 and not tells_one else digits[digit]) + units[2 - at]
        return text + (digits[number] if number else "")

    def counted(number: int) -> str:
        head, rest = divmod(number, 10_000)
        return ((below(head) + units[3] if head else "") + below(rest)) or digits[0]

    return counted


def _korean_words(number: int) -> str:
    if not 0 < number < 100:
        return _east_of_china(_KOREAN, "십백천만", tells_one=False)(number)
    return _KOREAN_TENS[number // 10] + _KOREAN_ONES[number % 10]


def _by_digit(digits: str) -> Callable[[int], str]:
    return lambda number: "".join(digits[int(digit)] for digit in str(number))


def _letters(number: int) -> str:
    return _repeated("abcdefghijklmnopqrstuvwxyz")(number)


def _repeated(signs: str) -> Callable[[int], str]:
    """Signs in turn; after the last they come twice, then three times."""

    def shown(number: int) -> str:
        if number < 1:
            return ""
        return signs[(number - 1) % len(signs)] * min((number - 1) // len(signs) + 1, 50)

    return shown


def _in_turn(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number > 0 else ""


def _roman(number: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        count, number = divmod(number, worth)
        text += letters * count
    return text


def _circled(number: int) -> str:
    if 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if 21 <= number <= 35:
        return chr(0x3251 + number - 21)
    return chr(0x32B1 + number - 36) if 36 <= number <= 50 else str(number)


def _of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_AIUEO_HALF = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_IROHA_HALF = "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_THAI = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_KINDS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "numberInDash": lambda number: f"- {number} -",
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": lambda number: chr(0x2488 + number - 1) if 1 <= number <= 20 else f"{number}.",
    "decimalEnclosedParen": lambda number: chr(0x2474 + number - 1) if 1 <= number <= 20 else f"({number})",
    "ideographEnclosedCircle": lambda number: chr(0x3280 + number - 1) if 1 <= number <= 10 else str(number),
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "japaneseCounting": _east_of_china(_DIGITS, "十百千万", tells_one=False),
    "japaneseLegal": _east_of_china(_FORMAL_JAPANESE, "拾百阡萬", tells_one=True),
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "ideographDigital": _by_digit(_DIGITS),
    "japaneseDigitalTenThousand": _by_digit(_DIGITS),
    "taiwaneseDigital": _by_digit(_DIGITS),
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal_traditional,
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "ideographZodiacTraditional": lambda number: _in_turn(_STEMS)(number) + _in_turn(_BRANCHES)(number),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "ordinal": _ordinal,
    "cardinalText": number_words.cardinal,
    "ordinalText": number_words.ordinal,
    "hex": lambda number: f"{number:X}",
    "chicago": _repeated("*†‡§"),
    "aiueo": _in_turn(_AIUEO_HALF),
    "aiueoFullWidth": _in_turn(_AIUEO),
    "iroha": _in_turn(_IROHA_HALF),
    "irohaFullWidth": _in_turn(_IROHA),
    "ganada": _in_turn("가나다라마바사아자차카타파하"),
    "chosung": _in_turn("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
    "koreanDigital": _by_digit(_KOREAN),
    "koreanDigital2": _by_digit("零" + _DIGITS[1:]),
    "koreanCounting": _east_of_china(_KOREAN, "십백천만", tells_one=False),
    "koreanLegal": _korean_words,
    "russianLower": _repeated(_RUSSIAN),
    "russianUpper": _repeated(_RUSSIAN.upper()),
    "thaiLetters": _repeated(_THAI),
    "thaiNumbers": _by_digit("๐๑๒๓๔๕๖๗๘๙"),
    "hindiNumbers": _by_digit("०१२३४५६७८९"),
    "none": lambda number: "",
}
