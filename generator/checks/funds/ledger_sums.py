"""台账与填写的支出：填写的支出等于台账里相应各行之和。

资金.台账 给出的台账按单位、用途相加；没有写的支出由台账得出，写了的和台账核对。台账只收了一部分单位的，不核对总额。

正例：填写的支出与台账相符。

    # 支出明细.xlsx
    # | 单位 | 用途 | 金额（元） |
    # | 甲社区 | 办公费 | 300 |
    # | 甲社区 | 活动费 | 200.50 |
    资金:
      预算: 600
      到位: 600
      台账: 支出明细.xlsx
      按单位:
        - {单位: 甲社区, 支出: 500.50}

反例：填写的支出比台账多了200元。

    # 支出明细.xlsx
    # | 单位 | 用途 | 金额（元） |
    # | 甲社区 | 办公费 | 300 |
    # | 甲社区 | 活动费 | 200.50 |
    资金:
      预算: 800
      到位: 800
      台账: 支出明细.xlsx
      按单位:
        - {单位: 甲社区, 支出: 700.50}   # !F118 甲社区.支出 0.05005 相差 2笔
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from ...names import Called, dotted
from ...sums import totals, value_at
from .. import Case, Fault
from . import apart, money, or_none

CODE = "F118"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Fault]:
    """A fault for each typed amount that its ledger's rows do not add up to."""
    called: Called = {}
    for path, (total, count) in totals(case.source).items():
        typed = or_none(value_at(case.source, path)) if path[0] == "资金" else None
        if typed is not None and typed != total:
            name = dotted(case.data, path, called)
            expected, actual = money(case, total), money(case, typed)
            what = f"{name}写的是{actual}，台账各行之和为{expected}（{count}笔），相差{apart(case, typed, total)}"
            yield Fault(path, what, expected, actual, mend="改正其中一个；由台账得出的，支出不必写")
