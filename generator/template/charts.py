"""The charts of a template that are bound to data: found by their alt text, checked, and given slots to be filled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.charts import HOW, SHEET, binds, column, escaped, read_binding
from generator.findings import Finding, Level, Location
from generator.numbering import W
from generator.template.archive import Member, relationships
from generator.template.plan import Chart
from generator.template.tags import paragraph_text, tidy

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BEFORE_CATEGORIES = tuple(
    C + name
    for name in (
        *("idx", "order", "tx", "spPr", "marker", "explosion", "invertIfNegative", "pictureOptions"),
        *("dPt", "dLbls", "trendline", "errBars"),
    )
)


def bind_charts(
    root: Any, members: Mapping[str, Member], part: str, places: Mapping[Any, Location], roots: dict[str, Any]
) -> tuple[list[Chart], list[Finding]]:
    """The bound charts of the body and what is wrong with them; their XML gets its slots in `roots`."""
    charts: list[Chart] = []
    problems = []
    for drawing, where, in_loop in _drawings(root, places):
        alt = drawing.get("descr", "")
        try:
            if in_loop:
                raise ValueError("放在循环里：每一轮印出的都会是同一个图表，请移到循环外")
            chart = _bind(drawing, members, part, where, roots)
            if chart.part in {one.part for one in charts}:
                raise ValueError("与另一处用的是同一个图表，请在 Word 里重新插入一个")
            drawing.set("descr", chart.binding.about or "、".join(asked.written for asked in chart.binding.values))
            charts.append(chart)
        except ValueError as error:
            problems.append(Finding("T130", Level.ERROR, where, f"图表“{alt}”{error}", quoted=alt, mend=HOW))
    return charts, problems


def misplaced_charts(root: Any, default: Location) -> list[Finding]:
    """Charts that are bound where no chart can be: in headers, footers and notes."""
    return [
        Finding("T130", Level.ERROR, where, f"图表“{drawing.get('descr')}”要放在正文里", quoted=drawing.get("descr"))
        for drawing, where, _ in _drawings(root, {})
        for where in [where or default]
    ]


def _drawings(root: Any, places: Mapping[Any, Location]) -> Iterator[tuple[Any, Any, bool]]:
    """The `wp:docPr` of each drawing that means to be a bound chart, its place, and whether it is in a loop."""
    depth = 0
    for element in root.iter(W + "p", WP + "docPr"):
        if element.tag == W + "p":
            text = paragraph_text(element)
            depth += len(re.findall(r"\{%[-+]?(?:p|tr|tc|r)?\s+for\b", text))
            depth -= len(re.findall(r"\{%[-+]?(?:p|tr|tc|r)?\s+endfor\b", text))
            continue
        alt = element.get("descr", "")
        if not binds(alt) or (_chart_of(element) is None and not re.search("类别.*数值", alt, re.DOTALL)):
            continue
        where = next((places[one] for one in element.iterancestors(W + "p") if one in places), None)
        yield element, where, depth > 0


def _chart_of(drawing: Any) -> Any:
    return next(drawing.getparent().iter(C + "chart"), None)


def _bind(drawing: Any, members: Mapping[str, Member], part: str, where: Location, roots: dict[str, Any]) -> Chart:
    """A chart with its slots; ValueError in Chinese for an alt text or a chart that cannot be used."""
    binding = read_binding(drawing.get("descr"))
    reference = _chart_of(drawing)
    known = relationships(dict(members), part)
    identity = "" if reference is None else reference.get(R_ID, "")
    if identity not in known or known[identity][1] not in members:
        raise ValueError("不是 Word 图表（图片和新式的瀑布图、树状图等不能绑定）")
    name = known[identity][1]
    root = _read(members[name])
    series = list(root.iter(C + "ser"))
    if root.nsmap.get("c") != C[1:-1] or not series or any(one.find(C + "yVal") is not None for one in series):
        raise ValueError("这种图表不能绑定，可用柱形图、条形图、折线图、饼图、面积图和雷达图")
    if len(series) != len(binding.values):
        raise ValueError(
            f"有{len(series)}个系列，数值却写了{len(binding.values)}个：请在 Word 里“编辑数据”，使系列与数值一样多"
        )
    book = root.find(C + "externalData")
    own = relationships(dict(members), name)
    target = own.get(book.get(R_ID), ("", ""))[1] if book is not None else ""
    if target not in members:
        raise ValueError("没有内嵌的数据表，请在 Word 里重新插入图表")
    formats = tuple(_mark_series(one, index) for index, one in enumerate(series))
    _leave_gaps(root.find(C + "chart"))
    roots[name] = root
    return Chart(binding, where, identity, name, target, formats, frozenset(_reachable(name, members)))


def _read(member: Member) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(member.data(), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("不是完整的 XML") from error
    tidy(root)
    return root


def _reachable(name: str, members: Mapping[str, Member]) -> Iterator[str]:
    """A part, its relationships and all that they lead to."""
    folder, _, file = name.rpartition("/")
    yield name
    yield f"{folder}/_rels/{file}.rels"
    for _, target in relationships(dict(members), name).values():
        if target in members:
            yield from _reachable(target, members)


def _mark_series(series: Any, index: int) -> str:
    """Puts the slots of a series: its ranges, its categories, its values; gives its number format."""
    text, code = series.find(f"{C}tx//{C}v"), series.find(f"{C}val//{C}formatCode")
    name = (text.text or "") if text is not None else f"系列{index + 1}"
    form = (code.text or "General") if code is not None else "General"
    for old in (child for tag in ("tx", "cat", "val") for child in series.findall(C + tag)):
        series.remove(old)
    series.find(C + "order").addnext(
        _made(
            f"<c:tx><c:strRef><c:f>{SHEET}!${column(index + 1)}$1</c:f><c:strCache><c:ptCount val='1'/>"
            f"<c:pt idx='0'><?jx slot n{index}?><c:v>{escaped(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>"
        )
    )
    earlier = [child for child in series if child.tag in _BEFORE_CATEGORIES]
    values = _made(
        f"<c:val><c:numRef><c:f><?jx slot r{index + 1}?></c:f><c:numCache><c:formatCode>{escaped(form)}</c:formatCode>"
        f"<?jx slot v{index}?></c:numCache></c:numRef></c:val>"
    )
    earlier[-1].addnext(values)
    values.addprevious(
        _made("<c:cat><c:strRef><c:f><?jx slot r0?></c:f><c:strCache><?jx slot c?></c:strCache></c:strRef></c:cat>")
    )
    return form


def _made(xml: str) -> Any:
    from lxml import etree

    return etree.fromstring(f'<c:x xmlns:c="{C[1:-1]}">{xml}</c:x>')[0]


def _leave_gaps(chart: Any) -> None:
    """What is not known is a gap in a line, not 0."""
    blanks = chart.find(C + "dispBlanksAs")
    if blanks is None:
        blanks = _made("<c:dispBlanksAs/>")
        earlier = [child for child in chart if child.tag in (C + "plotArea", C + "legend", C + "plotVisOnly")]
        earlier[-1].addnext(blanks)
    blanks.set("val", "gap")
