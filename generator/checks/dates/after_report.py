"""晚于报告：实际完成、合同签订、最后到账的日期，不晚于报告日期（没有的，不晚于评价结束），也不晚于数据的截止日期。

晚于报告日期的是错误：写报告时还没有发生。晚于截止日期的是警告：截止日期的数据不该包括它，
在该单位的 实施内容 或资金行的 说明 里写明“期后”或“截止日期之后”的，不再提示。只写到月的，不能肯定的不算。

正例：截止日期的同一个月完成。

    报告: {标题: 示例, 样式: national, 报告日期: 2025-05-20, 截止日期: 2024-12-31}
    项目: {单位: [{名称: 甲社区, 实际完成: 2024年12月}]}

反例：实际完成晚于报告日期。

    报告: {标题: 示例, 样式: national, 报告日期: 2025-05-20}
    项目:
      单位:
        - {名称: 甲社区, 实际完成: 2025年6月}   # !R105 甲社区 2025年6月 晚于报告日期

反例：最后一笔资金在截止日期之后才到账，却计入了到位（警告）。

    报告: {标题: 示例, 样式: national, 截止日期: 2024-12-31}
    资金:
      按区域:
        - {名称: 甲区, 到位: 1420000, 最后到账日期: 2025年1月}   # !R105 甲区 晚于截止日期
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from . import day, events, later, report_day

CODE = "R105"
LEVEL = Level.ERROR
_AFTERWARDS = ("期后", "截止日期之后", "截止日期后", "截止日之后", "截止日后")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each event that lies after the report or after its data."""
    made, cutoff = report_day(case), day(case.data.report.cutoff)
    for one in events(case):
        if not one.actual:
            continue
        if made and later(one.day, made[1]):
            what = f"{one.name}（{one.day}）晚于{made[0]}（{made[1]}）"
            yield Fault(one.path, what, f"不晚于{made[1]}", str(one.day), mend="核对两个日期")
        elif later(one.day, cutoff) and not any(word in one.remarks for word in _AFTERWARDS):
            what = f"{one.name}（{one.day}）晚于截止日期（{cutoff}），截止日期的数据不该包括它"
            mend = "核对日期和数据；确实如此的，在 实施内容（或资金行的 说明）里写明是期后事项"
            yield Fault(one.path, what, f"不晚于{cutoff}", str(one.day), mend=mend, level=Level.WARNING)
