"""直接评分：分数由评价人员给出，没有公式。

“得分”是给的分数，不能超过分值，小数不能比打印的得分更细（通常两位）；“理由”必须写。
报告中注明是人工评定，不编造计算过程。没有写“得分”的是待评。
能说明扣了哪几项的，用“逐项扣分”更清楚。
来源：评分标准没有给出公式、由评价组集体评定的指标。

例：

>>> 计分("直接评分", 分值="5", 得分="4.5", 理由="台账基本完整，个别表格缺签字")
台账基本完整，个别表格缺签字，得4.50分（人工评定）
4.50

反例：超过分值。

>>> 计分("直接评分", 分值="5", 得分="6", 理由="成效突出")
错误：得分6超过了分值5

反例：比打印的得分更细，印出来就和等级对不上。

>>> 计分("直接评分", 分值="5", 得分="4.496", 理由="台账基本完整")
错误：得分最多 2 位小数，现在是 4.496
"""

from __future__ import annotations

from ..fields import Record, Score, Text, named
from ..scores import Pending, Scored, Task

NAME = "直接评分"


class Parameters(Record):
    """The parameters of 直接评分."""

    points: Score | None = named("得分", "给的分数；不写为待评", each_year=True)
    reason: Text = named("理由", "给这个分数的理由", required=True, each_year=True)


def score(task: Task, parameters: Parameters) -> Scored:
    """The points that a person gave; never derived."""
    if parameters.points is None:
        raise Pending("得分")
    points = task.given(parameters.points, "得分", within=True)
    line = f"{parameters.reason.rstrip('。')}，得{task.points(points)}分（人工评定）"
    return task.scored(points, (line,), parameters.reason, derived=False)
