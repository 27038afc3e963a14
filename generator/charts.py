"""What a chart's alt text asks for, the figures that it gets, and the chart's XML filled with them.

A Word chart is bound to data by its alt text (替代文字), in the words of the template language:

    图表：指标体系；类别：名称；数值：得分率

One point for each item of the list, one 数值 for each series of the chart, joined by 、.  The chart keeps its looks;
what is not known yet is a gap, never 0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from html import unescape
from typing import Any

from jinja2.environment import TemplateExpression
from jinja2.exceptions import TemplateSyntaxError

from generator import language
from generator.findings import Finding, Level, Location, ReportError
from generator.values import YUAN_IN, Missing, Money, Points, Quantity, Rate, Said, Target, number, plain, rate

# XML forbids it, so data cannot hold it: it stands around the places of a chart that are filled.
SLOT = "\x12"
SHEET = "Sheet1"
WRONG = "【此处有误：{}】"
HOW = "写成：图表：资金.按单位；类别：名称；数值：到位、支出（万元）；说明：可以不写"
_KEYS = ("图表", "类别", "数值", "说明")
_KEY = re.compile(r"(?:^|(?<=[；;，,。\s]))\s*(图表|类别|数值|说明)\s*[：:]")
_UNIT = re.compile(r"(.*?)\s*(?:（([^）]*)）|\((元|万元|亿元)\))", re.DOTALL)
_STRAIGHT = str.maketrans("“”‘’｜（），", "\"\"''|(),")


@dataclass(frozen=True, slots=True)
class Asked:
    """One expression of an alt text: what it is for, as written, compiled, and the unit of amounts if it names one."""

    role: str
    written: str
    value: TemplateExpression
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    """An alt text that was understood: the list, the category and the value of each series; `about` is its 说明."""

    written: str
    rows: Asked
    category: Asked
    values: tuple[Asked, ...]
    about: str


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of a chart: a name for each category, and for each series a number or a gap beside each."""

    categories: tuple[str, ...]
    series: tuple[tuple[Decimal | None, ...], ...]


def binds(alt: str) -> bool:
    """Whether an alt text means to bind a chart.

    >>> binds("图表：指标体系"), binds("区域地图")
    (True, False)
    """
    return re.match(r"\s*图表\s*[：:]", alt) is not None


def read_binding(alt: str) -> Binding:
    """The binding that an alt text says; ValueError with a Chinese message when it cannot be understood.

    >>> [one.unit for one in read_binding("图表：资金.按单位；类别：名称；数值：到位、支出（万元）").values]
    [None, '万元']
    """
    found: dict[str, str] = {}
    marks = list(_KEY.finditer(alt))
    ends = [*(mark.start() for mark in marks[1:]), len(alt)]
    for mark, end in zip(marks, ends, strict=True):
        key, text = mark[1], alt[mark.end() : end].strip()
        if "说明" in found:
            found["说明"] += alt[mark.start() : end]  # a description may say anything
            continue
        if key in found:
            raise ValueError(f"“{key}”写了两次")
        found[key] = text if key == "说明" else text.rstrip("；;，,。 \t\r\n")
    for key in _KEYS[:3]:
        if not found.get(key):
            raise ValueError(f"没有写“{key}：…”")
        if stray := re.search(r"[；;，,。\s]\s*(\w+)\s*[：:]", found[key]):
            raise ValueError(f"没有“{stray[1]}”这一项，可写的是{'、'.join(_KEYS)}")
    values = tuple(_asked("数值", one) for one in found["数值"].split("、"))
    return Binding(
        alt, _asked("列表", found["图表"]), _asked("类别", found["类别"]), values, found.get("说明", "").strip()
    )


def _asked(role: str, written: str) -> Asked:
    written = written.strip()
    source, unit = written, None
    if role == "数值" and (match := _UNIT.fullmatch(written)):
        source, unit = match[1], match[2] or match[3]
        if unit not in YUAN_IN:
            raise ValueError(f"“{written}”里没有“{unit}”这个单位，可用{'、'.join(YUAN_IN)}")
    environment, source = language.text(), source.translate(_STRAIGHT)
    try:
        for name, close in language.unknown_filters(environment.parse(f"{{{{ {source} }}}}"), environment):
            raise ValueError(f"没有“{name}”这个过滤器" + (f"，是不是“{close}”？" if close else ""))
        value = environment.compile_expression(source, undefined_to_none=False)
    except TemplateSyntaxError as error:
        raise ValueError(f"{role}“{written}”{language.syntax(error)}") from error
    return Asked(role, written, value, unit)


def table(binding: Binding, names: Mapping[str, object], where: Location, findings: list[Finding]) -> Table:
    """The figures that a binding gets of the names.

    An item's own names come before the report's; `项` is the item itself.  What fails is told in `findings` and
    marked where the chart has words: a list as its only category, a value as a gap under its category.
    """
    told = _Told(binding, where, findings)
    rows = told.read(binding.rows, names, _listed)
    if rows is None:
        return Table((WRONG.format(told.what),), tuple((None,) for _ in binding.values))
    categories: list[str] = []
    series: list[list[Decimal | None]] = [[] for _ in binding.values]
    for order, row in enumerate(rows, 1):
        scope = {**names, **(row if isinstance(row, Mapping) else {}), "项": row}
        name = told.read(binding.category, scope, _name, order)
        told.what = "" if name is not None else told.what
        for asked, points in zip(binding.values, series, strict=True):
            points.append(told.read(asked, scope, partial(_point, unit=asked.unit), order))
        categories.append((name or "") + (WRONG.format(told.what) if told.what else ""))
    return Table(tuple(categories), tuple(map(tuple, series)))


@dataclass(slots=True)
class _Told:
    """Works out the expressions of a chart; what fails is told with the alt text and the item's number."""

    binding: Binding
    where: Location
    findings: list[Finding]
    what: str = ""

    def read(self, asked: Asked, names: Mapping[str, object], read: Callable[[Any], Any], order: int = 0) -> Any:
        """An expression's value, read; None, with `what` said, where it fails."""
        try:
            return read(asked.value(names))
        except Exception as error:
            self.what, mend = language.explain(error, names, f"{{{{ {asked.written} }}}}")
            code = "T201" if isinstance(error, language.UnknownNameError) else "T203"
            item = f"（第{order}项）" if order else ""
            told = f"图表“{self.binding.written}”的{asked.role}“{asked.written}”{self.what}{item}"
            found = Finding(code, Level.ERROR, self.where, told, quoted=self.binding.written, mend=mend)
            if isinstance(error, language.HOPELESS):
                raise ReportError([*self.findings, found]) from error
            self.findings.append(found)
        return None


def _listed(value: Any) -> list[Any]:
    if isinstance(value, (str, Mapping)) or not isinstance(value, Iterable):
        raise ValueError("不是列表")
    return list(value)


def _name(value: Any) -> str:
    if value is None:
        raise ValueError("没有值可印（None）")
    return re.sub(r"[ \t\r\n]+", " ", language.plainly(value)).strip(" ")


def _point(value: Any, unit: str | None = None) -> Decimal | None:
    """A figure as the number that the chart draws: rates as fractions, amounts in `unit` or their own; None: a gap."""
    if unit is not None and not isinstance(value, (Money, Missing, Said)):
        raise ValueError(f"不是金额，不能折成{unit}")
    if value is None or value == "" or isinstance(value, (Missing, Said)):
        return None
    if isinstance(value, Money):
        return value.yuan / YUAN_IN[unit or value.form.unit]
    if isinstance(value, Rate):
        return value.fraction
    if isinstance(value, Points):
        return value.value
    if isinstance(value, (Quantity, Target)):
        return None if getattr(value, "fuzzy", False) else value.number
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str) and value.endswith("%"):
        return _point(rate(value))
    if isinstance(value, str):
        return number(value)
    raise ValueError("不是数，画不进图表")


def column(index: int) -> str:
    """The letters of a sheet's column, counted from 0.

    >>> column(0), column(25), column(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    while index >= 0:
        index, letter = index // 26 - 1, chr(65 + index % 26)
        letters = letter + letters
    return letters


def filled(text: str, figures: Table) -> tuple[str, tuple[str, ...]]:
    """A chart's XML with its slots filled, and the names of its series as they print."""
    pieces = text.split(SLOT)
    series = [after.partition("v>")[2].partition("</")[0] for slot, after in _slots(pieces) if slot[0] == "n"]
    for index, slot in enumerate(pieces):
        if index % 2:
            pieces[index] = _slot(slot, figures)
    return "".join(pieces), tuple(map(unescape, series))


def _slots(pieces: list[str]) -> Iterable[tuple[str, str]]:
    return zip(pieces[1::2], pieces[2::2], strict=True)


def _slot(slot: str, figures: Table) -> str:
    """What stands in a slot: `n` nothing, `r1` the cells of column 1, `c` the categories, `v0` the first series."""
    kind, index = slot[0], int(slot[1:] or 0)
    count = len(figures.categories)
    if kind == "n":
        return ""
    if kind == "r":
        letters = column(index)
        return f"{SHEET}!${letters}$2:${letters}${max(count, 1) + 1}"
    points = figures.categories if kind == "c" else map(_digits, figures.series[index])
    return f'<c:ptCount val="{count}"/>' + "".join(
        f'<c:pt idx="{order}"><c:v>{escaped(point)}</c:v></c:pt>'
        for order, point in enumerate(points)
        if point is not None
    )


def _digits(point: Decimal | None) -> str | None:
    return None if point is None else plain(point)


def escaped(text: str) -> str:
    """Text for XML.

    >>> escaped("甲<乙>&丙")
    '甲&lt;乙&gt;&amp;丙'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
