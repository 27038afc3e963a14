"""问卷：一道题的得分率，各选项的人数乘系数之和 ÷ 有效问卷数 ×100%。

“题目”写“问卷.题目”里的名称。各选项的人数和系数写在题目里；各题的系数可以不同，都是数据。
选项的人数、系数或有效问卷数没有写全的，指标是待评。
来源：满意度问卷的加权得分率。

例：有效问卷 40 份：满意 12 份计 100%，较满意 22 份计 80%，一般 6 份计 60%。

>>> 测算("问卷", 题目="群众满意度")
得分率=（12×100%+22×80%+6×60%）/40×100%=83%
"""

from __future__ import annotations

from ..fields import Record, Text, named
from ..scores import Measured, Question, ScoringError, operand_of
from ..values import Rate

NAME = "问卷"


class Parameters(Record):
    """The parameters of 问卷."""

    question: Text = named("题目", "问卷.题目 里的名称", required=True)


def measure(question: Question, parameters: Parameters) -> Measured:
    """The weighted rate of one survey question."""
    figure = question.survey(parameters.question)
    if not isinstance(figure.value, Rate):
        raise ScoringError(f"问卷题目“{parameters.question}”没有得分率")
    return Measured(operand_of(figure.value.fraction, "rate", question.forms), (figure.derivation,))
