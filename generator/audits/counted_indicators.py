"""指标的个数：文字里说的几个一级、二级、三级指标，几项完成、几项部分完成，和指标表里的相符。

一句话说到某一类（“投入”指标）的，和这一类比；没有说到的，和全表或其中一类相符就行。有几张指标表的，和哪一张相符都行。
“20项指标中有12项完成”，和表里写着“全部完成”“部分完成”“未完成”的行数比；“甲、乙、丙等达到预期目标”，表里不能写着部分完成、未完成。

正例：

    指标体系有2个一级指标、3个二级指标，细化为4个三级指标。
    “产出”指标由2个二级指标构成，细化为3个三级指标。
    4项绩效指标中，有3项完成，1项部分完成。
    培训场次、服务社区数等达到预期目标，资金到位率、完成及时率未达到预期目标。
    | 一级指标 | 二级指标 | 三级指标 | 完成情况 |
    | 投入 | 资金落实 | 资金到位率 | 部分完成 |
    | 产出 | 数量指标 | 培训场次 | 全部完成 |
    | 产出 | 数量指标 | 服务社区数 | 全部完成 |
    | 产出 | 时效指标 | 完成及时率 | 全部完成 |

反例：

    指标体系有2个一级指标、3个二级指标，细化为5个三级指标。   # !A167 三级指标是4个
    “产出”指标由3个二级指标构成。   # !A167 二级指标是2个
    4项绩效指标中，有2项完成，2项部分完成。   # !A167 全部完成的是3项
    培训场次、服务社区数、资金到位率等达到预期目标。   # !A167 “资金到位率”
    | 一级指标 | 二级指标 | 三级指标 | 完成情况 |
    | 投入 | 资金落实 | 资金到位率 | 部分完成 |
    | 产出 | 数量指标 | 培训场次 | 全部完成 |
    | 产出 | 数量指标 | 服务社区数 | 全部完成 |
    | 产出 | 时效指标 | 完成及时率 | 全部完成 |
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..findings import Level
from ..numerals import NUMERAL, count_of
from ..passages import Passage
from ..wording import HAN, fault, sentence_around
from . import Case, Fault
from .indicator_tables import Indicators, Row, indicators

CODE = "A167"
LEVEL = Level.WARNING

_OF_LEVEL = re.compile(rf"(?<![第\d.{{]){NUMERAL}(?=[个项](?:共性|个性|具体|绩效|评价)?([一二三])级指标)")
_ALL = re.compile(
    rf"(?:共|共计|总计|合计)(?:有|设置|设|设定|包括|涉及|设立)?(?:了)?(?P<count>{NUMERAL})[个项]"
    r"(?:具体|绩效|评价|考核){0,3}指标(?![值体])"
)
_OF_ALL = re.compile("指标体系")
_DONE = re.compile(rf"(?P<count>{NUMERAL})[个项](?:具体|绩效|评价|三级){{0,3}}指标中[，,]?(?P<parts>[^。；]{{4,60}})")
_PART = re.compile(
    rf"(?P<count>{NUMERAL})[个项](?:指标)?(?P<how>未|没有|部分|全部)?(?:[^，。、；\d]{{0,2}})?(?:完成|实现|达到|达成)"
)
_REACHED = re.compile(r"(?:等)?(?:指标)?(?:均|都|已)?(?:全部)?(?:达到|实现|完成)了?(?:预期|既定|年度)?(?:绩效)?目标")
_NOT_NAMES = re.compile(rf"[^{HAN}、]")
_FARTHEST = 200  # characters of names before what is said of them
_STATUS = {"全部完成": "全部", "完成": "全部", "已完成": "全部", "部分完成": "部分", "未完成": "未"}
_NAMES = {"全部": "全部完成", "部分": "部分完成", "未": "未完成"}
_LEVELS = "一二三"
_LOWEST = 2
_FEWEST = 3


@dataclass(frozen=True, eq=False)
class _Known:
    """What the tables of indicators have, gathered once."""

    tables: tuple[Indicators, ...]

    @cached_property
    def firsts(self) -> dict[str, re.Pattern[str]]:
        """The indicators of the first level, and how a sentence names each."""
        names = {row.levels[0] for table in self.tables for row in table.rows if row.levels[0]}
        return {name: re.compile(f"[“‘]?{re.escape(name)}[”’]?类?指标") for name in names}

    @cached_property
    def parts(self) -> dict[int, set[int]]:
        """What a count of each level may be where the sentence does not say of what: of all, of rows, of one part."""
        found: dict[int, set[int]] = defaultdict(set)
        for table in self.tables:
            for (level, _), size in table.sizes.items():
                found[level].add(size)
        found[_LOWEST] |= self.totals
        return found

    @cached_property
    def totals(self) -> set[int]:
        """How many indicators of the lowest level the tables have, and how many rows."""
        return {size for table in self.tables for size in (table.sizes[_LOWEST, ()], table.heights[()])}

    @cached_property
    def states(self) -> tuple[Counter[str], ...]:
        """How many rows of each table have each state, where a column says it for all of them."""
        return tuple(found for table in self.tables if (found := _states(table)))

    @cached_property
    def of_names(self) -> dict[str, set[str]]:
        """The states of each indicator of the lowest level."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in (row for table in self.tables for row in table.rows):
            if state := _state(row):
                found[row.levels[_LOWEST]].add(state)
        return found

    def of(self, level: int, group: str) -> set[int]:
        """How many indicators of a level the tables have, or have below one of the first."""
        above = (group,) if group else ()
        return {size for table in self.tables if (size := table.sizes.get((level, above), 0))}

    def rows(self, group: str) -> set[int]:
        """How many rows are below an indicator of the first level."""
        return {table.heights[(group,)] for table in self.tables}


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each count of indicators that no table of indicators has."""
    known = _Known(tuple(one for one in indicators(case.report) if one.is_full))
    for passage in case.passages if known.tables else ():
        if passage.prose and "指标" in passage.typed:
            yield from _of_levels(passage, known)
            yield from _of_all(passage, known)
            yield from _done(passage, known)
        if known.states and "目标" in passage.typed:
            yield from _reached(passage, known)


def _of_levels(passage: Passage, known: _Known) -> Iterator[Fault]:
    for match in _OF_LEVEL.finditer(passage.typed):
        count, level = count_of(match[0]), _LEVELS.index(match[1])
        group = _group(passage, match.start(), known)
        right = known.of(level, group)
        also = known.rows(group) if group and level == _LOWEST else set()
        if not group and not _OF_ALL.search(passage.typed[: match.start()].rpartition("。")[2]):
            also = known.parts[level]
        if count is None or not right or count in right or count in also:
            continue
        told = "、".join(map(str, sorted(right)))
        of = f"“{group}”的" if group else ""
        what = f"说是{match[0]}个{match[1]}级指标，指标表里{of}{match[1]}级指标是{told}个"
        yield fault(passage, *match.span(), what, expected=told, actual=match[0])


def _group(passage: Passage, at: int, known: _Known) -> str:
    """The first-level indicator that a sentence is about; none where it names several, or none."""
    start, _ = sentence_around(passage.typed, at)
    said = passage.typed[start:at]
    named = [name for name in known.firsts if name in said]
    return named[0] if len(named) == 1 and known.firsts[named[0]].search(said) else ""


def _of_all(passage: Passage, known: _Known) -> Iterator[Fault]:
    for match in _ALL.finditer(passage.typed):
        count = count_of(match["count"])
        if count is None or count in known.totals or _group(passage, match.start(), known):
            continue
        told = "、".join(map(str, sorted(known.totals)))
        what = f"说共{match['count']}个指标，指标表里是{told}个"
        yield fault(passage, *match.span("count"), what, expected=told, actual=match["count"])


def _done(passage: Passage, known: _Known) -> Iterator[Fault]:
    for match in _DONE.finditer(passage.typed) if known.states else ():
        for part in _PART.finditer(passage.typed, match.start("parts"), match.end("parts")):
            how, count = (part["how"] or "全部").replace("没有", "未"), count_of(part["count"])
            if count is None or any(found[how] == count for found in known.states):
                continue
            there, name = known.states[0][how], _NAMES[how]
            what = f"说{count}项{name}，指标表里写着{name}的是{there}项"
            yield fault(passage, *part.span("count"), what, expected=str(there), actual=part["count"])


def _reached(passage: Passage, known: _Known) -> Iterator[Fault]:
    for match in _REACHED.finditer(passage.typed):
        before = passage.typed[max(0, match.start() - _FARTHEST) : match.start()]
        names = _NOT_NAMES.split(before)[-1]
        if names.endswith(("未", "没有", "不能", "未能", "部分", "基本")):
            continue
        at = match.start() - len(names)
        for name in names.split("、"):
            start = at
            at += len(name) + 1
            if (states := known.of_names.get(name)) and "全部" not in states:
                there = _NAMES["未" if "未" in states else "部分"]
                what = f"这里说“{name}”达到目标，指标表里写着{there}"
                yield fault(passage, start, start + len(name), what, actual=name)


def _state(row: Row) -> str | None:
    return next((_STATUS[text] for cell in row.cells if (text := "".join(cell.text.split())) in _STATUS), None)


def _states(table: Indicators) -> Counter[str]:
    found = Counter(state for row in table.rows if (state := _state(row)))
    return found if sum(found.values()) >= max(_FEWEST, len(table.rows)) else Counter()
