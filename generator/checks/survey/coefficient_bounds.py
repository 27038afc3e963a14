"""系数上限：选项的系数不超过 100%。

超过 100%，得分率就可能超过 100%。多半是多写了一位，或把分数写成了百分比。

正例：最高是 100%。

    问卷:
      题目:
        - {名称: 群众满意度, 选项: [{选项: 满意, 系数: 100%}, {选项: 一般, 系数: 60%}]}

反例：写成了 120%。

    问卷:
      题目:
        - 名称: 群众满意度
          选项:
            - {选项: 非常满意, 系数: 120%}   # !Q106 非常满意 120%
            - {选项: 一般, 系数: 60%}
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from ...values import Rate
from .. import Case, Fault
from . import questions

CODE = "Q106"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Fault]:
    """A fault for each coefficient above 100%."""
    for path, question in questions(case):
        for index, option in enumerate(question.options):
            if isinstance(option.weight, Rate) and option.weight.fraction > 1:
                what = f"题目“{question.name}”里“{option.name}”的系数{option.weight}超过了100%"
                place = (*path, "选项", index, "系数")
                yield Fault(place, what, expected="不超过100%", actual=str(option.weight), mend="核对系数")
