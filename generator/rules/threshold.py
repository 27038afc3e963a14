"""达标得分：达到标准得满分，达不到不得分。

实际值与“标准”用“符号”（≥、>、=、≤、<）相比，成立得满分，不成立得 0 分；符号必须写明，因为“90%以上”含不含 90%，
各地写法不一。不能用数字判断的，不写标准和符号，只写“达到: 是”或“达到: 否”，并可用“条件”写明看的是什么。
来源：评分标准中的“达到得满分，否则不得分”；成本节约率“≥0 得满分”也是这一种。

例：成本节约率 73.44%，不低于 0 得满分。

>>> 计分("达标得分", 分值="8", 实际="73.44%", 符号="≥", 标准="0%")
73.44%≥0%，得满分8分
8

例：超支 5%，节约率为负，不得分。

>>> 计分("达标得分", 分值="8", 实际="-5%", 符号="≥", 标准="0%")
-5%未达到≥0%的标准，不得分
0

例：金额，标准写“=”。

>>> 计分("达标得分", 分值="3", 实际="9万元", 符号="=", 标准="10万元")
90,000.00元未达到100,000.00元的标准，不得分
0

例：按是或否判断。

>>> 计分("达标得分", 分值="3", 条件="资金实行专账核算", 达到="是")
资金实行专账核算：是，得满分3分
3
>>> 计分("达标得分", 分值="3", 条件="资金实行专账核算", 达到="否")
资金实行专账核算：否，不得分
0

反例：标准写了，符号没写。

>>> 计分("达标得分", 分值="8", 实际="90%", 标准="90%")
错误：“标准”和“符号”要一起写，如 符号: ≥、标准: 90%；用是或否判断的只写“达到”
"""

from __future__ import annotations

import operator
from decimal import Decimal
from typing import Literal, Self

from pydantic import model_validator

from ..fields import Input, Record, Text, YesNo, named
from ..scores import Pending, Scored, Task, same_kind
from . import worded

NAME = "达标得分"
COMPARISONS = {"≥": operator.ge, ">": operator.gt, "=": operator.eq, "≤": operator.le, "<": operator.lt}


class Parameters(Record):
    """The parameters of 达标得分."""

    sign: Literal["≥", ">", "=", "≤", "<"] | None = named("符号", "实际值与标准相比的符号：≥、>、=、≤ 或 <")
    standard: Input | None = named("标准", "达标的值，如 90%")
    condition: Text | None = named("条件", "用是或否判断时，判断的是什么")
    met: YesNo | None = named("达到", "用是或否判断时，是否达到", each_year=True)

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.sign is None) != (self.standard is None):
            raise ValueError("“标准”和“符号”要一起写，如 符号: ≥、标准: 90%；用是或否判断的只写“达到”")
        if self.sign and (self.met is not None or self.condition):
            raise ValueError("“标准”“符号”与“达到”“条件”是两种判断方法，只写一种")
        return self


def score(task: Task, parameters: Parameters) -> Scored:
    """Full points when the condition holds, else none."""
    if parameters.sign is None or parameters.standard is None:
        return _by_answer(task, parameters)
    standard, actual = task.operand(parameters.standard), task.value()
    same_kind(actual, standard)
    reached, wanted = worded(actual, task.forms), f"{parameters.sign}{worded(standard, task.forms)}"
    if COMPARISONS[parameters.sign](actual.amount, standard.amount):
        return Scored(task.full, (f"{reached}{wanted}，得满分{task.points(task.full)}分",))
    line = f"{reached}未达到{wanted.removeprefix('=')}的标准，不得分"
    return task.scored(Decimal(0), (line,), line)


def _by_answer(task: Task, parameters: Parameters) -> Scored:
    condition = parameters.condition or task.name
    if parameters.met is None:
        raise Pending(f"“{condition}”是否达到")
    if parameters.met:
        return Scored(task.full, (f"{condition}：是，得满分{task.points(task.full)}分",))
    line = f"{condition}：否，不得分"
    return task.scored(Decimal(0), (line,), line)
