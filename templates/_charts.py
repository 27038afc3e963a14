"""Puts native Word charts into a template: drawn by python-pptx, mended, and bound to data by their alt text.

The engine never runs this.  What a chart shows in the template is a sample; docs/图表.md tells how a firm makes one
in Word.  The same calls give the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import quoteattr

from _authoring import BLOCK_MM, FANG, LATIN, WIDE_MM, Draft
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_MARK
from pptx.oxml.ns import qn
from pptx.util import Mm, Pt

from generator.charts import Table
from generator.workbook import workbook

BLUES = (RGBColor(0x1F, 0x38, 0x64), RGBColor(0x9D, 0xB4, 0xD6), RGBColor(0x5B, 0x7D, 0xB1))
INK, LINE = RGBColor(0x26, 0x26, 0x26), RGBColor(0xA6, 0xA6, 0xA6)
EMU_IN_MM = 36_000
_PLACE = (
    *(("layoutTarget", "inner"), ("xMode", "edge"), ("yMode", "edge")),
    *(("x", "0.09"), ("y", "0.09"), ("w", "0.89"), ("h", "0.79")),
)


@dataclass(frozen=True)
class Bars:
    """A chart of bars: its binding (the alt text), the names of its series, a sample, and how it looks.

    `sample` has a figure for each series by category.  `limit` is the end of the value axis (1 for rates), which
    is drawn only then; without it the labels alone say the figures.  Bars that `lie` leave room for long names.
    """

    binding: str
    series: Sequence[str]
    sample: Mapping[str, Sequence[str]]
    form: str
    limit: int = 0
    lie: bool = False
    height_mm: int = 75


def add_chart(draft: Draft, bars: Bars, caption: str) -> None:
    """A chart over the text block, with its caption below."""
    part = draft._document.part
    name = part.package.next_partname("/word/charts/chart%d.xml")
    chart = Part(name, CT.DML_CHART, _drawn(bars), part.package)
    book = Part(
        part.package.next_partname("/word/embeddings/Microsoft_Excel_Sheet%d.xlsx"),
        CT.SML_SHEET,
        _workbook(bars),
        part.package,
    )
    if chart.relate_to(book, RT.PACKAGE) != "rId1":
        raise ValueError("the chart does not name its workbook rId1")
    identity = part.relate_to(chart, RT.CHART)
    number = str(name).removeprefix("/word/charts/chart").removesuffix(".xml")
    width = (WIDE_MM if draft._wide else BLOCK_MM) * EMU_IN_MM
    draft.add(
        '<w:p><w:pPr><w:pStyle w:val="Figure"/></w:pPr><w:r><w:drawing>'
        '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        f' distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{bars.height_mm * EMU_IN_MM}"/>'
        f'<wp:docPr id="{900 + int(number)}" name="图表 {number}" descr={quoteattr(bars.binding)}/>'
        '<wp:cNvGraphicFramePr/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
        f' r:id="{identity}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )
    draft.figure_caption(caption)


def _workbook(bars: Bars) -> bytes:
    columns = zip(*bars.sample.values(), strict=True)
    points = tuple(tuple(Decimal(point) for point in column) for column in columns)
    return workbook(bars.series, Table(tuple(bars.sample), points), [bars.form] * len(bars.series))


def _drawn(bars: Bars) -> bytes:
    """The chart's XML."""
    data = CategoryChartData(number_format=bars.form)
    data.categories = list(bars.sample)
    for index, name in enumerate(bars.series):
        data.add_series(name, [float(points[index]) for points in bars.sample.values()])
    kind = XL_CHART_TYPE.BAR_CLUSTERED if bars.lie else XL_CHART_TYPE.COLUMN_CLUSTERED
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    chart = slide.shapes.add_chart(kind, 0, 0, Mm(BLOCK_MM), Mm(bars.height_mm), data).chart
    chart.has_title = False
    chart.font.size, chart.font.color.rgb = Pt(10.5), INK
    chart.has_legend = len(bars.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _draw_bars(chart.plots[0], bars)
    _draw_axes(chart, bars)
    return _mended(chart._chartSpace, chart.font._rPr, bars)


def _draw_bars(plot: Any, bars: Bars) -> None:
    # Fewer bars are not fatter ones: the gap grows with what is left of the width.
    plot.gap_width = 70 if bars.lie else 120 if len(bars.series) > 1 else 180
    plot.overlap = 0 if len(bars.series) == 1 else -5
    plot.vary_by_categories = False
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = bars.form, False
    labels.show_value, labels.position = True, XL_LABEL_POSITION.OUTSIDE_END
    for series, blue in zip(plot.series, BLUES, strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = blue
        series.invert_if_negative = False


def _draw_axes(chart: Any, bars: Bars) -> None:
    names, values = chart.category_axis, chart.value_axis
    values.minimum_scale = 0
    values.has_major_gridlines = False
    values.tick_labels.number_format = "0%" if bars.limit else bars.form
    values.tick_labels.number_format_is_linked = False
    values.visible = bool(bars.limit)
    if bars.limit:
        values.maximum_scale, values.major_unit = bars.limit, bars.limit / 5
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.reverse_order = bars.lie  # the first one on top
    for axis in (names, values):
        axis.format.line.color.rgb, axis.format.line.width = LINE, Pt(0.75)


def _mended(space: Any, font: Any, bars: Bars) -> bytes:
    """The chart as Word wants it: positive axis ids, square corners, no frame, named fonts, Chinese."""
    for identity in space.iter(qn("c:axId"), qn("c:crossAx")):
        identity.set("val", str(int(identity.get("val")) & 0x7FFF_FFFF))
    for name, typeface in (("a:latin", LATIN), ("a:ea", FANG), ("a:cs", LATIN)):
        etree.SubElement(font, qn(name)).set("typeface", typeface)
    for language in space.iter(qn("a:endParaRPr")):
        language.set("lang", "zh-CN")
    corners = etree.Element(qn("c:roundedCorners"), {"val": "0"})
    space.find(qn("c:date1904")).addnext(corners)
    if bars.limit:
        # Room above the axis' end for the label of a full bar.
        sizes = "".join(f'<c:{name} val="{value}"/>' for name, value in _PLACE)
        layout = f'<c:layout xmlns:c="{space.nsmap["c"]}"><c:manualLayout>{sizes}</c:manualLayout></c:layout>'
        space.find(f"{qn('c:chart')}/{qn('c:plotArea')}").insert(0, etree.fromstring(layout))
    none = "<a:noFill/><a:ln><a:noFill/></a:ln>"
    frame = f'<c:spPr xmlns:c="{space.nsmap["c"]}" xmlns:a="{space.nsmap["a"]}">{none}</c:spPr>'
    space.find(qn("c:txPr")).addprevious(etree.fromstring(frame))
    return bytes(etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True))
