"""负数金额：预算、到位、支出等金额不会是负数。

调整预算可以是负数（调减）。一行是红字冲销等确有原因的，写进该行的 说明 或 原因，即不再提示。

正例：冲销上年多列的支出，写明了原因；预算调减写成负数。

    资金:
      年初预算: 700000
      调整预算: -40000
      按用途:
        - {名称: 宣传资料, 支出: 52000}
        - {名称: 冲销, 支出: -2000, 说明: 冲销上年多列的印刷费}

反例：支出写成了负数。

    资金:
      预算: 660000
      按单位:
        - {名称: 甲社区, 支出: -52000}   # !F112 甲社区 支出 负数
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from ...names import own_names
from .. import Case, Fault
from . import every_row, money, yuan

CODE = "F112"
LEVEL = Level.ERROR
_MAY_BE = "调整预算"


def check(case: Case) -> Iterator[Fault]:
    """A fault for each negative amount."""
    funds = case.data.funds
    if not funds:
        return
    for name, value in own_names(funds):
        amount = yuan(value)
        if amount is not None and amount < 0 and name != _MAY_BE:
            yield Fault(("资金", name), f"{name}是负数：{money(case, amount)}", "不小于0", money(case, amount))
    for one in every_row(funds):
        for name, value in own_names(one.row):
            amount = yuan(value)
            if amount is not None and amount < 0 and not (one.reasons or one.remarks):
                what = f"{one.name}的{name}是负数：{money(case, amount)}"
                mend = "确为冲销的，在该行的 说明 里写明"
                yield Fault((*one.path, name), what, "不小于0", money(case, amount), mend=mend)
    for index, payment in enumerate(funds.payments):
        amount = yuan(payment.amount)
        if amount is not None and amount < 0:
            what = f"{payment.name}的金额是负数：{money(case, amount)}"
            yield Fault(("资金", "支付", index, "金额"), what, "不小于0", money(case, amount))
