"""系数次序：选项从好到差列，系数应当依次降低。

后一个选项的系数比前一个高或相同，又没有在题目的“说明”里讲明的，是警告，多半是写反了或漏改了。
讲明，是说明里说到反向、逆向、从差到好等；或者说到系数，并且写出这个选项或它的系数。只说系数、没有写出的，只能说明系数相同；
说的是别的事的（“两个问题合并统计”）不算。
从差到好列的（第一个选项带“不”“差”字，系数依次升高）不算。

正例：两个选项都是肯定的回答，写了说明。

    问卷:
      题目:
        - 名称: 贴近需求
          选项: [{选项: 非常贴近, 系数: 100%}, {选项: 贴近, 系数: 100%}]
          说明: 两个选项都是肯定的回答，系数相同

正例：反向的题目，写了说明。

    问卷:
      题目:
        - 名称: 负担变化
          选项: [{选项: 减轻很多, 系数: 60%}, {选项: 略有减轻, 系数: 100%}]
          说明: 反向题

正例：从差到好列。

    问卷:
      题目:
        - {名称: 群众满意度, 选项: [{选项: 不满意, 系数: 0%}, {选项: 一般, 系数: 60%}, {选项: 满意, 系数: 100%}]}

反例：较好的系数比很好的还高。

    问卷:
      题目:
        - 名称: 设施运行
          选项:
            - {选项: 很好, 系数: 80%}
            - {选项: 较好, 系数: 100%}   # !Q105 较好 100% 很好 80%
            - {选项: 一般, 系数: 60%}

反例：说明讲的不是系数为什么反而高。

    问卷:
      题目:
        - 名称: 组织建设
          选项:
            - {选项: 很好, 系数: 80%}
            - {选项: 较好, 系数: 100%}   # !Q105 较好 100% 很好 80%
            - {选项: 一般, 系数: 50%}
          说明: 本题最低一档的系数为50%
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ...findings import Level
from ...model import Option, Question
from ...values import Rate
from .. import Case, Fault
from . import questions, some

CODE = "Q105"
LEVEL = Level.WARNING

REVERSED = ("反向", "逆向", "反问", "倒序", "逆序", "从差到好", "由差到好", "从低到高", "由低到高")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each option whose coefficient is not below that of the option before it."""
    for path, question in questions(case):
        if _from_worst(question):
            continue
        for index, (before, option) in enumerate(pairwise(question.options), 1):
            high, low = before.weight, option.weight
            if isinstance(high, Rate) and isinstance(low, Rate) and low.fraction >= high.fraction:
                if _explained(question, option, low == high):
                    continue
                what = f"题目“{question.name}”里“{option.name}”的系数{low}{_said(before, low, high)}"
                mend = "核对系数和选项的次序；确实这样的，在题目的“说明”里写明系数为什么这样定"
                yield Fault((*path, "选项", index), what, expected=f"低于{high}", actual=str(low), mend=mend)


def _explained(question: Question, option: Option, equal: bool) -> bool:
    """Whether the question's 说明 says why a coefficient is not below the one before it."""
    remark = str(question.remark or "")
    if any(word in remark for word in REVERSED):
        return True
    return "系数" in remark and (equal or option.name in remark or str(option.weight) in remark)


def _said(before: Option, low: Rate, high: Rate) -> str:
    return f"{'与' if low == high else '高于'}“{before.name}”的{high}{'相同' if low == high else ''}"


def _from_worst(question: Question) -> bool:
    """Whether the options are listed from the worst to the best."""
    rates = [option.weight.fraction for option in question.options if isinstance(option.weight, Rate)]
    return bool(rates) and some(question.options[0].name, ["不", "差"]) and rates == sorted(rates)
