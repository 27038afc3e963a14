"""节约率：（计划 − 实际）÷ 计划 ×100%，如成本节约率。

节约为正，超支为负；四舍五入一次，保留样式规定的小数。计划是 0 时算不出节约率，指标是待评。
资金没有到位而少支出的，节约率也会很高，这不是有效节约，应在完成情况中说明。
来源：财预〔2020〕10号附件2的成本节约率公式。

例：

>>> 测算("节约率", 名称="成本节约率", 计划="660,000.00元", 实际="175,312.57元")
成本节约率=[（660,000.00-175,312.57）/660,000.00]×100%=73.44%
>>> 测算("节约率", 名称="成本节约率", 计划="100万元", 实际="105万元")
成本节约率=[（1,000,000.00-1,050,000.00）/1,000,000.00]×100%=-5%
"""

from __future__ import annotations

from ..fields import Input, Record, Text, named
from ..scores import Measured, Pending, Question, ScoringError, operand_of, same_kind
from ..values import Rate

NAME = "节约率"


class Parameters(Record):
    """The parameters of 节约率."""

    name: Text | None = named("名称", "打印的名称，不写时用指标名称")
    plan: Input = named("计划", "计划成本", required=True, each_year=True)
    actual: Input = named("实际", "实际成本", required=True, each_year=True)


def measure(question: Question, parameters: Parameters) -> Measured:
    """The share of the plan that was saved (negative: overspent); Pending when the plan is 0."""
    plan, actual = question.operand(parameters.plan), question.operand(parameters.actual)
    same_kind(plan, actual)
    name = parameters.name or question.name
    if plan.amount < 0:
        raise ScoringError("“计划”不能是负数")
    if not plan.amount:
        raise Pending(f"{name}的计划（现为 0，无法计算）")
    rate = Rate.of(plan.amount - actual.amount, plan.amount, question.forms.rate)
    line = f"{name}=[（{plan.text}-{actual.after_minus}）/{plan.text}]×100%={rate}"
    return Measured(operand_of(rate.fraction, "rate", question.forms), (line,))
