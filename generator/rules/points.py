"""按要点得分：一个指标有若干评价要点，按达到的要点给分。

“分配”写明每个要点值多少：
均分：各要点占分值的 1/n，得分 = 分值 ÷ 要点数 × 达到的要点数；
按占比：每个要点写“占比”，合计 100%，得分 = 分值 × 达到的要点的占比之和；
按扣分：每个要点写“扣分”，没有达到的从分值中扣，扣完为止。
写了“前提: 是”的要点没有达到，整个指标不得分。没有写“达到”的要点还没有评，这个指标是待评。
来源：评分标准中的“具备一个要素得 20%”“前项不具备的，总体不得分”“一项不符扣 0.5 分”。

例：五个要点均分，达到四个。

>>> 计分("按要点得分", 分值="4", 分配="均分", 要点=[
...     {"要点": "有明确的绩效目标", "达到": "是"}, {"要点": "与工作内容相关", "达到": "是"},
...     {"要点": "符合正常业绩水平", "达到": "是"}, {"要点": "与资金量匹配", "达到": "否"},
...     {"要点": "不与同类项目重复", "达到": "是"}])
共5个要点，达到4个，得分=4×4÷5=3.20分
3.20

例：占比不等，第一个要点是前提。

>>> 目标 = {"要点": "设有绩效目标", "占比": "40%", "前提": "是"}
>>> 其余 = [{"要点": "与工作内容相关", "达到": "是", "占比": "20%"},
...         {"要点": "符合正常业绩水平", "达到": "是", "占比": "20%"},
...         {"要点": "与资金量匹配", "达到": "否", "占比": "20%", "说明": "目标与资金量不匹配"}]
>>> 计分("按要点得分", 分值="5", 分配="按占比", 要点=[{**目标, "达到": "是"}, *其余])
得分=5×（40%+20%+20%）=4分
4
>>> 计分("按要点得分", 分值="5", 分配="按占比", 要点=[{**目标, "达到": "否"}, *其余])
设有绩效目标：未达到，不得分
0

例：每个要点不符扣固定的分数。

>>> 计分("按要点得分", 分值="2", 分配="按扣分", 要点=[
...     {"要点": "细化为具体指标", "达到": "是", "扣分": "0.5"},
...     {"要点": "与计划数对应", "达到": "否", "扣分": "0.5", "说明": "指标与年度计划数不对应"}])
指标与年度计划数不对应，扣0.50分
得分=2-0.50=1.50分
1.50

反例：占比合计不是 100%。

>>> 计分("按要点得分", 分值="5", 分配="按占比", 要点=其余)
错误：“要点”的占比合计是60%，应为100%
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, Self

from pydantic import model_validator

from ..fields import Record, Score, Share, Text, YesNo, named
from ..scores import Cut, Pending, Scored, Task
from ..values import plain

NAME = "按要点得分"


class Point(Record):
    """One point that is looked at."""

    text: Text = named("要点", "评价要点", required=True)
    met: YesNo | None = named("达到", "是否达到；不写为待评", each_year=True)
    share: Share | None = named("占比", "分配写“按占比”时，占分值的百分之几")
    cut: Score | None = named("扣分", "分配写“按扣分”时，没有达到扣几分")
    condition: YesNo | None = named("前提", "是：没有达到则整个指标不得分；不写为 否")
    remark: Text | None = named("说明", "没有达到的具体情况", each_year=True)

    @property
    def reason(self) -> str:
        """Why points are deducted for it."""
        return self.remark or f"{self.text}：未达到"


class Parameters(Record):
    """The parameters of 按要点得分."""

    sharing: Literal["均分", "按占比", "按扣分"] = named("分配", "均分、按占比或按扣分", required=True)
    points: list[Point] = named("要点", "各个要点，依次列出", required=True)

    @model_validator(mode="after")
    def _shares(self) -> Self:
        if not self.points:
            raise ValueError("“要点”至少要有一个")
        for key, wanted, said in (
            ("占比", "按占比", [point.share for point in self.points]),
            ("扣分", "按扣分", [point.cut for point in self.points]),
        ):
            if self.sharing == wanted and None in said:
                raise ValueError(f"“分配: {wanted}”时，每个要点都要写“{key}”")
            if self.sharing != wanted and any(value is not None for value in said):
                raise ValueError(f"“{key}”只在“分配: {wanted}”时写")
        total = sum((point.share.percent for point in self.points if point.share), Decimal())
        if self.sharing == "按占比" and total != 100:
            raise ValueError(f"“要点”的占比合计是{plain(total)}%，应为100%")
        return self


def score(task: Task, parameters: Parameters) -> Scored:
    """Points for the points that are met."""
    for point in parameters.points:
        if point.met is None:
            raise Pending(f"要点“{point.text}”是否达到")
    missed = [point for point in parameters.points if not point.met]
    for point in missed:
        if point.condition:
            line = f"{point.reason.rstrip('。')}，不得分"
            return task.scored(Decimal(0), (line,), point.reason)
    if not missed:
        return Scored(task.full, (f"{len(parameters.points)}个要点全部达到，得满分{task.points(task.full)}分",))
    if parameters.sharing == "按扣分":
        return _with_cuts(task, missed)
    met = [point for point in parameters.points if point.met]
    full, reason = task.points(task.full), "；".join(point.reason for point in missed)
    if not met:
        return task.scored(Decimal(0), (f"{len(missed)}个要点均未达到，不得分",), reason)
    if parameters.sharing == "均分":
        count = len(parameters.points)
        points, ending = task.result(task.full * len(met) / count)
        line = f"共{count}个要点，达到{len(met)}个，得分={full}×{len(met)}÷{count}{ending}"
        return task.scored(points, (line,), reason)
    shares = [point.share for point in met if point.share]
    points, ending = task.result(task.full * sum((share.fraction for share in shares), Decimal()))
    summed = "+".join(f"{plain(share.percent)}%" for share in shares)
    factor = f"（{summed}）" if len(shares) > 1 else summed
    return task.scored(points, (f"得分={full}×{factor}{ending}",), reason)


def _with_cuts(task: Task, missed: list[Point]) -> Scored:
    cuts = tuple(Cut(task.given(point.cut or Decimal(0), "扣分"), point.reason) for point in missed)
    lines = tuple(f"{cut.reason.rstrip('。')}，扣{task.points(cut.points)}分" for cut in cuts)
    left = task.full - sum((cut.points for cut in cuts), Decimal())
    written = "".join(f"-{task.points(cut.points)}" for cut in cuts)
    if left < 0:
        return Scored(Decimal(0), (*lines, "扣完为止，得0分"), cuts)
    return Scored(left, (*lines, f"得分={task.points(task.full)}{written}={task.points(left)}分"), cuts)
