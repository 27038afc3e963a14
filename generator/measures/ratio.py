"""比率：分子 ÷ 分母 ×100%，如资金到位率、预算执行率、实际完成率、质量达标率。

比率四舍五入一次，保留样式规定的小数，之后的计分都用这个打印出来的数。分母用哪个数（年初预算、全年预算还是到位资金）
由数据写明。分母是 0 时算不出比率，指标是待评；评分标准规定分母为 0 按 0 计的（如没有预算的执行率），
写“分母为零: 按0计”。分子、分母的单位要相同，约数（300余人）不能计算。
来源：财预〔2020〕10号附件2的资金到位率、预算执行率、实际完成率、质量达标率公式。

例：

>>> 测算("比率", 名称="资金到位率", 分子="175,312.57元", 分母="660,000.00元")
资金到位率=（175,312.57/660,000.00）×100%=26.56%
>>> 测算("比率", 名称="实际完成率", 分子="6个", 分母="12个")
实际完成率=（6/12）×100%=50%

例：分母是 0。

>>> 测算("比率", 名称="预算执行率", 分子="0元", 分母="0元", 分母为零="按0计")
预算执行率的分母为0，按0%计
>>> 测算("比率", 名称="预算执行率", 分子="0元", 分母="0元")
待评：预算执行率的分母（现为 0，无法计算）

反例：约数；单位不同。

>>> 测算("比率", 名称="覆盖率", 分子="300余人", 分母="400人")
错误：“300余人”不是确切的数：约数不能计算，请写确切的数（“以上”“以下”请写成 ≥、≤）
>>> 测算("比率", 名称="完成率", 分子="3公里", 分母="4000米")
错误：3公里与4000米的单位不同，不能比较：请换算成同一个单位
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from ..fields import Input, Record, Text, named
from ..scores import Measured, Pending, Question, operand_of, same_kind
from ..values import Rate

NAME = "比率"


class Parameters(Record):
    """The parameters of 比率."""

    name: Text | None = named("名称", "比率的名称，不写时用指标名称")
    part: Input = named("分子", "分子", required=True, each_year=True)
    whole: Input = named("分母", "分母", required=True, each_year=True)
    of_nothing: Literal["按0计", "待评"] | None = named("分母为零", "分母是 0 时：按0计，或待评；不写为 待评")


def measure(question: Question, parameters: Parameters) -> Measured:
    """The ratio, rounded once to the style's decimals; Pending when the denominator is 0, unless it counts as 0."""
    part, whole = question.operand(parameters.part), question.operand(parameters.whole)
    same_kind(part, whole)
    name = parameters.name or question.name
    if not whole.amount:
        if parameters.of_nothing != "按0计":
            raise Pending(f"{name}的分母（现为 0，无法计算）")
        nothing = operand_of(Decimal(0), "rate", question.forms)
        return Measured(nothing, (f"{name}的分母为0，按{nothing.text}计",))
    rate = Rate.of(part.amount, whole.amount, question.forms.rate)
    line = f"{name}=（{part.text}/{whole.text}）×100%={rate}"
    return Measured(operand_of(rate.fraction, "rate", question.forms), (line,))
