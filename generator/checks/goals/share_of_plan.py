"""完成率的分子：按“完成值÷指标值”测算的完成率，分子等于完成值。

测算是比率、分母引用某项绩效目标的指标值（如 绩效目标.指标.社区数量.指标值），而分子与该项的完成值不同的，是错误；
分母直接写了与本指标的指标值相同的数（单位也相同），而分子与本指标的完成值不同的，也是错误。

正例：实施了 6 个，完成值也是 6 个。

    绩效目标:
      指标:
        - {三级: 社区数量, 指标值: =12个, 完成值: 6个, 对应指标: 实际完成率}
    指标体系:
      - 名称: 实际完成率
        分值: 9
        测算: {方法: 比率, 分子: 6个, 分母: 绩效目标.指标.社区数量.指标值}
        计分方法: 按比例得分
        参数: {方向: 越高越好, 目标值: 100%}
        扣分原因: 资金没有到位

反例：完成值是 6 个，算完成率用了 8 个。

    绩效目标:
      指标:
        - {三级: 社区数量, 指标值: =12个, 完成值: 6个, 对应指标: 实际完成率}
    指标体系:
      - 名称: 实际完成率
        分值: 9
        测算: {方法: 比率, 分子: 8个, 分母: 绩效目标.指标.社区数量.指标值}   # !G112 实际完成率 8 6个 相差2
        计分方法: 按比例得分
        参数: {方向: 越高越好, 目标值: 100%}
        扣分原因: 资金没有到位
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...fields import MethodCall, Reference
from ...findings import Level
from ...names import own_names
from ...scores import Node, Operand
from ...values import Target
from .. import Case, Fault
from ..indicators import alike, called, figure
from . import exact, rows

CODE = "G112"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Fault]:
    """A fault for each completion rate that is reckoned from another value than was reached."""
    for node in case.scores.leaves():
        measured = node.indicator.measured
        if not isinstance(measured, MethodCall) or measured.name != "比率":
            continue
        named = dict(own_names(measured.parameters))
        part, actual = _figure(case, named.get("分子")), _actual(case, node, named.get("分母"))
        reached = figure(actual, case.style.forms)
        if part is None or reached is None or not alike(part, reached) or part.amount == reached.amount:
            continue
        gap = part.like(abs(part.amount - reached.amount), case.style.forms)
        what = f"“{called(node)}”按{part.text}计算，而完成值是{actual.bare if actual else ''}，相差{gap}"
        yield Fault((*node.path, "测算"), what, expected=reached.text, actual=part.text, mend="核对后改成一致")


def _figure(case: Case, said: Any) -> Operand | None:
    if isinstance(said, Reference):
        try:
            said = case.figures.find(said)
        except KeyError:
            return None
    return figure(said, case.style.forms)


def _actual(case: Case, node: Node, whole: Any) -> Target | None:
    """What was reached of the plan that the rate is reckoned by."""
    if isinstance(whole, Reference):
        for _, row in rows(case):
            if whole.path in (f"绩效目标.指标.{row.name}.指标值", f"绩效目标.指标.{row.name}.调整后"):
                return exact(row.actual)
        return None
    plan, goal = figure(whole, case.style.forms), figure(node.indicator.target, case.style.forms)
    same = plan and goal and plan.kind == goal.kind and plan.amount == goal.amount and plan.unit == goal.unit
    return exact(node.indicator.actual) if same else None
