"""系数不一：选项个数相同的题，系数应当相同，不同的要写说明。

以多数题的系数为准（同样多时，以没有写“说明”的、先写的为准）；与它不同、又没有写“说明”的题，是警告。
系数没有写全的题不比较。

正例：系数不同，写了说明。

    问卷:
      题目:
        - {名称: 总体评价, 选项: [{选项: 好, 系数: 100%}, {选项: 中, 系数: 80%}, {选项: 差, 系数: 60%}]}
        - 名称: 组织建设
          选项: [{选项: 好, 系数: 100%}, {选项: 中, 系数: 80%}, {选项: 差, 系数: 50%}]
          说明: 本题最低一档的系数为50%

反例：没有说明。

    问卷:
      题目:
        - {名称: 总体评价, 选项: [{选项: 好, 系数: 100%}, {选项: 中, 系数: 80%}, {选项: 差, 系数: 60%}]}
        - 名称: 设施运行   # !Q104 设施运行 100%、90%、60% 100%、80%、60%
          选项: [{选项: 好, 系数: 100%}, {选项: 中, 系数: 90%}, {选项: 差, 系数: 60%}]
"""

from __future__ import annotations

from collections.abc import Iterator

from ...fields import Path
from ...findings import Level
from ...model import Question
from ...values import Rate
from .. import Case, Fault
from . import questions

CODE = "Q104"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault for each question whose coefficients are not those of the others, and that does not say why."""
    by_size: dict[int, list[tuple[Path, Question]]] = {}
    for path, question in questions(case):
        if question.options and all(isinstance(option.weight, Rate) for option in question.options):
            by_size.setdefault(len(question.options), []).append((path, question))
    for same in by_size.values():
        scales = [_scale(question) for _, question in same]
        usual = max((one for _, one in same), key=lambda one: (scales.count(_scale(one)), not one.remark))
        for path, question in same:
            if _scale(question) != _scale(usual) and not question.remark:
                said, others = "、".join(map(str, _scale(question))), "、".join(map(str, _scale(usual)))
                what = f"题目“{question.name}”的系数是{said}，“{usual.name}”是{others}"
                yield Fault(
                    path, what, expected=others, actual=said, mend="核对系数；确实不同的，在题目的“说明”里写明原因"
                )


def _scale(question: Question) -> tuple[Rate, ...]:
    return tuple(option.weight for option in question.options if isinstance(option.weight, Rate))
