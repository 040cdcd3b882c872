"""The named styles, page and settings of an official letter (GB/T 9704-2012) as WordprocessingML text."""

from __future__ import annotations

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OPEN = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

GRID_PITCH = 580
"""Line pitch in twips: 225 mm / 22 lines = 28.99 pt."""
BODY_SIZE = 32
"""Half-points: 三号, 16 pt."""
TEXT_WIDTH = 8844
"""Twips: 156 mm."""
BODY_TRACKING = -5
"""Twentieths of a point: the body's 16-pt characters stand 15.75 pt apart, 28 of them in 156 mm.

By the style, not by a grid of characters: LibreOffice gives each character two cells of a grid narrower than it is.
"""

SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:footerReference w:type="even" r:id="rId4"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    # 37 mm above, 28 mm left, 26 mm right; below 35 mm less a tenth, so that 22 lines of 580 twips surely fit. The page
    # number's 14-pt line ends 25.9 mm above the edge, which puts its dashes 7 mm below the type area.
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1978" w:left="1588" w:header="1134" w:footer="1468" w:gutter="0"/>'
    f'<w:docGrid w:type="lines" w:linePitch="{GRID_PITCH}"/></w:sectPr>'
)


def fonts(name: str) -> str:
    """One font for Chinese and Latin alike, as official letters are set."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _size(half_points: int) -> str:
    """A size, its characters as far apart as the font says unless it is the body's."""
    tracking = BODY_TRACKING if half_points == BODY_SIZE else 0
    return f'<w:spacing w:val="{tracking}"/>{_sized(half_points)}'


def _sized(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _paragraph_style(
    style_id: str, name: str, paragraph: str, run: str = "", *, based_on: str = "Normal", after: str | None = None
) -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based_on}"/><w:next w:val="{after or style_id}"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_CENTRED = '<w:jc w:val="center"/>'


def _exact(twips: int) -> str:
    return f'<w:spacing w:line="{twips}" w:lineRule="exact"/>'


def styles() -> str:
    """word/styles.xml."""
    named = (
        _paragraph_style(
            "DocumentTitle",
            "公文标题",
            '<w:keepNext/><w:keepLines/><w:snapToGrid w:val="0"/>'
            + _exact(GRID_PITCH)
            + _CENTRED
            + '<w:outlineLvl w:val="0"/>',
            fonts("方正小标宋简体") + _size(44),
            after="BodyText1",
        ),
        _paragraph_style("DocumentNumber", "责任书编号", "<w:keepNext/>" + _CENTRED, after="Parties"),
        _paragraph_style("Parties", "当事人", '<w:jc w:val="left"/>'),
        _paragraph_style("BodyText1", "正文公文", _INDENT),
        _paragraph_style(
            "Heading1GB",
            "一级标题",
            "<w:keepNext/>" + _INDENT + '<w:outlineLvl w:val="1"/>',
            fonts("黑体"),
            after="BodyText1",
        ),
        _paragraph_style("Clause", "条款", "", based_on="BodyText1"),
        _paragraph_style(
            "TargetHeading",
            "指标表标题",
            '<w:snapToGrid w:val="0"/>' + _exact(290) + _CENTRED,
            fonts("黑体") + _size(24),
        ),
        _paragraph_style(
            "TargetText", "指标表文字", '<w:snapToGrid w:val="0"/>' + _exact(290) + '<w:jc w:val="left"/>', _size(24)
        ),
        _paragraph_style("TargetCentred", "指标表居中", _CENTRED, based_on="TargetText"),
        _paragraph_style(
            "SignatureBlock", "签字栏", '<w:snapToGrid w:val="0"/>' + _exact(GRID_PITCH) + '<w:jc w:val="left"/>'
        ),
        _paragraph_style(
            "AfterTable", "表后空行", '<w:snapToGrid w:val="0"/>' + _exact(20) + '<w:jc w:val="left"/>', _size(2)
        ),
        _paragraph_style(
            "PageNumberOdd",
            "页码单页",
            '<w:snapToGrid w:val="0"/>' + _exact(280) + '<w:ind w:right="280"/><w:jc w:val="right"/>',
            fonts("宋体") + _size(28),
        ),
        _paragraph_style(
            "PageNumberEven",
            "页码双页",
            '<w:snapToGrid w:val="0"/>' + _exact(280) + '<w:ind w:left="280"/><w:jc w:val="left"/>',
            fonts("宋体") + _size(28),
        ),
    )
    return (
        f'{_OPEN}<w:styles xmlns:w="{NAMESPACE}">'
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts('仿宋_GB2312')}{_sized(BODY_SIZE)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:widowControl/><w:jc w:val="both"/></w:pPr><w:rPr>{_size(BODY_SIZE)}</w:rPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        + "".join(named)
        + '<w:style w:type="character" w:customStyle="1" w:styleId="Heading2GB"><w:name w:val="二级标题"/><w:qFormat/>'
        f"<w:rPr>{fonts('楷体_GB2312')}</w:rPr></w:style></w:styles>"
    )


def settings() -> str:
    """word/settings.xml: odd and even pages differ, punctuation may be compressed, Word 2013 layout rules."""
    return (
        f'{_OPEN}<w:settings xmlns:w="{NAMESPACE}"><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
        '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="640"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def footer(style_id: str) -> str:
    """A footer part with the page number as `— 1 —`."""
    return (
        f'{_OPEN}<w:ftr xmlns:w="{NAMESPACE}"><w:p><w:pPr><w:pStyle w:val="{style_id}"/></w:pPr>'
        '<w:r><w:t xml:space="preserve">— </w:t></w:r>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )
