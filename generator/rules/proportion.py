"""按比例得分：没有达到目标值的，按完成的比例得分，满分为止。

“方向”必须写明：
越高越好：实际值 ≥ 目标值得满分，否则 得分 = 实际值 ÷ 目标值 × 分值；
等于目标：同上，但目标值为 0 时，实际值为 0 得满分，大于 0 不得分；
越低越好：实际值 ≤ 目标值得满分，否则 得分 = 目标值 ÷ 实际值 × 分值（与“线性递减”是两种算法，得分不同）。
“满分线”：越高越好时，达到这条线（含）就得满分，没有达到的仍按与目标值的比例得分。
“造成损害: 是”：没有得满分又影响了项目实施或目标实现的，不得分。
实际值是负数的按 0 计；目标值不能是负数。目标值是 100% 时，得分就是 实际值 × 分值。
来源：自评系统对 ≥、=、≤ 三类指标的算法；预算执行率“执行率×分值，最高不超过分值”；资金到位率的损害条款；
满意率“90%以上满分，其余按比例”。

例：预算执行率 86.20%。

>>> 计分("按比例得分", 分值="10", 实际="86.20%", 方向="越高越好", 目标值="100%")
得分=86.20%×10=8.62分
8.62

例：计划 12 场，实际 7 场；超额完成的也只得满分。

>>> 计分("按比例得分", 分值="8", 实际="7场", 方向="越高越好", 目标值="12场")
得分=7÷12×8≈4.67分
4.67
>>> 计分("按比例得分", 分值="8", 实际="15场", 方向="越高越好", 目标值="12场")
15场已达到12场，得满分8分
8

例：成本不超过 90，实际 120，按反比例得分。

>>> 计分("按比例得分", 分值="8", 实际="120", 方向="越低越好", 目标值="90")
得分=90÷120×8=6分
6

例：事故 0 起为目标，发生 1 起不得分。

>>> 计分("按比例得分", 分值="5", 实际="1起", 方向="等于目标", 目标值="0起")
目标值为0，实际为1起，不得分
0

例：满意率 90% 以上满分，其余按比例。

>>> 计分("按比例得分", 分值="10", 实际="90%", 方向="越高越好", 目标值="100%", 满分线="90%")
90%已达到90%，得满分10分
10
>>> 计分("按比例得分", 分值="10", 实际="89%", 方向="越高越好", 目标值="100%", 满分线="90%")
得分=89%×10=8.90分
8.90

例：资金到位率 97%，影响了项目实施，不得分。

>>> 计分("按比例得分", 分值="5", 实际="97%", 方向="越高越好", 目标值="100%", 造成损害="是")
97%未达到100%，且造成损害，不得分
0
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, Self

from pydantic import model_validator

from ..fields import Input, Record, YesNo, named
from ..scores import Operand, Scored, ScoringError, Task, amount_of, operand_of, same_kind
from . import worded

NAME = "按比例得分"


class Parameters(Record):
    """The parameters of 按比例得分."""

    direction: Literal["越高越好", "等于目标", "越低越好"] = named(
        "方向", "越高越好、等于目标或越低越好", required=True
    )
    target: Input = named("目标值", "得满分的目标值，不能是负数", required=True)
    full_from: Input | None = named("满分线", "越高越好时，达到（含）就得满分的值，不高于目标值")
    harmed: YesNo | None = named("造成损害", "没有达到目标时，是否影响了项目实施或目标实现；是则不得分", each_year=True)

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if self.full_from is not None and self.direction != "越高越好":
            raise ValueError("“满分线”只用于“方向: 越高越好”")
        _check_target(amount_of(self.target), amount_of(self.full_from))
        return self


def _check_target(target: Decimal | None, full_from: Decimal | None) -> None:
    if target is not None and target < 0:
        raise ScoringError("“目标值”不能是负数")
    if target is not None and full_from is not None and full_from > target:
        raise ScoringError("“满分线”不能高于“目标值”")


def score(task: Task, parameters: Parameters) -> Scored:
    """Points in proportion to how far the target is reached."""
    target = task.operand(parameters.target)
    goal = task.operand(parameters.full_from) if parameters.full_from is not None else target
    _check_target(target.amount, goal.amount)
    said = task.value()
    same_kind(said, target, goal)
    actual, note = _not_negative(task, said)
    achieved, wanted = worded(actual, task.forms), worded(goal, task.forms)
    if _reached(parameters.direction, actual, goal):
        verb = "未超过" if parameters.direction == "越低越好" else "已达到"
        return Scored(task.full, (*note, f"{achieved}{verb}{wanted}，得满分{task.points(task.full)}分"))
    missed = f"{achieved}{'超过' if parameters.direction == '越低越好' else '未达到'}{wanted}"
    if parameters.harmed:
        return task.scored(Decimal(0), (*note, f"{missed}，且造成损害，不得分"), f"{missed}，且造成损害")
    if not target.amount and parameters.direction == "等于目标":
        line = f"目标值为0，实际为{achieved}，不得分"
        return task.scored(Decimal(0), (*note, line), line)
    part, whole = (target, actual) if parameters.direction == "越低越好" else (actual, target)
    share = part.text if whole.kind == "rate" and whole.amount == 1 else f"{part.text}÷{whole.text}"
    points, ending = task.result(part.amount * task.full / whole.amount)
    return task.scored(points, (*note, f"得分={share}×{task.points(task.full)}{ending}"), missed)


def _not_negative(task: Task, said: Operand) -> tuple[Operand, tuple[str, ...]]:
    if said.amount >= 0:
        return said, ()
    zero = operand_of(Decimal(0), said.kind, task.forms, said.unit)
    return zero, (f"实际值{worded(said, task.forms)}是负数，按{worded(zero, task.forms)}计",)


def _reached(direction: str, actual: Operand, goal: Operand) -> bool:
    if direction == "越低越好" or (direction == "等于目标" and not goal.amount):
        return actual.amount <= goal.amount
    return actual.amount >= goal.amount
