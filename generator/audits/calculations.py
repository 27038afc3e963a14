"""算式：报告里印出的算式，按印出的数重算，得数要对。

各种写法都算：（a/b）×100%=c%、[（a－b）/a]×100%、÷、≈、连等、全角半角、百分数、千分位、元和万元。得数按印出的位数
四舍五入；“≈”可以差最后一位。用文字写的公式不算。

正例：

    资金到位率=（175,312.57/660,000.00）×100%=26.56%。
    扣分比例为（74.44÷5）×0.4% =5.9552%，最终得分=2×（1-5.9552%）=2×0.940448≈1.88。
    到位率=实际到位资金÷预算资金×100%，差额：100%-26.56% = 73.44%。

反例：得数不对；截去了尾数，没有四舍五入。

    资金到位率=（175,312.57/660,000.00）×100%=25.56%。   # !A101 26.56%
    得分率=（12×100%+22×80%+6×60%）/40×100%=82%。   # !A101 83%
    完成率=2÷3×100%=66.66%。   # !A101 截去
"""

from __future__ import annotations

from collections.abc import Iterator

from ..arithmetic import mistakes
from ..findings import Level
from ..wording import fault
from . import Case, Fault

CODE = "A101"
LEVEL = Level.ERROR


def audit(case: Case) -> Iterator[Fault]:
    """A fault for each printed result that its calculation does not give."""
    for passage in case.passages:
        for one in mistakes(passage.typed):
            how = "（截去了尾数，没有四舍五入）" if one.cut_off else ""
            shown = passage.typed[one.start : one.end].strip().lstrip("=＝ ")
            what = f"算式“{shown}”的得数是{one.printed}，算出来是{one.wanted}{how}"
            yield fault(passage, one.start, one.end, what, expected=one.wanted, actual=one.printed)
