"""加权合成：一个指标由几部分（如定量和定性）各自计分，再按权重合成。

每个“部分”写“名称”“权重”和它自己的“计分方法”“参数”“测算”；权重合计 100%。
每部分先按本指标的分值计分（四舍五入到打印的小数，通常两位），再 得分 = Σ 各部分得分 × 权重。
有一部分待评，整个指标待评。
来源：评分标准中的“定量部分占 60%、定性部分占 40%”。

例：定量占 60%，定性占 40%。

>>> 计分("加权合成", 分值="10", 部分=[
...     {"名称": "定量", "权重": "60%", "测算": "83%", "计分方法": "按比例得分",
...      "参数": {"方向": "越高越好", "目标值": "100%"}},
...     {"名称": "定性", "权重": "40%", "计分方法": "直接评分", "参数": {"得分": "9", "理由": "访谈反映良好"}}])
定量：得分=83%×10=8.30分
定性：访谈反映良好，得9分（人工评定）
得分=8.30×60%+9×40%=8.58分
8.58

反例：权重合计不是 100%。

>>> 计分("加权合成", 分值="10", 部分=[
...     {"名称": "定性", "权重": "40%", "计分方法": "直接评分", "参数": {"得分": "9", "理由": "访谈反映良好"}}])
错误：“部分”的权重合计是40%，应为100%
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Self

from pydantic import model_validator

from ..fields import Measuring, Record, Share, Text, named
from ..scores import Pending, Scored, Task
from ..values import plain

NAME = "加权合成"


class Part(Record):
    """One part of the score, with its weight and rule."""

    name: Text = named("名称", "这部分的名称，如 定量", required=True)
    weight: Share = named("权重", "占分值的百分之几，各部分合计 100%", required=True)
    rule: Text = named("计分方法", "这部分用的计分方法", required=True)
    parameters: Any = named("参数", "该计分方法的参数")
    measured: Measuring | None = named("测算", "这部分的实际值，或测算它的方法", "实际值")


class Parameters(Record):
    """The parameters of 加权合成."""

    parts: list[Part] = named("部分", "各个部分，依次列出", required=True)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        total = sum((part.weight.percent for part in self.parts), Decimal())
        if total != 100:
            raise ValueError(f"“部分”的权重合计是{plain(total)}%，应为100%")
        return self


def score(task: Task, parameters: Parameters) -> Scored:
    """The weighted sum of the parts, each scored on the full points."""
    lines, total, terms, reasons, derived = [], Decimal(), [], [], True
    for part in parameters.parts:
        if part.parameters is None:
            raise Pending(f"“{part.name}”的参数")
        scored = task.part(part.rule, part.parameters, task.full, part.measured)
        first, *rest = scored.lines
        lines += [f"{part.name}：{first}", *rest]
        total += scored.points * part.weight.fraction
        terms.append(f"{task.points(scored.points)}×{plain(part.weight.percent)}%")
        reasons += [f"{part.name}：{cut.reason}" for cut in scored.cuts]
        derived = derived and all(cut.derived for cut in scored.cuts)
    points, ending = task.result(total)
    return task.scored(points, (*lines, f"得分={'+'.join(terms)}{ending}"), "；".join(reasons), derived=derived)
