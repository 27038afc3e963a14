"""定性分档：定性指标先定档次，再由评价人员在该档的分数范围内打分。

“档次”从高到低列出，每档写“名称”和“下限”（分值的百分之几），最低一档的下限是 0%。一档的范围是
下限 × 分值（含，四舍五入到打印的小数，通常两位）到上一档的下限（不含）；最高一档到满分（含）。
“评定”是选定的档次，“评分”是打的分数，必须在该档范围内。没有写“评分”的是待评。评分由人给出，不是公式推算的。
来源：自评办法通行的三档：达成年度指标 100%–80%（含）、部分达成并具有一定效果 80%–60%（含）、未达成且效果较差 60%–0%；
有的旧模板是 80%、50%、0%，所以界限写在数据里。

>>> 三档 = [{"名称": "达成", "下限": "80%"}, {"名称": "部分达成", "下限": "60%"}, {"名称": "未达成", "下限": "0%"}]

例：部分达成，在 60%（含）至 80% 之间打分。

>>> 计分("定性分档", 分值="8", 档次=三档, 评定="部分达成", 评分="6", 理由="长效机制只覆盖了一半社区")
评定为“部分达成”（4.80分≤得分<6.40分），长效机制只覆盖了一半社区，评6分
6

例：达成的可以打满分。

>>> 计分("定性分档", 分值="8", 档次=三档, 评定="达成", 评分="8")
评定为“达成”（6.40分≤得分≤8分），评8分
8

反例：部分达成，却打了 80% 的分数。

>>> 计分("定性分档", 分值="8", 档次=三档, 评定="部分达成", 评分="6.4", 理由="只覆盖了一半社区")
错误：评分6.40不在“部分达成”的范围内（4.80分≤得分<6.40分）

例：还没有打分。

>>> 计分("定性分档", 分值="8", 档次=三档)
待评：评定档次和评分
"""

from __future__ import annotations

from itertools import pairwise
from typing import Self

from pydantic import model_validator

from ..fields import Record, Score, Share, Text, named
from ..scores import Pending, Scored, ScoringError, Task

NAME = "定性分档"


class Grade(Record):
    """One grade and where it begins."""

    name: Text = named("名称", "档次的名称，如 部分达成", required=True)
    low: Share = named("下限", "该档最低得分值的百分之几，含", required=True)


class Parameters(Record):
    """The parameters of 定性分档."""

    grades: list[Grade] = named("档次", "各档，从高到低，最低一档的下限是 0%", required=True)
    chosen: Text | None = named("评定", "选定的档次；不写为待评", each_year=True)
    given: Score | None = named("评分", "评价人员打的分数；不写为待评", each_year=True)
    reason: Text | None = named("理由", "这样评定的理由；没有打满分的必须写", each_year=True)

    @model_validator(mode="after")
    def _scale(self) -> Self:
        lows = [grade.low.fraction for grade in self.grades]
        if not lows or lows[-1] != 0:
            raise ValueError("“档次”从高到低列出，最低一档的“下限”应为 0%")
        if lows[0] >= 1 or any(high <= low for high, low in pairwise(lows)):
            raise ValueError("“档次”的“下限”应低于 100%，并且一档比一档低")
        names = [grade.name for grade in self.grades]
        if len(set(names)) < len(names):
            raise ValueError("“档次”有重名的")
        if self.chosen is not None and self.chosen not in names:
            raise ValueError(f"“评定”应为{'、'.join(names)}中的一个，现在是“{self.chosen}”")
        return self


def score(task: Task, parameters: Parameters) -> Scored:
    """The points that the evaluator gave, if they lie in the range of the chosen grade."""
    if parameters.chosen is None or parameters.given is None:
        raise Pending("评定档次和评分")
    place = [grade.name for grade in parameters.grades].index(parameters.chosen)
    low, top = task.rounded(task.full * parameters.grades[place].low.fraction), place == 0
    high = task.full if top else task.rounded(task.full * parameters.grades[place - 1].low.fraction)
    points = task.given(parameters.given, "评分", within=True)
    bounds = f"（{task.points(low)}分≤得分{'≤' if top else '<'}{task.points(high)}分）"
    if not low <= points <= high or (points == high and not top):
        raise ScoringError(f"评分{task.points(points)}不在“{parameters.chosen}”的范围内{bounds}")
    if points < task.full and not parameters.reason:
        raise ScoringError("没有打满分，要写“理由”")
    reason = f"{parameters.reason.rstrip('。')}，" if parameters.reason else ""
    line = f"评定为“{parameters.chosen}”{bounds}，{reason}评{task.points(points)}分"
    return task.scored(points, (line,), parameters.reason or parameters.chosen, derived=False)
