"""元与万元写错：文字里的金额与数据里的恰好差一万倍，多半是把“元”“万元”写错了。

金额有两位以上有效数字，乘以或除以一万后与数据里的某个金额相等，而本身与哪个金额都不相等的，记为警告。

正例：与数据相同；整数可能碰巧。

    资金: {预算: 1650万元, 到位: 1640万元}
    正文:
      项目概况: 项目安排1,650.00万元，每人补助1元。

反例：数据是1650万元，文字里写成1650元。

    资金: {预算: 1650万元, 到位: 1640万元}
    正文:
      项目概况: 项目安排1650元。   # !X103 1650万元
      实施内容: 拨付16400000万元。   # !X103 资金.到位
"""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Level
from ....values import YUAN_IN, Money
from ....wording import fault, sentences_of
from ... import Case, Fault
from .known import known_figures
from .typed import typed_figures

CODE = "X103"
LEVEL = Level.WARNING


def check(case: Case) -> Iterator[Fault]:
    """A fault for each typed amount that is ten thousand times, or a ten-thousandth of, one of the data."""
    amounts = (one for one in known_figures(case).known if one.kind == "money" and one.name and one.value)
    known = {one.value: one for one in amounts}
    for passage in sentences_of(case):
        for typed in typed_figures(passage.typed):
            if typed.kind != "money" or typed.digits < 2 or typed.value in known:
                continue
            for other, times in (("万元", YUAN_IN["万元"]), ("元", 1 / YUAN_IN["万元"])):
                one = known.get(typed.value * times)
                if one and typed.unit != other:
                    figure = passage.typed[typed.start : typed.end]
                    right = figure.removesuffix(typed.unit) + other
                    what = f"文字里是{figure}，数据里（{one.name}）是{Money(one.value)}，差一万倍，应为{right}"
                    mend = f"单位改为“{other}”，或写 {{{{ {one.name} }}}}"
                    yield fault(passage, typed.start, typed.end, what, expected=right, actual=figure, mend=mend)
                    break
