"""预算调整：年初预算加调整预算，等于全年预算。

三个数都写了的才核对（调整预算写“无”的按0），要恰好相等；调减写成负数。只写年初预算和预算的，不知道调整了多少，不核对。

正例：年初1,650万元，调整0，没有另写全年预算。

    资金: {年初预算: 1650万元, 调整预算: 0, 到位: 1640万元}

正例：调减40万元。

    资金: {年初预算: 700万元, 调整预算: -40万元, 预算: 660万元}

反例：年初与调整相加是680万元，全年预算写作660万元。

    资金:
      年初预算: 700万元
      调整预算: -20万元
      预算: 660万元   # !F104 680万元 相差20万元
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from . import apart, money, or_none, total

CODE = "F104"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Fault]:
    """A fault when first budget and adjustment do not make up the year's budget."""
    funds = case.data.funds
    if not funds:
        return
    first, adjustment, budget = or_none(funds.first_budget), or_none(funds.adjustment), total(case, "预算")
    if first is None or adjustment is None or budget is None or first + adjustment == budget:
        return
    added = first + adjustment
    what = f"年初预算{money(case, first)}加调整预算{money(case, adjustment)}是{money(case, added)}"
    what += f"，与预算{money(case, budget)}相差{apart(case, added, budget)}"
    mend = "核对三个数；调减的调整预算写成负数"
    yield Fault(("资金", "预算"), what, money(case, added), money(case, budget), mend=mend)
