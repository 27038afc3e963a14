"""按档扣分：实际值比基准每差一档，扣固定的分数。

得分 = 分值 − 档数 × 每档扣分，档数 = 差额 ÷ 每档；差额是实际值低于基准（方向写“越低越好”时为高于基准）的部分，
没有差额不扣分。档数带小数时怎么取，由“取档”写明：整档舍去（不满一档不扣）、整档进位（不满一档按一档扣）或
按比例（带小数计算）。实际值低于“不得分线”的不得分（恰好等于该线的仍计分）。扣完为止，最低为“最低分”（不写为 0）。
来源：各地评分标准常用写法，如“每少10%扣1分，不足50%不得分”“满意度90%以上满分，每下降1%扣0.1分”。

例：实际完成率 50%，每少 10% 扣 1 分，不足 50% 不得分。

>>> 计分("按档扣分", 分值="9", 实际="50%", 基准="100%", 每档="10%", 每档扣分="1", 取档="整档舍去", 不得分线="50%")
扣分=（100%-50%）÷10%×1=5分
得分=9-5=4分
4

例：满意度 83%，90% 以上满分，每下降 1% 扣 0.1 分。

>>> 计分("按档扣分", 分值="7", 实际="83%", 基准="90%", 每档="1%", 每档扣分="0.1", 取档="按比例")
扣分=（90%-83%）÷1%×0.1=0.70分
得分=7-0.70=6.30分
6.30
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal

from pydantic import field_validator

from ..model import Input, Record, Score, named
from ..scores import POINT_DECIMALS, Cut, Scored, Task
from ..values import half_up, plain

NAME = "按档扣分"


class Parameters(Record):
    """The parameters of 按档扣分."""

    base: Input = named("基准", "从哪个值起算差额，如 100% 或 90%", required=True)
    step: Input = named("每档", "一档是多少，如 10%", required=True)
    cut: Score = named("每档扣分", "每差一档扣几分", required=True)
    mode: Literal["整档舍去", "整档进位", "按比例"] = named("取档", "整档舍去、整档进位或按比例", required=True)
    zero_below: Input | None = named("不得分线", "低于这个值不得分；等于时仍计分")
    floor: Score | None = named("最低分", "扣到几分为止，不写为 0")
    direction: Literal["越高越好", "越低越好"] | None = named("方向", "不写为 越高越好")

    @field_validator("step", mode="after")
    @classmethod
    def _positive(cls, value: Input) -> Input:
        if getattr(value, "fraction", getattr(value, "number", 1)) == 0:
            raise ValueError("“每档”不能是 0")
        return value


def score(task: Task, parameters: Parameters) -> Scored:
    """Points after deducting so much for each step between base and actual value."""
    actual, base, step = task.value(), task.operand(parameters.base), task.operand(parameters.step)
    lower_is_better = parameters.direction == "越低越好"
    worst = parameters.zero_below and task.operand(parameters.zero_below)
    if worst and (actual.amount > worst.amount if lower_is_better else actual.amount < worst.amount):
        line = f"{actual.text}{'高于' if lower_is_better else '不足'}{worst.text}，不得分"
        return Scored(Decimal(0), (line,), (Cut(task.full, line),))
    high, low = (actual, base) if lower_is_better else (base, actual)
    if high.amount <= low.amount:
        return Scored(task.full, (f"{actual.text}已达到{base.text}，得满分{task.points(task.full)}分",))
    steps = (high.amount - low.amount) / step.amount
    if parameters.mode != "按比例":
        steps = steps.to_integral_value(ROUND_FLOOR if parameters.mode == "整档舍去" else ROUND_CEILING)
    cut = half_up(steps * parameters.cut, POINT_DECIMALS)
    points = max(parameters.floor or Decimal(0), half_up(task.full - cut, POINT_DECIMALS))
    taken = "" if parameters.mode == "按比例" else f"，{parameters.mode}为{plain(steps)}档"
    whole = parameters.mode == "按比例" or steps * step.amount == high.amount - low.amount
    formula = f"（{high.text}-{low.text}）÷{step.text}"
    lines = (
        f"扣分={formula}×{plain(parameters.cut)}={task.points(cut)}分"
        if whole
        else f"档数={formula}{taken}，扣分={plain(steps)}×{plain(parameters.cut)}={task.points(cut)}分",
        f"得分={task.points(task.full)}-{task.points(cut)}={task.points(points)}分"
        if task.full - cut == points
        else f"扣至{task.points(points)}分为止",
    )
    return Scored(points, lines, (Cut(task.full - points, f"低于基准{base.text}" if not lower_is_better else f"高于基准{base.text}"),))
