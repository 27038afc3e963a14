"""按差额扣减：实际值比基准每差一档，按分值（或其中一部分）的一定比例扣减。

差额 = 基准 − 实际值；扣分比例 = 差额 ÷ 每档 × 每档扣减比例（不足一档的按比例计，不取整）。
不写“扣减基数”：得分 = 分值 ×（1 − 扣分比例）；
写了“扣减基数”（分数）：扣分 = 扣分比例 × 扣减基数，先四舍五入到打印的小数（通常两位），得分 = 分值 − 扣分。
没有差额得满分；扣完为止，最低 0 分。
来源：资金到位率的评分标准“每低 5% 扣减 0.4%”；同一算法只作用于某个要点的分数时，扣减基数就是该要点的分数。

例：资金到位率 26.56%，每差 5% 扣分值的 0.4%。

>>> 计分("按差额扣减", 分值="2", 实际="26.56%", 基准="100%", 每档="5%", 每档扣减比例="0.4%")
差额=100%-26.56%=73.44%
扣分比例=（73.44%÷5%）×0.4%=5.8752%
得分=2×（1-5.8752%）=1.882496≈1.88分
1.88

例：同样的差额，只扣减其中 1.2 分的要点。

>>> 计分("按差额扣减", 分值="6", 实际="26.56%", 基准="100%", 每档="5%", 每档扣减比例="0.4%", 扣减基数="1.2")
差额=100%-26.56%=73.44%
扣分=（73.44%÷5%）×0.4%×1.2=0.0705024≈0.07分
得分=6-0.07=5.93分
5.93

例：足额到位。

>>> 计分("按差额扣减", 分值="2", 实际="100%", 基准="100%", 每档="5%", 每档扣减比例="0.4%")
100%已达到100%，得满分2分
2
"""

from __future__ import annotations

from decimal import Decimal

from pydantic import field_validator

from ..fields import Input, Record, Score, Share, named
from ..scores import EXACT_DECIMALS, Scored, ScoringError, Task, amount_of, same_kind
from ..values import half_up, plain
from . import worded

NAME = "按差额扣减"


class Parameters(Record):
    """The parameters of 按差额扣减."""

    base: Input = named("基准", "从哪个值起算差额，如 100%", required=True)
    step: Input = named("每档", "一档是多少，如 5%", required=True)
    share: Share = named("每档扣减比例", "每差一档扣减百分之几，如 0.4%", required=True)
    of: Score | None = named("扣减基数", "按多少分来扣减；不写为本指标的分值")

    @field_validator("step", mode="after")
    @classmethod
    def _positive(cls, value: Input) -> Input:
        _check_step(amount_of(value))
        return value


def _check_step(step: Decimal | None) -> None:
    if step is not None and step <= 0:
        raise ScoringError("“每档”要大于 0")


def score(task: Task, parameters: Parameters) -> Scored:
    """Points after a deduction in proportion to the gap between base and actual value."""
    base, step = task.operand(parameters.base), task.operand(parameters.step)
    _check_step(step.amount)
    actual = task.value()
    same_kind(actual, base, step)
    gap = base.amount - actual.amount
    reached, wanted = worded(actual, task.forms), worded(base, task.forms)
    if gap <= 0:
        return Scored(task.full, (f"{reached}已达到{wanted}，得满分{task.points(task.full)}分",))
    gap_text = base.like(gap, task.forms)
    line = f"差额={base.text}-{actual.after_minus}={gap_text}"
    formula = f"（{gap_text}÷{step.text}）×{plain(parameters.share.percent)}%"
    taken = gap * parameters.share.fraction / step.amount
    reason = f"{reached}低于{wanted}"
    if parameters.of is None:
        points, lines = _of_full_points(task, taken, formula)
    else:
        points, lines = _of_some_points(task, taken * parameters.of, f"{formula}×{plain(parameters.of)}")
    return task.scored(points, (line, *lines), reason)


def _of_full_points(task: Task, taken: Decimal, formula: str) -> tuple[Decimal, tuple[str, ...]]:
    full = task.points(task.full)
    percent, exact = taken * 100, taken * 100 == half_up(taken * 100, EXACT_DECIMALS)
    shown = f"={plain(percent)}%" if exact else f"≈{plain(half_up(percent, 4))}%"
    if taken >= 1:
        return Decimal(0), (f"扣分比例={formula}{shown}", "扣完为止，得0分")
    points, ending = task.result(task.full * (1 - taken))
    if not exact:  # a rounded rate must not stand in the formula of the points
        return points, (f"得分={full}×[1-{formula}]{ending}",)
    return points, (f"扣分比例={formula}{shown}", f"得分={full}×（1-{plain(percent)}%）{ending}")


def _of_some_points(task: Task, taken: Decimal, formula: str) -> tuple[Decimal, tuple[str, ...]]:
    full = task.points(task.full)
    cut, ending = task.result(taken)
    line = f"扣分={formula}{ending}"
    if cut > task.full:
        return Decimal(0), (line, "扣完为止，得0分")
    points = task.full - cut
    return points, (line, f"得分={full}-{task.points(cut)}={task.points(points)}分")
