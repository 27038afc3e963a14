"""年度之外：单位的日期、合同签订和资金到账，在项目的起止时间或项目年度之内。

写了 项目.开始、项目.完成 的：单位的计划开始早于项目开始，计划完成、实际完成晚于项目完成，是警告。
没有写起止时间的，按 项目.年度：一个单位的计划、时限和实际完成全都不在这一年，
资金到账不在这一年，是提示（跨年度实施，或年份写错）；
单个日期与项目年度相差两年以上的，是警告：多半是年份写错。合同签订可以早一年。只写到月的，不能肯定的不算。
跨年度实施的，在该单位的 实施内容，或提到该单位的文字里写明（“跨年”“上年”“年度支付”“列支”等），不再提示。

正例：计划从上一年跨到项目年度。

    项目:
      年度: 2024
      单位:
        - {名称: 甲社区, 计划开始: 2023-08-01, 计划完成: 2024-07-31, 合同: [{签订日期: 2023-08-01}]}

反例：一个单位的日期全在上一年（提示）。

    项目:
      年度: 2024
      单位:
        - {名称: 甲社区, 计划开始: 2023-04-11, 计划完成: 2023-04-25}   # !R106 甲社区 2024年 2023年4月11日

反例：年份写错。

    项目:
      年度: 2024
      单位:
        - {名称: 甲社区, 计划开始: 2024-04-11, 计划完成: 2042-04-25}   # !R106 甲社区 2042年4月25日 18年

反例：实际完成晚于项目的完成时间。

    项目:
      开始: 2024年1月
      完成: 2024年11月
      单位:
        - {名称: 甲社区, 实际完成: 2024-12-10}   # !R106 甲社区 晚于项目完成
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ...findings import Level
from ...model import Project, Unit
from .. import Case, Fault
from . import Dated, called, day, events, later, told

CODE = "R106"
LEVEL = Level.WARNING
_FAR = 2
_WHY = ("跨年", "上年", "上一年", "次年", "下年", "年度支付", "年度列支", "延续", "以前年度")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each event outside the project's time."""
    project = case.data.project
    if not project:
        return
    found = list(events(case))
    far = [one for one in found if project.year and _years_off(one, project.year) >= _FAR]
    for one in far:
        assert project.year
        what = f"{one.name}（{one.day}）与项目年度{project.year}年相差{_years_off(one, project.year)}年"
        yield Fault(one.path, what, f"{project.year}年前后", str(one.day), mend="核对年份")
    near = [one for one in found if one not in far]
    if day(project.start) or day(project.end):
        yield from _outside(project, near)
    elif project.year:
        yield from _another_year(case, project.year, near)


def _years_off(one: Dated, year: int) -> int:
    return abs(one.day.year - year)


def _outside(project: Project, found: list[Dated]) -> Iterator[Fault]:
    start, end = day(project.start), day(project.end)
    for one in found:
        if one.path[-1] == "计划开始" and later(start, one.day):
            what = f"{one.name}（{one.day}）早于项目开始（{start}）"
            yield Fault(one.path, what, f"不早于{start}", str(one.day), mend="核对日期和项目的起止时间")
        elif one.path[-1] in ("计划完成", "实际完成") and later(one.day, end):
            what = f"{one.name}（{one.day}）晚于项目完成（{end}）"
            yield Fault(one.path, what, f"不晚于{end}", str(one.day), mend="核对日期和项目的起止时间")


def _another_year(case: Case, year: int, found: list[Dated]) -> Iterator[Fault]:
    """A 提示 for each unit all of whose dates are of another year, and each arrival and contract of another year."""
    works: dict[int, list[Dated]] = defaultdict(list)
    for one in found:
        if one.unit and one.path[-1] != "签订日期":
            works[id(one.unit)].append(one)
        elif one.day.year > year or (one.day.year < year and not one.unit):
            what = f"{one.name}（{one.day}）不在项目年度{year}年"
            yield Fault(one.path, what, f"{year}年", str(one.day), mend="核对年份", level=Level.HINT)
    for dates in works.values():
        unit, years = dates[0].unit, [one.day.year for one in dates]
        if min(years) <= year <= max(years) or unit is None or told(case, unit, _WHY):
            continue
        shown = "、".join(f"{one.path[-1]}{one.day}" for one in dates)
        what = f"{called(unit)}的日期都不在项目年度{year}年：{shown}"
        mend = "核对年份；跨年度实施的，在该单位的 实施内容 里写明"
        yield Fault(dates[0].path[:-1], what, f"{year}年", shown, mend=mend, level=Level.HINT)


def _named(unit: Unit) -> str:
    return unit.short or unit.name
