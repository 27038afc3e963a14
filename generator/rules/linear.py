"""线性递减：越低越好的指标，超过目标值后得分按直线下降，超到一定倍数不得分。

实际值 ≤ 目标值：满分；实际值 ≥ 目标值 × 归零倍数：0 分；
其间 得分 =（1 −（实际值 − 目标值）÷（目标值 ×（归零倍数 − 1）））× 分值。
归零倍数通常是 2：超出目标值百分之几，就扣分值的百分之几。目标值是 0 时，实际值大于 0 就不得分。
来源：自评系统对反向（≤）指标的算法。同样目标 90、实际 120、分值 8，这里得 5.33 分，“按比例得分”（越低越好）得 6 分，
用哪一种要看评分标准怎么写。

例：目标 90，实际 120。

>>> 计分("线性递减", 分值="8", 实际="120", 目标值="90", 归零倍数="2")
得分=[1-（120-90）÷90]×8≈5.33分
5.33

例：达到两倍不得分；没有超过的得满分。

>>> 计分("线性递减", 分值="8", 实际="180", 目标值="90", 归零倍数="2")
180已达到90的2倍，不得分
0
>>> 计分("线性递减", 分值="8", 实际="90", 目标值="90", 归零倍数="2")
90未超过90，得满分8分
8

例：超出一半就不得分。

>>> 计分("线性递减", 分值="8", 实际="100", 目标值="80", 归零倍数="1.5")
得分=[1-（100-80）÷40]×8=4分
4
"""

from __future__ import annotations

from decimal import Decimal

from pydantic import field_validator

from ..fields import Input, Number, Record, named
from ..scores import Scored, ScoringError, Task, amount_of, same_kind
from ..values import plain
from . import worded

NAME = "线性递减"


class Parameters(Record):
    """The parameters of 线性递减."""

    target: Input = named("目标值", "不超过它得满分，不能是负数", required=True)
    zero_at: Number = named("归零倍数", "达到目标值的几倍不得分，通常是 2", required=True)

    @field_validator("zero_at", mode="after")
    @classmethod
    def _above_one(cls, value: Decimal) -> Decimal:
        if value <= 1:
            raise ValueError("“归零倍数”要大于 1")
        return value

    @field_validator("target", mode="after")
    @classmethod
    def _not_negative(cls, value: Input) -> Input:
        _check_target(amount_of(value))
        return value


def _check_target(target: Decimal | None) -> None:
    if target is not None and target < 0:
        raise ScoringError("“目标值”不能是负数")


def score(task: Task, parameters: Parameters) -> Scored:
    """Points that fall in a straight line from the target to a multiple of it."""
    target, times = task.operand(parameters.target), parameters.zero_at
    _check_target(target.amount)
    actual = task.value()
    same_kind(actual, target)
    reached, wanted = worded(actual, task.forms), worded(target, task.forms)
    if actual.amount <= target.amount:
        return Scored(task.full, (f"{reached}未超过{wanted}，得满分{task.points(task.full)}分",))
    over = f"{reached}超过{wanted}"
    if actual.amount >= target.amount * times:
        line = f"{reached}已达到{wanted}的{plain(times)}倍" if target.amount else over
        return task.scored(Decimal(0), (f"{line}，不得分",), over)
    room = target.amount * (times - 1)
    points, ending = task.result((room - (actual.amount - target.amount)) * task.full / room)
    share = f"[1-（{actual.text}-{target.after_minus}）÷{target.like(room, task.forms)}]"
    return task.scored(points, (f"得分={share}×{task.points(task.full)}{ending}",), over)
