"""符号与方向：指标值的符号，与计分方法的方向不能相反。

指标值是 ≥、> 的，越高越好；是 ≤、< 的，越低越好。与计分参数的方向（越高越好、越低越好，按档扣分不写为越高越好，
线性递减是越低越好）、达标得分的符号相比，相反的是错误；指标值是 ≥、> 却写了“反向”的是警告。
计分用的实际值与指标值不是同一种数的（由另外的算法测算），不核查。
申报的指标值由指标体系里的指标评价，数与计分参数的基准、目标值相同而方向相反的，是警告。

正例：不超过 5% 的，越低越好。

    指标体系:
      - {名称: 成本偏差率, 分值: 5, 指标值: ≤5%, 完成值: 6%, 计分方法: 按比例得分, 参数: {方向: 越低越好, 目标值: 5%}}

反例：不超过 5% 的，却按越高越好计分；不低于 90% 的，却要求小于 90% 才达标。

    指标体系:
      - 名称: 成本偏差率
        分值: 5
        指标值: ≤5%
        完成值: 6%
        计分方法: 按比例得分
        参数: {方向: 越高越好, 目标值: 5%}   # !G108 成本偏差率 ≤5% 越高越好
      - 名称: 群众满意度
        分值: 5
        指标值: ≥90%
        完成值: 92%
        计分方法: 达标得分
        参数: {符号: <, 标准: 90%}   # !G108 群众满意度 ≥90% <

反例：申报的是不超过90%，对应的指标从90%起算，越高越好。

    绩效目标:
      指标:
        - 三级: 改善困难群众生活水平
          指标值: ≤90%   # !G108 改善困难群众生活水平 ≤90% 可持续影响 越高越好
          对应指标: 可持续影响
    指标体系:
      - 名称: 可持续影响
        分值: 5
        测算: 85%
        计分方法: 按比例得分
        参数: {方向: 越高越好, 目标值: 90%}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...fields import Path
from ...findings import Level
from ...scores import Node
from ...values import Target
from .. import Case, Fault
from ..indicators import alike, called, figure, methods, reached
from . import DOWN, UP, WAYS, node_of, rows

CODE = "G108"
LEVEL = Level.ERROR

BASES = ("满分线", "基准", "目标值", "标准")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each indicator whose rule goes the other way than its target's sign."""
    for node in case.scores.leaves():
        goal = node.indicator.target
        way = WAYS.get(goal.operator) if isinstance(goal, Target) else None
        for method in list(methods(node))[:1] if way and _same_figure(case, node) else ():
            key, said, other = _way(method.rule, method.parameters)
            if other and other != way:
                what = f"“{called(node)}”的指标值是{goal}，{way}，计分参数却是{said}"
                path = (*method.path, key) if key else method.path
                level = Level.WARNING if key == "反向" else None
                yield Fault(path, what, expected=way, actual=said, mend="核对指标值的符号和计分参数", level=level)
    for path, row in rows(case):
        linked = node_of(case, row)
        for name, declared in (("指标值", row.declared), ("调整后", row.adjusted)):
            if linked and isinstance(declared, Target) and declared.operator in WAYS:
                yield from _declared(case, (*path, name), row.name, declared, linked)


def _declared(case: Case, path: Path, name: str, goal: Target, node: Node) -> Iterator[Fault]:
    """A fault where a declared target is the very number that its indicator's rule reckons from, the other way."""
    wanted = figure(goal, case.style.forms)
    for method in list(methods(node))[:1]:
        bases = [figure(method.parameters.get(key), case.style.forms) for key in BASES]
        same = wanted and any(base and alike(base, wanted) and base.amount == wanted.amount for base in bases)
        way = _way(method.rule, method.parameters)[2]
        if same and way and way != WAYS[goal.operator]:
            what = f"绩效目标“{name}”的指标值是{goal}，{WAYS[goal.operator]}，评价它的“{called(node)}”却按{way}计分"
            mend = "核对指标值的符号和计分参数"
            yield Fault(path, what, expected=way, actual=str(goal), mend=mend, level=Level.WARNING)


def _way(rule: str, parameters: dict[str, Any]) -> tuple[str, str, str | None]:
    """The key that says the way, what it says, and which way that is."""
    if parameters.get("符号"):
        return "符号", f"符号 {parameters['符号']}", WAYS.get(parameters["符号"])
    if parameters.get("反向"):
        return "反向", f"反向 {parameters['反向']}", DOWN
    if parameters.get("方向"):
        return "方向", f"方向 {parameters['方向']}", parameters["方向"] if parameters["方向"] in (UP, DOWN) else None
    if rule == "线性递减":
        return "", "线性递减（越低越好）", DOWN
    return ("", "没有写方向（即越高越好）", UP) if rule == "按档扣分" else ("", "", None)


def _same_figure(case: Case, node: Node) -> bool:
    """Whether the value that is scored is of the kind that the target is about."""
    goal, actual = figure(node.indicator.target, case.style.forms), figure(reached(node), case.style.forms)
    return node.indicator.measured is None or bool(goal and actual and alike(goal, actual))
