"""没有达到也得满分：完成值没有达到指标值，却得了满分。

指标值、完成值都是数、单位相同才比较；完成值带符号的（≥90%），按它写的数比较。按程序的计分方法算出的满分（如满分线
低于指标值）不核查，只查直接评分、定性分档和逐项扣分这样由人评的。确有原因的，用“已核实”注明。

正例：不低于95%，完成值也不低于95%。

    指标体系:
      - {名称: 满意度, 分值: 13, 指标值: ≥95%, 完成值: ≥95%, 计分方法: 直接评分, 参数: {得分: 13, 理由: 测评达到目标}}

反例：完成值不低于90%，指标值是95%以上。

    指标体系:
      - 名称: 服务对象满意度
        分值: 13
        指标值: ≥95%
        完成值: ≥90%   # !K134 服务对象满意度 ≥95% ≥90% 满分
        计分方法: 直接评分
        参数: {得分: 13, 理由: 测评达到目标}

反例：应不超过12月，11月以后才完成的写成了13个月。

    指标体系:
      - 名称: 工期
        分值: 10
        指标值: ≤12个月
        完成值: 13个月   # !K134 工期 13个月
        计分方法: 逐项扣分
        参数: {扣分项: 无}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...findings import Level
from ...values import Target
from .. import Case, Fault
from ..indicators import alike, called, figure, in_full

CODE = "K134"
LEVEL = Level.WARNING

BY_HAND = ("直接评分", "定性分档", "逐项扣分")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each row that was given full points by hand though its actual value misses the target."""
    for node in case.scores.leaves():
        goal, actual = node.indicator.target, node.indicator.actual
        if not in_full(node) or node.indicator.rule not in BY_HAND:
            continue
        if isinstance(goal, Target) and isinstance(actual, Target) and _misses(case, goal, actual):
            what = f"“{called(node)}”得了满分，完成值{actual}没有达到指标值{goal}"
            mend = "核对完成值和得分；确有原因的，用“已核实”注明"
            yield Fault((*node.path, "完成值"), what, str(goal), str(actual), mend=mend)


def _misses(case: Case, goal: Target, actual: Target) -> bool:
    """Whether the actual number is on the wrong side of the target; a sign of its own does not help it."""
    wanted, found = (figure(_bare(one), case.style.forms) for one in (goal, actual))
    if wanted is None or found is None or not alike(wanted, found):
        return False
    above = ("≥", ">", "=", "")
    low = goal.operator in above and found.amount < wanted.amount
    return low or (goal.operator in ("≤", "<") and found.amount > wanted.amount)


def _bare(goal: Target) -> Target:
    return replace(goal, operator="")
