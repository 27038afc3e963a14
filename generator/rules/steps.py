"""按档扣分：实际值比基准每差一档，扣固定的分数。

得分 = 分值 − 档数 × 每档扣分，档数 = 差额 ÷ 每档；差额是实际值低于基准（方向写“越低越好”时为高于基准）的部分，
没有差额不扣分。档数带小数时怎么取，由“取档”写明：整档舍去（不满一档不扣）、整档进位（不满一档按一档扣）或
按比例（带小数计算）。实际值低于“不得分线”的不得分（恰好等于该线的仍计分）。扣完为止，最低为“最低分”（不写为 0）；
不得分的不受最低分限制。
来源：各地评分标准常用写法，如“每少10%扣1分，不足50%不得分”“满意度90%以上满分，每下降1%扣0.1分”“每降5%扣1分，
扣完为止”。基准必须写明：同是“每下降10%扣0.5分”，从 100% 起还是从目标值 90% 起，扣分不同。

例：实际完成率 50%，每少 10% 扣 1 分，不足 50% 不得分。

>>> 计分("按档扣分", 分值="9", 实际="50%", 基准="100%", 每档="10%", 每档扣分="1", 取档="整档舍去", 不得分线="50%")
扣分=（100%-50%）÷10%×1=5分
得分=9-5=4分
4
>>> 计分("按档扣分", 分值="9", 实际="49.99%", 基准="100%", 每档="10%", 每档扣分="1", 取档="整档舍去", 不得分线="50%")
49.99%不足50%，不得分
0

例：满意度 83%，90% 以上满分，每下降 1% 扣 0.1 分。

>>> 计分("按档扣分", 分值="7", 实际="83%", 基准="90%", 每档="1%", 每档扣分="0.1", 取档="按比例")
扣分=（90%-83%）÷1%×0.1=0.70分
得分=7-0.70=6.30分
6.30

例：满意度 83%，每降 5% 扣 1 分，三种取档。

>>> 计分("按档扣分", 分值="7", 实际="83%", 基准="90%", 每档="5%", 每档扣分="1", 取档="整档舍去")
档数=（90%-83%）÷5%=1.4，整档舍去为1档
扣分=1×1=1分
得分=7-1=6分
6
>>> 计分("按档扣分", 分值="7", 实际="83%", 基准="90%", 每档="5%", 每档扣分="1", 取档="整档进位")
档数=（90%-83%）÷5%=1.4，整档进位为2档
扣分=2×1=2分
得分=7-2=5分
5
>>> 计分("按档扣分", 分值="7", 实际="83%", 基准="90%", 每档="5%", 每档扣分="1", 取档="按比例")
扣分=（90%-83%）÷5%×1=1.40分
得分=7-1.40=5.60分
5.60

例：每下降 10% 扣 0.5 分，从 100% 起算；达到基准不扣分；扣完为止。

>>> 计分("按档扣分", 分值="3", 实际="80%", 基准="100%", 每档="10%", 每档扣分="0.5", 取档="整档舍去")
扣分=（100%-80%）÷10%×0.5=1分
得分=3-1=2分
2
>>> 计分("按档扣分", 分值="3", 实际="90%", 基准="90%", 每档="10%", 每档扣分="0.5", 取档="整档舍去")
90%已达到90%，得满分3分
3
>>> 计分("按档扣分", 分值="3", 实际="20%", 基准="100%", 每档="10%", 每档扣分="0.5", 取档="整档舍去")
扣分=（100%-20%）÷10%×0.5=4分
扣完为止，得0分
0

例：超支率越低越好。

>>> 计分("按档扣分", 分值="5", 实际="12%", 基准="10%", 每档="1%", 每档扣分="0.5", 取档="整档进位", 方向="越低越好")
扣分=（12%-10%）÷1%×0.5=1分
得分=5-1=4分
4
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal

from pydantic import field_validator

from ..fields import Input, Record, Score, named
from ..scores import EXACT_DECIMALS, Operand, Scored, ScoringError, Task, amount_of, same_kind
from ..values import half_up, plain
from . import worded

NAME = "按档扣分"
ROUNDINGS = {"整档舍去": ROUND_FLOOR, "整档进位": ROUND_CEILING}


class Parameters(Record):
    """The parameters of 按档扣分."""

    base: Input = named("基准", "从哪个值起算差额，如 100% 或 90%", required=True)
    step: Input = named("每档", "一档是多少，如 10%", required=True)
    cut: Score = named("每档扣分", "每差一档扣几分", required=True)
    mode: Literal["整档舍去", "整档进位", "按比例"] = named("取档", "整档舍去、整档进位或按比例", required=True)
    zero_below: Input | None = named("不得分线", "低于这个值不得分（越低越好时为高于）；等于时仍计分")
    floor: Score | None = named("最低分", "扣到几分为止，不写为 0")
    direction: Literal["越高越好", "越低越好"] | None = named("方向", "不写为 越高越好")

    @field_validator("step", mode="after")
    @classmethod
    def _positive(cls, value: Input) -> Input:
        _check_step(amount_of(value))
        return value


def _check_step(step: Decimal | None) -> None:
    if step is not None and step <= 0:
        raise ScoringError("“每档”要大于 0")


def score(task: Task, parameters: Parameters) -> Scored:
    """Points after deducting so much for each step between base and actual value."""
    base, step = task.operand(parameters.base), task.operand(parameters.step)
    _check_step(step.amount)
    worst = task.operand(parameters.zero_below) if parameters.zero_below is not None else None
    floor = task.given(parameters.floor or Decimal(0), "最低分")
    if floor > task.full:
        raise ScoringError(f"“最低分”{task.points(floor)}高于分值{task.points(task.full)}")
    actual = task.value()
    same_kind(actual, base, step, *([worst] if worst else []))
    falls, reached, wanted = parameters.direction == "越低越好", worded(actual, task.forms), worded(base, task.forms)
    if worst and (actual.amount > worst.amount if falls else actual.amount < worst.amount):
        line = f"{reached}{'高于' if falls else '不足'}{worded(worst, task.forms)}，不得分"
        return task.scored(Decimal(0), (line,), line)
    high, low = (actual, base) if falls else (base, actual)
    if high.amount <= low.amount:
        verb = "未超过" if falls else "已达到"
        return Scored(task.full, (f"{reached}{verb}{wanted}，得满分{task.points(task.full)}分",))
    cut, lines = _deduction(task, parameters, high, low, step)
    points = max(floor, task.full - cut)
    last = (
        f"得分={task.points(task.full)}-{task.points(cut)}={task.points(points)}分"
        if task.full - cut >= floor
        else f"扣{'至最低分' if floor else '完'}为止，得{task.points(points)}分"
    )
    return task.scored(points, (*lines, last), f"{reached}{'高于' if falls else '低于'}{wanted}")


def _deduction(
    task: Task, parameters: Parameters, high: Operand, low: Operand, step: Operand
) -> tuple[Decimal, tuple[str, ...]]:
    """The deduction, before it is limited to the full points, and its derivation."""
    gap = high.amount - low.amount
    formula, each = f"（{high.text}-{low.after_minus}）÷{step.text}", plain(parameters.cut)
    if parameters.mode == "按比例":
        cut, ending = task.result(gap * parameters.cut / step.amount)
        return cut, (f"扣分={formula}×{each}{ending}",)
    steps = gap / step.amount
    whole = steps.to_integral_value(ROUNDINGS[parameters.mode])
    cut, ending = task.result(whole * parameters.cut)
    if whole == steps:
        return cut, (f"扣分={formula}×{each}{ending}",)
    exact = half_up(steps, EXACT_DECIMALS) == steps
    count = f"={plain(steps)}" if exact else f"≈{plain(half_up(steps, 2))}"
    return cut, (f"档数={formula}{count}，{parameters.mode}为{plain(whole)}档", f"扣分={plain(whole)}×{each}{ending}")
