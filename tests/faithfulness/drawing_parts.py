"""Drawn parts of Word files for the measured corpus: shapes with text, lines, groups, seals, floating tables, VML."""

from __future__ import annotations

from collections.abc import Sequence

from tests.faithfulness.building import paragraph, run

_EMU = 36_000
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_WPG = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def _anchor(x: float, y: float, extent: str, wrap: str, graphic: str, *, behind: bool = False) -> str:
    return (
        '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="3"'
        f' behindDoc="{int(behind)}" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="column"><wp:posOffset>{round(x * _EMU)}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{round(y * _EMU)}</wp:posOffset></wp:positionV>'
        f'<wp:extent {extent}/><wp:effectExtent l="0" t="0" r="0" b="0"/>{wrap}<wp:docPr id="9" name="d"/>{graphic}'
        "</wp:anchor></w:drawing></w:r>"
    )


def _size(width: float, height: float) -> str:
    return f'cx="{round(width * _EMU)}" cy="{round(height * _EMU)}"'


def _graphic(uri: str, inner: str) -> str:
    return f'<a:graphic><a:graphicData uri="{uri}">{inner}</a:graphicData></a:graphic>'


def _shape(text: str, place: str, kind: str, *, line: str = "", text_properties: str = "") -> str:
    content = ""
    if text:
        inner = paragraph(run(text, text_properties), properties='<w:jc w:val="center"/>')
        content = f"<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx>"
    colour = line or '<a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'
    return (
        f"<wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm>{place}</a:xfrm>"
        f'<a:prstGeom prst="{kind}"><a:avLst/></a:prstGeom><a:noFill/>{colour}</wps:spPr>{content}'
        '<wps:bodyPr lIns="91440" tIns="45720" rIns="91440" bIns="45720" anchor="ctr"/></wps:wsp>'
    )


def shape(text: str, x: float, y: float, width: float, height: float, kind: str, wrap: str = "none") -> str:
    """A run with a shape that holds text, placed from its column and paragraph (mm)."""
    place = f'<a:off x="0" y="0"/><a:ext {_size(width, height)}/>'
    around = '<wp:wrapSquare wrapText="bothSides"/>' if wrap == "square" else "<wp:wrapNone/>"
    return _anchor(x, y, _size(width, height), around, _graphic(_WPS, _shape(text, place, kind)))


def connector(x: float, y: float, width: float, height: float, *, arrow: bool = False, red: bool = False) -> str:
    """A run with a straight line (mm)."""
    place = f'<a:off x="0" y="0"/><a:ext {_size(width, height)}/>'
    tail = '<a:tailEnd type="triangle"/>' if arrow else ""
    colour = "FF0000" if red else "000000"
    line = f'<a:ln w="{28575 if red else 9525}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>{tail}</a:ln>'
    drawn = _shape("", place, "line" if red else "straightConnector1", line=line)
    return _anchor(x, y, _size(width, height), "<wp:wrapNone/>", _graphic(_WPS, drawn))


def group(texts: Sequence[str]) -> str:
    """A run with a group of boxes one below another, in the line."""
    tall = 22 * len(texts) - 10
    shapes = "".join(
        _shape(text, f'<a:off x="0" y="{round(22 * n * _EMU)}"/><a:ext {_size(60, 12)}/>', "rect")
        for n, text in enumerate(texts)
    )
    extent = _size(60, tall)
    inner = (
        f'<wpg:wgp xmlns:wpg="{_WPG}"><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/>'
        f'<a:chOff x="0" y="0"/><a:chExt {extent}/></a:xfrm></wpg:grpSpPr>{shapes}</wpg:wgp>'
    )
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/><wp:docPr id="8" name="g"/>'
        f"{_graphic(_WPG, inner)}</wp:inline></w:drawing></w:r>"
    )


def picture_at(width: float, height: float, x: float, y: float, *, behind: bool) -> str:
    """A run with the picture of the file, placed from its column and paragraph (mm), as a seal is."""
    place = f'<a:off x="0" y="0"/><a:ext {_size(width, height)}/>'
    inner = (
        '<pic:pic><pic:nvPicPr><pic:cNvPr id="7" name="s"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="picture"/>'
        f'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>{place}</a:xfrm><a:prstGeom prst="rect">'
        "<a:avLst/></a:prstGeom></pic:spPr></pic:pic>"
    )
    return _anchor(x, y, _size(width, height), "<wp:wrapNone/>", _graphic(_PICTURE, inner), behind=behind)


def floating(table: str, anchor: str, down: int) -> str:
    """A table that text runs round, so many twips below what it is placed by."""
    place = (
        f'<w:tblpPr w:leftFromText="180" w:rightFromText="180" w:vertAnchor="{anchor}" w:horzAnchor="margin" w:tblpXSpec="right"'
        f' w:tblpY="{down}"/>'
    )
    return table.replace('<w:tblStyle w:val="a3"/>', '<w:tblStyle w:val="a3"/>' + place, 1)


def vml_box(text: str, x: float, y: float, width: float, height: float) -> str:
    """A run with a text box of older files (pt)."""
    style = f"position:absolute;margin-left:{x}pt;margin-top:{y}pt;width:{width}pt;height:{height}pt;z-index:1"
    return (
        f'<w:r><w:pict><v:shape type="#_x0000_t202" style="{style}" stroked="t"><v:textbox><w:txbxContent>{paragraph(text)}'
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


def vml_line(x: float, y: float, length: float) -> str:
    """A run with a red line of older files (pt)."""
    return (
        f'<w:r><w:pict><v:line style="position:absolute;z-index:2" from="{x}pt,{y}pt" to="{x + length}pt,{y}pt"'
        ' strokecolor="red" strokeweight="2pt"/></w:pict></w:r>'
    )
