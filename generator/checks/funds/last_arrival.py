"""最后到账：最后一笔到账的金额，不大于这一行的到位。

到位没有写的，以下级之和为准；都没有的不核对。

正例：到位1,420万元，最后一笔1,065万元。

    资金:
      按区域:
        - {名称: 甲区, 到位: 1420万元, 最后到账日期: 2018年10月, 最后到账金额: 1065万元}

反例：最后一笔大于全部到位。

    资金:
      按区域:
        - {名称: 甲区, 到位: 142万元, 最后到账日期: 2018年10月, 最后到账金额: 1065万元}   # !F110 甲区 1,065万元 142万元
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Level
from .. import Case, Fault
from . import apart, every_row, money, yuan

CODE = "F110"
LEVEL = Level.ERROR


def check(case: Case) -> Iterator[Fault]:
    """A fault for each row whose last instalment is more than all it received."""
    for one in every_row(case.data.funds) if case.data.funds else ():
        last, received = yuan(one.row.last_amount), yuan(one.row.amount("received"))
        if last is not None and received is not None and last > received:
            what = f"{one.name}的最后到账金额{money(case, last)}，大于到位{money(case, received)}"
            what += f"，多{apart(case, last, received)}"
            path = (*one.path, "最后到账金额")
            yield Fault(path, what, f"不大于{money(case, received)}", money(case, last), mend="核对到账金额和到位")
