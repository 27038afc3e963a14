"""成本指标与预算：名称说的是项目总成本、预算控制的，指标值与预算相同。

指标体系和申报的绩效指标里，名称含“总成本”“项目成本”“预算控制”“成本控制”“总投资”等、指标值是金额的才核查；
单位成本、人均成本不核查。说明里写了原因的（如只含市级资金），用“已核实”注明。都是提示：总成本也可以只算一部分。

正例：预算60万元，成本控制在60万元以内。

    资金: {预算: 600000}
    指标体系:
      - {名称: 项目总成本, 分值: 10, 指标值: ≤60万元, 完成值: 58万元}

反例：预算66万元，成本指标却写60万元。

    资金: {预算: 660000}
    绩效目标:
      指标:
        - {三级: 项目总成本, 指标值: ≤60万元, 完成值: 58万元}   # !G117 项目总成本 60万元 66万元 少6万元
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...fields import Path
from ...findings import Level
from ...values import YUAN_IN, Money, Target
from .. import Case, Fault
from ..funds import apart, money
from . import rows

CODE = "G117"
LEVEL = Level.HINT

_WHOLE_COST = re.compile(r"总成本|项目成本|预算控制|成本控制|总投资|成本总额|经费总额|支出总额")
_PART = re.compile(r"单位|人均|户均|每|单价|平均|率|比例|节约")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each target of the whole cost that is another amount than the budget."""
    budget = case.figure("资金.预算")
    if not isinstance(budget, Money):
        return
    for path, name, goal in _targets(case):
        if goal.number is None or goal.unit not in YUAN_IN or not _WHOLE_COST.search(name) or _PART.search(name):
            continue
        amount = goal.number * YUAN_IN[goal.unit]
        if amount != budget.yuan:
            gap = f"{'少' if amount < budget.yuan else '多'}{apart(case, amount, budget.yuan)}"
            wanted = money(case, budget.yuan)
            what = f"“{name}”的指标值是{goal.bare}，预算是{wanted}，{gap}"
            yield Fault((*path, "指标值"), what, wanted, goal.bare, mend="核对两个数；口径不同的用“已核实”注明")


def _targets(case: Case) -> Iterator[tuple[Path, str, Target]]:
    for path, row in rows(case):
        if isinstance(row.declared, Target):
            yield path, row.name, row.declared
    for node in case.scores.leaves():
        if isinstance(node.indicator.target, Target):
            yield node.path, node.indicator.name, node.indicator.target
