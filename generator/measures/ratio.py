"""比率：分子 ÷ 分母 ×100%，如资金到位率、实际完成率、质量达标率。

比率四舍五入一次，保留样式规定的小数，之后的计分都用这个打印出来的数。
来源：财预〔2020〕10号附件2的资金到位率、实际完成率、质量达标率公式。

例：

>>> 测算("比率", 名称="资金到位率", 分子="175,312.57元", 分母="660,000.00元")
资金到位率=（175,312.57/660,000.00）×100%=26.56%
"""

from __future__ import annotations

from ..model import Input, Record, Text, named
from ..scores import Measured, Pending, Question, operand_of
from ..values import Rate

NAME = "比率"


class Parameters(Record):
    """The parameters of 比率."""

    name: Text | None = named("名称", "比率的名称，不写时用指标名称")
    part: Input = named("分子", "分子", required=True)
    whole: Input = named("分母", "分母，不能是 0", required=True)


def measure(question: Question, parameters: Parameters) -> Measured:
    """The ratio, rounded once to the style's decimals; Pending when the denominator is 0."""
    part, whole = question.operand(parameters.part), question.operand(parameters.whole)
    name = parameters.name or question.name
    if not whole.amount:
        raise Pending(f"{name}的分母（现为 0，无法计算）")
    rate = Rate.of(part.amount, whole.amount, question.forms.rate)
    line = f"{name}=（{part.text}/{whole.text}）×100%={rate}"
    return Measured(operand_of(rate.fraction, "rate", question.forms), (line,))
