"""Characters of Word's symbol fonts (Symbol, Wingdings, Webdings) by their Unicode equals, which ordinary fonts hold."""

from __future__ import annotations

_WINGDINGS = {
    0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x3F: "✍", 0x41: "✌", 0x45: "☜", 0x46: "☞", 0x47: "☝", 0x48: "☟", 0x4A: "☺", 0x4C: "☹",
    0x4E: "☠", 0x51: "✈", 0x52: "☼", 0x54: "❄", 0x56: "✞", 0x58: "✠", 0x59: "✡", 0x5B: "☯", 0x6A: "&", 0x6B: "&", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "□",
    0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9E: "·", 0x9F: "•", 0xA0: "▪", 0xA1: "○",
    0x78: "☒", 0x7A: "⌘", 0x7B: "❀", 0x7C: "✿", 0x7D: "❝", 0x7E: "❞", 0xA2: "○", 0xA5: "◎", 0xAA: "✦", 0xAD: "✴", 0xAE: "✹",
    0xAF: "✵", 0xB5: "✪", 0xB6: "✰", 0xDC: "➲", 0xE3: "↖", 0xE4: "↗", 0xE5: "↙", 0xE6: "↘", 0xE7: "⬅", 0xE9: "⬆", 0xEA: "⬇",
    0xEF: "⇦", 0xF1: "⇧", 0xF2: "⇩", 0xF9: "▭", 0xFA: "▫", 0xA3: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xAC: "✶", 0xB2: "✧", 0xD8: "➢", 0xE0: "→", 0xDF: "←", 0xE1: "↑",
    0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x80 + n: "⓪①②③④⑤⑥⑦⑧⑨⑩"[n] for n in range(11)}, **{0x8B + n: "⓿❶❷❸❹❺❻❼❽❾❿"[n] for n in range(11)},
}  # fmt: skip
_WINGDINGS_2 = {
    0x50: "✓", 0x4F: "✗", 0x51: "☒", 0x52: "☑", 0x54: "☒", 0xA3: "□", 0x97: "●", 0x98: "•", 0x9E: "·", 0xF1: "◆",
}  # fmt: skip
_SYMBOL = dict(
    zip(
        (*range(0x20, 0x7F), *range(0xA0, 0xFF)),
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\uf8ff〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
        strict=True,
    )
)
"""The encoding of the font Symbol as Adobe published it; 0xF0 is empty in it."""
del _SYMBOL[0xF0]
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def plain_symbols(text: str, font: str) -> tuple[str, bool]:
    """The text with a symbol font's characters in Unicode, and whether all of them were known.

    Text in other fonts comes back as it is; a private character that is not known is a box.
    """
    table = _FONTS.get(font.strip().casefold())
    if table is None and not any("\uf000" <= character <= "\uf0ff" for character in text):
        return text, True
    shown, known = "", True
    for character in text:
        code = ord(character)
        code = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
        if table is None and code == ord(character):
            shown += character
            continue
        equal = (table or _WINGDINGS).get(code)
        known = known and equal is not None
        shown += equal or ("□" if code != 0x20 else " ")
    return shown, known
