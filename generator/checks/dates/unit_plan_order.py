"""计划先后：每个单位的计划开始不晚于计划完成，也不晚于完成时限；计划完成不晚于完成时限；实际完成不早于计划开始。

计划开始晚于计划完成的是错误；其余的是警告。完成时限比计划完成晚300天以上的是提示：可能年份写错。
只写到月、到年的日期，按可能的范围比较，不能肯定的不算：
计划完成 2024年5月，完成时限 2024-05-20，不提示。
计划与时限不一致、提前完成的，在该单位的 实施内容，或提到该单位的文字里说明（“时限”“不一致”“提前”等），不再提示。

正例：只有月份，先后不能肯定。

    项目:
      单位:
        - {名称: 甲社区, 计划开始: 2023-12-20, 计划完成: 2023-12-26, 完成时限: 2023年12月}

反例：开始晚于完成。

    项目:
      单位:
        - 名称: 甲社区
          计划开始: 2024-06-30
          计划完成: 2024-06-01   # !R101 甲社区 计划完成 2024年6月1日 早于计划开始

反例：计划完成晚于规定的时限（警告）。

    项目:
      单位:
        - 名称: 乙社区
          计划开始: 2023-07-01
          计划完成: 2024-06-30   # !R101 乙社区 晚于完成时限 2024年5月
          完成时限: 2024年5月

反例：完成时限的年份写错（提示）。

    项目:
      单位:
        - {名称: 丙社区, 计划开始: 2023-06-20, 计划完成: 2023-07-20, 完成时限: 2024年8月}   # !R101 丙社区 晚378天
"""

from __future__ import annotations

from collections.abc import Iterator

from ...fields import Path
from ...findings import Level
from ...model import Unit
from .. import Case, Fault
from . import called, day, later, told, units

CODE = "R101"
LEVEL = Level.WARNING
_LIMIT = ("不一致", "超出时限", "超过时限", "晚于时限", "晚于完成时限", "时限之后")
_LONG = 300  # days
_EARLY = ("提前", "早于计划", "先行")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each pair of a unit's dates in the wrong order."""
    for path, unit in units(case):
        yield from _unit(case, path, unit)


def _unit(case: Case, path: Path, unit: Unit) -> Iterator[Fault]:
    start, end, limit, actual = (day(one) for one in (unit.plan_start, unit.plan_end, unit.limit, unit.actual_end))
    name = called(unit)
    if later(start, end):
        what = f"{name}的计划完成（{end}）早于计划开始（{start}）"
        mend = "核对两个日期"
        yield Fault((*path, "计划完成"), what, f"不早于{start}", str(end), mend=mend, level=Level.ERROR)
    elif later(start, limit):
        what = f"{name}的完成时限（{limit}）早于计划开始（{start}）"
        yield Fault((*path, "完成时限"), what, f"不早于{start}", str(limit), mend="核对计划和时限")
    elif later(end, limit) and not told(case, unit, _LIMIT):
        what = f"{name}的计划完成（{end}）晚于完成时限（{limit}）"
        yield Fault(
            (*path, "计划完成"), what, f"不晚于{limit}", str(end), mend="核对日期，或在该单位的 实施内容 里说明"
        )
    elif end and limit and (limit.first - end.last).days > _LONG and not told(case, unit, _LIMIT):
        what = f"{name}的完成时限（{limit}）比计划完成（{end}）晚{(limit.first - end.last).days}天"
        yield Fault((*path, "完成时限"), what, actual=str(limit), mend="核对年份", level=Level.HINT)
    if later(start, actual) and not told(case, unit, _EARLY):
        what = f"{name}的实际完成（{actual}）早于计划开始（{start}）"
        mend = "核对日期；提前实施的，在该单位的 实施内容 里说明"
        yield Fault((*path, "实际完成"), what, f"不早于{start}", str(actual), mend=mend)
