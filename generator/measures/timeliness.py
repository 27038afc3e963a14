"""及时率：（计划天数 − 实际天数）÷ 计划天数 ×100%，如完成及时率。

提前或按时完成的 ≥ 0，逾期的为负；四舍五入一次，保留样式规定的小数。公式前不加负号：提前完成算成负数，是常见的错误。
计划天数和实际天数各有三种写法，只取一种：
直接写“计划天数”“实际天数”；
写日期：“计划开始”“计划完成”，以及“实际完成”（和“实际开始”，不写为计划开始）；
写“单位”（项目.单位里的名称或简称）：日期取自该单位，“计划止于”写明用它的“计划完成”还是“完成时限”。
用到日期的必须写“计日方式”：含首尾（7月1日至7月31日是31天）或 不含首日（30天）。
计划的终点只写到月的，算到该月最后一天；其余日期要写到日，不然请直接写天数。
来源：完成及时率 =［（计划完成时间 − 实际完成时间）/ 计划完成时间］× 100%。

例：计划 366 天，实际 334 天，提前完成。

>>> 测算("及时率", 名称="完成及时率", 计划天数="366", 实际天数="334")
完成及时率=[（366-334）/366]×100%=8.74%

例：计划天数由日期算出；2024 年是闰年，两端都算是 366 天。

>>> 测算("及时率", 名称="完成及时率", 计划开始="2023-07-01", 计划完成="2024-06-30", 计日方式="含首尾", 实际天数="334")
计划天数：2023年7月1日至2024年6月30日，366天（含首尾）
完成及时率=[（366-334）/366]×100%=8.74%

例：逾期 10 天。

>>> 测算("及时率", 名称="完成及时率", 计划开始="2024-03-01", 计划完成="2024-05", 实际完成="2024-06-10",
...      计日方式="不含首日")
计划天数：2024年3月1日至2024年5月31日，91天（不含首日）
实际天数：2024年3月1日至2024年6月10日，101天（不含首日）
完成及时率=[（91-101）/91]×100%=-10.99%

反例：没有写计日方式。

>>> 测算("及时率", 名称="完成及时率", 计划开始="2023-07-01", 计划完成="2024-06-30", 实际天数="334")
错误：用到日期，要写“计日方式: 含首尾”或“计日方式: 不含首日”
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Self

from pydantic import model_validator

from ..fields import Count, Date, Record, Text, named
from ..scores import Measured, Pending, Question, ScoringError, operand_of
from ..values import Day, Rate, Said

NAME = "及时率"


class Parameters(Record):
    """The parameters of 及时率."""

    name: Text | None = named("名称", "打印的名称，不写时用指标名称")
    plan_days: Count | None = named("计划天数", "计划用的天数")
    actual_days: Count | None = named("实际天数", "实际用的天数")
    plan_start: Date | None = named("计划开始", "计划开始的日期")
    plan_end: Date | None = named("计划完成", "计划完成的日期或月份", "完成时限")
    actual_start: Date | None = named("实际开始", "实际开始的日期；不写为计划开始")
    actual_end: Date | None = named("实际完成", "实际完成的日期")
    unit: Text | None = named("单位", "日期取自哪个单位：项目.单位里的名称或简称")
    until: Literal["计划完成", "完成时限"] | None = named("计划止于", "写了“单位”时，计划算到它的计划完成还是完成时限")
    counting: Literal["含首尾", "不含首日"] | None = named("计日方式", "用到日期时怎样数天数：含首尾或不含首日")

    @model_validator(mode="after")
    def _one_source_each(self) -> Self:
        dates = (self.plan_start, self.plan_end, self.actual_start, self.actual_end)
        if self.unit is not None:
            if any(dates):
                raise ValueError("写了“单位”，日期就取自该单位，不再写日期")
            if self.plan_days is not None and self.actual_days is not None:
                raise ValueError("天数都写了，不再写“单位”")
        if (self.unit is not None and self.plan_days is None) != (self.until is not None):
            raise ValueError("“计划止于”与“单位”一起写：计划完成 或 完成时限")
        if self.plan_days is not None and self.plan_end is not None:
            raise ValueError("写了“计划天数”，就不写“计划完成”")
        if self.actual_days is not None and (self.actual_start is not None or self.actual_end is not None):
            raise ValueError("写了“实际天数”，就不写实际的日期")
        if self.counting is None and (self.unit is not None or any(dates)):
            raise ValueError("用到日期，要写“计日方式: 含首尾”或“计日方式: 不含首日”")
        return self


@dataclass(frozen=True, slots=True)
class _Dates:
    plan_start: Day | Said | None
    plan_end: Day | Said | None
    actual_start: Day | Said | None
    actual_end: Day | Said | None


def measure(question: Question, parameters: Parameters) -> Measured:
    """The share of the planned days that was not needed (negative: late); Pending when a date is not there."""
    dates = _dates(question, parameters)
    name = parameters.name or question.name
    plan, plan_line = _days(parameters.plan_days, "计划", dates.plan_start, dates.plan_end, parameters.counting)
    spent, spent_line = _days(parameters.actual_days, "实际", dates.actual_start, dates.actual_end, parameters.counting)
    if not plan:
        raise ScoringError("计划天数是 0，无法计算")
    rate = Rate.of(Decimal(plan - spent), Decimal(plan), question.forms.rate)
    line = f"{name}=[（{plan}-{spent}）/{plan}]×100%={rate}"
    return Measured(operand_of(rate.fraction, "rate", question.forms), (*plan_line, *spent_line, line))


def _dates(question: Question, parameters: Parameters) -> _Dates:
    if parameters.unit is None:
        actual_start = parameters.actual_start or parameters.plan_start
        return _Dates(parameters.plan_start, parameters.plan_end, actual_start, parameters.actual_end)
    unit = question.unit(parameters.unit)
    plan_end = unit.plan_end if parameters.until == "计划完成" else unit.limit
    return _Dates(unit.plan_start, plan_end, unit.plan_start, unit.actual_end)


def _days(
    given: int | None, which: str, start: Day | Said | None, end: Day | Said | None, counting: str | None
) -> tuple[int, tuple[str, ...]]:
    """The days given, or counted from `start` to `end`, and the line that says so."""
    if given is not None:
        return given, ()
    if not isinstance(start, Day):
        raise Pending(f"{which}天数或开始日期")
    if not isinstance(end, Day):
        raise Pending(f"{which}天数或完成日期")
    for day, exact in ((start, True), (end, which == "实际")):
        if day.day is None and (exact or day.month is None):
            raise ScoringError(f"“{day}”没有写到日，数不出天数：请写到日，或直接写“{which}天数”")
    last = end.last
    days = (last - start.first).days + (counting == "含首尾")
    if last < start.first:
        raise ScoringError(f"{which}完成（{end}）早于开始（{start}）")
    shown = Day(last.year, last.month, last.day)
    return days, (f"{which}天数：{start}至{shown}，{days}天（{counting}）",)
