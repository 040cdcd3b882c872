"""The shapes of flow charts (ECMA-376 part 1, 20.1.9.18), by the parts of their box their lines go through."""

from __future__ import annotations

from collections.abc import Sequence

from anjian_desktop.documents.layout.outlines import Drawing, Drawn, Measures, Pen, Point, Text, round_text

_ALL = (0.0, 0.0, 1.0, 1.0)


def _fixed(*points: Point, lines: Sequence[Sequence[Point]] = (), text: Text = _ALL) -> Drawing:
    """A shape with corners at fixed parts of its box, further lines in it, and where its text stands."""

    def drawn(width: float, height: float, _: Measures) -> Drawn:
        pen = Pen()
        for line in (points, *lines):
            pen.begin(*[(x * width, y * height) for x, y in line])
        left, top, right, bottom = text
        return pen, True, (left * width, top * height, right * width, bottom * height)

    return drawn


def _terminator(width: float, height: float, _: Measures) -> Drawn:
    end = width * 3475 / 21600
    pen = Pen().to((end, 0), (width - end, 0)).arc(end, height / 2, 270.0, 180.0)
    pen.to((end, height)).arc(end, height / 2, 90.0, 180.0)
    text = (width * 1018 / 21600, height * 3163 / 21600, width * 20582 / 21600, height * 18437 / 21600)
    return pen, True, text


def _connector(width: float, height: float, _: Measures) -> Drawn:
    return Pen().ring(width / 2, height / 2, width / 2, height / 2), True, round_text(width, height)


def _crossed(*, level: bool) -> Drawing:
    """A circle with a cross in it, upright or askew."""

    def drawn(width: float, height: float, measures: Measures) -> Drawn:
        pen, closed, text = _connector(width, height, measures)
        left, top, right, bottom = text or _ALL
        if level:
            pen.begin((0, height / 2), (width, height / 2)).begin((width / 2, 0), (width / 2, height))
        else:
            pen.begin((left, top), (right, bottom)).begin((right, top), (left, bottom))
        return pen, closed, text

    return drawn


def _document(width: float, height: float, _: Measures) -> Drawn:
    low, foot = height * 17322 / 21600, height * 20172 / 21600
    pen = Pen().to((0, 0), (width, 0), (width, low))
    pen.curve((width / 2, low), (width / 2, height * 23922 / 21600), (0, foot))
    return pen, True, (0.0, 0.0, width, low)


def _documents(width: float, height: float, _: Measures) -> Drawn:
    def at(x: float, y: float) -> Point:
        return x * width / 21600, y * height / 21600

    pen = Pen().to(at(2972, 1815), at(2972, 0), at(21600, 0), at(21600, 14392))
    pen.curve(at(20800, 14392), at(20000, 14467), at(20000, 14467)).to(at(20000, 1815))
    pen.begin(at(1532, 3675), at(1532, 1815), at(20000, 1815), at(20000, 16252))
    pen.curve(at(19298, 16252), at(18595, 16352), at(18595, 16352)).to(at(18595, 3675)).close()
    pen.begin(at(0, 20782)).curve(at(9298, 23542), at(9298, 18022), at(18595, 18022))
    pen.to(at(18595, 3675), at(0, 3675)).close()
    return pen, True, (*at(0, 3675), *at(18595, 18022))


def _disk(width: float, height: float, _: Measures) -> Drawn:
    rim = height / 6
    pen = Pen().to((0, rim)).arc(width / 2, rim, 180.0, 180.0).to((width, height - rim)).arc(width / 2, rim, 0.0, 180.0)
    return pen.begin((width, rim)).arc(width / 2, rim, 0.0, 180.0), True, (0.0, height / 3, width, height - rim)


def _drum(width: float, height: float, _: Measures) -> Drawn:
    rim = width / 6
    pen = Pen().to((rim, 0), (width - rim, 0)).arc(rim, height / 2, 270.0, 180.0)
    pen.to((rim, height)).arc(rim, height / 2, 90.0, 180.0)
    return pen.begin((width - rim, height)).arc(rim, height / 2, 90.0, 180.0), True, (rim, 0.0, width * 2 / 3, height)


def _delay(width: float, height: float, _: Measures) -> Drawn:
    pen = Pen().to((0, 0), (width / 2, 0)).arc(width / 2, height / 2, 270.0, 180.0).to((0, height))
    top, right, bottom = round_text(width, height)[1:]
    return pen, True, (0.0, top, right, bottom)


def _display(width: float, height: float, _: Measures) -> Drawn:
    pen = Pen().to((0, height / 2), (width / 6, 0), (width * 5 / 6, 0)).arc(width / 6, height / 2, 270.0, 180.0)
    return pen.to((width / 6, height)), True, (width / 6, 0.0, width * 5 / 6, height)


def _stored(width: float, height: float, _: Measures) -> Drawn:
    pen = Pen().to((width / 6, 0), (width, 0)).arc(width / 6, height / 2, 270.0, -180.0)
    pen.to((width / 6, height)).arc(width / 6, height / 2, 90.0, 180.0)
    return pen, True, (width / 6, 0.0, width * 5 / 6, height)


def _tape(width: float, height: float, _: Measures) -> Drawn:
    pen = Pen().ring(width / 2, height / 2, width / 2, height / 2)
    return pen.begin((width / 2, height), (width, height)), True, round_text(width, height)


def _waved(width: float, height: float, _: Measures) -> Drawn:
    across, down = width / 4, height / 10
    pen = Pen().to((0, down)).arc(across, down, 180.0, -180.0).arc(across, down, 180.0, 180.0)
    pen.to((width, height - down)).arc(across, down, 0.0, -180.0).arc(across, down, 0.0, 180.0)
    return pen, True, (0.0, height / 5, width, height * 4 / 5)


def _alternate(width: float, height: float, _: Measures) -> Drawn:
    a = min(width, height) / 6
    pen = Pen().to((0, a)).arc(a, a, 180.0, 90.0).to((width - a, 0)).arc(a, a, 270.0, 90.0)
    pen.to((width, height - a)).arc(a, a, 0.0, 90.0).to((a, height)).arc(a, a, 90.0, 90.0)
    inset = a * 0.29289
    return pen, True, (inset, inset, width - inset, height - inset)


_RECTANGLE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
_DIAMOND = ((0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5))
_INNER = (0.25, 0.25, 0.75, 0.75)
_EIGHTH = 0.125
FLOW_CHARTS: dict[str, Drawing] = {
    "flowChartDecision": _fixed(*_DIAMOND, text=_INNER),
    "flowChartSort": _fixed(*_DIAMOND, lines=(((0.0, 0.5), (1.0, 0.5)),), text=_INNER),
    "flowChartPredefinedProcess": _fixed(
        *_RECTANGLE, lines=[((x, 0.0), (x, 1.0)) for x in (_EIGHTH, 1 - _EIGHTH)], text=(_EIGHTH, 0.0, 1 - _EIGHTH, 1.0)
    ),
    "flowChartInternalStorage": _fixed(
        *_RECTANGLE,
        lines=(((_EIGHTH, 0.0), (_EIGHTH, 1.0)), ((0.0, _EIGHTH), (1.0, _EIGHTH))),
        text=(_EIGHTH, _EIGHTH, 1.0, 1.0),
    ),
    "flowChartInputOutput": _fixed((0.2, 0.0), (1.0, 0.0), (0.8, 1.0), (0.0, 1.0), text=(0.2, 0.0, 0.8, 1.0)),
    "flowChartPreparation": _fixed(
        (0.2, 0.0), (0.8, 0.0), (1.0, 0.5), (0.8, 1.0), (0.2, 1.0), (0.0, 0.5), text=(0.2, 0.0, 0.8, 1.0)
    ),
    "flowChartManualOperation": _fixed((0.0, 0.0), (1.0, 0.0), (0.8, 1.0), (0.2, 1.0), text=(0.2, 0.0, 0.8, 1.0)),
    "flowChartManualInput": _fixed((0.0, 0.2), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), text=(0.0, 0.2, 1.0, 1.0)),
    "flowChartOffpageConnector": _fixed(
        (0.0, 0.0), (1.0, 0.0), (1.0, 0.8), (0.5, 1.0), (0.0, 0.8), text=(0.0, 0.0, 1.0, 0.8)
    ),
    "flowChartPunchedCard": _fixed(
        (0.0, 0.2), (0.2, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), text=(0.0, 0.2, 1.0, 1.0)
    ),
    "flowChartCollate": _fixed((0.0, 0.0), (1.0, 0.0), (0.5, 0.5), (1.0, 1.0), (0.0, 1.0), (0.5, 0.5), text=_INNER),
    "flowChartExtract": _fixed((0.5, 0.0), (1.0, 1.0), (0.0, 1.0), text=(0.25, 0.5, 0.75, 1.0)),
    "flowChartMerge": _fixed((0.0, 0.0), (1.0, 0.0), (0.5, 1.0), text=(0.25, 0.0, 0.75, 0.5)),
    "flowChartOfflineStorage": _fixed(
        (0.0, 0.0), (1.0, 0.0), (0.5, 1.0), lines=(((0.4, 0.8), (0.6, 0.8)),), text=(0.25, 0.0, 0.75, 0.5)
    ),
    "flowChartAlternateProcess": _alternate,
    "flowChartTerminator": _terminator,
    "flowChartConnector": _connector,
    "flowChartSummingJunction": _crossed(level=False),
    "flowChartOr": _crossed(level=True),
    "flowChartDocument": _document,
    "flowChartMultidocument": _documents,
    "flowChartMagneticDisk": _disk,
    "flowChartMagneticDrum": _drum,
    "flowChartMagneticTape": _tape,
    "flowChartDelay": _delay,
    "flowChartDisplay": _display,
    "flowChartOnlineStorage": _stored,
    "flowChartPunchedTape": _waved,
}
